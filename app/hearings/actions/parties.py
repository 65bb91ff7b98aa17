"""Authorities of proxies and the election of representatives: put on paper, signed, filed (R-DOC-H06/H14, INV-16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.documents.actions import void_paper
from app.documents.models import IssuedPaper
from app.documents.papers.hearing_people import (
    AuthorisedProxy,
    Elector,
    PowerOfAttorneyFacts,
    RepresentativeElectionFacts,
)
from app.documents.papers.people import PersonParty
from app.documents.queries import facts_of
from app.errors import RuleViolation
from app.extensions import db
from app.hearings.actions.application_papers import names_of_side, party_of_paper
from app.hearings.actions.notices import issue_of
from app.hearings.models import Hearing, HearingParty
from app.hearings.queries.notice_facts import capacity_words, common_facts
from app.hearings.queries.parties import (
    get_proxy,
    is_party_paper,
    key_of,
    list_party_papers,
    petitioners_of,
    principal_key,
    unsigned_authorities,
)
from app.hearings.queries.scheduling import session_day
from app.hearings.rules.parties import (
    ELECTED_POWERS,
    POWER_WORDS,
    Power,
    check_authority,
    check_election,
    check_may_file,
    is_special,
)
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.words import HearingSide
from app.law import clock
from app.matters.actions import NewProxy, add_proxy, elect_representatives, revoke_proxy
from app.matters.models import Party, PartyKind, Proxy
from app.matters.rules.parties import check_proxies
from app.signing import actions as signing
from app.signing.rules import Signer, SignerRole


@dataclass(frozen=True)
class NewAuthority:
    """Who is to act for a party, what he may do, on which day it was filed and how long it holds."""

    name: str
    relation: str
    powers: tuple[Power, ...]
    filed_on: date
    valid_until: date
    id_number: str = ""
    phone: str = ""
    address: str = ""


def file_authority(row: HearingParty, new: NewAuthority, *, by: Actor, now: datetime) -> Proxy:
    """File an authority that a party brought signed (R-HEAR-15).

    Refuses it once the sitting began, a third proxy, and one that does not hold on the day of the hearing (INV-16).
    """
    _check_authority(row, new, now)
    return _add(row, new, tuple(POWER_WORDS[power] for power in new.powers), is_special(new.powers), by=by, now=now)


def issue_authority(
    row: HearingParty, new: NewAuthority, *, procedure: Procedure, by: Actor, now: datetime
) -> IssuedPaper:
    """Put an authority on paper for principal and proxy to sign; filed when both have. Refuses as filing does."""
    _check_authority(row, new, now)
    hearing = row.hearing
    proxy = AuthorisedProxy(
        key="proxy-1",
        name=new.name,
        relation=new.relation,
        id_number=new.id_number,
        address=new.address,
        phone=new.phone,
    )
    facts = PowerOfAttorneyFacts(
        **common_facts(hearing),
        matter_number=hearing.matter.number,
        principal=party_of_paper(row.party, capacity_words(row, procedure)),
        proxies=(proxy,),
        is_special=is_special(new.powers),
        powers=tuple(POWER_WORDS[power] for power in new.powers),
        valid_from=clock.local_date(now),
        valid_until=new.valid_until,
    )
    paper = issue_of(hearing, facts, by=by, now=now)
    signers = (
        Signer(key_of(row.party), _hand_of(row.party), SignerRole.PARTY),
        Signer(proxy.key, proxy.name, SignerRole.PROXY),
    )
    signing.open_signing(paper, signers, by=by, now=now)
    record(by, "hearing.authority", hearing, party=row.party_id, paper=paper.id, is_special=facts.is_special)
    return paper


def issue_election(
    hearing: Hearing, elected: Sequence[Party], *, procedure: Procedure, by: Actor, now: datetime
) -> IssuedPaper:
    """Put the election of representatives on paper for all petitioners to sign; it counts when all have (R-DOC-H14).

    Refuses nobody, a sixth, an outsider, one in a group of one, and others than the notices already name (INV-15).
    """
    electors = petitioners_of(hearing)
    _check_election(hearing, elected)
    facts = RepresentativeElectionFacts(
        **common_facts(hearing),
        matter_number=hearing.matter.number,
        group=procedure.applicant_word,
        representatives=tuple(_person_of(party, procedure.applicant_word) for party in elected),
        electors=tuple(Elector(key=key_of(party), name=party.name) for party in electors.values()),
        powers=ELECTED_POWERS,
        respondent=names_of_side(hearing, HearingSide.RESPONDENT),
        elected_on=clock.local_date(now),
    )
    paper = issue_of(hearing, facts, by=by, now=now)
    signers = tuple(Signer(key_of(party), _hand_of(party), SignerRole.PARTY) for party in electors.values())
    signing.open_signing(paper, signers, by=by, now=now)
    record(by, "hearing.election", hearing, paper=paper.id, elected=[party.id for party in elected])
    return paper


def put_on_file(hearing: Hearing, paper: IssuedPaper, *, by: Actor, now: datetime) -> None:
    """What a fully signed authority or election brings about: the proxy is filed, the representatives sit."""
    facts = facts_of(paper)
    if isinstance(facts, PowerOfAttorneyFacts):
        _file_signed(hearing, paper, facts, by=by, now=now)
    elif isinstance(facts, RepresentativeElectionFacts):
        _seat_elected(hearing, facts, by=by, now=now)


def drop_party_paper(hearing: Hearing, paper: IssuedPaper, *, by: Actor, now: datetime) -> None:
    """Make an authority or election void that is not signed to the end; refuses one that counts already."""
    if not is_party_paper(paper) or paper not in list_party_papers(hearing):
        raise RuleViolation("这份文书不在这一页作废。请刷新看一看。", rule="R-DOC-N01")
    signing.cancel_signing(paper, by=by, now=now)
    void_paper(paper, replaced_by=None, by=by, now=now)


def end_authority(hearing: Hearing, proxy_id: str, *, by: Actor, now: datetime) -> Proxy:
    """The party takes its authority back from today on; refuses one of another hearing, and a second time."""
    proxy = get_proxy(hearing, proxy_id)
    revoke_proxy(proxy, by=by, now=now)
    return proxy


def _check_authority(row: HearingParty, new: NewAuthority, now: datetime) -> None:
    check_may_file(row.hearing.status)
    today = clock.local_date(now)
    check_authority(
        new.powers,
        principal=row.party.name,
        proxy=new.name,
        filed_on=new.filed_on,
        valid_until=new.valid_until,
        held_on=session_day(row.hearing),
        today=today,
    )
    check_proxies(sum(proxy.is_valid_on(today) for proxy in row.party.proxies) + len(unsigned_authorities(row)) + 1)


def _add(
    row: HearingParty,
    new: NewAuthority,
    powers: tuple[str, ...],
    is_special_authority: bool,
    *,
    by: Actor,
    now: datetime,
) -> Proxy:
    entry = NewProxy(
        name=new.name,
        filed_on=new.filed_on,
        id_number=new.id_number,
        phone=new.phone,
        relation=new.relation,
        is_special=is_special_authority,
        powers="；".join(powers),
        valid_until=new.valid_until,
    )
    proxy = add_proxy(row.party, entry, by=by, now=now)
    record(by, "hearing.file_authority", row.hearing, party=row.party_id, proxy=proxy.id)
    return proxy


def _file_signed(
    hearing: Hearing, paper: IssuedPaper, facts: PowerOfAttorneyFacts, *, by: Actor, now: datetime
) -> None:
    check_may_file(hearing.status)
    row = next(row for row in hearing.parties if key_of(row.party) == principal_key(paper))
    assert facts.valid_until is not None
    for each in facts.proxies:
        new = NewAuthority(
            name=each.name,
            relation=each.relation,
            powers=(),
            filed_on=clock.local_date(now),
            valid_until=facts.valid_until,
            id_number=each.id_number,
            phone=each.phone,
        )
        _add(row, new, facts.powers, facts.is_special, by=by, now=now)


def _check_election(hearing: Hearing, elected: Sequence[Party]) -> None:
    check_may_file(hearing.status)
    seated = [row.party.public_id for row in hearing.parties_of(HearingSide.APPLICANT)]
    check_election(
        [party.public_id for party in elected],
        petitioners_of(hearing).keys(),
        seated=seated if hearing.services else None,
    )


def _seat_elected(hearing: Hearing, facts: RepresentativeElectionFacts, *, by: Actor, now: datetime) -> None:
    """Those elected are the applicants at the table; the others are represented by them."""
    keys = {row.signer for row in facts.representatives}
    elected = [party for party in petitioners_of(hearing).values() if key_of(party) in keys]
    _check_election(hearing, elected)
    elect_representatives(hearing.matter, elected, by=by, now=now)
    for row in hearing.parties_of(HearingSide.APPLICANT):
        if row.party not in elected:
            hearing.parties.remove(row)
            db.session.delete(row)
    seated = {row.party_id for row in hearing.parties_of(HearingSide.APPLICANT)}
    hearing.parties += [
        HearingParty(party=party, side=HearingSide.APPLICANT) for party in elected if party.id not in seated
    ]
    record(by, "hearing.elect", hearing, elected=[party.id for party in elected])


def _person_of(party: Party, label: str) -> PersonParty:
    """A representative is a person; refuses a body."""
    written = party_of_paper(party, label)
    if not isinstance(written, PersonParty):
        raise RuleViolation(f"{party.name}是单位，不能当代表。请选人。", rule="R-DOC-H14")
    return written


def _hand_of(party: Party) -> str:
    """Whose hand signs for a party: the guardian of a minor, the head of a body, else the person."""
    guardian = db.session.get(Party, party.guardian_id) if party.guardian_id else None
    if guardian is not None:
        return guardian.name
    return party.legal_representative or party.name if party.kind is PartyKind.ORGANISATION else party.name
