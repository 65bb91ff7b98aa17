"""The ends of a case on the screen: decision and withdrawal; mediation has a page of its own."""

from typing import Any

from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.law import clock
from app.law.dates import format_date
from app.matters.routes.acting import Field
from app.remedies import actions
from app.remedies.forms import read_decision, read_withdrawal
from app.remedies.models import ReconsiderationCase
from app.remedies.queries import get_reconsideration
from app.remedies.routes import bp
from app.remedies.routes.acting import act_page, done, read_form, today_field, word_field
from app.remedies.rules import LABELS, DecisionKind
from app.remedies.rules.reconsidering import FY
from app.web.transaction import writes


@bp.get("/reconsiderations/<public_id>/decision")
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def show_decision(case: ReconsiderationCase) -> ResponseReturnValue:
    """Write the decision."""
    heard = ""
    if case.hearing_held_on is not None:
        heard = f"{format_date(case.hearing_held_on)}听证过，决定里要写明依据听证笔录（{case.hearing_number}）。"
    elif case.is_hearing_mandatory:
        heard = "重大、疑难、复杂的案件，要先听证再决定。"
    return act_page(
        case,
        "作出决定",
        "出具行政复议决定书",
        word_field("kind", "怎么决定", DecisionKind, LABELS),
        Field("reason", "operative", "决定的内容", help="写进决定书的主文，例如：变更罚款数额为30000元。"),
        Field("text", "text", "查明的事实和理由"),
        today_field("decided_on", "决定日期"),
        Field("reason", "late_reason", "迟办原因", required=False, help="超过期限的要写。"),
        effects=("出具《行政复议决定书》", "这件复议和信访事项办结", "当事人收到之日起 15 日内可以起诉"),
        basis=f"{FY}第六十一条至第六十九条",
        mend="决定作出后不能改；确有错误的，依法另行纠正。",
        notice=heard,
    )


@bp.post("/reconsiderations/<public_id>/decision")
@writes(reshow=show_decision)
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def decide_case(case: ReconsiderationCase) -> ResponseReturnValue:
    """Decide with the paper."""
    values: dict[str, Any] = read_decision(read_form(case))
    actions.decide_case(case, **values, by=current_actor(), now=clock.now())
    return done(case, "行政复议决定书已出具。请送达当事人。")


@bp.get("/reconsiderations/<public_id>/withdraw")
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def show_withdrawal(case: ReconsiderationCase) -> ResponseReturnValue:
    """The applicant takes the application back."""
    return act_page(
        case,
        "申请人撤回申请",
        "准予撤回",
        Field("radios", "settled", "怎么撤回的", options=(("settled", "双方和解后撤回"), ("other", "其他原因"))),
        Field("reason", "reason", "申请人说明的理由"),
        today_field("withdrawn_on", "撤回日期"),
        effects=("这件复议终止", "不能以同一事实和理由再申请，能证明撤回不是真实意思的除外"),
        basis=f"{FY}第四十一条、第七十四条",
    )


@bp.post("/reconsiderations/<public_id>/withdraw")
@writes(reshow=show_withdrawal)
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def withdraw(case: ReconsiderationCase) -> ResponseReturnValue:
    """End after a withdrawal."""
    reason, is_settled, withdrawn_on = read_withdrawal(read_form(case))
    actions.withdraw_application(
        case, reason=reason, is_settled=is_settled, withdrawn_on=withdrawn_on, by=current_actor(), now=clock.now()
    )
    return done(case, "已准予撤回。")
