"""S02 rows 10–13: minutes signed with a refusal, 4 : 1 behind closed doors, the opinion, the recheck's dates."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from app.audit.models import AuditEvent
from app.documents.models import IssuedPaper, RevisionKind
from app.documents.papers.hearing_minutes import HearingMinutesFacts
from app.documents.papers.hearing_opinion import DeliberationMinutesFacts, HearingOpinionFacts
from app.documents.queries import facts_of
from app.errors import DomainError, NotFound, NotPermitted, RuleViolation
from app.extensions import db as database
from app.hearings.actions import afterwards, changes, closing, deliberation, opinions
from app.hearings.models import Hearing, HearingMinutes
from app.hearings.queries.deliberation import list_ballots, open_votes
from app.hearings.queries.minutes_facts import present_of
from app.hearings.queries.opinions import list_opinion_services, list_published_opinions, masked_draft
from app.hearings.rules.opinions import OpinionText
from app.hearings.rules.service import ServiceProof
from app.hearings.rules.words import ChangeGround, HearingStatus, LiveStage, ServiceMode, Vote
from app.matters.actions import request_recusal, unsettled_kinds
from app.matters.models import Clock, ClockState
from app.matters.rules import RecusalGround
from app.people.models import Account
from app.remedies.queries import both_dates_of, find_open_remedy, find_recheck_clock
from app.signing.actions import write_scan
from app.signing.queries import get_round
from app.signing.rules import Manner
from app.web.transaction import transaction
from tests.hearings.convening import change
from tests.hearings.hall import Hall, at
from tests.hearings.sat import (
    JUNE_11,
    JUNE_13,
    TEXT,
    open_vote,
    procedure_of,
    recheck_hearing,
    scan_bytes,
    shown_of,
    sit,
    strokes,
    vote,
    vote_all,
)

NOON = at(JUNE_11, 12)


@pytest.fixture
def heard(hall: Hall) -> Hearing:
    """The hearing of S02 right after its sitting."""
    with transaction():
        hearing = recheck_hearing(hall)
    sit(hearing, hall)
    return hearing


@pytest.fixture
def closed(heard: Hearing, hall: Hall) -> HearingMinutes:
    """Its minutes, closed and waiting for signatures."""
    with transaction():
        closing.close_minutes(heard.minutes, procedure=procedure_of(heard), by=hall.recorder.as_actor(), now=NOON)
    return heard.minutes


@pytest.fixture
def carried(heard: Hearing, hall: Hall) -> Hearing:
    """The same after the vote of 4 : 1."""
    with transaction():
        open_vote(heard, hall)
    vote_all(heard, hall)
    return heard


def write(hearing: Hearing, hall: Hall, text: OpinionText = TEXT) -> None:
    with transaction():
        opinions.write_opinion(
            hearing, text, procedure=procedure_of(hearing), by=hall.chair.as_actor(), now=at(JUNE_13)
        )


def issue(hearing: Hearing, hall: Hall, *, announced_on: date | None = None) -> IssuedPaper:
    with transaction():
        return opinions.issue_opinion(
            hearing,
            announced_on=announced_on,
            procedure=procedure_of(hearing),
            by=hall.chair.as_actor(),
            now=at(JUNE_13),
        )


def sign_print(hearing: Hearing, hall: Hall, paper: IssuedPaper, *, but: str = "", on: date = JUNE_11) -> None:
    """Everybody but one signs the print; the recorder puts the scan in."""
    keys = tuple(slot.key for slot in get_round(paper).slots if slot.name != but and not slot.is_signed)
    with transaction():
        closing.record_paper_signatures(
            hearing,
            paper,
            keys,
            write_scan(scan_bytes()),
            signed_on=on,
            manner=Manner.PAPER,
            by=hall.recorder.as_actor(),
            now=at(on, 16),
        )


def refuse(hearing: Hearing, hall: Hall, name: str, reason: str) -> None:
    key = next(slot.key for slot in get_round(hearing.minutes.paper).slots if slot.name == name)
    with transaction():
        closing.refuse_to_sign(
            hearing, hearing.minutes.paper, key, reason, by=hall.recorder.as_actor(), now=at(JUNE_11, 15)
        )


def test_r_hear_25_minutes_when_closed_hold_every_part(closed: HearingMinutes, hall: Hall) -> None:
    facts = facts_of(closed.paper)
    assert isinstance(facts, HearingMinutesFacts)
    assert (facts.organ, facts.subject) == ("滨澜区信访办公室", closed.hearing.subject)
    assert facts.chair.name == "毕建国"
    assert [row.name for row in facts.recorders] == ["何静"]
    assert [row.name for row in facts.panelists] == ["万春生", "康秀兰", "宋雨晴", "邱正源", "范玉梅"]
    assert {row.name for row in facts.signers} == {"郑桂兰", "卢振邦"}
    assert len(facts.stages) == 11
    assert facts.stages[2].turns[0].speaker == "信访人"
    assert facts.stages[8].turns
    assert {slot.name for slot in get_round(closed.paper).slots} == {row.name for row in present_of(closed)}


def test_inv_18_minutes_when_all_signed_but_one_who_refused_are_final(closed: HearingMinutes, hall: Hall) -> None:
    """Row 10: 郑桂兰 declines: 记录不全; her correction note is appended."""
    hearing = closed.hearing
    refuse(hearing, hall, "郑桂兰", "记录不全")
    assert closed.final_at is None
    sign_print(hearing, hall, closed.paper, but="郑桂兰")
    assert closed.final_at is not None
    assert [row.kind for row in closed.paper.revisions] == [RevisionKind.ISSUED, RevisionKind.SIGNED]
    refused = [slot for slot in get_round(closed.paper).slots if slot.is_refused]
    assert [(slot.name, slot.signature.refusal_reason) for slot in refused] == [("郑桂兰", "记录不全")]
    author = next(row for row in present_of(closed) if row.name == "郑桂兰")
    with transaction():
        note = closing.add_note(
            closed,
            "我说过2011年就反映过面积少算，笔录没有写。",
            attendance=author,
            procedure=procedure_of(hearing),
            by=hall.recorder.as_actor(),
            now=at(JUNE_11, 17),
        )
    assert [slot.name for slot in get_round(note.paper).slots] == ["郑桂兰", "毕建国", "何静"]
    assert closed.paper.latest is not None
    sign_print(hearing, hall, note.paper)
    assert note.paper.latest.kind is RevisionKind.SIGNED


def test_inv_18_minutes_when_closed_do_not_close_again(closed: HearingMinutes, hall: Hall) -> None:
    with pytest.raises(RuleViolation) as refused, transaction():
        closing.close_minutes(
            closed, procedure=procedure_of(closed.hearing), by=hall.recorder.as_actor(), now=at(JUNE_11, 13)
        )
    assert refused.value.rule == "INV-18"


def test_closing_when_the_sitting_goes_on_is_refused_and_leaves_nothing(hall: Hall, db: SQLAlchemy) -> None:
    with transaction():
        hearing = recheck_hearing(hall)
    sit(hearing, hall, is_over=False)
    papers = db.session.scalar(sa.select(sa.func.count(IssuedPaper.id)))
    with pytest.raises(RuleViolation), transaction():
        closing.close_minutes(hearing.minutes, procedure=procedure_of(hearing), by=hall.recorder.as_actor(), now=NOON)
    assert hearing.minutes.closed_at is None
    assert db.session.scalar(sa.select(sa.func.count(IssuedPaper.id))) == papers


def test_tablet_when_pages_are_unread_refuses_then_keeps_the_signature(closed: HearingMinutes, hall: Hall) -> None:
    hearing, paper = closed.hearing, closed.paper
    key = next(slot.key for slot in get_round(paper).slots if slot.name == "郑桂兰")
    pages = paper.latest.pages
    assert pages > 1

    def sign(read: int) -> None:
        with transaction():
            closing.sign_at_tablet(
                hearing,
                paper,
                key,
                strokes(),
                shown_sha256=shown_of(paper),
                pages_read=read,
                by=hall.recorder.as_actor(),
                now=at(JUNE_11, 13),
            )

    with pytest.raises(RuleViolation, match="一页一页"):
        sign(pages - 1)
    sign(pages)
    assert next(slot for slot in get_round(paper).slots if slot.key == key).is_signed


def test_tablet_when_a_clerk_signs_for_a_panelist_is_refused(closed: HearingMinutes, hall: Hall) -> None:
    paper = closed.paper
    slots = {slot.name: slot.key for slot in get_round(paper).slots}
    values = {"shown_sha256": shown_of(paper), "pages_read": paper.latest.pages, "now": at(JUNE_11, 13)}
    with pytest.raises(NotPermitted), transaction():
        closing.sign_at_tablet(closed.hearing, paper, slots["万春生"], strokes(), by=hall.recorder.as_actor(), **values)
    own = hall.pool["万春生"].as_actor()
    with transaction():
        closing.sign_at_tablet(closed.hearing, paper, slots["万春生"], strokes(), by=own, **values)
    assert next(slot for slot in get_round(paper).slots if slot.name == "万春生").is_signed


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
        write(heard, hall)
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
        write(heard, hall)
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


def test_inv_20_opinion_when_nobody_deliberated_is_refused(heard: Hearing, hall: Hall) -> None:
    with pytest.raises(RuleViolation) as refused:
        write(heard, hall)
    assert refused.value.rule == "INV-20"
    assert heard.opinion is None


def test_s02_row_12_opinion_when_formed_excludes_18_days_and_shows_both_dates(carried: Hearing, hall: Hall) -> None:
    running = find_recheck_clock(carried.matter)
    assert running.state is ClockState.PAUSED
    write(carried, hall)
    paper = issue(carried, hall)
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
        issue(carried, hall)


@pytest.mark.parametrize("part", ["minority", "suggestion", "unit_view"])
def test_opinion_when_a_part_is_missing_is_not_issued_and_takes_no_number(
    carried: Hearing, hall: Hall, db: SQLAlchemy, part: str
) -> None:
    write(carried, hall, OpinionText(**{**vars(TEXT), part: ""}))
    papers = db.session.scalar(sa.select(sa.func.count(IssuedPaper.id)))
    with pytest.raises(RuleViolation):
        issue(carried, hall)
    assert carried.status is HearingStatus.DELIBERATING
    assert db.session.scalar(sa.select(sa.func.count(IssuedPaper.id))) == papers
    assert find_recheck_clock(carried.matter).state is ClockState.PAUSED


def service_clock(hearing: Hearing) -> Clock:
    statement = sa.select(Clock).filter_by(owner_kind="hearing", owner_id=hearing.id, clock="hearing_opinion_service")
    return database.session.scalars(statement.order_by(Clock.id.desc())).first()


@pytest.mark.parametrize(("announced_on", "due"), [(None, date(2025, 7, 1)), (JUNE_11, date(2025, 6, 23))])
def test_r_hear_29_service_period_when_announced_is_10_days_else_20(
    carried: Hearing, hall: Hall, announced_on: date | None, due: date
) -> None:
    write(carried, hall)
    issue(carried, hall, announced_on=announced_on)
    assert service_clock(carried).legal_due_on == due


def seal(hearing: Hearing, hall: Hall) -> None:
    with transaction():
        opinions.seal_opinion(hearing, by=hall.clerk, now=at(JUNE_13, 17))


def serve(hearing: Hearing, hall: Hall, *, on: date = JUNE_13) -> None:
    for service in list_opinion_services(hearing):
        proof = ServiceProof(ServiceMode.IN_PERSON, on, receiver="卢振邦")
        with transaction():
            afterwards.serve_opinion(service, proof, procedure=procedure_of(hearing), by=hall.clerk, now=at(on, 17, 30))


@pytest.fixture
def sealed(carried: Hearing, hall: Hall) -> Hearing:
    """The opinion with every signature and the organ's seal."""
    write(carried, hall)
    paper = issue(carried, hall)
    with pytest.raises(RuleViolation, match="还没有签名"):
        seal(carried, hall)
    sign_print(carried, hall, paper, on=JUNE_13)
    seal(carried, hall)
    return carried


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


def publish(hearing: Hearing, hall: Hall, text: str) -> None:
    with transaction():
        afterwards.publish_opinion(hearing, text, by=hall.clerk, now=at(JUNE_13, 18))


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
