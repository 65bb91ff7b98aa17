"""The lawyer's workbench and the office's side of it: ask, check for conflict, write, submit, answer, supplement."""

from datetime import timedelta

from flask import Blueprint, Response, flash, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, may, permission_required
from app.access.permissions import Actor, Permission, Role
from app.booking.queries.boards import list_sessions_of_person
from app.counsel import actions, queries
from app.counsel.forms import read_request, read_text
from app.counsel.models import LegalOpinion
from app.counsel.rules import (
    ADOPTION_LABELS,
    ROUTE_LABELS,
    STATUS_LABELS,
    WRITTEN,
    Adoption,
    OpinionStatus,
    check_may_ask,
    missing_parts,
)
from app.documents.actions import copy_for_word, render_draft
from app.documents.papers import get_paper_type
from app.documents.queries import list_papers_of_matter, read_bytes
from app.documents.rendering.word.working_copy import working_copy_name
from app.errors import NotFound, RuleViolation
from app.law import clock
from app.law.lamp import Lamp, days_left
from app.law.periods import add_working_days
from app.matters.models import Matter
from app.matters.queries import get_matter
from app.matters.rules import LABELS, RecusalGround
from app.people.queries import get_account_by_id
from app.settings.queries import calendar
from app.web import labels
from app.web.downloads import word_file
from app.web.forms import FormReader
from app.web.transaction import writes

bp = Blueprint("counsel", __name__)
labels.register(STATUS_LABELS)
labels.register(ADOPTION_LABELS)
labels.register(ROUTE_LABELS)
WRITERS = frozenset({Role.LAWYER, Role.JUDGE})
HIDDEN = ("身份证号", "电话", "详细住址", "银行账户")
"""What a lawyer does not need for an opinion and is not shown; the page names it."""
USUAL_WORKING_DAYS = 5
DAYS_AHEAD = 13


@bp.get("/opinions")
@permission_required(Permission.OPINION_LIST)
def index() -> ResponseReturnValue:
    """What am I asked, by when, was I heard; for the office, what waits for an answer."""
    actor = current_actor()
    if actor.roles & WRITERS:
        return render_template("counsel/workbench.html", lamp_of=lamp_of, **_workbench(actor))
    status = next((word for word in OpinionStatus if word.value == request.args.get("status")), None)
    return render_template(
        "counsel/list.html",
        opinions=queries.list_for_office(actor, status=status),
        status=status,
        words=STATUS_LABELS,
        lamp_of=lamp_of,
    )


@bp.get("/matters/<public_id>/opinions")
@permission_required(Permission.OPINION_REQUEST, of=get_matter)
def show_request(matter: Matter) -> ResponseReturnValue:
    """The opinions on a matter, and the form to ask for one."""
    today = clock.today()
    asked = [(lawyer, _objection(standing)) for lawyer, standing in queries.list_askable_lawyers(matter, today)]
    return render_template(
        "counsel/request.html",
        matter=matter,
        opinions=queries.list_of_matter(matter),
        lawyers=[
            (lawyer.public_id, f"{lawyer.name}（{lawyer.organisation.name}）") for lawyer, why in asked if not why
        ],
        refused=[(lawyer.name, why) for lawyer, why in asked if why],
        usual_due=add_working_days(today, USUAL_WORKING_DAYS, calendar()),
        lamp_of=lamp_of,
    )


@bp.post("/matters/<public_id>/opinions")
@writes(reshow=show_request)
@permission_required(Permission.OPINION_REQUEST, of=get_matter)
def request_opinion(matter: Matter) -> ResponseReturnValue:
    """Ask a lawyer."""
    today = clock.today()
    lawyers = {lawyer.public_id: lawyer for lawyer, _ in queries.list_askable_lawyers(matter, today)}
    lawyer, question, due_on = read_request(FormReader(request.form, today=today), lawyers)
    if lawyer is not None:
        actions.request_opinion(matter, lawyer, question, due_on, by=current_actor(), today=today, now=clock.now())
        flash(f"已请{lawyer.name}出意见。没有答复以前，这件事不能办结。", "ok")
    return redirect(url_for("counsel.show_request", public_id=matter.public_id))


