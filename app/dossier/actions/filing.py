"""Fixing what a volume holds: a copy to look at, the archived volume, a numbered addendum (INV-31, R-ARCH-05)."""

from datetime import datetime
from functools import partial

from app.access.permissions import Actor
from app.audit.actions import record
from app.documents.binding import check_frame
from app.documents.storage import documents_dir, remove_file
from app.dossier.actions.binding import bind_now, is_small
from app.dossier.actions.scans import open_dossier
from app.dossier.models import Dossier, DossierEntry, DossierVolume
from app.dossier.queries import Source, case_facts, contents_of, list_later_sources
from app.dossier.queries.frame import frame_facts
from app.dossier.rules import (
    DossierStatus,
    Retention,
    VolumeKind,
    check_complete,
    check_is_archived,
    check_is_compiling,
)
from app.errors import RuleViolation
from app.extensions import db
from app.jobs.actions import continue_job, start_job
from app.jobs.models import Job
from app.law import clock
from app.mediation.models import MediationCase
from app.signing.sealing import check_can_seal
from app.web.transaction import after_commit, check_seen_version

JOB_KIND = "bind_dossier"


def request_copy(case: MediationCase, *, by: Actor, now: datetime) -> DossierVolume:
    """Bind everything found so far into a copy to look at; it takes the place of the copy before.

    Refuses an empty dossier and one that is archived.
    """
    dossier = open_dossier(case, by=by, now=now)
    check_is_compiling(dossier.status)
    contents = contents_of(case)
    _drop_copies(dossier)
    return _fix_volume(dossier, VolumeKind.DRAFT, 0, contents.sources, by=by, now=now)


def archive_dossier(
    case: MediationCase,
    *,
    title: str,
    note: str,
    retention: Retention,
    seen_version: int | None,
    by: Actor,
    now: datetime,
) -> DossierVolume:
    """Archive the dossier: from here on it never changes (INV-31, R-ARCH-02, R-ARCH-05).

    Refuses while something is missing or unfinished, naming all of it, and a second time.
    """
    dossier = open_dossier(case, by=by, now=now)
    check_seen_version(dossier, seen_version)
    check_is_compiling(dossier.status)
    contents = contents_of(case)
    check_complete(case_facts(case), contents.found())
    before = dossier.status
    dossier.title, dossier.note, dossier.retention = title, note, retention
    dossier.status, dossier.archived_at, dossier.archived_by = DossierStatus.ARCHIVED, now, by.account_id
    volume = _fix_volume(dossier, VolumeKind.MAIN, 0, contents.sources, by=by, now=now)
    _drop_copies(dossier)
    record(by, "dossier.archive", dossier, before=before.value, after=dossier.status.value, retention=retention.value)
    return volume


def archive_addendum(case: MediationCase, *, seen_version: int | None, by: Actor, now: datetime) -> DossierVolume:
    """Bind what came after archiving into the next addendum, with contents of its own (R-ARCH-05).

    Refuses before archiving and when nothing came.
    """
    dossier = open_dossier(case, by=by, now=now)
    check_seen_version(dossier, seen_version)
    check_is_archived(dossier.status)
    later = list_later_sources(dossier, contents_of(case))
    if not later:
        raise RuleViolation("归档以后没有来新的材料，不用装补充卷。", rule="R-ARCH-05")
    number = 1 + max((row.number for row in dossier.volumes if row.kind is VolumeKind.ADDENDUM), default=0)
    volume = _fix_volume(dossier, VolumeKind.ADDENDUM, number, later, by=by, now=now)
    record(by, "dossier.addendum", dossier, number=number, entries=len(later))
    return volume


def retry_binding(volume: DossierVolume, *, by: Actor, now: datetime) -> None:
    """Bind a volume again whose binding failed; refuses one that is bound or at work."""
    job = db.session.get(Job, volume.job_id) if volume.job_id else None
    if volume.is_bound or job is None:
        raise RuleViolation("这一卷已经装订好了，不用再装。", rule="R-ARCH-05")
    continue_job(job, by=by, now=now)


def _drop_copies(dossier: Dossier) -> None:
    for old in [row for row in dossier.volumes if row.kind is VolumeKind.DRAFT]:
        db.session.delete(old)
        after_commit(partial(remove_file, documents_dir(), old.file_name))
    db.session.flush()
    db.session.expire(dossier, ["volumes"])


def _fix_volume(
    dossier: Dossier, kind: VolumeKind, number: int, sources: list[Source], *, by: Actor, now: datetime
) -> DossierVolume:
    """Write down what the volume holds, file by file with its digest; the bytes follow after the commit."""
    if not sources:
        raise RuleViolation("还没有可以装订的文书或者扫描件。请先放进材料。", rule="INV-31")
    check_can_seal()
    facts = frame_facts(dossier, kind, number, sources, by=by, today=clock.local_date(now))
    check_frame(facts, [source.heading for source in sources])
    volume = DossierVolume(
        dossier=dossier,
        kind=kind,
        number=number,
        asked_by=by.account_id,
        asked_at=now,
        compiled_on=facts.compiled_on,
        entries=_entries(sources),
    )
    volume.file_name = f"dossier-{volume.public_id}.pdf"
    volume.frame = facts.to_json()
    db.session.add(volume)
    db.session.flush()
    record(by, "dossier.volume", volume, after=kind.value, number=number, entries=len(sources))
    volume.job_id = start_job(JOB_KIND, {"volume": volume.id}, total=_pages(sources), by=by, now=now).id
    if is_small(sources):
        after_commit(partial(bind_now, volume.id))
    return volume


def _entries(sources: list[Source]) -> list[DossierEntry]:
    entries, line, last = [], 0, None
    for place, source in enumerate(sources, 1):
        line += (source.position, source.heading) != last
        last = (source.position, source.heading)
        entry = DossierEntry(
            place=place,
            position=source.position,
            line=line,
            remark=source.remark,
            source_kind=source.kind,
            source_id=source.id,
            file_name=source.file_name,
            file_kind=source.file_kind,
            sha256=source.sha256,
            kept_name=source.kept_name,
            made_on=source.made_on,
        )
        entry.heading = source.heading
        entries.append(entry)
    return entries


def _pages(sources: list[Source]) -> int:
    return sum(max(source.pages, 1) for source in sources)
