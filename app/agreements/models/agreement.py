"""The agreement of a mediation case: its text, parties, clauses and the advice that was kept."""

from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship

from app.access.permissions import AccessView
from app.agreements.rules import AgreementForm, AgreementStatus, Supplement
from app.documents.models import IssuedPaper
from app.extensions import BigInt, Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.matters.models import Matter, Party, Proxy
from app.mediation.models import MediationCase
from app.privacy.sealed import Sealed, sealed_column

if TYPE_CHECKING:
    from app.agreements.models.confirmation import Confirmation
    from app.agreements.models.performance import FollowUpVisit, Obligation


class Agreement(PublicId, Model):
    """One agreement, written or oral; after issue its text never changes (INV-24)."""

    __tablename__ = "agreement"

    id: Mapped[int] = primary_key()
    case_id: Mapped[int] = foreign_key("mediation_case.id")
    matter_id: Mapped[int] = foreign_key("matter.id")
    form: Mapped[AgreementForm] = mapped_column(words(AgreementForm, "form"))
    status: Mapped[AgreementStatus] = mapped_column(words(AgreementStatus, "status"), default=AgreementStatus.DRAFT)
    is_open: Mapped[bool] = mapped_column(default=True)
    number: Mapped[str] = mapped_column(sa.String(80), default="", index=True)
    supplement: Mapped[Supplement] = mapped_column(words(Supplement, "supplement"), default=Supplement.NONE)
    earlier_id: Mapped[int | None] = foreign_key("agreement.id", nullable=True)
    paper_id: Mapped[int | None] = foreign_key("issued_paper.id", nullable=True)
    facts_sealed: Mapped[bytes | None] = sealed_column(lazy=True)
    facts = Sealed("facts_sealed")
    payment_term_sealed: Mapped[bytes | None] = sealed_column()
    payment_term = Sealed("payment_term_sealed")
    manner_sealed: Mapped[bytes | None] = sealed_column()
    manner = Sealed("manner_sealed")
    place_sealed: Mapped[bytes | None] = sealed_column()
    place = Sealed("place_sealed")
    remarks_sealed: Mapped[bytes | None] = sealed_column()
    remarks = Sealed("remarks_sealed")
    total_fen: Mapped[int | None] = mapped_column(BigInt)
    copies: Mapped[int] = mapped_column(default=3)
    is_performed_at_once: Mapped[bool] = mapped_column(default=False)
    reached_on: Mapped[date | None] = mapped_column(sa.Date)
    reached_at: Mapped[str] = mapped_column(sa.String(120), default="")
    effective_on: Mapped[date | None] = mapped_column(sa.Date, index=True)
    window_ends_on: Mapped[date | None] = mapped_column(sa.Date)
    void_reason_sealed: Mapped[bytes | None] = sealed_column()
    void_reason = Sealed("void_reason_sealed")
    drafted_by: Mapped[int] = foreign_key("account.id", index=False)
    drafted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    case: Mapped[MediationCase] = relationship()
    matter: Mapped[Matter] = relationship()
    paper: Mapped[IssuedPaper | None] = relationship()
    earlier: Mapped["Agreement | None"] = relationship(remote_side=[id])
    parties: Mapped[list["AgreementParty"]] = relationship(
        order_by="AgreementParty.position", back_populates="agreement", cascade="all, delete-orphan"
    )
    obligations: Mapped[list["Obligation"]] = relationship(
        order_by="Obligation.position", back_populates="agreement", cascade="all, delete-orphan"
    )
    terms: Mapped[list["AgreementTerm"]] = relationship(
        order_by="AgreementTerm.position", back_populates="agreement", cascade="all, delete-orphan"
    )
    kept_findings: Mapped[list["KeptFinding"]] = relationship(
        order_by="KeptFinding.id", back_populates="agreement", cascade="all, delete-orphan"
    )
    visits: Mapped[list["FollowUpVisit"]] = relationship(order_by="FollowUpVisit.due_on", back_populates="agreement")
    confirmations: Mapped[list["Confirmation"]] = relationship(order_by="Confirmation.id", back_populates="agreement")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.Index("ix_agreement_saved", "saved_at", "id"),
        sa.Index("ix_agreement_status_saved", "status", "saved_at", "id"),
        sa.CheckConstraint("total_fen is null or total_fen >= 0", name="total"),
    )

    def access_view(self) -> AccessView:
        """An agreement shows itself as its matter does."""
        return self.matter.access_view()


