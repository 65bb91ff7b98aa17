"""The opinion a lawyer was asked for, its text, and the office's answer."""

import json
from dataclasses import asdict
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.permissions import AccessView
from app.counsel.rules import (
    Adoption,
    AnalysisStep,
    OpenRoute,
    OpinionStatus,
    OpinionText,
    RouteWord,
)
from app.extensions import Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.matters.models import Matter
from app.people.models import Account
from app.privacy.sealed import Sealed, sealed_column


class LegalOpinion(PublicId, Model):
    """One request and what became of it; locked from submission on. A supplement is a row of its own."""

    __tablename__ = "legal_opinion"

    id: Mapped[int] = primary_key()
    matter_id: Mapped[int] = foreign_key("matter.id")
    lawyer_id: Mapped[int] = foreign_key("account.id", index=False)
    requested_by: Mapped[int] = foreign_key("account.id", index=False)
    supplements_id: Mapped[int | None] = foreign_key("legal_opinion.id", nullable=True)
    status: Mapped[OpinionStatus] = mapped_column(words(OpinionStatus, "status"), default=OpinionStatus.REQUESTED)
    is_open: Mapped[bool] = mapped_column(default=True)
    question_sealed: Mapped[bytes | None] = sealed_column()
    question = Sealed("question_sealed")
    due_on: Mapped[date] = mapped_column(sa.Date)
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    cleared_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer_due_on: Mapped[date | None] = mapped_column(sa.Date)
    ended_reason_sealed: Mapped[bytes | None] = sealed_column()
    ended_reason = Sealed("ended_reason_sealed")
    facts_sealed: Mapped[bytes | None] = sealed_column(lazy=True)
    facts = Sealed("facts_sealed")
    issues_sealed: Mapped[bytes | None] = sealed_column(lazy=True)
    issues = Sealed("issues_sealed")
    analysis_sealed: Mapped[bytes | None] = sealed_column(lazy=True)
    analysis_json = Sealed("analysis_sealed")
    routes_sealed: Mapped[bytes | None] = sealed_column(lazy=True)
    routes_json = Sealed("routes_sealed")
    opinion_sealed: Mapped[bytes | None] = sealed_column(lazy=True)
    opinion = Sealed("opinion_sealed")
    open_points_sealed: Mapped[bytes | None] = sealed_column(lazy=True)
    open_points = Sealed("open_points_sealed")
    version: Mapped[int] = mapped_column(default=1)

    matter: Mapped[Matter] = relationship()
    lawyer: Mapped[Account] = relationship(foreign_keys=[lawyer_id])
    supplements: Mapped["LegalOpinion | None"] = relationship(remote_side=[id])
    answer: Mapped["OpinionAnswer | None"] = relationship(back_populates="legal_opinion", lazy="joined")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (sa.Index("ix_legal_opinion_lawyer_open", "lawyer_id", "is_open", "due_on"),)

    @property
    def text(self) -> OpinionText:
        """What the lawyer wrote so far."""
        return OpinionText(
            facts=self.facts,
            issues=self.issues,
            analysis=tuple(AnalysisStep(**step) for step in json.loads(self.analysis_json or "[]")),
            routes=tuple(
                OpenRoute(**{**row, "route": RouteWord(row["route"])}) for row in json.loads(self.routes_json or "[]")
            ),
            opinion=self.opinion,
            open_points=self.open_points,
        )

    @text.setter
    def text(self, text: OpinionText) -> None:
        self.facts, self.issues = text.facts, text.issues
        self.opinion, self.open_points = text.opinion, text.open_points
        self.analysis_json = json.dumps([asdict(step) for step in text.analysis], ensure_ascii=False)
        self.routes_json = json.dumps([asdict(row) for row in text.routes], ensure_ascii=False)

    def access_view(self) -> AccessView:
        """The matter's walls and people, with the lawyer as the author."""
        view = self.matter.access_view()
        return AccessView(**{**vars(view), "authors": frozenset({self.lawyer_id})})


class OpinionAnswer(PublicId, Model):
    """What the office did with the opinion, and why; the lawyer reads it."""

    __tablename__ = "opinion_answer"

    id: Mapped[int] = primary_key()
    opinion_id: Mapped[int] = mapped_column(sa.ForeignKey("legal_opinion.id"), unique=True)
    adoption: Mapped[Adoption] = mapped_column(words(Adoption, "adoption"))
    reasons_sealed: Mapped[bytes | None] = sealed_column()
    reasons = Sealed("reasons_sealed")
    answered_by: Mapped[int] = foreign_key("account.id", index=False)
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)

    legal_opinion: Mapped[LegalOpinion] = relationship(back_populates="answer")
