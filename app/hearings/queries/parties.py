"""What is on file for the parties of a hearing: proxies, authorities and elections on paper, what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.documents.models import IssuedPaper
from app.documents.papers.hearing_people import PowerOfAttorneyFacts
from app.documents.queries import facts_of, list_papers_of
from app.documents.rules import Owner
from app.errors import NotFound
from app.hearings.models import Hearing, HearingParty
from app.hearings.queries.scheduling import session_day
from app.hearings.rules.parties import PartyOnFile, list_lacks
from app.hearings.rules.words import HearingSide
from app.matters.models import Party, PartyKind, PartySide, Proxy
from app.signing.queries import find_round
from app.signing.rules import RoundState

AUTHORITY = "power_of_attorney"
ELECTION = "representative_election"


@dataclass(frozen=True)
class PartyFile:
    """One party with its proxies, each valid or not today, and the authorities that are being signed."""

    row: HearingParty
    proxies: tuple[tuple[Proxy, bool], ...]
    unsigned: tuple[IssuedPaper, ...]


def is_party_paper(paper: IssuedPaper) -> bool:
    """True for an authority or an election: a paper of the parties, which counts only when all of them signed."""
    return paper.type_name in (AUTHORITY, ELECTION)


def list_party_papers(hearing: Hearing) -> list[IssuedPaper]:
    """Authorities and elections of a hearing that are not void, oldest first."""
    papers = list_papers_of(Owner(hearing.kind, hearing.id))
    return [paper for paper in papers if is_party_paper(paper) and paper.void_at is None]


def get_party_paper(hearing: Hearing, public_id: str) -> IssuedPaper:
    """One of them; NotFound for every other paper."""
    found = next((paper for paper in list_party_papers(hearing) if paper.public_id == public_id), None)
    if found is None:
        raise NotFound("没有这份文书，或者它已经作废。")
    return found


def get_proxy(hearing: Hearing, public_id: str) -> Proxy:
    """One proxy of a party of the hearing; NotFound otherwise."""
    proxies = (proxy for row in hearing.parties for proxy in row.party.proxies)
    found = next((proxy for proxy in proxies if proxy.public_id == public_id), None)
    if found is None:
        raise NotFound("这场听证没有这个代理人。")
    return found


def unsigned_authorities(row: HearingParty) -> tuple[IssuedPaper, ...]:
    """The authorities of one party that are still being signed."""
    papers = (paper for paper in list_party_papers(row.hearing) if paper.type_name == AUTHORITY and _is_open(paper))
    return tuple(paper for paper in papers if principal_key(paper) == key_of(row.party))


def elections_of(hearing: Hearing) -> tuple[list[IssuedPaper], list[IssuedPaper]]:
    """The elections being signed, and those that everybody signed."""
    papers = [paper for paper in list_party_papers(hearing) if paper.type_name == ELECTION]
    return [paper for paper in papers if _is_open(paper)], [paper for paper in papers if not _is_open(paper)]


def list_files(hearing: Hearing, today: date) -> list[PartyFile]:
    """Every party of the hearing with what is on file."""
    return [
        PartyFile(
            row=row,
            proxies=tuple((proxy, proxy.is_valid_on(today)) for proxy in row.party.proxies),
            unsigned=unsigned_authorities(row),
        )
        for row in hearing.parties
    ]


def lacks_of(hearing: Hearing, files: list[PartyFile]) -> list[str]:
    """What must still come in before the hearing."""
    _, signed = elections_of(hearing)
    seated = hearing.parties_of(HearingSide.APPLICANT)
    on_file = [
        PartyOnFile(
            name=file.row.party.name,
            is_body=file.row.party.kind is PartyKind.ORGANISATION,
            proxies=[(proxy.name, proxy.valid_until) for proxy, is_valid in file.proxies if is_valid],
            unsigned=len(file.unsigned),
        )
        for file in files
    ]
    needs_election = len(petitioners_of(hearing)) > len(seated) and not signed
    return list_lacks(on_file, session_day(hearing), needs_election=needs_election)


def petitioners_of(hearing: Hearing) -> Mapping[str, Party]:
    """Everybody who asks in this matter, by public id: those who elect and may be elected."""
    return {row.public_id: row for row in hearing.matter.parties if row.side is PartySide.PETITIONER}


def key_of(party: Party) -> str:
    """The key under which a party signs the papers of a hearing."""
    return f"party-{party.public_id}"


def principal_key(paper: IssuedPaper) -> str:
    """The key of the party that gives an authority."""
    facts = facts_of(paper)
    assert isinstance(facts, PowerOfAttorneyFacts)
    return facts.principal.signer


def _is_open(paper: IssuedPaper) -> bool:
    found = find_round(paper)
    return found is not None and found.state is RoundState.OPEN
