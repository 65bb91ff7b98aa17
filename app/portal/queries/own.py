"""What one party may see: its own way, agreements and papers; nothing of the other side (N02, N13, B231)."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.agreements.models import Agreement, AgreementParty
from app.agreements.rules import AgreementStatus
from app.documents.models import IssuedPaper
from app.documents.papers import get_paper_type
from app.documents.papers.base import Facts
from app.documents.queries import facts_of, list_papers_of_matter
from app.errors import NotFound
from app.extensions import db
from app.hearings.queries.opinions import paper_ids_served_to
from app.matters.models import Party, PartySide
from app.mediation.models import MediationCase
from app.mediation.queries import list_cases_of_matter
from app.notices.models import AccessLink
from app.notices.rules import Factor
from app.people.models import Organisation, OrganisationKind
from app.privacy.sealed import digest_of
from app.signing.models import SigningSlot
from app.signing.queries import get_slot

SHOWN = frozenset(
    {
        AgreementStatus.ISSUED,
        AgreementStatus.SIGNING,
        AgreementStatus.SIGNED,
        AgreementStatus.EFFECTIVE,
        AgreementStatus.REPLACED,
    }
)


@dataclass(frozen=True)
class Contact:
    """Whom to call: the centre's name, a person, a number."""

    centre: str
    name: str
    phone: str


def find_party_of(link: AccessLink) -> Party | None:
    """The party behind a link; None when it is gone, its phone changed since, or the accused side may not look in.

    A link that the old phone opens must not open a new owner's papers (B227).
    """
    party = db.session.get(Party, link.party_id)
    if party is None or party.matter_id != link.matter_id:
        return None
    if link.factor is Factor.PHONE and link.phone_digest != digest_of("phone", party.phone):
        return None
    return party if may_look_in(party) else None


def may_look_in(party: Party) -> bool:
    """An accusation is shown to the one who made it alone (INV-02)."""
    return not party.matter.is_accusation or party.side is PartySide.PETITIONER


def find_contact(party: Party | None) -> Contact:
    """The named human of a party's matter, else the petition office."""
    office = party.matter.organisation if party else _default_office()
    if office is None:
        return Contact("矛盾纠纷调处中心", "", "")
    case = find_case_of_party(party) if party else None
    mediators = case.active_mediators if case else []
    name = mediators[0].name if mediators else office.contact_name
    return Contact(office.centre_name or office.short_name or office.name, name, office.contact_phone)


def list_own_agreements(party: Party) -> list[Agreement]:
    """The issued agreements that name this party, oldest first."""
    statement = (
        sa.select(Agreement)
        .join(AgreementParty)
        .where(AgreementParty.party_id == party.id, Agreement.status.in_(SHOWN), Agreement.paper_id.is_not(None))
        .options(selectinload(Agreement.parties), selectinload(Agreement.obligations))
        .order_by(Agreement.id)
    )
    return list(db.session.scalars(statement))


def get_own_agreement(party: Party, public_id: str) -> Agreement:
    """One issued agreement of this party; NotFound for everybody else's."""
    for agreement in list_own_agreements(party):
        if agreement.public_id == public_id:
            return agreement
    raise NotFound("没有这份协议。")


def own_row(agreement: Agreement, party: Party) -> AgreementParty:
    """The party's row of its agreement, which holds the key it signs under."""
    return next(row for row in agreement.parties if row.party_id == party.id)


def find_own_slot(agreement: Agreement, party: Party) -> SigningSlot | None:
    """The party's place to sign; an oral agreement has none."""
    if agreement.paper is None:
        return None
    try:
        return get_slot(agreement.paper, own_row(agreement, party).key)
    except NotFound:
        return None


def list_own_papers(party: Party) -> list[IssuedPaper]:
    """The finished papers that were made out to this party, oldest first."""
    given = {agreement.paper_id for agreement in list_own_agreements(party)} | paper_ids_served_to(party)
    is_alone = sum(other.name_digest == party.name_digest for other in party.matter.parties) == 1
    return [
        paper
        for paper in list_papers_of_matter(party.matter_id)
        if paper.is_ready and (paper.id in given or (is_alone and _is_made_out_to(paper, party)))
    ]


def find_own_paper(party: Party, public_id: str) -> IssuedPaper | None:
    """One paper of this party, None for everybody else's (B231)."""
    return next((paper for paper in list_own_papers(party) if paper.public_id == public_id), None)


def find_case_of_party(party: Party) -> MediationCase | None:
    """The newest mediation in which this party takes part."""
    cases = [case for case in list_cases_of_matter(party.matter) if party in case.parties]
    return cases[-1] if cases else None


def _is_made_out_to(paper: IssuedPaper, party: Party) -> bool:
    if get_paper_type(paper.type_name).is_closed:
        return False
    return paper.void_at is None and party.name in _recipients(facts_of(paper))


def _recipients(facts: Facts) -> tuple[str, ...]:
    """To whom a paper is addressed; an office's letters and opinions to nobody."""
    one = getattr(facts, "recipient", "")
    many: tuple[str, ...] = getattr(facts, "recipients", ())
    consenting = getattr(facts, "party", None)
    return (*many, getattr(one, "name", one), getattr(consenting, "name", ""))


def _default_office() -> Organisation | None:
    statement = sa.select(Organisation).filter_by(kind=OrganisationKind.PETITION_OFFICE, is_active=True)
    return db.session.scalar(statement.order_by(Organisation.contact_phone.desc(), Organisation.id).limit(1))
