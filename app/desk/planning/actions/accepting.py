"""Carrying out what was accepted: each session by its owner's own act, checked again, in a transaction of its own."""

from collections.abc import Collection, Generator
from datetime import datetime
from functools import partial

import sqlalchemy as sa

from app.access.permissions import Actor
from app.audit.actions import record
from app.booking.models import Occupancy, PlannedPlace, PlanRun, Room
from app.booking.queries import plan_of
from app.booking.rules.planning import PlaceStatus, PlanKind, PlanStatus
from app.desk.calendar.placers import USUAL_DAYS_TO_SERVE, Details, Placing, placing_of
from app.desk.planning.actions.asking import close_room
from app.desk.planning.disturbing import Disturbance
from app.desk.planning.queries import chains_of, get_run, is_booked_since
from app.errors import DomainError, RuleViolation
from app.extensions import db
from app.jobs.actions import start_job
from app.jobs.queries import get_job
from app.jobs.rules import JobView, Progress
from app.law import clock
from app.people.queries import get_account_by_id
from app.web.transaction import run_write, transaction

ACCEPT = "accept_plan"
LONGEST_REFUSAL = 400
MAY_BE_CHOSEN = frozenset({PlaceStatus.PROPOSED, PlaceStatus.CHOSEN, PlaceStatus.REFUSED})


def choose_places(
    run: PlanRun, public_ids: Collection[str], *, ground: str = "", reason: str = "", by: Actor, now: datetime
) -> int:
    """Have these sessions of the proposal booked; the count of them.

    Refuses none, while work on the plan goes on, and notified hearings without a ground and a reason (INV-15).
    """
    if run.status is PlanStatus.MAKING or get_job(run.job_public_id).is_open:
        raise RuleViolation("后台还在办，办完了才能再定。请等一会儿。", rule="R-DUTY-02")
    rows = [row for row in run.places if row.public_id in public_ids and row.plan and row.status in MAY_BE_CHOSEN]
    if not rows:
        raise RuleViolation("还没有选要落实的场次。请至少选一场。", rule="R-DUTY-02")
    _check_grounds(rows, ground, reason, by, now)
    for row in rows:
        row.status, row.refusal = PlaceStatus.CHOSEN, ""
    before, run.status = run.status, PlanStatus.ACCEPTING
    run.asked, run.reason = {**run.asked, "ground": ground}, reason
    run.job_public_id = start_job(ACCEPT, {"run": run.public_id}, total=len(rows), by=by, now=now).public_id
    record(by, "plan.accept", run, before=before, after=run.status, count=len(rows))
    return len(rows)


def accept_places(job: JobView) -> Generator[Progress, None, None]:
    """Book or move what was chosen, one after the other; what is refused goes back to the list with the reason."""
    run = get_run(job.payload["run"])
    chains = chains_of(run)
    done, total = 0, sum(map(len, chains))
    yield Progress(0, total)
    for chain in chains:
        try:
            run_write(partial(_carry_out, chain))
        except DomainError as refusal:
            with transaction():
                _note_refusal(chain, refusal.message)
        done += len(chain)
        yield Progress(done, total)
    with transaction():
        _finish(get_run(job.payload["run"]))


def _carry_out(row_ids: list[int]) -> None:
    """One session, or several that take each other's time, which therefore move together or not at all."""
    rows = [db.session.get_one(PlannedPlace, row_id) for row_id in row_ids]
    now = clock.now()
    if len(rows) > 1:
        moved = [row.replaces_id for row in rows if row.replaces_id is not None]
        db.session.execute(sa.delete(Occupancy).where(Occupancy.session_id.in_(moved)))
    for row in rows:
        by = get_account_by_id(row.run.account_id).as_actor()
        _carry_out_one(row, placing_of(row.owner, by, now), by, now)


def _carry_out_one(row: PlannedPlace, placing: Placing, by: Actor, now: datetime) -> None:
    _check_is_unchanged(row, placing)
    assert row.plan is not None
    details = Details(
        served_on=clock.local_date(now) + USUAL_DAYS_TO_SERVE,
        ground=str(row.run.asked.get("ground", "")),
        reason=row.run.reason or "",
    )
    placing.placer.place(placing.subject, row.plan, details, by, now)
    before, row.status = row.status, PlaceStatus.ACCEPTED
    record(by, "plan.carry_out", row, matter_id=row.matter_id, before=before, after=row.status)


def _check_is_unchanged(row: PlannedPlace, placing: Placing) -> None:
    """Refuse what was placed, moved or stopped since the plan was made."""
    if placing.item.hindrance:
        raise RuleViolation(f"现在不能排：{placing.item.hindrance.rstrip('。')}。", rule="R-DUTY-02")
    if row.replaces_id is None:
        if placing.item.session is not None or is_booked_since(row.matter_id, row.run.asked_at):
            raise RuleViolation("排好建议以后，这件事已经排了一场，这一场没有再排。", rule="INV-29")
        return
    session = placing.item.session
    if session is None or plan_of(session).start.isoformat() != row.before["start"] or session.id != row.replaces_id:
        raise RuleViolation("排好建议以后，这一场已经改过，没有再动它。", rule="INV-29")


def _check_grounds(rows: list[PlannedPlace], ground: str, reason: str, by: Actor, now: datetime) -> None:
    for row in rows:
        grounds = placing_of(row.owner, by, now).grounds() if row.replaces_id else []
        if grounds and (ground not in {value for value, _ in grounds} or not reason.strip()):
            raise RuleViolation("通知过的听证要改，请选理由，并写明具体情况：通知书上要写。", rule="INV-15")


def _note_refusal(row_ids: list[int], message: str) -> None:
    for row_id in row_ids:
        row = db.session.get_one(PlannedPlace, row_id)
        before, row.status = row.status, PlaceStatus.REFUSED
        row.refusal = message[:LONGEST_REFUSAL]
        record(None, "plan.refused", row, matter_id=row.matter_id, before=before, after=row.status)


def _finish(run: PlanRun) -> None:
    """Close the rooms from which everything has moved, and note whether something is still proposed."""
    if run.kind is PlanKind.REPLAN:
        by = get_account_by_id(run.account_id).as_actor()
        disturbance = Disturbance.of_json(run.asked["disturbance"])
        rooms = [db.session.get_one(Room, room_id) for room_id in run.asked["pending_rooms"]]
        pending = [room.id for room in rooms if not close_room(room, disturbance, by=by)]
        run.asked = {**run.asked, "pending_rooms": pending}
    is_open = any(row.status is PlaceStatus.PROPOSED for row in run.places)
    before, run.status = run.status, PlanStatus.PROPOSED if is_open else PlanStatus.ENDED
    record(None, "plan.carried_out", run, before=before, after=run.status)
