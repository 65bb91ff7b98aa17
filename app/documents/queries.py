"""Reading papers: one by id or check code, lists of an owner, bytes of a revision."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from zipfile import ZipFile, ZipInfo

import pikepdf
import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.documents.models import IssuedPaper, PaperRevision
from app.documents.papers import get_paper_type
from app.documents.papers.base import Facts
from app.documents.rendering.merging import merge
from app.documents.rules import Owner
from app.documents.storage import check_digest, documents_dir, read_file
from app.errors import NotFound
from app.extensions import db
from app.privacy.key_ring import DAMAGED, SealBroken


def get_paper(public_id: str) -> IssuedPaper:
    """The paper with this public id; NotFound otherwise."""
    paper = db.session.scalar(sa.select(IssuedPaper).filter_by(public_id=public_id))
    if paper is None:
        raise NotFound("没有这份文书，或者它不归您看。")
    return paper


def find_paper_by_code(code: str) -> IssuedPaper | None:
    """The paper with this check code (normal form)."""
    return db.session.scalar(sa.select(IssuedPaper).filter_by(check_code=code))


def find_revision_by_digest(sha256: str) -> PaperRevision | None:
    """The revision whose file has exactly these bytes, void ones included."""
    return db.session.scalar(sa.select(PaperRevision).filter_by(sha256=sha256).order_by(PaperRevision.id))


def list_papers_of(owner: Owner) -> list[IssuedPaper]:
    """The papers of one owner, oldest first."""
    return _list(sa.and_(IssuedPaper.owner_kind == owner.kind, IssuedPaper.owner_id == owner.id))


def list_papers_of_many(kind: str, owner_ids: Sequence[int]) -> dict[int, list[IssuedPaper]]:
    """The papers of many owners of one kind, oldest first, by the owner's id."""
    found: dict[int, list[IssuedPaper]] = {}
    for paper in _list(sa.and_(IssuedPaper.owner_kind == kind, IssuedPaper.owner_id.in_(owner_ids))):
        found.setdefault(paper.owner_id, []).append(paper)
    return found


def list_papers_of_matter(matter_id: int) -> list[IssuedPaper]:
    """All papers of one matter, oldest first."""
    return _list(IssuedPaper.matter_id == matter_id)


def facts_of(paper: IssuedPaper) -> Facts:
    """The frozen facts of a paper; SealBroken when they do not open."""
    if paper.facts_json == DAMAGED:
        raise SealBroken(f"the facts of issued_paper {paper.public_id} are damaged")
    return get_paper_type(paper.type_name).facts.from_json(paper.facts_json)


def read_bytes(revision: PaperRevision) -> bytes:
    """The file of one revision, exactly as it was written; FileMissing when it is gone or was changed."""
    content = read_file(documents_dir(), revision.file_name)
    check_digest(content, revision.sha256, revision.file_name)
    return content


def pages_of_anchors(revision: PaperRevision) -> dict[str, int]:
    """On which page of the file each named place of the template lies, counted from 1."""
    with pikepdf.open(BytesIO(read_bytes(revision))) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        names = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
        if names is None:
            return {}
        return {str(name): numbers[target[0].objgen] for name, target in pikepdf.NameTree(names).items()}


def merge_papers(paper_ids: Sequence[int], target: BinaryIO) -> int:
    """Write the newest revisions of papers in this order as one print file; gives its pages.

    NotFound for a paper without bytes, FileMissing when bytes are gone or were changed. Takes little memory.
    """
    return merge((_checked_path(each) for each in _newest_revisions(paper_ids)), target)


def zip_papers(names: Mapping[int, str], target: BinaryIO) -> None:
    """Write the newest revisions of papers as a ZIP file under these names, e.g. {5: "12-001.pdf"}, in this order.

    Refuses what `merge_papers` refuses.
    """
    with ZipFile(target, "w") as archive:
        for name, revision in zip(names.values(), _newest_revisions([*names]), strict=True):
            # A fixed date: the same papers make the same file.
            archive.writestr(ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0)), read_bytes(revision))


def _newest_revisions(paper_ids: Sequence[int]) -> Iterator[PaperRevision]:
    for start in range(0, len(paper_ids), 100):
        some = paper_ids[start : start + 100]
        newest = {paper.id: paper.latest for paper in _list(IssuedPaper.id.in_(some))}
        for paper_id in some:
            revision = newest.get(paper_id)
            if revision is None:
                raise NotFound("还有文书没有生成完，请等生成结束后再合并或者下载。")
            yield revision


def _checked_path(revision: PaperRevision) -> Path:
    read_bytes(revision)
    return documents_dir() / revision.file_name


def _list(condition: sa.ColumnElement[bool]) -> list[IssuedPaper]:
    statement = (
        sa.select(IssuedPaper).where(condition).options(selectinload(IssuedPaper.revisions)).order_by(IssuedPaper.id)
    )
    return list(db.session.scalars(statement))
