"""What the staff must see to: parties without a way in, messages that did not leave, what petitioners left."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.permissions import Actor
from app.extensions import db
from app.matters.models import Matter, Party
from app.matters.queries import visible_to
from app.notices.models import AccessLink, OutboxMessage, Wish
from app.notices.queries import list_dead_links, list_links_of_matter, list_open_wishes, list_waiting_messages


@dataclass(frozen=True)
class PartyAccess:
    """One party, its newest link, and whether that can still be opened."""

    party: Party
    link: AccessLink | None
    is_usable: bool


@dataclass(frozen=True)
class WaitingForStaff:
    """Everything that waits for somebody at the desk, and the matters it belongs to."""

    messages: list[OutboxMessage]
    dead_links: list[AccessLink]
    wishes: list[Wish]
    matters: dict[int, Matter]
    parties: dict[int, Party]

    @property
    def count(self) -> int:
        """How many things wait."""
        return len(self.messages) + len(self.dead_links) + len(self.wishes)


def list_party_access(matter: Matter, *, now: datetime) -> list[PartyAccess]:
    """Every party of a matter with its newest link, in the order of the matter."""
    newest: dict[int, AccessLink] = {}
    for link in reversed(list_links_of_matter(matter.id)):
        newest[link.party_id] = link
    rows = [(party, newest.get(party.id)) for party in matter.parties]
    return [PartyAccess(party, link, link is not None and link.is_usable(now)) for party, link in rows]


def waiting_for_staff(actor: Actor) -> WaitingForStaff:
    """What waits in the matters the actor may read, the oldest first."""
    readable = sa.select(Matter.id).where(visible_to(actor))
    messages, links, wishes = list_waiting_messages(readable), list_dead_links(readable), list_open_wishes(readable)
    named = [(row.matter_id, row.party_id) for row in messages]
    named += [(row.matter_id, row.party_id) for row in links] + [(row.matter_id, row.party_id) for row in wishes]
    matter_ids, party_ids = {matter for matter, _ in named}, {party for _, party in named}
    matters = db.session.scalars(sa.select(Matter).where(Matter.id.in_(matter_ids))) if matter_ids else ()
    parties = db.session.scalars(sa.select(Party).where(Party.id.in_(party_ids))) if party_ids else ()
    return WaitingForStaff(messages, links, wishes, {row.id: row for row in matters}, {row.id: row for row in parties})


def count_waiting(actor: Actor) -> int:
    """How many things wait for this person, for the bell in the bar."""
    return waiting_for_staff(actor).count