@bp.get("/opinions/<public_id>")
@permission_required(Permission.OPINION_READ, of=queries.get_opinion)
def show(opinion: LegalOpinion) -> ResponseReturnValue:
    """For its lawyer first the conflict check, then the editor; once submitted the same locked text for all."""
    actor = current_actor()
    is_own = opinion.lawyer_id == actor.account_id and bool(actor.roles & WRITERS)
    page = {
        "opinion": opinion,
        "text": opinion.text if is_own or opinion.status in WRITTEN else None,
        "is_own": is_own,
        "paper": queries.find_paper(opinion),
        "lamp_of": lamp_of,
        "grounds": RecusalGround,
    }
    if is_own and opinion.status is OpinionStatus.REQUESTED:
        return render_template("counsel/conflict.html", parties=_parties(opinion.matter), **page)
    if is_own and opinion.status is OpinionStatus.DRAFTING:
        return render_template("counsel/edit.html", **page, **_workbench(actor), **_editor(opinion))
    asker = get_account_by_id(opinion.requested_by).name
    answerer = get_account_by_id(opinion.answer.answered_by).name if opinion.answer else ""
    return render_template("counsel/show.html", adoptions=ADOPTION_LABELS, asker=asker, answerer=answerer, **page)


@bp.post("/opinions/<public_id>/clear")
@writes(reshow=show)
@permission_required(Permission.OPINION_READ, of=queries.get_opinion)
def declare_no_conflict(opinion: LegalOpinion) -> ResponseReturnValue:
    """The lawyer confirms each line of the conflict check."""
    form = FormReader(request.form, today=clock.today())
    for name in ("not_acting", "firm_not_engaged", "no_relative"):
        if not form.has(name):
            form.fail(name, "请逐条确认；有一条说不准，请选“我要回避”。")
    form.finish()
    actions.declare_no_conflict(opinion, by=current_actor(), now=clock.now())
    return redirect(url_for("counsel.show", public_id=opinion.public_id))


@bp.post("/opinions/<public_id>/decline")
@writes(reshow=show)
@permission_required(Permission.OPINION_READ, of=queries.get_opinion)
def decline_opinion(opinion: LegalOpinion) -> ResponseReturnValue:
    """The lawyer steps aside."""
    form = FormReader(request.form, today=clock.today())
    ground = form.choice("ground", "理由", RecusalGround)
    facts = form.text("facts_of_recusal", "事实", limit=2000)
    form.finish()
    actions.decline_opinion(opinion, ground, facts, by=current_actor(), now=clock.now())
    flash("已经回避。这件事您不再看得到，中心会另请律师。", "ok")
    return redirect(url_for("counsel.index"))


@bp.post("/opinions/<public_id>/draft")
@writes(reshow=show)
@permission_required(Permission.OPINION_WRITE, of=queries.get_opinion)
def save_draft(opinion: LegalOpinion) -> ResponseReturnValue:
    """Keep the draft; asked by the page itself every ten seconds, or by its button."""
    form = FormReader(request.form, today=clock.today())
    actions.save_draft(opinion, read_text(form), seen=form.version(), now=clock.now())
    if request.headers.get("HX-Request"):
        return jsonify(version=opinion.version)
    flash("草稿已存。", "ok")
    return redirect(url_for("counsel.show", public_id=opinion.public_id))


@bp.post("/opinions/<public_id>/submit")
@writes(reshow=show)
@permission_required(Permission.OPINION_WRITE, of=queries.get_opinion)
def submit_opinion(opinion: LegalOpinion) -> ResponseReturnValue:
    """Lock the opinion and issue the paper."""
    form = FormReader(request.form, today=clock.today())
    paper = actions.submit_opinion(opinion, read_text(form), seen=form.version(), by=current_actor(), now=clock.now())
    flash(f"已提交，编号 {paper.number}。中心会答复采纳情况。", "ok")
    return redirect(url_for("counsel.show", public_id=opinion.public_id))


@bp.post("/opinions/<public_id>/answer")
@writes(reshow=show)
@permission_required(Permission.OPINION_ANSWER, of=queries.get_opinion)
def answer_opinion(opinion: LegalOpinion) -> ResponseReturnValue:
    """Say whether the opinion is adopted, and why."""
    form = FormReader(request.form, today=clock.today())
    adoption = form.choice("adoption", "是否采纳", Adoption)
    reasons = form.text("reasons", "理由", limit=5000)
    form.finish()
    actions.answer_opinion(opinion, adoption, reasons, by=current_actor(), now=clock.now())
    flash("已答复，律师能看到。", "ok")
    return redirect(url_for("counsel.show", public_id=opinion.public_id))


