"""The visit or letter, the matters it holds, their texts, the units entrusted and the screening."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.permissions import AccessView
from app.extensions import Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.matters.rules import Channel, MatterKind, MatterResult, MatterStatus, OpenProcedure, Route, UnitCapacity
from app.people.models import Account, Organisation
from app.privacy.sealed import Sealed, sealed_column

if TYPE_CHECKING:
    from app.matters.models.involvement import Blocker, Involvement
    from app.matters.models.party import Party


def _open_index(name: str, *columns: str) -> sa.Index:
    """An index of the open matters alone; queries must say `matter.is_open` in these words."""
    return sa.Index(name, *columns, sqlite_where=sa.text("is_open"), postgresql_where=sa.text("is_open"))


class VisitRecord(PublicId, Model):
    """One visit or letter, parent of one or more matters."""

    __tablename__ = "visit_record"

    id: Mapped[int] = primary_key()
    organisation_id: Mapped[int] = foreign_key("organisation.id")
    channel: Mapped[Channel] = mapped_column(words(Channel, "channel"))
    received_on: Mapped[date] = mapped_column(sa.Date)
    head_count: Mapped[int] = mapped_column(default=1)
    is_collective: Mapped[bool] = mapped_column(default=False)
    is_urgent: Mapped[bool] = mapped_column(default=False)
    registrar_id: Mapped[int] = foreign_key("account.id")
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime)

    registrar: Mapped[Account] = relationship()
    matters: Mapped[list["Matter"]] = relationship(back_populates="visit")


class Matter(PublicId, Model):
    """One claim, suggestion or accusation with its own route and clocks; narrow, for the lists."""

    __tablename__ = "matter"

    id: Mapped[int] = primary_key()
    number: Mapped[str] = mapped_column(sa.String(60), index=True)
    visit_id: Mapped[int] = foreign_key("visit_record.id")
    organisation_id: Mapped[int] = foreign_key("organisation.id", index=False)
    kind: Mapped[MatterKind] = mapped_column(words(MatterKind, "kind"))
    is_accusation: Mapped[bool] = mapped_column(default=False)
    status: Mapped[MatterStatus] = mapped_column(words(MatterStatus, "status"), default=MatterStatus.REGISTERED)
    is_open: Mapped[bool] = mapped_column(default=True)
    route: Mapped[Route | None] = mapped_column(words(Route, "route"), nullable=True)
    dispute_type: Mapped[str] = mapped_column(sa.String(3), default="")
    is_repeat: Mapped[bool] = mapped_column(default=False)
    repeats_id: Mapped[int | None] = foreign_key("matter.id", nullable=True)
    has_new_facts: Mapped[bool] = mapped_column(default=False)
    open_procedure: Mapped[OpenProcedure | None] = mapped_column(words(OpenProcedure, "open_procedure"), nullable=True)
    place: Mapped[str] = mapped_column(sa.String(200), default="")
    subject_sealed: Mapped[bytes | None] = sealed_column()
    subject = Sealed("subject_sealed")
    petitioner_name_sealed: Mapped[bytes | None] = sealed_column()
    petitioner_name = Sealed("petitioner_name_sealed")
    party_count: Mapped[int] = mapped_column(default=0)
    complained_unit_id: Mapped[int | None] = foreign_key("organisation.id", nullable=True)
    handling_unit_id: Mapped[int | None] = foreign_key("organisation.id", nullable=True)
    received_on: Mapped[date] = mapped_column(sa.Date)
    accepted_on: Mapped[date | None] = mapped_column(sa.Date)
    closed_on: Mapped[date | None] = mapped_column(sa.Date)
    result: Mapped[MatterResult | None] = mapped_column(words(MatterResult, "result"), nullable=True)
    next_due_on: Mapped[date | None] = mapped_column(sa.Date)
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    visit: Mapped[VisitRecord] = relationship(back_populates="matters")
    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id], lazy="select")
    complained_unit: Mapped[Organisation | None] = relationship(foreign_keys=[complained_unit_id])
    handling_unit: Mapped[Organisation | None] = relationship(foreign_keys=[handling_unit_id])
    text: Mapped["MatterText"] = relationship(back_populates="matter", uselist=False)
    parties: Mapped[list["Party"]] = relationship(back_populates="matter", order_by="Party.position")
    units: Mapped[list["MatterUnit"]] = relationship(back_populates="matter")
    involvements: Mapped[list["Involvement"]] = relationship(back_populates="matter")
    blockers: Mapped[list["Blocker"]] = relationship(back_populates="matter")
    repeats: Mapped["Matter | None"] = relationship(remote_side=[id])

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.UniqueConstraint("organisation_id", "number"),
        sa.Index("ix_matter_org_registered", "organisation_id", "registered_at", "id"),
        sa.Index("ix_matter_org_status_registered", "organisation_id", "status", "registered_at", "id"),
        sa.Index("ix_matter_registered", "registered_at", "id"),
        _open_index("ix_matter_registered_open", "registered_at", "id"),
        _open_index("ix_matter_status_open", "status", "registered_at", "id"),
        _open_index("ix_matter_due_open", "next_due_on", "id"),
        _open_index("ix_matter_org_due_open", "organisation_id", "next_due_on", "id"),
    )

    def access_view(self) -> AccessView:
        """What the permission table needs to know of this matter."""
        live = [row for row in self.involvements if row.ended_on is None]
        barred = frozenset(row.account_id for row in self.involvements if row.is_barred)
        return AccessView(
            organisation_id=self.organisation_id,
            organisation_path=self.organisation.path_ids,
            handling_unit_ids=frozenset(row.organisation_id for row in self.units if row.ended_on is None),
            complained_unit_ids=frozenset({self.complained_unit_id} if self.complained_unit_id else ()),
            is_accusation=self.is_accusation,
            assigned=frozenset(row.account_id for row in live if not row.is_barred),
            barred=barred,
            authors=frozenset({self.visit.registrar_id}),
        )


class MatterText(PublicId, Model):
    """The long texts of one matter: claim, facts, reasons, and the accusation where it is one."""

    __tablename__ = "matter_text"

    matter_id: Mapped[int] = mapped_column(sa.ForeignKey("matter.id"), primary_key=True)
    claim_sealed: Mapped[bytes | None] = sealed_column()
    claim = Sealed("claim_sealed")
    facts_sealed: Mapped[bytes | None] = sealed_column()
    facts = Sealed("facts_sealed")
    reasons_sealed: Mapped[bytes | None] = sealed_column()
    reasons = Sealed("reasons_sealed")
    private_note_sealed: Mapped[bytes | None] = sealed_column()
    private_note = Sealed("private_note_sealed")

    matter: Mapped[Matter] = relationship(back_populates="text")


class MatterUnit(Model):
    """A unit entrusted with a matter, so that its clerks may see it."""

    __tablename__ = "matter_unit"

    id: Mapped[int] = primary_key()
    matter_id: Mapped[int] = foreign_key("matter.id", index=False)
    organisation_id: Mapped[int] = foreign_key("organisation.id")
    capacity: Mapped[UnitCapacity] = mapped_column(words(UnitCapacity, "capacity"))
    since: Mapped[date] = mapped_column(sa.Date)
    ended_on: Mapped[date | None] = mapped_column(sa.Date)
    is_report_due: Mapped[bool] = mapped_column(default=False)

    matter: Mapped[Matter] = relationship(back_populates="units")
    organisation: Mapped[Organisation] = relationship()

    __table_args__ = (sa.UniqueConstraint("matter_id", "organisation_id", "capacity"),)


class Screening(PublicId, Model):
    """The answers of the screening, what the rules proposed, what the screener decided and why."""

    __tablename__ = "screening"

    id: Mapped[int] = primary_key()
    matter_id: Mapped[int] = foreign_key("matter.id")
    answers: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    proposed_route: Mapped[Route | None] = mapped_column(words(Route, "proposed_route"), nullable=True)
    chosen_route: Mapped[Route | None] = mapped_column(words(Route, "chosen_route"), nullable=True)
    overrule_reason_sealed: Mapped[bytes | None] = sealed_column()
    overrule_reason = Sealed("overrule_reason_sealed")
    screened_by: Mapped[int] = foreign_key("account.id")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    matter: Mapped[Matter] = relationship()
