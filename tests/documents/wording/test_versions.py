"""Versions of own wording: who publishes what, and that a paper keeps the words it was issued with for ever."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Role
from app.audit.models import AuditEvent
from app.documents.actions import issue, render_draft, render_issued, void_paper
from app.documents.models import IssuedPaper, RevisionKind
from app.documents.queries import read_bytes
from app.documents.rendering.composing import PaperState
from app.documents.rules import Owner
from app.documents.wording import queries
from app.documents.wording.actions import publish_draft, save_draft, withdraw_draft
from app.documents.wording.models import PaperWording, WordingState
from app.documents.wording.samples import SAMPLES
from app.errors import Clash, FieldErrors, NotFound, RuleViolation
from app.people.models import Account, Organisation
from app.web.transaction import transaction
from tests.documents.reading import squeezed, text_of
from tests.factories import actor_of, make_account, make_organisation

NOW = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
TYPE = "mediation_end_notice"
FIRST = {"advice": "请到一楼大厅找何静。"}
SECOND = {"advice": "请到二楼204室。", "free_of_charge": "调解不收取任何费用，请放心。"}


@pytest.fixture
def office(db: SQLAlchemy) -> Organisation:
    with transaction():
        return make_organisation("滨澜区信访办公室", parent=make_organisation("滨澜区"))


@pytest.fixture
def leader(office: Organisation) -> Account:
    with transaction():
        return make_account(Role.LEADER, organisation=office, name="陈国梁")


def publish(office: Organisation, leader: Account, texts: dict[str, str], *, at: datetime = NOW) -> PaperWording:
    """Write and publish a version."""
    by = actor_of(leader)
    with transaction():
        row = save_draft(TYPE, queries.area_of(office), texts, by=by, now=at)
        publish_draft(row, by=by, now=at)
    return row


def issue_notice(office: Organisation) -> IssuedPaper:
    """An end notice with the facts of the sample."""
    with transaction():
        facts = next(iter(SAMPLES[TYPE].values()))
        return issue(facts, owner=Owner("case", 3), matter_id=9, organisation=office, by=None, now=NOW)


def test_paper_when_wording_changes_later_prints_the_same_bytes_for_ever(
    office: Organisation, leader: Account, db: SQLAlchemy
) -> None:
    usual = issue_notice(office)
    before = [read_bytes(usual.revisions[0])]
    publish(office, leader, FIRST)
    worded = issue_notice(office)
    before.append(read_bytes(worded.revisions[0]))
    publish(office, leader, SECOND, at=NOW + timedelta(days=1))
    db.session.expire_all()
    for paper, pdf in zip((usual, worded), before, strict=True):
        assert render_issued(paper, PaperState.ISSUED).pdf == pdf == read_bytes(paper.revisions[0])
    assert "何静。" not in squeezed(text_of(before[0]))
    assert "请到一楼大厅找何静。" in squeezed(text_of(before[1]))
    newest = squeezed(text_of(read_bytes(issue_notice(office).revisions[0])))
    assert "请到二楼204室。" in newest
    assert "调解不收取任何费用，请放心。" in newest
    with transaction():
        void_paper(worded, replaced_by=None, by=actor_of(leader), now=NOW)
    void = next(row for row in worded.revisions if row.kind is RevisionKind.VOID)
    assert "请到一楼大厅找何静。" in squeezed(text_of(read_bytes(void)))


def test_paper_when_issued_before_there_was_own_wording_prints_the_usual_words(office: Organisation, db) -> None:
    paper = issue_notice(office)
    pdf = read_bytes(paper.revisions[0])
    paper.wording = None
    assert render_issued(paper, PaperState.ISSUED).pdf == pdf


def test_draft_does_not_reach_papers_and_another_area_has_its_own_words(
    office: Organisation, leader: Account, db: SQLAlchemy
) -> None:
    with transaction():
        far = make_organisation("外区信访办公室")
        save_draft(TYPE, queries.area_of(office), SECOND, by=actor_of(leader), now=NOW)
    assert issue_notice(office).wording == {"free_of_charge": "调解不收取任何费用。", "advice": ""}
    publish(office, leader, FIRST)
    assert issue_notice(far).wording == {"free_of_charge": "调解不收取任何费用。", "advice": ""}
    committee = make_organisation("滨澜区矛调中心人民调解委员会", parent=db.session.get(Organisation, office.parent_id))
    assert queries.texts_in_force(TYPE, committee)["advice"] == FIRST["advice"]
    assert queries.texts_in_force("mediation_record", committee) is None


def test_versions_when_published_or_taken_back_stay_in_the_history(
    office: Organisation, leader: Account, db: SQLAlchemy
) -> None:
    by, area = actor_of(leader), queries.area_of(office)
    first = publish(office, leader, FIRST)
    with transaction():
        dropped = save_draft(TYPE, area, SECOND, by=by, now=NOW)
        withdraw_draft(dropped, by=by, now=NOW)
    second = publish(office, leader, {}, at=NOW + timedelta(days=1))
    rows = queries.list_versions(TYPE, area)
    assert [(row.number, row.state) for row in rows] == [
        (3, WordingState.IN_FORCE),
        (2, WordingState.WITHDRAWN),
        (1, WordingState.ENDED),
    ]
    assert (first.texts, second.texts, first.ended_at) == (FIRST, {}, NOW + timedelta(days=1))
    assert queries.find_earlier(second) is first
    acts = list(db.session.scalars(sa.select(AuditEvent.act).where(AuditEvent.act.startswith("wording."))))
    assert sorted(acts) == ["wording.publish"] * 2 + ["wording.save"] * 3 + ["wording.withdraw"]


def test_save_draft_when_saved_twice_keeps_one_row_and_leaves_out_what_is_as_usual(
    office: Organisation, leader: Account, db: SQLAlchemy
) -> None:
    by, area = actor_of(leader), queries.area_of(office)
    with transaction():
        save_draft(TYPE, area, SECOND, by=by, now=NOW)
        row = save_draft(TYPE, area, {**FIRST, "free_of_charge": "调解不收取任何费用。"}, by=by, now=NOW)
    assert (row.number, row.texts) == (1, FIRST)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PaperWording)) == 1


def test_acts_when_something_is_wrong_refuse_and_write_nothing(
    office: Organisation, leader: Account, db: SQLAlchemy
) -> None:
    by, area = actor_of(leader), queries.area_of(office)
    with pytest.raises(FieldErrors) as refusal, transaction():
        save_draft(TYPE, area, {"advice": "今后不再上访。", "free_of_charge": ""}, by=by, now=NOW)
    assert set(refusal.value.errors) == {"advice", "free_of_charge"}
    with pytest.raises(NotFound), transaction():
        save_draft("mediation_record", area, {}, by=by, now=NOW)
    with pytest.raises(RuleViolation, match="和现在用的一样"), transaction():
        publish_draft(save_draft(TYPE, area, {}, by=by, now=NOW), by=by, now=NOW)
    assert queries.list_versions(TYPE, area) == []
    row = publish(office, leader, FIRST)
    for act in (publish_draft, withdraw_draft):
        with pytest.raises(Clash), transaction():
            act(db.session.merge(row), by=by, now=NOW)


def test_draft_of_a_paper_is_shown_in_the_words_its_issuer_uses_now(office: Organisation, leader: Account, db) -> None:
    publish(office, leader, FIRST)
    facts = next(iter(SAMPLES[TYPE].values()))
    assert FIRST["advice"] in squeezed(text_of(render_draft(facts, issuer=office)))
    assert FIRST["advice"] not in squeezed(text_of(render_draft(facts)))


def test_first_drafts_when_saved_at_once_become_one_row(app: Flask, office: Organisation, leader: Account) -> None:
    area, by = queries.area_of(office), actor_of(leader)

    def save(advice: str) -> None:
        with app.app_context(), transaction():
            save_draft(TYPE, area, {"advice": advice}, by=by, now=NOW)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(save, ("请早来。", "请慢走。", "请打电话。", "请扫码。")))
    (row,) = queries.list_versions(TYPE, area)
    assert (row.number, row.version) == (1, 4)
