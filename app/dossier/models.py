"""The dossier of one mediation case: scans of paper originals, bound volumes and what each volume holds."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.permissions import AccessView
from app.dossier.rules import DossierStatus, Position, Retention, SourceKind, VolumeKind
from app.extensions import BigInt, Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.mediation.models import MediationCase
from app.people.models import Account
from app.privacy.sealed import Sealed, sealed_column


class Dossier(PublicId, Model):
    """One case, one dossier; its number is the case's (R-DOC-N01). Archived it never changes (R-ARCH-05)."""

    __tablename__ = "dossier"

    id: Mapped[int] = primary_key()
    case_id: Mapped[int] = mapped_column(BigInt, sa.ForeignKey("mediation_case.id"), unique=True)
    matter_id: Mapped[int] = foreign_key("matter.id")
    status: Mapped[DossierStatus] = mapped_column(words(DossierStatus, "status"), default=DossierStatus.COMPILING)
    title_sealed: Mapped[bytes | None] = sealed_column()
    title = Sealed("title_sealed")
    note_sealed: Mapped[bytes | None] = sealed_column()
    note = Sealed("note_sealed")
    retention: Mapped[Retention | None] = mapped_column(words(Retention, "retention"), nullable=True)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    archived_by: Mapped[int | None] = foreign_key("account.id", nullable=True, index=False)
    version: Mapped[int] = mapped_column(default=1)

    case: Mapped[MediationCase] = relationship()
    scans: Mapped[list["DossierScan"]] = relationship(order_by="DossierScan.id", back_populates="dossier")
    volumes: Mapped[list["DossierVolume"]] = relationship(order_by="DossierVolume.id", back_populates="dossier")

    __mapper_args__ = {"version_id_col": version}

    def access_view(self) -> AccessView:
        """A dossier shows itself as its case does."""
        return self.case.access_view()


class DossierScan(PublicId, Model):
    """The scan of a paper original at one position; the file lies among the uploads under a random name."""

    __tablename__ = "dossier_scan"

    id: Mapped[int] = primary_key()
    dossier_id: Mapped[int] = foreign_key("dossier.id")
    position: Mapped[Position] = mapped_column(words(Position, "position"))
    title_sealed: Mapped[bytes | None] = sealed_column()
    title = Sealed("title_sealed")
    is_copy: Mapped[bool] = mapped_column(default=False)
    file_name: Mapped[str] = mapped_column(sa.String(80), unique=True)
    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    pages: Mapped[int] = mapped_column(default=1)
    size: Mapped[int] = mapped_column(default=0)
    added_by: Mapped[int] = foreign_key("account.id", index=False)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    removed_by: Mapped[int | None] = foreign_key("account.id", nullable=True, index=False)

    dossier: Mapped[Dossier] = relationship(back_populates="scans")


class DossierVolume(PublicId, Model):
    """One bound file: what it holds is fixed by the act, the bytes follow; numbers of addenda begin at 1."""

    __tablename__ = "dossier_volume"

    id: Mapped[int] = primary_key()
    dossier_id: Mapped[int] = foreign_key("dossier.id", index=False)
    kind: Mapped[VolumeKind] = mapped_column(words(VolumeKind, "kind"))
    number: Mapped[int] = mapped_column(default=0)
    frame_sealed: Mapped[bytes | None] = sealed_column(lazy=True)
    frame = Sealed("frame_sealed")
    asked_by: Mapped[int] = foreign_key("account.id", index=False)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    compiled_on: Mapped[date] = mapped_column(sa.Date)
    job_id: Mapped[int | None] = mapped_column(BigInt)
    is_bound: Mapped[bool] = mapped_column(default=False)
    bound_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    file_name: Mapped[str] = mapped_column(sa.String(80), unique=True)
    sha256: Mapped[str] = mapped_column(sa.String(64), default="")
    unsealed_sha256: Mapped[str] = mapped_column(sa.String(64), default="")
    size: Mapped[int] = mapped_column(BigInt, default=0)
    pages: Mapped[int] = mapped_column(default=0)
    is_archival: Mapped[bool] = mapped_column(default=False)

    dossier: Mapped[Dossier] = relationship(back_populates="volumes")
    asker: Mapped[Account] = relationship(foreign_keys=[asked_by])
    entries: Mapped[list["DossierEntry"]] = relationship(
        order_by="DossierEntry.place", back_populates="volume", cascade="all, delete-orphan"
    )

    __table_args__ = (sa.UniqueConstraint("dossier_id", "kind", "number"),)

    @property
    def matter_id(self) -> int:
        """The matter, for the log."""
        return self.dossier.matter_id

    def access_view(self) -> AccessView:
        """A volume shows itself as its case does."""
        return self.dossier.access_view()


class DossierEntry(PublicId, Model):
    """One file of a volume with its digest, and the line of the contents it stands under."""

    __tablename__ = "dossier_entry"

    id: Mapped[int] = primary_key()
    volume_id: Mapped[int] = foreign_key("dossier_volume.id", index=False)
    place: Mapped[int] = mapped_column()
    position: Mapped[Position] = mapped_column(words(Position, "position"))
    line: Mapped[int] = mapped_column()
    heading_sealed: Mapped[bytes | None] = sealed_column()
    heading = Sealed("heading_sealed")
    remark: Mapped[str] = mapped_column(sa.String(60), default="")
    source_kind: Mapped[SourceKind] = mapped_column(words(SourceKind, "source_kind"))
    source_id: Mapped[int] = mapped_column(BigInt)
    file_name: Mapped[str] = mapped_column(sa.String(200))
    file_kind: Mapped[str] = mapped_column(sa.String(20))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    kept_name: Mapped[str] = mapped_column(sa.String(120), default="")
    made_on: Mapped[date] = mapped_column(sa.Date)
    first_page: Mapped[int] = mapped_column(default=0)
    last_page: Mapped[int] = mapped_column(default=0)

    volume: Mapped[DossierVolume] = relationship(back_populates="entries")

    __table_args__ = (sa.UniqueConstraint("volume_id", "place"),)
