"""Starting, extending, pausing and meeting the statutory clocks of a matter (rules 7A, R-CLOCK)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

import sqlalchemy as sa

from app.access.permissions import Actor
from app.audit.actions import record
from app.errors import NotFound
from app.extensions import db
from app.law.clocks import RIGHTS
from app.law.computing import ClockDates, check_extension, check_pause, compute_clock, paused_days_between
from app.matters.models import Clock, ClockExtension, ClockPause, Matter
from app.matters.rules import ClockState, ClockVariant
from app.settings.queries import calendar, profile_on

PETITION_OWNERS = ("matter", "matter_unit")


class OwnerKey(Protocol):
    """Whose clock it is: a table's name and a row's id."""

    @property
    def kind(self) -> str:
        """The table's name."""
        ...

    @property
    def id(self) -> int:
        """The row's id."""
        ...


@dataclass(frozen=True)
class MatterKey:
    """The matter itself as the owner of a clock or blocker."""

    id: int
    kind: str = "matter"


def start_clock(
    matter: Matter,
    clock_id: str,
    trigger_on: date,
    *,
    owner: OwnerKey | None = None,
    variant: ClockVariant = ClockVariant.STANDARD,
    now: datetime,
) -> Clock:
    """Start a clock of the table in app.law.clocks; a running one of the same owner is cancelled first.

    `variant` picks another length of the table where the rule has one (summary procedure, announced at once).
    """
    key = owner or MatterKey(matter.id)
    for running in _open_clocks(key, clock_id):
        _end(running, ClockState.CANCELLED)
    dates = compute_clock(clock_id, trigger_on, calendar(), profile=profile_on(trigger_on), **_length_of(variant))
    row = Clock(
        matter_id=matter.id,
        matter=matter,
        owner_kind=key.kind,
        owner_id=key.id,
        clock=clock_id,
        variant=variant,
        trigger_on=trigger_on,
        nominal_on=dates.nominal,
        legal_due_on=dates.legal_due,
        target_on=dates.internal_target,
        is_provisional=dates.is_provisional,
        started_at=now,
    )
    db.session.add(row)
    refresh_next_due(matter)
    return row


def meet_clock(owner: OwnerKey | Matter, clock_id: str, on: date, *, late_reason: str = "") -> None:
    """Note that what was due is done; late stays on record as missed (R-CLOCK-01). Nothing running is no error."""
    for row in _open_clocks(_key_of(owner), clock_id):
        _end(row, ClockState.MISSED if on > row.legal_due_on else ClockState.MET)
        row.met_on = on
        row.late_reason = late_reason
        refresh_next_due(row.matter)


def cancel_clocks(owner: OwnerKey | Matter, *clock_ids: str) -> None:
    """End the running clocks of this owner that nobody needs any more, or only those named."""
    for row in _open_clocks(_key_of(owner), *clock_ids):
        _end(row, ClockState.CANCELLED)
        refresh_next_due(row.matter)


def end_petition_clocks(matter: Matter) -> None:
    """End the petition procedure's clocks of a matter that is over; those of an agreement go on."""
    mine = sa.select(Clock).where(Clock.matter_id == matter.id, Clock.is_open, Clock.owner_kind.in_(PETITION_OWNERS))
    for row in db.session.scalars(mine):
        _end(row, ClockState.CANCELLED)
    refresh_next_due(matter)


def extend_clock(
    clock: Clock, days: int, *, by: Actor, on: date, reason: str, told_on: date | None = None
) -> ClockExtension:
    """Extend a running clock; refuses what the law does not allow (INV-06, R-CLOCK-02, R-TIME-09)."""
    check_extension(
        clock.clock,
        profile=profile_on(clock.trigger_on),
        nominal=clock.nominal_on,
        approved_on=on,
        extend_days=days,
        reason=reason,
        times_before=len(clock.extensions),
        summary=clock.variant is ClockVariant.SUMMARY,
    )
    before = clock.legal_due_on
    extension = ClockExtension(clock_id=clock.id, days=days, approved_by=by.account_id, approved_on=on, told_on=told_on)
    extension.reason = reason
    clock.extensions.append(extension)
    clock.extend_days += days
    recompute_clock(clock)
    refresh_next_due(clock.matter)
    record(
        by,
        "clock.extend",
        clock,
        before=before.isoformat(),
        after=clock.legal_due_on.isoformat(),
        clock=clock.clock,
        days=days,
    )
    return extension


