"""Reading scanned stacks: what waits, what the pages of each paper make up, who may be recorded as having signed."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.agreements.models import Agreement
from app.agreements.rules.states import SIGNABLE
from app.collective.models import Claimant, Roster, SettlementAgreement
from app.documents.models import IssuedPaper, RevisionKind
from app.documents.papers import get_paper_type
from app.errors import NotFound
from app.extensions import db
from app.signing.models import SigningRound, SigningSlot
from app.signing_day.models import ScanStack, ScanStackPage
from app.signing_day.rules.scan_words import PageFate, StackState
from app.signing_day.rules.scanning import PaperStanding, SetKind, Verdict, judge

TO_ASSIGN = frozenset({PageFate.NO_CODE, PageFate.UNKNOWN_CODE, PageFate.UNSURE})


@dataclass(frozen=True)
class ScannedSet:
    """The scanned pages of one paper that are not filed yet, in the order of the paper, and what they make up."""

    paper: IssuedPaper
    link: SettlementAgreement | None
    pages: tuple[ScanStackPage, ...]
    open_slots: tuple[SigningSlot, ...]
    verdict: Verdict

    @property
    def is_complete(self) -> bool:
        """Every page once, of an agreement that waits for a signature."""
        return self.verdict.kind is SetKind.COMPLETE


def get_stack(roster: Roster, public_id: str) -> ScanStack:
    """One stack uploaded to the roster; NotFound otherwise."""
    stack = db.session.scalar(sa.select(ScanStack).filter_by(public_id=public_id, roster_id=roster.id))
    if stack is None:
        raise NotFound("没有这叠扫描件，或者它不归您看。")
    return stack


def get_stack_page(roster: Roster, public_id: str) -> ScanStackPage:
    """One scanned page of an open stack of the roster; NotFound otherwise, and once its stack has ended."""
    statement = (
        sa.select(ScanStackPage)
        .join(ScanStackPage.stack)
        .where(
            ScanStackPage.public_id == public_id,
            ScanStack.roster_id == roster.id,
            ScanStack.state != StackState.ENDED,
        )
        .options(contains_eager(ScanStackPage.stack))
    )
    page = db.session.scalar(statement)
    if page is None:
        raise NotFound("没有这一页，或者它已经处理完了。")
    return page


def list_stacks(roster: Roster) -> list[ScanStack]:
    """The stacks uploaded to a roster, newest first, with their pages."""
    statement = (
        sa.select(ScanStack)
        .filter_by(roster_id=roster.id)
        .options(selectinload(ScanStack.pages), joinedload(ScanStack.job), joinedload(ScanStack.uploader))
        .order_by(ScanStack.id.desc())
    )
    return list(db.session.scalars(statement))


def find_same_stack(roster: Roster, source_sha256: str) -> ScanStack | None:
    """An earlier upload of exactly these files that was not thrown away unused."""
    was_used = sa.or_(
        ScanStack.state != StackState.ENDED,
        ScanStack.pages.any(ScanStackPage.fate == PageFate.FILED),
    )
    statement = sa.select(ScanStack).filter_by(roster_id=roster.id, source_sha256=source_sha256)
    return db.session.scalars(statement.where(was_used).order_by(ScanStack.id)).first()


def list_pages(roster: Roster, fates: Iterable[PageFate]) -> list[ScanStackPage]:
    """The pages of stacks that are still open, in the order in which they were scanned."""
    statement = (
        sa.select(ScanStackPage)
        .join(ScanStackPage.stack)
        .where(
            ScanStack.roster_id == roster.id,
            ScanStack.state != StackState.ENDED,
            ScanStackPage.fate.in_(list(fates)),
        )
        .options(contains_eager(ScanStackPage.stack))
        .order_by(ScanStackPage.stack_id, ScanStackPage.position)
    )
    return list(db.session.scalars(statement))


def list_sets(roster: Roster, account_id: int | None) -> list[ScannedSet]:
    """What the open pages make up: the roster's agreements in its order, then papers that do not belong here.

    `account_id` is who will record: an official's place counts only where it is his own (INV-25).
    """
    pages: dict[int, list[ScanStackPage]] = {}
    for page in list_pages(roster, (PageFate.PLACED,)):
        pages.setdefault(page.paper_id or 0, []).append(page)
    return sets_of(roster, pages, account_id)


def sets_of(roster: Roster, pages: dict[int, list[ScanStackPage]], account_id: int | None) -> list[ScannedSet]:
    """What these pages, by the id of their paper, make up."""
    papers = _papers(pages)
    links = links_of_papers(roster, pages)
    slots = _open_slots(pages, account_id)
    found = [_set_of(roster, papers[each], links.get(each), pages[each], slots.get(each, ())) for each in pages]
    last = len(pages) + 10**9
    return sorted(found, key=lambda each: each.link.claimant.position if each.link else last + each.paper.id)


def links_of_papers(roster: Roster, paper_ids: Iterable[int]) -> dict[int, SettlementAgreement]:
    """The roster's agreement behind each paper, with its claimant."""
    statement = (
        sa.select(SettlementAgreement)
        .join(SettlementAgreement.agreement)
        .join(SettlementAgreement.claimant)
        .where(Claimant.roster_id == roster.id, Agreement.paper_id.in_(list(paper_ids)))
        .options(
            contains_eager(SettlementAgreement.agreement),
            contains_eager(SettlementAgreement.claimant).joinedload(Claimant.party),
        )
    )
    return {link.agreement.paper_id: link for link in db.session.scalars(statement) if link.agreement.paper_id}


