"""Reading plans: one's own runs, their sessions, and which of them must be carried out together."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.booking.models import BookedSession, PlannedPlace, PlanRun
from app.booking.rules.grid import cells_between
from app.booking.rules.need import person_key, room_key
from app.booking.rules.planning import PlaceStatus
from app.booking.rules.words import SessionStatus
from app.errors import NotFound
from app.extensions import db

SHOWN_RUNS = 8


def get_run(public_id: str) -> PlanRun:
    """The plan under this address with its sessions; NotFound otherwise."""
    statement = sa.select(PlanRun).filter_by(public_id=public_id)
    loaded = selectinload(PlanRun.places)
    run = db.session.scalar(
        statement.options(loaded.joinedload(PlannedPlace.room), loaded.joinedload(PlannedPlace.replaces))
    )
    if run is None:
        raise NotFound("没有这份排期建议。")
    return run


def get_own_run(public_id: str, account_id: int) -> PlanRun:
    """The plan that this person asked for; NotFound for everybody else's."""
    run = get_run(public_id)
    if run.account_id != account_id:
        raise NotFound("没有这份排期建议，或者不是您排的。")
    return run


def list_runs(account_id: int) -> Sequence[PlanRun]:
    """The newest plans of a person."""
    statement = sa.select(PlanRun).filter_by(account_id=account_id).options(selectinload(PlanRun.places))
    return db.session.scalars(statement.order_by(PlanRun.asked_at.desc(), PlanRun.id.desc()).limit(SHOWN_RUNS)).all()


def list_flagged(sessions: Sequence[BookedSession]) -> list[BookedSession]:
    """Those of the sessions in which somebody sits who is off duty or over his limits."""
    return [session for session in sessions if session.off_duty_since is not None]


def is_booked_since(matter_id: int, since: datetime) -> bool:
    """Whether another session of the matter was booked or drafted meanwhile."""
    statement = sa.select(BookedSession.id).where(
        BookedSession.matter_id == matter_id,
        BookedSession.status.in_((SessionStatus.BOOKED, SessionStatus.DRAFT)),
        BookedSession.booked_at >= since,
    )
    return db.session.scalar(statement.limit(1)) is not None


def chains_of(run: PlanRun) -> list[list[int]]:
    """The ids of the chosen sessions, those together of which one takes the time that another gives up."""
    rows = [row for row in run.places if row.status is PlaceStatus.CHOSEN]
    group = {row.id: row.id for row in rows}
    for row in rows:
        for other in rows:
            if row is not other and _takes_from(row, other):
                joined, kept = group[other.id], group[row.id]
                group = {each: kept if of == joined else of for each, of in group.items()}
    chains: dict[int, list[int]] = {}
    for row in rows:
        chains.setdefault(group[row.id], []).append(row.id)
    return list(chains.values())


def _takes_from(row: PlannedPlace, other: PlannedPlace) -> bool:
    """Whether the new place of a session needs a quarter hour that another one holds until it moves."""
    plan, before = row.plan, other.before
    if plan is None or not before:
        return False
    start = datetime.fromisoformat(before["start"])
    held = cells_between(start, start + timedelta(minutes=before["minutes"]))
    if plan.cells.start >= held.stop or held.start >= plan.cells.stop:
        return False
    return bool(_keys_of(plan.room_id, plan.people, row) & _keys_of(before["room"], before["people"], other))


def _keys_of(room_id: int, people: Sequence[Any], row: PlannedPlace) -> set[str]:
    parties = row.replaces.party_keys if row.replaces else []
    return {room_key(room_id), *(person_key(account_id) for _, account_id in people), *parties}
