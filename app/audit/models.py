"""The audit chain: each row carries the digest of the one before; the head row serialises the writers."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import BigInt, Model, UtcDateTime


class AuditEvent(Model):
    """One act; holds ids and words, never personal values."""

    __tablename__ = "audit_event"

    seq: Mapped[int] = mapped_column(BigInt, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    actor_id: Mapped[int | None] = mapped_column(BigInt, index=True)
    actor_roles: Mapped[str] = mapped_column(sa.String(200), default="")
    act: Mapped[str] = mapped_column(sa.String(80))
    object_kind: Mapped[str] = mapped_column(sa.String(40), default="")
    object_id: Mapped[int | None] = mapped_column(BigInt)
    matter_id: Mapped[int | None] = mapped_column(BigInt)
    before: Mapped[str] = mapped_column(sa.String(40), default="")
    after: Mapped[str] = mapped_column(sa.String(40), default="")
    detail: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    request_id: Mapped[str] = mapped_column(sa.String(40), default="")
    previous: Mapped[str] = mapped_column(sa.String(64))
    digest: Mapped[str] = mapped_column(sa.String(64), unique=True)

    __table_args__ = (
        sa.Index("ix_audit_event_matter_id_seq", "matter_id", "seq"),
        sa.Index("ix_audit_event_object_kind_object_id_seq", "object_kind", "object_id", "seq"),
    )


class AuditHead(Model):
    """The last link of the chain; one row, locked by the writer until his commit."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(BigInt, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInt, default=0)
    digest: Mapped[str] = mapped_column(sa.String(64), default="")
