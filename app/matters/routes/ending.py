"""The ends of a matter: closed, finalised, not accepted, taken back, entered in error."""

from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.law import clock
from app.matters import actions
from app.matters.models import Matter
from app.matters.queries import get_matter
from app.matters.routes import bp
from app.matters.routes.acting import Field, act_page, done, read_act
from app.matters.rules import LABELS, MatterResult
from app.web.transaction import writes

CLOSING_RESULTS = (
    MatterResult.SUPPORTED,
    MatterResult.EXPLAINED,
    MatterResult.NOT_SUPPORTED,
    MatterResult.ANSWERED,
    MatterResult.PASSED_ON,
)


@bp.get("/matters/<public_id>/decline")
@permission_required(Permission.MATTER_ROUTE, of=get_matter)
def show_decline(matter: Matter) -> ResponseReturnValue:
    """Refuse to accept."""
    return act_page(
        matter,
        "不予受理",
        "不予受理",
        Field("reason", "reason", "理由和依据", help="要告诉信访人，并说明可以走哪条路。"),
        effects=("这件事办完，来访记录留着",),
    )


@bp.post("/matters/<public_id>/decline")
@writes(reshow=show_decline)
@permission_required(Permission.MATTER_ROUTE, of=get_matter)
def decline(matter: Matter) -> ResponseReturnValue:
    """Refuse to accept."""
    form = read_act(matter)
    reason = form.text("reason", "理由", limit=2000)
    form.finish()
    actions.decline_acceptance(matter, reason=reason, by=current_actor(), now=clock.now())
    return done(matter, "已记为不予受理。")


@bp.get("/matters/<public_id>/close")
@permission_required(Permission.MATTER_ROUTE, of=get_matter)
def show_close(matter: Matter) -> ResponseReturnValue:
    """Close with a result."""
    return act_page(
        matter,
        "办结",
        "办结",
        Field("radios", "result", "结果", options=tuple((word.value, LABELS[word]) for word in CLOSING_RESULTS)),
        effects=("信访办理的期限停止计算", "以后同一事实不用再办，新事实另立一件"),
    )


@bp.post("/matters/<public_id>/close")
@writes(reshow=show_close)
@permission_required(Permission.MATTER_ROUTE, of=get_matter)
def close(matter: Matter) -> ResponseReturnValue:
    """Close with a result."""
    form = read_act(matter)
    result = form.choice("result", "结果", MatterResult)
    if result not in CLOSING_RESULTS:
        form.fail("result", "调解化解的，请从访调对接页办结。")
    form.finish()
    actions.close_matter(matter, result, by=current_actor(), now=clock.now())
    return done(matter, "办结了。")


@bp.get("/matters/<public_id>/finalise")
@permission_required(Permission.MATTER_ROUTE, of=get_matter)
def show_finalise(matter: Matter) -> ResponseReturnValue:
    """All remedies are used."""
    return act_page(
        matter,
        "终结",
        "终结",
        effects=("复查、复核都已办完", "同样的事实和理由不再受理；有新事实可以另立一件"),
    )


@bp.post("/matters/<public_id>/finalise")
@writes(reshow=show_finalise)
@permission_required(Permission.MATTER_ROUTE, of=get_matter)
def finalise(matter: Matter) -> ResponseReturnValue:
    """All remedies are used (R-PET-24)."""
    read_act(matter)
    actions.finalise_matter(matter, by=current_actor(), now=clock.now())
    return done(matter, "已终结。")


@bp.get("/matters/<public_id>/withdraw")
@permission_required(Permission.MATTER_ROUTE, of=get_matter)
def show_withdraw(matter: Matter) -> ResponseReturnValue:
    """The petitioner takes it back."""
    return act_page(
        matter,
        "信访人撤回",
        "记为撤回",
        Field("reason", "reason", "信访人怎么说的"),
        effects=("这件事办完", "信访人以后还可以再来"),
    )


@bp.post("/matters/<public_id>/withdraw")
@writes(reshow=show_withdraw)
@permission_required(Permission.MATTER_ROUTE, of=get_matter)
def withdraw(matter: Matter) -> ResponseReturnValue:
    """The petitioner takes it back."""
    form = read_act(matter)
    reason = form.text("reason", "理由", limit=1000)
    form.finish()
    actions.withdraw_matter(matter, reason=reason, by=current_actor(), now=clock.now())
    return done(matter, "已记为撤回。")


@bp.get("/matters/<public_id>/error")
@permission_required(Permission.MATTER_ROUTE, of=get_matter)
def show_error(matter: Matter) -> ResponseReturnValue:
    """Mark a wrong entry."""
    return act_page(
        matter,
        "录入错误",
        "标为录入错误",
        Field("reason", "reason", "错在哪里"),
        effects=("从办理中去掉，编号和内容都留着，不会重用",),
        mend="重新登记一件。",
    )


@bp.post("/matters/<public_id>/error")
@writes(reshow=show_error)
@permission_required(Permission.MATTER_ROUTE, of=get_matter)
def error(matter: Matter) -> ResponseReturnValue:
    """Mark a wrong entry."""
    form = read_act(matter)
    reason = form.text("reason", "理由", limit=1000)
    form.finish()
    actions.mark_entered_in_error(matter, reason=reason, by=current_actor(), now=clock.now())
    return done(matter, "已标为录入错误。")
