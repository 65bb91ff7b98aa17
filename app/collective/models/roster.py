"""The roster of one dispute: its claimants with claims and heirs, and every table that was uploaded to it."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.permissions import AccessView
from app.collective.rules import ClaimantStatus, ClaimKind, HeirPart, ImportStatus, Kinship
from app.extensions import BigInt, Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.matters.models import Matter, Party
from app.people.models import Account
from app.privacy.sealed import Sealed, digest_column, sealed_column


class Roster(PublicId, Model):
    """名册: everybody who claims the same of one respondent in one matter, in the order of signing."""

    __tablename__ = "roster"

    id: Mapped[int] = primary_key()
    matter_id: Mapped[int] = foreign_key("matter.id")
    respondent_id: Mapped[int] = foreign_key("party.id")
    name: Mapped[str] = mapped_column(sa.String(60))
    created_by: Mapped[int] = foreign_key("account.id", index=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    matter: Mapped[Matter] = relationship()
    respondent: Mapped[Party] = relationship()

    __mapper_args__ = {"version_id_col": version}

    def access_view(self) -> AccessView:
        """The permission table sees the matter."""
        return self.matter.access_view()


class Claimant(PublicId, Model):
    """One line of the roster; who it is lies sealed in the matter's party (R-LINK-11)."""

    __tablename__ = "claimant"

    id: Mapped[int] = primary_key()
    roster_id: Mapped[int] = foreign_key("roster.id", index=False)
    position: Mapped[int]
    party_id: Mapped[int] = foreign_key("party.id")
    street: Mapped[str] = mapped_column(sa.String(40), default="")
    total_fen: Mapped[int] = mapped_column(BigInt)
    is_deceased: Mapped[bool] = mapped_column(default=False)
    died_on: Mapped[date | None] = mapped_column(sa.Date)
    has_death_proof: Mapped[bool] = mapped_column(default=False)
    status: Mapped[ClaimantStatus] = mapped_column(words(ClaimantStatus, "status"), default=ClaimantStatus.LISTED)
    reason_sealed: Mapped[bytes | None] = sealed_column()
    reason = Sealed("reason_sealed")
    version: Mapped[int] = mapped_column(default=1)

    roster: Mapped[Roster] = relationship()
    party: Mapped[Party] = relationship()
    claims: Mapped[list["ClaimItem"]] = relationship(back_populates="claimant", order_by="ClaimItem.position")
    heirs: Mapped[list["Heir"]] = relationship(back_populates="claimant", order_by="Heir.position")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.UniqueConstraint("roster_id", "position"),
        sa.UniqueConstraint("roster_id", "party_id"),
        sa.Index("ix_claimant_roster_street", "roster_id", "street"),
        sa.Index("ix_claimant_roster_status", "roster_id", "status"),
        sa.CheckConstraint("total_fen > 0", name="total"),
    )

    def access_view(self) -> AccessView:
        """The permission table sees the matter."""
        return self.roster.access_view()


class ClaimItem(Model):
    """One claim of a claimant: what for, which period, and the amount in fen."""

    __tablename__ = "claim_item"

    id: Mapped[int] = primary_key()
    claimant_id: Mapped[int] = foreign_key("claimant.id")
    position: Mapped[int]
    kind: Mapped[ClaimKind] = mapped_column(words(ClaimKind, "kind"))
    period: Mapped[str] = mapped_column(sa.String(40), default="")
    years: Mapped[int | None]
    yearly_fen: Mapped[int | None] = mapped_column(BigInt)
    amount_fen: Mapped[int] = mapped_column(BigInt)

    claimant: Mapped[Claimant] = relationship(back_populates="claims")

    __table_args__ = (sa.CheckConstraint("amount_fen > 0", name="amount"),)


class Heir(PublicId, Model):
    """One heir of a dead claimant, with what is on file about him (R-LINK-12, INV-25)."""

    __tablename__ = "heir"

    id: Mapped[int] = primary_key()
    claimant_id: Mapped[int] = foreign_key("claimant.id")
    position: Mapped[int]
    name_sealed: Mapped[bytes | None] = sealed_column()
    name = Sealed("name_sealed")
    name_digest: Mapped[str | None] = digest_column()
    id_number_sealed: Mapped[bytes | None] = sealed_column()
    id_number = Sealed("id_number_sealed")
    id_number_digest: Mapped[str | None] = digest_column()
    phone_sealed: Mapped[bytes | None] = sealed_column()
    phone = Sealed("phone_sealed")
    kinship: Mapped[Kinship] = mapped_column(words(Kinship, "kinship"))
    has_kinship_proof: Mapped[bool] = mapped_column(default=False)
    part: Mapped[HeirPart] = mapped_column(words(HeirPart, "part"))

    claimant: Mapped[Claimant] = relationship(back_populates="heirs")


class RosterImport(PublicId, Model):
    """One uploaded table: its rows lie sealed until it is confirmed or thrown away, then only digest and counts."""

    __tablename__ = "roster_import"

    id: Mapped[int] = primary_key()
    roster_id: Mapped[int] = foreign_key("roster.id")
    sha256: Mapped[str] = mapped_column(sa.String(64))
    rows_sealed: Mapped[bytes | None] = sealed_column(lazy=True)
    rows = Sealed("rows_sealed")
    plan_digest: Mapped[str] = mapped_column(sa.String(64), default="")
    status: Mapped[ImportStatus] = mapped_column(words(ImportStatus, "status"), default=ImportStatus.PREVIEWED)
    row_count: Mapped[int] = mapped_column(default=0)
    new_count: Mapped[int] = mapped_column(default=0)
    changed_count: Mapped[int] = mapped_column(default=0)
    same_count: Mapped[int] = mapped_column(default=0)
    failed_count: Mapped[int] = mapped_column(default=0)
    uploaded_by: Mapped[int] = foreign_key("account.id", index=False)
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    roster: Mapped[Roster] = relationship()
    uploader: Mapped[Account] = relationship()

    __mapper_args__ = {"version_id_col": version}

    def access_view(self) -> AccessView:
        """The permission table sees the matter."""
        return self.roster.access_view()
