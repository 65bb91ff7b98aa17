"""Issuing papers: number and frozen facts with the act, the bytes right after its commit.

What a crash leaves unrendered the worker picks up (`render_missing`). No PDF work inside a write transaction.
"""

import logging
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import partial

import sqlalchemy as sa

from app.access.permissions import Actor
from app.audit.actions import record
from app.documents.models import IssuedPaper, NumberCounter, PaperRevision, RevisionKind
from app.documents.papers import PAPER_TYPES, get_paper_type
from app.documents.papers.base import Facts
from app.documents.queries import facts_of
from app.documents.rendering.composing import Paper, PaperState, VoidNote
from app.documents.rendering.engine import Order, RenderedPaper, check_paper, file_name, render_batch, render_paper
from app.documents.rendering.marks import Marks
from app.documents.rendering.word.working_copy import make_working_copy
from app.documents.rules import NumberRequest, Owner, format_number, new_check_code
from app.documents.storage import (
    documents_dir,
    remove_file,
    remove_leftovers,
    remove_other_prints,
    uploads_dir,
    write_file,
)
from app.documents.wording.queries import texts_in_force
from app.errors import RuleViolation
from app.extensions import db
from app.law import clock
from app.people.models import Organisation
from app.web.faults import fault_point
from app.web.installation import settings
from app.web.locking import get_or_insert
from app.web.transaction import after_commit, check_no_transaction, transaction

BATCH = 200
MOST_AT_ONCE = 50
log = logging.getLogger(__name__)


def take_number(organisation: Organisation, request: NumberRequest, *, now: datetime) -> str:
    """The next number of a series in the year of `now`, without gaps; locked until the caller commits (INV-30)."""
    year, n = _take(organisation.id, request, now)
    return format_number(request.pattern, year=year, n=n, prefix=organisation.number_prefix)


def issue(
    facts: Facts,
    *,
    owner: Owner,
    matter_id: int | None,
    organisation: Organisation,
    by: Actor | None,
    now: datetime,
    number: NumberRequest | None = None,
    fixed_number: str = "",
    renders: bool = True,
) -> IssuedPaper:
    """Issue a paper; refuses contradicting facts, characters no font has and damaged values, before a number is taken.

    `fixed_number` quotes a number taken elsewhere (R-DOC-N02). Without `renders` the caller makes the bytes of a
    whole batch after its commit.
    """
    type_name = _type_name_of(facts)
    check_paper(Paper(type_name=type_name, facts=facts))
    paper = IssuedPaper(
        type_name=type_name,
        template_version=get_paper_type(type_name).version,
        matter_id=matter_id,
        owner_kind=owner.kind,
        owner_id=owner.id,
        organisation_id=organisation.id,
        series=number.series if number else "",
        year=clock.local_date(now).year,
        number=fixed_number,
        check_code=new_check_code(),
        issued_by=by.account_id if by else None,
        issued_at=now,
        revisions=[],
    )
    paper.wording = texts_in_force(type_name, organisation)
    # Here a value that no longer opens is refused (SealBroken): it must not be printed.
    paper.facts_json = facts.to_json()
    if number is not None:
        paper.year, paper.n = _take(organisation.id, number, now)
        paper.number = format_number(number.pattern, year=paper.year, n=paper.n, prefix=organisation.number_prefix)
    db.session.add(paper)
    db.session.flush()
    record(by, "paper.issue", paper, type_name=type_name, number=paper.number)
    if renders:
        after_commit(partial(_render_after_issue, paper.id))
    return paper


def void_paper(paper: IssuedPaper, *, replaced_by: IssuedPaper | None, by: Actor, now: datetime) -> None:
    """Make a paper void; number and bytes stay, a void copy is added, the check page says so (R-DOC-N01).

    Refuses one that is void already (RuleViolation).
    """
    if paper.void_at is not None:
        raise RuleViolation("这份文书已经作废，不用再办。", rule="R-DOC-N01")
    paper.void_at = now
    paper.replaced_by_id = replaced_by.id if replaced_by else None
    record(by, "paper.void", paper, replaced_by=paper.replaced_by_id)
    after_commit(partial(_render_void_copy, paper.id))


