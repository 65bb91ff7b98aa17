"""Issued papers, their revisions and the counters their numbers come from."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import BigInt, Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.privacy.sealed import Sealed, sealed_column


class NumberCounter(Model):
    """The last number taken of one series of one body in one year; locked until the taker commits (INV-30)."""

    __tablename__ = "number_counter"

    organisation_id: Mapped[int] = mapped_column(BigInt, sa.ForeignKey("organisation.id"), primary_key=True)
    series: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    year: Mapped[int] = mapped_column(sa.Integer, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)


class RevisionKind(StrEnum):
    """r0 as issued for signing, r1 signed and sealed, and the void copy."""

    ISSUED = "issued"
    SIGNED = "signed"
    VOID = "void"


class IssuedPaper(PublicId, Model):
    """One paper that was issued: its frozen facts, number and check code. A correction is a new paper."""

    __tablename__ = "issued_paper"

    id: Mapped[int] = primary_key()
    type_name: Mapped[str] = mapped_column(sa.String(60))
    template_version: Mapped[int] = mapped_column(default=1)
    matter_id: Mapped[int | None] = mapped_column(BigInt, index=True)
    owner_kind: Mapped[str] = mapped_column(sa.String(40))
    owner_id: Mapped[int] = mapped_column(BigInt)
    organisation_id: Mapped[int] = foreign_key("organisation.id", index=False)
    series: Mapped[str] = mapped_column(sa.String(60), default="")
    year: Mapped[int] = mapped_column(sa.Integer)
    n: Mapped[int | None] = mapped_column(sa.Integer)
    number: Mapped[str] = mapped_column(sa.String(80), default="")
    check_code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    facts_sealed: Mapped[bytes | None] = sealed_column(lazy=True)
    facts_json = Sealed("facts_sealed")
    wording: Mapped[dict[str, str] | None] = mapped_column(sa.JSON(none_as_null=True))
    """The office's own words it was issued with, by passage; None on papers without such passages (ADR 22)."""
    issued_by: Mapped[int | None] = mapped_column(BigInt)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_rendered: Mapped[bool] = mapped_column(default=False)
    void_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    replaced_by_id: Mapped[int | None] = foreign_key("issued_paper.id", nullable=True)

    revisions: Mapped[list["PaperRevision"]] = relationship(order_by="PaperRevision.revision", back_populates="paper")
    replaced_by: Mapped["IssuedPaper | None"] = relationship(remote_side=[id])

    __table_args__ = (
        sa.UniqueConstraint("organisation_id", "series", "year", "n", name="uq_issued_paper_number"),
        sa.Index("ix_issued_paper_owner", "owner_kind", "owner_id", "id"),
        sa.Index(
            "ix_issued_paper_waiting",
            "id",
            sqlite_where=sa.text("not is_rendered"),
            postgresql_where=sa.text("not is_rendered"),
        ),
    )

    @property
    def is_ready(self) -> bool:
        """The bytes exist; nothing can be signed or sent before."""
        return self.is_rendered

    @property
    def latest(self) -> "PaperRevision | None":
        """The newest revision, None before the bytes exist."""
        return self.revisions[-1] if self.revisions else None


class PaperRevision(Model):
    """The bytes of one state of a paper; every revision is kept, every digest is known to the check page."""

    __tablename__ = "paper_revision"

    id: Mapped[int] = primary_key()
    paper_id: Mapped[int] = foreign_key("issued_paper.id", index=False)
    revision: Mapped[int] = mapped_column(sa.Integer)
    kind: Mapped[RevisionKind] = mapped_column(words(RevisionKind, "kind"))
    file_name: Mapped[str] = mapped_column(sa.String(200), unique=True)
    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    size: Mapped[int] = mapped_column(sa.Integer)
    pages: Mapped[int] = mapped_column(sa.Integer, default=0)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    paper: Mapped[IssuedPaper] = relationship(back_populates="revisions")

    __table_args__ = (sa.UniqueConstraint("paper_id", "revision"),)
