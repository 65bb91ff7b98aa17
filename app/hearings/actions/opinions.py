"""The panel's opinion: written after the vote, issued, signed, sealed and served; with it the recheck goes on."""

from dataclasses import asdict
from datetime import date, datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.documents.actions import issue
from app.documents.models import IssuedPaper
from app.documents.papers.people import OFFICE_SEAL
from app.documents.rules import NumberRequest, Owner
from app.errors import NotFound
from app.extensions import db
from app.hearings.actions.ending import resume_recheck
from app.hearings.models import Deliberation, Hearing, HearingOpinion, HearingService
from app.hearings.queries.deliberation import signers_of_seats
from app.hearings.queries.opinions import facts_of_opinion, list_opinion_services, missing_votes, text_of
from app.hearings.rules.opinions import (
    OpinionText,
    check_announced,
    check_may_seal,
    check_minority_kept,
    check_vote_carried,
    check_written,
)
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.states import status_after
from app.hearings.rules.words import HearingAct
from app.law import clock
from app.matters.actions import start_clock
from app.matters.rules import ClockVariant
from app.remedies.actions import note_remedy_hearing
from app.remedies.queries import find_open_remedy
from app.signing.actions import close_signed_revision, open_signing, put_seal
from app.signing.queries import missing_signers

NUMBER = NumberRequest("petition_hearing_opinion", "{prefix}信听意〔{year}〕{n}号")
OPINION_ROUND = 0
"""The opinion is served outside of the rounds of notices."""


def write_opinion(
    hearing: Hearing, text: OpinionText, *, procedure: Procedure, by: Actor, now: datetime
) -> HearingOpinion:
    """Write or rewrite the opinion; refused before a vote that carried, and once it is issued (INV-19, INV-20)."""
    _carried(hearing, procedure)
    status_after(hearing.status, HearingAct.ISSUE_OPINION)
    opinion = hearing.opinion
    if opinion is None:
        opinion = HearingOpinion(hearing=hearing, written_at=now, written_by=by.account_id)
        db.session.add(opinion)
    opinion.written_at, opinion.written_by = now, by.account_id
    for name, value in asdict(text).items():
        setattr(opinion, name, value)
    db.session.flush()
    record(by, "hearing.write_opinion", hearing, opinion=opinion.id)
    return opinion


def issue_opinion(
    hearing: Hearing, *, announced_on: date | None, procedure: Procedure, by: Actor, now: datetime
) -> IssuedPaper:
    """Issue the opinion: the day on which it is formed, so that the recheck goes on (R-PET-22, R-PET-23).

    Refuses what `check_vote_carried` refuses, an opinion without its minority view, one that is not written.
    """
    deliberation = _carried(hearing, procedure)
    opinion, today = get_written(hearing), clock.local_date(now)
    check_written(text_of(opinion))
    check_minority_kept(disagreeing=deliberation.disagreeing or 0, minority=opinion.minority)
    check_announced(announced_on, sat_on=_sat_on(hearing), issued_on=today)
    after = status_after(hearing.status, HearingAct.ISSUE_OPINION)
    facts = facts_of_opinion(opinion, deliberation, procedure, issued_on=today)
    before, hearing.status = hearing.status, after
    opinion.issued_on, opinion.issued_by = today, by.account_id
    opinion.is_announced, opinion.announced_on = announced_on is not None, announced_on
    opinion.paper = issue(
        facts,
        owner=Owner(hearing.kind, hearing.id),
        matter_id=hearing.matter_id,
        organisation=hearing.organ,
        number=NUMBER,
        by=by,
        now=now,
    )
    open_signing(opinion.paper, signers_of_seats(hearing), by=by, now=now)
    _go_on_with_matter(hearing, opinion.paper, on=today, by=by, now=now)
    if announced_on is not None:
        _shorten_service(hearing, now=now)
    record(by, "hearing.issue_opinion", hearing, before=before.value, after=after.value, paper=opinion.paper_id)
    return opinion.paper


def seal_opinion(hearing: Hearing, *, by: Actor, now: datetime) -> None:
    """Put the organ's seal on the opinion that all signed; then it goes to every party (R-HEAR-28)."""
    opinion = get_written(hearing)
    paper = opinion.paper
    missing = missing_signers(paper, refusal_settles=True) if paper else []
    check_may_seal(is_issued=paper is not None, missing=[slot.name for slot in missing])
    if paper is None:
        return
    organ = hearing.organ
    put_seal(paper, name=organ.seal_name or organ.name, key=OFFICE_SEAL, refusal_settles=True, by=by, now=now)
    close_signed_revision(paper, by=by, now=now)
    known = {row.hearing_party_id for row in list_opinion_services(hearing)}
    for party in hearing.parties:
        if party.id not in known:
            hearing.services.append(
                HearingService(round=OPINION_ROUND, hearing_party=party, paper=paper, sent_on=clock.local_date(now))
            )
    db.session.flush()
    record(by, "hearing.seal_opinion", hearing, paper=paper.id)


def get_written(hearing: Hearing) -> HearingOpinion:
    """The opinion of a hearing; NotFound before anything was written."""
    if hearing.opinion is None:
        raise NotFound("听证意见书还没有写。")
    return hearing.opinion


def _carried(hearing: Hearing, procedure: Procedure) -> Deliberation:
    row = hearing.deliberation
    check_vote_carried(
        has_deliberation=row is not None,
        is_disclosed=row is not None and row.is_disclosed,
        is_adopted=row is not None and bool(row.is_adopted),
        missing=missing_votes(hearing, procedure) if row is not None else 0,
    )
    assert row is not None
    return row


def _go_on_with_matter(hearing: Hearing, paper: IssuedPaper, *, on: date, by: Actor, now: datetime) -> None:
    resume_recheck(hearing, on=on, by=by)
    remedy = find_open_remedy(hearing.matter)
    if remedy is not None:
        note_remedy_hearing(remedy, opinion_number=paper.number, formed_on=on, by=by, now=now)


def _shorten_service(hearing: Hearing, *, now: datetime) -> None:
    start_clock(
        hearing.matter,
        "hearing_opinion_service",
        _sat_on(hearing),
        owner=hearing,
        variant=ClockVariant.ANNOUNCED,
        now=now,
    )


def _sat_on(hearing: Hearing) -> date:
    """The day on which the sitting ended, from which its periods count (R-HEAR-29)."""
    minutes = hearing.minutes
    if minutes is None:
        raise NotFound("这场听证还没有笔录。")
    return clock.local_date(minutes.ended_at or minutes.started_at)
