"""How a hearing looks on any page: its pill, its people, its papers, the pages beside this one."""

from typing import Any

from flask import current_app, url_for

from app.access.guards import current_actor, may
from app.documents.models import IssuedPaper
from app.documents.papers import PAPER_TYPES
from app.documents.queries import list_papers_of
from app.documents.rules import Owner
from app.hearings.models import Hearing, PanelSeat
from app.hearings.queries.hearings import list_barred_seats, list_seats_in_order, procedure_for
from app.hearings.rules.panels import decider_of
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.words import LABELS, HearingSide, HearingStatus, SeatRole
from app.law import clock
from app.law.profile import RecusalDecider
from app.matters.models import Recusal

PILLS = {
    HearingStatus.PROPOSED: "warn",
    HearingStatus.APPLIED: "warn",
    HearingStatus.APPROVED: "info",
    HearingStatus.NOTICED: "info",
    HearingStatus.IN_PROGRESS: "info",
    HearingStatus.POSTPONED: "warn",
    HearingStatus.SUSPENDED: "warn",
    HearingStatus.DELIBERATING: "info",
    HearingStatus.HELD: "info",
    HearingStatus.OPINION_ISSUED: "ok",
    HearingStatus.CLOSED: "ok",
}


def pill_of(status: HearingStatus) -> tuple[str, str]:
    """The word and kind of a hearing's state."""
    return LABELS[status], PILLS.get(status, "idle")


def hearing_values(hearing: Hearing) -> dict[str, Any]:
    """What the frame of every page of a hearing shows."""
    procedure = procedure_for(hearing, clock.today())
    return {
        "hearing": hearing,
        "matter": hearing.matter,
        "procedure": procedure,
        "pills": [pill_of(hearing.status), (LABELS[hearing.procedure], "idle"), (LABELS[hearing.mode], "idle")],
        "seats": list_seats_in_order(hearing),
        "barred_seats": list_barred_seats(hearing),
        "sides": [(side_word(procedure, side), hearing.parties_of(side)) for side in HearingSide],
        "paper_names": {kind.name: kind.title for kind in PAPER_TYPES.values()},
    }


def side_word(procedure: Procedure, side: HearingSide) -> str:
    """What a side is called under this procedure."""
    words = {HearingSide.APPLICANT: procedure.applicant_word, HearingSide.RESPONDENT: procedure.respondent_word}
    return words.get(side, "第三人")


def papers_of(hearing: Hearing) -> list[IssuedPaper]:
    """The papers of the hearing, oldest first; those of the closed deliberation stay on its own page (R-HEAR-25)."""
    papers = list_papers_of(Owner(hearing.kind, hearing.id))
    return [paper for paper in papers if not PAPER_TYPES[paper.type_name].is_closed]


def page_url(endpoint: str, hearing: Hearing, **values: Any) -> str:
    """The address of another page of this hearing, '' where it does not exist or is not for the person who looks."""
    view: Any = current_app.view_functions.get(endpoint)
    if view is None or not may(view.declared_permission, hearing):
        return ""
    return url_for(endpoint, public_id=hearing.public_id, **values)


def recusal_url(hearing: Hearing, seat: PanelSeat, recusal: Recusal, procedure: Procedure) -> str:
    """Where the person who looks decides this recusal, '' if it is for somebody else to decide (R-HEAR-18)."""
    if decider_of(procedure, seat.role) is RecusalDecider.ORGAN_HEAD:
        return page_url("hearings.show_recusal_decision", hearing, recusal_id=recusal.public_id)
    mine = current_actor().account_id
    is_chair = any(row.account_id == mine for row in hearing.seats_of(SeatRole.CHAIR))
    return page_url("hearings.show_recusal_ruling", hearing, recusal_id=recusal.public_id) if is_chair else ""


def seat_choices(seats: list[PanelSeat]) -> list[tuple[str, str]]:
    """Seats as options of a form."""
    return [(seat.public_id, f"{seat.account.name}（{LABELS[seat.role]}）") for seat in seats]