def render_draft(facts: Facts, *, number: str = "", issuer: Organisation | None = None) -> bytes:
    """The paper as a draft with watermark, without number, code or record; in the words its issuer uses now."""
    paper = _draft(facts, issuer, number=number)
    return render_paper(paper, state=PaperState.DRAFT, code=None, check_url=None, marks=None).pdf


def _draft(facts: Facts, issuer: Organisation | None, *, number: str = "") -> Paper:
    type_name = _type_name_of(facts)
    wording = texts_in_force(type_name, issuer) if issuer else None
    return Paper(type_name=type_name, facts=facts, number=number or None, wording=wording or {})


def render_issued(paper: IssuedPaper, state: PaperState, *, marks: Marks | None = None) -> RenderedPaper:
    """The bytes of an issued paper in a state, from its frozen facts; writes nothing."""
    return render_paper(
        _printable(paper),
        state=state,
        code=paper.check_code,
        check_url=check_url(paper),
        marks=marks,
        void=_void_note(paper) if state is PaperState.VOID else None,
    )


def _void_note(paper: IssuedPaper) -> VoidNote:
    replaced_by = paper.replaced_by.number if paper.replaced_by else ""
    return VoidNote(voided_on=clock.local_date(paper.void_at or clock.now()), replaced_by=replaced_by)


def copy_for_word(paper: IssuedPaper) -> bytes:
    """An issued paper as a Word file to go on working with, from its frozen facts; writes nothing."""
    if paper.void_at is not None:
        note = _void_note(paper)
        return make_working_copy(_printable(paper), state=PaperState.VOID, code=paper.check_code, void=note)
    return make_working_copy(_printable(paper), state=PaperState.ISSUED, code=paper.check_code)


def draft_for_word(facts: Facts, *, issuer: Organisation | None = None) -> bytes:
    """The draft as a Word file to go on working with, without number, code or record."""
    return make_working_copy(_draft(facts, issuer), state=PaperState.DRAFT)


def check_url(paper: IssuedPaper) -> str:
    """The address of the check page with the paper's code; no personal data."""
    return f"{settings().base_url}/verify/{paper.check_code}"


def add_revision(paper: IssuedPaper, rendered: RenderedPaper, kind: RevisionKind, *, now: datetime) -> PaperRevision:
    """Write the bytes, then their row in a transaction of its own; every earlier revision stays.

    Refuses to run within a transaction (RuntimeError). A paper is issued, signed and made void once: whoever comes
    second gets the revision that is there.
    """
    check_no_transaction()
    state = {RevisionKind.ISSUED: PaperState.ISSUED, RevisionKind.SIGNED: PaperState.SIGNED}.get(kind, PaperState.VOID)
    name = f"{paper.id}-{rendered.sha256[:12]}-" + file_name(_printable(paper), state=state, code=paper.check_code)
    digest = write_file(documents_dir(), name, rendered.pdf)
    with transaction():
        fresh = db.session.get_one(IssuedPaper, paper.id, populate_existing=True, with_for_update=True)
        known = next((row for row in fresh.revisions if row.kind is kind), None)
        if known is not None:
            # Two processes made the same copy at once: the bytes that no row names must not lie about.
            if known.file_name != name:
                remove_file(documents_dir(), name)
            return known
        revision = PaperRevision(
            paper_id=fresh.id,
            revision=len(fresh.revisions),
            kind=kind,
            file_name=name,
            sha256=digest,
            size=len(rendered.pdf),
            pages=rendered.pages,
            made_at=now,
        )
        fresh.is_rendered = True
        fresh.revisions.append(revision)
        record(None, "paper.revision", fresh, after=kind.value, sha256=digest)
    return revision


def remove_abandoned_prints(paper: IssuedPaper, kind: RevisionKind) -> None:
    """Take away what a crash between bytes and row left of a paper beside the revision that has its row."""
    kept = {str(row.paper_id): row.file_name for row in paper.revisions if row.kind is kind}
    remove_other_prints(documents_dir(), kept, kind.value)


