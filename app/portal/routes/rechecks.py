"""What anybody may read of rechecks: the masked texts that were approved after a hearing (R-HEAR-31, INV-34)."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.access.guards import permission_required
from app.access.permissions import Permission
from app.portal.routes import bp
from app.remedies.queries import list_published


@bp.get("/notices/rechecks")
@permission_required(Permission.PUBLIC)
def show_published_rechecks() -> ResponseReturnValue:
    """The published recheck opinions, newest first: organ, day and masked text, nothing else of the matter."""
    return render_template("portal/rechecks.html", remedies=list_published())
