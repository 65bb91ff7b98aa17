"""Recusal on the screen: step aside, ask somebody to, decide."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.law import clock
from app.matters.actions import decide_recusal, declare_recusal, request_recusal
from app.matters.models import Matter, Recusal
from app.matters.queries import get_matter
from app.matters.queries.handling import OfMatter, guarded_recusal, list_recusals, sits_in_hearing
from app.matters.queries.screening import list_parties
from app.matters.routes import bp
from app.matters.rules import RecusalGround
from app.people.queries import get_account_by_id
from app.web.forms import FormReader
from app.web.transaction import writes


@bp.get("/matters/<public_id>/recusals")
@permission_required(Permission.RECUSAL_REQUEST, of=get_matter)
def show_recusals(matter: Matter) -> ResponseReturnValue:
    """Who may be asked to step aside, and what was declared or decided so far."""
    return render_template(
        "matters/recusals.html",
        matter=matter,
        people=_people(matter),
        parties=[(str(party.id), party.name) for party in list_parties(matter.id)],
        recusals=list_recusals(matter.id),
    )


@bp.post("/matters/<public_id>/recusals")
@writes(reshow=show_recusals)
@permission_required(Permission.RECUSAL_REQUEST, of=get_matter)
def recuse(matter: Matter) -> ResponseReturnValue:
    """Declare one's own recusal, or ask for another person's."""
    by = current_actor()
    form = FormReader(request.form, today=clock.today())
    people = {str(account_id): account_id for account_id, _ in _people(matter)} | {"self": by.account_id}
    account_id = form.option("person", "谁回避", people)
    ground = form.choice("ground", "理由", RecusalGround)
    facts = form.text("facts", "事实", limit=2000)
    form.finish()
    if account_id == by.account_id:
        declare_recusal(matter, ground=ground, facts=facts, by=by, now=clock.now())
        flash("已经回避。这件事您不再看得到，由别人接着办。", "ok")
        return redirect(url_for("matters.show_list"))
    chosen = {str(party.id): party for party in list_parties(matter.id)}.get(form.raw("party"))
    account = get_account_by_id(account_id or 0)
    row = request_recusal(matter, account, ground=ground, facts=facts, party=chosen, by=by, now=clock.now())
    waits = "，等负责人决定；决定前不参与这件事" if row.status.value == "requested" else "，已经不参与这件事"
    flash(f"{account.name}{waits}。", "ok")
    return redirect(url_for("matters.show_recusals", public_id=matter.public_id))


@bp.get("/recusals/<public_id>")
@permission_required(Permission.RECUSAL_DECIDE, of=guarded_recusal)
def show_recusal(guarded: OfMatter) -> ResponseReturnValue:
    """One request with its facts, for the leader's decision."""
    recusal, matter = guarded.row, guarded.matter
    assert isinstance(recusal, Recusal)
    seated = sits_in_hearing(matter, recusal.account_id)
    return render_template("matters/recusal.html", recusal=recusal, matter=matter, sits_in_hearing=seated)


@bp.post("/recusals/<public_id>")
@writes(reshow=show_recusal)
@permission_required(Permission.RECUSAL_DECIDE, of=guarded_recusal)
def decide(guarded: OfMatter) -> ResponseReturnValue:
    """Grant or refuse."""
    form = FormReader(request.form, today=clock.today())
    is_granted = form.option("decision", "决定", {"granted": True, "refused": False})
    reason = form.text("reason", "理由", limit=2000)
    form.finish()
    recusal = guarded.row
    assert isinstance(recusal, Recusal)
    decide_recusal(recusal, is_granted=bool(is_granted), decision=reason, by=current_actor(), now=clock.now())
    flash(f"{recusal.account.name}{'回避' if is_granted else '不用回避，可以继续办'}。", "ok")
    return redirect(url_for("matters.show", public_id=guarded.matter.public_id))


def _people(matter: Matter) -> list[tuple[int, str]]:
    """Those who work on the matter now, without the person who asks."""
    mine = current_actor().account_id
    live = (row for row in matter.involvements if row.ended_on is None and not row.is_barred)
    return list({row.account_id: row.account.name for row in live if row.account_id != mine}.items())
