"""How a proposal is shown: each session before and after, who was passed over, what it costs, who carries how much."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.access.permissions import Actor
from app.booking.models import BookedSession, PlannedPlace, PlanRun, Room
from app.booking.rules.planning import PlaceStatus, PlanKind, PlanStatus
from app.booking.rules.words import SessionStatus
from app.desk.calendar.placers import Placing, placing_of
from app.desk.calendar.routes.presenting import when_and_where
from app.desk.planning.actions.accepting import ACCEPT, MAY_BE_CHOSEN
from app.desk.planning.naming import PASSED_OVER, reliefs_in_words
from app.desk.planning.scoring import evenness_in_words, loads_in_words, score_in_words
from app.errors import DomainError
from app.extensions import db
from app.jobs.models import Job
from app.jobs.queries import get_job
from app.jobs.rules import JobStatus
from app.law import clock
from app.law.dates import format_month_day, format_month_day_with_weekday
from app.people.models import Account

PLACED = frozenset({PlaceStatus.PROPOSED, PlaceStatus.CHOSEN, PlaceStatus.ACCEPTED, PlaceStatus.REFUSED})
STRIP_STATES = {
    JobStatus.QUEUED: "queued",
    JobStatus.RUNNING: "running",
    JobStatus.DONE: "done",
    JobStatus.PARTLY_FAILED: "partial",
    JobStatus.STOPPED: "stopped",
}


def job_of(run: PlanRun) -> Job:
    """The work that is done for it now, or was done last."""
    return get_job(run.job_public_id)


def strip_of(run: PlanRun, job: Job) -> dict[str, Any]:
    """The strip that says how far the work is."""
    is_accepting = job.kind == ACCEPT
    words = {
        JobStatus.QUEUED: "在等后台空出手来",
        JobStatus.RUNNING: "正在一场一场落实" if is_accepting else "正在排，一般要几秒到二十秒",
        JobStatus.DONE: "办完了",
        JobStatus.PARTLY_FAILED: "没有办成，请再排一次",
        JobStatus.STOPPED: _stopped(run, is_accepting=is_accepting),
    }
    return {
        "text": words[job.status],
        "done": job.done_count,
        "total": job.total_count,
        "state": STRIP_STATES[job.status],
    }


def _stopped(run: PlanRun, *, is_accepting: bool) -> str:
    """What a stop has left; one that comes when the plan is already written takes nothing back."""
    if is_accepting:
        return "已停下，落实了的不退回"
    return "已停下，没有写下建议" if run.status is PlanStatus.MAKING else "叫停时建议已经写好，用不用由您定"


def proposal_of(run: PlanRun, actor: Actor) -> dict[str, Any]:
    """Everything the page of a proposal shows."""
    names, rooms = _names_of(run), _rooms_of(run)
    placings = {row.id: _find_placing(row, actor) for row in run.places}
    rows = [_row(row, placings[row.id], names, rooms) for row in run.places]
    placed = [row for row in rows if row["row"].status in PLACED]
    return {
        "placed": placed,
        "left": [row for row in rows if row["row"].status not in PLACED],
        "open": [row for row in placed if row["may_choose"]],
        "accepted": sum(1 for row in rows if row["row"].status is PlaceStatus.ACCEPTED),
        "refused": [row for row in placed if row["row"].status is PlaceStatus.REFUSED],
        "score": score_in_words(run.score.get("parts", {})),
        "loads": loads_in_words(run.score.get("loads", []), names),
        "evenness": evenness_in_words(*run.score["gini"]) if run.score.get("loads") else "",
        "grounds": _grounds(placed, placings),
        "told": _count_told(row for row in placed if row["may_choose"]),
        "apart": _apart(run),
        "event": event_in_words(run, names, rooms) if run.kind is PlanKind.REPLAN else "",
    }


def event_in_words(run: PlanRun, names: Mapping[int, str], rooms: Mapping[int, str]) -> str:
    """What has happened, in a sentence."""
    kept = run.asked["disturbance"]
    if kept["account"]:
        first, last = date.fromisoformat(kept["first"]), date.fromisoformat(kept["last"])
        return f"{names.get(kept['account'], '')} {_days(first, last)}不在，已登记请假"
    if kept["rooms"]:
        starts, ends = datetime.fromisoformat(kept["starts"]), datetime.fromisoformat(kept["ends"])
        where = "、".join(rooms.get(room_id, "") for room_id in kept["rooms"])
        return f"{where} 从 {_moment(starts)} 到 {_moment(ends)} 停用"
    return "有场次的人不能来、应当回避或超出上限"


def _apart(run: PlanRun) -> list[tuple[BookedSession, str, list[str]]]:
    """The sessions that did not fit before it happened and still stand booked, with the reasons, in order of time."""
    causes = dict(run.score.get("apart", []))
    statement = sa.select(BookedSession).where(
        BookedSession.id.in_(causes), BookedSession.status == SessionStatus.BOOKED
    )
    sessions = db.session.scalars(statement.order_by(BookedSession.starts_at, BookedSession.id))
    return [(session, when_and_where(session), causes[session.id]) for session in sessions]


def _row(
    row: PlannedPlace, placing: Placing | None, names: Mapping[int, str], rooms: Mapping[int, str]
) -> dict[str, Any]:
    facts = row.facts
    return {
        "row": row,
        "title": placing.item.title if placing else "这一场已不归您办",
        "note": placing.item.note if placing and row.status is not PlaceStatus.ACCEPTED else "",
        "after": _after(row),
        "before": _before(row, names, rooms),
        "people": _people(row.people, names),
        "moves": _moves(row, names, rooms),
        "wishes": _wishes(row, names),
        "passed": [(names.get(who, "—"), _why_passed(rules)) for who, rules in facts.get("passed", [])],
        "causes": facts.get("causes", []),
        "blockers": facts.get("blockers", []),
        "reliefs": [
            (what, format_month_day(date.fromisoformat(day)))
            for what, day in reliefs_in_words(facts.get("reliefs", []), is_replan=bool(row.before))
        ],
        "told": placing.told() if placing else [],
        "may_choose": placing is not None and row.status in MAY_BE_CHOSEN,
    }


def _wishes(row: PlannedPlace, names: Mapping[int, str]) -> list[tuple[bool, str]]:
    """Which wishes are met, and which are not."""
    facts = row.facts
    if "late" not in facts:
        return []
    missed = [names.get(who, "—") for who in facts["missed"]]
    found = [(False, f"原定的{'、'.join(missed)}没有排上")] if missed else [(True, "原定的人都在")]
    late = facts["late"]
    found.append((False, f"比一周内的目标晚 {late} 天") if late else (True, "在一周内的目标里"))
    if facts["away"]:
        found.append((False, f"{'、'.join(names.get(who, '—') for who in facts['away'])}要到别的中心"))
    if facts["is_elsewhere"]:
        found.append((False, "不在自己的中心"))
    return found


def _why_passed(rules: list[str]) -> str:
    return next((PASSED_OVER[rule] for rule in rules if rule in PASSED_OVER), PASSED_OVER[""])


def _moves(row: PlannedPlace, names: Mapping[int, str], rooms: Mapping[int, str]) -> list[str]:
    """What changes against where it stands: day, time, room, people."""
    plan, before = row.plan, row.before
    if plan is None or not before:
        return []
    start = datetime.fromisoformat(before["start"])
    found = []
    if start.date() != plan.day:
        found.append("换日子")
    elif start.time() != plan.at:
        found.append("换时间")
    if before["room"] != plan.room_id:
        found.append("换房间")
    gone = [who for seat, who in before["people"] if (seat, who) not in plan.people]
    come = [who for seat, who in plan.people if [seat, who] not in before["people"]]
    found.extend(f"{names.get(old, '—')} 换成 {names.get(new, '—')}" for old, new in zip(gone, come, strict=False))
    return found


def _after(row: PlannedPlace) -> str:
    plan = row.plan
    if plan is None or row.room is None:
        return ""
    return f"{format_month_day_with_weekday(plan.day)}{plan.at:%H:%M}—{plan.end:%H:%M}，{row.room.name}"


def _before(row: PlannedPlace, names: Mapping[int, str], rooms: Mapping[int, str]) -> str:
    if not row.before:
        return "还没有排"
    start = datetime.fromisoformat(row.before["start"])
    end = start + timedelta(minutes=row.before["minutes"])
    room = rooms.get(row.before["room"], "")
    return f"{format_month_day_with_weekday(start.date())}{start:%H:%M}—{end:%H:%M}，{room}"


def _people(people: Iterable[Any], names: Mapping[int, str]) -> list[str]:
    return [names.get(who, "—") for _, who in people]


def _grounds(placed: list[dict[str, Any]], placings: Mapping[int, Placing | None]) -> list[tuple[str, str]]:
    """The grounds for moving notified hearings, where the proposal moves one."""
    for row in placed:
        placing = placings[row["row"].id]
        if placing is not None and row["row"].replaces_id and row["may_choose"] and (found := placing.grounds()):
            return found
    return []


def _count_told(rows: Iterable[dict[str, Any]]) -> dict[str, int]:
    told = [each for row in rows for each in row["told"]]
    return {"people": len(told), "by_hand": sum(1 for each in told if each.channel != "短信")}


def _names_of(run: PlanRun) -> dict[int, str]:
    people = {who for row in run.places for _, who in [*row.people, *row.before.get("people", [])]}
    people |= {who for row in run.places for who, _ in row.facts.get("passed", [])}
    people |= {who for row in run.places for who in [*row.facts.get("missed", []), *row.facts.get("away", [])]}
    people |= {load[0] for load in run.score.get("loads", [])}
    if run.kind is PlanKind.REPLAN and run.asked["disturbance"]["account"]:
        people.add(run.asked["disturbance"]["account"])
    found = db.session.execute(sa.select(Account.id, Account.name).where(Account.id.in_(people)))
    return {account_id: name for account_id, name in found}


def _rooms_of(run: PlanRun) -> dict[int, str]:
    rooms = {row.before["room"] for row in run.places if row.before}
    if run.kind is PlanKind.REPLAN:
        rooms |= {*run.asked["disturbance"]["rooms"], *run.asked["pending_rooms"]}
    found = db.session.execute(sa.select(Room.id, Room.name).where(Room.id.in_(rooms)))
    return {room_id: name for room_id, name in found}


def pending_rooms(run: PlanRun) -> list[str]:
    """The rooms that cannot be closed yet because something is booked in them."""
    rooms = _rooms_of(run)
    return [rooms[room_id] for room_id in run.asked.get("pending_rooms", []) if room_id in rooms]


def _find_placing(row: PlannedPlace, actor: Actor) -> Placing | None:
    try:
        return placing_of(row.owner, actor, clock.now())
    except DomainError:
        return None


def _days(first: date, last: date) -> str:
    return format_month_day(first) if first == last else f"{format_month_day(first)}至{format_month_day(last)}"


def _moment(at: datetime) -> str:
    return f"{format_month_day(at.date())} {at:%H:%M}"
