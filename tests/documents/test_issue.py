"""Issuing papers: gap-free numbers, frozen facts, bytes after the commit, every revision kept."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from app.documents.actions import (
    add_revision,
    check_url,
    issue,
    render_issued,
    render_missing,
    take_number,
    void_paper,
)
from app.documents.models import IssuedPaper, PaperRevision, RevisionKind
from app.documents.queries import facts_of, find_paper_by_code, find_revision_by_digest, read_bytes
from app.documents.rendering.composing import PaperState
from app.documents.rendering.engine import RenderedPaper
from app.documents.rules import NumberRequest, Owner, find_number_gaps, grouped_code, new_check_code, normal_check_code
from app.documents.storage import documents_dir, remove_leftovers
from app.errors import DomainError, FileMissing, RuleViolation
from app.people.models import Organisation
from app.privacy.key_ring import DAMAGED, SealBroken
from app.web import faults
from app.web.transaction import transaction
from tests.documents.samples import water_leak
from tests.factories import actor_of, make_account, make_organisation

NOW = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
SERIES = NumberRequest("mediation_agreement", "({year}){prefix}第{n}号")


@pytest.fixture
def committee(db: SQLAlchemy) -> Organisation:
    with transaction():
        return make_organisation("滨澜区矛调中心人民调解委员会", number_prefix="滨澜人调字")


def issue_one(committee: Organisation, **changes: object) -> IssuedPaper:
    return issue(
        changes.pop("facts", water_leak()),
        owner=Owner("agreement", 5),
        matter_id=9,
        organisation=committee,
        by=actor_of(make_account(organisation=committee)),
        now=NOW,
        number=SERIES,
        **changes,
    )


def test_r_doc_n01_numbers_are_printed_and_counted_per_body_series_and_year(committee: Organisation) -> None:
    other = NumberRequest("opinion", "{prefix}〔{year}〕{n}号")
    with transaction():
        numbers = [take_number(committee, SERIES, now=NOW) for _ in range(2)]
        letter = take_number(committee, other, now=NOW)
        # 23:30 on New Year's Eve in Shanghai is still the old year; half an hour later it is not.
        eve = take_number(committee, SERIES, now=datetime(2026, 12, 31, 15, 30, tzinfo=UTC))
        new_year = take_number(committee, SERIES, now=datetime(2026, 12, 31, 16, 0, tzinfo=UTC))
    assert numbers == ["(2026)滨澜人调字第1号", "(2026)滨澜人调字第2号"]
    assert letter == "滨澜人调字〔2026〕1号"
    assert (eve, new_year) == ("(2026)滨澜人调字第3号", "(2027)滨澜人调字第1号")


def test_inv_30_a_number_given_back_by_rollback_is_taken_next(committee: Organisation) -> None:
    with pytest.raises(RuleViolation), transaction():
        take_number(committee, SERIES, now=NOW)
        raise RuleViolation("不行")
    with transaction():
        assert take_number(committee, SERIES, now=NOW).endswith("第1号")


def test_inv_30_eight_writers_take_numbers_without_gap_or_double(app: Flask, committee: Organisation) -> None:
    def take_five(_: int) -> list[str]:
        taken = []
        with app.app_context():
            for _turn in range(5):
                with transaction():
                    taken.append(take_number(committee, SERIES, now=NOW))
        return taken

    with ThreadPoolExecutor(8) as pool:
        numbers = [number for taken in pool.map(take_five, range(8)) for number in taken]
    counted = [int(number.rpartition("第")[2].removesuffix("号")) for number in numbers]
    assert sorted(counted) == list(range(1, 41))
    assert find_number_gaps([1, 2, 4], 5) == [3, 5]


def test_issue_writes_the_row_with_the_act_and_the_bytes_after_its_commit(
    committee: Organisation, db: SQLAlchemy
) -> None:
    with transaction():
        paper = issue_one(committee)
        assert (paper.number, paper.is_ready) == ("(2026)滨澜人调字第1号", False)
    db.session.expire_all()
    assert paper.is_ready
    revision = db.session.scalars(sa.select(PaperRevision)).one()
    assert read_bytes(revision).startswith(b"%PDF")
    assert (revision.revision, revision.kind) == (0, RevisionKind.ISSUED)
    assert find_revision_by_digest(revision.sha256) is revision
    assert find_paper_by_code(paper.check_code) is paper
    assert facts_of(paper) == water_leak()


def test_issue_when_rolled_back_leaves_neither_number_nor_file(committee: Organisation, db: SQLAlchemy) -> None:
    with pytest.raises(RuleViolation), transaction():
        issue_one(committee)
        raise RuleViolation("不行")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(IssuedPaper)) == 0


@pytest.mark.parametrize(
    "fault", ["issue.after_commit:error@1", "render.mid_write:enospc@1", "sign.after_rename:error@1"]
)
def test_p12_what_a_crash_leaves_without_bytes_is_rendered_by_the_worker(
    committee: Organisation, db: SQLAlchemy, fault: str
) -> None:
    faults.arm(fault)
    with transaction():
        paper = issue_one(committee)
    db.session.expire_all()
    assert not paper.is_ready
    faults.arm("")
    assert render_missing(NOW) == 1
    db.session.expire_all()
    assert paper.is_ready
    assert len(paper.revisions) == 1
    assert not list(documents_dir().glob(".*.part"))
    assert render_missing(NOW) == 0


def test_r_doc_n01_a_void_paper_keeps_number_and_bytes_and_gains_a_void_copy(
    committee: Organisation, db: SQLAlchemy
) -> None:
    with transaction():
        paper, newer = issue_one(committee), issue_one(committee)
    with transaction():
        void_paper(paper, replaced_by=newer, by=actor_of(make_account(organisation=committee)), now=NOW)
    db.session.expire_all()
    assert [row.kind for row in paper.revisions] == [RevisionKind.ISSUED, RevisionKind.VOID]
    assert paper.number == "(2026)滨澜人调字第1号"
    assert paper.replaced_by is newer


def test_r_doc_n01_a_paper_is_voided_once(committee: Organisation) -> None:
    by = actor_of(make_account(organisation=committee))
    with transaction():
        paper = issue_one(committee)
        void_paper(paper, replaced_by=None, by=by, now=NOW)
        with pytest.raises(RuleViolation, match="已经作废"):
            void_paper(paper, replaced_by=None, by=by, now=NOW)


def test_p12_a_void_copy_that_a_crash_prevented_is_made_by_the_worker_after_the_issued_one(
    committee: Organisation, db: SQLAlchemy
) -> None:
    faults.arm("issue.after_commit:error@*")
    with transaction():
        paper = issue_one(committee)
        void_paper(paper, replaced_by=None, by=actor_of(make_account(organisation=committee)), now=NOW)
    faults.arm("")
    assert paper.revisions == []
    render_missing(NOW)
    db.session.expire_all()
    assert [row.kind for row in paper.revisions] == [RevisionKind.ISSUED, RevisionKind.VOID]
    assert render_missing(NOW) == 0


def test_a_paper_that_cannot_be_rendered_holds_up_no_other(committee: Organisation, db: SQLAlchemy) -> None:
    faults.arm("issue.after_commit:error@*")
    with transaction():
        broken, good = issue_one(committee), issue_one(committee)
        broken.facts_sealed = good.facts_sealed
    faults.arm("")
    assert render_missing(NOW) == 1
    db.session.expire_all()
    assert (broken.is_ready, good.is_ready) == (False, True)


def test_add_revision_within_a_transaction_is_refused_before_anything_is_written(committee: Organisation) -> None:
    with transaction():
        paper = issue_one(committee)
    rendered = render_issued(paper, PaperState.ISSUED)
    before = sorted(documents_dir().iterdir())
    with pytest.raises(RuntimeError), transaction():
        add_revision(paper, rendered, RevisionKind.SIGNED, now=NOW)
    assert sorted(documents_dir().iterdir()) == before


def test_two_renders_of_the_same_paper_at_once_give_one_revision(
    app: Flask, committee: Organisation, db: SQLAlchemy
) -> None:
    faults.arm("issue.after_commit:error@1")
    with transaction():
        paper = issue_one(committee)
    rendered = render_issued(paper, PaperState.ISSUED)
    # The second differs in its bytes, as two versions of the layout engine would make it.
    versions = [rendered, replace(rendered, pdf=rendered.pdf + b"\n", sha256="f" * 64)]
    before = set(documents_dir().iterdir())

    def add(version: RenderedPaper) -> str:
        with app.app_context():
            return add_revision(db.session.get_one(IssuedPaper, paper.id), version, RevisionKind.ISSUED, now=NOW).sha256

    with ThreadPoolExecutor(2) as pool:
        digests = set(pool.map(add, versions))
    assert len(digests) == 1
    assert len(set(documents_dir().iterdir()) - before) == 1
    db.session.expire_all()
    assert [row.sha256 for row in paper.revisions] == list(digests)


def test_facts_are_sealed_and_name_nobody_in_number_code_and_file(committee: Organisation, db: SQLAlchemy) -> None:
    with transaction():
        paper = issue_one(committee)
    stored = db.session.execute(sa.text("select * from issued_paper")).mappings().one()
    names = [name for name in ("冯志远", "尤晓琴") if name in water_leak().to_json()]
    assert names
    for value in (*stored.values(), paper.latest.file_name):
        text = value.decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value)
        assert not any(name in text for name in names)
    assert check_url(paper) == f"http://127.0.0.1:8000/verify/{paper.check_code}"


def test_b251_a_damaged_value_is_not_printed_on_a_paper(committee: Organisation, db: SQLAlchemy) -> None:
    facts = water_leak()
    damaged = replace(facts, parties=(replace(facts.parties[0], name=DAMAGED), *facts.parties[1:]))
    with pytest.raises(SealBroken), transaction():
        issue_one(committee, facts=damaged)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(IssuedPaper)) == 0


@pytest.mark.parametrize("harm", ["gone", "changed"])
def test_b248_b249_a_file_that_is_gone_or_changed_is_said_to_be_so(
    app: Flask, committee: Organisation, harm: str
) -> None:
    with transaction():
        paper = issue_one(committee)
    file = documents_dir() / paper.latest.file_name
    if harm == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(FileMissing, match="文件") as missing:
        read_bytes(paper.latest)
    with app.test_request_context():
        answer = app.make_response(app.handle_user_exception(missing.value))
    assert (answer.status_code, "文件" in answer.get_data(as_text=True)) == (404, True)


def test_p17_what_a_crash_left_half_written_is_cleared_away_and_the_rest_is_not(tmp_path: Path) -> None:
    left, fresh, kept = tmp_path / ".a.pdf.00.part", tmp_path / ".b.pdf.00.part", tmp_path / "c.pdf"
    for path in (left, fresh, kept):
        path.write_bytes(b"%PDF")
    for path in (left, kept):
        os.utime(path, (1, 1))
    assert remove_leftovers(tmp_path) == 1
    assert sorted(tmp_path.iterdir()) == [fresh, kept]
    assert remove_leftovers(tmp_path / "nowhere") == 0


def test_c18_papers_are_readable_by_their_owner_alone(committee: Organisation) -> None:
    with transaction():
        paper = issue_one(committee)
    assert stat.S_IMODE((documents_dir() / paper.latest.file_name).stat().st_mode) == 0o600
    assert stat.S_IMODE(documents_dir().stat().st_mode) == 0o700


def test_check_code_has_no_lookalikes_and_is_read_however_it_is_typed() -> None:
    code = new_check_code()
    assert len(code) == 12
    assert not set(code) & set("ILOU")
    assert normal_check_code(f" {grouped_code(code).lower()} ") == code
    assert normal_check_code("8w2d-hr5c-olzp".replace("z", "1")) == "8W2DHR5C011P"


@pytest.mark.parametrize("typed", ["", "8W2D-HR5C", "8W2D-HR5C-01Z!", "8W2D-HR5C-01ZU", "8W2DHR5C01ZPX"])
def test_check_code_when_it_cannot_be_one_says_what_to_do(typed: str) -> None:
    with pytest.raises(DomainError, match="12 位"):
        normal_check_code(typed)
