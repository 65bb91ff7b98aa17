"""What comes next on a matter: from its state, for the person who looks."""

from dataclasses import dataclass

from flask import url_for

from app.access.permissions import Actor, Permission, Role, is_allowed
from app.desk.todo import url_of_recusal
from app.hearings.models import Hearing
from app.hearings.rules.words import LABELS as HEARING_LABELS
from app.law.dates import format_month_day
from app.linkage.models import Linkage
from app.linkage.rules import LABELS as LINKAGE_LABELS
from app.linkage.rules import LinkageStatus
from app.matters.models import HandlingOpinion, Matter, Recusal, TransferObjection
from app.matters.rules import ENDED, LABELS, MatterKind, MatterStatus, Route
from app.mediation.models import MediationCase
from app.remedies.models import ReconsiderationCase, Remedy
from app.remedies.rules import LABELS as REMEDY_LABELS


@dataclass(frozen=True)
class Situation:
    """All that decides the next step."""

    matter: Matter
    has_all_consents: bool = False
    linkage: Linkage | None = None
    case: MediationCase | None = None
    objection: TransferObjection | None = None
    recusal: Recusal | None = None
    opinion: HandlingOpinion | None = None
    waiting_opinions: int = 0
    remedies: tuple[Remedy, ...] = ()
    reconsideration: ReconsiderationCase | None = None
    hearing: Hearing | None = None


@dataclass(frozen=True)
class Step:
    """The card 下一步: a verb, a sentence, conditions, and one act (without url: somebody else's turn)."""

    title: str
    text: str = ""
    conditions: tuple[tuple[bool | None, str], ...] = ()
    act: str = ""
    url: str = ""


REMEDY_STEPS = {
    MatterStatus.REVIEW_REQUESTED: ("出具复查意见", "收到请求之日起 30 日内。"),
    MatterStatus.REVIEW_DECIDED: ("记收到日期，等信访人请求复核", "收到复查意见之日起 30 日内可以请求复核。"),
    MatterStatus.RECHECK_REQUESTED: ("出具复核意见", "收到请求之日起 30 日内，听证所需时间不计入。"),
    MatterStatus.RECHECK_DECIDED: ("送达复核意见，终结", "同一事实和理由不再受理。"),
}
WAYS = {
    Route.HANDLING: (
        "转给责任单位，或者自己受理",
        "属于别的单位的转送、交办；自己有权处理的受理。",
        "去转送",
        "matters.show_transfer",
    ),
    Route.HEARING: ("登记听证", "信访人申请，或者本机关提出。", "去登记", "hearings.show_new"),
}
OPINION_TEXT = "写明诉求、事实和理由、意见和依据。"
WAITING = Step("等别人办", "这一步不归您办。")


def next_step(situation: Situation, actor: Actor) -> Step | None:
    """The one act that this person can do now, or whose turn it is; None when the matter is over."""
    matter = situation.matter
    if matter.status in ENDED:
        return None
    for candidate in (_open_question(situation, actor), _hearing_step(situation, actor), _by_status(situation, actor)):
        if candidate is not None:
            return candidate
    return WAITING


def _hearing_step(situation: Situation, actor: Actor) -> Step | None:
    """A hearing under way comes first: what the matter waits for otherwise rests on it (R-HEAR-30)."""
    hearing = situation.hearing
    if hearing is None or not _may(actor, Permission.HEARING_READ, situation):
        return None
    url = url_for("hearings.show", public_id=hearing.public_id)
    return Step("听证", f"{hearing.number}：{HEARING_LABELS[hearing.status]}。", act="打开听证", url=url)


def _open_question(situation: Situation, actor: Actor) -> Step | None:
    if situation.recusal and _may(actor, Permission.RECUSAL_DECIDE, situation):
        return Step(
            f"决定 {situation.recusal.account.name} 是否回避",
            "决定前，他不参与这件事。",
            act="去决定",
            url=url_of_recusal(situation.recusal),
        )
    if situation.objection and _may(actor, Permission.MATTER_ROUTE, situation):
        return Step(
            "裁定单位的异议",
            f"{situation.objection.unit.name}说不属于它。",
            act="去裁定",
            url=url_for("matters.show_objection", public_id=situation.objection.public_id),
        )
    return None


