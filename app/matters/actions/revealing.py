"""Showing one masked value in full: with a purpose, on record (INV-32, R-PII-05)."""

from datetime import datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.errors import RuleViolation
from app.extensions import db
from app.matters.models import Party, Proxy, Reveal
from app.matters.rules import RevealReason

FIELDS = frozenset({"name", "id_number", "phone", "address", "birth_date", "legal_representative"})


def reveal(
    subject: Party | Proxy, field: str, reason: RevealReason, *, note: str = "", by: Actor, now: datetime
) -> str:
    """The full value of one field; refuses fields that are no personal detail, and 其他 without words."""
    if field not in FIELDS or not hasattr(type(subject), field):
        raise RuleViolation("没有这一项，请从页面上的“显示”打开。", rule="INV-32")
    if reason is RevealReason.OTHER and not note.strip():
        raise RuleViolation("选“其他”请写明为什么要看。", article="《个人信息保护法》第五十一条", rule="INV-32")
    matter = subject.party.matter if isinstance(subject, Proxy) else subject.matter
    row = Reveal(
        matter_id=matter.id,
        subject_kind=subject.__tablename__,
        subject_id=subject.id,
        field=field,
        reason=reason,
        revealed_by=by.account_id,
        revealed_at=now,
    )
    row.note = note
    db.session.add(row)
    record(
        by,
        f"{subject.__tablename__}.reveal",
        subject,
        matter_id=matter.id,
        field=field,
        reason=reason.value,
    )
    value: str = getattr(subject, field)
    return value