class AgreementParty(Model):
    """One party of the agreement, in the order of the paper, and who signs for it."""

    __tablename__ = "agreement_party"

    id: Mapped[int] = primary_key()
    agreement_id: Mapped[int] = foreign_key("agreement.id", index=False)
    party_id: Mapped[int] = foreign_key("party.id")
    proxy_id: Mapped[int | None] = foreign_key("proxy.id", nullable=True)
    position: Mapped[int] = mapped_column(default=0)
    label: Mapped[str] = mapped_column(sa.String(20))
    key: Mapped[str] = mapped_column(sa.String(40))

    agreement: Mapped[Agreement] = relationship(back_populates="parties")
    party: Mapped[Party] = relationship()
    proxy: Mapped[Proxy | None] = relationship()

    successors: Mapped[list["AgreementSuccessor"]] = relationship(
        order_by="AgreementSuccessor.position", back_populates="row", cascade="all, delete-orphan"
    )

    __table_args__ = (sa.UniqueConstraint("agreement_id", "party_id"),)

    @property
    def guardian(self) -> Party | None:
        """Who acts for a party that cannot act itself (INV-37)."""
        session = object_session(self)
        if self.party.guardian_id is None or session is None:
            return None
        return session.get(Party, self.party.guardian_id)

    @property
    def signer_name(self) -> str:
        """Who signs: the proxy, the guardian, the legal representative of a body, or the person."""
        acting = self.proxy or self.guardian
        if acting is not None:
            return acting.name
        return self.party.legal_representative or self.party.name


class AgreementSuccessor(PublicId, Model):
    """One of several heirs who each sign in person for a dead party, with the proof on file (R-LINK-12, INV-25)."""

    __tablename__ = "agreement_successor"

    id: Mapped[int] = primary_key()
    row_id: Mapped[int] = foreign_key("agreement_party.id")
    position: Mapped[int] = mapped_column(default=0)
    key: Mapped[str] = mapped_column(sa.String(40))
    name_sealed: Mapped[bytes | None] = sealed_column()
    name = Sealed("name_sealed")
    kinship: Mapped[str] = mapped_column(sa.String(40))
    proof_sealed: Mapped[bytes | None] = sealed_column()
    proof = Sealed("proof_sealed")

    row: Mapped[AgreementParty] = relationship(back_populates="successors")


class AgreementTerm(PublicId, Model):
    """One clause."""

    __tablename__ = "agreement_term"

    id: Mapped[int] = primary_key()
    agreement_id: Mapped[int] = foreign_key("agreement.id")
    position: Mapped[int] = mapped_column(default=0)
    text_sealed: Mapped[bytes | None] = sealed_column()
    text = Sealed("text_sealed")

    agreement: Mapped[Agreement] = relationship(back_populates="terms")


class KeptFinding(PublicId, Model):
    """Advice that was kept, with the reason that goes into the file; lapses when the words change."""

    __tablename__ = "kept_finding"

    id: Mapped[int] = primary_key()
    agreement_id: Mapped[int] = foreign_key("agreement.id", index=False)
    key_digest: Mapped[str] = mapped_column(sa.String(64))
    title: Mapped[str] = mapped_column(sa.String(120))
    reason_sealed: Mapped[bytes | None] = sealed_column()
    reason = Sealed("reason_sealed")
    kept_by: Mapped[int] = foreign_key("account.id", index=False)
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)

    agreement: Mapped[Agreement] = relationship(back_populates="kept_findings")

    __table_args__ = (sa.UniqueConstraint("agreement_id", "key_digest"),)
