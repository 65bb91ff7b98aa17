"""The pages of the office's own wording: papers, one paper with its passages, sample, history, publishing."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.documents.papers import get_paper_type
from app.documents.papers.passages import PASSAGES
from app.documents.rendering.composing import Paper, PaperState
from app.documents.rendering.engine import render_paper
from app.documents.wording import actions, queries
from app.documents.wording.forms import read_texts
from app.documents.wording.models import PaperWording, WordingState
from app.documents.wording.reading import lines_of
from app.documents.wording.rules import list_changes
from app.documents.wording.samples import SAMPLES
from app.errors import NotFound
from app.law import clock
from app.people.queries import get_account_by_id
from app.web.forms import FormReader
from app.web.transaction import check_seen_version, writes

bp = Blueprint("wording", __name__)
PILLS = {
    WordingState.DRAFT: ("草稿", "warn"),
    WordingState.IN_FORCE: ("现在用", "ok"),
    WordingState.ENDED: ("用过", "idle"),
    WordingState.WITHDRAWN: ("已撤回", "idle"),
}


@bp.get("/settings/wording")
@permission_required(Permission.WORDING_WRITE)
def show_papers() -> ResponseReturnValue:
    """Every paper with passages to word, and which have own wording."""
    papers = queries.list_papers(_own_area())
    return render_template("wording/papers.html", papers=papers, titles=_titles(), passages=PASSAGES)


@bp.get("/settings/wording/<paper_type>")
@permission_required(Permission.WORDING_WRITE)
def show_paper(paper_type: str) -> ResponseReturnValue:
    """The whole paper: locked text to read, passages as fields."""
    _check_type(paper_type)
    draft, in_force = _rows(paper_type)
    newest = draft or in_force
    return render_template(
        "wording/paper.html",
        paper_type=paper_type,
        title=_titles()[paper_type],
        lines=lines_of(paper_type),
        passages={passage.name: passage for passage in PASSAGES[paper_type]},
        texts=queries.full_texts(paper_type, newest.texts if newest else {}),
        draft=draft,
        in_force=in_force,
        versions=queries.list_versions(paper_type, _own_area()),
        pills=PILLS,
        samples=list(SAMPLES[paper_type]),
    )


@bp.post("/settings/wording/<paper_type>")
@writes(reshow=show_paper)
@permission_required(Permission.WORDING_WRITE)
def save_draft(paper_type: str) -> ResponseReturnValue:
    """Keep a draft."""
    _check_type(paper_type)
    form = FormReader(request.form, today=clock.today())
    if (draft := queries.find_draft(paper_type, _own_area())) is not None:
        check_seen_version(draft, form.version())
    texts = read_texts(form, paper_type)
    actions.save_draft(paper_type, _own_area(), texts, by=current_actor(), now=clock.now())
    flash("草稿已存。发布以前，签发的文书还用原来的话。", "ok")
    return redirect(url_for("wording.show_paper", paper_type=paper_type))


@bp.get("/settings/wording/<paper_type>/preview")
@permission_required(Permission.WORDING_WRITE)
def show_sample(paper_type: str) -> ResponseReturnValue:
    """A paper with invented facts as PDF, in the version asked for or the newest; leaves no record."""
    _check_type(paper_type)
    samples = list(SAMPLES[paper_type].values())
    of_number = {str(number): facts for number, facts in enumerate(samples)}
    facts = of_number.get(request.args.get("sample", ""), samples[0])
    draft, in_force = _rows(paper_type)
    row = _asked_version(paper_type) or draft or in_force
    paper = Paper(type_name=paper_type, facts=facts, wording=row.texts if row else {}, is_sample=True)
    pdf = render_paper(paper, state=PaperState.DRAFT, code=None, check_url=None, marks=None).pdf
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="sample.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/settings/wording/<paper_type>/history")
@permission_required(Permission.WORDING_WRITE)
def show_history(paper_type: str) -> ResponseReturnValue:
    """All versions; what the one asked for changed in what was in force before it."""
    _check_type(paper_type)
    versions = queries.list_versions(paper_type, _own_area())
    row = _asked_version(paper_type) or (versions[0] if versions else None)
    earlier = queries.find_earlier(row) if row else None
    return render_template(
        "wording/history.html",
        paper_type=paper_type,
        title=_titles()[paper_type],
        versions=versions,
        row=row,
        earlier=earlier,
        changes=list_changes(paper_type, earlier.texts if earlier else {}, row.texts) if row else [],
        pills=PILLS,
    )


@bp.get("/settings/wording/<paper_type>/publish")
@permission_required(Permission.WORDING_PUBLISH)
def show_publishing(paper_type: str) -> ResponseReturnValue:
    """What publishing the draft changes, and from when."""
    _check_type(paper_type)
    draft, in_force = _rows(paper_type)
    return render_template(
        "wording/publish.html",
        paper_type=paper_type,
        title=_titles()[paper_type],
        draft=draft,
        in_force=in_force,
        changes=list_changes(paper_type, in_force.texts if in_force else {}, draft.texts) if draft else [],
        samples=list(SAMPLES[paper_type]),
    )


@bp.post("/settings/wording/<paper_type>/publish")
@writes(reshow=show_publishing)
@permission_required(Permission.WORDING_PUBLISH)
def publish(paper_type: str) -> ResponseReturnValue:
    """Put the draft in force."""
    draft = _seen_draft(paper_type)
    actions.publish_draft(draft, by=current_actor(), now=clock.now())
    flash(f"第 {draft.number} 版已发布，从现在起签发的文书用它。以前签发的不变。", "ok")
    return redirect(url_for("wording.show_paper", paper_type=paper_type))


@bp.post("/settings/wording/<paper_type>/withdraw")
@writes
@permission_required(Permission.WORDING_WRITE)
def withdraw(paper_type: str) -> ResponseReturnValue:
    """Take the draft back."""
    actions.withdraw_draft(_seen_draft(paper_type), by=current_actor(), now=clock.now())
    flash("草稿已撤回，留在各版里可以查。", "ok")
    return redirect(url_for("wording.show_paper", paper_type=paper_type))


def _own_area() -> int:
    return queries.area_of(get_account_by_id(current_actor().account_id).organisation)


def _rows(paper_type: str) -> tuple[PaperWording | None, PaperWording | None]:
    area = _own_area()
    return queries.find_draft(paper_type, area), queries.find_in_force(paper_type, area)


def _check_type(paper_type: str) -> None:
    if paper_type not in PASSAGES:
        raise NotFound("没有这种文书，或者它没有可以自己写的文字。")


def _seen_draft(paper_type: str) -> PaperWording:
    _check_type(paper_type)
    draft = queries.find_draft(paper_type, _own_area())
    if draft is None:
        raise NotFound("这种文书没有草稿，可能刚刚已经发布或者撤回。")
    check_seen_version(draft, FormReader(request.form, today=clock.today()).version())
    return draft


def _asked_version(paper_type: str) -> PaperWording | None:
    typed = request.args.get("version", "")
    if not (typed.isascii() and typed.isdigit() and len(typed) < 6):
        return None
    return queries.get_version(paper_type, _own_area(), int(typed))


def _titles() -> dict[str, str]:
    return {name: get_paper_type(name).title for name in PASSAGES}