def list_assignable(roster: Roster) -> list[SettlementAgreement]:
    """The agreements a page without a readable code may belong to, in roster order."""
    statement = (
        sa.select(SettlementAgreement)
        .join(SettlementAgreement.agreement)
        .join(SettlementAgreement.claimant)
        .where(Claimant.roster_id == roster.id, Agreement.status.in_(SIGNABLE))
        .options(
            contains_eager(SettlementAgreement.agreement).joinedload(Agreement.paper),
            contains_eager(SettlementAgreement.claimant).joinedload(Claimant.party),
        )
        .order_by(Claimant.position)
    )
    return list(db.session.scalars(statement))


def pages_of_print(paper: IssuedPaper) -> int:
    """How many pages the paper has as it was printed for signing; 0 before its bytes exist."""
    return next((each.pages for each in paper.revisions if each.kind is RevisionKind.ISSUED), 0)


def _papers(paper_ids: Iterable[int]) -> dict[int, IssuedPaper]:
    statement = (
        sa.select(IssuedPaper).where(IssuedPaper.id.in_(list(paper_ids))).options(selectinload(IssuedPaper.revisions))
    )
    return {paper.id: paper for paper in db.session.scalars(statement)}


def _open_slots(paper_ids: Iterable[int], account_id: int | None) -> dict[int, tuple[SigningSlot, ...]]:
    statement = (
        sa.select(SigningRound)
        .where(SigningRound.paper_id.in_(list(paper_ids)))
        .options(selectinload(SigningRound.slots).selectinload(SigningSlot.signature))
    )
    return {
        row.paper_id: tuple(slot for slot in row.slots if not slot.is_signed and slot.account_id in (None, account_id))
        for row in db.session.scalars(statement)
    }


def _set_of(
    roster: Roster,
    paper: IssuedPaper,
    link: SettlementAgreement | None,
    pages: list[ScanStackPage],
    slots: tuple[SigningSlot, ...],
) -> ScannedSet:
    standing = PaperStanding(
        pages=pages_of_print(paper),
        title=get_paper_type(paper.type_name).title,
        is_of_roster=paper.matter_id == roster.matter_id,
        is_agreement=link is not None,
        is_void=paper.void_at is not None,
        replaced_by=_newer_number(link) if link and paper.void_at else "",
        awaits_signature=link is not None and link.agreement.status in SIGNABLE and bool(slots),
    )
    ordered = tuple(sorted(pages, key=lambda page: (page.page_number or 0, page.id)))
    verdict = judge(standing, [page.page_number or 0 for page in ordered])
    return ScannedSet(paper, link, ordered, slots, verdict)


def _newer_number(link: SettlementAgreement) -> str:
    """The number of the claimant's agreement that is signed instead of a void one."""
    statement = (
        sa.select(Agreement.number)
        .join(SettlementAgreement, SettlementAgreement.agreement_id == Agreement.id)
        .join(IssuedPaper, IssuedPaper.id == Agreement.paper_id)
        .where(
            SettlementAgreement.claimant_id == link.claimant_id,
            SettlementAgreement.id > link.id,
            IssuedPaper.void_at.is_(None),
        )
        .order_by(SettlementAgreement.id.desc())
    )
    return db.session.scalars(statement).first() or ""
