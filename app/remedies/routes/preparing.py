"""A case under review on the screen: copy, answer, extension, rest."""

from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.law import clock
from app.matters.routes.acting import Field
from app.remedies import actions
from app.remedies.forms import read_day, read_extension, read_suspension
from app.remedies.models import ReconsiderationCase
from app.remedies.queries import get_reconsideration
from app.remedies.routes import bp
from app.remedies.routes.acting import act_page, done, read_form, today_field, word_field
from app.remedies.rules import LABELS, SuspensionGround
from app.remedies.rules.reconsidering import FY
from app.web.transaction import writes


@bp.get("/reconsiderations/<public_id>/copy")
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def show_copy(case: ReconsiderationCase) -> ResponseReturnValue:
    """When was the copy sent?"""
    return act_page(
        case, "发送副本", "记下发送", today_field("sent_on", "哪天发给被申请人"), basis=f"{FY}第四十八条、第五十四条"
    )


@bp.post("/reconsiderations/<public_id>/copy")
@writes(reshow=show_copy)
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def send_copy(case: ReconsiderationCase) -> ResponseReturnValue:
    """Note that the copy was sent."""
    sent_on = read_day(read_form(case), "sent_on", "发送日期")
    actions.record_copy_sent(case, sent_on, by=current_actor(), now=clock.now())
    return done(case, "记下了。请再记下被申请人哪天收到。")


@bp.get("/reconsiderations/<public_id>/copy-received")
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def show_copy_received(case: ReconsiderationCase) -> ResponseReturnValue:
    """When did the respondent receive the copy?"""
    return act_page(
        case,
        "被申请人收到副本",
        "记下收到日期",
        today_field("received_on", "哪天收到"),
        effects=("普通程序 10 个工作日、简易程序 5 个工作日内答复并提交证据",),
        basis=f"{FY}第四十八条、第五十四条",
    )


@bp.post("/reconsiderations/<public_id>/copy-received")
@writes(reshow=show_copy_received)
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def receive_copy(case: ReconsiderationCase) -> ResponseReturnValue:
    """Start the time to answer."""
    received_on = read_day(read_form(case), "received_on", "收到日期")
    actions.record_copy_received(case, received_on, by=current_actor(), now=clock.now())
    return done(case, "记下了，答复期限开始算。")


@bp.get("/reconsiderations/<public_id>/answer")
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def show_answer(case: ReconsiderationCase) -> ResponseReturnValue:
    """Take the answer and the evidence."""
    return act_page(
        case,
        "被申请人答复",
        "记下答复",
        today_field("answered_on", "哪天交来"),
        Field("reason", "evidence_note", "交来的证据、依据", help="几册几份；申请人可以查阅。"),
        basis=f"{FY}第四十八条、第四十七条",
    )


@bp.post("/reconsiderations/<public_id>/answer")
@writes(reshow=show_answer)
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def record_answer(case: ReconsiderationCase) -> ResponseReturnValue:
    """Take the answer and the evidence."""
    form = read_form(case)
    note = form.text("evidence_note", "证据、依据", limit=5000)
    answered_on = read_day(form, "answered_on", "答复日期")
    actions.record_answer(case, answered_on, evidence_note=note, by=current_actor(), now=clock.now())
    return done(case, "答复和证据已记下。")


@bp.get("/reconsiderations/<public_id>/extend")
@permission_required(Permission.RECONSIDERATION_APPROVE, of=get_reconsideration)
def show_extension(case: ReconsiderationCase) -> ResponseReturnValue:
    """Extend the time for the decision."""
    return act_page(
        case,
        "批准延长期限",
        "批准延长",
        Field("number", "days", "延长几天", "30", help="最多 30 日，只能一次，要在到期前批准。"),
        Field("reason", "reason", "理由", help="要书面告诉当事人。"),
        today_field("told_on", "哪天告诉当事人"),
        effects=("接在原来的最后一天后面算", "简易程序不能延长"),
        basis=f"{FY}第六十二条",
    )


@bp.post("/reconsiderations/<public_id>/extend")
@writes(reshow=show_extension)
@permission_required(Permission.RECONSIDERATION_APPROVE, of=get_reconsideration)
def extend(case: ReconsiderationCase) -> ResponseReturnValue:
    """Extend the time for the decision."""
    days, reason, told_on = read_extension(read_form(case))
    actions.extend_decision(case, days, reason=reason, told_on=told_on, by=current_actor(), now=clock.now())
    return done(case, f"已批准延长 {days} 日。")


@bp.get("/reconsiderations/<public_id>/suspend")
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def show_suspension(case: ReconsiderationCase) -> ResponseReturnValue:
    """Let the case rest."""
    return act_page(
        case,
        "中止",
        "中止",
        word_field("ground", "依据哪一项", SuspensionGround, LABELS),
        Field("reason", "note", "情况", help="调解、和解的，写明双方怎么同意的。"),
        today_field("from_on", "从哪天起"),
        effects=("决定期限停住，恢复后接着算", "要书面告诉当事人"),
        basis=f"{FY}第三十九条、《行政复议法实施条例》第三十四条、第三十七条",
    )


@bp.post("/reconsiderations/<public_id>/suspend")
@writes(reshow=show_suspension)
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def suspend(case: ReconsiderationCase) -> ResponseReturnValue:
    """Let the case rest."""
    ground, note, from_on = read_suspension(read_form(case))
    actions.suspend_case(case, ground, note=note, from_on=from_on, by=current_actor(), now=clock.now())
    return done(case, "已中止，决定期限停住。")


@bp.get("/reconsiderations/<public_id>/resume")
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def show_resumption(case: ReconsiderationCase) -> ResponseReturnValue:
    """Go on."""
    return act_page(case, "恢复", "恢复审理", today_field("on", "哪天恢复"), basis=f"{FY}第四十条")


@bp.post("/reconsiderations/<public_id>/resume")
@writes(reshow=show_resumption)
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def resume(case: ReconsiderationCase) -> ResponseReturnValue:
    """Go on."""
    on = read_day(read_form(case), "on", "恢复日期")
    actions.resume_case(case, on=on, by=current_actor(), now=clock.now())
    return done(case, "已恢复，停住的天数补上了。")
