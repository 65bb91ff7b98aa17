"""Jumping to a matter: by number, or by exact name, phone or ID number."""

import re

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.desk.routes import bp
from app.errors import DomainError
from app.law import citizen_id, clock, phone
from app.matters.queries.listing import search_matters
from app.matters.routes.listing import shown_name
from app.matters.routes.presenting import pill_of

LONGEST_QUERY = 60
SHORT_NUMBER = re.compile(r"[0-9]{1,6}")


@bp.get("/search")
@permission_required(Permission.MATTER_LIST)
def search() -> ResponseReturnValue:
    """Up to fifty matters that one may read; a single hit by number opens at once."""
    text = request.args.get("q", "").strip()[:LONGEST_QUERY]
    actor = current_actor()
    found = search_matters(actor, _plain(text), number_suffix=_suffix(text)) if text else []
    if len(found) == 1 and found[0].number == text:
        return redirect(url_for("matters.show", public_id=found[0].public_id))
    rows = [
        {"matter": matter, "name": shown_name(actor, matter.petitioner_name), "pill": pill_of(matter.status)}
        for matter in found
    ]
    return render_template("desk/search.html", rows=rows, text=text)


def _plain(text: str) -> str:
    """A phone or ID number in its one stored form, anything else as typed."""
    try:
        return citizen_id.parse(text, today=clock.today()).number
    except DomainError:
        pass
    try:
        return phone.parse(text)
    except DomainError:
        return text


def _suffix(text: str) -> str:
    return str(int(text)) if SHORT_NUMBER.fullmatch(text) else ""
