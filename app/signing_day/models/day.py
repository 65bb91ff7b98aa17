"""One signing day of a roster: its desks with their tablets, and a ticket for every claimant it is planned for."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.permissions import AccessView
from app.collective.models import Claimant, Roster, SettlementAgreement
from app.extensions import Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.people.models import Account
from app.privacy.sealed import Sealed, sealed_column
from app.signing_day.rules.states import DayState, Need, Phase, SecondRoundReason, TicketState
from app.signing_day.rules.tablet import Ask


class SigningDay(PublicId, Model):
    """集体签约日: one day on which claimants of a roster come to sign; `round` 2 is the second round."""

    __tablename__ = "signing_day"

    id: Mapped[int] = primary_key()
    roster_id: Mapped[int] = foreign_key("roster.id", index=False)
    on: Mapped[date] = mapped_column(sa.Date, index=True)
    round: Mapped[int] = mapped_column(default=1)
    place: Mapped[str] = mapped_column(sa.String(120), default="")
    state: Mapped[DayState] = mapped_column(words(DayState, "state"), default=DayState.PLANNED)
    created_by: Mapped[int] = foreign_key("account.id", index=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    roster: Mapped[Roster] = relationship()
    desks: Mapped[list["SigningDesk"]] = relationship(order_by="SigningDesk.position", back_populates="day")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (sa.UniqueConstraint("roster_id", "on"),)

    @property
    def matter_id(self) -> int:
        """The matter, for the log."""
        return self.roster.matter_id

    def access_view(self) -> AccessView:
        """The permission table sees the matter."""
        return self.roster.access_view()


class SigningDesk(PublicId, Model):
    """One desk of the day: who sits there and which tablet is paired with it; the token itself is kept nowhere."""

    __tablename__ = "signing_desk"

    id: Mapped[int] = primary_key()
    day_id: Mapped[int] = foreign_key("signing_day.id", index=False)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(sa.String(20))
    tablet_name: Mapped[str] = mapped_column(sa.String(20), default="")
    account_id: Mapped[int | None] = foreign_key("account.id", nullable=True, index=False)
    pairing_code_digest: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    pairing_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    device_digest: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    paired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    day: Mapped[SigningDay] = relationship(back_populates="desks")
    account: Mapped[Account | None] = relationship()
    current_ticket: Mapped["SigningTicket | None"] = relationship(
        primaryjoin="and_(SigningTicket.desk_id == SigningDesk.id, SigningTicket.state == 'at_desk')",
        viewonly=True,
        uselist=False,
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (sa.UniqueConstraint("day_id", "position"),)

    @property
    def matter_id(self) -> int:
        """The matter, for the log."""
        return self.day.matter_id

    def access_view(self) -> AccessView:
        """The permission table sees the matter."""
        return self.day.access_view()


class SigningTicket(PublicId, Model):
    """One claimant on one day: his number, when he came, which desk he sits at and how far he is.

    A desk serves one ticket at a time: the partial unique index holds that against any race.
    """

    __tablename__ = "signing_ticket"

    id: Mapped[int] = primary_key()
    day_id: Mapped[int] = foreign_key("signing_day.id", index=False)
    claimant_id: Mapped[int] = foreign_key("claimant.id")
    settlement_agreement_id: Mapped[int] = foreign_key("settlement_agreement.id")
    number: Mapped[str] = mapped_column(sa.String(20))
    state: Mapped[TicketState] = mapped_column(words(TicketState, "state"), default=TicketState.INVITED)
    phase: Mapped[Phase | None] = mapped_column(words(Phase, "phase"))
    invited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    arrived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    called_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    desk_id: Mapped[int | None] = foreign_key("signing_desk.id", nullable=True, index=False)
    shown_sha256: Mapped[str] = mapped_column(sa.String(64), default="")
    reading_page: Mapped[int] = mapped_column(default=0)
    reading_pages: Mapped[int] = mapped_column(default=0)
    read_started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    read_ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_large_type: Mapped[bool] = mapped_column(default=False)
    is_read_aloud: Mapped[bool] = mapped_column(default=False)
    asked: Mapped[Ask | None] = mapped_column(words(Ask, "asked"))
    needs_help: Mapped[bool] = mapped_column(default=False)
    needs_sealed: Mapped[bytes | None] = sealed_column()
    needs_words = Sealed("needs_sealed")
    second_reason: Mapped[SecondRoundReason | None] = mapped_column(words(SecondRoundReason, "second_reason"))
    moved_to_id: Mapped[int | None] = foreign_key("signing_day.id", nullable=True)
    note_sealed: Mapped[bytes | None] = sealed_column()
    note = Sealed("note_sealed")
    version: Mapped[int] = mapped_column(default=1)

    day: Mapped[SigningDay] = relationship(foreign_keys=[day_id])
    moved_to: Mapped[SigningDay | None] = relationship(foreign_keys=[moved_to_id])
    claimant: Mapped[Claimant] = relationship()
    link: Mapped[SettlementAgreement] = relationship()
    desk: Mapped[SigningDesk | None] = relationship()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.UniqueConstraint("day_id", "claimant_id"),
        sa.UniqueConstraint("day_id", "number"),
        sa.Index("ix_signing_ticket_day_state", "day_id", "state"),
        sa.Index(
            "uq_signing_ticket_desk_busy",
            "desk_id",
            unique=True,
            sqlite_where=sa.text("state = 'at_desk'"),
            postgresql_where=sa.text("state = 'at_desk'"),
        ),
    )

    @property
    def matter_id(self) -> int:
        """The matter, for the log."""
        return self.day.matter_id

    @property
    def needs(self) -> tuple[Need, ...]:
        """What the office gets ready for this signer."""
        return tuple(Need(word) for word in (self.needs_words or "").split(",") if word)

    def access_view(self) -> AccessView:
        """The permission table sees the matter."""
        return self.day.access_view()
