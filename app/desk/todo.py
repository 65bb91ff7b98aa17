"""Which duties wait for which role, and the one button that leads to each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from app.access.permissions import Actor, Role
from app.hearings.queries.hearings import find_open_hearing
from app.law.clocks import get_clock
from app.law.dates import format_date, format_month_day
from app.law.lamp import days_left
from app.matters.models import Clock, Recusal, TransferObjection
from app.matters.queries.handling import sits_in_hearing
from app.matters.routes.presenting import lamp_of
from app.settings.queries import calendar

ROUTING = ("petition_routing", "direct_receipt_notice")
HANDLING = ("petition_handling",)
UNIT = ("transfer_receipt_notice", "transfer_objection", *HANDLING)
COMMITTEE = ("linkage_committee_answer", "mediation_period", "labour_mediation_notice", "linkage_feedback")
AFTER_AGREEMENT = ("agreement_follow_up", "instalment_follow_up", "judicial_confirmation")
REMEDIES = ("review_decision", "recheck_decision")
RECONSIDERATION = (
    "recon_examination",
    "recon_correction_notice",
    "recon_copy_to_respondent",
    "recon_answer",
    "recon_decision",
)
CODES: Mapping[Role, tuple[str, ...]] = {
    Role.RECEPTIONIST: ROUTING,
    Role.COORDINATOR: (*ROUTING, *HANDLING, *REMEDIES, "linkage_committee_answer", "linkage_feedback"),
    Role.LEADER: (*ROUTING, *HANDLING, *REMEDIES),
    Role.RECONSIDERATION_OFFICER: RECONSIDERATION,
    Role.STREET_CLERK: ROUTING,
    Role.HANDLING_UNIT_CLERK: UNIT,
    Role.COMMITTEE_CLERK: (*COMMITTEE, *AFTER_AGREEMENT),
    Role.MEDIATOR: ("mediation_period", "labour_mediation_notice", "linkage_feedback", *AFTER_AGREEMENT),
}


@dataclass(frozen=True)
class Duty:
    """The words of one duty, its button, and the page that the button opens."""

    title: str
    act: str
    endpoint: str


DUTIES: Mapping[str, Duty] = {
    "petition_routing": Duty("定下走哪条路，转送、交办或者导入", "去甄别", "matters.show_facts"),
    "direct_receipt_notice": Duty("告诉信访人收到了、怎么办", "去办", "matters.show"),
    "transfer_receipt_notice": Duty("受理并书面告知信访人", "去受理", "matters.show_unit_accept"),
    "transfer_objection": Duty("不属于本单位的，提出异议", "看一看", "matters.show"),
    "petition_handling": Duty("出具信访处理意见书", "去办", "matters.show"),
    "linkage_committee_answer": Duty("答复是否接收调解", "写答复", "linkage.show_newest"),
    "linkage_feedback": Duty("反馈调解结果", "去反馈", "linkage.show_newest"),
    "mediation_period": Duty("达成协议或者结束调解", "去调解", "matters.show"),
    "labour_mediation_notice": Duty("告知可以申请劳动仲裁", "去告知", "matters.show"),
    "agreement_follow_up": Duty("回访协议履行情况", "去回访", "agreements.show_newest_schedule"),
    "instalment_follow_up": Duty("回访这一期付了没有", "去回访", "agreements.show_newest_schedule"),
    "review_decision": Duty("出具复查意见", "去办", "remedies.show_remedies"),
    "recheck_decision": Duty("出具复核意见", "去办", "remedies.show_remedies"),
    "recon_examination": Duty("决定是否受理复议申请", "去审查", "remedies.show_newest_case"),
    "recon_correction_notice": Duty("要补正的，书面通知补正", "去看", "remedies.show_newest_case"),
    "recon_copy_to_respondent": Duty("向被申请人发送申请书副本", "去发送", "remedies.show_newest_case"),
    "recon_answer": Duty("等被申请人答复、举证", "去看", "remedies.show_newest_case"),
    "recon_decision": Duty("作出行政复议决定", "去办", "remedies.show_newest_case"),
    "judicial_confirmation": Duty("共同申请司法确认", "备材料", "agreements.show_newest_schedule"),
}


ONLOOKERS: Mapping[str, tuple[frozenset[Role], Duty]] = {
    "linkage_committee_answer": (
        frozenset({Role.COORDINATOR}),
        Duty("等调委会答复是否接收", "看对接", "linkage.show_newest"),
    ),
    "linkage_feedback": (frozenset({Role.COORDINATOR}), Duty("等调委会反馈结果", "看对接", "linkage.show_newest")),
    "petition_routing": (frozenset({Role.LEADER}), Duty("等转送、交办或者导入", "看一看", "matters.show")),
    "petition_handling": (frozenset({Role.LEADER}), Duty("等处理意见书", "看一看", "matters.show")),
}
"""Those who wait for somebody else's act, and how the same date reads for them."""


