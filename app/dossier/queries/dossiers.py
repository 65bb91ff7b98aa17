"""The dossier of a case, its scans and volumes."""

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.documents.storage import check_digest, read_file, uploads_dir
from app.dossier.models import Dossier, DossierEntry, DossierScan, DossierVolume
from app.dossier.rules import SourceKind, VolumeKind
from app.errors import NotFound
from app.extensions import db
from app.mediation.models import MediationCase

Key = tuple[SourceKind, int]


def find_dossier(case: MediationCase) -> Dossier | None:
    """The dossier of a case, None before anything was put into it."""
    statement = sa.select(Dossier).filter_by(case_id=case.id)
    return db.session.scalar(statement.options(selectinload(Dossier.scans), selectinload(Dossier.volumes)))


def get_dossier(case: MediationCase) -> Dossier:
    """The dossier of a case; NotFound before anything was put into it."""
    found = find_dossier(case)
    if found is None:
        raise NotFound("这件调解还没有立卷。")
    return found


def get_scan(case: MediationCase, public_id: str) -> DossierScan:
    """A scan of this case that was not taken out; NotFound otherwise."""
    statement = sa.select(DossierScan).join(DossierScan.dossier)
    scan = db.session.scalar(statement.where(Dossier.case_id == case.id, DossierScan.public_id == public_id))
    if scan is None or scan.removed_at is not None:
        raise NotFound("没有这份扫描件，或者已经拿掉了。")
    return scan


def get_volume(case: MediationCase, public_id: str) -> DossierVolume:
    """A volume of this case; NotFound otherwise."""
    statement = sa.select(DossierVolume).join(DossierVolume.dossier)
    volume = db.session.scalar(statement.where(Dossier.case_id == case.id, DossierVolume.public_id == public_id))
    if volume is None:
        raise NotFound("没有这一卷，或者已经重新装订。请回到卷宗页再打开。")
    return volume


def read_scan(scan: DossierScan) -> bytes:
    """The bytes of a scan; FileMissing when they are gone or were changed."""
    content = read_file(uploads_dir(), scan.file_name)
    check_digest(content, scan.sha256, scan.file_name)
    return content


def list_bound_keys(dossier: Dossier) -> frozenset[Key]:
    """What the archived volumes hold already; copies to look at do not count."""
    statement = (
        sa.select(DossierEntry.source_kind, DossierEntry.source_id)
        .join(DossierEntry.volume)
        .where(DossierVolume.dossier_id == dossier.id, DossierVolume.kind != VolumeKind.DRAFT)
    )
    return frozenset((kind, source_id) for kind, source_id in db.session.execute(statement))
