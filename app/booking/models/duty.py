"""Who is on duty or on leave: what is published, and what booking reads (R-DUTY-02)."""

from collections.abc import Mapping
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.permissions import Role
from app.booking.rules.words import HalfDay
from app.extensions import Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.people.models import Account, Organisation


class DutyPost(PublicId, Model):
    """A post at a window that an area fills by half-days: which role, and how many people a working day."""

    __tablename__ = "duty_post"

    id: Mapped[int] = primary_key()
    area_id: Mapped[int] = foreign_key("organisation.id", index=False)
    name: Mapped[str] = mapped_column(sa.String(40))
    window: Mapped[str] = mapped_column(sa.String(40), default="")
    role: Mapped[Role] = mapped_column(words(Role, "role"))
    wanted_morning: Mapped[int] = mapped_column(default=1)
    wanted_afternoon: Mapped[int] = mapped_column(default=1)
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    area: Mapped[Organisation] = relationship()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.UniqueConstraint("area_id", "name"),
        sa.CheckConstraint("wanted_morning >= 0 AND wanted_afternoon >= 0", name="wanted"),
    )

    @property
    def place(self) -> str:
        """Where one sits, for lists and feeds: the window, or the post where it has none."""
        return self.window or self.name

    @property
    def wanted(self) -> Mapping[HalfDay, int]:
        """How many people each half of a working day asks for."""
        return {HalfDay.MORNING: self.wanted_morning, HalfDay.AFTERNOON: self.wanted_afternoon}


class DutySlot(PublicId, Model):
    """A person is at the centre for half a day (R-DUTY-02)."""

    __tablename__ = "duty_slot"

    id: Mapped[int] = primary_key()
    account_id: Mapped[int] = foreign_key("account.id", index=False)
    day: Mapped[date] = mapped_column(sa.Date)
    half: Mapped[HalfDay] = mapped_column(words(HalfDay, "half"))
    post_id: Mapped[int | None] = foreign_key("duty_post.id", nullable=True)

    account: Mapped[Account] = relationship()
    post: Mapped[DutyPost | None] = relationship()

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


class DutyFeed(Model):
    """The secret address under which a person's calendar reads his own duty; the row keeps its digest."""

    __tablename__ = "duty_feed"

    id: Mapped[int] = primary_key()
    account_id: Mapped[int] = foreign_key("account.id")
    token_digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship()
