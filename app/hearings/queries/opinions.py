"""What the panel's opinion says on paper, what is written before anybody typed, what may be published of it."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.documents.models import IssuedPaper
from app.documents.papers.hearing_opinion import HearingOpinionFacts, OpinionFinding
from app.extensions import db
from app.hearings.models import Deliberation, Hearing, HearingOpinion, HearingParty, HearingService
from app.hearings.queries.deliberation import (
    MAJORITIES,
    list_ballots,
    open_votes,
    seat_of,
)
from app.hearings.queries.earlier_days import list_earlier_signers
from app.hearings.queries.minutes_facts import place_of, present_of
from app.hearings.queries.notice_facts import letter_facts, officer
from app.hearings.rules.closing import FOOT_ROLES
from app.hearings.rules.opinions import WEIGHS_ON, OpinionText, split_rejected
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.words import HearingMode, HearingSide, SeatRole, Vote
from app.law import clock
from app.law.dates import format_date
from app.matters.models import Party, PartyKind
from app.privacy.masking import mask_name

PUBLISHED_PAGE = 50


@dataclass(frozen=True)
class Names:
    """Whom a published text must not name, and which values it must not hold (INV-34)."""

    names: tuple[str, ...]
    values: tuple[str, ...]


def missing_votes(hearing: Hearing, procedure: Procedure) -> int:
    """How many votes of the newest round are not in yet."""
    return sum(ballot.cast_at is None for ballot in list_ballots(hearing, procedure))


def first_text(hearing: Hearing, deliberation: Deliberation) -> OpinionText:
    """The opinion before anybody typed: the claim on file, the proposal that was carried, the dissenters' reasons."""
    against = [row.reason for row in open_votes(deliberation) if row.vote is Vote.DISAGREE]
    return OpinionText(claim=hearing.matter.text.claim, conclusion=deliberation.proposal, minority="\n".join(against))


def text_of(opinion: HearingOpinion) -> OpinionText:
    """The opinion as it is written now."""
    return OpinionText(**{name: getattr(opinion, name) for name in OpinionText.__dataclass_fields__})


def facts_of_opinion(
    opinion: HearingOpinion, deliberation: Deliberation, procedure: Procedure, *, issued_on: date
) -> HearingOpinionFacts:
    """The frozen facts of the opinion (R-DOC-H10): no name stands beside a vote."""
    hearing = opinion.hearing
    sat_at = clock.to_local(hearing.minutes.started_at) if hearing.minutes else clock.to_local(deliberation.opened_at)
    rejected = [split_rejected(line) for line in _lines(opinion.rejected_facts)]
    return HearingOpinionFacts(
        **letter_facts(hearing, issued_on),
        source=source_words(hearing, procedure),
        held_on=sat_at.date(),
        starts_at=sat_at.time().replace(second=0, microsecond=0),
        place=place_of(hearing),
        present=_present_words(hearing),
        chair=seat_of(hearing, SeatRole.CHAIR),
        recorder=seat_of(hearing, SeatRole.RECORDER),
        panelists=tuple(officer(seat) for seat in hearing.seats_of(SeatRole.PANELIST)),
        claim=opinion.claim,
        unit_view=opinion.unit_view,
        findings=(
            *(OpinionFinding(text=line) for line in _lines(opinion.accepted_facts)),
            *(OpinionFinding(text=text, is_accepted=False, reason=reason) for text, reason in rejected),
        ),
        law=tuple(_lines(opinion.law)),
        opinion=opinion.conclusion,
        suggestion=opinion.suggestion,
        weighs_on=WEIGHS_ON[hearing.served_stage],
        is_public=hearing.mode is HearingMode.PUBLIC,
        majority=MAJORITIES[deliberation.threshold],
        votes_due=(deliberation.agreeing or 0) + (deliberation.disagreeing or 0),
        votes_for=deliberation.agreeing or 0,
        votes_against=deliberation.disagreeing or 0,
        minority=tuple(_lines(opinion.minority)),
        matter_number=hearing.matter.number,
    )


