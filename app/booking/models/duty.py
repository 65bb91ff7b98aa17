"""Who is on duty or on leave: what is published and what booking reads."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.booking.rules.words import HalfDay
from app.extensions import Model, PublicId, foreign_key, primary_key, words
from app.people.models import Account


class DutySlot(PublicId, Model):
    """A person is at the centre for half a day (R-DUTY-02)."""

    __tablename__ = "duty_slot"

    id: Mapped[int] = primary_key()
    account_id: Mapped[int] = foreign_key("account.id", index=False)
    day: Mapped[date] = mapped_column(sa.Date)
    half: Mapped[HalfDay] = mapped_column(words(HalfDay, "half"))

    account: Mapped[Account] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("account_id", "day", "half"),
        sa.Index("ix_duty_slot_day_half", "day", "half"),
    )


class Leave(PublicId, Model):
    """Whole days on which a person is away, whatever the duty slots say."""

    __tablename__ = "leave"

    id: Mapped[int] = primary_key()
    account_id: Mapped[int] = foreign_key("account.id", index=False)
    starts_on: Mapped[date] = mapped_column(sa.Date)
    ends_on: Mapped[date] = mapped_column(sa.Date)

    account: Mapped[Account] = relationship()

    __table_args__ = (
        sa.Index("ix_leave_account_ends", "account_id", "ends_on"),
        sa.CheckConstraint("starts_on <= ends_on", name="interval"),
    )
