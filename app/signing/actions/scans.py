"""Scans of papers that were signed by hand: written before the act, known to a paper with it, or taken away."""

import secrets
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.permissions import Actor
from app.audit.actions import record
from app.documents.models import IssuedPaper
from app.documents.storage import remove_file, uploads_dir, write_file
from app.extensions import db
from app.signing.models import Scan
from app.signing.queries import get_round
from app.signing.rules import CheckedScan, check_scan


@dataclass(frozen=True)
class WrittenScan:
    """A checked upload whose bytes lie in the folder, not yet known to any paper."""

    file_name: str
    sha256: str
    checked: CheckedScan


def write_scan(content: bytes) -> WrittenScan:
    """Check an upload and write it under a random name, before the act that adds it begins its transaction."""
    checked = check_scan(content)
    name = f"{secrets.token_hex(16)}.{checked.kind}"
    return WrittenScan(name, write_file(uploads_dir(), name, checked.content), checked)


def discard_scan(written: WrittenScan) -> None:
    """Take away a written file that no scan names: the act was refused, or the form was sent twice."""
    if db.session.scalar(sa.select(Scan.id).filter_by(file_name=written.file_name)) is None:
        remove_file(uploads_dir(), written.file_name)


def add_scan(paper: IssuedPaper, written: WrittenScan, *, by: Actor, now: datetime) -> Scan:
    """Put a written scan to the paper that was signed by hand."""
    scan = Scan(
        round=get_round(paper),
        file_name=written.file_name,
        sha256=written.sha256,
        kind=written.checked.kind,
        pages=written.checked.pages,
        size=len(written.checked.content),
        added_by=by.account_id,
        added_at=now,
    )
    db.session.add(scan)
    db.session.flush()
    record(by, "signing.add_scan", paper, scan=scan.id, sha256=scan.sha256)
    return scan
