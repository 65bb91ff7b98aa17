"""S02 rows 12 and 13: the opinion follows the vote, moves the recheck's dates, is sealed, served and published."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy

from app.documents.models import IssuedPaper, RevisionKind
from app.documents.papers.hearing_opinion import HearingOpinionFacts
from app.documents.queries import facts_of
from app.errors import DomainError, NotFound, RuleViolation
from app.extensions import db as database
from app.hearings.actions import afterwards, closing, opinions
from app.hearings.models import Hearing
from app.hearings.queries.opinions import list_opinion_services, list_published_opinions, masked_draft
from app.hearings.rules.opinions import OpinionText
from app.hearings.rules.service import ServiceProof
from app.hearings.rules.words import HearingStatus, ServiceMode
from app.matters.actions import unsettled_kinds
from app.matters.models import Clock, ClockState
from app.remedies.queries import both_dates_of, find_open_remedy, find_recheck_clock
from app.signing.queries import get_round
from app.web.transaction import transaction
from tests.hearings.hall import Hall, at
from tests.hearings.outcome import issue_opinion, sign_print, write_opinion
from tests.hearings.sat import JUNE_11, JUNE_13, TEXT, procedure_of


def service_clock(hearing: Hearing) -> Clock:
    statement = sa.select(Clock).filter_by(owner_kind="hearing", owner_id=hearing.id, clock="hearing_opinion_service")
    return database.session.scalars(statement.order_by(Clock.id.desc())).first()


def seal(hearing: Hearing, hall: Hall) -> None:
    with transaction():
        opinions.seal_opinion(hearing, by=hall.clerk, now=at(JUNE_13, 17))


def serve(hearing: Hearing, hall: Hall, *, on: date = JUNE_13) -> None:
    for service in list_opinion_services(hearing):
        proof = ServiceProof(ServiceMode.IN_PERSON, on, receiver="卢振邦")
        with transaction():
            afterwards.serve_opinion(service, proof, procedure=procedure_of(hearing), by=hall.clerk, now=at(on, 17, 30))


def publish(hearing: Hearing, hall: Hall, text: str) -> None:
    with transaction():
        afterwards.publish_opinion(hearing, text, by=hall.clerk, now=at(JUNE_13, 18))


@pytest.fixture
def sealed(carried: Hearing, hall: Hall) -> Hearing:
    """The opinion with every signature and the organ's seal."""
    write_opinion(carried, hall)
    paper = issue_opinion(carried, hall)
    with pytest.raises(RuleViolation, match="还没有签名"):
        seal(carried, hall)
    sign_print(carried, hall, paper, on=JUNE_13)
    seal(carried, hall)
    return carried


def test_inv_20_opinion_when_nobody_deliberated_is_refused(heard: Hearing, hall: Hall) -> None:
    with pytest.raises(RuleViolation) as refused:
        write_opinion(heard, hall)
    assert refused.value.rule == "INV-20"
    assert heard.opinion is None


def test_s02_row_12_opinion_when_formed_excludes_18_days_and_shows_both_dates(carried: Hearing, hall: Hall) -> None:
    running = find_recheck_clock(carried.matter)
    assert running.state is ClockState.PAUSED
    write_opinion(carried, hall)
    paper = issue_opinion(carried, hall)
    assert carried.status is HearingStatus.OPINION_ISSUED
    assert (running.state, running.legal_due_on, running.paused_days) == (ClockState.RUNNING, date(2025, 7, 7), 18)
    both = both_dates_of(running, JUNE_13)
    assert (both.without_exclusion, both.with_exclusion) == (date(2025, 6, 19), date(2025, 7, 7))
    facts = facts_of(paper)
    assert isinstance(facts, HearingOpinionFacts)
    assert (facts.votes_due, facts.votes_for, facts.votes_against) == (5, 4, 1)
    assert facts.minority == ("过渡费已按协议结清，不应再补。",)
    assert facts.weighs_on == "复核意见"
    remedy = find_open_remedy(carried.matter)
    assert (remedy.hearing_number, remedy.hearing_on) == (paper.number, JUNE_13)
    with pytest.raises(RuleViolation):
        issue_opinion(carried, hall)


@pytest.mark.parametrize("part", ["minority", "suggestion", "unit_view"])
def test_opinion_when_a_part_is_missing_is_not_issued_and_takes_no_number(
    carried: Hearing, hall: Hall, db: SQLAlchemy, part: str
) -> None:
    write_opinion(carried, hall, OpinionText(**{**vars(TEXT), part: ""}))
    papers = db.session.scalar(sa.select(sa.func.count(IssuedPaper.id)))
    with pytest.raises(RuleViolation):
        issue_opinion(carried, hall)
    assert carried.status is HearingStatus.DELIBERATING
    assert db.session.scalar(sa.select(sa.func.count(IssuedPaper.id))) == papers
    assert find_recheck_clock(carried.matter).state is ClockState.PAUSED


