"""What lies at each position: papers of the case with their scans, scans of paper originals, in the index's order."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from app.agreements.models import Agreement, Confirmation, FollowUpVisit, Obligation, Payment
from app.documents.models import IssuedPaper, RevisionKind
from app.documents.papers import get_paper_type
from app.documents.queries import list_papers_of_matter
from app.documents.rules import Owner
from app.dossier.models import Dossier, DossierScan
from app.dossier.queries.dossiers import find_dossier, list_bound_keys
from app.dossier.rules import HEADINGS, ORDER, SIGNED_BY_HAND, Found, Position, SourceKind, position_of_paper
from app.extensions import db
from app.law import clock
from app.linkage.models import Linkage
from app.mediation.models import MediationCase, MediationMeeting
from app.mediation.rules import MeetingStatus
from app.signing.models import Scan
from app.signing.queries import scans_of_papers, states_of_signing
from app.signing.rules import RoundState


@dataclass(frozen=True)
class Source:
    """One file that would be bound: where it stands in the index and in which folder it lies."""

    position: Position
    heading: str
    remark: str
    kind: SourceKind
    id: int
    public_id: str
    file_name: str
    file_kind: str
    sha256: str
    pages: int
    size: int
    made_on: date
    type_name: str = ""
    kept_name: str = ""


@dataclass
class Contents:
    """Everything found for a case, what was found unfinished, and what is printed to be signed and scanned."""

    sources: list[Source] = field(default_factory=list)
    unfinished: list[tuple[Position, str]] = field(default_factory=list)
    blanks: list[tuple[Position, IssuedPaper]] = field(default_factory=list)

    def of(self, position: Position) -> list[Source]:
        """What lies at one position."""
        return [source for source in self.sources if source.position is position]

    def found(self) -> dict[Position, Found]:
        """The same as the rules of completeness see it."""
        return {position: self._found_at(position) for position in ORDER}

    def _found_at(self, position: Position) -> Found:
        sources = self.of(position)
        return Found(
            types=frozenset(source.type_name for source in sources if source.kind is SourceKind.REVISION),
            scans=sum(source.kind is not SourceKind.REVISION for source in sources),
            unfinished=tuple(title for place, title in self.unfinished if place is position),
        )


def contents_of(case: MediationCase) -> Contents:
    """All papers and scans of a case in the order of the index; papers that are void lie in no dossier."""
    contents = Contents()
    papers = _papers_of(case)
    ids = [paper.id for paper in papers]
    states, scans = states_of_signing(ids), scans_of_papers(ids)
    proofs = _proof_scans(case)
    for paper in papers:
        _add_paper(contents, paper, states.get(paper.id), [s for s in scans.get(paper.id, []) if s.id not in proofs])
    for scan in (scan for rows in scans.values() for scan in rows if scan.id in proofs):
        contents.sources.append(_of_scan(Position.PERFORMANCE, HEADINGS[Position.PERFORMANCE], scan))
    dossier = find_dossier(case)
    contents.sources.extend(
        _of_dossier_scan(scan) for scan in (dossier.scans if dossier else ()) if not scan.removed_at
    )
    contents.unfinished.extend(
        (Position.RECORD, f"第{meeting.position}次调解记录")
        for meeting in case.meetings
        if meeting.status is MeetingStatus.RUNNING
    )
    contents.sources.sort(key=lambda source: ORDER.index(source.position))
    return contents


def list_later_sources(dossier: Dossier, contents: Contents) -> list[Source]:
    """What no archived volume holds yet: it belongs into the next addendum (R-ARCH-05)."""
    bound = list_bound_keys(dossier)
    return [source for source in contents.sources if (source.kind, source.id) not in bound]


def _papers_of(case: MediationCase) -> list[IssuedPaper]:
    foreign = _foreign_owners(case)
    return [
        paper
        for paper in list_papers_of_matter(case.matter_id)
        if paper.void_at is None
        and position_of_paper(paper.type_name) is not None
        and Owner(paper.owner_kind, paper.owner_id) not in foreign
    ]


def _foreign_owners(case: MediationCase) -> set[Owner]:
    """Owners of papers of the same matter that belong to another case of it."""
    others = list(
        db.session.scalars(
            sa.select(MediationCase.id).where(MediationCase.matter_id == case.matter_id, MediationCase.id != case.id)
        )
    )
    if not others:
        return set()
    agreements = sa.select(Agreement.id).where(Agreement.case_id.in_(others))
    owned: dict[str, sa.Select[int]] = {
        "mediation_case": sa.select(MediationCase.id).where(MediationCase.id.in_(others)),
        "mediation_meeting": sa.select(MediationMeeting.id).where(MediationMeeting.case_id.in_(others)),
        "agreement": agreements,
        "follow_up_visit": sa.select(FollowUpVisit.id).where(FollowUpVisit.agreement_id.in_(agreements)),
        "judicial_confirmation": sa.select(Confirmation.id).where(Confirmation.agreement_id.in_(agreements)),
        "linkage": sa.select(Linkage.id).where(Linkage.case_id.in_(others)),
    }
    return {Owner(kind, row_id) for kind, statement in owned.items() for row_id in db.session.scalars(statement)}


def _proof_scans(case: MediationCase) -> frozenset[int]:
    agreements = sa.select(Agreement.id).where(Agreement.case_id == case.id)
    obligations = sa.select(Obligation.proof_scan_id).where(Obligation.agreement_id.in_(agreements))
    payments = sa.select(Payment.proof_scan_id).join(Payment.obligation).where(Obligation.agreement_id.in_(agreements))
    return frozenset(scan_id for scan_id in db.session.scalars(sa.union(obligations, payments)) if scan_id is not None)


def _add_paper(contents: Contents, paper: IssuedPaper, state: RoundState | None, scans: Iterable[Scan]) -> None:
    kind = get_paper_type(paper.type_name)
    position = position_of_paper(paper.type_name)
    revision = paper.latest
    if position is None:
        return
    if state is None and not scans and paper.type_name in SIGNED_BY_HAND:
        contents.blanks.append((position, paper))
        return
    if revision is None or state in (RoundState.OPEN, RoundState.CLOSING):
        contents.unfinished.append((position, f"{kind.title}{paper.number}"))
        return
    is_signed = revision.kind is RevisionKind.SIGNED
    contents.sources.append(
        Source(
            position=position,
            heading=kind.title,
            remark="",
            kind=SourceKind.REVISION,
            id=revision.id,
            public_id=paper.public_id,
            file_name=revision.file_name,
            file_kind="pdf",
            sha256=revision.sha256,
            pages=revision.pages,
            size=revision.size,
            made_on=clock.local_date(revision.made_at),
            type_name=paper.type_name,
            kept_name=f"{kind.slug}-{paper.check_code}.pdf" if is_signed else "",
        )
    )
    contents.sources.extend(_of_scan(position, kind.title, scan) for scan in scans)


def _of_scan(position: Position, heading: str, scan: Scan) -> Source:
    remark = "含纸质原件扫描" if position is not Position.PERFORMANCE else ""
    return _scanned(scan, position, heading, remark, SourceKind.SIGNED_SCAN)


def _of_dossier_scan(scan: DossierScan) -> Source:
    heading = scan.title or HEADINGS[scan.position]
    return _scanned(scan, scan.position, heading, "复印件" if scan.is_copy else "", SourceKind.DOSSIER_SCAN)


def _scanned(scan: Scan | DossierScan, position: Position, heading: str, remark: str, kind: SourceKind) -> Source:
    return Source(
        position=position,
        heading=heading,
        remark=remark,
        kind=kind,
        id=scan.id,
        public_id=scan.public_id,
        file_name=scan.file_name,
        file_kind=scan.kind,
        sha256=scan.sha256,
        pages=scan.pages,
        size=scan.size,
        made_on=clock.local_date(scan.added_at),
    )
