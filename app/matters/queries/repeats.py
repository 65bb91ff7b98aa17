"""Was this person here before?  Only the own office's matters, found by keyed digests (R-PET-13)."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.access.permissions import Actor
from app.extensions import db
from app.matters.models import Matter, Party
from app.matters.queries.access import visible_to
from app.matters.rules import MatterStatus, PartySide
from app.privacy.sealed import digest_of

MOST_HINTS = 5


@dataclass(frozen=True)
class RepeatHint:
    """An earlier matter of the own office that shares an ID number, a phone or a name; `id` for the new row."""

    id: int
    public_id: str
    number: str
    subject: str
    received_on: date
    status: MatterStatus
    shared: tuple[str, ...]


def find_repeats(*, id_number: str, phone: str, name: str, by: Actor) -> list[RepeatHint]:
    """At most five earlier matters of the own office, newest first; other offices' are never told about."""
    wanted = _wanted(id_number=id_number, phone=phone, name=name)
    if not wanted:
        return []
    shared: dict[int, list[str]] = {}
    matters: dict[int, Matter] = {}
    for word, (column, digest) in wanted.items():
        statement = (
            sa.select(Matter)
            .join(Party, Party.matter_id == Matter.id)
            .where(
                column == digest,
                Party.side == PartySide.PETITIONER,
                Matter.organisation_id == by.organisation_id,
                visible_to(by),
            )
            .order_by(Matter.registered_at.desc(), Matter.id.desc())
            .limit(MOST_HINTS)
        )
        for matter in db.session.scalars(statement).unique():
            matters[matter.id] = matter
            shared.setdefault(matter.id, []).append(word)
    newest = sorted(matters.values(), key=lambda matter: (len(shared[matter.id]), matter.registered_at), reverse=True)
    return [_hint(matter, tuple(shared[matter.id])) for matter in newest[:MOST_HINTS]]


def _wanted(*, id_number: str, phone: str, name: str) -> dict[str, tuple[sa.ColumnElement[str], str]]:
    columns = {
        "证件号相同": (Party.id_number_digest, digest_of("id_number", id_number)),
        "电话相同": (Party.phone_digest, digest_of("phone", phone)),
        "姓名相同": (Party.name_digest, digest_of("name", name)),
    }
    return {word: (column, digest) for word, (column, digest) in columns.items() if digest}  # type: ignore[misc]


def _hint(matter: Matter, shared: tuple[str, ...]) -> RepeatHint:
    return RepeatHint(
        matter.id, matter.public_id, matter.number, matter.subject, matter.received_on, matter.status, shared
    )
