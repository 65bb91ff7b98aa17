"""Which other acts are open on a matter to the person who looks: the list behind 更多."""

from dataclasses import dataclass

from flask import url_for

from app.access.permissions import Actor, Permission, is_allowed
from app.desk.next_step import Situation
from app.hearings.rules.applications import STAGES
from app.matters.rules import Route
from app.matters.rules.states import MatterAct, may_act


@dataclass(frozen=True)
class Offer:
    """One act: the permission it takes, the state that allows it (None: any open one), its page."""

    label: str
    endpoint: str
    permission: Permission
    act: MatterAct | None = None


OFFERS = (
    Offer("甄别", "matters.show_facts", Permission.MATTER_SCREEN),
    Offer("问愿不愿意调解", "matters.show_consent", Permission.MATTER_RECORD_CONSENT),
    Offer("导入人民调解", "linkage.show_refer", Permission.LINKAGE_REFER, MatterAct.REFER),
    Offer("转送、交办", "matters.show_transfer", Permission.MATTER_ROUTE, MatterAct.TRANSFER),
    Offer("报告党委政府", "matters.show_report", Permission.MATTER_ROUTE, MatterAct.REPORT),
    Offer("引导到法定途径", "matters.show_guide", Permission.MATTER_ROUTE, MatterAct.GUIDE_AWAY),
    Offer("提异议", "matters.show_object", Permission.MATTER_HANDLE, MatterAct.UPHOLD_OBJECTION),
    Offer("受理", "matters.show_accept", Permission.MATTER_ROUTE, MatterAct.ACCEPT),
    Offer("受理（本单位）", "matters.show_unit_accept", Permission.MATTER_HANDLE, MatterAct.ACCEPT),
    Offer("终结后再受理", "matters.show_leader_accept", Permission.MATTER_APPROVE, MatterAct.ACCEPT),
    Offer("不予受理", "matters.show_decline", Permission.MATTER_ROUTE, MatterAct.DECLINE),
    Offer("开始办理", "matters.show_start", Permission.MATTER_HANDLE, MatterAct.START_HANDLING),
    Offer("出具处理意见", "matters.show_opinion", Permission.MATTER_HANDLE, MatterAct.ISSUE_OPINION),
    Offer("出具处理意见（本单位办）", "matters.show_office_opinion", Permission.MATTER_ROUTE, MatterAct.ISSUE_OPINION),
    Offer("批准延期办理", "matters.show_extend", Permission.MATTER_APPROVE, MatterAct.ISSUE_OPINION),
    Offer("收下复议申请", "remedies.show_receipt", Permission.RECONSIDERATION_RECEIVE, MatterAct.ENTER_RECONSIDERATION),
    Offer("申请听证", "hearings.show_new", Permission.HEARING_APPLY),
    Offer("复查复核", "remedies.show_remedies", Permission.REMEDY_READ),
    Offer("办结", "matters.show_close", Permission.MATTER_ROUTE, MatterAct.CLOSE),
    Offer("终结", "matters.show_finalise", Permission.MATTER_ROUTE, MatterAct.FINALISE),
    Offer("给当事人查阅链接", "portal.show_access", Permission.ACCESS_LINK_ISSUE),
    Offer("指定办理人", "matters.show_people", Permission.MATTER_SCREEN),
    Offer("回避", "matters.show_recusals", Permission.RECUSAL_REQUEST),
    Offer("更正登记", "matters.show_edit", Permission.MATTER_EDIT),
    Offer("信访人撤回", "matters.show_withdraw", Permission.MATTER_ROUTE, MatterAct.WITHDRAW),
    Offer("录入错误", "matters.show_error", Permission.MATTER_ROUTE, MatterAct.MARK_AS_ERROR),
)


def list_acts(situation: Situation, actor: Actor) -> list[dict[str, str]]:
    """The acts that state and permissions leave open, as links."""
    matter = situation.matter
    view = matter.access_view()
    return [
        {"label": offer.label, "url": url_for(offer.endpoint, public_id=matter.public_id)}
        for offer in OFFERS
        if matter.is_open
        and (offer.act is None or may_act(matter.status, offer.act))
        and is_allowed(actor, offer.permission, view)
        and not _is_pointless(situation, offer)
    ]


def _is_pointless(situation: Situation, offer: Offer) -> bool:
    matter = situation.matter
    if offer.endpoint == "matters.show_extend":
        return matter.accepted_on is None
    if offer.endpoint == "matters.show_leader_accept":
        return matter.repeats_id is None or matter.accepted_on is not None
    if offer.endpoint == "remedies.show_receipt":
        return matter.route is not Route.RECONSIDERATION
    if offer.endpoint == "hearings.show_new":
        return matter.is_accusation or matter.status not in STAGES or situation.hearing is not None
    if offer.endpoint == "remedies.show_remedies":
        return situation.opinion is None
    if offer.endpoint in ("linkage.show_refer", "matters.show_consent"):
        return matter.is_accusation
    return offer.act is MatterAct.ACCEPT and matter.accepted_on is not None
