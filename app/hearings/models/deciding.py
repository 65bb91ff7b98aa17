"""The closed deliberation with its sealed votes, and the opinion that comes out of it."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.documents.models import IssuedPaper
from app.extensions import Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.hearings.models.hearing import Hearing
from app.hearings.models.panel import PanelSeat
from app.hearings.rules.words import Threshold
from app.privacy.sealed import Sealed, sealed_column


class Deliberation(PublicId, Model):
    """One round of the deliberation, on one proposal; a proposal that fails is followed by another round.

    `disclosed_at` is when the last vote was in and all became readable.
    """

    __tablename__ = "deliberation"

    id: Mapped[int] = primary_key()
    hearing_id: Mapped[int] = foreign_key("hearing.id", index=False)
    round: Mapped[int] = mapped_column(default=1)
    place: Mapped[str] = mapped_column(sa.String(120), default="")
    proposal_sealed: Mapped[bytes | None] = sealed_column()
    proposal = Sealed("proposal_sealed")
    threshold: Mapped[Threshold] = mapped_column(words(Threshold, "threshold"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by: Mapped[int] = foreign_key("account.id", index=False)
    disclosed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_adopted: Mapped[bool | None] = mapped_column()
    agreeing: Mapped[int | None] = mapped_column()
    disagreeing: Mapped[int | None] = mapped_column()
    paper_id: Mapped[int | None] = foreign_key("issued_paper.id", nullable=True, index=False)

    hearing: Mapped[Hearing] = relationship(back_populates="deliberations")
    paper: Mapped[IssuedPaper | None] = relationship()
    votes: Mapped[list["PanelVote"]] = relationship(order_by="PanelVote.id", back_populates="deliberation")

    __table_args__ = (sa.UniqueConstraint("hearing_id", "round"),)

    @property
    def matter_id(self) -> int:
        """The matter, for the log."""
        return self.hearing.matter_id

    @property
    def is_disclosed(self) -> bool:
        """True once every vote is in; from then on none can change (INV-19)."""
        return self.disclosed_at is not None


class PanelVote(PublicId, Model):
    """One panelist's vote and reason, both sealed; read by nobody before disclosure, which marks those that count."""

    __tablename__ = "panel_vote"

    id: Mapped[int] = primary_key()
    deliberation_id: Mapped[int] = foreign_key("deliberation.id", index=False)
    seat_id: Mapped[int] = foreign_key("panel_seat.id", index=False)
    vote_sealed: Mapped[bytes | None] = sealed_column()
    vote = Sealed("vote_sealed")
    reason_sealed: Mapped[bytes | None] = sealed_column()
    reason = Sealed("reason_sealed")
    cast_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_counted: Mapped[bool] = mapped_column(default=False)
    """Set at disclosure; whoever left the panel before took his vote along (INV-12)."""

    deliberation: Mapped[Deliberation] = relationship(back_populates="votes")
    seat: Mapped[PanelSeat] = relationship()

    __table_args__ = (sa.UniqueConstraint("deliberation_id", "seat_id"),)


class HearingOpinion(PublicId, Model):
    """The panel's opinion (R-DOC-H10): written as a draft, issued after the vote, then served and perhaps published."""

    __tablename__ = "hearing_opinion"

    id: Mapped[int] = primary_key()
    hearing_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id"), unique=True)
    claim_sealed: Mapped[bytes | None] = sealed_column()
    claim = Sealed("claim_sealed")
    unit_view_sealed: Mapped[bytes | None] = sealed_column()
    unit_view = Sealed("unit_view_sealed")
    accepted_facts_sealed: Mapped[bytes | None] = sealed_column()
    accepted_facts = Sealed("accepted_facts_sealed")
    rejected_facts_sealed: Mapped[bytes | None] = sealed_column()
    rejected_facts = Sealed("rejected_facts_sealed")
    law_sealed: Mapped[bytes | None] = sealed_column()
    law = Sealed("law_sealed")
    conclusion_sealed: Mapped[bytes | None] = sealed_column()
    conclusion = Sealed("conclusion_sealed")
    minority_sealed: Mapped[bytes | None] = sealed_column()
    minority = Sealed("minority_sealed")
    suggestion_sealed: Mapped[bytes | None] = sealed_column()
    suggestion = Sealed("suggestion_sealed")
    is_announced: Mapped[bool] = mapped_column(default=False)
    announced_on: Mapped[date | None] = mapped_column(sa.Date)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    written_by: Mapped[int] = foreign_key("account.id", index=False)
    issued_on: Mapped[date | None] = mapped_column(sa.Date)
    issued_by: Mapped[int | None] = foreign_key("account.id", nullable=True, index=False)
    paper_id: Mapped[int | None] = foreign_key("issued_paper.id", nullable=True, index=False)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    published_by: Mapped[int | None] = foreign_key("account.id", nullable=True, index=False)
    masked_text: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    hearing: Mapped[Hearing] = relationship(back_populates="opinion")
    paper: Mapped[IssuedPaper | None] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def matter_id(self) -> int:
        """The matter, for the log."""
        return self.hearing.matter_id
