"""Book, move and call off a session: all quarter hours of room, people and parties, or none (INV-29).

The checks read the same masks that offer free times; whatever they saw, the primary key of `occupancy` decides
between two clerks.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.access.permissions import Actor
from app.audit.actions import record
from app.booking.actions.limits import settle_loads, touched_by
from app.booking.actions.off_duty import settle_flags
from app.booking.actions.refusals import NoPlace
from app.booking.models import BookedSession, Occupancy, SessionSeat
from app.booking.queries.free import plan_of
from app.booking.queries.snapshot import is_taken, load_busy_of_plan, load_snapshot_of_plan, wall_clock
from app.booking.rules.explaining import explain, list_oddities
from app.booking.rules.limits import Strain
from app.booking.rules.need import (
    SessionNeed,
    SessionPlan,
    check_grid,
    check_people,
    check_time,
    resource_keys,
)
from app.booking.rules.words import SessionStatus
from app.errors import Clash, RuleViolation
from app.extensions import db
from app.law import clock
from app.law.dates import format_month_day
from app.people.queries import names_of
from app.settings.queries import calendar
from app.web.faults import fault_point
from app.web.locking import insert_missing


def reserve(
    need: SessionNeed, plan: SessionPlan, *, by: Actor, now: datetime, is_confirmed: bool = False
) -> BookedSession:
    """Book the place for the need, whole or not at all.

    Refuses impossible times and people (RuleViolation), a taken or unfit place (Clash with causes and the nearest
    places that satisfy everything), and unusual hours unless they are confirmed.
    """
    check_place(need, plan, by, now, is_confirmed)
    fault_point("booking.after_check")
    session = _new_session(need, by, now)
    take_place(session, need, plan, by, now)
    fault_point("booking.before_commit")
    record(by, "booking.reserve", session, after=session.status, **place_of(session))
    return session


def move_session(
    session: BookedSession,
    need: SessionNeed,
    plan: SessionPlan,
    *,
    by: Actor,
    now: datetime,
    is_confirmed: bool = False,
) -> BookedSession:
    """Give up the old place and take the new one in one step; refuses as `reserve` does, then the old place stays."""
    check_may_change(session, now)
    check_place(need, plan, by, now, is_confirmed, ignoring=frozenset({session.id}))
    fault_point("booking.after_check")
    before, people = place_of(session), _people_of(session)
    take_place(session, need, plan, by, now)
    settle_flags(people | _people_of(session), now, by=by)
    fault_point("booking.before_commit")
    record(by, "booking.move", session, before=session.status, after=session.status, was=before, **place_of(session))
    return session


def cancel_session(session: BookedSession, reason: str, *, by: Actor, now: datetime) -> None:
    """Call a session off with a reason and free its place."""
    check_may_change(session, now)
    _end(session, SessionStatus.CANCELLED, reason, by)
    settle_flags(_people_of(session), now, by=by)


def mark_entered_in_error(session: BookedSession, reason: str, *, by: Actor, now: datetime) -> None:
    """Mark a session that was never meant: its place is freed, and it counts as no postponement."""
    if session.status is not SessionStatus.BOOKED:
        raise RuleViolation("这一场已经取消或标为录入错误，不用再办。", rule="R-DUTY-02")
    _end(session, SessionStatus.ENTERED_IN_ERROR, reason, by)
    settle_flags(_people_of(session), now, by=by)


def check_place(
    need: SessionNeed,
    plan: SessionPlan,
    by: Actor,
    now: datetime,
    is_confirmed: bool,
    *,
    ignoring: frozenset[int] = frozenset(),
) -> None:
    """Refuse a plan as `reserve` does; the quarter hours of the sessions `ignoring` count as free."""
    check_time(plan, wall_clock(now))
    check_people(need, plan)
    busy = load_busy_of_plan(need, plan, ignoring=ignoring)
    if is_taken(plan, busy):  # told at once: who fails holds the turn for one question only
        raise NoPlace(need, plan, by=by, now=now, ignoring=ignoring)
    snapshot = load_snapshot_of_plan(need, plan, now=now, ignoring=ignoring, busy=busy)
    if explain(need, plan, snapshot):
        raise NoPlace(need, plan, by=by, now=now, ignoring=ignoring)
    check_grid(plan)
    oddities = list_oddities(plan, snapshot, calendar())
    if oddities and not is_confirmed:
        raise RuleViolation(f"{'，'.join(oddities)}。确实要排在这时，请勾选“仍要排在这时”再办。", rule="B086")


def check_may_change(session: BookedSession, now: datetime) -> None:
    """Refuse to touch what is called off already or has begun."""
    if session.status is not SessionStatus.BOOKED:
        raise RuleViolation("这一场已经取消或标为录入错误，不能再改。请另排一场。", rule="R-DUTY-02")
    if session.starts_at <= now:
        raise RuleViolation("这一场已经开始，不能改期或取消。没有开成的，请在记录里写明。", rule="R-DUTY-02")


def _new_session(need: SessionNeed, by: Actor, now: datetime) -> BookedSession:
    return BookedSession(
        owner_kind=need.owner.kind,
        owner_id=need.owner.id,
        matter_id=need.matter_id,
        organisation_id=need.organisation_id,
        purpose=need.purpose,
        booked_by=by.account_id,
        booked_at=now,
        status=SessionStatus.BOOKED,
        seats=[],
    )


def take_place(
    session: BookedSession,
    need: SessionNeed,
    plan: SessionPlan,
    by: Actor,
    now: datetime,
    *,
    from_sessions: frozenset[int] = frozenset(),
) -> None:
    """Write place, seats and cells; the loser of a race is told what is still free, and must not commit (Clash).

    Cells that `from_sessions` hold are taken over from them.
    """
    before = touched_by(session)
    _write_place(session, need, plan)
    if not _write_cells(session, need, plan, from_sessions):
        raise NoPlace(need, plan, by=by, now=now, ignoring=from_sessions | {session.id})
    if strains := settle_loads(before | touched_by(session), placed=session):
        raise Clash(
            f"{format_month_day(plan.day)} {plan.at:%H:%M} 放不下：{_in_words(strains)}。请换人或换时间。", rule="H19"
        )


def _in_words(strains: Sequence[tuple[int, Strain]]) -> str:
    names = names_of(who for who, _ in strains)
    return "，".join(dict.fromkeys(f"{names.get(who, '')} {strain.text}" for who, strain in strains))


def _write_place(session: BookedSession, need: SessionNeed, plan: SessionPlan) -> None:
    session.room_id = plan.room_id
    session.starts_at = clock.from_local(plan.day, plan.at)
    session.ends_at = clock.from_local(plan.end.date(), plan.end.time())
    session.party_keys = sorted(set(need.party_keys))
    session.purpose = need.purpose
    session.off_duty_since = None
    db.session.add(session)
    if sa.inspect(session).persistent:
        _give_up_place(session)
    session.seats.extend(SessionSeat(seat=seat, account_id=account_id) for seat, account_id in plan.people)
    db.session.flush()


def _give_up_place(session: BookedSession) -> None:
    session.seats.clear()
    db.session.flush()
    db.session.expire(session, ["room"])
    db.session.execute(sa.delete(Occupancy).where(Occupancy.session_id == session.id))


def _write_cells(session: BookedSession, need: SessionNeed, plan: SessionPlan, taken_over: frozenset[int]) -> bool:
    """Whether every cell could be had."""
    keys, cells = resource_keys(need, plan), plan.cells
    if taken_over:
        between = Occupancy.cell.between(cells.start, cells.stop - 1)
        held = sa.and_(Occupancy.session_id.in_(taken_over), Occupancy.resource_key.in_(keys), between)
        db.session.execute(sa.delete(Occupancy).where(held))
    return write_cells([(key, cell) for key in keys for cell in cells], session.id)


def write_cells(cells: Sequence[tuple[str, int]], session_id: int) -> bool:
    """Take these cells for a session; False when somebody else has one of them."""
    rows = [{"resource_key": key, "cell": cell, "session_id": session_id} for key, cell in sorted(cells)]
    return insert_missing(Occupancy, rows) == len(rows)


def _end(session: BookedSession, status: SessionStatus, reason: str, by: Actor) -> None:
    if not reason.strip():
        raise RuleViolation("请写明原因，到场的人会问。", rule="R-DUTY-02")
    before = session.status
    session.status, session.is_open, session.reason = status, False, reason
    db.session.execute(sa.delete(Occupancy).where(Occupancy.session_id == session.id))
    settle_loads(touched_by(session))
    record(by, "booking.end", session, before=before, after=status)


def _people_of(session: BookedSession) -> set[int]:
    return {seat.account_id for seat in session.seats}


def place_of(session: BookedSession) -> dict[str, Any]:
    """Where, when and with whom, for the log."""
    plan = plan_of(session)
    people = [account_id for _, account_id in plan.people]
    return {"room_id": plan.room_id, "start": plan.start.isoformat(), "minutes": plan.minutes, "people": people}
