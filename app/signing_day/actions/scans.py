"""Stacks of signed paper: kept, read page by page as a job, mended by hand, thrown away."""

import hashlib
import re
import secrets
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import sqlalchemy as sa

from app.access.permissions import Actor
from app.agreements.rules.states import SIGNABLE
from app.audit.actions import record
from app.collective.models import Roster, SettlementAgreement
from app.documents.models import RevisionKind
from app.documents.queries import find_paper_by_code, read_bytes
from app.documents.reading.child import ReaderLost, ReaderProcess, reader_process
from app.documents.reading.stacks import bind_uploads
from app.documents.storage import documents_dir, remove_file, uploads_dir, write_file
from app.errors import Clash, FileMissing, RuleViolation
from app.extensions import db
from app.jobs.actions import start_job, stop_job
from app.jobs.rules import JobView, Progress
from app.law import clock
from app.signing.rules import check_scan
from app.signing_day.models import ScanStack, ScanStackPage
from app.signing_day.queries.scans import TO_ASSIGN, find_same_stack, pages_of_print
from app.signing_day.rules.scan_words import PageFate, StackState
from app.web.transaction import after_commit, run_write

READ_STACK = "read_scan_stack"
MOST_FILES = 100
OVER = frozenset({PageFate.FILED, PageFate.LEFT_OUT, PageFate.BLANK})
_CHECK_ADDRESS = re.compile(r"https?://[^\s?#]+/verify/([0-9A-Z]{12})")


@dataclass(frozen=True)
class WrittenStack:
    """Checked uploads bound into one file that lies in the folder, not yet known to any row."""

    file_name: str
    source_sha256: str
    sha256: str
    pages: int
    size: int


@dataclass(frozen=True)
class Finding:
    """What was seen on one page."""

    fate: PageFate
    paper_id: int | None = None
    number: int | None = None
    turn: int = 0


def write_stack(contents: Sequence[bytes]) -> WrittenStack:
    """Check uploads and write them as one file, before the act begins its transaction; refuses what no scan is."""
    if not contents or len(contents) > MOST_FILES:
        raise RuleViolation(f"请选扫描件，一次最多 {MOST_FILES} 个文件。", rule="B151")
    checked = [check_scan(content) for content in contents]
    bound, pages = bind_uploads((each.kind, each.content) for each in checked)
    digests = "".join(hashlib.sha256(content).hexdigest() for content in contents)
    name = f"{secrets.token_hex(16)}.pdf"
    sha256 = write_file(uploads_dir(), name, bound)
    return WrittenStack(name, hashlib.sha256(digests.encode()).hexdigest(), sha256, pages, len(bound))


def discard_unused(written: WrittenStack) -> None:
    """Take away a written file that no stack names: the act was refused, or the form was sent twice."""
    if db.session.scalar(sa.select(ScanStack.id).filter_by(file_name=written.file_name)) is None:
        remove_file(uploads_dir(), written.file_name)


def keep_stack(roster: Roster, written: WrittenStack, *, by: Actor, now: datetime) -> ScanStack:
    """Keep a stack and begin to read it; refuses files that were handed in for this roster before."""
    db.session.execute(sa.select(Roster.id).where(Roster.id == roster.id).with_for_update())
    earlier = find_same_stack(roster, written.source_sha256)
    if earlier is not None:
        day = clock.local_date(earlier.uploaded_at)
        raise RuleViolation(f"这些扫描件 {day.month} 月 {day.day} 日已经交过，不用再交。", rule="B133")
    stack = ScanStack(
        roster=roster,
        file_name=written.file_name,
        source_sha256=written.source_sha256,
        sha256=written.sha256,
        page_count=written.pages,
        size=written.size,
        uploaded_by=by.account_id,
        uploaded_at=now,
        pages=[],
    )
    db.session.add(stack)
    db.session.flush()
    stack.job = start_job(READ_STACK, {"stack": stack.id}, total=written.pages, by=by, now=now)
    record(by, "scan_stack.upload", stack, pages=written.pages, sha256=written.sha256)
    return stack


def read_stack(job: JobView) -> Generator[Progress, None, None]:
    """Read a stack page by page, each in a transaction of its own; a page that cannot be drawn is left to the clerk."""
    stack_id = int(job.payload["stack"])
    stack = db.session.get_one(ScanStack, stack_id)
    name, total, seen = stack.file_name, stack.page_count, {page.position for page in stack.pages}
    db.session.rollback()
    with reader_process() as reader:
        for position in range(1, total + 1):
            if position not in seen:
                finding = _read_page(reader, name, position)
                db.session.rollback()
                run_write(partial(_note_page, stack_id, position, finding))
            yield Progress(position, total)
    run_write(partial(_note_read, stack_id))


