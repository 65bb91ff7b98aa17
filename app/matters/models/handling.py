"""What a unit answers: its objection to a transfer, its written opinion; what was corrected, what was looked at."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import BigInt, Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.matters.models.matter import Matter
from app.matters.rules import MatterResult, RevealReason
from app.people.models import Organisation
from app.privacy.sealed import Sealed, sealed_column


class TransferObjection(PublicId, Model):
    """A unit says that a transferred matter is not its own; open until the petition office decides (R-PET-11)."""

    __tablename__ = "transfer_objection"

    id: Mapped[int] = primary_key()
    matter_id: Mapped[int] = foreign_key("matter.id")
    unit_id: Mapped[int] = foreign_key("organisation.id", index=False)
    reason_sealed: Mapped[bytes | None] = sealed_column()
    reason = Sealed("reason_sealed")
    override_reason_sealed: Mapped[bytes | None] = sealed_column()
    override_reason = Sealed("override_reason_sealed")
    raised_by: Mapped[int] = foreign_key("account.id", index=False)
    raised_on: Mapped[date] = mapped_column(sa.Date)
    is_upheld: Mapped[bool | None] = mapped_column()
    decided_by: Mapped[int | None] = foreign_key("account.id", nullable=True, index=False)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision_sealed: Mapped[bytes | None] = sealed_column()
    decision = Sealed("decision_sealed")

    matter: Mapped[Matter] = relationship()
    unit: Mapped[Organisation] = relationship()

    __table_args__ = (
        sa.Index(
            "ix_transfer_objection_open",
            "id",
            sqlite_where=sa.text("is_upheld IS NULL"),
            postgresql_where=sa.text("is_upheld IS NULL"),
        ),
    )


class HandlingOpinion(PublicId, Model):
    """信访处理意见 of the handling unit: result, text, basis, and when the petitioner received it (R-PET-16)."""

    __tablename__ = "handling_opinion"

    id: Mapped[int] = primary_key()
    matter_id: Mapped[int] = foreign_key("matter.id")
    number: Mapped[str] = mapped_column(sa.String(80), default="")
    result: Mapped[MatterResult] = mapped_column(words(MatterResult, "result"))
    opinion_sealed: Mapped[bytes | None] = sealed_column(lazy=True)
    opinion = Sealed("opinion_sealed")
    basis: Mapped[str] = mapped_column(sa.String(400), default="")
    issued_on: Mapped[date] = mapped_column(sa.Date)
    issued_by: Mapped[int] = foreign_key("account.id", index=False)
    received_on: Mapped[date | None] = mapped_column(sa.Date)

    matter: Mapped[Matter] = relationship()


class Correction(PublicId, Model):
    """The old value of a field that was corrected; nothing is overwritten without it (INV-33)."""

    __tablename__ = "correction"

    id: Mapped[int] = primary_key()
    matter_id: Mapped[int] = foreign_key("matter.id")
    subject_kind: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[int] = mapped_column(BigInt)
    field: Mapped[str] = mapped_column(sa.String(40))
    old_value_sealed: Mapped[bytes | None] = sealed_column(lazy=True)
    old_value = Sealed("old_value_sealed")
    corrected_by: Mapped[int] = foreign_key("account.id", index=False)
    corrected_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Reveal(PublicId, Model):
    """One look at a masked value in full: who, which field, what for (INV-32, R-PII-07)."""

    __tablename__ = "reveal"

    id: Mapped[int] = primary_key()
    matter_id: Mapped[int] = foreign_key("matter.id")
    subject_kind: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[int] = mapped_column(BigInt)
    field: Mapped[str] = mapped_column(sa.String(40))
    reason: Mapped[RevealReason] = mapped_column(words(RevealReason, "reason"))
    note_sealed: Mapped[bytes | None] = sealed_column()
    note = Sealed("note_sealed")
    revealed_by: Mapped[int] = foreign_key("account.id", index=False)
    revealed_at: Mapped[datetime] = mapped_column(UtcDateTime)
