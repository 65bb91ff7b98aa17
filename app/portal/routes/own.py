"""The petitioner's own pages: where the matter stands, his papers, a question."""

from datetime import date
from urllib.parse import quote

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.agreements.models import Agreement
from app.agreements.queries.payments import Payment, payments_of
from app.documents.models import IssuedPaper
from app.documents.papers import get_paper_type
from app.documents.queries import read_bytes
from app.errors import NotFound
from app.law import clock
from app.notices.actions import leave_wish
from app.notices.rules import WishKind
from app.portal.queries import (
    find_own_paper,
    list_own_agreements,
    list_own_papers,
    own_row,
    way_of,
)
from app.portal.routes import bp
from app.portal.rules.journey import plan_journey
from app.portal.visiting import Visit, visit_required
from app.privacy.masking import mask_name
from app.web.forms import FormReader
from app.web.transaction import writes

LONGEST_QUESTION = 500


@bp.get("/p/progress")
@visit_required
def show_progress(visit: Visit) -> ResponseReturnValue:
    """一案一图: where the matter stands and what to do now."""
    now = clock.now()
    way = way_of(visit.party, now=now)
    agreements = list_own_agreements(visit.party)
    agreement = agreements[-1] if agreements else None
    return render_template(
        "portal/progress.html",
        visit=visit,
        masked_name=mask_name(visit.party.name, filler="*"),
        journey=plan_journey(way, today=clock.local_date(now)),
        way=way,
        agreement=agreement,
        payments=_payments(agreement, visit, clock.local_date(now)) if agreement else [],
        papers=list_own_papers(visit.party),
    )


@bp.get("/p/papers")
@visit_required
def show_papers(visit: Visit) -> ResponseReturnValue:
    """The papers made out to this person."""
    papers = [(paper, get_paper_type(paper.type_name).title) for paper in list_own_papers(visit.party)]
    return render_template("portal/papers.html", papers=papers)


@bp.get("/p/papers/<public_id>/file")
@visit_required
def send_paper(visit: Visit, public_id: str) -> ResponseReturnValue:
    """One of these papers as a file; everybody else's does not exist (B231)."""
    paper = find_own_paper(visit.party, public_id)
    if paper is None:
        raise NotFound("没有这份文书。")
    return file_of(paper)


@bp.get("/p/question")
@visit_required
def show_question(_visit: Visit) -> ResponseReturnValue:
    """Ask the staff something."""
    return render_template("portal/question.html")


@bp.post("/p/question")
@writes(reshow=show_question)
@visit_required
def ask(visit: Visit) -> ResponseReturnValue:
    """Keep the question for the staff, who call back."""
    form = FormReader(request.form, today=clock.today())
    question = form.text("question", "您想问的", limit=LONGEST_QUESTION)
    form.finish()
    leave_wish(WishKind.QUESTION, matter_id=visit.matter.id, party_id=visit.party.id, text=question, now=clock.now())
    flash("问题收到了，工作人员会打电话给您。", "ok")
    return redirect(url_for("portal.show_progress"))


def file_of(paper: IssuedPaper) -> Response:
    """The newest file of a paper as a download, named in Chinese (B…, RFC 6266)."""
    if paper.latest is None:
        raise NotFound("文书正在生成，请过几秒再点。")
    response = make_response(read_bytes(paper.latest))
    title = f"{get_paper_type(paper.type_name).title}{paper.number}.pdf"
    plain = f"{get_paper_type(paper.type_name).slug}.pdf"
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(title)}"
    return response


def _payments(agreement: Agreement, visit: Visit, today: date) -> list[Payment]:
    return payments_of(agreement, own_row(agreement, visit.party).key, today=today)
