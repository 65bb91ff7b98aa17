"""The screening wizard: facts, other procedures, each side's word, the proposed route and the decision."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, may, permission_required
from app.access.permissions import Actor, Permission, is_allowed
from app.law import clock
from app.law.dispute_types import DISPUTE_TYPES
from app.matters.actions import answer_screening, decide_route, record_consent
from app.matters.forms.registration import read_dispute_type
from app.matters.models import Matter, Party
from app.matters.queries import get_matter
from app.matters.queries.handling import OfMatter, guarded_party
from app.matters.queries.listing import ListFilter, Scope, list_matters
from app.matters.queries.repeats import find_repeats
from app.matters.queries.screening import answers_of_sides, case_of, find_screening, list_parties
from app.matters.routes import bp
from app.matters.routes.listing import shown_name
from app.matters.routes.presenting import lamp_of_day
from app.matters.rules import LABELS, ConsentDecision, ConsentManner, Route
from app.matters.rules.screening import QUESTION_NUMBERS, QUESTIONS, Page, check_answers, propose_route
from app.web.forms import FormReader
from app.web.transaction import check_seen_version, writes

PAGES = (
    (Page.FACTS.value, "事情是什么"),
    (Page.PROCEDURES.value, "有没有别的程序"),
    ("consent", "双方愿不愿意"),
    ("route", "建议走哪条路"),
)
NEXT_PAGE = {Page.FACTS: Page.PROCEDURES.value, Page.PROCEDURES: "consent"}
AFTER_ROUTE = {
    Route.MEDIATION: "linkage.show_refer",
    Route.LITIGATION_ORGAN: "matters.show_transfer",
    Route.DISCIPLINE_ORGAN: "matters.show_transfer",
    Route.COMPETENT_UNIT: "matters.show_transfer",
    Route.RECONSIDERATION: "remedies.show_receipt",
    Route.ARBITRATION: "matters.show_guide",
    Route.GUIDE_AWAY: "matters.show_guide",
}


@bp.get("/screening")
@permission_required(Permission.MATTER_LIST)
def show_waiting() -> ResponseReturnValue:
    """The matters that wait for their route, newest first."""
    actor = current_actor()
    today = clock.today()
    page = list_matters(actor, ListFilter(today, Scope.UNSCREENED))
    rows = [
        {
            "matter": matter,
            "name": shown_name(actor, matter.petitioner_name),
            "lamp": lamp_of_day(matter.next_due_on, today),
        }
        for matter in page.matters
    ]
    return render_template("screening/waiting.html", rows=rows)


@bp.get("/screening/<public_id>/facts")
@permission_required(Permission.MATTER_SCREEN, of=get_matter)
def show_facts(matter: Matter) -> ResponseReturnValue:
    """What is it about?"""
    return _questions_page(matter, Page.FACTS)


@bp.post("/screening/<public_id>/facts")
@writes(reshow=show_facts)
@permission_required(Permission.MATTER_SCREEN, of=get_matter)
def save_facts(matter: Matter) -> ResponseReturnValue:
    """Keep the answers of the first page."""
    return _save_answers(matter, Page.FACTS)


@bp.get("/screening/<public_id>/procedures")
@permission_required(Permission.MATTER_SCREEN, of=get_matter)
def show_procedures(matter: Matter) -> ResponseReturnValue:
    """Is another procedure open?"""
    return _questions_page(matter, Page.PROCEDURES)


@bp.post("/screening/<public_id>/procedures")
@writes(reshow=show_procedures)
@permission_required(Permission.MATTER_SCREEN, of=get_matter)
def save_procedures(matter: Matter) -> ResponseReturnValue:
    """Keep the answers of the second page."""
    return _save_answers(matter, Page.PROCEDURES)


@bp.get("/screening/<public_id>/consent")
@permission_required(Permission.MATTER_RECORD_CONSENT, of=get_matter)
def show_consent(matter: Matter) -> ResponseReturnValue:
    """Ask each side; refusing is as easy as agreeing."""
    return render_template(
        "screening/consent.html",
        matter=matter,
        wizard=_wizard(matter, "consent"),
        parties=list_parties(matter.id),
        manners=[(manner.value, LABELS[manner]) for manner in ConsentManner],
        today=clock.today(),
        may_decide=_may_screen(current_actor(), matter),
    )


@bp.post("/parties/<public_id>/consent")
@writes
@permission_required(Permission.MATTER_RECORD_CONSENT, of=guarded_party)
def save_consent(guarded: OfMatter) -> ResponseReturnValue:
    """Record what one side said."""
    party = guarded.row
    assert isinstance(party, Party)
    form = FormReader(request.form, today=clock.today())
    decision = form.choice("decision", "愿不愿意", ConsentDecision)
    manner = form.choice("manner", "怎么表示的", ConsentManner)
    given_on = form.date("given_on", "哪天表示的")
    note = form.line("note", "备注", limit=200, required=False)
    form.finish()
    record_consent(party, decision, manner=manner, given_on=given_on, note=note, by=current_actor(), now=clock.now())
    flash(f"{party.name}：{LABELS[decision]}。", "ok")
    return redirect(url_for("matters.show_consent", public_id=guarded.matter.public_id))


@bp.get("/screening/<public_id>/route")
@permission_required(Permission.MATTER_SCREEN, of=get_matter)
def show_route(matter: Matter) -> ResponseReturnValue:
    """The proposal with its reasons, and three ways to decide."""
    parties = list_parties(matter.id)
    case = case_of(matter, find_screening(matter.id), parties)
    proposal = propose_route(case)
    return render_template(
        "screening/route.html",
        matter=matter,
        wizard=_wizard(matter, "route"),
        proposal=proposal,
        parties=parties,
        agreed=sum(side.decision is ConsentDecision.CONSENTED for side in answers_of_sides(parties)),
        routes=[(route.value, LABELS[route]) for route in Route if route is not proposal.route],
        answer_urls=_answer_urls(matter),
        lamp=lamp_of_day(matter.next_due_on, clock.today()),
        repeats=_alike(matter, parties),
    )


@bp.post("/screening/<public_id>/route")
@writes(reshow=show_route)
@permission_required(Permission.MATTER_SCREEN, of=get_matter)
def save_route(matter: Matter) -> ResponseReturnValue:
    """Agree with the proposal or go another way with a reason."""
    form = FormReader(request.form, today=clock.today())
    check_seen_version(matter, form.version())
    route = form.choice("route", "走哪条路", Route)
    reason = form.text("reason", "理由", limit=1000, required=False)
    form.finish()
    by = current_actor()
    decide_route(matter, route, reason=reason, by=by, now=clock.now())
    flash(f"定下来了：{LABELS[route]}。", "ok")
    endpoint = AFTER_ROUTE.get(route, "matters.show")
    if not is_allowed(by, Permission.MATTER_ROUTE, matter.access_view()):
        endpoint = "matters.show"
    return redirect(url_for(endpoint, public_id=matter.public_id))


def _questions_page(matter: Matter, page: Page) -> ResponseReturnValue:
    row = find_screening(matter.id)
    return render_template(
        "screening/questions.html",
        matter=matter,
        page=page,
        wizard=_wizard(matter, page.value),
        questions=[question for question in QUESTIONS if question.page is page],
        numbers=QUESTION_NUMBERS,
        answers=row.answers if row else {},
        dispute_types=list(DISPUTE_TYPES.items()),
    )


def _save_answers(matter: Matter, page: Page) -> ResponseReturnValue:
    form = FormReader(request.form, today=clock.today())
    answers = {question.code: form.raw(question.code) for question in QUESTIONS if question.page is page}
    for field, message in check_answers(page, answers).items():
        form.fail(field, message)
    dispute_type = read_dispute_type(form, "dispute_type") if page is Page.FACTS else None
    form.finish()
    answer_screening(matter, page, answers, dispute_type=dispute_type, by=current_actor(), now=clock.now())
    return redirect(url_for(f"matters.show_{NEXT_PAGE[page]}", public_id=matter.public_id))


def _wizard(matter: Matter, now: str) -> list[dict[str, Any]]:
    position = [name for name, _ in PAGES].index(now)
    may_answer = may(Permission.MATTER_SCREEN, matter)
    return [
        {
            "label": label,
            "state": "now" if name == now else ("done" if place < position else "todo"),
            "url": url_for(f"matters.show_{name}", public_id=matter.public_id) if may_answer else "",
        }
        for place, (name, label) in enumerate(PAGES)
    ]


def _answer_urls(matter: Matter) -> dict[str, str]:
    """Where each numbered answer may be changed."""
    urls = {
        str(QUESTION_NUMBERS[question.code]): url_for(f"matters.show_{question.page.value}", public_id=matter.public_id)
        for question in QUESTIONS
    }
    return {**urls, str(len(QUESTIONS) + 1): url_for("matters.show_consent", public_id=matter.public_id)}


def _alike(matter: Matter, parties: list[Party]) -> list[Any]:
    first = parties[0] if parties else None
    if first is None:
        return []
    found = find_repeats(id_number=first.id_number, phone=first.phone, name=first.name, by=current_actor())
    return [hint for hint in found if hint.id != matter.id]


def _may_screen(actor: Actor, matter: Matter) -> bool:
    return is_allowed(actor, Permission.MATTER_SCREEN, matter.access_view())
