"""The bytes of a volume, after the act that fixed what it holds: bound, sealed, kept; repeated after a crash."""

from collections.abc import Generator, Iterable
from pathlib import Path

from app.audit.actions import record
from app.documents.binding import Bound, FrameFacts, Kept, Part, Piece, bind
from app.documents.storage import documents_dir, keep_file, new_file, uploads_dir
from app.dossier.models import DossierEntry, DossierVolume
from app.dossier.queries import Source
from app.dossier.rules import SourceKind
from app.extensions import db
from app.jobs.rules import JobView, Progress
from app.law import clock
from app.signing.sealing import seal_file
from app.web.transaction import transaction

SMALL_PAGES, SMALL_BYTES = 60, 20_000_000
REASON = "卷宗装订完毕"


def is_small(sources: Iterable[Source]) -> bool:
    """Whether the request itself binds the volume right after its commit; larger ones the worker binds."""
    rows = list(sources)
    return sum(row.pages for row in rows) <= SMALL_PAGES and sum(row.size for row in rows) <= SMALL_BYTES


def bind_dossier(job: JobView) -> Generator[Progress, None, None]:
    """The job that binds a volume; one that is bound already, or was replaced by a later copy, needs nothing."""
    volume_id, total = int(job.payload["volume"]), 1
    volume = db.session.get(DossierVolume, volume_id)
    if volume is not None and not volume.is_bound:
        for done in _bind(volume_id):
            total = max(total, done)
            yield Progress(done, total)
    yield Progress(total, total)


def bind_now(volume_id: int) -> None:
    """Bind a volume to the end in this process."""
    for _ in _bind(volume_id):
        pass


def parts_of(entries: Iterable[DossierEntry]) -> tuple[Part, ...]:
    """The lines of the contents with their files, as the volume fixed them."""
    lines: dict[int, list[DossierEntry]] = {}
    for entry in entries:
        lines.setdefault(entry.line, []).append(entry)
    return tuple(
        Part(rows[0].heading, _remark(rows), tuple(_piece(entry) for entry in rows))
        for _, rows in sorted(lines.items())
    )


def _bind(volume_id: int) -> Generator[int, None, None]:
    volume = db.session.get(DossierVolume, volume_id, populate_existing=True)
    if volume is None or volume.is_bound:
        return
    facts, parts = FrameFacts.from_json(volume.frame), parts_of(volume.entries)
    file_name, sealed_at = volume.file_name, volume.asked_at
    # Nothing is read while the pages are bound: another clerk must not wait for it.
    db.session.rollback()
    with new_file(documents_dir(), file_name) as temporary:
        bound = yield from bind(facts, parts, temporary)
        seal_file(temporary, reason=REASON, at=sealed_at)
        _keep(volume_id, bound, temporary)


def _keep(volume_id: int, bound: Bound, temporary: Path) -> None:
    """Give the file its name and the volume its digest in one step; whoever comes second leaves the first one's."""
    digest, size = bound.digest_with_seal(temporary), temporary.stat().st_size
    with transaction():
        volume = db.session.get(DossierVolume, volume_id, with_for_update=True, populate_existing=True)
        if volume is None or volume.is_bound:
            return
        volume.sha256, volume.unsealed_sha256, volume.size = digest, bound.sha256, size
        volume.pages, volume.is_archival = bound.pages, bound.is_archival
        volume.is_bound, volume.bound_at = True, clock.now()
        for entry in volume.entries:
            pages = bound.ranges[entry.line - 1]
            entry.first_page, entry.last_page = pages.first, pages.last
        record(None, "dossier.bound", volume, after=volume.kind.value, sha256=digest, pages=bound.pages)
        keep_file(temporary, volume.file_name)


def _piece(entry: DossierEntry) -> Piece:
    is_own = entry.source_kind is SourceKind.REVISION
    folder = documents_dir() if is_own else uploads_dir()
    kept = Kept(entry.kept_name, entry.made_on) if entry.kept_name else None
    return Piece(folder / entry.file_name, entry.file_kind, entry.sha256, is_own=is_own, kept=kept)


def _remark(rows: list[DossierEntry]) -> str:
    words = list(dict.fromkeys(row.remark for row in rows if row.remark))
    count = sum(row.source_kind is not SourceKind.SIGNED_SCAN for row in rows)
    return "，".join([*([f"{count}份"] if count > 1 else []), *words])
