"""The versions of a model settlement, whose agreement is made of which version, and the batches that were sealed."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.permissions import AccessView
from app.agreements.models import Agreement
from app.collective.models.roster import Claimant, Roster
from app.collective.rules.settlement import SettlementStatus
from app.extensions import Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.jobs.models import Job
from app.mediation.models import MediationCase
from app.people.models import Account
from app.privacy.sealed import Sealed, sealed_column


class ModelSettlement(PublicId, Model):
    """样本协议: one version; once frozen its text never changes."""

    __tablename__ = "model_settlement"

    id: Mapped[int] = primary_key()
    roster_id: Mapped[int] = foreign_key("roster.id", index=False)
    case_id: Mapped[int] = foreign_key("mediation_case.id")
    number: Mapped[int]
    status: Mapped[SettlementStatus] = mapped_column(words(SettlementStatus, "status"), default=SettlementStatus.DRAFT)
    facts_sealed: Mapped[bytes | None] = sealed_column()
    facts = Sealed("facts_sealed")
    payment_term_sealed: Mapped[bytes | None] = sealed_column()
    payment_term = Sealed("payment_term_sealed")
    clauses_sealed: Mapped[bytes | None] = sealed_column()
    clauses = Sealed("clauses_sealed")
    manner_sealed: Mapped[bytes | None] = sealed_column()
    manner = Sealed("manner_sealed")
    place_sealed: Mapped[bytes | None] = sealed_column()
    place = Sealed("place_sealed")
    kept_reason_sealed: Mapped[bytes | None] = sealed_column()
    kept_reason = Sealed("kept_reason_sealed")
    digest: Mapped[str] = mapped_column(sa.String(64), default="")
    saved_by: Mapped[int] = foreign_key("account.id", index=False)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    frozen_by: Mapped[int | None] = foreign_key("account.id", nullable=True, index=False)
    frozen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    job_id: Mapped[int | None] = foreign_key("job.id", nullable=True)
    version: Mapped[int] = mapped_column(default=1)

    roster: Mapped[Roster] = relationship()
    case: Mapped[MediationCase] = relationship()
    job: Mapped[Job | None] = relationship()
    saver: Mapped[Account] = relationship(foreign_keys=[saved_by])
    shares: Mapped[list["SettlementShare"]] = relationship(
        order_by="SettlementShare.position", back_populates="settlement", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (sa.UniqueConstraint("roster_id", "number"),)

    @property
    def matter_id(self) -> int:
        """The matter, for the log."""
        return self.roster.matter_id

    def access_view(self) -> AccessView:
        """The permission table sees the matter."""
        return self.roster.access_view()


class SettlementShare(Model):
    """One instalment of every agreement: its part of the amount in hundredths of a percent, and until when."""

    __tablename__ = "settlement_share"

    id: Mapped[int] = primary_key()
    settlement_id: Mapped[int] = foreign_key("model_settlement.id")
    position: Mapped[int]
    part: Mapped[int]
    due_on: Mapped[date | None] = mapped_column(sa.Date)
    due_after_days: Mapped[int | None]

    settlement: Mapped[ModelSettlement] = relationship(back_populates="shares")

    __table_args__ = (sa.CheckConstraint("part > 0 and part <= 10000", name="part"),)


class SealBatch(PublicId, Model):
    """Agreements that got the committee's seal in one act: one moment for all, whenever the work was done."""

    __tablename__ = "seal_batch"

    id: Mapped[int] = primary_key()
    roster_id: Mapped[int] = foreign_key("roster.id", index=False)
    number: Mapped[int]
    sealed_by: Mapped[int] = foreign_key("account.id", index=False)
    sealed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    job_id: Mapped[int | None] = foreign_key("job.id", nullable=True)
    confirmation_job_id: Mapped[int | None] = foreign_key("job.id", nullable=True)

    roster: Mapped[Roster] = relationship()
    job: Mapped[Job | None] = relationship(foreign_keys=[job_id])
    confirmation_job: Mapped[Job | None] = relationship(foreign_keys=[confirmation_job_id])
    sealer: Mapped[Account] = relationship()

    __table_args__ = (sa.UniqueConstraint("roster_id", "number"),)

    @property
    def matter_id(self) -> int:
        """The matter, for the log."""
        return self.roster.matter_id

    def access_view(self) -> AccessView:
        """The permission table sees the matter."""
        return self.roster.access_view()


class SettlementAgreement(Model):
    """The agreement of one claimant, and of which version of the model it is made."""

    __tablename__ = "settlement_agreement"

    id: Mapped[int] = primary_key()
    settlement_id: Mapped[int] = foreign_key("model_settlement.id", index=False)
    claimant_id: Mapped[int] = foreign_key("claimant.id")
    agreement_id: Mapped[int] = foreign_key("agreement.id", index=False)
    batch_id: Mapped[int | None] = foreign_key("seal_batch.id", nullable=True)

    settlement: Mapped[ModelSettlement] = relationship()
    claimant: Mapped[Claimant] = relationship()
    agreement: Mapped[Agreement] = relationship()
    batch: Mapped[SealBatch | None] = relationship()

    __table_args__ = (sa.UniqueConstraint("settlement_id", "claimant_id"), sa.UniqueConstraint("agreement_id"))
