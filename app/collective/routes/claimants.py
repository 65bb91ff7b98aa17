"""The page of one claimant: mend his line, heirs and proxy, set him aside, take him off the roster."""

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.collective.actions.claimants import mend_claimant, remove_claimant, resume, set_aside
from app.collective.forms.claimants import read_claimant, read_heir, read_proxy
from app.collective.models import Claimant, Heir
from app.collective.queries.roster import entry_of, find_proxy, find_weak_proxy, get_claimant, heir_entry_of
from app.collective.routes import bp
from app.collective.routes.roster import MANNERS, PILLS
from app.collective.rules.roster import LABELS, ClaimKind, HeirPart, Kinship
from app.collective.rules.roster_entry import ClaimantEntry
from app.collective.rules.roster_plan import MENDABLE
from app.collective.rules.settlement import weak_proxy_words
from app.errors import NotFound
from app.law import clock
from app.matters.actions import record_consent
from app.matters.rules import ConsentDecision, ConsentManner
from app.web.forms import FormReader
from app.web.transaction import check_seen_version, writes

SPARE_CLAIMS = 2


@bp.get("/claimants/<public_id>")
@permission_required(Permission.ROSTER_READ, of=get_claimant)
def show_claimant(claimant: Claimant) -> ResponseReturnValue:
    """One line of the roster with claims, heirs and proxy."""
    today = clock.today()
    return render_template(
        "collective/claimant.html",
        claimant=claimant,
        roster=claimant.roster,
        entry=entry_of(claimant, today=today),
        proxy=find_proxy(claimant.party, today=today),
        proxy_problem=weak_proxy_words(find_weak_proxy(claimant, today=today)),
        pill=(LABELS[claimant.status], PILLS[claimant.status]),
        is_mendable=claimant.status in MENDABLE and claimant.roster.matter.is_open,
        kinds=[(kind.value, LABELS[kind]) for kind in ClaimKind],
        kinships=[(kinship.value, LABELS[kinship]) for kinship in Kinship],
        parts=[(part.value, LABELS[part]) for part in HeirPart],
        claim_rows=range(len(claimant.claims) + SPARE_CLAIMS),
        manners=MANNERS,
        today=today,
    )


@bp.post("/claimants/<public_id>")
@writes(reshow=show_claimant)
@permission_required(Permission.ROSTER_EDIT, of=get_claimant)
def save_claimant(claimant: Claimant) -> ResponseReturnValue:
    """Mend the line; old values stay on record."""
    form = _form_on(claimant)
    old = entry_of(claimant, today=form.today)
    entry = read_claimant(form, old)
    form.finish()
    return _mended(claimant, entry)


@bp.post("/claimants/<public_id>/heirs")
@writes(reshow=show_claimant)
@permission_required(Permission.ROSTER_EDIT, of=get_claimant)
def add_heir(claimant: Claimant) -> ResponseReturnValue:
    """Enter one more heir with what he has on file (R-LINK-12)."""
    form = _form_on(claimant)
    heir = read_heir(form)
    form.finish()
    old = entry_of(claimant, today=form.today)
    return _mended(claimant, replace(old, heirs=(*old.heirs, heir)))


@bp.post("/claimants/<public_id>/heirs/<heir_id>")
@writes(reshow=lambda public_id, heir_id: show_claimant(public_id=public_id))
@permission_required(Permission.ROSTER_EDIT, of=get_claimant)
def save_heir(claimant: Claimant, heir_id: str) -> ResponseReturnValue:
    """Note what an heir has brought and what he does, or take him out again."""
    form = _form_on(claimant)
    heir = _heir_of(claimant, heir_id)
    part = form.choice(f"part-{heir_id}", "怎么签字", HeirPart)
    form.finish()
    changed = replace(heir_entry_of(heir), has_kinship_proof=form.has(f"proof-{heir_id}"), part=part)
    others = {row.public_id: heir_entry_of(row) for row in claimant.heirs}
    others[heir_id] = changed
    if form.has("take_out"):
        del others[heir_id]
    return _mended(claimant, replace(entry_of(claimant, today=form.today), heirs=tuple(others.values())))


@bp.post("/claimants/<public_id>/proxy")
@writes(reshow=show_claimant)
@permission_required(Permission.ROSTER_EDIT, of=get_claimant)
def save_proxy(claimant: Claimant) -> ResponseReturnValue:
    """File an authority in place of the one before, or end it (INV-16)."""
    form = _form_on(claimant)
    proxy = None if form.has("end") else read_proxy(form)
    form.finish()
    return _mended(claimant, replace(entry_of(claimant, today=form.today), proxy=proxy))


@bp.post("/claimants/<public_id>/consent")
@writes(reshow=show_claimant)
@permission_required(Permission.MATTER_RECORD_CONSENT, of=get_claimant)
def save_answer(claimant: Claimant) -> ResponseReturnValue:
    """Record what this one said to mediation, also after the list went round (INV-05)."""
    form = FormReader(request.form, today=clock.today())
    decision = form.choice("decision", "愿不愿意", ConsentDecision)
    manner = form.choice("manner", "怎么表示的", ConsentManner)
    given_on = form.date("given_on", "哪天")
    form.finish()
    record_consent(claimant.party, decision, manner=manner, given_on=given_on, by=current_actor(), now=clock.now())
    flash("已登记。", "ok")
    return _to_page(claimant)


@bp.post("/claimants/<public_id>/aside")
@writes(reshow=show_claimant)
@permission_required(Permission.ROSTER_EDIT, of=get_claimant)
def put_aside(claimant: Claimant) -> ResponseReturnValue:
    """Keep the claimant pending, or take him off the roster, with the reason."""
    form = _form_on(claimant)
    reason = form.text("reason", "理由", limit=500)
    form.finish()
    if form.has("remove"):
        remove_claimant(claimant, reason, by=current_actor())
        flash("已移出名册，这一行留有记录。", "ok")
    else:
        set_aside(claimant, reason, by=current_actor())
        flash("已暂缓，其他人照常签约。", "ok")
    return _to_page(claimant)


@bp.post("/claimants/<public_id>/resume")
@writes(reshow=show_claimant)
@permission_required(Permission.ROSTER_EDIT, of=get_claimant)
def take_up_again(claimant: Claimant) -> ResponseReturnValue:
    """Let the claimant sign after all."""
    _form_on(claimant)
    resume(claimant, by=current_actor(), now=clock.now())
    flash(f"现在是“{LABELS[claimant.status]}”。", "ok")
    return _to_page(claimant)


def _form_on(claimant: Claimant) -> FormReader:
    form = FormReader(request.form, today=clock.today())
    check_seen_version(claimant, form.version())
    return form


def _mended(claimant: Claimant, entry: ClaimantEntry) -> ResponseReturnValue:
    changed = mend_claimant(claimant, entry, by=current_actor(), now=clock.now())
    flash("已更正，原来的内容留有记录。" if changed else "没有改动。", "ok")
    return _to_page(claimant)


def _to_page(claimant: Claimant) -> ResponseReturnValue:
    return redirect(url_for("collective.show_claimant", public_id=claimant.public_id))


def _heir_of(claimant: Claimant, heir_id: str) -> Heir:
    found = next((heir for heir in claimant.heirs if heir.public_id == heir_id), None)
    if found is None:
        raise NotFound("没有这位家属，可能刚被删去。请刷新看一看。")
    return found
