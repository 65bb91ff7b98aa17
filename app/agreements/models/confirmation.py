"""The joint application for judicial confirmation and what the court decided."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agreements.models.agreement import Agreement
from app.agreements.rules import ConfirmationStatus, CourtGround
from app.documents.models import IssuedPaper
from app.extensions import Model, PublicId, foreign_key, primary_key, words
from app.people.models import Organisation
from app.privacy.sealed import Sealed, sealed_column


class Confirmation(PublicId, Model):
    """A joint application to a court, and what the court decided (INV-26)."""

    __tablename__ = "judicial_confirmation"

    id: Mapped[int] = primary_key()
    agreement_id: Mapped[int] = foreign_key("agreement.id")
    court_id: Mapped[int | None] = foreign_key("organisation.id", nullable=True)
    court_name: Mapped[str] = mapped_column(sa.String(120))
    ground: Mapped[CourtGround] = mapped_column(words(CourtGround, "ground"))
    applied_on: Mapped[date] = mapped_column(sa.Date)
    status: Mapped[ConfirmationStatus] = mapped_column(
        words(ConfirmationStatus, "status"), default=ConfirmationStatus.APPLIED
    )
    is_open: Mapped[bool] = mapped_column(default=True)
    decided_on: Mapped[date | None] = mapped_column(sa.Date)
    ruling_number: Mapped[str] = mapped_column(sa.String(80), default="")
    note_sealed: Mapped[bytes | None] = sealed_column()
    note = Sealed("note_sealed")
    enforcement_ends_on: Mapped[date | None] = mapped_column(sa.Date)
    enforcement_asked_on: Mapped[date | None] = mapped_column(sa.Date)
    paper_id: Mapped[int | None] = foreign_key("issued_paper.id", nullable=True)
    applied_by: Mapped[int] = foreign_key("account.id", index=False)

    agreement: Mapped[Agreement] = relationship(back_populates="confirmations")
    court: Mapped[Organisation | None] = relationship()
    paper: Mapped[IssuedPaper | None] = relationship()
