"""The file of a paper, served only to who may read its matter."""

from flask import Response, make_response, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import AccessView, Actor, Permission, is_allowed
from app.counsel.models import LegalOpinion
from app.desk.routes import bp
from app.documents.actions import copy_for_word
from app.documents.models import IssuedPaper, PaperRevision
from app.documents.papers import get_paper_type
from app.documents.queries import get_paper, read_bytes
from app.documents.rendering.word.working_copy import working_copy_name
from app.errors import NotFound
from app.extensions import db
from app.hearings.queries.deliberation import find_room_of_paper
from app.hearings.queries.opinions import is_opinion_served
from app.matters.models import Matter
from app.web.downloads import disposition, word_file

KEPT_APART = frozenset({"legal_opinion"})
"""Papers that fewer people may read than the matter; their own page serves them."""


class PaperOfMatter:
    """A paper with the matter it belongs to: whoever may read the matter may open the paper."""

    def __init__(self, paper: IssuedPaper, matter: Matter) -> None:
        self.paper = paper
        self.matter = matter

    def access_view(self) -> AccessView:
        """The matter's own view."""
        return self.matter.access_view()


def paper_of_matter(public_id: str) -> PaperOfMatter:
    """The paper with this public id and its matter; NotFound when either is missing."""
    paper = get_paper(public_id)
    matter = db.session.get(Matter, paper.matter_id) if paper.matter_id else None
    if matter is None or paper.type_name in KEPT_APART:
        raise NotFound("没有这份文书，或者它不归您看。")
    return PaperOfMatter(paper, matter)


NARROWER = {
    "legal_opinion": Permission.OPINION_READ,
    "mediation_agreement": Permission.AGREEMENT_READ,
    "oral_agreement_form": Permission.AGREEMENT_READ,
    "mediation_record": Permission.MEDIATION_RECORD,
}
"""Papers that not everybody who reads the matter may open."""


def may_open(actor: Actor, paper: IssuedPaper, matter: Matter) -> bool:
    """True if the person may open this paper of a matter that he may read; a closed one, only who took part in it."""
    kind = get_paper_type(paper.type_name)
    if kind.is_held and not is_opinion_served(paper):
        return is_allowed(actor, Permission.HEARING_FILE, matter.access_view())
    if kind.is_closed:
        room = find_room_of_paper(paper.owner_id)
        return room is not None and is_allowed(actor, Permission.HEARING_DELIBERATE, room.access_view())
    permission = NARROWER.get(paper.type_name)
    if permission is None:
        return True
    opinion = db.session.get(LegalOpinion, paper.owner_id) if permission is Permission.OPINION_READ else None
    return is_allowed(actor, permission, (opinion or matter).access_view())


def addresses_of(actor: Actor, paper: IssuedPaper, matter: Matter) -> tuple[str, str]:
    """Where this person opens the paper, and its working copy; '' while there is none, or where he is refused."""
    if not paper.is_ready or not is_allowed(actor, Permission.PAPER_READ, matter.access_view()):
        return "", ""
    if paper.type_name not in KEPT_APART:
        pages, public_id = ("desk.show_paper_file", "desk.send_working_copy"), paper.public_id
    else:
        opinion = db.session.get_one(LegalOpinion, paper.owner_id)
        pages, public_id = ("counsel.show_file", "counsel.send_working_copy"), opinion.public_id
    file, word = (url_for(page, public_id=public_id) for page in pages)
    return file, word


@bp.get("/papers/<public_id>/file")
@permission_required(Permission.PAPER_READ, of=paper_of_matter)
def show_paper_file(found: PaperOfMatter) -> ResponseReturnValue:
    """The newest revision as PDF in the browser; `?download=1` saves it, `?revision=0` names an earlier one."""
    if not may_open(current_actor(), found.paper, found.matter):
        raise NotFound("没有这份文书，或者它不归您看。")
    revision = _revision(found.paper)
    return pdf_response(found.paper, revision, is_download=request.args.get("download") == "1")


@bp.get("/papers/<public_id>/word")
@permission_required(Permission.PAPER_READ, of=paper_of_matter)
def send_working_copy(found: PaperOfMatter) -> ResponseReturnValue:
    """The paper as a Word file to go on working with, for whoever may open the PDF."""
    paper = found.paper
    if not may_open(current_actor(), paper, found.matter):
        raise NotFound("没有这份文书，或者它不归您看。")
    return word_file(copy_for_word(paper), working_copy_name(get_paper_type(paper.type_name).title, paper.number))


def pdf_response(paper: IssuedPaper, revision: PaperRevision, *, is_download: bool) -> Response:
    """The bytes with a name that every browser keeps (RFC 6266)."""
    response = make_response(read_bytes(revision))
    title = get_paper_type(paper.type_name).title
    name = f"{title}{paper.number}.pdf"
    way = "attachment" if is_download else "inline"
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = disposition(name, fallback="paper.pdf", way=way)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["ETag"] = f'"{revision.sha256}"'
    return response


def _revision(paper: IssuedPaper) -> PaperRevision:
    wanted = request.args.get("revision", "")
    revision = paper.latest
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 4:
        revision = next((row for row in paper.revisions if row.revision == int(wanted)), None)
    if revision is None:
        raise NotFound("这份文书还在生成，请过几秒再打开。")
    return revision
