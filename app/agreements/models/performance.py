"""What is owed under an agreement and how far it was performed; the visits after it."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agreements.models.agreement import Agreement
from app.agreements.rules import ObligationKind, Performance, VisitReason
from app.documents.models import IssuedPaper
from app.extensions import BigInt, Model, PublicId, foreign_key, primary_key, words
from app.people.models import Account
from app.privacy.sealed import Sealed, sealed_column


class Obligation(PublicId, Model):
    """One payment or act: who owes what to whom until when, and how far it was performed."""

    __tablename__ = "agreement_obligation"

    id: Mapped[int] = primary_key()
    agreement_id: Mapped[int] = foreign_key("agreement.id")
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[ObligationKind] = mapped_column(words(ObligationKind, "kind"))
    payer_key: Mapped[str] = mapped_column(sa.String(40), default="")
    payee_key: Mapped[str] = mapped_column(sa.String(40), default="")
    amount_fen: Mapped[int | None] = mapped_column(BigInt)
    due_on: Mapped[date | None] = mapped_column(sa.Date)
    due_after_days: Mapped[int | None] = mapped_column()
    method: Mapped[str] = mapped_column(sa.String(60), default="")
    account_holder_sealed: Mapped[bytes | None] = sealed_column()
    account_holder = Sealed("account_holder_sealed")
    account_bank: Mapped[str] = mapped_column(sa.String(120), default="")
    account_number_sealed: Mapped[bytes | None] = sealed_column()
    account_number = Sealed("account_number_sealed")
    text_sealed: Mapped[bytes | None] = sealed_column()
    text = Sealed("text_sealed")
    performance: Mapped[Performance] = mapped_column(words(Performance, "performance"), default=Performance.DUE)
    performed_fen: Mapped[int] = mapped_column(BigInt, default=0)
    performed_on: Mapped[date | None] = mapped_column(sa.Date)
    proof_scan_id: Mapped[int | None] = foreign_key("scan.id", nullable=True)

    agreement: Mapped[Agreement] = relationship(back_populates="obligations")

    __table_args__ = (sa.CheckConstraint("amount_fen is null or amount_fen > 0", name="amount"),)


class FollowUpVisit(PublicId, Model):
    """A visit after the agreement: planned at its effect for each due date, done with a record (R-MED-22)."""

    __tablename__ = "follow_up_visit"

    id: Mapped[int] = primary_key()
    agreement_id: Mapped[int] = foreign_key("agreement.id")
    obligation_id: Mapped[int | None] = foreign_key("agreement_obligation.id", nullable=True)
    reason: Mapped[VisitReason] = mapped_column(words(VisitReason, "reason"))
    due_on: Mapped[date] = mapped_column(sa.Date)
    is_open: Mapped[bool] = mapped_column(default=True)
    visited_on: Mapped[date | None] = mapped_column(sa.Date)
    manner: Mapped[str] = mapped_column(sa.String(40), default="")
    performance: Mapped[Performance | None] = mapped_column(words(Performance, "visit_performance"), nullable=True)
    findings_sealed: Mapped[bytes | None] = sealed_column()
    findings = Sealed("findings_sealed")
    measures_sealed: Mapped[bytes | None] = sealed_column()
    measures = Sealed("measures_sealed")
    satisfaction: Mapped[str] = mapped_column(sa.String(20), default="")
    paper_id: Mapped[int | None] = foreign_key("issued_paper.id", nullable=True)
    recorded_by: Mapped[int | None] = foreign_key("account.id", nullable=True, index=False)

    agreement: Mapped[Agreement] = relationship(back_populates="visits")
    obligation: Mapped[Obligation | None] = relationship()
    paper: Mapped[IssuedPaper | None] = relationship()
    recorder: Mapped[Account | None] = relationship()

    __table_args__ = (
        sa.Index(
            "ix_follow_up_visit_due_open",
            "due_on",
            "id",
            sqlite_where=sa.text("is_open"),
            postgresql_where=sa.text("is_open"),
        ),
    )
