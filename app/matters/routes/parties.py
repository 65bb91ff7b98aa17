"""Parties and proxies of a matter: adding, correcting, filing an authority; and correcting the matter itself."""

from dataclasses import replace
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.law import clock
from app.law.dispute_types import DISPUTE_TYPES
from app.matters.actions import add_party, add_proxy, edit_matter, edit_party, revoke_proxy
from app.matters.forms.parties import read_party, read_proxy
from app.matters.forms.registration import SUBJECT_LIMIT, read_dispute_type
from app.matters.models import Matter, Party, Proxy
from app.matters.queries import get_matter
from app.matters.queries.handling import OfMatter, guarded_party, guarded_proxy
from app.matters.queries.screening import list_parties
from app.matters.routes import bp
from app.matters.rules import IdDocument, PartyKind, PartySide
from app.matters.rules.registration import NewParty
from app.web.forms import FormReader
from app.web.transaction import check_seen_version, writes


@bp.get("/matters/<public_id>/edit")
@permission_required(Permission.MATTER_EDIT, of=get_matter)
def show_edit(matter: Matter) -> ResponseReturnValue:
    """The form that corrects what was registered."""
    return render_template("matters/edit.html", matter=matter, dispute_types=list(DISPUTE_TYPES.items()))


@bp.post("/matters/<public_id>/edit")
@writes(reshow=show_edit)
@permission_required(Permission.MATTER_EDIT, of=get_matter)
def save_edit(matter: Matter) -> ResponseReturnValue:
    """Correct subject and texts; the old words stay on record."""
    form = FormReader(request.form, today=clock.today())
    check_seen_version(matter, form.version())
    values = {
        "subject": form.line("subject", "标题", limit=SUBJECT_LIMIT),
        "claim": form.text("claim", "请求", limit=5000),
        "facts": form.text("facts", "事实", required=False),
        "reasons": form.text("reasons", "理由", required=False),
        "place": form.line("place", "发生地", required=False),
        "dispute_type": read_dispute_type(form, "dispute_type"),
    }
    form.finish()
    edit_matter(matter, values, by=current_actor(), now=clock.now())
    flash("已更正，原来的内容留有记录。", "ok")
    return redirect(url_for("matters.show", public_id=matter.public_id))


@bp.get("/matters/<public_id>/parties/new")
@permission_required(Permission.MATTER_EDIT, of=get_matter)
def show_new_party(matter: Matter) -> ResponseReturnValue:
    """The form for one more side."""
    return render_template("matters/party.html", matter=matter, party=None, guardians=_guardians(matter, None))


@bp.post("/matters/<public_id>/parties/new")
@writes(reshow=show_new_party)
@permission_required(Permission.MATTER_EDIT, of=get_matter)
def create_party(matter: Matter) -> ResponseReturnValue:
    """Add a side."""
    form = FormReader(request.form, today=clock.today())
    side = form.choice("side", "哪一方", PartySide)
    entry = read_party(form, side)
    guardian = _read_guardian(form, matter, None)
    form.finish()
    add_party(matter, entry, guardian=guardian, by=current_actor(), now=clock.now())
    flash(f"已补登{entry.name}。", "ok")
    return redirect(url_for("matters.show_parties", public_id=matter.public_id))


@bp.get("/parties/<public_id>/edit")
@permission_required(Permission.MATTER_EDIT, of=guarded_party)
def show_edit_party(guarded: OfMatter) -> ResponseReturnValue:
    """The form that corrects a party; masked fields stay empty and keep their value when left so."""
    party: Any = guarded.row
    return render_template(
        "matters/party.html", matter=guarded.matter, party=party, guardians=_guardians(guarded.matter, party)
    )


@bp.post("/parties/<public_id>/edit")
@writes(reshow=show_edit_party)
@permission_required(Permission.MATTER_EDIT, of=guarded_party)
def save_party(guarded: OfMatter) -> ResponseReturnValue:
    """Correct a party; a masked field that was left alone keeps its value."""
    party = guarded.row
    assert isinstance(party, Party)
    form = FormReader(request.form, today=clock.today())
    check_seen_version(party, form.version())
    entry = _with_kept_values(read_party(form, party.side), party)
    guardian = _read_guardian(form, guarded.matter, party)
    form.finish()
    edit_party(party, entry, guardian=guardian, by=current_actor(), now=clock.now())
    flash("已更正，原来的内容留有记录。", "ok")
    return redirect(url_for("matters.show_parties", public_id=guarded.matter.public_id))


@bp.get("/parties/<public_id>/proxies/new")
@permission_required(Permission.MATTER_EDIT, of=guarded_party)
def show_new_proxy(guarded: OfMatter) -> ResponseReturnValue:
    """The form for an authority."""
    return render_template("matters/proxy.html", matter=guarded.matter, party=guarded.row, today=clock.today())


@bp.post("/parties/<public_id>/proxies/new")
@writes(reshow=show_new_proxy)
@permission_required(Permission.MATTER_EDIT, of=guarded_party)
def create_proxy(guarded: OfMatter) -> ResponseReturnValue:
    """File an authority (INV-16)."""
    party = guarded.row
    assert isinstance(party, Party)
    form = FormReader(request.form, today=clock.today())
    entry = read_proxy(form)
    form.finish()
    add_proxy(party, entry, by=current_actor(), now=clock.now())
    flash(f"已登记代理人{entry.name}。", "ok")
    return redirect(url_for("matters.show_parties", public_id=guarded.matter.public_id))


@bp.post("/proxies/<public_id>/revoke")
@writes
@permission_required(Permission.MATTER_EDIT, of=guarded_proxy)
def end_proxy(guarded: OfMatter) -> ResponseReturnValue:
    """End an authority."""
    proxy = guarded.row
    assert isinstance(proxy, Proxy)
    revoke_proxy(proxy, by=current_actor(), now=clock.now())
    flash("委托已撤销。", "ok")
    return redirect(url_for("matters.show_parties", public_id=guarded.matter.public_id))


def _with_kept_values(entry: NewParty, party: Party) -> NewParty:
    """What was left empty of the masked fields keeps its value; nobody sees it for that."""
    birth = date.fromisoformat(party.birth_date) if party.birth_date else None
    return replace(
        entry,
        id_document=entry.id_document if entry.id_number else IdDocument(party.id_document),
        id_number=entry.id_number or party.id_number,
        birth_date=entry.birth_date or birth,
        sex=entry.sex or party.sex,
        phone=entry.phone or party.phone,
        address=entry.address or party.address,
    )


def _guardians(matter: Matter, party: Party | None) -> list[tuple[str, str]]:
    mine = party.id if party else None
    people = (row for row in list_parties(matter.id) if row.kind is PartyKind.PERSON and row.id != mine)
    return [(row.public_id, row.name) for row in people]


def _read_guardian(form: FormReader, matter: Matter, party: Party | None) -> Party | None:
    offered = {public_id for public_id, _ in _guardians(matter, party)}
    typed = form.raw("guardian").strip()
    if not typed:
        return None
    if typed not in offered:
        form.fail("guardian", "请从列表里选监护人。")
        return None
    return next(row for row in matter.parties if row.public_id == typed)
