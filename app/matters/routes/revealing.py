"""One masked value in full, for a purpose and on record."""

from collections.abc import Callable, Mapping

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.law import clock
from app.matters.actions import reveal
from app.matters.models import Party, Proxy
from app.matters.queries.handling import OfMatter, guarded_party, guarded_proxy
from app.matters.routes import bp
from app.matters.rules import RevealReason
from app.privacy import masking
from app.web.forms import FormReader
from app.web.transaction import writes

MASKS: Mapping[str, Callable[[str], str]] = {
    "name": masking.mask_name,
    "id_number": masking.mask_id_number,
    "phone": masking.mask_phone,
    "address": masking.mask_address,
    "birth_date": lambda value: f"{value[:4]}-**-**" if value else "",
    "legal_representative": masking.mask_name,
}


@bp.post("/parties/<public_id>/reveal/<field>")
@writes
@permission_required(Permission.MATTER_REVEAL, of=guarded_party)
def reveal_party(guarded: OfMatter, field: str) -> ResponseReturnValue:
    """Show one field of a party."""
    return _reveal(guarded, field)


@bp.post("/proxies/<public_id>/reveal/<field>")
@writes
@permission_required(Permission.MATTER_REVEAL, of=guarded_proxy)
def reveal_proxy(guarded: OfMatter, field: str) -> ResponseReturnValue:
    """Show one field of a proxy."""
    return _reveal(guarded, field)


def _reveal(guarded: OfMatter, field: str) -> ResponseReturnValue:
    form = FormReader(request.form, today=clock.today())
    reason = form.choice("reason", "为什么要看", RevealReason)
    note = form.line("reason_note", "说明", limit=200, required=False)
    form.finish()
    assert isinstance(guarded.row, Party | Proxy)
    value = reveal(guarded.row, field, reason, note=note, by=current_actor(), now=clock.now())
    return render_template(
        "matters/revealed.html",
        matter=guarded.matter,
        value=value,
        masked=MASKS[field](value),
    )
