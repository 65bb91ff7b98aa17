"""What goes to the court as one file: application, list of materials, agreement."""

from contextlib import ExitStack
from io import BytesIO

import pikepdf

from app.agreements.models import Confirmation
from app.documents.models import IssuedPaper
from app.documents.queries import list_papers_of, read_bytes
from app.documents.rendering.merging import append_pages
from app.documents.rules import Owner
from app.errors import NotFound

ORDER = ("confirmation_application", "confirmation_materials")


def packet_of(application: Confirmation) -> bytes:
    """One PDF with everything the office itself brings; NotFound while a part is not made yet."""
    of_application = {
        paper.type_name: paper for paper in list_papers_of(Owner("judicial_confirmation", application.id))
    }
    papers = [of_application[name] for name in ORDER if name in of_application]
    if application.agreement.paper is not None:
        papers.append(application.agreement.paper)
    target = BytesIO()
    with ExitStack() as held:
        joined = held.enter_context(pikepdf.new())
        for content in [_bytes_of(paper) for paper in papers]:
            append_pages(joined, held.enter_context(pikepdf.open(BytesIO(content))))
        joined.save(target, deterministic_id=True)
    return target.getvalue()


def _bytes_of(paper: IssuedPaper) -> bytes:
    if paper.latest is None:
        raise NotFound("申请材料正在生成，请过几秒再点。")
    return read_bytes(paper.latest)
