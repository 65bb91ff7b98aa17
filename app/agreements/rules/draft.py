"""What an agreement says, as plain values the rules can read."""

from dataclasses import dataclass
from datetime import date

from app.agreements.rules.states import AgreementForm, ObligationKind


@dataclass(frozen=True, kw_only=True)
class DraftSuccessor:
    """One of several heirs who each sign in person for a dead party, and what proves it (INV-25)."""

    name: str
    kinship: str
    proof: str


@dataclass(frozen=True, kw_only=True)
class DraftParty:
    """One party: key and label of the draft, name, who signs for it, and a proxy who may not sign."""

    key: str
    label: str
    name: str
    is_person: bool = True
    has_address: bool = True
    has_signer: bool = True
    weak_proxy: str = ""


@dataclass(frozen=True, kw_only=True)
class DraftObligation:
    """One payment or act; a payment is due on a day, or so many days after the agreement takes effect."""

    kind: ObligationKind
    payer_key: str = ""
    payee_key: str = ""
    amount_fen: int | None = None
    due_on: date | None = None
    due_after_days: int | None = None
    method: str = ""
    account_holder: str = ""
    account_bank: str = ""
    account_number: str = ""
    text: str = ""

    @property
    def has_due(self) -> bool:
        """True when it is said until when."""
        return self.due_on is not None or self.due_after_days is not None


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The whole agreement before it is issued."""

    form: AgreementForm = AgreementForm.WRITTEN
    is_labour: bool = False
    parties: tuple[DraftParty, ...] = ()
    mediators: tuple[str, ...] = ()
    facts_and_issues: str = ""
    payment_term: str = ""
    total_fen: int | None = None
    obligations: tuple[DraftObligation, ...] = ()
    terms: tuple[str, ...] = ()
    performance_manner: str = ""
    performance_place: str = ""
    last_performance_on: date | None = None
    copies: int = 3
    is_performed: bool = False

    @property
    def payments(self) -> tuple[DraftObligation, ...]:
        """The payments in order."""
        return tuple(each for each in self.obligations if each.kind is ObligationKind.PAYMENT)

    def party(self, key: str) -> DraftParty | None:
        """The party with that key."""
        return next((party for party in self.parties if party.key == key), None)
