"""Who acts and what an object shows of itself: the questions that a row of the table may ask about the two."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

NOBODY: frozenset[int] = frozenset()


class Role(StrEnum):
    """What a person does at the centre."""

    RECEPTIONIST = "receptionist"
    COORDINATOR = "coordinator"
    MEDIATOR = "mediator"
    RECORDER = "recorder"
    HEARING_CHAIR = "hearing_chair"
    HEARING_PANELIST = "hearing_panelist"
    LAWYER = "lawyer"
    JUDGE = "judge"
    RECONSIDERATION_OFFICER = "reconsideration_officer"
    COUNSELOR = "counselor"
    LEADER = "leader"
    COMMITTEE_CLERK = "committee_clerk"
    HANDLING_UNIT_CLERK = "handling_unit_clerk"
    STREET_CLERK = "street_clerk"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


@dataclass(frozen=True)
class Actor:
    """The person who acts, in one role; `organisation_path` leads from the top down to the own unit."""

    account_id: int
    name: str
    roles: frozenset[Role]
    organisation_id: int
    organisation_path: tuple[int, ...] = ()


@dataclass(frozen=True)
class AccessView:
    """What an object shows to the table: whose it is, who works on it, who must not see it."""

    organisation_id: int
    organisation_path: tuple[int, ...]
    handling_unit_ids: frozenset[int] = NOBODY
    complained_unit_ids: frozenset[int] = NOBODY
    is_accusation: bool = False
    assigned: frozenset[int] = NOBODY
    barred: frozenset[int] = NOBODY
    authors: frozenset[int] = NOBODY


Predicate = Callable[[Actor, AccessView], bool]


def of_own_office(actor: Actor, view: AccessView) -> bool:
    """The object is kept by the actor's own unit."""
    return actor.organisation_id == view.organisation_id


def in_own_subtree(actor: Actor, view: AccessView) -> bool:
    """The object is kept by the actor's unit or one below it."""
    return actor.organisation_id in view.organisation_path


def of_handling_unit(actor: Actor, view: AccessView) -> bool:
    """The actor's unit was entrusted with the object (transfer, referral)."""
    return actor.organisation_id in view.handling_unit_ids


def is_assigned(actor: Actor, view: AccessView) -> bool:
    """The actor works on the object now."""
    return actor.account_id in view.assigned


def is_author(actor: Actor, view: AccessView) -> bool:
    """The actor wrote the object."""
    return actor.account_id in view.authors


def is_open_to_office(_actor: Actor, view: AccessView) -> bool:
    """The object is no accusation: those are for the people named on them (R-PET-09)."""
    return not view.is_accusation


def is_not_complained_about(actor: Actor, view: AccessView) -> bool:
    """The complaint is not against the actor's unit or one above it (R-PET-32)."""
    return not {actor.organisation_id, *actor.organisation_path} & view.complained_unit_ids


def is_not_barred(actor: Actor, view: AccessView) -> bool:
    """No recusal keeps the actor out (INV-12)."""
    return actor.account_id not in view.barred


def is_not_of_accused_unit(actor: Actor, view: AccessView) -> bool:
    """An accusation never meets the accused unit or what stands below it (INV-02)."""
    units = {actor.organisation_id, *actor.organisation_path}
    return not (view.is_accusation and units & view.complained_unit_ids)


WALLS: tuple[Predicate, ...] = (is_not_barred, is_not_of_accused_unit)
