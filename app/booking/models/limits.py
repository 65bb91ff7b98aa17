"""Where a person serves and how much at most, the way between centres, and how many sessions people have."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.booking.rules.limits import Period
from app.extensions import BigInt, Model, foreign_key, primary_key, words


class PersonService(Model):
    """What is set for one person; an empty limit is the area's. Without a row he serves every centre of the area."""

    __tablename__ = "person_service"

    account_id: Mapped[int] = mapped_column(BigInt, sa.ForeignKey("account.id"), primary_key=True, autoincrement=False)
    home_id: Mapped[int | None] = foreign_key("organisation.id", nullable=True, index=False)
    centre_ids: Mapped[list[int]] = mapped_column(sa.JSON, default=list)
    max_day: Mapped[int | None] = mapped_column()
    max_week: Mapped[int | None] = mapped_column()
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("max_day >= 1", name="max_day"),
        sa.CheckConstraint("max_week >= 1", name="max_week"),
    )


class AreaLimit(Model):
    """How many sessions everybody of an area has at most, where nothing else is set for the person."""

    __tablename__ = "area_limit"

    area_id: Mapped[int] = mapped_column(
        BigInt, sa.ForeignKey("organisation.id"), primary_key=True, autoincrement=False
    )
    max_day: Mapped[int | None] = mapped_column()
    max_week: Mapped[int | None] = mapped_column()
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("max_day >= 1", name="max_day"),
        sa.CheckConstraint("max_week >= 1", name="max_week"),
    )


class CentreWay(Model):
    """The minutes between two centres, there as back; the centre with the smaller id comes first."""

    __tablename__ = "centre_way"

    id: Mapped[int] = primary_key()
    one_id: Mapped[int] = foreign_key("organisation.id", index=False)
    other_id: Mapped[int] = foreign_key("organisation.id")
    minutes: Mapped[int] = mapped_column()

    __table_args__ = (
        sa.UniqueConstraint("one_id", "other_id"),
        sa.CheckConstraint("one_id < other_id", name="order"),
        sa.CheckConstraint("minutes BETWEEN 1 AND 480", name="minutes"),
    )


class PersonLoad(Model):
    """How many sessions a person has in a day or week. Writers lock the row, then count anew (H18, H19)."""

    __tablename__ = "person_load"

    account_id: Mapped[int] = mapped_column(BigInt, sa.ForeignKey("account.id"), primary_key=True, autoincrement=False)
    period: Mapped[Period] = mapped_column(words(Period, "period"), primary_key=True)
    starts_on: Mapped[date] = mapped_column(sa.Date, primary_key=True)
    sessions: Mapped[int] = mapped_column(default=0)
