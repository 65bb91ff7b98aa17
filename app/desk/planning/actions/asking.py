"""Asking for a plan of a backlog, or for the smallest change after something has happened."""

from datetime import date, datetime, timedelta
from typing import Any

from app.access.permissions import Actor
from app.audit.actions import record
from app.booking.actions import add_closure, grant_leave
from app.booking.models import PlanRun, Room
from app.booking.rules.planning import WEIGHTS_VERSION, PlanKind, PlanStatus
from app.desk.planning.disturbing import Disturbance
from app.desk.planning.gathering import PlanWish
from app.errors import RuleViolation
from app.extensions import db
from app.jobs.actions import start_job
from app.law import clock
from app.people.models import Account

MAKE = "make_plan"
SEED = 1
STEPS_A_SESSION, LEAST_STEPS, MOST_STEPS = 40, 600, 8000
STEPS_OF_MENDING = 600
MOST_SESSIONS = 400
LONGEST_DAYS = 84
MENDED_AHEAD = timedelta(days=28)
SHARES = 100


def ask_for_plan(wish: PlanWish, *, by: Actor, now: datetime) -> PlanRun:
    """Have the ticked waiting sessions planned; nothing is booked by it. Refuses none, too many, or past days."""
    if not wish.keys:
        raise RuleViolation("还没有选要排的。请至少选一场。", rule="R-DUTY-02")
    if len(wish.keys) > MOST_SESSIONS:
        raise RuleViolation(f"一次最多排 {MOST_SESSIONS} 场。请分两次排。", rule="R-DUTY-02")
    if wish.first < clock.local_date(now):
        raise RuleViolation("开始的日子已经过去了。请从今天或以后排起。", rule="B085")
    if not 0 <= (wish.last - wish.first).days <= LONGEST_DAYS:
        raise RuleViolation("一次最多排十二周，最后一天不能早于第一天。请重新选。", rule="B084")
    steps = min(max(STEPS_A_SESSION * len(wish.keys), LEAST_STEPS), MOST_STEPS)
    return _start(PlanKind.BACKLOG, {**wish.as_json(), "steps": steps}, by, now)


def ask_for_replan(
    disturbance: Disturbance, rooms: list[Room], person: Account | None, *, by: Actor, now: datetime
) -> PlanRun:
    """Note what has happened and look for the smallest change.

    Leave is entered at once, and flags what stands on it; a room is closed at once where nothing is booked in it, else
    when the sessions have moved. Refuses a time that is over or ends before it begins.
    """
    _check_is_ahead(disturbance, now)
    if person is not None and disturbance.first and disturbance.last:
        grant_leave(person, disturbance.first, disturbance.last, by=by, now=now, is_confirmed=True)
    pending = [room.id for room in rooms if not close_room(room, disturbance, by=by)]
    ends = disturbance.last or (disturbance.ends.date() if disturbance.ends else clock.local_date(now))
    asked: dict[str, Any] = {
        "disturbance": disturbance.as_json(),
        "pending_rooms": pending,
        "last": (max(ends, clock.local_date(now)) + MENDED_AHEAD).isoformat(),
        "steps": STEPS_OF_MENDING,
    }
    return _start(PlanKind.REPLAN, asked, by, now)


def close_room(room: Room, disturbance: Disturbance, *, by: Actor) -> bool:
    """Close the room for the time of the disturbance; False while sessions are booked in it."""
    if disturbance.starts is None or disturbance.ends is None:
        return True
    starts, ends = (clock.from_local(at.date(), at.time()) for at in (disturbance.starts, disturbance.ends))
    if any(row.starts_at <= starts and row.ends_at >= ends for row in room.closures):
        return True
    try:
        add_closure(room, starts, ends, disturbance.note, by=by)
    except RuleViolation:
        return False
    return True


def _check_is_ahead(disturbance: Disturbance, now: datetime) -> None:
    today: date = clock.local_date(now)
    if disturbance.starts and disturbance.ends:
        if disturbance.ends <= disturbance.starts:
            raise RuleViolation("结束要晚于开始。请重新填。", rule="B083")
        if disturbance.ends.date() < today:
            raise RuleViolation("这段时间已经过去了，不用重排。请核对日期。", rule="B085")
    if disturbance.first and disturbance.last and disturbance.last < max(disturbance.first, today):
        raise RuleViolation("最后一天不能早于第一天，也不能早于今天。请重新填。", rule="B083")


def _start(kind: PlanKind, asked: dict[str, Any], by: Actor, now: datetime) -> PlanRun:
    run = PlanRun(
        account_id=by.account_id,
        kind=kind,
        status=PlanStatus.MAKING,
        asked={**asked, "seed": SEED, "weights": WEIGHTS_VERSION},
        score={},
        asked_at=now,
        places=[],
    )
    db.session.add(run)
    db.session.flush()
    run.job_public_id = start_job(MAKE, {"run": run.public_id}, total=SHARES, by=by, now=now).public_id
    record(by, "plan.ask", run, after=run.status, kind_of_plan=kind.value)
    return run
