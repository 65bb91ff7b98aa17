"""How a party of a matter is named on a paper."""

from datetime import date

from app.documents.papers.people import OrganisationParty, PaperProxy, PaperSuccessor, PersonParty
from app.law.citizen_id import age_on
from app.law.citizen_id import parse as parse_citizen_id
from app.matters.models import Party, PartyKind


def party_on_paper(
    party: Party,
    *,
    signer: str,
    label: str,
    today: date,
    prints_id: bool = False,
    proxy: PaperProxy | None = None,
    successors: tuple[PaperSuccessor, ...] = (),
) -> PersonParty | OrganisationParty:
    """The party as it stands now; `signer` is the key under which it signs, the ID number is printed only on demand."""
    if party.kind is PartyKind.ORGANISATION:
        return OrganisationParty(
            signer=signer,
            label=label,
            name=party.name,
            credit_code=party.credit_code,
            legal_representative=party.legal_representative,
            post=party.legal_representative_post,
            address=party.address,
            phone=party.phone,
            proxy=proxy,
        )
    return PersonParty(
        signer=signer,
        label=label,
        name=party.name,
        sex=party.sex,
        ethnic_group=party.ethnic_group,
        age=age_of(party, today),
        occupation=party.occupation,
        address=party.address,
        phone=party.phone,
        id_number=party.id_number if prints_id else "",
        proxy=proxy,
        successors=successors,
    )


def age_of(party: Party, today: date) -> int | None:
    """How old a person is on that day, by the date of birth or the ID number; None when neither is known."""
    if party.birth_date:
        return age_on(date.fromisoformat(party.birth_date), today)
    if party.id_number and party.id_document == "id_card":
        return age_on(parse_citizen_id(party.id_number, today=today).birth_date, today)
    return None
