"""Papers on their way to the parties, changes of a hearing, and the announcement with its observers."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.documents.models import IssuedPaper
from app.extensions import Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.hearings.models.hearing import Hearing, HearingParty
from app.hearings.models.panel import PanelSeat
from app.hearings.rules.words import ChangeGround, ChangeKind, ServiceMode
from app.privacy.sealed import Sealed, digest_column, sealed_column


class HearingService(PublicId, Model):
    """One paper to one party or person of the panel: sent, and served by a mode on a day (R-DOC-H13).

    `round` counts the notices of a hearing: after a change only the newest round counts (INV-15). `starts_at` is the
    time that a notice names: who learned of it in an earlier round had that notice.
    """

    __tablename__ = "hearing_service"

    id: Mapped[int] = primary_key()
    hearing_id: Mapped[int] = foreign_key("hearing.id")
    round: Mapped[int] = mapped_column(default=1)
    starts_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    hearing_party_id: Mapped[int | None] = foreign_key("hearing_party.id", nullable=True, index=False)
    seat_id: Mapped[int | None] = foreign_key("panel_seat.id", nullable=True, index=False)
    paper_id: Mapped[int] = foreign_key("issued_paper.id")
    receipt_id: Mapped[int | None] = foreign_key("issued_paper.id", nullable=True, index=False)
    served_on: Mapped[date | None] = mapped_column(sa.Date)
    mode: Mapped[ServiceMode | None] = mapped_column(words(ServiceMode, "mode"), nullable=True)
    sent_on: Mapped[date | None] = mapped_column(sa.Date)
    receiver_sealed: Mapped[bytes | None] = sealed_column()
    receiver = Sealed("receiver_sealed")
    note_sealed: Mapped[bytes | None] = sealed_column()
    note = Sealed("note_sealed")
    witness_sealed: Mapped[bytes | None] = sealed_column()
    witness = Sealed("witness_sealed")
    is_refused: Mapped[bool] = mapped_column(default=False)
    recorded_by: Mapped[int | None] = foreign_key("account.id", nullable=True, index=False)
    recorded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    hearing: Mapped[Hearing] = relationship(back_populates="services")
    hearing_party: Mapped[HearingParty | None] = relationship()
    seat: Mapped[PanelSeat | None] = relationship()
    paper: Mapped[IssuedPaper] = relationship(foreign_keys=[paper_id])
    receipt: Mapped[IssuedPaper | None] = relationship(foreign_keys=[receipt_id])


class ChangeOfHearing(PublicId, Model):
    """Moved, postponed, suspended, resumed or ended: on which ground, by whose word, with which paper."""

    __tablename__ = "hearing_change"

    id: Mapped[int] = primary_key()
    hearing_id: Mapped[int] = foreign_key("hearing.id")
    change_kind: Mapped[ChangeKind] = mapped_column(words(ChangeKind, "change_kind"))
    ground: Mapped[ChangeGround] = mapped_column(words(ChangeGround, "ground"))
    facts_sealed: Mapped[bytes | None] = sealed_column()
    facts = Sealed("facts_sealed")
    happened_on: Mapped[date] = mapped_column(sa.Date)
    decided_by: Mapped[int] = foreign_key("account.id", index=False)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    former_starts_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    paper_id: Mapped[int | None] = foreign_key("issued_paper.id", nullable=True, index=False)

    hearing: Mapped[Hearing] = relationship(back_populates="changes")
    paper: Mapped[IssuedPaper | None] = relationship()


class HearingAnnouncement(PublicId, Model):
    """What the public reads of a hearing to come: masked text, seats for observers (R-HEAR-09)."""

    __tablename__ = "hearing_announcement"

    id: Mapped[int] = primary_key()
    hearing_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id"), unique=True)
    masked_subject: Mapped[str] = mapped_column(sa.String(200))
    seats: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    published_by: Mapped[int | None] = foreign_key("account.id", nullable=True, index=False)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    registration_ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    paper_id: Mapped[int | None] = foreign_key("issued_paper.id", nullable=True, index=False)

    hearing: Mapped[Hearing] = relationship(back_populates="announcement")
    paper: Mapped[IssuedPaper | None] = relationship()
    observers: Mapped[list["Observer"]] = relationship(order_by="Observer.seat_number", back_populates="announcement")

    @property
    def is_public(self) -> bool:
        """True while the public may read it."""
        return self.published_at is not None and self.withdrawn_at is None


class Observer(PublicId, Model):
    """One seat taken by one person; the unique keys decide between two at the same second (R-HEAR-16)."""

    __tablename__ = "observer"

    id: Mapped[int] = primary_key()
    announcement_id: Mapped[int] = foreign_key("hearing_announcement.id", index=False)
    seat_number: Mapped[int] = mapped_column()
    name_sealed: Mapped[bytes | None] = sealed_column()
    name = Sealed("name_sealed")
    id_number_sealed: Mapped[bytes | None] = sealed_column()
    id_number = Sealed("id_number_sealed")
    id_number_digest: Mapped[str | None] = digest_column(index=False)
    phone_sealed: Mapped[bytes | None] = sealed_column()
    phone = Sealed("phone_sealed")
    is_journalist: Mapped[bool] = mapped_column(default=False)
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    came_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    announcement: Mapped[HearingAnnouncement] = relationship(back_populates="observers")

    __table_args__ = (
        sa.UniqueConstraint("announcement_id", "seat_number"),
        sa.UniqueConstraint("announcement_id", "id_number_digest"),
    )