def place_page(page: ScanStackPage, link: SettlementAgreement, number: int, *, by: Actor) -> None:
    """Say by hand which page of which agreement a scanned page is."""
    paper = link.agreement.paper
    if page.stack.state is StackState.ENDED or page.fate not in TO_ASSIGN:
        raise Clash("这一页已经处理过。请刷新后再看。")
    if paper is None or link.agreement.status not in SIGNABLE:
        raise RuleViolation("这份协议现在不收签名。请选别的，或者把这一页去掉。", rule="INV-24")
    if not 1 <= number <= pages_of_print(paper):
        raise RuleViolation(f"这份协议只有 {pages_of_print(paper)} 页。请改页码。", rule="INV-21")
    page.fate, page.paper_id, page.page_number, page.is_by_hand = PageFate.PLACED, paper.id, number, True
    record(by, "scan_stack.place", page.stack, page=page.position, paper=paper.id, number=number)


def leave_out(pages: Sequence[ScanStackPage], *, by: Actor, now: datetime) -> None:
    """Set pages aside that nobody needs; a stack without waiting pages ends, and its file goes."""
    for page in pages:
        if page.fate in OVER:
            raise Clash("这一页已经处理过。请刷新后再看。")
        page.fate = PageFate.LEFT_OUT
        record(by, "scan_stack.leave_out", page.stack, page=page.position)
    for stack in {page.stack for page in pages}:
        end_when_through(stack, now=now)


def discard_stack(stack: ScanStack, *, by: Actor, now: datetime) -> None:
    """Throw away what is left of a stack, with its file; what was filed stays filed."""
    if stack.state is StackState.ENDED:
        raise Clash("这叠扫描件已经了结。请刷新后再看。")
    if stack.job is not None and stack.job.is_open:
        stop_job(stack.job, by=by, now=now)
    for page in stack.pages:
        if page.fate not in OVER:
            page.fate = PageFate.LEFT_OUT
    _end(stack, now)
    record(by, "scan_stack.discard", stack)


def end_when_through(stack: ScanStack, *, now: datetime) -> None:
    """End a stack that is read and has no page left to be filed."""
    is_through = len(stack.pages) == stack.page_count and all(page.fate in OVER for page in stack.pages)
    if stack.state is StackState.READ and is_through:
        _end(stack, now)
        record(None, "scan_stack.end", stack)


def _end(stack: ScanStack, now: datetime) -> None:
    stack.state, stack.ended_at = StackState.ENDED, now
    after_commit(partial(remove_file, uploads_dir(), stack.file_name))


def _read_page(reader: ReaderProcess, name: str, position: int) -> Finding:
    try:
        look = reader.look(uploads_dir() / name, position)
        if look.code is None:
            return Finding(PageFate.BLANK if look.is_blank else PageFate.NO_CODE)
        address = _CHECK_ADDRESS.fullmatch(look.code)
        paper = find_paper_by_code(address.group(1)) if address else None
        if paper is None:
            return Finding(PageFate.UNKNOWN_CODE)
        printed = next((each for each in paper.revisions if each.kind is RevisionKind.ISSUED), None)
        if printed is None:
            return Finding(PageFate.UNSURE, paper.id)
        read_bytes(printed)
        match = reader.match(documents_dir() / printed.file_name)
    except (ReaderLost, FileMissing):
        return Finding(PageFate.NO_CODE)
    fate = PageFate.UNSURE if match.number is None else PageFate.PLACED
    return Finding(fate, paper.id, match.number, match.turn)


def _note_page(stack_id: int, position: int, finding: Finding) -> None:
    stack = db.session.get_one(ScanStack, stack_id, with_for_update=True, populate_existing=True)
    if stack.state is not StackState.READING or any(page.position == position for page in stack.pages):
        return
    stack.pages.append(
        ScanStackPage(
            position=position,
            fate=finding.fate,
            paper_id=finding.paper_id,
            page_number=finding.number,
            rotation=finding.turn,
        )
    )


def _note_read(stack_id: int) -> None:
    stack = db.session.get_one(ScanStack, stack_id, with_for_update=True, populate_existing=True)
    if stack.state is StackState.READING:
        stack.state = StackState.READ
        record(None, "scan_stack.read", stack, pages=stack.page_count)
        end_when_through(stack, now=clock.now())
