"""The petitioners' pages, the check page, and the desk's pages for handing out links and seeing to what waits."""

from typing import Any

from flask import Blueprint, g, request

from app.portal.queries import find_contact
from app.portal.visiting import keep_visit_time

STAFF_PATHS = ("/matters/", "/messages")
bp = Blueprint("portal", __name__)
bp.after_request(keep_visit_time)


@bp.context_processor
def contact_values() -> dict[str, Any]:
    """Whom to call, at the foot of every page of petitioners and the public; the staff's frame has its own words."""
    if request.path.startswith(STAFF_PATHS):
        return {}
    visit = g.get("visit")
    contact = find_contact(visit.party if visit else None)
    return {"centre_name": contact.centre, "contact_name": contact.name, "contact_phone": contact.phone}


from app.portal.routes import (  # noqa: E402, F401  # they register themselves
    access,
    agreements,
    announcements,
    checking,
    entering,
    own,
    rechecks,
    waiting,
)
