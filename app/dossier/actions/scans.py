"""Scans of paper originals into a dossier and, as long as no archived volume holds them, out again."""

from datetime import datetime
from functools import partial

import sqlalchemy as sa

from app.access.permissions import Actor
from app.audit.actions import record
from app.documents.storage import remove_file, uploads_dir
from app.dossier.models import Dossier, DossierScan
from app.dossier.queries import default_title, list_bound_keys
from app.dossier.rules import DossierStatus, Position, SourceKind
from app.errors import RuleViolation
from app.extensions import db
from app.mediation.models import MediationCase
from app.signing.actions import WrittenScan
from app.web.transaction import after_commit


def open_dossier(case: MediationCase, *, by: Actor, now: datetime) -> Dossier:
    """The dossier of a case, opened at the first act on it; locked against a second clerk until the commit."""
    db.session.execute(sa.select(MediationCase.id).where(MediationCase.id == case.id).with_for_update())
    dossier = db.session.scalar(sa.select(Dossier).filter_by(case_id=case.id).execution_options(populate_existing=True))
    if dossier is not None:
        return dossier
    dossier = Dossier(
        case=case, matter_id=case.matter_id, status=DossierStatus.COMPILING, opened_at=now, scans=[], volumes=[]
    )
    dossier.title, dossier.note = default_title(case), ""
    db.session.add(dossier)
    db.session.flush()
    record(by, "dossier.open", dossier, after=dossier.status.value)
    return dossier


def add_scan(
    case: MediationCase,
    position: Position,
    written: WrittenScan,
    *,
    title: str,
    is_copy: bool,
    by: Actor,
    now: datetime,
) -> DossierScan:
    """Put a checked scan to a position of the index; after archiving it waits for the next addendum (R-ARCH-05).

    Refuses a file that lies in this dossier already.
    """
    dossier = open_dossier(case, by=by, now=now)
    if any(row.sha256 == written.sha256 and row.removed_at is None for row in dossier.scans):
        raise RuleViolation("这份扫描件已经在卷里了，不用再传。请看一看是不是选错了文件。", rule="R-ARCH-05")
    scan = DossierScan(
        dossier=dossier,
        position=position,
        is_copy=is_copy,
        file_name=written.file_name,
        sha256=written.sha256,
        kind=written.checked.kind,
        pages=written.checked.pages,
        size=len(written.checked.content),
        added_by=by.account_id,
        added_at=now,
    )
    scan.title = title
    db.session.add(scan)
    db.session.flush()
    record(by, "dossier.add_scan", dossier, position=position.value, scan=scan.id, sha256=scan.sha256)
    return scan


def remove_scan(scan: DossierScan, *, by: Actor, now: datetime) -> None:
    """Take a scan out that was put in by mistake, with its file; refuses what an archived volume holds."""
    dossier = open_dossier(scan.dossier.case, by=by, now=now)
    if (SourceKind.DOSSIER_SCAN, scan.id) in list_bound_keys(dossier):
        raise RuleViolation(
            "这份扫描件已经装进归档的卷里，不能拿掉。有错请另传一份说明，装成补充卷。", rule="R-ARCH-05"
        )
    scan.removed_at, scan.removed_by = now, by.account_id
    record(by, "dossier.remove_scan", dossier, position=scan.position.value, scan=scan.id, sha256=scan.sha256)
    after_commit(partial(remove_file, uploads_dir(), scan.file_name))


def discard_unused(written: WrittenScan) -> None:
    """Take away a written file that no scan names: the act was refused, or the form was sent twice."""
    if db.session.scalar(sa.select(DossierScan.id).filter_by(file_name=written.file_name)) is None:
        remove_file(uploads_dir(), written.file_name)