def render_papers(paper_ids: Sequence[int], *, now: datetime) -> Iterator[int]:
    """Make the bytes of issued papers that have none, whole structures at a time; gives each id once it is stored.

    Called again after a crash it makes what is missing. One that cannot be rendered is logged and left out. Refuses to
    run within a transaction (RuntimeError).
    """
    check_no_transaction()
    for start in range(0, len(paper_ids), BATCH):
        named: dict[str, str] = {}
        for paper_id, rendered in render_batch([*_orders(paper_ids[start : start + BATCH])]):
            if isinstance(rendered, Exception):
                log.error("paper %d could not be rendered", paper_id, exc_info=rendered)
                continue
            paper = db.session.get_one(IssuedPaper, paper_id, populate_existing=True)
            named[str(paper_id)] = add_revision(paper, rendered, RevisionKind.ISSUED, now=now).file_name
            yield paper_id
        # A crash between bytes and row may have left another print of the same paper: whole there, drawn here.
        remove_other_prints(documents_dir(), named, RevisionKind.ISSUED.value)


def _orders(paper_ids: Sequence[int]) -> Iterator[Order]:
    without_bytes = sa.select(IssuedPaper).where(IssuedPaper.id.in_(paper_ids), sa.text("not is_rendered"))
    for paper in db.session.scalars(without_bytes.order_by(IssuedPaper.id)):
        try:
            printable = _printable(paper)
        except Exception:
            log.exception("paper %d could not be rendered", paper.id)
            continue
        yield Order(id=paper.id, paper=printable, code=paper.check_code, check_url=check_url(paper))


def render_missing(now: datetime, *, in_the_making: Collection[int] = ()) -> int:
    """Render what a crash left without bytes, void copies too; gives how many papers it made.

    Leaves alone the papers (ids) that somebody else is about to make. One that cannot be rendered holds up none of the
    others. Half-written files are cleared away.
    """
    for folder in (documents_dir(), uploads_dir()):
        remove_leftovers(folder)
    waiting = [paper_id for paper_id in db.session.scalars(_WITHOUT_BYTES) if paper_id not in in_the_making]
    made = sum(1 for _ in render_papers(waiting[:MOST_AT_ONCE], now=now))
    for paper_id in list(db.session.scalars(_WITHOUT_VOID_COPY)):
        made += _try_to_render_void_copy(paper_id)
    return made


_WITHOUT_BYTES = sa.select(IssuedPaper.id).where(sa.text("not is_rendered")).order_by(IssuedPaper.id)
_WITHOUT_VOID_COPY = (
    sa.select(IssuedPaper.id)
    .where(
        IssuedPaper.void_at.is_not(None),
        ~IssuedPaper.revisions.any(PaperRevision.kind == RevisionKind.VOID),
    )
    .order_by(IssuedPaper.id)
    .limit(MOST_AT_ONCE)
)


def _try_to_render_void_copy(paper_id: int) -> bool:
    try:
        _render_void_copy(paper_id)
    except Exception:
        db.session.rollback()
        log.exception("paper %d could not be rendered", paper_id)
        return False
    return True


def _render_after_issue(paper_id: int) -> None:
    fault_point("issue.after_commit")
    paper = db.session.get_one(IssuedPaper, paper_id, populate_existing=True)
    if not paper.is_rendered:
        rendered = render_issued(paper, PaperState.ISSUED)
        add_revision(paper, rendered, RevisionKind.ISSUED, now=clock.now())


def _render_void_copy(paper_id: int) -> None:
    _render_after_issue(paper_id)
    paper = db.session.get_one(IssuedPaper, paper_id, populate_existing=True)
    add_revision(paper, render_issued(paper, PaperState.VOID), RevisionKind.VOID, now=clock.now())


def _printable(paper: IssuedPaper) -> Paper:
    wording = paper.wording or {}
    return Paper(type_name=paper.type_name, facts=facts_of(paper), number=paper.number or None, wording=wording)


def _take(organisation_id: int, request: NumberRequest, now: datetime) -> tuple[int, int]:
    year = request.year or clock.local_date(now).year
    key = {"organisation_id": organisation_id, "series": request.series, "year": year}
    counter = get_or_insert(NumberCounter, key, last=0)
    counter.last += 1
    db.session.flush()
    fault_point("number.after_alloc")
    return year, counter.last


def _type_name_of(facts: Facts) -> str:
    return next(kind.name for kind in PAPER_TYPES.values() if kind.facts is type(facts))
