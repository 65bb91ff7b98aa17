"""The entrance: find who came, note what he needs, let him wait; his number in large."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.collective.models import Claimant
from app.collective.queries.roster import get_claimant
from app.collective.rules.roster_entry import pending_reason
from app.errors import NotFound
from app.law import clock
from app.signing_day.actions.arriving import check_in
from app.signing_day.forms.day import NEEDS_TO_TICK, read_needs
from app.signing_day.models import SigningDay
from app.signing_day.queries.search import find_people, tickets_of
from app.signing_day.queries.tickets import get_day
from app.signing_day.routes import bp
from app.signing_day.rules import LABELS
from app.web.forms import FormReader
from app.web.transaction import writes


@bp.get("/signing-days/<public_id>/check-in")
@permission_required(Permission.SIGNING_DAY_RUN, of=get_day)
def show_check_in(day: SigningDay) -> ResponseReturnValue:
    """Where a name, a number or last digits are typed."""
    return _page(day, "")


@bp.post("/signing-days/<public_id>/check-in/find")
@permission_required(Permission.SIGNING_DAY_RUN, of=get_day)
def find_arrival(day: SigningDay) -> ResponseReturnValue:
    """Who it may be; posted, so that no number stands in an address."""
    form = FormReader(request.form, today=clock.today())
    text = form.line("text", "姓名、号、身份证号或者尾号", limit=40)
    form.finish()
    return _page(day, text)


def show_found_again(public_id: str) -> ResponseReturnValue:
    """The entrance after a refusal, with whom was meant."""
    return _page(get_day(public_id), request.form.get("text", ""))


@bp.post("/signing-days/<public_id>/check-in")
@writes(reshow=show_found_again)
@permission_required(Permission.SIGNING_DAY_RUN, of=get_day)
def arrive(day: SigningDay) -> ResponseReturnValue:
    """Let this claimant wait; then his number."""
    form = FormReader(request.form, today=clock.today())
    needs = read_needs(form)
    form.finish()
    claimant = get_claimant(form.raw("claimant"))
    if claimant.roster_id != day.roster_id:
        raise NotFound("这份名册上没有这个人。")
    ticket = check_in(day, claimant, needs, by=current_actor(), now=clock.now())
    flash(f"签到好了，{ticket.number} 号。请他坐着等叫号。", "ok")
    return redirect(url_for("signing_day.show_ticket", public_id=ticket.public_id))


def _page(day: SigningDay, text: str) -> ResponseReturnValue:
    people = find_people(day, text)
    tickets = tickets_of(day, people)
    return render_template(
        "signing_day/check_in.html",
        day=day,
        text=text,
        found=[(claimant, tickets.get(claimant.id), _missing_of(claimant)) for claimant in people],
        needs=[(need.value, LABELS[need]) for need in NEEDS_TO_TICK],
    )


def _missing_of(claimant: Claimant) -> str:
    return pending_reason(
        is_deceased=claimant.is_deceased, has_death_proof=claimant.has_death_proof, heirs=claimant.heirs
    )
