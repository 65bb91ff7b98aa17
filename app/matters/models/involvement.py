"""Who works or worked on a matter, who is kept out of it, and what must be settled before it closes."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import BigInt, Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.matters.models.matter import Matter
from app.matters.rules import Capacity, RecusalGround, RecusalStatus
from app.people.models import Account
from app.privacy.sealed import Sealed, sealed_column


class Involvement(Model):
    """One person's part in one matter; `is_barred` shuts him out everywhere at once."""

    __tablename__ = "involvement"

    id: Mapped[int] = primary_key()
    matter_id: Mapped[int] = foreign_key("matter.id", index=False)
    account_id: Mapped[int] = foreign_key("account.id", index=False)
    capacity: Mapped[Capacity] = mapped_column(words(Capacity, "capacity"))
    party_id: Mapped[int | None] = foreign_key("party.id", nullable=True)
    since: Mapped[date] = mapped_column(sa.Date)
    ended_on: Mapped[date | None] = mapped_column(sa.Date)
    is_barred: Mapped[bool] = mapped_column(default=False)

    matter: Mapped[Matter] = relationship(back_populates="involvements")
    account: Mapped[Account] = relationship()

    __table_args__ = (
        sa.Index("ix_involvement_matter_account", "matter_id", "account_id"),
        sa.Index("ix_involvement_account_matter", "account_id", "matter_id"),
    )


class Recusal(PublicId, Model):
    """A person steps aside or is asked to: ground, facts, decision."""

    __tablename__ = "recusal"

    id: Mapped[int] = primary_key()
    matter_id: Mapped[int] = foreign_key("matter.id")
    account_id: Mapped[int] = foreign_key("account.id")
    ground: Mapped[RecusalGround] = mapped_column(words(RecusalGround, "ground"))
    facts_sealed: Mapped[bytes | None] = sealed_column()
    facts = Sealed("facts_sealed")
    status: Mapped[RecusalStatus] = mapped_column(words(RecusalStatus, "status"))
    requested_by: Mapped[int] = foreign_key("account.id", index=False)
    party_id: Mapped[int | None] = foreign_key("party.id", nullable=True)
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[int | None] = foreign_key("account.id", nullable=True, index=False)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision_sealed: Mapped[bytes | None] = sealed_column()
    decision = Sealed("decision_sealed")

    matter: Mapped[Matter] = relationship()
    account: Mapped[Account] = relationship(foreign_keys=[account_id])

    __table_args__ = (sa.Index("ix_recusal_status", "status", "id"),)


class Blocker(Model):
    """Something a higher package opened that must be settled before the matter closes."""

    __tablename__ = "blocker"

    id: Mapped[int] = primary_key()
    matter_id: Mapped[int] = foreign_key("matter.id")
    kind: Mapped[str] = mapped_column(sa.String(40))
    owner_kind: Mapped[str] = mapped_column(sa.String(40))
    owner_id: Mapped[int] = mapped_column(BigInt)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    matter: Mapped[Matter] = relationship(back_populates="blockers")

    __table_args__ = (sa.Index("ix_blocker_owner", "owner_kind", "owner_id"),)
