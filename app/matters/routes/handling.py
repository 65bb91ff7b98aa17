"""Handling on the screen: acceptance, extension, the written opinion and its receipt."""

from datetime import date
from typing import Any

from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.law import clock
from app.matters import actions
from app.matters.models import HandlingOpinion, Matter
from app.matters.queries import get_matter
from app.matters.queries.handling import OfMatter, guarded_opinion
from app.matters.routes import bp
from app.matters.routes.acting import Field, act_page, done, read_act
from app.matters.rules import LABELS, MatterResult
from app.web.transaction import writes

OPINION_RESULTS = (MatterResult.SUPPORTED, MatterResult.EXPLAINED, MatterResult.NOT_SUPPORTED)


def _accept_page(matter: Matter) -> ResponseReturnValue:
    return act_page(
        matter,
        "受理",
        "受理，出具告知书",
        Field("date", "accepted_on", "受理日期", clock.today().isoformat()),
        Field(
            "reason",
            "override_reason",
            "终结后再受理的理由",
            required=False,
            help="只有复核终结、事实理由没变的才填，要由负责人办。",
        ),
        effects=("出具《受理告知书》", "60 日内出具处理意见（求决事项）", "转送、告知的期限到此为止"),
    )


@bp.get("/matters/<public_id>/accept")
@permission_required(Permission.MATTER_ROUTE, of=get_matter)
def show_accept(matter: Matter) -> ResponseReturnValue:
    """Accept in the own office."""
    return _accept_page(matter)


@bp.post("/matters/<public_id>/accept")
@writes(reshow=show_accept)
@permission_required(Permission.MATTER_ROUTE, of=get_matter)
def accept(matter: Matter) -> ResponseReturnValue:
    """Accept in the own office."""
    return _accept(matter)


@bp.get("/matters/<public_id>/unit-accept")
@permission_required(Permission.MATTER_HANDLE, of=get_matter)
def show_unit_accept(matter: Matter) -> ResponseReturnValue:
    """Accept in the unit it was transferred to."""
    return _accept_page(matter)


@bp.post("/matters/<public_id>/unit-accept")
@writes(reshow=show_unit_accept)
@permission_required(Permission.MATTER_HANDLE, of=get_matter)
def unit_accept(matter: Matter) -> ResponseReturnValue:
    """Accept in the unit it was transferred to."""
    return _accept(matter)


@bp.get("/matters/<public_id>/leader-accept")
@permission_required(Permission.MATTER_APPROVE, of=get_matter)
def show_leader_accept(matter: Matter) -> ResponseReturnValue:
    """Accept as the person in charge, with the reason that overrides INV-08."""
    return _accept_page(matter)


@bp.post("/matters/<public_id>/leader-accept")
@writes(reshow=show_leader_accept)
@permission_required(Permission.MATTER_APPROVE, of=get_matter)
def leader_accept(matter: Matter) -> ResponseReturnValue:
    """Accept as the person in charge."""
    return _accept(matter)


def _accept(matter: Matter) -> ResponseReturnValue:
    form = read_act(matter)
    accepted_on = form.date("accepted_on", "受理日期")
    override = form.text("override_reason", "理由", limit=1000, required=False)
    form.finish()
    actions.accept_matter(
        matter, accepted_on=accepted_on, override_reason=override, by=current_actor(), now=clock.now()
    )
    return done(matter, "已受理。")


@bp.get("/matters/<public_id>/start")
@permission_required(Permission.MATTER_HANDLE, of=get_matter)
def show_start(matter: Matter) -> ResponseReturnValue:
    """Begin to investigate."""
    return act_page(matter, "开始办理", "开始办理", effects=("您成为这件事的承办人", "60 日期限照常算"))


@bp.post("/matters/<public_id>/start")
@writes(reshow=show_start)
@permission_required(Permission.MATTER_HANDLE, of=get_matter)
def start(matter: Matter) -> ResponseReturnValue:
    """Begin to investigate."""
    read_act(matter)
    actions.start_handling(matter, by=current_actor(), now=clock.now())
    return done(matter, "开始办理。")


@bp.get("/matters/<public_id>/extend")
@permission_required(Permission.MATTER_APPROVE, of=get_matter)
def show_extend(matter: Matter) -> ResponseReturnValue:
    """Extend the sixty days."""
    return act_page(
        matter,
        "批准延期办理",
        "批准延期",
        Field("number", "days", "延长几天", "30", help="最多 30 日，只能一次，要在到期前批准。"),
        Field("reason", "reason", "理由", help="要告诉信访人。"),
        Field("date", "told_on", "哪天告诉信访人", clock.today().isoformat()),
    )


