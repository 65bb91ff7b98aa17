"""The board of a signing day, its fragment that fetches itself anew, and the search in it."""

from typing import Any

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from app.access.guards import permission_required
from app.access.permissions import Permission
from app.law import clock
from app.signing_day.models import SigningDay
from app.signing_day.queries.search import find_people, tickets_of
from app.signing_day.queries.tickets import get_day
from app.signing_day.routes import bp
from app.signing_day.routes.presenting import SHOWN, board_values
from app.web.forms import FormReader


@bp.get("/signing-days/<public_id>")
@permission_required(Permission.SIGNING_DAY_READ, of=get_day)
def show_board(day: SigningDay) -> ResponseReturnValue:
    """Everybody's standing, the desks, who waits."""
    return render_template("signing_day/board.html", found=None, text="", **_values(day))


@bp.get("/signing-days/<public_id>/live")
@permission_required(Permission.SIGNING_DAY_READ, of=get_day)
def show_live(day: SigningDay) -> ResponseReturnValue:
    """The part of the board that changes; without the frame, so that nothing is counted for a menu nobody sees."""
    return current_app.jinja_env.get_template("signing_day/_live.html").render(**_values(day))


@bp.post("/signing-days/<public_id>/find")
@permission_required(Permission.SIGNING_DAY_READ, of=get_day)
def find(day: SigningDay) -> ResponseReturnValue:
    """Who is meant by a name, a number or last digits; posted, so that none of them stands in an address."""
    form = FormReader(request.form, today=clock.today())
    text = form.line("text", "姓名、号、尾号", limit=40)
    form.finish()
    people = find_people(day, text)
    found = [(claimant, tickets_of(day, people).get(claimant.id)) for claimant in people]
    return render_template("signing_day/board.html", found=found, text=text, **_values(day))


def _values(day: SigningDay) -> dict[str, Any]:
    shown = request.args.get("show", "")
    return board_values(day, shown if shown in SHOWN else "waiting", whole="all" in request.args)
