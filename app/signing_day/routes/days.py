"""The list of signing days, planning one, beginning and ending it, its desks."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission, is_allowed
from app.collective.models import Roster
from app.collective.queries.roster import get_roster
from app.collective.queries.settlement import find_case_of_roster
from app.law import clock
from app.signing_day.actions.planning import add_desk, close_day, open_day, plan_day
from app.signing_day.forms.day import default_times, read_plan
from app.signing_day.models import SigningDay
from app.signing_day.queries.planning import list_all_days, list_days, list_rosters_with_agreements, list_to_invite
from app.signing_day.queries.tickets import get_day
from app.signing_day.routes import bp
from app.signing_day.routes.board import show_board
from app.web.forms import FormReader
from app.web.transaction import check_seen_version, writes


@bp.get("/signing-days")
@permission_required(Permission.SIGNING_DAY_LIST)
def show_list() -> ResponseReturnValue:
    """The signing days one may see, and the rosters for which one can be planned."""
    actor = current_actor()
    days = [day for day in list_all_days() if is_allowed(actor, Permission.SIGNING_DAY_READ, day.access_view())]
    rosters = [
        roster
        for roster in list_rosters_with_agreements()
        if is_allowed(actor, Permission.SIGNING_DAY_RUN, roster.access_view())
    ]
    return render_template("signing_day/list.html", days=days, rosters=rosters, today=clock.today())


@bp.get("/rosters/<public_id>/signing-days/new")
@permission_required(Permission.SIGNING_DAY_RUN, of=get_roster)
def show_new(roster: Roster) -> ResponseReturnValue:
    """How many wait for a day, street by street, and the form of one day."""
    links = list_to_invite(roster)
    streets: dict[str, int] = {}
    for link in links:
        streets[link.claimant.street] = streets.get(link.claimant.street, 0) + 1
    return render_template(
        "signing_day/plan.html",
        roster=roster,
        count=len(links),
        streets=[(street, f"{street}（{number} 人）") for street, number in streets.items() if street],
        days=list_days(roster),
        defaults=default_times(),
        today=clock.today(),
    )


@bp.post("/rosters/<public_id>/signing-days/new")
@writes(reshow=show_new)
@permission_required(Permission.SIGNING_DAY_RUN, of=get_roster)
def plan(roster: Roster) -> ResponseReturnValue:
    """Plan the day."""
    case = find_case_of_roster(roster)
    wanted, invited = read_plan(FormReader(request.form, today=clock.today()), case.active_mediators if case else [])
    links = list_to_invite(roster, street=invited.street, first=invited.first, last=invited.last)
    day = plan_day(roster, links, wanted, by=current_actor(), now=clock.now())
    flash(f"排好了，请 {len(links)} 人来签约。", "ok")
    return to_board(day)


@bp.post("/signing-days/<public_id>/open")
@writes(reshow=show_board)
@permission_required(Permission.SIGNING_DAY_RUN, of=get_day)
def begin(day: SigningDay) -> ResponseReturnValue:
    """Begin to call numbers."""
    check_seen_version(day, FormReader(request.form, today=clock.today()).version())
    open_day(day, by=current_actor(), now=clock.now())
    flash("签约开始，可以签到、叫号了。", "ok")
    return to_board(day)


@bp.post("/signing-days/<public_id>/close")
@writes(reshow=show_board)
@permission_required(Permission.SIGNING_DAY_RUN, of=get_day)
def end(day: SigningDay) -> ResponseReturnValue:
    """End the day."""
    check_seen_version(day, FormReader(request.form, today=clock.today()).version())
    absent = close_day(day, by=current_actor(), now=clock.now())
    flash(f"今天的签约结束了。{absent} 人没来，可以改到第二轮。", "ok")
    return to_board(day)


@bp.post("/signing-days/<public_id>/desks")
@writes(reshow=show_board)
@permission_required(Permission.SIGNING_DAY_RUN, of=get_day)
def set_up_desk(day: SigningDay) -> ResponseReturnValue:
    """Set up one more desk, for whoever asks."""
    desk = add_desk(day, None, by=current_actor())
    flash(f"{desk.name}摆好了。", "ok")
    return to_board(day)


def to_board(day: SigningDay, **values: Any) -> ResponseReturnValue:
    """Back to the board."""
    return redirect(url_for("signing_day.show_board", public_id=day.public_id, **values))
