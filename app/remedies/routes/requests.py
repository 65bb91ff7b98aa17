"""Review and recheck of a matter on the screen: both stages with their dates, and the acts."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, may, permission_required
from app.access.permissions import Permission
from app.law import clock
from app.matters.models import Matter
from app.matters.queries import get_matter
from app.matters.routes.acting import Field
from app.people.models import Organisation, OrganisationKind
from app.people.queries import list_organisations
from app.privacy.masking import mask_name, mask_numbers_in_text
from app.remedies import actions
from app.remedies.actions.following import names_of_persons
from app.remedies.forms import read_day, read_help, read_masked_text, read_opinion, read_reason, read_request
from app.remedies.models import Remedy
from app.remedies.queries import get_remedy, list_help, list_remedies
from app.remedies.routes import bp
from app.remedies.routes.acting import act_page, done, read_form, today_field, word_field
from app.remedies.routes.presenting import next_remedy_act, path_of_remedies, stage_card
from app.remedies.rules import LABELS, HelpKind, Outcome, RemedyStage, RemedyStatus
from app.remedies.rules.publishing import ARTICLE as PRIVACY_ARTICLE
from app.remedies.rules.reviewing import ARTICLE_36_2, STAGES
from app.web.transaction import writes

ORGANS = (
    OrganisationKind.DISTRICT,
    OrganisationKind.STREET,
    OrganisationKind.PETITION_OFFICE,
    OrganisationKind.HANDLING_UNIT,
    OrganisationKind.OTHER_ORGAN,
)


@bp.get("/matters/<public_id>/remedies")
@permission_required(Permission.REMEDY_READ, of=get_matter)
def show_remedies(matter: Matter) -> ResponseReturnValue:
    """Both stages with their dates, how these are computed, what may be done, and the help given."""
    actor, today = current_actor(), clock.today()
    cards = [stage_card(matter, stage, actor, today) for stage in RemedyStage]
    return render_template(
        "remedies/remedies.html",
        matter=matter,
        cards=cards,
        path=path_of_remedies(matter),
        step=next_remedy_act(cards),
        help_rows=list_help(matter.id),
        withdrawn=[row for row in list_remedies(matter.id) if row.status is RemedyStatus.WITHDRAWN],
        may_help=may(Permission.REMEDY_HELP, matter),
    )


@bp.get("/matters/<public_id>/review")
@permission_required(Permission.REMEDY_MANAGE, of=get_matter)
def show_review_request(matter: Matter) -> ResponseReturnValue:
    """Take a request for 复查."""
    return _request_page(matter, RemedyStage.REVIEW)


@bp.post("/matters/<public_id>/review")
@writes(reshow=show_review_request)
@permission_required(Permission.REMEDY_MANAGE, of=get_matter)
def request_review(matter: Matter) -> ResponseReturnValue:
    """Take a request for 复查."""
    wish = read_request(read_form(matter), _organs())
    actions.request_review(matter, **vars(wish), by=current_actor(), now=clock.now())
    return done(matter, "复查请求已登记，30 日内出具复查意见。")


@bp.get("/matters/<public_id>/recheck")
@permission_required(Permission.REMEDY_MANAGE, of=get_matter)
def show_recheck_request(matter: Matter) -> ResponseReturnValue:
    """Take a request for 复核."""
    return _request_page(matter, RemedyStage.RECHECK)


@bp.post("/matters/<public_id>/recheck")
@writes(reshow=show_recheck_request)
@permission_required(Permission.REMEDY_MANAGE, of=get_matter)
def request_recheck(matter: Matter) -> ResponseReturnValue:
    """Take a request for 复核."""
    wish = read_request(read_form(matter), _organs())
    actions.request_recheck(matter, **vars(wish), by=current_actor(), now=clock.now())
    return done(matter, "复核请求已登记，30 日内出具复核意见；听证所需时间不计入。")


@bp.get("/remedies/<public_id>/opinion")
@permission_required(Permission.REMEDY_MANAGE, of=get_remedy)
def show_opinion(remedy: Remedy) -> ResponseReturnValue:
    """Write the opinion of the stage."""
    name = LABELS[remedy.stage]
    hearing = (
        f"这件事听证过，意见里要写明参考了听证意见书（{remedy.hearing_number}）。" if remedy.hearing_number else ""
    )
    is_review = remedy.stage is RemedyStage.REVIEW
    after = "信访人收到之日起 30 日内可以请求复核" if is_review else "这是最后的意见，同一事实和理由不再受理"
    return act_page(
        remedy,
        f"出具{name}意见",
        f"出具{name}意见书",
        word_field("outcome", "结果", Outcome, LABELS),
        Field("amount", "amount", "支持的金额", required=False, help="支持诉求并有金额的填。"),
        Field("text", "opinion", "查明的事实和理由"),
        Field("line", "basis", "依据的法律、政策"),
        today_field("decided_on", "出具日期"),
        Field("reason", "late_reason", "迟办原因", required=False, help="超过期限的要写。"),
        effects=(f"出具《{name}意见书》，占用文号", f"{name}期限到此为止", after),
        basis=STAGES[remedy.stage].article,
        notice=hearing,
    )


@bp.post("/remedies/<public_id>/opinion")
@writes(reshow=show_opinion)
@permission_required(Permission.REMEDY_MANAGE, of=get_remedy)
def issue_opinion(remedy: Remedy) -> ResponseReturnValue:
    """Issue the opinion of the stage."""
    values: dict[str, Any] = read_opinion(read_form(remedy))
    paper = actions.decide_remedy(remedy, **values, by=current_actor(), now=clock.now())
    return done(remedy, f"{paper.number} 已出具。请送达信访人，再记下哪天收到。")


@bp.get("/remedies/<public_id>/received")
@permission_required(Permission.REMEDY_MANAGE, of=get_remedy)
def show_remedy_received(remedy: Remedy) -> ResponseReturnValue:
    """When did the petitioner receive the opinion?"""
    name = LABELS[remedy.stage]
    is_review = remedy.stage is RemedyStage.REVIEW
    effect = "从这一天起 30 日内可以请求复核" if is_review else "可以终结这件事"
    return act_page(
        remedy, f"信访人收到{name}意见", "记下收到日期", today_field("received_on", "哪天收到"), effects=(effect,)
    )


@bp.post("/remedies/<public_id>/received")
@writes(reshow=show_remedy_received)
@permission_required(Permission.REMEDY_MANAGE, of=get_remedy)
def record_remedy_received(remedy: Remedy) -> ResponseReturnValue:
    """Note when the petitioner received the opinion."""
    received_on = read_day(read_form(remedy), "received_on", "收到日期")
    actions.record_remedy_received(remedy, received_on, by=current_actor(), now=clock.now())
    is_review = remedy.stage is RemedyStage.REVIEW
    return done(remedy, "记下了，复核请求期限开始算。" if is_review else "记下了，可以终结。")


@bp.get("/remedies/<public_id>/withdraw")
@permission_required(Permission.REMEDY_MANAGE, of=get_remedy)
def show_remedy_withdrawal(remedy: Remedy) -> ResponseReturnValue:
    """The petitioner takes the request back."""
    return act_page(
        remedy,
        f"撤回{LABELS[remedy.stage]}请求",
        "记为撤回",
        Field("reason", "reason", "信访人怎么说的"),
        effects=("原来的意见仍然有效", "期限没过的，还可以再请求"),
    )


@bp.post("/remedies/<public_id>/withdraw")
@writes(reshow=show_remedy_withdrawal)
@permission_required(Permission.REMEDY_MANAGE, of=get_remedy)
def withdraw_remedy(remedy: Remedy) -> ResponseReturnValue:
    """The petitioner takes the request back."""
    reason = read_reason(read_form(remedy))
    actions.withdraw_remedy(remedy, reason=reason, by=current_actor(), now=clock.now())
    return done(remedy, "已记为撤回。")


@bp.get("/remedies/<public_id>/publish")
@permission_required(Permission.REMEDY_PUBLISH, of=get_remedy)
def show_publication(remedy: Remedy) -> ResponseReturnValue:
    """Look at the masked text and approve it."""
    return act_page(
        remedy,
        "公示复核意见",
        "公示",
        Field("text", "text", "公示的文字", remedy.published_text or _masked(remedy)),
        Field("tick", "is_checked", "已经核对：没有姓名全称、证件号、电话、住址、账号"),
        effects=("任何人都能看到这段文字", "送达信访人的原文不变"),
        basis=f"{ARTICLE_36_2}、{PRIVACY_ARTICLE}",
        mend="改好文字再公示一次，以后一次为准。",
    )


@bp.post("/remedies/<public_id>/publish")
@writes(reshow=show_publication)
@permission_required(Permission.REMEDY_PUBLISH, of=get_remedy)
def publish(remedy: Remedy) -> ResponseReturnValue:
    """Publish the approved text."""
    text = read_masked_text(read_form(remedy))
    actions.publish_recheck_opinion(remedy, text, by=current_actor(), now=clock.now())
    return done(remedy, "复核意见已公示。")


@bp.get("/matters/<public_id>/help")
@permission_required(Permission.REMEDY_HELP, of=get_matter)
def show_help(matter: Matter) -> ResponseReturnValue:
    """Record counselling, explanation or relief."""
    return act_page(
        matter,
        "疏导、帮扶",
        "记下来",
        word_field("help_kind", "哪一种", HelpKind, LABELS),
        Field("text", "text", "做了什么", help="和谁谈的、帮了什么、信访人怎么说。"),
        today_field("helped_on", "日期"),
        basis="《信访工作条例》第三十六条第三款、第二十七条",
    )


@bp.post("/matters/<public_id>/help")
@writes(reshow=show_help)
@permission_required(Permission.REMEDY_HELP, of=get_matter)
def record_help(matter: Matter) -> ResponseReturnValue:
    """Record counselling, explanation or relief."""
    kind, text, helped_on = read_help(read_form(matter))
    actions.record_help(matter, kind, text, helped_on=helped_on, by=current_actor(), now=clock.now())
    return done(matter, f"{LABELS[kind]}已记下。")


def _request_page(matter: Matter, stage: RemedyStage) -> ResponseReturnValue:
    name, words = LABELS[stage], STAGES[stage]
    return act_page(
        matter,
        f"登记{name}请求",
        f"登记{name}请求",
        Field(
            "select",
            "organ",
            "由哪个机关办",
            options=tuple((key, organ.name) for key, organ in _organs().items()),
            help="办理单位的上一级。" if stage is RemedyStage.REVIEW else "复查机关的上一级。",
        ),
        Field("reason", "claim", "请求和理由", matter.text.claim),
        today_field("requested_on", "信访人哪天提出", help="邮寄的，按交邮日期。"),
        today_field("received_on", "机关哪天收到"),
        effects=(f"{name}请求期限到此为止", f"机关收到之日起 30 日内出具{name}意见"),
        basis=words.article,
        mend="信访人可以撤回，期限没过还能再请求。",
    )


def _organs() -> dict[str, Organisation]:
    return {organ.public_id: organ for organ in list_organisations(*ORGANS)}


def _masked(remedy: Remedy) -> str:
    text = mask_numbers_in_text(remedy.opinion)
    for name in names_of_persons(remedy.matter):
        text = text.replace(name, mask_name(name))
    outcome = LABELS[remedy.outcome] if remedy.outcome else ""
    return f"{mask_name(remedy.matter.petitioner_name)}请求复核一事。{text}复核结果：{outcome}。"
