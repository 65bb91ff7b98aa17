"""Who is to sign a paper, what each one gave, the seals and the scans of what was signed on paper."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.documents.models import IssuedPaper
from app.extensions import BigInt, Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.privacy.sealed import Sealed, sealed_column
from app.signing.rules import Manner, RoundState, SignerRole


class SigningRound(Model):
    """The signing of one issued paper, from opening until the signed revision is closed."""

    __tablename__ = "signing_round"

    id: Mapped[int] = primary_key()
    paper_id: Mapped[int] = mapped_column(BigInt, sa.ForeignKey("issued_paper.id"), unique=True)
    state: Mapped[RoundState] = mapped_column(words(RoundState, "state"), default=RoundState.OPEN)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    paper: Mapped[IssuedPaper] = relationship()
    slots: Mapped[list["SigningSlot"]] = relationship(order_by="SigningSlot.position", back_populates="round")
    seals: Mapped[list["Seal"]] = relationship(order_by="Seal.id", back_populates="round")
    scans: Mapped[list["Scan"]] = relationship(order_by="Scan.id", back_populates="round")

    __table_args__ = (
        sa.Index(
            "ix_signing_round_closing",
            "id",
            sqlite_where=sa.text("state = 'closing'"),
            postgresql_where=sa.text("state = 'closing'"),
        ),
    )


class SigningSlot(PublicId, Model):
    """One place on the paper that somebody is to sign; `key` is the one the frozen facts carry."""

    __tablename__ = "signing_slot"

    id: Mapped[int] = primary_key()
    round_id: Mapped[int] = foreign_key("signing_round.id", index=False)
    key: Mapped[str] = mapped_column(sa.String(40))
    position: Mapped[int] = mapped_column(default=0)
    role: Mapped[SignerRole] = mapped_column(words(SignerRole, "role"))
    is_required: Mapped[bool] = mapped_column(default=True)
    account_id: Mapped[int | None] = foreign_key("account.id", nullable=True)
    name_sealed: Mapped[bytes | None] = sealed_column()
    name = Sealed("name_sealed")
    identity_document: Mapped[str] = mapped_column(sa.String(40), default="")
    identity_checked_by: Mapped[int | None] = foreign_key("account.id", nullable=True, index=False)
    identity_checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    round: Mapped[SigningRound] = relationship(back_populates="slots")
    signature: Mapped["Signature | None"] = relationship(back_populates="slot", uselist=False)

    __table_args__ = (sa.UniqueConstraint("round_id", "key"),)

    @property
    def is_signed(self) -> bool:
        """Signed in any manner; a refusal is no signature."""
        return self.signature is not None and self.signature.manner is not Manner.REFUSED

    @property
    def is_refused(self) -> bool:
        """The person said that he does not sign, or could not be reached; the reason is on record."""
        return self.signature is not None and self.signature.manner is Manner.REFUSED


class Signature(PublicId, Model):
    """What one signer gave, bound to the bytes that were shown; never changed."""

    __tablename__ = "signature"

    id: Mapped[int] = primary_key()
    slot_id: Mapped[int] = mapped_column(BigInt, sa.ForeignKey("signing_slot.id"), unique=True)
    manner: Mapped[Manner] = mapped_column(words(Manner, "manner"))
    signed_by_sealed: Mapped[bytes | None] = sealed_column()
    signed_by = Sealed("signed_by_sealed")
    strokes_sealed: Mapped[bytes | None] = sealed_column(lazy=True)
    strokes = Sealed("strokes_sealed")
    shown_sha256: Mapped[str] = mapped_column(sa.String(64))
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_by: Mapped[int | None] = foreign_key("account.id", nullable=True, index=False)
    refusal_reason_sealed: Mapped[bytes | None] = sealed_column()
    refusal_reason = Sealed("refusal_reason_sealed")
    is_unreached: Mapped[bool] = mapped_column(default=False)
    """Among what is no signature: he said nothing, for he could not be asked; the reason tells what was tried."""
    scan_id: Mapped[int | None] = foreign_key("scan.id", nullable=True)

    slot: Mapped[SigningSlot] = relationship(back_populates="signature")
    scan: Mapped["Scan | None"] = relationship()


class Seal(Model):
    """One seal put on a paper by a recorded act: whose, when, by whom."""

    __tablename__ = "seal"

    id: Mapped[int] = primary_key()
    round_id: Mapped[int] = foreign_key("signing_round.id", index=False)
    key: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(sa.String(120))
    put_on_at: Mapped[datetime] = mapped_column(UtcDateTime)
    put_on_by: Mapped[int] = foreign_key("account.id", index=False)

    round: Mapped[SigningRound] = relationship(back_populates="seals")

    __table_args__ = (sa.UniqueConstraint("round_id", "key"),)


class Scan(PublicId, Model):
    """The scan of a paper that was signed by hand; the file lies among the uploads under a random name."""

    __tablename__ = "scan"

    id: Mapped[int] = primary_key()
    round_id: Mapped[int] = foreign_key("signing_round.id")
    file_name: Mapped[str] = mapped_column(sa.String(80), unique=True)
    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    pages: Mapped[int] = mapped_column(default=1)
    size: Mapped[int] = mapped_column(default=0)
    added_by: Mapped[int] = foreign_key("account.id", index=False)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)

    round: Mapped[SigningRound] = relationship(back_populates="scans")
