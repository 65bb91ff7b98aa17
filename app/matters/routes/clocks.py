"""All running periods by legal date, and how one of them is computed."""

from datetime import date

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.law import clock
from app.law.clocks import get_clock
from app.law.explaining import explain_clock
from app.matters.actions import dates_of
from app.matters.models import Clock
from app.matters.queries.handling import OfMatter, guarded_clock
from app.matters.queries.listing import ListFilter, Scope, count_matters, list_clocks_page
from app.matters.routes import bp
from app.matters.routes.listing import shown_name
from app.matters.routes.presenting import clock_item, lamp_of
from app.people.queries import names_of
from app.settings.queries import calendar, profile_on


@bp.get("/clocks")
@permission_required(Permission.MATTER_LIST)
def show_clocks() -> ResponseReturnValue:
    """Running periods of the matters one may read, nearest first, fifty a page."""
    actor = current_actor()
    today = clock.today()
    is_late = request.args.get("scope") == "overdue"
    found, after = list_clocks_page(actor, overdue_on=today if is_late else None, after=_cursor())
    rows = [
        {
            "clock": row,
            "rule": get_clock(row.clock),
            "lamp": lamp_of(row, today),
            "name": shown_name(actor, row.matter.petitioner_name),
        }
        for row in found
    ]
    late = count_matters(actor, ListFilter(today, Scope.OVERDUE))
    return render_template(
        "matters/clocks.html", rows=rows, is_late=is_late, late=late, next_url=_next_url(after, is_late=is_late)
    )


@bp.get("/clocks/<public_id>")
@permission_required(Permission.MATTER_READ, of=guarded_clock)
def explain(guarded: OfMatter) -> ResponseReturnValue:
    """How one date is computed, step by step, with extensions and pauses."""
    row = guarded.row
    assert isinstance(row, Clock)
    profile = profile_on(row.trigger_on)
    return render_template(
        "matters/clock.html",
        clock=row,
        matter=guarded.matter,
        rule=get_clock(row.clock),
        item=clock_item(row, clock.today()),
        steps=explain_clock(dates_of(row), calendar(), profile=profile),
        approvers=names_of(extension.approved_by for extension in row.extensions),
    )


def _cursor() -> tuple[date, int] | None:
    ordinal, _, row = request.args.get("after", "").partition(".")
    if not (ordinal.isascii() and ordinal.isdigit() and row.isascii() and row.isdigit() and len(row) < 19):
        return None
    number = int(ordinal) if len(ordinal) < 8 else 0
    return (date.fromordinal(number), int(row)) if 0 < number <= date.max.toordinal() else None


def _next_url(after: tuple[date, int] | None, *, is_late: bool) -> str:
    if after is None:
        return ""
    return url_for(
        "matters.show_clocks", after=f"{after[0].toordinal()}.{after[1]}", scope="overdue" if is_late else None
    )
