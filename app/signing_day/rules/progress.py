"""When the day will be done: from times that were measured today, and which desk needs a look."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from app.signing_day.rules.states import Phase

FEWEST = 3
"""From how many measured signers on the measure is used instead of the assumption."""
ASSUMED = timedelta(minutes=7)
OFFLINE = timedelta(minutes=1)
STILL = timedelta(minutes=30)


@dataclass(frozen=True)
class Estimate:
    """How long one signer takes, from how many measured ones (0: assumed), and when the hall and the day are done."""

    each: timedelta
    measured: int
    hall_done_at: datetime
    day_done_at: datetime

    @property
    def minutes(self) -> int:
        """Minutes a signer, rounded up."""
        return max(1, math.ceil(self.each / timedelta(minutes=1)))


def estimate(
    durations: Sequence[timedelta],
    *,
    waiting: int,
    expected: int,
    desks: int,
    last_slot: datetime | None,
    now: datetime,
) -> Estimate:
    """From the middle of today's measured times; nobody is done before the last one invited has had his turn."""
    measured = len(durations) >= FEWEST
    each = timedelta(seconds=median(each.total_seconds() for each in durations)) if measured else ASSUMED
    hall = now + each * math.ceil(waiting / max(desks, 1))
    day = now + each * math.ceil((waiting + expected) / max(desks, 1))
    if expected and last_slot is not None:
        day = max(day, last_slot + each)
    return Estimate(each, len(durations) if measured else 0, hall, day)


def trouble_of(
    *, is_paired: bool, last_seen_at: datetime | None, phase: Phase | None, changed_at: datetime | None, now: datetime
) -> str:
    """Why a desk turns amber; empty when all is well: tablet away over a minute, nothing changed for half an hour."""
    if is_paired and (last_seen_at is None or now - last_seen_at > OFFLINE):
        return "平板断线"
    if phase is not None and changed_at is not None and now - changed_at > STILL:
        return "半小时没动"
    return ""
