"""What is entered when somebody comes or writes: the visit, its petitioners and its matters, as plain values."""

from dataclasses import dataclass
from datetime import date

from app.errors import RuleViolation
from app.matters.rules.parties import Ward, check_guardians, check_representatives, is_minor
from app.matters.rules.words import Channel, IdDocument, MatterKind, PartyKind, PartySide


@dataclass(frozen=True)
class NewParty:
    """One person or body as it was entered; `guardian` is the index of another party of the same list."""

    side: PartySide
    kind: PartyKind
    name: str
    id_document: IdDocument = IdDocument.NONE
    id_number: str = ""
    birth_date: date | None = None
    sex: str = ""
    phone: str = ""
    address: str = ""
    credit_code: str = ""
    legal_representative: str = ""
    organisation_id: int | None = None
    special_needs: str = ""
    is_representative: bool = False
    accepts_messages: bool = False
    guardian: int | None = None


@dataclass(frozen=True)
class NewMatter:
    """One claim, suggestion or accusation of the visit, with its other side."""

    kind: MatterKind
    subject: str
    claim: str
    facts: str = ""
    reasons: str = ""
    dispute_type: str = ""
    place: str = ""
    complained_unit_id: int | None = None
    repeats_id: int | None = None
    has_new_facts: bool = False
    opponents: tuple[NewParty, ...] = ()


@dataclass(frozen=True)
class Registration:
    """One visit or letter: who came when, and what for (R-PET-02, R-PET-04)."""

    channel: Channel
    received_on: date
    petitioners: tuple[NewParty, ...]
    matters: tuple[NewMatter, ...]
    head_count: int = 1
    is_collective: bool = False
    is_urgent: bool = False


def check_registration(registration: Registration, *, today: date) -> None:
    """Refuse a registration without petitioner or matter, dated ahead, or against INV-01 and INV-37."""
    if registration.received_on > today:
        raise RuleViolation("收到日期不能晚于今天。请核对。", rule="R-PET-04")
    if not registration.petitioners:
        raise RuleViolation("请至少登记一位信访人。依据《信访工作条例》第十九条", rule="R-PET-03")
    if not registration.matters:
        raise RuleViolation("请至少登记一件事项。依据《信访工作条例》第十九条", rule="R-PET-03")
    check_representatives(
        is_collective=registration.is_collective,
        head_count=registration.head_count,
        petitioners=len(registration.petitioners),
        representatives=sum(party.is_representative for party in registration.petitioners),
    )
    check_guardians([_ward(party, registration.petitioners, today) for party in registration.petitioners], today=today)


def _ward(party: NewParty, others: tuple[NewParty, ...], today: date) -> Ward:
    guardian = others[party.guardian] if party.guardian is not None and party.guardian < len(others) else None
    is_adult = guardian is not None and guardian is not party and not is_minor(guardian.birth_date, today)
    return Ward(party.name, party.birth_date, is_adult)
