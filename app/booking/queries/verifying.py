"""Do the occupied cells and the counts of people agree with the meetings? Asked nightly and by `flask verify`."""

from collections import defaultdict
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.booking.models import BookedSession, Occupancy, PersonLoad, SessionSeat
from app.booking.queries.limits import list_stints, read_limits
from app.booking.queries.snapshot import wall_clock
from app.booking.rules.grid import cells_between
from app.booking.rules.limits import Period, count_sessions, first_day
from app.booking.rules.need import person_key, room_key
from app.booking.rules.words import SessionStatus
from app.extensions import db

HOLDING = (SessionStatus.BOOKED, SessionStatus.DRAFT)


def find_occupancy_findings() -> list[str]:
    """One line for every session whose cells differ from its times, room, people and parties; empty means none.

    A draft may stand on cells of what its own basket moves away.
    """
    occupied: dict[int, set[tuple[str, int]]] = defaultdict(set)
    for key, cell, session_id in db.session.execute(
        sa.select(Occupancy.resource_key, Occupancy.cell, Occupancy.session_id)
    ):
        occupied[session_id].add((key, cell))
    drafts = sa.select(BookedSession.id).where(BookedSession.status == SessionStatus.DRAFT)
    drafted = {cell for session_id in db.session.scalars(drafts) for cell in occupied[session_id]}
    findings = []
    statement = sa.select(BookedSession).options(selectinload(BookedSession.seats))
    for session in db.session.scalars(statement.order_by(BookedSession.id)):
        missing, surplus = _difference(session, occupied[session.id], drafted)
        if missing or surplus:
            findings.append(f"booked_session {session.id}: {missing} cells missing, {surplus} too many")
    return findings


def _difference(
    session: BookedSession, occupied: set[tuple[str, int]], drafted: set[tuple[str, int]]
) -> tuple[int, int]:
    expected = expected_cells(session) if session.status in HOLDING else set()
    lent = drafted if session.status is SessionStatus.BOOKED else set()
    return len(expected - occupied - lent), len(occupied - expected)


def expected_cells(session: BookedSession) -> set[tuple[str, int]]:
    """The cells that a booked session has to hold."""
    people = (person_key(seat.account_id) for seat in session.seats)
    keys = {room_key(session.room_id), *people, *session.party_keys}
    cells = cells_between(wall_clock(session.starts_at), wall_clock(session.ends_at))
    return {(key, cell) for key in keys for cell in cells}


def find_load_findings() -> list[str]:
    """One line for every person's day or week whose count differs from the sessions he has; empty means none."""
    if not read_limits().is_set:
        return []
    rows = db.session.scalars(sa.select(PersonLoad))
    kept = {(row.account_id, row.period, row.starts_on): row.sessions for row in rows}
    expected = expected_loads()
    return [
        f"person_load {account_id} {period} {starts_on}: {kept.get(key, 0)} kept, {expected.get(key, 0)} counted"
        for key in sorted(kept.keys() | expected.keys())
        if kept.get(key, 0) != expected.get(key, 0)
        for account_id, period, starts_on in [key]
    ]


def expected_loads() -> dict[tuple[int, Period, date], int]:
    """How many sessions each person has in every day and week in which he has any."""
    seated = sa.select(sa.func.min(BookedSession.starts_at), sa.func.max(BookedSession.starts_at))
    row = db.session.execute(seated.where(BookedSession.status.in_(HOLDING), BookedSession.seats.any())).first()
    if row is None or row[0] is None:
        return {}
    first, last = row
    people = sorted(db.session.scalars(sa.select(SessionSeat.account_id).distinct()))
    stints = list_stints(people, wall_clock(first).date(), wall_clock(last).date())
    return {
        (who, period, first_day(period, stint.day)): count_sessions(stints[who], period, stint.day)
        for who in people
        for stint in stints[who]
        for period in Period
    }