@pytest.mark.parametrize(("announced_on", "due"), [(None, date(2025, 7, 1)), (JUNE_11, date(2025, 6, 23))])
def test_r_hear_29_service_period_when_announced_is_10_days_else_20(
    carried: Hearing, hall: Hall, announced_on: date | None, due: date
) -> None:
    write_opinion(carried, hall)
    issue_opinion(carried, hall, announced_on=announced_on)
    assert service_clock(carried).legal_due_on == due


def test_opinion_when_not_yet_served_is_opened_by_the_organ_alone(sealed: Hearing, hall: Hall, client_of) -> None:
    file, page = f"/papers/{sealed.opinion.paper.public_id}/file", f"/hearings/{sealed.public_id}"
    unit, office = client_of(hall.unit_clerk), client_of(hall.coordinator)
    assert [unit.get(url).status_code for url in (page, file, f"{page}/opinion")] == [200, 404, 404]
    assert [office.get(url).status_code for url in (page, file, f"{page}/opinion")] == [200, 200, 200]
    assert file in office.get(page).text
    assert file not in unit.get(page).text
    word = file.replace("/file", "/word")
    assert (unit.get(word).status_code, office.get(word).status_code) == (404, 200)
    serve(sealed, hall)
    assert [unit.get(url).status_code for url in (page, file, f"{page}/opinion", word)] == [200, 200, 200, 200]
    assert file in unit.get(page).text


def test_opinion_when_sealed_goes_to_every_party_and_closes_its_file(sealed: Hearing) -> None:
    paper = sealed.opinion.paper
    assert paper.latest.kind is RevisionKind.SIGNED
    assert [seal.name for seal in get_round(paper).seals] == ["滨澜区信访办公室"]
    assert [row.hearing_party.party.name for row in list_opinion_services(sealed)] == [
        row.party.name for row in sealed.parties
    ]


def test_opinion_when_served_to_all_meets_its_period(sealed: Hearing, hall: Hall) -> None:
    serve(sealed, hall)
    assert service_clock(sealed).state is ClockState.MET
    assert all(row.receipt is not None for row in list_opinion_services(sealed))
    with pytest.raises(RuleViolation, match="已经记过"):
        serve(sealed, hall)


def test_hearing_when_minutes_are_not_final_or_opinion_unserved_does_not_close(sealed: Hearing, hall: Hall) -> None:
    def close() -> None:
        with transaction():
            afterwards.close_hearing(sealed, by=hall.clerk, now=at(JUNE_13, 18))

    with pytest.raises(RuleViolation) as refused:
        close()
    assert refused.value.rule == "INV-18"
    with transaction():
        closing.close_minutes(
            sealed.minutes, procedure=procedure_of(sealed), by=hall.recorder.as_actor(), now=at(JUNE_13, 12)
        )
    sign_print(sealed, hall, sealed.minutes.paper, on=JUNE_13)
    with pytest.raises(RuleViolation) as refused:
        close()
    assert refused.value.rule == "R-HEAR-29"
    serve(sealed, hall)
    assert "open_hearing" in unsettled_kinds(sealed.matter)
    close()
    assert (sealed.status, sealed.is_open, sealed.ended_on) == (HearingStatus.CLOSED, False, JUNE_13)
    assert "open_hearing" not in unsettled_kinds(sealed.matter)


@pytest.mark.parametrize(
    "text",
    [
        "郑桂兰的请求部分成立",
        "郑 桂 兰的请求部分成立",
        "证件 990101195703080022",
        "电话13800000068",
        "责任单位到场的是卢振邦",
        " ",
    ],
)
def test_inv_34_publication_when_it_names_a_person_or_says_nothing_is_refused(
    sealed: Hearing, hall: Hall, text: str
) -> None:
    serve(sealed, hall)
    with pytest.raises(DomainError):
        publish(sealed, hall, text)
    assert list_published_opinions() == []


def test_s02_row_13_opinion_when_masked_is_published_and_can_be_withdrawn(sealed: Hearing, hall: Hall) -> None:
    with pytest.raises(RuleViolation, match="送达"):
        publish(sealed, hall, "信访人郑某某的请求部分成立。")
    serve(sealed, hall)
    draft = masked_draft(sealed.opinion)
    assert "郑桂兰" not in draft
    publish(sealed, hall, draft)
    assert [row.masked_text for row in list_published_opinions()] == [draft]
    with transaction():
        afterwards.withdraw_publication(sealed, by=hall.clerk)
    assert list_published_opinions() == []
    with pytest.raises(NotFound), transaction():
        afterwards.withdraw_publication(sealed, by=hall.clerk)
