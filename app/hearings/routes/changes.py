"""Putting a hearing off, suspending it, ending it: the kinds its state allows, each with its grounds and effects."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.hearings.actions import changes as acts
from app.hearings.actions.change_papers import NewChange
from app.hearings.forms.convening import read_change, read_extension
from app.hearings.models import ChangeOfHearing, Hearing
from app.hearings.queries.hearings import get_hearing
from app.hearings.queries.scheduling import hold_by_day
from app.hearings.routes import bp
from app.hearings.routes.applications import back_to, read_form
from app.hearings.routes.presenting import hearing_values
from app.hearings.rules.changes import CHANGES, DURING_THE_SITTING
from app.hearings.rules.states import may_act
from app.hearings.rules.words import LABELS, ChangeGround, ChangeKind, HearingStatus
from app.law import clock
from app.web.forms import FormReader
from app.web.transaction import writes

Act = Callable[..., ChangeOfHearing]
OFFERED = (
    ChangeKind.POSTPONED,
    ChangeKind.SUSPENDED,
    ChangeKind.TERMINATED,
    ChangeKind.WAIVED_BY_ABSENCE,
    ChangeKind.ENTERED_IN_ERROR,
)
ACTS: dict[ChangeKind, Act] = {
    ChangeKind.SUSPENDED: acts.suspend_hearing,
    ChangeKind.TERMINATED: acts.terminate_hearing,
    ChangeKind.WAIVED_BY_ABSENCE: acts.waive_by_absence,
    ChangeKind.ENTERED_IN_ERROR: acts.mark_entered_in_error,
}
EFFECTS = {
    ChangeKind.POSTPONED: ("场地和各人的时间放开，以后再排", "给各方发延期听证通知书", "有公告的撤下，告诉旁听的人"),
    ChangeKind.SUSPENDED: ("停在现在这一步，笔录留着接着记", "举行听证的期限停止计算", "给各方发中止听证通知书"),
    ChangeKind.TERMINATED: ("这场听证到此为止，事项照常办理", "场地和各人的时间放开", "给各方发终止听证通知书"),
    ChangeKind.WAIVED_BY_ABSENCE: ("这场听证到此为止，视为放弃听证", "事项根据已有材料继续办理"),
    ChangeKind.ENTERED_IN_ERROR: ("这场听证作废，不计入统计", "场地和各人的时间放开"),
}

ELSEWHERE = {
    ChangeKind.MOVED: "要先选新的时间。请在下面选日子和钟点，写明理由，再发新的通知书。现在还没有改。",
    ChangeKind.RESUMED: "要先选新的时间。请在下面选日子和钟点，写明理由，再发通知书。现在还没有恢复。",
    ChangeKind.WITHDRAWN: "要写明撤回的经过。请在下面填好再办。现在还没有撤回。",
}
WHERE = {
    ChangeKind.MOVED: "hearings.show_schedule",
    ChangeKind.RESUMED: "hearings.show_schedule",
    ChangeKind.WITHDRAWN: "hearings.show_withdrawal",
}


@bp.get("/hearings/<public_id>/change")
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def show_change(hearing: Hearing) -> ResponseReturnValue:
    """What may change now, on which grounds, and what comes of it."""
    kinds = [kind for kind in OFFERED if may_act(hearing.status, CHANGES[kind].act)]
    kind = _kind(request.values.get("kind", ""), kinds)
    is_sitting = hearing.status is HearingStatus.IN_PROGRESS
    grounds = CHANGES[kind].grounds if kind else ()
    return render_template(
        "hearings/change.html",
        **hearing_values(hearing),
        kinds=kinds,
        kind=kind,
        grounds=[(one.value, LABELS[one]) for one in grounds if is_sitting or one not in DURING_THE_SITTING],
        effects=EFFECTS[kind] if kind else (),
        is_ending=bool(kind and CHANGES[kind].is_ending),
        hold_by=hold_by_day(hearing),
        may_move=may_act(hearing.status, CHANGES[ChangeKind.MOVED].act) and hearing.status is HearingStatus.NOTICED,
        may_resume=may_act(hearing.status, CHANGES[ChangeKind.RESUMED].act),
        today=clock.today(),
    )


@bp.post("/hearings/<public_id>/change")
@writes(reshow=show_change)
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def change(hearing: Hearing) -> ResponseReturnValue:
    """Carry the change out."""
    form = read_form(hearing)
    kind = form.choice("kind", "要办什么", ChangeKind)
    new = read_change(form)
    if kind is ChangeKind.POSTPONED:
        _postpone(hearing, new, form)
    elif kind in ACTS:
        ACTS[kind](hearing, new, by=current_actor(), now=clock.now())
    else:
        flash(f"{LABELS[kind]}{ELSEWHERE[kind]}", "warn")
        return redirect(url_for(WHERE[kind], public_id=hearing.public_id))
    flash(f"已办：{LABELS[kind]}。{'请把通知书送给各方。' if CHANGES[kind].paper else ''}", "ok")
    return back_to(hearing)


def _postpone(hearing: Hearing, new: NewChange, form: FormReader) -> None:
    days = read_extension(form)
    if new.ground is ChangeGround.UNIT_ABSENT:
        acts.report_unit_absent(hearing, new.facts, extend_days=days, by=current_actor(), now=clock.now())
    else:
        acts.postpone_hearing(hearing, new, extend_days=days, by=current_actor(), now=clock.now())


def _kind(typed: str, kinds: list[ChangeKind]) -> ChangeKind | None:
    return next((kind for kind in kinds if kind.value == typed), kinds[0] if kinds else None)