@bp.post("/matters/<public_id>/extend")
@writes(reshow=show_extend)
@permission_required(Permission.MATTER_APPROVE, of=get_matter)
def extend(matter: Matter) -> ResponseReturnValue:
    """Extend the handling (INV-06)."""
    form = read_act(matter)
    days = form.number("days", "天数", low=1, high=365)
    reason = form.text("reason", "理由", limit=1000)
    told_on = form.date("told_on", "告知日期")
    form.finish()
    actions.extend_handling(matter, days, reason=reason, told_on=told_on, by=current_actor(), now=clock.now())
    return done(matter, f"已批准延期 {days} 日。")


@bp.get("/matters/<public_id>/opinion")
@permission_required(Permission.MATTER_HANDLE, of=get_matter)
def show_opinion(matter: Matter) -> ResponseReturnValue:
    """Record the written opinion of the unit."""
    return _opinion_page(matter)


@bp.post("/matters/<public_id>/opinion")
@writes(reshow=show_opinion)
@permission_required(Permission.MATTER_HANDLE, of=get_matter)
def opinion(matter: Matter) -> ResponseReturnValue:
    """Keep the written opinion of the unit."""
    return _keep_opinion(matter)


@bp.get("/matters/<public_id>/office-opinion")
@permission_required(Permission.MATTER_ROUTE, of=get_matter)
def show_office_opinion(matter: Matter) -> ResponseReturnValue:
    """Record the written opinion where the office itself handles."""
    return _opinion_page(matter)


@bp.post("/matters/<public_id>/office-opinion")
@writes(reshow=show_office_opinion)
@permission_required(Permission.MATTER_ROUTE, of=get_matter)
def office_opinion(matter: Matter) -> ResponseReturnValue:
    """Keep the written opinion where the office itself handles."""
    return _keep_opinion(matter)


def _opinion_page(matter: Matter) -> ResponseReturnValue:
    return act_page(
        matter,
        "出具信访处理意见",
        "记下处理意见",
        Field("radios", "result", "结果", options=tuple((word.value, LABELS[word]) for word in OPINION_RESULTS)),
        Field("line", "number", "文号", required=False),
        Field("reason", "opinion", "处理意见"),
        Field("line", "basis", "依据的法律、政策"),
        Field("date", "issued_on", "出具日期", clock.today().isoformat()),
        Field("reason", "late_reason", "迟办原因", required=False, help="超过期限的要写。"),
        effects=("60 日期限到此为止", "信访人收到之日起 30 日内可以请求复查"),
    )


def _keep_opinion(matter: Matter) -> ResponseReturnValue:
    form = read_act(matter)
    result = form.choice("result", "结果", MatterResult)
    if result not in OPINION_RESULTS:
        form.fail("result", "请选支持、解释说明或者不予支持。")
    values: dict[str, Any] = {
        "number": form.line("number", "文号", limit=80, required=False),
        "opinion": form.text("opinion", "处理意见"),
        "basis": form.line("basis", "依据", limit=400),
        "issued_on": form.date("issued_on", "出具日期"),
        "late_reason": form.text("late_reason", "迟办原因", limit=1000, required=False),
    }
    form.finish()
    actions.issue_opinion(matter, result=result, **values, by=current_actor(), now=clock.now())
    return done(matter, "处理意见已记下。请记下信访人哪天收到。")


@bp.get("/handling-opinions/<public_id>/received")
@permission_required(Permission.MATTER_READ_CONTENT, of=guarded_opinion)
def show_opinion_received(guarded: OfMatter) -> ResponseReturnValue:
    """When did the petitioner receive it?"""
    return act_page(
        guarded.matter,
        "信访人收到处理意见",
        "记下收到日期",
        Field("date", "received_on", "哪天收到", clock.today().isoformat()),
        effects=("从这一天起 30 日内可以请求复查",),
    )


@bp.post("/handling-opinions/<public_id>/received")
@writes(reshow=show_opinion_received)
@permission_required(Permission.MATTER_READ_CONTENT, of=guarded_opinion)
def opinion_received(guarded: OfMatter) -> ResponseReturnValue:
    """Start the time for 复查."""
    row = guarded.row
    assert isinstance(row, HandlingOpinion)
    form = read_act(guarded.matter)
    received_on: date = form.date("received_on", "收到日期")
    form.finish()
    actions.record_opinion_received(row, received_on, by=current_actor(), now=clock.now())
    return done(guarded.matter, "记下了，复查请求期限开始算。")
