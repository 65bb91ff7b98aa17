"""Which standing sessions need somebody who is not on duty then or may not take them on (R-DUTY-02, H14, H18, H19)."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.booking.models import BookedSession, DutyRequest, DutySlot, Leave, SessionSeat
from app.booking.queries.limits import bounds_of, list_stints, read_limits
from app.booking.queries.snapshot import wall_clock
from app.booking.rules.limits import Period, Stint, first_day, fits
from app.booking.rules.rosters import Absence, Shift, halves_touched, is_away
from app.booking.rules.words import HalfDay, SessionStatus
from app.extensions import db

_unfit_finders: list[Callable[[Collection[int]], set[int]]] = []


def register_unfit_finder(finder: Callable[[Collection[int]], set[int]]) -> None:
    """Ask this too which of some sessions (by id) seat somebody who must stay away, which booking cannot know."""
    _unfit_finders.append(finder)


def list_sessions_ahead(now: datetime, accounts: Collection[int] | None = None) -> Sequence[BookedSession]:
    """The booked sessions that have not ended, of everybody or of these people, in order of time."""
    statement = (
        _ahead(now)
        .order_by(BookedSession.starts_at, BookedSession.id)
        .options(selectinload(BookedSession.seats), selectinload(BookedSession.room))
    )
    return db.session.scalars(statement if accounts is None else statement.where(_seats(accounts))).all()


def has_flagged_ahead(accounts: Collection[int], now: datetime) -> bool:
    """Whether a session ahead of one of these people is flagged."""
    flagged = _ahead(now).where(_seats(accounts), BookedSession.off_duty_since.is_not(None))
    return db.session.scalar(flagged.limit(1)) is not None


def _ahead(now: datetime) -> sa.Select[BookedSession]:
    return sa.select(BookedSession).where(BookedSession.status == SessionStatus.BOOKED, BookedSession.ends_at > now)


def _seats(accounts: Collection[int]) -> sa.ColumnElement[bool]:
    return BookedSession.id.in_(sa.select(SessionSeat.session_id).where(SessionSeat.account_id.in_(accounts)))


def list_sessions_needing(shifts: Iterable[Shift], now: datetime) -> list[BookedSession]:
    """The booked sessions for which one of these shifts is needed."""
    wanted: dict[tuple[int, date], set[HalfDay]] = defaultdict(set)
    for shift in shifts:
        wanted[shift.account_id, shift.day].add(shift.half)
    if not wanted:
        return []
    people = {account_id for account_id, _ in wanted}
    return [session for session in list_sessions_ahead(now, people) if _needs(session, wanted)]


def list_sessions_in_leave(account_id: int, first: date, last: date, now: datetime) -> list[BookedSession]:
    """The booked sessions of a person on these days."""
    ahead = list_sessions_ahead(now, {account_id})
    return [session for session in ahead if first <= wall_clock(session.starts_at).date() <= last]


def list_sessions_at_stake(request: DutyRequest, now: datetime) -> list[BookedSession]:
    """The booked sessions that would lose somebody if the request were approved."""
    if request.given is None:
        return list_sessions_in_leave(request.asker_id, request.day, request.other_day or request.day, now)
    ended = [Shift(request.asker_id, request.given.day, request.given.half)]
    if request.taken is not None and request.colleague_id is not None:
        ended.append(Shift(request.colleague_id, request.taken.day, request.taken.half))
    return list_sessions_needing(ended, now)


def find_off_duty(sessions: Sequence[BookedSession]) -> set[int]:
    """The ids of those sessions in which somebody sits who is off duty or on leave."""
    if not sessions:
        return set()
    people = {seat.account_id for session in sessions for seat in session.seats}
    days = [wall_clock(session.starts_at).date() for session in sessions]
    duty = _duty(people, min(days), max(days))
    away = _absences(people, min(days), max(days))
    return {session.id for session in sessions if not _is_served(session, duty, away)}


def find_strained(sessions: Sequence[BookedSession]) -> set[int]:
    """The ids of those sessions that pass what is set for somebody: centres, ways, sessions a day or week.

    Rules H14, H18, H19. What a basket drafts does not count against what stands.
    """
    limits = read_limits()
    if not limits.is_set or not sessions:
        return set()
    people = {seat.account_id for session in sessions for seat in session.seats}
    days = [wall_clock(session.starts_at).date() for session in sessions]
    bounds, asked = bounds_of(people), {session.id for session in sessions}
    weeks: dict[tuple[int, date], list[Stint]] = defaultdict(list)
    for who, stints in list_stints(people, min(days), max(days)).items():
        for stint in stints:
            if not stint.is_draft:
                weeks[who, first_day(Period.WEEK, stint.day)].append(stint)
    return {
        stint.session_id
        for (who, _), week in weeks.items()
        for stint in week
        if stint.session_id in asked and not fits(bounds[who], limits.travel, week, stint)
    }


def find_unfit(sessions: Sequence[BookedSession]) -> set[int]:
    """The ids of those sessions in which somebody is off duty, on leave, over his limits or must stay away (INV-12)."""
    ids = [session.id for session in sessions]
    return find_off_duty(sessions).union(find_strained(sessions), *(finder(ids) for finder in _unfit_finders))


def _needs(session: BookedSession, wanted: dict[tuple[int, date], set[HalfDay]]) -> bool:
    day, halves = _when(session)
    return any(wanted.get((seat.account_id, day), set()) & halves for seat in session.seats)


def _is_served(session: BookedSession, duty: set[tuple[int, date, HalfDay]], away: list[Absence]) -> bool:
    day, halves = _when(session)
    return all(
        not is_away(away, seat.account_id, day) and all((seat.account_id, day, half) in duty for half in halves)
        for seat in session.seats
    )


def _when(session: BookedSession) -> tuple[date, frozenset[HalfDay]]:
    starts, ends = wall_clock(session.starts_at), wall_clock(session.ends_at)
    return starts.date(), halves_touched(starts.time(), ends.time())


def _duty(people: set[int], first: date, last: date) -> set[tuple[int, date, HalfDay]]:
    statement = sa.select(DutySlot.account_id, DutySlot.day, DutySlot.half)
    statement = statement.where(DutySlot.account_id.in_(people), DutySlot.day.between(first, last))
    return {(account_id, day, half) for account_id, day, half in db.session.execute(statement)}


def _absences(people: set[int], first: date, last: date) -> list[Absence]:
    statement = sa.select(Leave.account_id, Leave.starts_on, Leave.ends_on)
    statement = statement.where(Leave.account_id.in_(people), Leave.starts_on <= last, Leave.ends_on >= first)
    return [Absence(*row) for row in db.session.execute(statement)]
