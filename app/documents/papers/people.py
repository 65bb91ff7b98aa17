"""The people and bodies a paper names, with the key under which each one signs."""

from dataclasses import dataclass

COMMITTEE_SEAL = "committee"
OFFICE_SEAL = "office"


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Somebody who signs by office: mediator, recorder, lawyer, handler."""

    key: str
    name: str


@dataclass(frozen=True, kw_only=True)
class PaperProxy:
    """Who acts for a party: 委托代理人, 法定代理人 or heir, with the authority held."""

    name: str
    relation: str
    authority: str = ""
    phone: str = ""
    id_number: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperSuccessor:
    """One of several heirs who each sign in person, under a key of his own."""

    key: str
    name: str
    kinship: str


@dataclass(frozen=True, kw_only=True)
class PersonParty:
    """A natural person as a party; the proxy, if any, signs under the party's key, heirs each under their own."""

    signer: str
    label: str
    name: str
    sex: str = ""
    ethnic_group: str = ""
    age: int | None = None
    occupation: str = ""
    address: str = ""
    phone: str = ""
    id_number: str = ""
    proxy: PaperProxy | None = None
    successors: tuple[PaperSuccessor, ...] = ()

    @property
    def places(self) -> tuple[tuple["PersonParty", PaperSuccessor | None], ...]:
        """The places to sign: one, or one for each heir."""
        return tuple((self, heir) for heir in self.successors) or ((self, None),)


@dataclass(frozen=True, kw_only=True)
class OrganisationParty:
    """A legal person or other organisation as a party; seal and hand signature share the party's key."""

    signer: str
    label: str
    name: str
    credit_code: str = ""
    legal_representative: str = ""
    post: str = ""
    address: str = ""
    phone: str = ""
    proxy: PaperProxy | None = None

    @property
    def places(self) -> tuple[tuple["OrganisationParty", None], ...]:
        """The one place to sign."""
        return ((self, None),)


@dataclass(frozen=True, kw_only=True)
class Attendee:
    """Somebody present: capacity, name, unit or relation; the key is empty when nobody signs."""

    capacity: str
    name: str
    detail: str = ""
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class SignatureRefusal:
    """A refusal to sign: who, the reason in the person's own words, who witnessed it."""

    name: str
    reason: str
    witness: str = ""
