"""The desk's page for handing a party its link or slip, and taking it back."""

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.law import clock, phone
from app.matters.models import Matter, Party
from app.matters.queries import get_matter
from app.notices.actions import revoke_access_link
from app.notices.queries import get_link, list_messages_of_matter
from app.notices.rules import KIND_LABELS, LINK_LABELS, STATUS_LABELS, WISH_LABELS
from app.portal import actions
from app.portal.queries import list_party_access
from app.portal.routes import bp
from app.privacy.masking import mask_name, mask_phone
from app.web import labels
from app.web.qr import qr_image
from app.web.transaction import writes

for words in (KIND_LABELS, LINK_LABELS, STATUS_LABELS, WISH_LABELS):
    labels.register(words)


@bp.get("/matters/<public_id>/access")
@permission_required(Permission.ACCESS_LINK_ISSUE, of=get_matter)
def show_access(matter: Matter) -> ResponseReturnValue:
    """Who of the parties can look in, since when, and what was sent to whom."""
    return render_template(
        "notices/access.html",
        matter=matter,
        rows=list_party_access(matter, now=clock.now()),
        messages=list_messages_of_matter(matter.id),
        parties={party.id: party for party in matter.parties},
        mask_name=mask_name,
        mask_phone=mask_phone,
        is_mobile=phone.is_mobile,
    )


@bp.post("/matters/<public_id>/access/send")
@writes(reshow=show_access)
@permission_required(Permission.ACCESS_LINK_ISSUE, of=get_matter)
def send_link(matter: Matter) -> ResponseReturnValue:
    """Send a fresh link by text message."""
    party = _party(matter)
    actions.send_link(party, by=current_actor(), now=clock.now())
    flash(f"链接已交给短信网关，发到 {mask_phone(party.phone)}。以前的链接不能再用。", "ok")
    return redirect(url_for("portal.show_access", public_id=matter.public_id))


@bp.post("/matters/<public_id>/access/desk")
@writes(reshow=show_access)
@permission_required(Permission.ACCESS_LINK_ISSUE, of=get_matter)
def hand_over(matter: Matter) -> ResponseReturnValue:
    """Show a fresh link with its code, this once."""
    party = _party(matter)
    issued = actions.hand_over_link(party, by=current_actor(), now=clock.now())
    return render_template("notices/handed.html", matter=matter, party=party, issued=issued, qr=qr_image(issued.url))


@bp.get("/matters/<public_id>/access/desk")
@permission_required(Permission.ACCESS_LINK_ISSUE, of=get_matter)
def leave_handed(matter: Matter) -> ResponseReturnValue:
    """The secrets are shown once; whoever loads the page anew finds the list."""
    return redirect(url_for("portal.show_access", public_id=matter.public_id))


@bp.post("/matters/<public_id>/access/slip")
@permission_required(Permission.ACCESS_LINK_ISSUE, of=get_matter)
def print_slip(matter: Matter) -> Response:
    """The slip of the link on the screen as PDF."""
    link = get_link(request.form.get("link", ""))
    party = next((party for party in matter.parties if party.id == link.party_id), None)
    if party is None:
        abort(404)
    token, code = request.form.get("token", ""), request.form.get("desk_code", "")
    response = make_response(actions.print_slip(party, link, token, code, now=clock.now()))
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = 'inline; filename="access-slip.pdf"'
    return response


@bp.post("/matters/<public_id>/access/revoke")
@writes(reshow=show_access)
@permission_required(Permission.ACCESS_LINK_ISSUE, of=get_matter)
def revoke(matter: Matter) -> ResponseReturnValue:
    """Take a link back."""
    link = get_link(request.form.get("link", ""))
    if link.matter_id != matter.id:
        abort(404)
    revoke_access_link(link, by=current_actor(), now=clock.now())
    flash("链接已收回，对方打不开了。", "ok")
    return redirect(url_for("portal.show_access", public_id=matter.public_id))


def _party(matter: Matter) -> Party:
    wanted = request.form.get("party", "")
    party = next((party for party in matter.parties if party.public_id == wanted), None)
    if party is None:
        abort(404)
    return party
