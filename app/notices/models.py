"""What leaves the system, the links that let a petitioner in, his visits, and what he left for the staff."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import BigInt, Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.notices.rules import Channel, Factor, LinkState, MessageKind, MessageStatus, WishKind
from app.privacy.sealed import Sealed, sealed_column


class OutboxMessage(PublicId, Model):
    """One message of one business event to one person; the key makes it unique, its digest is the message id."""

    __tablename__ = "outbox_message"

    id: Mapped[int] = primary_key()
    business_key: Mapped[str] = mapped_column(sa.String(200), unique=True)
    message_id: Mapped[str] = mapped_column(sa.String(64), unique=True)
    kind: Mapped[MessageKind] = mapped_column(words(MessageKind, "kind"))
    channel: Mapped[Channel] = mapped_column(words(Channel, "channel"), default=Channel.SMS)
    matter_id: Mapped[int | None] = mapped_column(BigInt, index=True)
    party_id: Mapped[int | None] = mapped_column(BigInt)
    recipient_sealed: Mapped[bytes | None] = sealed_column()
    recipient = Sealed("recipient_sealed")
    text_sealed: Mapped[bytes | None] = sealed_column()
    text = Sealed("text_sealed")
    variables_sealed: Mapped[bytes | None] = sealed_column(lazy=True)
    variables_json = Sealed("variables_sealed")
    status: Mapped[MessageStatus] = mapped_column(words(MessageStatus, "status"), default=MessageStatus.QUEUED)
    is_open: Mapped[bool] = mapped_column(default=True)
    is_withdrawn: Mapped[bool] = mapped_column(default=False)
    not_before: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    leased_by: Mapped[str] = mapped_column(sa.String(60), default="")
    last_error: Mapped[str] = mapped_column(sa.String(120), default="")
    queued_by: Mapped[int | None] = mapped_column(BigInt)
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        sa.Index("ix_outbox_message_status_not_before", "status", "not_before", "id"),
        sa.Index(
            "ix_outbox_message_open",
            "id",
            sqlite_where=sa.text("is_open"),
            postgresql_where=sa.text("is_open"),
        ),
    )


class AccessLink(PublicId, Model):
    """One way in for one party: the digest of a secret, and the keyed digest of what must be known beside it."""

    __tablename__ = "access_link"

    id: Mapped[int] = primary_key()
    matter_id: Mapped[int] = mapped_column(BigInt, index=True)
    party_id: Mapped[int] = mapped_column(BigInt, index=True)
    token_digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    name_sealed: Mapped[bytes | None] = sealed_column()
    name = Sealed("name_sealed")
    phone_digest: Mapped[str | None] = mapped_column(sa.String(64))
    factor: Mapped[Factor] = mapped_column(words(Factor, "factor"))
    code_digest: Mapped[str] = mapped_column(sa.String(64))
    state: Mapped[LinkState] = mapped_column(words(LinkState, "state"), default=LinkState.ACTIVE)
    tries: Mapped[int] = mapped_column(default=0)
    issued_by: Mapped[int | None] = mapped_column(BigInt)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def is_usable(self, now: datetime) -> bool:
        """Neither dead nor taken back nor run out."""
        return self.state is LinkState.ACTIVE and now < self.expires_at


class PortalSession(Model):
    """One visit of a petitioner or a helper; the cookie holds the token, this row its digest."""

    __tablename__ = "portal_session"

    id: Mapped[int] = primary_key()
    token_digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    link_id: Mapped[int] = foreign_key("access_link.id")
    is_helper: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    link: Mapped[AccessLink] = relationship(lazy="joined")


class Wish(PublicId, Model):
    """A question or wish that a petitioner left; open until somebody of the staff has seen to it."""

    __tablename__ = "wish"

    id: Mapped[int] = primary_key()
    matter_id: Mapped[int] = mapped_column(BigInt, index=True)
    party_id: Mapped[int] = mapped_column(BigInt)
    paper_id: Mapped[int | None] = mapped_column(BigInt)
    kind: Mapped[WishKind] = mapped_column(words(WishKind, "kind"))
    text_sealed: Mapped[bytes | None] = sealed_column()
    text = Sealed("text_sealed")
    left_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_by: Mapped[int | None] = mapped_column(BigInt)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        sa.Index(
            "ix_wish_open",
            "id",
            sqlite_where=sa.text("settled_at is null"),
            postgresql_where=sa.text("settled_at is null"),
        ),
    )