@bp.post("/opinions/<public_id>/withdraw")
@writes(reshow=show)
@permission_required(Permission.OPINION_ANSWER, of=queries.get_opinion)
def withdraw_opinion(opinion: LegalOpinion) -> ResponseReturnValue:
    """Take the request back before it is submitted."""
    form = FormReader(request.form, today=clock.today())
    reason = form.text("reason", "原因", limit=2000)
    form.finish()
    actions.withdraw_opinion(opinion, reason, by=current_actor(), now=clock.now())
    flash("已撤回。", "ok")
    return redirect(url_for("counsel.show_request", public_id=opinion.matter.public_id))


@bp.post("/opinions/<public_id>/supplement")
@writes(reshow=show)
@permission_required(Permission.OPINION_READ, of=queries.get_opinion)
def supplement_opinion(opinion: LegalOpinion) -> ResponseReturnValue:
    """Begin a supplement; only the lawyer himself."""
    form = FormReader(request.form, today=clock.today())
    reason = form.text("reason", "补充什么", limit=2000)
    form.finish()
    supplement = actions.supplement_opinion(opinion, reason, by=current_actor(), today=clock.today(), now=clock.now())
    return redirect(url_for("counsel.show", public_id=supplement.public_id))


@bp.get("/opinions/<public_id>/preview")
@permission_required(Permission.OPINION_WRITE, of=queries.get_opinion)
def preview(opinion: LegalOpinion) -> ResponseReturnValue:
    """The saved draft as it would look on paper, marked as a draft."""
    return _pdf(render_draft(actions.facts_for_paper(opinion, opinion.text, now=clock.now())), "draft.pdf")


@bp.get("/opinions/<public_id>/file")
@permission_required(Permission.OPINION_READ, of=queries.get_opinion)
def show_file(opinion: LegalOpinion) -> ResponseReturnValue:
    """The issued paper."""
    paper = queries.find_paper(opinion)
    if paper is None or paper.latest is None:
        raise NotFound("文书还没有生成，请过几秒再打开。")
    return _pdf(read_bytes(paper.latest), paper.latest.file_name)


@bp.get("/opinions/<public_id>/word")
@permission_required(Permission.OPINION_READ, of=queries.get_opinion)
def send_working_copy(opinion: LegalOpinion) -> ResponseReturnValue:
    """The issued paper as a Word file to go on working with."""
    paper = queries.find_paper(opinion)
    if paper is None:
        raise NotFound("文书还没有生成，请过几秒再打开。")
    return word_file(copy_for_word(paper), working_copy_name(get_paper_type(paper.type_name).title, paper.number))


def lamp_of(opinion: LegalOpinion) -> Lamp | None:
    """How much time the lawyer has left to write, or the office to answer; None when nobody waits."""
    waits = opinion.status is OpinionStatus.SUBMITTED
    due_on = opinion.answer_due_on if waits else opinion.due_on
    if not opinion.is_open or due_on is None:
        return None
    return days_left(due_on, clock.today(), calendar())


def _workbench(actor: Actor) -> dict[str, object]:
    today = clock.today()
    until = today + timedelta(days=DAYS_AHEAD)
    return {
        "asked": queries.list_asked(actor),
        "written": queries.list_written(actor),
        "duty": queries.list_own_duty(actor.account_id, today, until),
        "sessions": list_sessions_of_person(actor.account_id, today, until),
        "today": today,
    }


def _editor(opinion: LegalOpinion) -> dict[str, object]:
    papers = [
        (get_paper_type(paper.type_name).title, paper)
        for paper in list_papers_of_matter(opinion.matter_id)
        if paper.type_name != queries.KIND and not get_paper_type(paper.type_name).is_closed
    ]
    return {
        "routes": ROUTE_LABELS,
        "missing": missing_parts(opinion.text),
        "papers": papers,
        "hidden": HIDDEN,
        "parties": _parties(opinion.matter),
        "may_read_content": may(Permission.MATTER_READ_CONTENT, opinion.matter),
    }


def _parties(matter: Matter) -> list[tuple[str, str]]:
    """Side and full name: without it nobody can say that he acts for none of them."""
    return [(LABELS[party.side], party.name) for party in matter.parties]


def _objection(standing: queries.LawyerStanding) -> str:
    try:
        check_may_ask(standing)
    except RuleViolation as refusal:
        return refusal.message
    return ""


def _pdf(content: bytes, name: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