def _by_status(situation: Situation, actor: Actor) -> Step | None:
    status = situation.matter.status
    if status in REMEDY_STEPS:
        return _remedy_step(situation, actor)
    if status is MatterStatus.IN_RECONSIDERATION:
        return _reconsideration_step(situation, actor)
    return _by_earlier_status(situation, actor, status)


def _by_earlier_status(situation: Situation, actor: Actor, status: MatterStatus) -> Step | None:
    if status in (MatterStatus.REGISTERED, MatterStatus.REPORTED, MatterStatus.RETURNED_BY_OBJECTION):
        return _route_step(situation, actor)
    if status in (MatterStatus.TRANSFERRED, MatterStatus.ASSIGNED):
        return _unit_step(situation, actor)
    if status in (MatterStatus.ACCEPTED, MatterStatus.HANDLING):
        return _opinion_step(situation, actor)
    if status is MatterStatus.IN_LINKAGE:
        return _linkage_step(situation, actor)
    if status is MatterStatus.OPINION_ISSUED:
        return _close_step(situation, actor)
    return None


def _route_step(situation: Situation, actor: Actor) -> Step | None:
    matter = situation.matter
    if matter.route is None and _may(actor, Permission.MATTER_SCREEN, situation):
        return Step(
            "定下走哪条路", "几个问题，系统给建议，由您定。", act="去甄别", url=_url(matter, "matters.show_facts")
        )
    if _takes_applications(situation, actor):
        return Step(
            "收下复议申请",
            "复议机构 5 个工作日内决定是否受理。不归本区复议的，在“更多”里引导。",
            act="去收下",
            url=_url(matter, "remedies.show_receipt"),
        )
    if not _may(actor, Permission.MATTER_ROUTE, situation):
        return _hand_over_step(situation, actor)
    if matter.route is None:
        return None
    if matter.route is Route.MEDIATION:
        return _refer_step(situation)
    if matter.route in (Route.RECONSIDERATION, Route.ARBITRATION, Route.GUIDE_AWAY):
        return Step("讲清该走的路", LABELS[matter.route], act="记下怎么引导的", url=_url(matter, "matters.show_guide"))
    passed_on = ("转给有权处理的机关", LABELS[matter.route], "去转送", "matters.show_transfer")
    title, text, act, endpoint = WAYS.get(matter.route, passed_on)
    return Step(title, text, act=act, url=_url(matter, endpoint))


def _takes_applications(situation: Situation, actor: Actor) -> bool:
    """The road is chosen, or the reconsideration body's own window registered the matter."""
    is_window = Role.RECONSIDERATION_OFFICER in actor.roles
    is_due = situation.matter.route is Route.RECONSIDERATION or is_window
    return is_due and _may(actor, Permission.RECONSIDERATION_RECEIVE, situation)


def _remedy_step(situation: Situation, actor: Actor) -> Step | None:
    title, text = REMEDY_STEPS[situation.matter.status]
    if not _may(actor, Permission.REMEDY_READ, situation):
        return None
    is_mine = _may(actor, Permission.REMEDY_MANAGE, situation)
    act = "去办" if is_mine else "看复查复核"
    return Step(title if is_mine else f"等{title}", text, act=act, url=_url(situation.matter, "remedies.show_remedies"))


def _reconsideration_step(situation: Situation, actor: Actor) -> Step | None:
    case = situation.reconsideration
    if case is None or not _may(actor, Permission.RECONSIDERATION_READ, situation):
        return None
    url = url_for("remedies.show_case", public_id=case.public_id)
    return Step("行政复议", f"{case.number}：{REMEDY_LABELS[case.status]}。", act="打开复议案件", url=url)


def _hand_over_step(situation: Situation, actor: Actor) -> Step | None:
    """An accusation is seen by those named alone: the registrar names who routes it (R-PET-09)."""
    if not situation.matter.is_accusation or not _may(actor, Permission.MATTER_SCREEN, situation):
        return None
    url = _url(situation.matter, "matters.show_people")
    return Step("交给分流的人", "检举控告只有指定的人看得到，请指定谁来转送。", act="去指定", url=url)


