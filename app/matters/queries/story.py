"""What happened on a matter: the audit rows in plain words, and who looked at what."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.audit.models import AuditEvent
from app.extensions import db
from app.matters.models import Matter
from app.matters.rules.timeline import QUIET, REVEALS, detail_text, text_of
from app.people.queries import names_of

MOST_ROWS = 200


@dataclass(frozen=True)
class Happening:
    """One line of the story: when, what, who; `state` where the act changed one."""

    at: datetime
    text: str
    who: str
    detail: str


def tell_story(matter: Matter) -> list[Happening]:
    """The matter's newest two hundred acts, newest first, without looks and without inner steps."""
    return _happenings(matter.id, AuditEvent.act.not_in(REVEALS | QUIET))


def list_looks(matter: Matter) -> list[Happening]:
    """Who looked at which masked value in full, newest first."""
    return _happenings(matter.id, AuditEvent.act.in_(REVEALS))


def _happenings(matter_id: int, condition: sa.ColumnElement[bool]) -> list[Happening]:
    statement = (
        sa.select(AuditEvent)
        .where(AuditEvent.matter_id == matter_id, condition)
        .order_by(AuditEvent.seq.desc())
        .limit(MOST_ROWS)
    )
    events = list(db.session.scalars(statement))
    names = names_of(event.actor_id for event in events if event.actor_id)
    return [
        Happening(event.at, text_of(event.act), names.get(event.actor_id or 0, "系统"), detail_text(event.detail))
        for event in events
    ]
