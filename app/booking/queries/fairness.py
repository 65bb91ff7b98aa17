"""Who of the staff has how many sessions in a month? For people who share work out; nothing is said about parties."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.booking.queries.limits import bounds_of, list_stints
from app.booking.queries.rooms import list_people
from app.booking.rules.limits import Bounds, Period, Stint, count_sessions, first_day
from app.people.models import Account


@dataclass(frozen=True)
class MonthLoad:
    """One person's month: his sessions, the counts of the fullest day and week, how often a limit is reached."""

    account: Account
    bounds: Bounds
    sessions: int
    fullest_day: int
    fullest_week: int
    full_days: int
    full_weeks: int

    @property
    def is_full(self) -> bool:
        """Whether a limit is reached somewhere in the month."""
        return bool(self.full_days or self.full_weeks)


def list_month_loads(area_id: int, month: date) -> list[MonthLoad]:
    """The sessions booked for each of an area's people in a month, the most first, then by name.

    Days and weeks count as booking counts them: drafts too, and weeks that the month cuts are whole.
    """
    first = month.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    people = list_people(area_id)
    accounts = [account.id for account in people]
    bounds, stints = bounds_of(accounts), list_stints(accounts, first, last)
    loads = [_load(account, bounds[account.id], stints[account.id], first, last) for account in people]
    return sorted(loads, key=lambda load: -load.sessions)


def _load(account: Account, bounds: Bounds, stints: Sequence[Stint], first: date, last: date) -> MonthLoad:
    days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    by_day = [count_sessions(stints, Period.DAY, day) for day in days]
    mondays = {first_day(Period.WEEK, day) for day in days}
    by_week = [count_sessions(stints, Period.WEEK, monday) for monday in mondays]
    return MonthLoad(
        account=account,
        bounds=bounds,
        sessions=sum(1 for stint in stints if not stint.is_draft and first <= stint.day <= last),
        fullest_day=max(by_day),
        fullest_week=max(by_week),
        full_days=_reached(by_day, bounds.max_day),
        full_weeks=_reached(by_week, bounds.max_week),
    )


def _reached(counts: Sequence[int], most: int | None) -> int:
    return sum(1 for count in counts if most is not None and count >= most)
