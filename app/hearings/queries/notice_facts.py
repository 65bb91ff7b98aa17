"""What the notice, the rights notice and the receipt say of a hearing (R-DOC-H03, H05, H13)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.booking.queries import plan_of
from app.booking.rules.need import SessionPlan
from app.documents.models import IssuedPaper
from app.documents.papers import get_paper_type
from app.documents.papers.hearings import HearingNoticeFacts, HearingOfficer, HearingRightsNoticeFacts
from app.documents.papers.people import Signer
from app.documents.papers.service import ServedDocument, ServiceReceiptFacts
from app.documents.queries import facts_of
from app.hearings.models import Hearing, HearingParty, HearingService, PanelSeat
from app.hearings.queries.scheduling import SITTING_ROLES
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.service import RECEIPT_MODES
from app.hearings.rules.words import LABELS, HearingMode, HearingSide, ProcedureKind, SeatRole, ServiceMode
from app.people.models import Account

ROLES = {
    HearingSide.APPLICANT: "claimant",
    HearingSide.RESPONDENT: "unit",
    HearingSide.THIRD_PARTY: "third_party",
}
ORDINALS = "一二三四五六七八九十"


def notice_number(hearing: Hearing, round_number: int) -> str:
    """The hearing's own number; each later notice adds 之一, 之二, … so that no two are alike."""
    if round_number <= 1:
        return hearing.number
    count = round_number - 2
    return f"{hearing.number}之{ORDINALS[count] if count < len(ORDINALS) else count + 1}"


def place_words(hearing: Hearing) -> str:
    """The room as papers name it."""
    return hearing.session.room.name if hearing.session else ""


def planned(hearing: Hearing) -> SessionPlan:
    """Where and when the hearing stands booked."""
    assert hearing.session is not None
    return plan_of(hearing.session)


def officer(seat: PanelSeat) -> HearingOfficer:
    """Chair, panelist or recorder as notices name them: panelists by what they are, staff by unit and post."""
    account = seat.account
    unit = account.organisation.short_name or account.organisation.name
    detail = LABELS[seat.pool_category] if seat.pool_category else f"{unit}{account.post}"
    return HearingOfficer(name=account.name, detail=detail, key=seat.key)


def common_facts(hearing: Hearing) -> dict[str, Any]:
    """Organ, subject, procedure: what every paper of the hearing says."""
    return {
        "organ": hearing.organ.name,
        "subject": hearing.subject or hearing.matter.subject,
        "is_reconsideration": hearing.procedure is ProcedureKind.RECONSIDERATION,
    }


def letter_facts(hearing: Hearing, issued_on: date) -> dict[str, Any]:
    """The same, and what a letter under the organ's seal adds."""
    return {
        **common_facts(hearing),
        "issued_on": issued_on,
        "contact": hearing.organ.contact_name,
        "phone": hearing.organ.contact_phone,
    }


def notice_facts(
    hearing: Hearing, recipient: str, role: str, *, issued_on: date, earlier_number: str = ""
) -> HearingNoticeFacts:
    """听证通知书 for one addressee; `role` as the paper's NOTICE_ROLES."""
    plan = planned(hearing)
    chair, panelists, recorder = (hearing.seats_of(seat) for seat in SITTING_ROLES)
    return HearingNoticeFacts(
        **letter_facts(hearing, issued_on),
        recipient=recipient,
        role=role,
        issue=hearing.points or hearing.subject or hearing.matter.subject,
        held_on=plan.day,
        starts_at=plan.at,
        place=place_words(hearing),
        address=hearing.organ.address,
        chair=officer(chair[0]),
        panelists=tuple(map(officer, panelists)),
        recorder=officer(recorder[0]),
        alternates=tuple(map(officer, hearing.seats_of(SeatRole.ALTERNATE))),
        is_public=hearing.mode is HearingMode.PUBLIC,
        matter_number=hearing.matter.number,
        earlier_number=earlier_number,
    )


def rights_facts(
    hearing: Hearing, row: HearingParty, procedure: Procedure, *, told_on: date, teller: Signer
) -> HearingRightsNoticeFacts:
    """听证权利义务告知书 for one party, to be signed by him and by who told him."""
    return HearingRightsNoticeFacts(
        **common_facts(hearing),
        recipient=Signer(key=f"party-{row.party.public_id}", name=row.party.name),
        capacity=capacity_words(row, procedure),
        told_on=told_on,
        teller=teller,
    )


def receipt_facts(
    service: HearingService, documents: Sequence[IssuedPaper], procedure: Procedure, server: Account | None = None
) -> ServiceReceiptFacts:
    """送达回证 of one service; before it is recorded, a form to be filled in by hand."""
    hearing, row = service.hearing, service.hearing_party
    name = row.party.name if row else service.seat.account.name if service.seat else ""
    is_substitute = service.mode is ServiceMode.SUBSTITUTE
    return ServiceReceiptFacts(
        organ=hearing.organ.name,
        documents=tuple(_served(paper) for paper in documents),
        recipient=Signer(key=f"service-{service.public_id}", name=name),
        capacity=capacity_words(row, procedure) if row else LABELS[SeatRole.PANELIST],
        address=row.party.address if row else "",
        mode=RECEIPT_MODES[service.mode] if service.mode else "",
        received_on=service.served_on,
        substitute=Signer(key="", name=service.receiver) if service.receiver else None,
        substitute_relation=service.note if is_substitute else "",
        refusal=service.note if service.is_refused else "",
        refused_on=service.served_on if service.is_refused else None,
        witness=Signer(key="", name=service.witness) if service.witness else None,
        servers=(Signer(key="", name=server.name),) if server else (),
        remarks="" if is_substitute or service.is_refused else service.note,
    )


def capacity_words(row: HearingParty, procedure: Procedure) -> str:
    """In which capacity a party takes part, in the words of its procedure."""
    if row.side is HearingSide.THIRD_PARTY:
        return LABELS[row.side]
    return procedure.applicant_word if row.side is HearingSide.APPLICANT else procedure.respondent_word


def _served(paper: IssuedPaper) -> ServedDocument:
    title = get_paper_type(paper.type_name).title
    return ServedDocument(title=facts_of(paper).heading(title), number=paper.number)