DECIDED = Duty("转送、交办、报告或者受理", "去办", "matters.show")
"""The same date once the road is chosen."""


def codes_for(actor: Actor) -> list[str]:
    """The clocks that are this person's business."""
    return sorted({code for role in actor.roles for code in CODES.get(role, ())})


def todo_of_clock(actor: Actor, row: Clock, today: date, *, count: int = 1) -> dict[str, Any]:
    """One running clock as a line of the to-do; `count` agreements of one case share it."""
    matter = row.matter
    is_decided = row.clock == "petition_routing" and matter.route is not None
    duty = DECIDED if is_decided and Role.LEADER not in actor.roles else _duty_for(actor, row.clock)
    return {
        "lamp": lamp_of(row, today),
        "title": f"{matter.petitioner_name}：{duty.title}" + (f"（{count} 份协议）" if count > 1 else ""),
        "url": url_for("matters.show", public_id=matter.public_id),
        "note": f"{matter.subject} · {matter.number} · {_dates(row, today)}",
        "basis": f"依据{get_clock(row.clock).article}",
        "act_text": duty.act,
        "act_url": url_for(duty.endpoint, public_id=matter.public_id),
        "due_on": row.legal_due_on,
    }


def _dates(row: Clock, today: date) -> str:
    """The legal date, with its year where that is not this one; for a right of the parties also by when to act."""
    due_on = row.legal_due_on
    due = f"{format_month_day(due_on) if due_on.year == today.year else format_date(due_on)}到期"
    if row.clock != "judicial_confirmation" or row.target_on == row.legal_due_on:
        return due
    return f"法定 {due}，最好在 {format_month_day(row.target_on)}前办"


def _duty_for(actor: Actor, code: str) -> Duty:
    onlookers, other = ONLOOKERS.get(code, (frozenset(), DUTIES[code]))
    return other if actor.roles & onlookers else DUTIES[code]


def todo_of_objection(row: TransferObjection, today: date) -> dict[str, Any]:
    """A unit's objection to be decided before the matter's nearest date runs out."""
    due_on = row.matter.next_due_on or row.raised_on
    return {
        "lamp": days_left(due_on, today, calendar()),
        "title": f"{row.unit.short_name or row.unit.name}对转送件异议，请裁定归口",
        "url": url_for("matters.show", public_id=row.matter.public_id),
        "note": f"{row.matter.petitioner_name} · {row.matter.number} · {format_month_day(row.raised_on)}提出",
        "basis": "依据《信访工作条例》第二十三条",
        "act_text": "去裁定",
        "act_url": url_for("matters.show_objection", public_id=row.public_id),
        "due_on": due_on,
    }


def todo_of_recusal(row: Recusal, today: date) -> dict[str, Any]:
    """A recusal that waits for the leader; due at once."""
    return {
        "lamp": days_left(today, today, calendar()),
        "title": f"决定 {row.account.name} 是否回避",
        "url": url_of_recusal(row),
        "note": f"{row.matter.petitioner_name} · {row.matter.number}",
        "basis": "依据《信访工作条例》第二十八条",
        "act_text": "去决定",
        "act_url": url_of_recusal(row),
        "due_on": today,
    }


def url_of_recusal(row: Recusal) -> str:
    """Where it is decided: for a seat of a hearing on the hearing's page, where an alternate moves up (R-HEAR-19)."""
    hearing = find_open_hearing(row.matter) if sits_in_hearing(row.matter, row.account_id) else None
    if hearing is not None:
        return url_for("hearings.show", public_id=hearing.public_id)
    return url_for("matters.show_recusal", public_id=row.public_id)