def _refer_step(situation: Situation) -> Step:
    matter = situation.matter
    conditions: tuple[tuple[bool | None, str], ...] = (
        (matter.kind is MatterKind.CLAIM_FOR_DECISION, "属于申诉求决"),
        (matter.open_procedure is None, "没有在法院、仲裁、复议中"),
        (situation.has_all_consents, "每一方都同意调解"),
        (None, "自动出具《委托（移送）调解函》"),
    )
    if situation.has_all_consents:
        return Step("导入人民调解", "", conditions, "去发函", _url(matter, "linkage.show_refer"))
    return Step("问各方愿不愿意调解", "", conditions, "去问", _url(matter, "matters.show_consent"))


def _unit_step(situation: Situation, actor: Actor) -> Step | None:
    matter = situation.matter
    if _may(actor, Permission.MATTER_HANDLE, situation):
        return Step(
            "受理并告知信访人",
            "不属于本单位的，5 个工作日内提异议。",
            act="去受理",
            url=_url(matter, "matters.show_unit_accept"),
        )
    unit = matter.handling_unit.name if matter.handling_unit else "责任单位"
    return Step(f"等{unit}受理", "15 日内书面告知信访人。")


def _opinion_step(situation: Situation, actor: Actor) -> Step | None:
    matter = situation.matter
    if _may(actor, Permission.MATTER_HANDLE, situation):
        return Step(
            "出具处理意见", "写明诉求、事实和理由、意见和依据。", act="去写", url=_url(matter, "matters.show_opinion")
        )
    is_own = matter.handling_unit_id is None
    if is_own and _may(actor, Permission.MATTER_ROUTE, situation):
        return Step(
            "出具处理意见",
            "写明诉求、事实和理由、意见和依据。",
            act="去写",
            url=_url(matter, "matters.show_office_opinion"),
        )
    if Role.LEADER in actor.roles and _may(actor, Permission.MATTER_APPROVE, situation):
        return Step(
            "60 日内出具处理意见",
            "来不及的，在到期前批准延期。",
            act="批准延期",
            url=_url(matter, "matters.show_extend"),
        )
    return Step("等处理意见", "受理之日起 60 日内出具。")


def _linkage_step(situation: Situation, actor: Actor) -> Step | None:
    linkage, case = situation.linkage, situation.case
    if linkage is None:
        return None
    url = url_for("linkage.show", public_id=linkage.public_id)
    if linkage.status is LinkageStatus.REFERRED:
        is_mine = _may(actor, Permission.LINKAGE_ANSWER, situation)
        text = f"{format_month_day(linkage.answer_by)}前答复。"
        return Step("答复是否接收" if is_mine else "等调委会答复", text, act="写答复" if is_mine else "看对接", url=url)
    if linkage.status is LinkageStatus.FED_BACK:
        result = LINKAGE_LABELS[linkage.result] if linkage.result else ""
        return Step("按反馈办理", result, act="去办", url=url)
    if case is not None and case.is_open:
        return Step(
            "调解",
            f"{case.number} 正在调解。",
            act="打开调解案件",
            url=url_for("mediation.show", public_id=case.public_id),
        )
    return Step("反馈调解结果", "调解结束，3 个工作日内反馈。", act="去反馈", url=url)


def _close_step(situation: Situation, actor: Actor) -> Step | None:
    opinion = situation.opinion
    if opinion and opinion.received_on is None and _may(actor, Permission.MATTER_READ_CONTENT, situation):
        return Step(
            "记下信访人哪天收到处理意见",
            "从这一天起 30 日内可以请求复查。",
            act="去记",
            url=url_for("matters.show_opinion_received", public_id=opinion.public_id),
        )
    if not _may(actor, Permission.MATTER_ROUTE, situation):
        return None
    conditions: tuple[tuple[bool | None, str], ...] = (
        (opinion is not None, "已出具处理意见"),
        (situation.waiting_opinions == 0, "律师意见都已答复"),
    )
    return Step("办结", "", conditions, "去办结", _url(situation.matter, "matters.show_close"))


def _may(actor: Actor, permission: Permission, situation: Situation) -> bool:
    return is_allowed(actor, permission, situation.matter.access_view())


def _url(matter: Matter, endpoint: str) -> str:
    return url_for(endpoint, public_id=matter.public_id)
