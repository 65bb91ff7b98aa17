"""S02 rows 9 and 11: the panel votes behind closed doors, each once; 4 : 1 is disclosed when all are in."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from app.audit.models import AuditEvent
from app.documents.models import IssuedPaper
from app.documents.papers.hearing_opinion import DeliberationMinutesFacts
from app.documents.queries import facts_of
from app.errors import NotFound, NotPermitted, RuleViolation
from app.hearings.actions import changes, deliberation
from app.hearings.models import Hearing
from app.hearings.queries.deliberation import list_ballots, open_votes
from app.hearings.rules.words import ChangeGround, HearingStatus, LiveStage, Vote
from app.matters.actions import request_recusal, unsettled_kinds
from app.matters.rules import RecusalGround
from app.people.models import Account
from app.signing.queries import get_round
from app.web.transaction import transaction
from tests.hearings.convening import change
from tests.hearings.hall import Hall, at
from tests.hearings.outcome import write_opinion
from tests.hearings.sat import JUNE_11, open_vote, procedure_of, recheck_hearing, sit, vote, vote_all

NOON = at(JUNE_11, 12)


def test_votes_when_one_is_missing_are_read_by_nobody(heard: Hearing, hall: Hall, db: SQLAlchemy) -> None:
    with transaction():
        open_vote(heard, hall)
    for name in ("万春生", "康秀兰", "宋雨晴", "邱正源"):
        vote(heard, hall.pool[name], Vote.AGREE, f"{name}的理由")
    row = heard.deliberation
    assert (row.is_disclosed, row.is_adopted, row.agreeing, row.paper) == (False, None, None, None)
    with pytest.raises(NotFound):
        open_votes(row)
    ballots = list_ballots(heard, procedure_of(heard))
    assert [ballot.cast_at is not None for ballot in ballots] == [True, True, True, True, False]
    sealed = db.session.execute(sa.text("SELECT vote_sealed, reason_sealed FROM panel_vote")).all()
    assert len({len(bytes(one[0])) for one in sealed}) == 1
    told = " ".join(str(event.detail) for event in db.session.scalars(sa.select(AuditEvent)))
    assert "agree" not in told
    assert "理由" not in told
    with pytest.raises(RuleViolation) as refused:
        write_opinion(heard, hall)
    assert (refused.value.rule, "还有 1 名" in refused.value.message) == ("INV-19", True)


def test_inv_19_vote_when_cast_twice_is_refused_and_the_first_stays(heard: Hearing, hall: Hall) -> None:
    with transaction():
        open_vote(heard, hall)
    vote(heard, hall.pool["万春生"], Vote.AGREE)
    with pytest.raises(RuleViolation) as refused:
        vote(heard, hall.pool["万春生"], Vote.DISAGREE)
    assert refused.value.rule == "INV-19"
    for name in ("康秀兰", "宋雨晴", "邱正源", "范玉梅"):
        vote(heard, hall.pool[name], Vote.AGREE)
    assert (heard.deliberation.agreeing, heard.deliberation.disagreeing) == (5, 0)
    with pytest.raises(RuleViolation):
        vote(heard, hall.pool["万春生"], Vote.DISAGREE)


@pytest.mark.parametrize("who", ["chair", "recorder", "leader", "coordinator", "alternate"])
def test_vote_when_cast_by_somebody_who_is_no_panelist_is_refused(heard: Hearing, hall: Hall, who: str) -> None:
    with transaction():
        open_vote(heard, hall)
    account = hall.pool["葛敏"] if who == "alternate" else getattr(hall, who)
    with pytest.raises(NotPermitted):
        vote(heard, account, Vote.AGREE)


def test_vote_when_no_reason_is_given_is_refused(heard: Hearing, hall: Hall) -> None:
    with transaction():
        open_vote(heard, hall)
    with pytest.raises(RuleViolation):
        vote(heard, hall.pool["万春生"], Vote.AGREE, " ")


def test_vote_when_a_panelist_is_asked_to_step_aside_waits_for_the_panel(heard: Hearing, hall: Hall) -> None:
    with transaction():
        open_vote(heard, hall)
    vote(heard, hall.pool["万春生"], Vote.AGREE)
    with transaction():
        request_recusal(
            heard.matter,
            hall.pool["康秀兰"],
            ground=RecusalGround.OTHER_RELATION,
            facts="和当事人认识",
            by=hall.clerk,
            now=NOON,
        )
    with pytest.raises(RuleViolation) as refused:
        vote(heard, hall.pool["宋雨晴"], Vote.AGREE)
    assert refused.value.rule == "INV-09"


def test_inv_20_vote_when_the_hearing_was_terminated_meanwhile_is_refused(
    heard: Hearing, hall: Hall, db: SQLAlchemy
) -> None:
    with transaction():
        open_vote(heard, hall)
    vote(heard, hall.pool["万春生"], Vote.AGREE)
    with transaction():
        settled = change(ChangeGround.SETTLED, JUNE_11)
        changes.terminate_hearing(heard, settled, by=hall.clerk, now=at(JUNE_11, 16))
    assert heard.status is HearingStatus.TERMINATED
    assert "open_hearing" not in unsettled_kinds(heard.matter)
    with pytest.raises(RuleViolation, match="不能评议、投票"):
        vote(heard, hall.pool["康秀兰"], Vote.AGREE)
    db.session.rollback()
    assert not heard.deliberation.is_disclosed


def test_s02_row_11_vote_when_all_are_in_discloses_4_to_1(carried: Hearing, hall: Hall) -> None:
    row = carried.deliberation
    assert (row.agreeing, row.disagreeing, row.is_adopted) == (4, 1, True)
    facts = facts_of(row.paper)
    assert isinstance(facts, DeliberationMinutesFacts)
    assert (facts.votes_for, facts.votes_against) == (4, 1)
    assert facts.result == "4 人同意，1 人不同意，过半数，通过"
    assert (row.paper.owner_kind, row.paper.number) == ("deliberation", carried.number)
    assert len(get_round(row.paper).slots) == 7


def test_votes_when_the_last_two_come_at_the_same_second_disclose_once(
    app: Flask, heard: Hearing, hall: Hall, db: SQLAlchemy
) -> None:
    with transaction():
        open_vote(heard, hall)
    for name in ("万春生", "康秀兰", "宋雨晴"):
        vote(heard, hall.pool[name], Vote.AGREE)
    hearing_id, voters = heard.id, [hall.pool[name].id for name in ("邱正源", "范玉梅")]
    start = Barrier(len(voters))

    def cast(account_id: int) -> None:
        with app.app_context():
            start.wait()
            hearing, account = db.session.get_one(Hearing, hearing_id), db.session.get_one(Account, account_id)
            vote(hearing, account, Vote.DISAGREE)

    with ThreadPoolExecutor(len(voters)) as threads:
        list(threads.map(cast, voters))
    db.session.rollback()
    row = heard.deliberation
    assert (row.agreeing, row.disagreeing, len(row.votes)) == (3, 2, 5)
    minutes = db.session.scalars(sa.select(IssuedPaper).filter_by(type_name="deliberation_minutes")).all()
    assert [paper.id for paper in minutes] == [row.paper_id]


def test_vote_when_the_profile_lets_the_chair_vote_counts_him(heard: Hearing, hall: Hall) -> None:
    with_chair = replace(procedure_of(heard), may_chair_vote=True)
    assert [ballot.seat.account.name for ballot in list_ballots(heard, with_chair)][-1] == "毕建国"
    with pytest.raises(RuleViolation) as refused, transaction():
        deliberation.open_deliberation(
            heard, proposal="补发", place="评议室", procedure=with_chair, by=hall.chair.as_actor(), now=NOON
        )
    assert refused.value.rule == "INV-09"


def test_deliberation_when_final_statements_are_not_over_is_refused(hall: Hall) -> None:
    """Row 9: it cannot start before the final statements."""
    with transaction():
        hearing = recheck_hearing(hall)
    sit(hearing, hall, to=LiveStage.FINAL_STATEMENT, is_over=False)
    with pytest.raises(RuleViolation) as refused, transaction():
        open_vote(hearing, hall)
    assert refused.value.rule == "INV-20"
    assert hearing.deliberation is None


def test_deliberation_when_the_vote_fails_goes_into_another_round(heard: Hearing, hall: Hall) -> None:
    with transaction():
        open_vote(heard, hall)
    vote_all(heard, hall, against=("万春生", "康秀兰", "邱正源"))
    assert heard.deliberation.is_adopted is False
    with pytest.raises(RuleViolation, match="没有达到"):
        write_opinion(heard, hall)
    with transaction():
        open_vote(heard, hall)
    assert [row.round for row in heard.deliberations] == [1, 2]
    vote_all(heard, hall)
    assert heard.deliberation.is_adopted
    with pytest.raises(RuleViolation) as refused, transaction():
        open_vote(heard, hall)
    assert refused.value.rule == "INV-19"


@pytest.mark.parametrize("who", ["coordinator", "leader"])
def test_deliberation_when_opened_from_outside_is_refused(heard: Hearing, hall: Hall, who: str) -> None:
    account = getattr(hall, who)
    with pytest.raises(NotPermitted), transaction():
        deliberation.open_deliberation(
            heard, proposal="同意", place="", procedure=procedure_of(heard), by=account.as_actor(), now=NOON
        )
