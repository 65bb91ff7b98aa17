"""Which papers of a hearing are signed, by whom, what is printed on which of their pages."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.documents.models import IssuedPaper
from app.documents.papers.hearing_minutes import HearingMinutesFacts
from app.documents.queries import facts_of, pages_of_anchors
from app.errors import NotFound
from app.hearings.models import Hearing
from app.hearings.queries.minutes_facts import PaperTurn, account_behind
from app.hearings.queries.parties import list_party_papers
from app.signing.models import SigningSlot
from app.signing.queries import find_round
from app.signing.rules import RoundState


@dataclass(frozen=True)
class Place:
    """One place to sign; `account_id` is the officer's own, None where the tablet is handed over."""

    slot: SigningSlot
    account_id: int | None


@dataclass(frozen=True)
class PrintedTurn:
    """A turn of the minutes with the title of its stage and the page on which it begins."""

    stage: str
    is_first: bool
    turn: PaperTurn
    page: int


def list_signed_papers(hearing: Hearing, *, is_seated: bool) -> list[IssuedPaper]:
    """Papers of the parties, minutes, notes, opinion; minutes of the deliberation only for those who sit in it."""
    minutes, opinion = hearing.minutes, hearing.opinion
    papers = [minutes.paper, *(note.paper for note in minutes.notes)] if minutes else []
    papers += list_party_papers(hearing)
    papers += [opinion.paper] if opinion else []
    papers += [row.paper for row in hearing.deliberations] if is_seated else []
    return [paper for paper in papers if paper is not None]


def get_signed_paper(hearing: Hearing, public_id: str, *, is_seated: bool) -> IssuedPaper:
    """One of them; NotFound for every other paper."""
    for paper in list_signed_papers(hearing, is_seated=is_seated):
        if paper.public_id == public_id:
            return paper
    raise NotFound("没有这份文书，或者它不归您签。")


def list_places(hearing: Hearing, paper: IssuedPaper | None) -> list[Place]:
    """The places of a paper in its order; none before it is issued."""
    found = find_round(paper) if paper is not None else None
    return [Place(slot, account_behind(hearing, slot.key)) for slot in found.slots] if found else []


def earlier_days_of(paper: IssuedPaper | None) -> dict[str, str]:
    """By place, on which earlier days those were there who sign for them alone; of minutes only."""
    facts = facts_of(paper) if paper is not None and paper.type_name == "hearing_minutes" else None
    return {each.key: each.detail for each in facts.earlier} if isinstance(facts, HearingMinutesFacts) else {}


def is_being_signed(paper: IssuedPaper | None) -> bool:
    """True while signatures are taken on the paper."""
    found = find_round(paper) if paper is not None else None
    return found is not None and found.state is RoundState.OPEN


def printed_turns(paper: IssuedPaper) -> list[PrintedTurn]:
    """The turns of issued minutes with the pages on which they begin, read from the very file."""
    facts = facts_of(paper)
    if not isinstance(facts, HearingMinutesFacts) or paper.latest is None:
        return []
    pages: Mapping[str, int] = pages_of_anchors(paper.revisions[0])
    printed, page = [], 1
    for number, stage in enumerate(facts.stages, 1):
        for place, turn in enumerate(stage.turns, 1):
            page = pages.get(f"t{number}-{place}", page)
            printed.append(PrintedTurn(stage.title, place == 1, turn, page))
    return printed