def pause_clock(clock: Clock, *, basis: str, by: Actor, on: date) -> ClockPause:
    """Pause a running clock on a cited basis; refuses what neither table nor profile allows (INV-07)."""
    check_pause(clock.clock, basis=basis, profile=profile_on(clock.trigger_on))
    pause = ClockPause(clock_id=clock.id, from_on=on, basis=basis)
    clock.pauses.append(pause)
    clock.state = ClockState.PAUSED
    record(by, "clock.pause", clock, before=ClockState.RUNNING.value, after=ClockState.PAUSED.value, clock=clock.clock)
    return pause


def resume_clock(clock: Clock, *, by: Actor, on: date) -> None:
    """End the running pause and append its days."""
    profile = profile_on(clock.trigger_on)
    for pause in clock.pauses:
        if pause.until_on is None:
            pause.until_on = on
            clock.paused_days += paused_days_between(clock.clock, pause.from_on, on, calendar(), profile=profile)
    clock.state = ClockState.RUNNING
    recompute_clock(clock)
    refresh_next_due(clock.matter)
    record(by, "clock.resume", clock, before=ClockState.PAUSED.value, after=ClockState.RUNNING.value, clock=clock.clock)


def dates_of(clock: Clock) -> ClockDates:
    """The dates that the rule gives for this row today's calendar, for the page 怎么算的 and for checks."""
    return compute_clock(
        clock.clock,
        clock.trigger_on,
        calendar(),
        profile=profile_on(clock.trigger_on),
        extend_days=clock.extend_days,
        times_extended=max(len(clock.extensions), 1),
        paused_days=clock.paused_days,
        **_length_of(clock.variant),
    )


def recompute_clock(clock: Clock) -> None:
    """Write the dates anew from trigger, extensions and pauses."""
    dates = dates_of(clock)
    clock.nominal_on = dates.nominal
    clock.legal_due_on = dates.legal_due
    clock.target_on = dates.internal_target
    clock.is_provisional = dates.is_provisional


def recompute_provisional_clocks() -> int:
    """Recompute every open provisional clock after a holiday notice was loaded (R-TIME-14); gives how many changed."""
    changed = 0
    for row in db.session.scalars(sa.select(Clock).where(Clock.is_open, Clock.is_provisional)):
        before = (row.legal_due_on, row.is_provisional)
        recompute_clock(row)
        refresh_next_due(row.matter)
        changed += before != (row.legal_due_on, row.is_provisional)
    return changed


def lapse_rights(today: date) -> int:
    """End the periods of petitioners' and parties' rights that ran out unused; gives how many (R-TIME-13)."""
    ran_out = sa.select(Clock).where(Clock.is_open, Clock.clock.in_(RIGHTS), Clock.legal_due_on < today)
    rows = list(db.session.scalars(ran_out.order_by(Clock.id)))
    for row in rows:
        _end(row, ClockState.CANCELLED)
        record(None, "clock.lapse", row, clock=row.clock)
        refresh_next_due(row.matter)
    return len(rows)


def get_running_clock(owner: OwnerKey | Matter, clock_id: str) -> Clock:
    """The running clock of this owner; NotFound when there is none."""
    found = _open_clocks(_key_of(owner), clock_id)
    if not found:
        raise NotFound("没有正在计算的这项期限。")
    return found[0]


def refresh_next_due(matter: Matter) -> None:
    """Copy the nearest legal date of the open clocks to the matter, for lists and counts."""
    db.session.flush()
    nearest = sa.select(sa.func.min(Clock.legal_due_on)).where(Clock.matter_id == matter.id, Clock.is_open)
    due = db.session.scalar(nearest)
    if matter.next_due_on != due:
        matter.next_due_on = due


def _open_clocks(key: OwnerKey, *clock_ids: str) -> list[Clock]:
    statement = sa.select(Clock).where(Clock.owner_kind == key.kind, Clock.owner_id == key.id, Clock.is_open)
    if clock_ids:
        statement = statement.where(Clock.clock.in_(clock_ids))
    return list(db.session.scalars(statement.order_by(Clock.id)))


def _length_of(variant: ClockVariant) -> dict[str, bool]:
    return {"summary": variant is ClockVariant.SUMMARY, "announced": variant is ClockVariant.ANNOUNCED}


def _end(row: Clock, state: ClockState) -> None:
    row.state = state
    row.is_open = False


def _key_of(owner: OwnerKey | Matter) -> OwnerKey:
    return MatterKey(owner.id) if isinstance(owner, Matter) else owner
