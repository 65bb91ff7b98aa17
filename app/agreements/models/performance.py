"""What is owed under an agreement, what was paid on it and by which list; the visits after it."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.permissions import AccessView
from app.agreements.models.agreement import Agreement
from app.agreements.rules import ObligationKind, Performance, VisitReason
from app.agreements.rules.performing import PaymentListStatus
from app.documents.models import IssuedPaper
from app.extensions import BigInt, Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.mediation.models import MediationCase
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
    payments: Mapped[list["Payment"]] = relationship(order_by="Payment.id", back_populates="obligation")

    __table_args__ = (
        sa.Index("ix_agreement_obligation_due", "due_on", "id"),
        sa.CheckConstraint("amount_fen is null or amount_fen > 0", name="amount"),
    )


class PaymentList(PublicId, Model):
    """A list of payments from the finance office: its rows lie sealed until it is booked or thrown away."""

    __tablename__ = "payment_list"

    id: Mapped[int] = primary_key()
    case_id: Mapped[int] = foreign_key("mediation_case.id")
    sha256: Mapped[str] = mapped_column(sa.String(64))
    rows_sealed: Mapped[bytes | None] = sealed_column(lazy=True)
    rows_json = Sealed("rows_sealed")
    status: Mapped[PaymentListStatus] = mapped_column(
        words(PaymentListStatus, "status"), default=PaymentListStatus.PREVIEWED
    )
    row_count: Mapped[int] = mapped_column(default=0)
    booked_count: Mapped[int] = mapped_column(default=0)
    booked_fen: Mapped[int] = mapped_column(BigInt, default=0)
    uploaded_by: Mapped[int] = foreign_key("account.id", index=False)
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    case: Mapped[MediationCase] = relationship()
    uploader: Mapped[Account] = relationship()

    __mapper_args__ = {"version_id_col": version}

    def access_view(self) -> AccessView:
        """A list shows itself as its case does."""
        return self.case.access_view()


class Payment(PublicId, Model):
    """Money that was paid on an obligation; a negative amount takes back what was recorded wrongly."""

    __tablename__ = "agreement_payment"

    id: Mapped[int] = primary_key()
    obligation_id: Mapped[int] = foreign_key("agreement_obligation.id")
    list_id: Mapped[int | None] = foreign_key("payment_list.id", nullable=True)
    amount_fen: Mapped[int] = mapped_column(BigInt)
    paid_on: Mapped[date] = mapped_column(sa.Date)
    reference_sealed: Mapped[bytes | None] = sealed_column()
    reference = Sealed("reference_sealed")
    key_digest: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    proof_scan_id: Mapped[int | None] = foreign_key("scan.id", nullable=True)
    recorded_by: Mapped[int] = foreign_key("account.id", index=False)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_told: Mapped[bool] = mapped_column(default=False)

    obligation: Mapped[Obligation] = relationship(back_populates="payments")

    __table_args__ = (
        sa.Index(
            "ix_agreement_payment_untold",
            "id",
            sqlite_where=sa.text("not is_told"),
            postgresql_where=sa.text("not is_told"),
        ),
        sa.CheckConstraint("amount_fen <> 0", name="amount"),
    )


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
