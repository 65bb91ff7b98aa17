"""Reading the log: page by page for the auditor, as a chain for the check."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

import sqlalchemy as sa

from app.audit.models import AuditEvent, AuditHead
from app.audit.rules import Link
from app.extensions import db

PAGE = 100
CHAIN_STEP = 2000


@dataclass(frozen=True)
class Filter:
    """Which rows the auditor wants: act (its beginning), person, matter; those before a number."""

    act: str = ""
    actor_id: int | None = None
    matter_id: int | None = None
    before_seq: int | None = None


def list_events(wanted: Filter) -> list[AuditEvent]:
    """The newest rows that fit, one more than a page, so that the page knows whether there are older ones."""
    statement = sa.select(AuditEvent)
    if wanted.act:
        statement = statement.where(AuditEvent.act.startswith(wanted.act, autoescape=True))
    if wanted.actor_id is not None:
        statement = statement.where(AuditEvent.actor_id == wanted.actor_id)
    if wanted.matter_id is not None:
        statement = statement.where(AuditEvent.matter_id == wanted.matter_id)
    if wanted.before_seq is not None:
        statement = statement.where(AuditEvent.seq < wanted.before_seq)
    return list(db.session.scalars(statement.order_by(AuditEvent.seq.desc()).limit(PAGE + 1)))


def find_head() -> tuple[int, str]:
    """Number and digest of the last link; (0, '') before the first."""
    head = db.session.execute(sa.select(AuditHead.seq, AuditHead.digest)).first()
    return (head.seq, head.digest) if head else (0, "")


def find_digest(seq: int) -> str:
    """The digest of one link, '' when it is not there."""
    return db.session.scalar(sa.select(AuditEvent.digest).where(AuditEvent.seq == seq)) or ""


def walk_chain() -> Iterator[tuple[Link, str, str]]:
    """Every link in order with the digest it names and its own, read in steps."""
    table = AuditEvent.__table__
    statement = sa.select(table).order_by(table.c.seq).execution_options(yield_per=CHAIN_STEP)
    for row in db.session.execute(statement).mappings():
        content = {field.name: row[field.name] for field in fields(Link)}
        yield Link(**content), row["previous"], row["digest"]
