"""The running period of a matter: a row that an act writes and a rule can recompute (R-CLOCK-01)."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import BigInt, Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.matters.models.matter import Matter
from app.matters.rules import ClockState, ClockVariant
from app.privacy.sealed import Sealed, sealed_column


class Clock(PublicId, Model):
    """One running period; `clock` names the rule of the table in app.law.clocks."""

    __tablename__ = "clock"

    id: Mapped[int] = primary_key()
    matter_id: Mapped[int] = foreign_key("matter.id")
    owner_kind: Mapped[str] = mapped_column(sa.String(40), default="matter")
    owner_id: Mapped[int] = mapped_column(BigInt)
    clock: Mapped[str] = mapped_column(sa.String(60))
    variant: Mapped[ClockVariant] = mapped_column(words(ClockVariant, "variant"), default=ClockVariant.STANDARD)
    trigger_on: Mapped[date] = mapped_column(sa.Date)
    extend_days: Mapped[int] = mapped_column(default=0)
    paused_days: Mapped[int] = mapped_column(default=0)
    nominal_on: Mapped[date] = mapped_column(sa.Date)
    legal_due_on: Mapped[date] = mapped_column(sa.Date)
    target_on: Mapped[date] = mapped_column(sa.Date)
    is_provisional: Mapped[bool] = mapped_column(default=False)
    state: Mapped[ClockState] = mapped_column(words(ClockState, "state"), default=ClockState.RUNNING)
    is_open: Mapped[bool] = mapped_column(default=True)
    met_on: Mapped[date | None] = mapped_column(sa.Date)
    late_reason_sealed: Mapped[bytes | None] = sealed_column()
    late_reason = Sealed("late_reason_sealed")
    profile_id: Mapped[int | None] = mapped_column(BigInt)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)

    matter: Mapped[Matter] = relationship()
    extensions: Mapped[list["ClockExtension"]] = relationship(order_by="ClockExtension.id")
    pauses: Mapped[list["ClockPause"]] = relationship(order_by="ClockPause.id")

    __table_args__ = (
        sa.Index("ix_clock_owner", "owner_kind", "owner_id", "clock"),
        sa.Index(
            "ix_clock_due_open",
            "legal_due_on",
            "id",
            sqlite_where=sa.text("is_open"),
            postgresql_where=sa.text("is_open"),
        ),
    )


class ClockExtension(PublicId, Model):
    """More days, appended to the nominal last day: who approved, when, why (R-TIME-09, R-CLOCK-02)."""

    __tablename__ = "clock_extension"

    id: Mapped[int] = primary_key()
    clock_id: Mapped[int] = foreign_key("clock.id")
    days: Mapped[int] = mapped_column()
    approved_by: Mapped[int] = foreign_key("account.id", index=False)
    approved_on: Mapped[date] = mapped_column(sa.Date)
    told_on: Mapped[date | None] = mapped_column(sa.Date)
    reason_sealed: Mapped[bytes | None] = sealed_column()
    reason = Sealed("reason_sealed")


class ClockPause(PublicId, Model):
    """Days that do not count, with the basis that allows it (R-CLOCK-03)."""

    __tablename__ = "clock_pause"

    id: Mapped[int] = primary_key()
    clock_id: Mapped[int] = foreign_key("clock.id")
    from_on: Mapped[date] = mapped_column(sa.Date)
    until_on: Mapped[date | None] = mapped_column(sa.Date)
    basis: Mapped[str] = mapped_column(sa.String(400))
