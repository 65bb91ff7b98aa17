"""How remedies and cases look: stages as cards, both due dates, the way of a case, the one next act."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from app.access.permissions import Actor, Permission, is_allowed
from app.law.dates import format_date, format_month_day
from app.matters.actions import MatterKey
from app.matters.models import Clock, Matter
from app.matters.queries.handling import find_clock, find_opinion
from app.matters.routes.presenting import clock_item
from app.matters.rules import ClockState
from app.matters.rules.states import may_act as matter_may_act
from app.remedies.models import ReconsiderationCase, Remedy
from app.remedies.queries import both_dates_of, find_remedy
from app.remedies.rules import LABELS, CaseAct, CaseStatus, Procedure, RemedyStage, RemedyStatus
from app.remedies.rules.reviewing import STAGES
from app.remedies.rules.states import EXAMINING, may_act

REMEDY_PILLS = {RemedyStatus.REQUESTED: "info", RemedyStatus.DECIDED: "ok", RemedyStatus.WITHDRAWN: "idle"}
CASE_PILLS: Mapping[CaseStatus, str] = {
    CaseStatus.RECEIVED: "warn",
    CaseStatus.CORRECTION_ASKED: "warn",
    CaseStatus.UNDER_REVIEW: "info",
    CaseStatus.SUSPENDED: "warn",
    CaseStatus.DECIDED: "ok",
    CaseStatus.MEDIATED: "ok",
}


@dataclass(frozen=True)
class Act:
    """One act that is open now: its words and its page."""

    label: str
    url: str
    text: str = ""
    is_waiting: bool = False


def stage_card(matter: Matter, stage: RemedyStage, actor: Actor, today: date) -> dict[str, Any]:
    """One stage with its right, its request, its dates and what may be done."""
    words = STAGES[stage]
    remedy = find_remedy(matter.id, stage)
    right = find_clock(MatterKey(matter.id), words.right)
    running = find_clock(remedy, words.clock) if remedy else None
    return {
        "stage": stage,
        "title": LABELS[stage],
        "remedy": remedy,
        "pill": (LABELS[remedy.status], REMEDY_PILLS[remedy.status]) if remedy else None,
        "right": clock_item(right, today) if right else None,
        "clock": clock_item(running, today) if running else None,
        "both": both_words(running, today) if running and stage is RemedyStage.RECHECK else None,
        "acts": _stage_acts(matter, stage, remedy, actor),
    }


def both_words(clock: Clock, today: date) -> dict[str, str]:
    """Both due dates of a recheck in words (R-PET-23)."""
    both = both_dates_of(clock, today)
    state = "，听证还没有结束，算到今天" if both.is_paused else ""
    return {
        "without": format_date(both.without_exclusion),
        "with": format_date(both.with_exclusion),
        "how": f"听证所需时间 {both.excluded_days} 日不计入{state}"
        if both.excluded_days or both.is_paused
        else "没有听证",
    }


def path_of_remedies(matter: Matter) -> list[dict[str, str]]:
    """From the opinion over review and recheck to the end."""
    opinion = find_opinion(matter.id)
    review, recheck = (find_remedy(matter.id, stage) for stage in RemedyStage)
    days = [
        ("信访处理意见", opinion.issued_on if opinion else None, "出具"),
        ("请求复查", review.requested_on if review else None, ""),
        ("复查意见", review.decided_on if review else None, "出具"),
        ("请求复核", recheck.requested_on if recheck else None, ""),
        ("复核意见", recheck.decided_on if recheck else None, "出具"),
        ("终结", matter.closed_on, ""),
    ]
    return _path(days, is_open=matter.is_open)


def next_remedy_act(cards: list[dict[str, Any]]) -> Act | None:
    """The act of the stage that is open now."""
    return next((card["acts"][0] for card in reversed(cards) if card["acts"]), None)


def path_of_case(case: ReconsiderationCase) -> list[dict[str, str]]:
    """From receipt to the end of a case."""
    days = [
        ("收到申请", case.received_on, ""),
        ("受理", case.accepted_on, f"，{LABELS[case.procedure]}" if case.procedure else ""),
        ("发送副本", case.copy_sent_on, ""),
        ("答复举证", case.answered_on, ""),
        ("听证", case.hearing_held_on, ""),
        (LABELS[case.status] if not case.is_open else "决定或者调解", case.closed_on, ""),
    ]
    if case.hearing_held_on is None and not case.is_hearing_mandatory:
        del days[4]
    return _path(days, is_open=case.is_open)


def acts_of_case(case: ReconsiderationCase, actor: Actor) -> list[Act]:
    """What may be done now, the next step first; empty for who does not work on it or after its end."""
    view = case.access_view()
    acts: list[Act] = []
    if is_allowed(actor, Permission.RECONSIDERATION_MANAGE, view):
        acts += [*_examining_acts(case), *_reviewing_acts(case), *_ending_acts(case)]
    may_extend = is_allowed(actor, Permission.RECONSIDERATION_APPROVE, view) and actor.organisation_id == case.organ_id
    if may_extend and case.status is CaseStatus.UNDER_REVIEW and case.procedure is Procedure.ORDINARY:
        acts.append(_act(case, "批准延长期限", "show_extension", "最多 30 日，只能一次，要在到期前批准。"))
    return acts


def _stage_acts(matter: Matter, stage: RemedyStage, remedy: Remedy | None, actor: Actor) -> list[Act]:
    if not is_allowed(actor, Permission.REMEDY_MANAGE, matter.access_view()):
        return []
    name = LABELS[stage]
    acts = []
    if matter_may_act(matter.status, STAGES[stage].request):
        url = url_for(f"remedies.show_{stage.value}_request", public_id=matter.public_id)
        acts.append(Act(f"登记{name}请求", url, f"{STAGES[stage].reviewed}收到之日起 30 日内提出。"))
    if remedy is not None and remedy.is_open and _is_heard_now(remedy):
        url = url_for("matters.show", public_id=matter.public_id)
        text = f"{name}期限停着。形成听证意见书以后，再出具{name}意见。"
        acts.append(Act("等听证结束", url, text, is_waiting=True))
    elif remedy is not None and remedy.is_open:
        acts += [
            Act(f"出具{name}意见", _url(remedy, "show_opinion"), "收到请求之日起 30 日内出具，书面答复。"),
            Act(f"撤回{name}请求", _url(remedy, "show_remedy_withdrawal")),
        ]
    if remedy is not None and remedy.status is RemedyStatus.DECIDED:
        acts += _acts_after(remedy, actor)
    return acts


def _is_heard_now(remedy: Remedy) -> bool:
    running = find_clock(remedy, STAGES[remedy.stage].clock)
    return running is not None and running.state is ClockState.PAUSED


def _acts_after(remedy: Remedy, actor: Actor) -> list[Act]:
    name = LABELS[remedy.stage]
    if remedy.opinion_received_on is None:
        return [Act(f"记下信访人哪天收到{name}意见", _url(remedy, "show_remedy_received"), "送达日期以送达回证为准。")]
    acts = []
    if remedy.stage is RemedyStage.RECHECK and remedy.matter.is_open:
        url = url_for("matters.show_finalise", public_id=remedy.matter.public_id)
        acts.append(Act("终结", url, "复核意见是最后的意见，同一事实和理由不再受理。"))
    may_publish = is_allowed(actor, Permission.REMEDY_PUBLISH, remedy.access_view())
    if remedy.stage is RemedyStage.RECHECK and remedy.hearing_number and may_publish:
        acts.append(Act("改公示文字" if remedy.is_published else "公示复核意见", _url(remedy, "show_publication")))
    return acts


def _examining_acts(case: ReconsiderationCase) -> list[Act]:
    if case.status is CaseStatus.CORRECTION_ASKED and case.correction_received_on is None:
        told = [_act(case, "记下申请人哪天收到补正通知", "show_correction_notice", "从这一天起 10 个工作日内补正。")]
        return [*told, _act(case, "记下补正", "show_corrected")]
    if case.status is CaseStatus.CORRECTION_ASKED:
        return [
            _act(case, "记下补正", "show_corrected", "补正材料收到后，审查接着算。"),
            _act(case, "逾期不补正，视为放弃", "show_giving_up"),
        ]
    if case.status is not CaseStatus.RECEIVED:
        return []
    acts = [_act(case, "受理", "show_acceptance", "5 个工作日内审查；逾期没有决定的，视为受理。")]
    if case.correction_asked_on is None:
        acts.append(_act(case, "通知补正", "show_correction"))
    return [*acts, _act(case, "不予受理", "show_decline")]


def _reviewing_acts(case: ReconsiderationCase) -> list[Act]:
    if case.status is CaseStatus.SUSPENDED:
        return [_act(case, "恢复", "show_resumption", "中止的原因没有了，就恢复。"), _statement_act(case)]
    if case.status is not CaseStatus.UNDER_REVIEW:
        return []
    acts = [*_waiting_acts(case)]
    if case.is_hearing_mandatory and case.hearing_held_on is None and case.answered_on is not None:
        text = "重大、疑难、复杂的案件，要先听证，再决定。"
        acts.append(Act("看信访事项，安排听证", url_for("matters.show", public_id=case.matter.public_id), text))
    text = "决定要根据听证笔录作出，写明笔录编号。" if case.hearing_number else "写明事实、理由和决定的内容。"
    acts += [_act(case, "作出决定", "show_decision", text), _statement_act(case)]
    return [*acts, _act(case, "中止", "show_suspension")]


def _waiting_acts(case: ReconsiderationCase) -> list[Act]:
    if case.copy_sent_on is None:
        return [_act(case, "记下发送副本", "show_copy", "向被申请人发送申请书副本。")]
    if case.copy_received_on is None:
        return [_act(case, "记下被申请人收到副本", "show_copy_received", "从这一天起算答复期限。")]
    if case.answered_on is None:
        return [_act(case, "记下答复和证据", "show_answer", "被申请人书面答复，提交证据、依据。")]
    return []


def _statement_act(case: ReconsiderationCase) -> Act:
    label = "调解书签名、盖章" if case.statement else "制作行政复议调解书"
    return _act(case, label, "show_statement", "各方签名、盖复议机关印章才生效。" if case.statement else "")


def _ending_acts(case: ReconsiderationCase) -> list[Act]:
    if not may_act(case.status, CaseAct.WITHDRAW):
        return []
    label = "申请人撤回申请" if case.status in EXAMINING else "申请人撤回、和解"
    return [_act(case, label, "show_withdrawal")]


def _act(case: ReconsiderationCase, label: str, view: str, text: str = "") -> Act:
    return Act(label, url_for(f"remedies.{view}", public_id=case.public_id), text)


def _url(remedy: Remedy, view: str) -> str:
    return url_for(f"remedies.{view}", public_id=remedy.public_id)


def _path(days: list[tuple[str, date | None, str]], *, is_open: bool) -> list[dict[str, str]]:
    first_open = next((place for place, (_, day, _) in enumerate(days) if day is None), len(days))
    steps = []
    for place, (label, day, note) in enumerate(days):
        state = "done" if day else ("now" if place == first_open and is_open else "todo")
        steps.append({"label": label, "note": f"{format_month_day(day)}{note}" if day else "", "state": state})
    return steps
