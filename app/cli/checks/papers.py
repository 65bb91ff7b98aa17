"""Are the issued papers what they were? Rows against files both ways, digests against the log, numbers without gaps."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from app.audit.models import AuditEvent
from app.documents.models import IssuedPaper, NumberCounter, PaperRevision
from app.documents.rules import find_number_gaps
from app.documents.storage import documents_dir, uploads_dir
from app.dossier.models import DossierVolume
from app.extensions import db
from app.signing.models import Scan

TEMPORARY = ".part"


def find_paper_findings() -> Iterator[str]:
    """Revisions whose file is missing or changed, whose digest is not the logged one, and files without a row."""
    logged = _logged_digests()
    # The bound files lie in the same folder; their own check looks at them.
    known = set(db.session.scalars(sa.select(DossierVolume.file_name)))
    for row in db.session.scalars(sa.select(PaperRevision).order_by(PaperRevision.id)):
        known.add(row.file_name)
        place = f"paper_revision {row.id} (paper {row.paper_id}, r{row.revision})"
        yield from _compare(documents_dir() / row.file_name, row.sha256, place)
        if row.sha256 not in logged.get(row.paper_id, ()):
            yield f"{place}: its digest is not the one in the log"
    yield from _files_without_row(documents_dir(), known)
    unready = sa.select(IssuedPaper.id).where(IssuedPaper.is_rendered, ~IssuedPaper.revisions.any())
    for paper_id in db.session.scalars(unready):
        yield f"issued_paper {paper_id}: called rendered, but has no revision"


def find_scan_findings() -> Iterator[str]:
    """Scans whose file is missing or changed."""
    for row in db.session.scalars(sa.select(Scan).order_by(Scan.id)):
        yield from _compare(uploads_dir() / row.file_name, row.sha256, f"scan {row.id}")


def find_number_findings() -> Iterator[str]:
    """Numbers of paper series that nobody has (INV-30)."""
    taken: dict[tuple[int, str, int], list[int | None]] = {}
    columns = (IssuedPaper.organisation_id, IssuedPaper.series, IssuedPaper.year, IssuedPaper.n)
    for organisation_id, series, year, n in db.session.execute(sa.select(*columns).where(IssuedPaper.n.is_not(None))):
        taken.setdefault((organisation_id, series, year), []).append(n)
    for counter in db.session.scalars(sa.select(NumberCounter)):
        numbers = taken.get((counter.organisation_id, counter.series, counter.year))
        if numbers is None:
            continue
        for n in find_number_gaps(filter(None, numbers), counter.last):
            yield f"number {n} of series {counter.series} {counter.year}: nobody has it"


def _compare(path: Path, sha256: str, place: str) -> Iterator[str]:
    try:
        content = path.read_bytes()
    except OSError:
        yield f"{place}: the file {path.name} is missing"
        return
    if hashlib.sha256(content).hexdigest() != sha256:
        yield f"{place}: the file {path.name} was changed"


def _files_without_row(folder: Path, known: set[str]) -> Iterator[str]:
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.name not in known and not path.name.endswith(TEMPORARY):
            yield f"file {path.name}: no paper has it"


def _logged_digests() -> dict[int | None, set[str]]:
    logged: dict[int | None, set[str]] = {}
    statement = sa.select(AuditEvent.object_id, AuditEvent.detail).where(AuditEvent.act == "paper.revision")
    for paper_id, detail in db.session.execute(statement):
        logged.setdefault(paper_id, set()).add(detail.get("sha256", ""))
    return logged
