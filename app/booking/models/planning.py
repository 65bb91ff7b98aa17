"""Plans that are proposed: what was asked, what it scored, and one row a session with its proposed place."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.booking.models.rooms import Room
from app.booking.models.sessions import BookedSession
from app.booking.rules.need import Owner, SessionPlan
from app.booking.rules.planning import PlaceStatus, PlanKind, PlanStatus
from app.extensions import BigInt, Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.law import clock
from app.people.models import Account
from app.privacy.sealed import Sealed, sealed_column


class PlanRun(PublicId, Model):
    """One plan: `asked` are its settings with seed, steps and version of the weights, `score` what came of it.

    Neither holds personal data; people stand in them by id.
    """

    __tablename__ = "plan_run"

    id: Mapped[int] = primary_key()
    account_id: Mapped[int] = foreign_key("account.id", index=False)
    kind: Mapped[PlanKind] = mapped_column(words(PlanKind, "kind"))
    status: Mapped[PlanStatus] = mapped_column(words(PlanStatus, "status"), default=PlanStatus.MAKING)
    asked: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    score: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    job_public_id: Mapped[str] = mapped_column(sa.String(22), default="")
    reason_sealed: Mapped[bytes | None] = sealed_column()
    reason = Sealed("reason_sealed")
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    account: Mapped[Account] = relationship()
    places: Mapped[list["PlannedPlace"]] = relationship(
        order_by="PlannedPlace.position", cascade="all, delete-orphan", back_populates="run"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (sa.Index("ix_plan_run_account_asked", "account_id", "asked_at"),)


class PlannedPlace(PublicId, Model):
    """One session of a plan. `replaces` is where it stands booked now; `facts` say why it got this place or none."""

    __tablename__ = "planned_place"

    id: Mapped[int] = primary_key()
    run_id: Mapped[int] = foreign_key("plan_run.id", index=False)
    position: Mapped[int]
    owner_kind: Mapped[str] = mapped_column(sa.String(40))
    owner_id: Mapped[int] = mapped_column(BigInt)
    matter_id: Mapped[int] = mapped_column(BigInt)
    status: Mapped[PlaceStatus] = mapped_column(words(PlaceStatus, "status"))
    replaces_id: Mapped[int | None] = foreign_key("booked_session.id", nullable=True)
    room_id: Mapped[int | None] = foreign_key("room.id", nullable=True)
    starts_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    minutes: Mapped[int]
    people: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)
    before: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    facts: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    refusal: Mapped[str] = mapped_column(sa.String(400), default="")

    run: Mapped[PlanRun] = relationship(back_populates="places")
    room: Mapped[Room | None] = relationship()
    replaces: Mapped[BookedSession | None] = relationship()

    __table_args__ = (sa.UniqueConstraint("run_id", "position"),)

    @property
    def owner(self) -> Owner:
        """Whose session it is."""
        return Owner(self.owner_kind, self.owner_id)

    @property
    def plan(self) -> SessionPlan | None:
        """The proposed place; None where none was found."""
        if self.room_id is None or self.starts_at is None:
            return None
        start = clock.to_local(self.starts_at)
        people = tuple((str(seat), int(account_id)) for seat, account_id in self.people)
        return SessionPlan(self.room_id, start.date(), start.time(), self.minutes, people)
