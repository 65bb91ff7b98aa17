"""Filing complete sets of scanned pages: one scan an agreement, with the signatures it shows, all or nothing each."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from app.access.permissions import Actor
from app.agreements import actions as agreements
from app.audit.actions import record
from app.collective.models import Roster
from app.documents.reading.stacks import take_pages
from app.documents.storage import check_digest, read_file, uploads_dir
from app.errors import Clash, DomainError, RuleViolation
from app.extensions import db
from app.jobs.actions import start_job
from app.jobs.models import Job
from app.jobs.rules import JobView, Progress
from app.law import clock
from app.people.models import Account
from app.signing.actions import WrittenScan, discard_scan, write_scan
from app.signing.rules import Manner
from app.signing_day.actions.scans import end_when_through
from app.signing_day.models import ScanStack, ScanStackPage
from app.signing_day.queries.scans import ScannedSet, sets_of
from app.signing_day.rules.scan_words import PageFate
from app.web.transaction import run_write

FILE_SCANS = "file_scanned_papers"


@dataclass(frozen=True)
class Filing:
    """How the signatures of this filing came about: which day the papers show, in which manner, what was compared."""

    signed_on: date
    manner: Manner
    document: str


def start_filing(
    roster: Roster, chosen: Sequence[tuple[ScannedSet, Sequence[str]]], filing: Filing, *, by: Actor, now: datetime
) -> Job:
    """Begin to file complete sets, each with the places that it shows signed.

    Refuses an incomplete set, one without a signature, a day before the issue or to come, and a second filing beside.
    """
    if not chosen:
        raise RuleViolation("请勾出要存的协议。", rule="INV-21")
    stacks = {page.stack for each, _keys in chosen for page in each.pages}
    if any(stack.job is not None and stack.job.is_open for stack in stacks):
        raise Clash("正在认页或者存档，请等这一次做完。")
    for each, keys in chosen:
        _check(each, keys, filing, clock.local_date(now))
    sets = [{"paper": each.paper.id, "keys": list(keys)} for each, keys in chosen]
    how = {"signed_on": filing.signed_on.isoformat(), "manner": filing.manner.value, "document": filing.document}
    job = start_job(FILE_SCANS, {"roster": roster.id, "sets": sets, **how}, total=len(sets), by=by, now=now)
    for stack in stacks:
        stack.job = job
    record(by, "scan_stack.file", roster, sets=len(sets))
    return job


def file_scans(job: JobView) -> Generator[Progress, None, None]:
    """File set after set; one that is refused is named by its line in the roster, and the others go on."""
    how = job.payload
    filing = Filing(date.fromisoformat(how["signed_on"]), Manner(how["manner"]), how["document"])
    total = len(how["sets"])
    for done, wish in enumerate(how["sets"], start=1):
        failure = _file_one(job, wish["paper"], tuple(wish["keys"]), filing)
        yield Progress(done, total, failure)


def _file_one(job: JobView, paper_id: int, keys: tuple[str, ...], filing: Filing) -> str:
    """Why this set could not be filed; empty when it is filed, now or before a crash."""
    found = _set(job, paper_id)
    if found is None or found.link is None:
        db.session.rollback()
        return ""
    line, wanted = found.link.claimant.position, [_place_of(page) for page in found.pages]
    page_ids, stacks = [page.id for page in found.pages], {page.stack for page in found.pages}
    files = [(stack.file_name, stack.sha256) for stack in stacks]
    db.session.rollback()
    try:
        for name, sha256 in files:
            check_digest(read_file(uploads_dir(), name), sha256, name)
        written = write_scan(take_pages(wanted))
        try:
            run_write(partial(_file_set, job, paper_id, page_ids, keys, filing, written))
        finally:
            discard_scan(written)
    except DomainError as refusal:
        return f"第 {line} 号：{refusal.message}"
    return ""


def _file_set(
    job: JobView, paper_id: int, page_ids: list[int], keys: tuple[str, ...], filing: Filing, written: WrittenScan
) -> None:
    by, now = db.session.get_one(Account, job.requested_by).as_actor(), clock.now()
    found = _set(job, paper_id, is_locked=True)
    if found is None or found.link is None or [page.id for page in found.pages] != page_ids:
        raise Clash("这几页刚才有人动过，这次没有存。请再看一遍。")
    _check(found, keys, filing, clock.local_date(now))
    agreement = found.link.agreement
    for slot in found.open_slots:
        if slot.key in keys and slot.account_id is None and slot.identity_checked_at is None:
            agreements.check_identity(agreement, slot.key, filing.document, by=by, now=now)
    agreements.record_paper_signatures(
        agreement, keys, written, signed_on=filing.signed_on, manner=filing.manner, by=by, now=now
    )
    for page in found.pages:
        page.fate = PageFate.FILED
    db.session.flush()
    for stack in {page.stack for page in found.pages}:
        end_when_through(stack, now=now)


def _check(found: ScannedSet, keys: Sequence[str], filing: Filing, today: date) -> None:
    if not found.is_complete:
        raise RuleViolation(found.verdict.words, rule="INV-21")
    if not keys:
        raise RuleViolation("请勾出纸上谁签了名；一个都没签的不要存。", rule="INV-21")
    if not set(keys) <= {slot.key for slot in found.open_slots}:
        raise Clash("有人的签名刚才登记过了。请刷新后再看。")
    if not clock.local_date(found.paper.issued_at) <= filing.signed_on <= today:
        raise RuleViolation("签名日期要在文书签发以后、今天以前。请照纸上写的日期填。", rule="INV-21")


def _set(job: JobView, paper_id: int, *, is_locked: bool = False) -> ScannedSet | None:
    """The waiting pages of one paper as a set; None when none waits."""
    statement = (
        sa.select(ScanStackPage)
        .join(ScanStackPage.stack)
        .where(
            ScanStack.roster_id == job.payload["roster"],
            ScanStackPage.paper_id == paper_id,
            ScanStackPage.fate == PageFate.PLACED,
        )
        .order_by(ScanStackPage.id)
        .execution_options(populate_existing=True)
    )
    pages = list(db.session.scalars(statement.with_for_update() if is_locked else statement))
    if not pages:
        return None
    return sets_of(pages[0].stack.roster, {paper_id: pages}, job.requested_by)[0]


def _place_of(page: ScanStackPage) -> tuple[Path, int, int]:
    return uploads_dir() / page.stack.file_name, page.position, page.rotation
