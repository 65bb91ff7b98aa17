"""Who sits in a hearing, since when and why no longer; how the panel was drawn from the pool."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.hearings.models.hearing import Hearing
from app.hearings.rules.words import PoolCategory, SeatEnd, SeatRole
from app.people.models import Account


class PanelSeat(PublicId, Model):
    """One person in one role; a seat that ended stays for the record. Alternates have an order."""

    __tablename__ = "panel_seat"

    id: Mapped[int] = primary_key()
    hearing_id: Mapped[int] = foreign_key("hearing.id", index=False)
    account_id: Mapped[int] = foreign_key("account.id")
    role: Mapped[SeatRole] = mapped_column(words(SeatRole, "role"))
    pool_category: Mapped[PoolCategory | None] = mapped_column(words(PoolCategory, "pool_category"), nullable=True)
    position: Mapped[int] = mapped_column(default=0)
    appointed_on: Mapped[date] = mapped_column(sa.Date)
    appointed_by: Mapped[int] = foreign_key("account.id", index=False)
    draw_id: Mapped[int | None] = foreign_key("panel_draw.id", nullable=True, index=False)
    ended_on: Mapped[date | None] = mapped_column(sa.Date)
    ended_why: Mapped[SeatEnd | None] = mapped_column(words(SeatEnd, "ended_why"), nullable=True)

    hearing: Mapped[Hearing] = relationship(back_populates="all_seats")
    account: Mapped[Account] = relationship(foreign_keys=[account_id])

    __table_args__ = (sa.Index("ix_panel_seat_hearing_account", "hearing_id", "account_id"),)

    @property
    def key(self) -> str:
        """Under which the person speaks, signs and is served."""
        return f"seat-{self.public_id}"


class PanelDraw(PublicId, Model):
    """One random draw: seed, who was in the pool, the minima asked for, who came out; anyone can draw it again."""

    __tablename__ = "panel_draw"

    id: Mapped[int] = primary_key()
    hearing_id: Mapped[int] = foreign_key("hearing.id")
    seed: Mapped[str] = mapped_column(sa.String(64))
    pool: Mapped[list[list[str]]] = mapped_column(sa.JSON)
    """[account public id, pool category] of everybody eligible, in the order drawn from."""
    minima: Mapped[dict[str, int]] = mapped_column(sa.JSON)
    size: Mapped[int] = mapped_column()
    alternates: Mapped[int] = mapped_column(default=0)
    drawn: Mapped[list[str]] = mapped_column(sa.JSON)
    """Account public ids, panelists first, then alternates in their order."""
    drawn_at: Mapped[datetime] = mapped_column(UtcDateTime)
    drawn_by: Mapped[int] = foreign_key("account.id", index=False)
