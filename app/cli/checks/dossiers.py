"""Are the dossiers what they were? Bound files against their digest and the log, scans against theirs (R-ARCH-05)."""

from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from app.audit.models import AuditEvent
from app.documents.storage import digest_of_file, documents_dir, uploads_dir
from app.dossier.models import Dossier, DossierScan, DossierVolume
from app.dossier.rules import DossierStatus, VolumeKind
from app.errors import FileMissing
from app.extensions import db


def find_dossier_findings() -> Iterator[str]:
    """Bound files and scans that are missing or changed, archived dossiers without their volume."""
    logged = _logged_digests()
    for row in db.session.scalars(sa.select(DossierVolume).where(DossierVolume.is_bound).order_by(DossierVolume.id)):
        place = f"dossier_volume {row.id} (dossier {row.dossier_id}, {row.kind.value} {row.number})"
        yield from _compare(documents_dir(), row.file_name, row.sha256, place)
        if row.sha256 not in logged.get(row.id, ()):
            yield f"{place}: its digest is not the one in the log"
    kept = sa.select(DossierScan).where(DossierScan.removed_at.is_(None)).order_by(DossierScan.id)
    for scan in db.session.scalars(kept):
        yield from _compare(uploads_dir(), scan.file_name, scan.sha256, f"dossier_scan {scan.id}")
    archived = sa.select(Dossier.id).where(
        Dossier.status == DossierStatus.ARCHIVED, ~Dossier.volumes.any(DossierVolume.kind == VolumeKind.MAIN)
    )
    for dossier_id in db.session.scalars(archived):
        yield f"dossier {dossier_id}: called archived, but has no volume"


def _compare(folder: Path, name: str, sha256: str, place: str) -> Iterator[str]:
    try:
        if digest_of_file(folder, name) != sha256:
            yield f"{place}: the file {name} was changed"
    except FileMissing:
        yield f"{place}: the file {name} is missing"


def _logged_digests() -> dict[int | None, set[str]]:
    logged: dict[int | None, set[str]] = {}
    statement = sa.select(AuditEvent.object_id, AuditEvent.detail).where(AuditEvent.act == "dossier.bound")
    for volume_id, detail in db.session.execute(statement):
        logged.setdefault(volume_id, set()).add(detail.get("sha256", ""))
    return logged
