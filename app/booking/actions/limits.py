"""What people may take on: set it, and hold it in the transaction of every booking (H18, H19).

Whoever changes a person's sessions locks that person's days and weeks in `person_load`, counts anew what stands and
only then commits; a second writer waits at the row and counts the first one's session too. It needs no other lock.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.access.permissions import Actor
from app.audit.actions import record
from app.booking.actions.off_duty import flag_sessions_off_duty
from app.booking.models import AreaLimit, BookedSession, CentreWay, PersonLoad, PersonService
from app.booking.queries.limits import STAMP, bounds_of, list_stints, people_of_area, people_seated_at, read_limits
from app.booking.queries.snapshot import wall_clock
from app.booking.queries.verifying import expected_loads
from app.booking.rules.limits import Period, Strain, count_sessions, find_strains, first_day
from app.errors import RuleViolation
from app.extensions import db
from app.people.models import Account
from app.settings.actions import stamp
from app.web.locking import get_or_insert, insert_missing

LONGEST_WAY = 480
MOST_SESSIONS = 50
Touched = frozenset[tuple[int, date]]
Key = tuple[int, Period, date]


@dataclass(frozen=True)
class ServiceDetails:
    """What is set for one person; None is the limit of the area, no centres all of them."""

    home_id: int | None
    centre_ids: tuple[int, ...]
    max_day: int | None
    max_week: int | None


def set_person_service(account: Account, details: ServiceDetails, *, by: Actor, now: datetime) -> int:
    """Say where a person serves and how much at most; how many booked sessions are flagged for it, all stay booked.

    Refuses a home outside the centres served, and a week with less than its day.
    """
    _check_limits(details.max_day, details.max_week)
    if details.home_id is not None and details.centre_ids and details.home_id not in details.centre_ids:
        raise RuleViolation("常驻站点要在服务的站点里。请勾上它，或另选常驻站点。", rule="H14")
    row = get_or_insert(PersonService, {"account_id": account.id})
    row.home_id, row.centre_ids = details.home_id, sorted(details.centre_ids)
    row.max_day, row.max_week = details.max_day, details.max_week
    _begin_counting(now)
    record(by, "limits.person", kind="account", subject_id=account.id, **_plain(details))
    return flag_sessions_off_duty(now, by=by, accounts={account.id})


def set_area_limit(area_id: int, max_day: int | None, max_week: int | None, *, by: Actor, now: datetime) -> int:
    """Say how much whoever has no limits of his own takes on at most; how many booked sessions are flagged for it."""
    _check_limits(max_day, max_week)
    row = get_or_insert(AreaLimit, {"area_id": area_id})
    row.max_day, row.max_week = max_day, max_week
    _begin_counting(now)
    record(by, "limits.area", kind="organisation", area_id=area_id, max_day=max_day, max_week=max_week)
    return flag_sessions_off_duty(now, by=by, accounts=people_of_area(area_id))


def set_ways(ways: Mapping[tuple[int, int], int], *, by: Actor, now: datetime) -> int:
    """Say how many minutes it takes between centres, 0 takes the way out; how many booked sessions are flagged for it.

    Refuses more than eight hours.
    """
    for (one, other), minutes in sorted(ways.items()):
        if one == other or not 0 <= minutes <= LONGEST_WAY:
            raise RuleViolation(f"路上的时间填 0 到 {LONGEST_WAY} 分钟。请改。", rule="H18")
        pair = {"one_id": min(one, other), "other_id": max(one, other)}
        db.session.execute(sa.delete(CentreWay).filter_by(**pair))
        if minutes:
            db.session.add(CentreWay(**pair, minutes=minutes))
    _begin_counting(now)
    record(by, "limits.ways", kind="centre_way", count=len(ways))
    touched = people_seated_at({centre for pair in ways for centre in pair}, now)
    return flag_sessions_off_duty(now, by=by, accounts=touched)


def touched_by(*sessions: BookedSession) -> Touched:
    """Whose which days these sessions touch; nobody's while nothing is counted."""
    if not read_limits().is_set:
        return frozenset()
    return frozenset(
        (seat.account_id, wall_clock(session.starts_at).date()) for session in sessions for seat in session.seats
    )


def settle_loads(
    touched: Collection[tuple[int, date]], *, placed: BookedSession | None = None
) -> list[tuple[int, Strain]]:
    """Count these people's days and weeks anew under their locks; what is passed there, by person.

    With `placed`, only what this session passes where it is now: it may leave a day that stays too full without it.
    The caller refuses, or, where sessions only went away, takes note.
    """
    limits = read_limits()
    if not limits.is_set or not touched:
        return []
    db.session.flush()
    people = sorted({account_id for account_id, _ in touched})
    rows = _lock(sorted({(who, period, first_day(period, day)) for who, day in touched for period in Period}))
    stints = list_stints(people, min(day for _, day in touched), max(day for _, day in touched))
    for (who, period, starts_on), row in rows.items():
        row.sessions = count_sessions(stints[who], period, starts_on)
    db.session.flush()
    bounds = bounds_of(people)
    return [
        (who, strain)
        for who, day in sorted(touched_by(placed) if placed else touched)
        for strain in find_strains(bounds[who], limits.travel, stints[who], day, of=placed.id if placed else None)
    ]


def _lock(keys: Iterable[Key]) -> dict[Key, PersonLoad]:
    """The rows of these days and weeks, locked in one order, so that two writers never wait for each other."""
    keys = list(keys)
    fields = ("account_id", "period", "starts_on", "sessions")
    insert_missing(PersonLoad, [dict(zip(fields, (*key, 0), strict=True)) for key in keys])
    columns = sa.tuple_(PersonLoad.account_id, PersonLoad.period, PersonLoad.starts_on)
    statement = sa.select(PersonLoad).where(columns.in_(keys))
    ordered = statement.order_by(PersonLoad.account_id, PersonLoad.period, PersonLoad.starts_on)
    found = db.session.scalars(ordered.with_for_update().execution_options(populate_existing=True))
    return {(row.account_id, row.period, row.starts_on): row for row in found}


def _begin_counting(now: datetime) -> None:
    """Make the change known; what was booked before anything was set is counted with the first change."""
    was_set = read_limits().is_set
    db.session.flush()
    stamp(STAMP, now)
    if not was_set:
        db.session.execute(sa.delete(PersonLoad))
        db.session.add_all(
            PersonLoad(account_id=who, period=period, starts_on=starts_on, sessions=count)
            for (who, period, starts_on), count in expected_loads().items()
        )
        db.session.flush()


def _check_limits(max_day: int | None, max_week: int | None) -> None:
    if any(most is not None and not 1 <= most <= MOST_SESSIONS for most in (max_day, max_week)):
        raise RuleViolation(f"最多几场填 1 到 {MOST_SESSIONS}，不限就空着。请改。", rule="H19")
    if max_day is not None and max_week is not None and max_week < max_day:
        raise RuleViolation("每周最多的场数不能比每天的少。请改其中一个。", rule="H19")


def _plain(details: ServiceDetails) -> dict[str, Any]:
    return {
        "home_id": details.home_id,
        "centre_ids": list(details.centre_ids),
        "max_day": details.max_day,
        "max_week": details.max_week,
    }
