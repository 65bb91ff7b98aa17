"""Planning a backlog: what waits, the proposal, accepting it."""

from datetime import timedelta
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.booking.models import PlanRun
from app.booking.rules.planning import PlanStatus
from app.desk.planning import actions
from app.desk.planning.forms import read_plan_wish
from app.desk.planning.gathering import list_waiting
from app.desk.planning.queries import get_own_run, list_runs
from app.desk.planning.routes import bp
from app.desk.planning.routes import presenting as show
from app.jobs.actions import stop_job
from app.law import clock
from app.law.lamp import days_left
from app.settings.queries import calendar
from app.web.forms import FormReader
from app.web.transaction import check_seen_version, writes

LONGEST_REASON = 500
WEEKS = (1, 2, 3, 4, 6, 8, 12)
USUAL_WEEKS = 4


@bp.get("/calendar/plans")
@permission_required(Permission.CALENDAR_MANAGE)
def show_plans() -> ResponseReturnValue:
    """Everything that waits, to be ticked, and the newest plans."""
    actor, now, today = current_actor(), clock.now(), clock.today()
    waiting = list_waiting(actor, now)
    ticked = set(request.form.getlist("key")) if request.method == "POST" else {row.item.key for row in waiting}
    return render_template(
        "planning/plans.html",
        waiting=[
            (row.item, days_left(row.item.due_on, today, calendar()) if row.item.due_on else None) for row in waiting
        ],
        ticked=ticked,
        runs=[(run, show.job_of(run)) for run in list_runs(actor.account_id)],
        first=today + timedelta(days=1),
        weeks=[(str(count), f"{count} 周") for count in WEEKS],
        usual_weeks=str(USUAL_WEEKS),
    )


@bp.post("/calendar/plans")
@writes(reshow=show_plans)
@permission_required(Permission.CALENDAR_MANAGE)
def ask() -> ResponseReturnValue:
    """Have the ticked ones planned; nothing is booked by it."""
    wish = read_plan_wish(FormReader(request.form, today=clock.today()), request.form.getlist("key"))
    run = actions.ask_for_plan(wish, by=current_actor(), now=clock.now())
    return redirect(url_for("planning.show_plan", public_id=run.public_id))


@bp.get("/calendar/plans/<public_id>")
@permission_required(Permission.CALENDAR_MANAGE)
def show_plan(public_id: str) -> ResponseReturnValue:
    """How far the plan is; then the proposal as a diff."""
    run = get_own_run(public_id, current_actor().account_id)
    job = show.job_of(run)
    values: dict[str, Any] = {"run": run, "job": job, "strip": show.strip_of(run, job)}
    if run.status is PlanStatus.MAKING:
        return render_template("planning/making.html", **values)
    return render_template(
        "planning/plan.html", **values, **show.proposal_of(run, current_actor()), pending=show.pending_rooms(run)
    )


@bp.get("/calendar/plans/<public_id>/progress")
@permission_required(Permission.CALENDAR_MANAGE)
def show_progress(public_id: str) -> ResponseReturnValue:
    """The strip alone; when the work has ended, the page is loaded anew."""
    run = get_own_run(public_id, current_actor().account_id)
    job = show.job_of(run)
    answer = make_response(render_template("planning/_strip.html", run=run, job=job, strip=show.strip_of(run, job)))
    if not job.is_open and request.headers.get("HX-Request"):
        answer.headers["HX-Refresh"] = "true"
    return answer


@bp.post("/calendar/plans/<public_id>/accept")
@writes(reshow=show_plan)
@permission_required(Permission.CALENDAR_MANAGE)
def accept(public_id: str) -> ResponseReturnValue:
    """Have all or the ticked sessions booked."""
    actor = current_actor()
    run = get_own_run(public_id, actor.account_id)
    check_seen_version(run, FormReader(request.form, today=clock.today()).version())
    actions.choose_places(
        run,
        _chosen(run),
        ground=request.form.get("ground", "")[:40],
        reason=request.form.get("reason", "").strip()[:LONGEST_REASON],
        by=actor,
        now=clock.now(),
    )
    return redirect(url_for("planning.show_plan", public_id=public_id))


@bp.post("/calendar/plans/<public_id>/stop")
@writes(reshow=show_plan)
@permission_required(Permission.CALENDAR_MANAGE)
def stop(public_id: str) -> ResponseReturnValue:
    """Stop planning, or carrying out; what is booked already stays booked."""
    run = get_own_run(public_id, current_actor().account_id)
    stop_job(show.job_of(run), by=current_actor(), now=clock.now())
    flash("已叫停。已经落实的场次不变。", "ok")
    return redirect(url_for("planning.show_plan", public_id=public_id))


def _chosen(run: PlanRun) -> set[str]:
    """The ticked ones, or with the button for all of them everything proposed."""
    if request.form.get("all"):
        return {row.public_id for row in run.places}
    return set(request.form.getlist("place"))
