"""The course of a sitting: roll call, opening, stages, recess, a recusal raised in the room, its end (R-HEAR-20…24)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.access.permissions import Actor
from app.audit.actions import record as log
from app.errors import RuleViolation
from app.extensions import db
from app.hearings.actions.attendance import list_people
from app.hearings.actions.former_days import clear_former_day
from app.hearings.actions.recusals import request_seat_recusal
from app.hearings.actions.turns import note_in_room
from app.hearings.models import Hearing, HearingMinutes, HearingParty, PanelSeat, StagePassed
from app.hearings.queries.pool import members_of
from app.hearings.queries.service import check_may_open as check_notices_served
from app.hearings.queries.sitting import (
    find_responding_party,
    has_roll_call,
    list_expected,
    planned_day,
    script_words,
    seats_at_the_front,
    stage_state,
)
from app.hearings.rules.panels import check_panel
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.sitting import check_front_is_complete, check_is_the_day, check_may_end, check_may_open
from app.hearings.rules.stages import (
    StageScript,
    check_may_go_back,
    check_may_leave,
    check_may_pass_over,
    check_stage_mark,
    list_passed_over,
    script_of,
)
from app.hearings.rules.states import status_after
from app.hearings.rules.words import LABELS, HearingAct, HearingStatus, LiveStage, TurnKind
from app.law import clock
from app.matters.actions import meet_clock, start_clock
from app.matters.rules import RecusalGround


@dataclass(frozen=True)
class Step:
    """A step to another stage: the mark of the stage that the page showed, and why one is left out or gone back to."""

    target: LiveStage
    seen_mark: int
    reason: str = ""


@dataclass(frozen=True)
class NewRecusal:
    """A party asks that somebody at the front steps aside: on which ground, for which facts."""

    seat: PanelSeat
    party: HearingParty
    ground: RecusalGround
    facts: str


def start_roll_call(hearing: Hearing, *, by: Actor, now: datetime) -> HearingMinutes:
    """Open the minutes and list who is expected; on a day of resumption the list begins anew.

    Refuses a hearing that was not noticed for today (INV-15). Called again on the day it adds who is missing.
    """
    status_after(hearing.status, HearingAct.OPEN)
    today = clock.local_date(now)
    check_is_the_day(planned_day(hearing), today)
    minutes = hearing.minutes
    if minutes is None:
        minutes = HearingMinutes(hearing=hearing, stage=LiveStage.ROLL_CALL, started_at=now, started_by=by.account_id)
        db.session.add(minutes)
        db.session.flush()
    if not has_roll_call(minutes, today):
        clear_former_day(minutes, by=by, now=now)
        _enter(minutes, LiveStage.ROLL_CALL, by=by, now=now)
        log(by, "sitting.roll_call", minutes)
    list_people(minutes, now=now)
    return minutes


def open_hearing(minutes: HearingMinutes, *, procedure: Procedure, by: Actor, now: datetime) -> None:
    """The chair opens, or goes on after a suspension: everybody there or settled, the notice served in time.

    INV-14/17, R-RECON-06; the clock `hearing_hold_by` is met.
    """
    hearing, today = minutes.hearing, clock.local_date(now)
    after = status_after(hearing.status, HearingAct.OPEN)
    check_is_the_day(planned_day(hearing), today)
    party = find_responding_party(hearing)
    check_may_open(procedure, list_expected(minutes), party.head_attendance if party else None)
    _check_panel(hearing, procedure, today)
    check_notices_served(hearing, procedure)
    is_first = minutes.stage is LiveStage.ROLL_CALL
    words = _roll_words(minutes)
    note_in_room(minutes, f"roll-{today.isoformat()}", words, stage=LiveStage.ROLL_CALL, by=by, now=now)
    before, hearing.status = hearing.status, after
    minutes.is_in_recess = False
    if is_first:
        _enter(minutes, LiveStage.OPENING, by=by, now=now)
    else:
        note_in_room(minutes, f"again-{today.isoformat()}", "恢复听证。", kind=TurnKind.RESUMPTION, by=by, now=now)
        _enter(minutes, minutes.stage, by=by, now=now)
    meet_clock(hearing, "hearing_hold_by", today)
    log(by, "sitting.open", hearing, before=before, after=after)


def _check_panel(hearing: Hearing, procedure: Procedure, today: date) -> None:
    people = [(seat.role, seat.account) for seat in seats_at_the_front(hearing)]
    check_panel(procedure, members_of(hearing, procedure, people, today))


def _roll_words(minutes: HearingMinutes) -> str:
    there = [row for row in minutes.attendances if row.is_present]
    away = [f"{row.name}（{row.absence}）" for row in minutes.attendances if row.absence]
    told = f"；缺席：{'、'.join(away)}" if away else ""
    return f"已核对到场 {len(there)} 人的身份和授权：{'、'.join(row.name for row in there)}{told}。"


def enter_stage(minutes: HearingMinutes, step: Step, *, procedure: Procedure, by: Actor, now: datetime) -> None:
    """Go to another stage; a page that shows an older one is stale (StaleVersion).

    Refuses open duties, unruled objections, and leaving out without a reason (R-HEAR-20). Deliberation is a recess.
    """
    _check_is_sitting(minutes.hearing)
    words = script_words(minutes.hearing)
    here = script_of(procedure, minutes.stage, words)
    check_stage_mark(step.seen_mark, minutes.stage_mark, here.title)
    if step.target not in procedure.stages or step.target in (minutes.stage, LiveStage.ROLL_CALL):
        raise RuleViolation("不能进入这一步。请按程序走。", rule="R-HEAR-20")
    target = script_of(procedure, step.target, words)
    if procedure.stages.index(step.target) < procedure.stages.index(minutes.stage):
        check_may_go_back(step.reason, target.title)
        note_in_room(minutes, f"back-{minutes.stage_mark}", f"回到“{target.title}”：{step.reason}。", by=by, now=now)
    else:
        state = stage_state(minutes)
        passed = list_passed_over(procedure, minutes.stage, step.target)
        check_may_leave(here, state, step.reason)
        check_may_pass_over(passed, step.reason)
        _take_down_left_out(minutes, here if not state.turns else None, passed, step.reason, by=by, now=now)
    _end_recess(minutes, by=by, now=now)
    _enter(minutes, step.target, by=by, now=now)
    if step.target is LiveStage.DELIBERATION:
        take_recess(minutes, f"recess-{minutes.stage_mark}", "休会评议。评议不公开，另作评议笔录。", by=by, now=now)
    log(by, "sitting.stage", minutes, stage=step.target.value)


def _take_down_left_out(
    minutes: HearingMinutes,
    silent: StageScript | None,
    passed: Sequence[StageScript],
    reason: str,
    *,
    by: Actor,
    now: datetime,
) -> None:
    if silent is not None:
        row = [row for row in minutes.stages if row.stage is silent.stage][-1]
        row.skipped_reason = reason
    for script in passed:
        _enter(minutes, script.stage, reason=reason or script.usual_reason, by=by, now=now)


def take_recess(minutes: HearingMinutes, client_id: str, reason: str, *, by: Actor, now: datetime) -> None:
    """The chair adjourns for a while; twice is once."""
    _check_is_sitting(minutes.hearing)
    if not minutes.is_in_recess:
        note_in_room(minutes, client_id, reason or "休会。", kind=TurnKind.RECESS, by=by, now=now)
        minutes.is_in_recess = True
        log(by, "sitting.recess", minutes)


def end_recess(minutes: HearingMinutes, *, procedure: Procedure, by: Actor, now: datetime) -> None:
    """The sitting goes on; twice is once. Refuses while the panel is not complete in the room (INV-17, R-HEAR-19)."""
    _check_is_sitting(minutes.hearing)
    if minutes.is_in_recess:
        list_people(minutes, now=now)
        check_front_is_complete(procedure, list_expected(minutes))
        _check_panel(minutes.hearing, procedure, clock.local_date(now))
    _end_recess(minutes, by=by, now=now)


def _end_recess(minutes: HearingMinutes, *, by: Actor, now: datetime) -> None:
    if minutes.is_in_recess:
        mark = f"resume-{minutes.stage_mark}-{int(now.timestamp() * 1000)}"
        note_in_room(minutes, mark, "恢复听证。", kind=TurnKind.RESUMPTION, by=by, now=now)
        minutes.is_in_recess = False
        log(by, "sitting.resume", minutes)


def end_sitting(minutes: HearingMinutes, *, procedure: Procedure, by: Actor, now: datetime) -> None:
    """The hearing is over: a petition panel deliberates, a reconsideration hearing was held (R-HEAR-20 ⑫, R-RECON-07).

    Starts the clock `hearing_opinion_service` of a petition hearing (R-HEAR-29).
    """
    hearing = minutes.hearing
    act = HearingAct.ADJOURN if procedure.has_vote else HearingAct.HOLD
    after = status_after(hearing.status, act)
    check_may_end(minutes.stage, is_in_recess=minutes.is_in_recess)
    minutes.ended_at = now
    before, hearing.status = hearing.status, after
    if procedure.has_holding_clocks:
        start_clock(hearing.matter, "hearing_opinion_service", clock.local_date(now), owner=hearing, now=now)
    log(by, "sitting.end", hearing, before=before, after=after)


def raise_recusal(minutes: HearingMinutes, new: NewRecusal, *, by: Actor, now: datetime) -> None:
    """A party asks in the room that somebody steps aside: the sitting stops, the person at once (R-HEAR-18, INV-12).

    It goes on when the request is decided and the seat is taken; else the hearing is postponed (R-HEAR-19, 21).
    """
    hearing = minutes.hearing
    _check_is_sitting(hearing)
    text = f"{new.party.party.name}当场申请{LABELS[new.seat.role]}{new.seat.account.name}回避：{new.facts}"
    mark = f"recusal-{new.seat.public_id}"
    note_in_room(minutes, mark, text, by=by, now=now)
    take_recess(minutes, f"{mark}-pause", "有人申请回避，休会等决定。", by=by, now=now)
    request_seat_recusal(hearing, new.seat, ground=new.ground, facts=new.facts, party=new.party, by=by, now=now)
    list_people(minutes, now=now)


def _enter(minutes: HearingMinutes, stage: LiveStage, *, reason: str = "", by: Actor, now: datetime) -> None:
    row = StagePassed(minutes=minutes, stage=stage, entered_at=now, entered_by=by.account_id)
    row.skipped_reason = reason
    db.session.add(row)
    db.session.flush()
    if not reason:
        is_resumed = stage is LiveStage.ROLL_CALL and minutes.stage is not LiveStage.ROLL_CALL
        minutes.stage = minutes.stage if is_resumed else stage
        minutes.stage_mark += 1


def _check_is_sitting(hearing: Hearing) -> None:
    if hearing.status is not HearingStatus.IN_PROGRESS:
        raise RuleViolation("听证没有在进行，不能办这一步。请刷新看一看。", rule="R-HEAR-20")
