"""The page on which the due visits of a roster are recorded together."""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.agreements.actions import record_visit
from app.agreements.forms import MANNERS, SATISFACTION
from app.collective.forms.visits import PERFORMANCES, read_visits
from app.collective.models import Roster
from app.collective.queries.roster import get_roster
from app.collective.queries.visits import PAGE, list_due_visits
from app.collective.routes import bp
from app.law import clock
from app.web.forms import FormReader
from app.web.transaction import writes


@bp.get("/rosters/<public_id>/visits")
@permission_required(Permission.AGREEMENT_FOLLOW_UP, of=get_roster)
def show_due_visits(roster: Roster) -> ResponseReturnValue:
    """Fifty claimants whose visit is due, with what all share and what one has of his own."""
    found = list_due_visits(roster, until=clock.today(), after=_after())
    address = partial(url_for, "collective.show_due_visits", public_id=roster.public_id)
    return render_template(
        "collective/visits.html",
        roster=roster,
        rows=found[:PAGE],
        next_url=address(after=found[PAGE - 1].claimant.position) if len(found) > PAGE else "",
        manners=list(MANNERS.items()),
        satisfactions=list(SATISFACTION.items()),
        performances=PERFORMANCES,
        today=clock.today(),
    )


@bp.post("/rosters/<public_id>/visits")
@writes(reshow=show_due_visits)
@permission_required(Permission.AGREEMENT_FOLLOW_UP, of=get_roster)
def record_due_visits(roster: Roster) -> ResponseReturnValue:
    """Record the visits ticked, each with a record of its own."""
    rows = list_due_visits(roster, until=clock.today(), after=_after())[:PAGE]
    form = FormReader(request.form, today=clock.today())
    reports = read_visits(form, {row.visit.public_id: row for row in rows})
    for row, report in reports:
        record_visit(row.visit, report, renders=False, by=current_actor(), now=clock.now())
    flash(f"已记下 {len(reports)} 人的回访，回访记录一人一份，正在生成。", "ok")
    return redirect(url_for("collective.show_due_visits", public_id=roster.public_id))


def _after() -> int:
    typed = request.args.get("after", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
