"""Issued papers of a batch: bytes for each exactly once, also after a crash; one file to print and one to hand on."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy

from app.documents.actions import issue, render_missing, render_papers
from app.documents.models import IssuedPaper, PaperRevision, RevisionKind
from app.documents.queries import merge_papers, read_bytes, zip_papers
from app.documents.rendering import merging
from app.documents.rules import NumberRequest, Owner
from app.documents.storage import documents_dir
from app.errors import FileMissing, NotFound
from app.web import faults
from app.web.transaction import transaction
from tests.documents.batch.papers import STRUCTURES
from tests.documents.reading import squeezed, text_of
from tests.factories import make_organisation

NOW = datetime(2025, 4, 1, 4, 0, tzinfo=UTC)
SERIES = NumberRequest("mediation_agreement", "({year}){prefix}第12-{n:03d}号")


@pytest.fixture
def paper_ids(db: SQLAlchemy) -> list[int]:
    """Five numbered agreements of two structures, without bytes."""
    with transaction():
        committee = make_organisation("滨澜区矛调中心人民调解委员会", number_prefix="滨澜人调字")
        papers = [
            issue(
                facts,
                owner=Owner("agreement", at),
                matter_id=9,
                organisation=committee,
                by=None,
                now=NOW,
                number=SERIES,
                renders=False,
            )
            for at, facts in enumerate([*STRUCTURES["two payments"], *STRUCTURES["one payment"][:2]])
        ]
        return [paper.id for paper in papers]


@pytest.fixture(autouse=True)
def no_faults() -> Iterator[None]:
    """Whatever a test arms ends with it."""
    yield
    faults.arm("")


def revisions(db: SQLAlchemy) -> list[PaperRevision]:
    """All revisions, as the database has them now."""
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(sa.select(PaperRevision).order_by(PaperRevision.paper_id)))


def test_render_papers_makes_the_bytes_of_each_once_and_no_more_when_called_again(
    paper_ids: list[int], db: SQLAlchemy
) -> None:
    assert sorted(render_papers(paper_ids, now=NOW)) == paper_ids
    assert list(render_papers(paper_ids, now=NOW)) == []

    made = revisions(db)
    assert [(row.paper_id, row.revision, row.kind) for row in made] == [
        (paper_id, 0, RevisionKind.ISSUED) for paper_id in paper_ids
    ]
    assert "（2025）滨澜人调字第12-002号" in squeezed(text_of(read_bytes(made[1])))
    assert {row.paper.is_ready for row in made} == {True}


@pytest.mark.parametrize("fault", ["render.mid_write:error@2", "sign.after_rename:error@2"])
def test_p12_render_papers_after_a_crash_makes_what_is_missing_and_leaves_no_file_without_a_row(
    paper_ids: list[int], db: SQLAlchemy, fault: str
) -> None:
    faults.arm(fault)
    with pytest.raises(faults.FaultInjected):
        list(render_papers(paper_ids, now=NOW))
    faults.arm("")
    assert len(revisions(db)) == 1

    assert render_missing(NOW) == 4

    made = revisions(db)
    found = {path.name for row in made for path in documents_dir().glob(f"*-{row.paper.check_code}.pdf*")}
    assert found == {row.file_name for row in made}


def test_render_papers_when_another_print_of_the_paper_lies_about_takes_it_away(
    paper_ids: list[int], db: SQLAlchemy
) -> None:
    documents_dir().mkdir(parents=True, exist_ok=True)
    strays = [documents_dir() / f"{each}-0123456789ab-agreement-2025-12-1-issued-X.pdf" for each in (paper_ids[0], 999)]
    for stray in strays:
        stray.write_bytes(b"%PDF")

    list(render_papers(paper_ids, now=NOW))

    assert [stray.exists() for stray in strays] == [False, True]
    strays[1].unlink()


def test_render_papers_when_one_is_damaged_makes_the_others(paper_ids: list[int], db: SQLAlchemy) -> None:
    with transaction():
        broken, other = (db.session.get_one(IssuedPaper, each) for each in paper_ids[:2])
        broken.facts_sealed = other.facts_sealed

    assert sorted(render_papers(paper_ids, now=NOW)) == paper_ids[1:]


def test_render_papers_within_a_transaction_is_refused(paper_ids: list[int]) -> None:
    with pytest.raises(RuntimeError), transaction():
        list(render_papers(paper_ids, now=NOW))


def test_merged_papers_stand_in_the_order_asked_for(
    paper_ids: list[int], db: SQLAlchemy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "OPEN_FILES", 2)
    list(render_papers(paper_ids, now=NOW))
    target = BytesIO()

    pages = merge_papers([paper_ids[2], paper_ids[0], paper_ids[1]], target)

    with pikepdf.open(target) as pdf:
        assert len(pdf.pages) == pages == 9
    text = squeezed(text_of(target.getvalue()))
    assert text.index("第12-003号") < text.index("第12-001号") < text.index("第12-002号")


def test_packed_papers_are_the_files_under_their_names(paper_ids: list[int], db: SQLAlchemy) -> None:
    list(render_papers(paper_ids, now=NOW))
    target, again = BytesIO(), BytesIO()

    zip_papers({paper_ids[1]: "12-002.pdf", paper_ids[0]: "12-001.pdf"}, target)
    zip_papers({paper_ids[1]: "12-002.pdf", paper_ids[0]: "12-001.pdf"}, again)

    with ZipFile(target) as archive:
        assert archive.namelist() == ["12-002.pdf", "12-001.pdf"]
        assert archive.read("12-001.pdf") == read_bytes(revisions(db)[0])
    assert target.getvalue() == again.getvalue()


def test_merged_papers_when_one_has_no_bytes_or_was_changed_are_refused(paper_ids: list[int], db: SQLAlchemy) -> None:
    with pytest.raises(NotFound, match="没有生成完"):
        merge_papers(paper_ids, BytesIO())
    list(render_papers(paper_ids[:2], now=NOW))
    file = documents_dir() / revisions(db)[0].file_name
    file.write_bytes(file.read_bytes() + b" ")

    with pytest.raises(FileMissing):
        merge_papers(paper_ids[:2], BytesIO())
