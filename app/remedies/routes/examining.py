"""Whether an application is taken: correction, acceptance, refusal, giving up."""

from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.law import clock
from app.matters.routes.acting import Field
from app.remedies import actions
from app.remedies.forms import NOT_GRAVE, read_acceptance, read_day, read_decline
from app.remedies.models import ReconsiderationCase
from app.remedies.queries import get_reconsideration
from app.remedies.routes import bp
from app.remedies.routes.acting import act_page, done, read_form, today_field, word_field
from app.remedies.rules import LABELS, DeclineGround, GraveGround, Procedure
from app.remedies.rules.reconsidering import FY
from app.web.transaction import writes


@bp.get("/reconsiderations/<public_id>/correction")
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def show_correction(case: ReconsiderationCase) -> ResponseReturnValue:
    """Tell what is missing."""
    return act_page(
        case,
        "通知补正",
        "出补正通知书",
        Field("reason", "what", "要补正什么", help="一次说全，会印在补正通知书上。"),
        today_field("asked_on", "通知日期"),
        effects=("审查期限停住，收到补正材料后接着算", "申请人收到通知之日起 10 个工作日内补正"),
        basis=f"{FY}第三十一条",
    )


@bp.post("/reconsiderations/<public_id>/correction")
@writes(reshow=show_correction)
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def ask_for_correction(case: ReconsiderationCase) -> ResponseReturnValue:
    """Tell what is missing."""
    form = read_form(case)
    what = form.text("what", "要补正的内容", limit=2000)
    asked_on = read_day(form, "asked_on", "通知日期")
    paper = actions.ask_for_correction(case, what, asked_on=asked_on, by=current_actor(), now=clock.now())
    return done(case, f"补正通知书（{paper.number}）已出。请送达申请人，再记下哪天收到。")


@bp.get("/reconsiderations/<public_id>/correction-notice")
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def show_correction_notice(case: ReconsiderationCase) -> ResponseReturnValue:
    """When did the applicant receive the notice?"""
    return act_page(
        case,
        "申请人收到补正通知",
        "记下收到日期",
        today_field("received_on", "哪天收到"),
        effects=("从这一天起 10 个工作日内补正",),
        basis=f"{FY}第三十一条",
    )


@bp.post("/reconsiderations/<public_id>/correction-notice")
@writes(reshow=show_correction_notice)
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def record_correction_notice(case: ReconsiderationCase) -> ResponseReturnValue:
    """Start the time to correct."""
    on = read_day(read_form(case), "received_on", "收到日期")
    actions.record_correction_notice_received(case, on, by=current_actor(), now=clock.now())
    return done(case, "记下了，补正期限开始算。")


@bp.get("/reconsiderations/<public_id>/corrected")
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def show_corrected(case: ReconsiderationCase) -> ResponseReturnValue:
    """Take the missing papers."""
    return act_page(
        case,
        "收到补正材料",
        "记下补正",
        today_field("corrected_on", "哪天收到"),
        Field("reason", "good_reason", "逾期的正当理由", required=False, help="过了补正期限的才填。"),
        effects=("审查期限接着算",),
        basis=f"{FY}第三十一条",
    )


@bp.post("/reconsiderations/<public_id>/corrected")
@writes(reshow=show_corrected)
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def record_correction(case: ReconsiderationCase) -> ResponseReturnValue:
    """Take the missing papers."""
    form = read_form(case)
    good_reason = form.text("good_reason", "理由", limit=1000, required=False)
    corrected_on = read_day(form, "corrected_on", "补正日期")
    actions.record_correction(case, corrected_on, good_reason=good_reason, by=current_actor(), now=clock.now())
    return done(case, "补正材料已收下，审查接着算。")


@bp.get("/reconsiderations/<public_id>/given-up")
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def show_giving_up(case: ReconsiderationCase) -> ResponseReturnValue:
    """Nothing came in time."""
    return act_page(
        case,
        "视为放弃申请",
        "记为放弃申请",
        effects=("这件复议办完", "信访事项转回登记的单位"),
        basis=f"{FY}第三十一条",
    )


@bp.post("/reconsiderations/<public_id>/given-up")
@writes(reshow=show_giving_up)
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def give_up(case: ReconsiderationCase) -> ResponseReturnValue:
    """Nothing came in time."""
    read_form(case)
    actions.record_given_up(case, by=current_actor(), now=clock.now())
    return done(case, "已记为放弃申请。")


@bp.get("/reconsiderations/<public_id>/accept")
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def show_acceptance(case: ReconsiderationCase) -> ResponseReturnValue:
    """Accept under one of the two procedures."""
    return act_page(
        case,
        "受理",
        "受理复议申请",
        today_field("accepted_on", "受理日期"),
        word_field("procedure", "程序", Procedure, LABELS),
        word_field(
            "grave",
            "是不是重大、疑难、复杂",
            GraveGround,
            LABELS,
            first=((NOT_GRAVE, "不是"),),
        ),
        effects=(
            "出受理通知书，送达申请人",
            "普通程序：7 个工作日内发送副本，60 日内决定",
            "简易程序：3 个工作日内发送副本，30 日内决定，不能延期",
            "重大、疑难、复杂的，应当听证",
        ),
        basis=f"{FY}第三十条、第五十条、第五十三条、第六十二条",
    )


@bp.post("/reconsiderations/<public_id>/accept")
@writes(reshow=show_acceptance)
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def accept(case: ReconsiderationCase) -> ResponseReturnValue:
    """Accept under one of the two procedures."""
    accepted_on, procedure, grave = read_acceptance(read_form(case))
    paper = actions.accept_application(
        case,
        accepted_on=accepted_on,
        procedure=procedure,
        grave_ground=grave,
        by=current_actor(),
        now=clock.now(),
    )
    return done(case, f"已受理，适用{LABELS[procedure]}，受理通知书（{paper.number}）已出。请向被申请人发送副本。")


@bp.get("/reconsiderations/<public_id>/decline")
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def show_decline(case: ReconsiderationCase) -> ResponseReturnValue:
    """Refuse to accept."""
    return act_page(
        case,
        "不予受理",
        "决定不予受理",
        word_field("ground", "缺哪一项条件", DeclineGround, LABELS),
        Field("reason", "reason", "理由", help="会印在不予受理决定书上。"),
        today_field("declined_on", "决定日期"),
        effects=("出不予受理决定书，送达申请人", "这件复议办完", "信访事项转回登记的单位", "申请人可以依法起诉"),
        basis=f"{FY}第三十条、第三十四条",
    )


@bp.post("/reconsiderations/<public_id>/decline")
@writes(reshow=show_decline)
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def decline(case: ReconsiderationCase) -> ResponseReturnValue:
    """Refuse to accept."""
    ground, reason, declined_on = read_decline(read_form(case))
    paper = actions.decline_application(
        case, ground=ground, reason=reason, declined_on=declined_on, by=current_actor(), now=clock.now()
    )
    return done(case, f"已决定不予受理，决定书（{paper.number}）已出，请送达申请人。")
