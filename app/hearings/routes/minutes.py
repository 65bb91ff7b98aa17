"""The minutes after the sitting: read once more, closed, signed, added to; never changed (R-HEAR-26)."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, may, permission_required
from app.access.permissions import Permission
from app.documents.papers.hearing_minutes import HearingMinutesFacts
from app.documents.queries import facts_of
from app.errors import NotFound
from app.hearings.actions import closing
from app.hearings.forms.closing import read_note
from app.hearings.models import Hearing, HearingMinutes
from app.hearings.queries.hearings import get_hearing, procedure_for
from app.hearings.queries.minutes_facts import facts_of_minutes, present_of
from app.hearings.queries.signing import is_being_signed, list_places
from app.hearings.queries.sitting import get_minutes
from app.hearings.routes import bp
from app.hearings.routes.printed import shown_stages
from app.hearings.routes.signing import place_rows
from app.law import clock
from app.web.forms import FormReader
from app.web.transaction import writes


@bp.get("/hearings/<public_id>/minutes")
@permission_required(Permission.HEARING_READ, of=get_hearing)
def show_minutes(hearing: Hearing) -> ResponseReturnValue:
    """The minutes as they are printed, who signed, notes; before they are closed for those who keep them."""
    minutes = get_minutes(hearing)
    if not has_minutes_page(hearing):
        raise NotFound("笔录还没有定稿。定稿以后再来看。")
    facts = _facts(minutes)
    return render_template(
        "hearings/minutes.html",
        hearing=hearing,
        minutes=minutes,
        facts=facts,
        stages=shown_stages(facts),
        places=place_rows(hearing, minutes.paper),
        is_signing=is_being_signed(minutes.paper),
        notes=[{"row": note, "places": place_rows(hearing, note.paper)} for note in minutes.notes],
        authors=[(row.public_id, row.name) for row in present_of(minutes)],
        missing=[row.slot.name for row in list_places(hearing, minutes.paper) if not row.slot.signature],
    )


@bp.post("/hearings/<public_id>/minutes/close")
@writes(reshow=show_minutes)
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def close_minutes(hearing: Hearing) -> ResponseReturnValue:
    """Close the minutes; the paper goes round for signatures."""
    now = clock.now()
    procedure = procedure_for(hearing, clock.local_date(now))
    closing.close_minutes(get_minutes(hearing), procedure=procedure, by=current_actor(), now=now)
    flash("笔录已定稿，请到场的人逐页看、签名。", "ok")
    return redirect(url_for("hearings.show_minutes", public_id=hearing.public_id))


@bp.post("/hearings/<public_id>/minutes/notes")
@writes(reshow=show_minutes)
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def add_note(hearing: Hearing) -> ResponseReturnValue:
    """Append a note; its paper is signed like the minutes."""
    minutes, now = get_minutes(hearing), clock.now()
    people = {row.public_id: row for row in present_of(minutes)}
    text, author = read_note(FormReader(request.form, today=clock.local_date(now)), people)
    procedure = procedure_for(hearing, clock.local_date(now))
    closing.add_note(minutes, text, attendance=author, procedure=procedure, by=current_actor(), now=now)
    flash("补充说明已记下，笔录本身没有动。请在补充说明上签名。", "ok")
    return redirect(url_for("hearings.show_minutes", public_id=hearing.public_id, _anchor="notes"))


def has_minutes_page(hearing: Hearing) -> bool:
    """True once the sitting is over: for those who keep the minutes at once, for others when they are closed."""
    minutes = hearing.minutes
    if minutes is None or minutes.ended_at is None:
        return False
    return minutes.is_closed or may(Permission.HEARING_RECORD, hearing)


def _facts(minutes: HearingMinutes) -> HearingMinutesFacts:
    """What was printed; before that, what would be."""
    frozen: Any = facts_of(minutes.paper) if minutes.paper is not None else None
    if isinstance(frozen, HearingMinutesFacts):
        return frozen
    return facts_of_minutes(minutes, procedure_for(minutes.hearing, clock.today()))
