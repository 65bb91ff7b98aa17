"""What the hall sees: stage and turns in large type, nobody's attendance, nothing that is being typed."""

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue

from app.access.guards import permission_required
from app.access.permissions import Permission
from app.hearings.models import Hearing
from app.hearings.queries.hearings import get_hearing
from app.hearings.queries.sitting import get_minutes
from app.hearings.queries.turns import ShownTurn, list_turns, list_turns_since, newest_cursor
from app.hearings.routes import bp
from app.hearings.routes.live import procedure_of_today
from app.hearings.rules.stages import script_of
from app.hearings.rules.words import LiveStage

SHOWN = 60
"""How many turns the screen begins with; earlier ones have scrolled away."""


@bp.get("/hearings/<public_id>/screen")
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def show_screen(hearing: Hearing) -> ResponseReturnValue:
    """The page for the projector; with Accept: application/json what came after the row `after`."""
    minutes = get_minutes(hearing)
    script = script_of(procedure_of_today(hearing), minutes.stage)
    if request.accept_mimetypes.best == "application/json":
        fresh = _fit_for_the_hall(list_turns_since(minutes, request.args.get("after", "")))
        turns = render_template("hearings/live/_screen_turns.html", turns=fresh)
        return jsonify(turns=turns, cursor=newest_cursor(minutes), stage=script.title, recess=minutes.is_in_recess)
    return render_template(
        "hearings/live/screen.html",
        hearing=hearing,
        minutes=minutes,
        script=script,
        turns=_fit_for_the_hall(list_turns(minutes))[-SHOWN:],
        cursor=newest_cursor(minutes),
    )


def _fit_for_the_hall(turns: list[ShownTurn]) -> list[ShownTurn]:
    """Without the roll call: who is there, and who is not, is not for the hall to read."""
    return [shown for shown in turns if shown.turn.stage is not LiveStage.ROLL_CALL]