def source_words(hearing: Hearing, procedure: Procedure) -> str:
    """Where the hearing comes from: who asked, since when, who decided."""
    names = "、".join(row.party.name for row in hearing.parties_of(HearingSide.APPLICANT))
    asked = f"于{format_date(hearing.application.received_on)}申请听证，" if hearing.application else ""
    decided = f"本机关于{format_date(hearing.decided_on)}决定听证" if hearing.decided_on else "本机关决定听证"
    return f"{procedure.applicant_word}{names}反映{hearing.subject or hearing.matter.subject}一事，{asked}{decided}。"


def list_opinion_services(hearing: Hearing) -> list[HearingService]:
    """To whom the opinion goes, and on which day it got there."""
    paper_id = hearing.opinion.paper_id if hearing.opinion else None
    return [row for row in hearing.services if paper_id is not None and row.paper_id == paper_id]


def is_served_to_all(hearing: Hearing) -> bool:
    """True once the opinion reached every party."""
    services = list_opinion_services(hearing)
    return bool(services) and all(row.served_on is not None for row in services)


def is_opinion_served(paper: IssuedPaper) -> bool:
    """True once this opinion reached every party; until then only the organ opens it."""
    opinion = db.session.scalar(sa.select(HearingOpinion).filter_by(paper_id=paper.id))
    return opinion is not None and is_served_to_all(opinion.hearing)


def paper_ids_served_to(party: Party) -> set[int]:
    """The opinions that this party was served with, for its own page."""
    statement = (
        sa.select(HearingOpinion.paper_id)
        .join(HearingService, HearingService.paper_id == HearingOpinion.paper_id)
        .join(HearingParty, HearingService.hearing_party_id == HearingParty.id)
        .where(HearingParty.party_id == party.id, HearingService.served_on.is_not(None))
    )
    return {paper_id for paper_id in db.session.scalars(statement) if paper_id is not None}


def names_to_hide(hearing: Hearing) -> Names:
    """The natural persons of the matter with all that is on file of them, and whoever else came to the hearing."""
    people = [party for party in hearing.matter.parties if party.kind is PartyKind.PERSON]
    proxies = [proxy for party in hearing.matter.parties for proxy in party.proxies]
    came = present_of(hearing.minutes) if hearing.minutes else []
    names = [party.name for party in people] + [proxy.name for proxy in proxies]
    names += [row.name for row in came if row.seat is None]
    names += (
        [row.name for row in hearing.minutes.earlier_days if row.attendance.seat is None] if hearing.minutes else []
    )
    bodies = {party.name for party in hearing.matter.parties if party.kind is not PartyKind.PERSON}
    values = [value for row in people for value in (row.id_number, row.phone, row.address)]
    values += [value for row in proxies for value in (row.id_number, row.phone)]
    return Names(
        tuple(name for name in dict.fromkeys(names) if name and name not in bodies), tuple(filter(None, values))
    )


def masked_draft(opinion: HearingOpinion) -> str:
    """What might be published, with the names masked; a person reads it before it goes out."""
    text = "\n\n".join(part for part in (opinion.conclusion, opinion.suggestion) if part)
    for name in sorted(names_to_hide(opinion.hearing).names, key=len, reverse=True):
        text = text.replace(name, mask_name(name))
    return text


def list_published_opinions(*, limit: int = PUBLISHED_PAGE) -> list[HearingOpinion]:
    """The opinions that are published, newest first; only `masked_text` may leave the house (INV-34)."""
    statement = (
        sa.select(HearingOpinion)
        .where(HearingOpinion.published_at.is_not(None))
        .options(joinedload(HearingOpinion.hearing).joinedload(Hearing.organ))
        .order_by(HearingOpinion.published_at.desc(), HearingOpinion.id.desc())
        .limit(limit)
    )
    return list(db.session.scalars(statement))


def _present_words(hearing: Hearing) -> str:
    came = present_of(hearing.minutes) if hearing.minutes else []
    names = [row.name for row in came if row.role in FOOT_ROLES]
    earlier = list_earlier_signers(hearing.minutes, came) if hearing.minutes else []
    names += [each.row.name for each in earlier if each.attendance.role in FOOT_ROLES]
    return f"{'、'.join(names)}到场" if names else "当事人没有到场"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
