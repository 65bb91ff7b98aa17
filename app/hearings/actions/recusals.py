"""Ask that somebody at the table steps aside, and decide it (R-HEAR-17…19, INV-12)."""

from datetime import date, datetime

from app.access.permissions import Actor, Role
from app.documents.papers.hearing_people import RecusalDecisionFacts, RecusalRequestFacts
from app.documents.papers.people import Signer
from app.errors import RuleViolation
from app.hearings.actions.application_papers import issue_paper
from app.hearings.actions.panel import check_fit, end_seat, put_in_place
from app.hearings.models import Hearing, HearingParty, PanelSeat
from app.hearings.queries.hearings import list_barred_seats, organ_head_word, procedure_for
from app.hearings.rules.panels import RECUSABLE, check_decider, decider_of
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.words import LABELS, HearingSide, ProcedureKind, SeatEnd, SeatRole
from app.law import clock
from app.law.profile import RecusalDecider
from app.matters.actions import decide_recusal, request_recusal
from app.matters.models import Recusal
from app.matters.rules import LABELS as MATTER_LABELS
from app.matters.rules import RecusalGround
from app.people.models import Account


def request_seat_recusal(
    hearing: Hearing,
    seat: PanelSeat,
    *,
    ground: RecusalGround,
    facts: str,
    party: HearingParty | None = None,
    by: Actor,
    now: datetime,
) -> Recusal:
    """A party, or the office, asks somebody to step aside: he stops taking part at once (R-HEAR-18, INV-12).

    Refuses a request without facts, after the hearing, or against one who is barred already. A party's request is
    put on paper for its signature.
    """
    if hearing.status not in RECUSABLE:
        raise RuleViolation(
            f"这场听证现在是“{LABELS[hearing.status]}”，不能申请回避。回避要在听证结束前提出。", rule="R-HEAR-18"
        )
    if seat.hearing_id != hearing.id or seat.ended_on is not None:
        raise RuleViolation("这个人已经不在听证席上。请刷新看一看。", rule="R-HEAR-18")
    recusal = request_recusal(
        hearing.matter,
        seat.account,
        ground=ground,
        facts=facts,
        party=party.party if party else None,
        by=by,
        now=now,
    )
    if party is not None:
        _issue_request(hearing, seat, recusal, party, by, now)
    return recusal


def decide_seat_recusal(
    hearing: Hearing,
    recusal: Recusal,
    *,
    is_granted: bool,
    decision: str,
    replacement: Account | None = None,
    by: Actor,
    now: datetime,
) -> PanelSeat | None:
    """Grant it, and the next alternate or `replacement` takes the seat; or refuse it, and the person is back.

    Refuses the wrong decider (R-HEAR-18) and an unfit replacement. Gives the new seat; None means that nobody is left
    to take it: the hearing is postponed and notified anew (R-HEAR-19).
    """
    seat = seat_of(hearing, recusal)
    today = clock.local_date(now)
    procedure = procedure_for(hearing, today)
    is_chair = any(row.account_id == by.account_id for row in hearing.seats_of(SeatRole.CHAIR))
    check_decider(procedure, seat.role, is_chair=is_chair, is_head=Role.LEADER in by.roles)
    successor = _successor(hearing, seat, replacement, today) if is_granted else None
    decide_recusal(recusal, is_granted=is_granted, decision=decision, is_for_seat=True, by=by, now=now)
    fresh = None
    if successor is not None:
        fresh = put_in_place(seat, successor, SeatEnd.RECUSED, on=today, by=by)
    elif is_granted:
        end_seat(seat, SeatEnd.RECUSED, on=today)
    _issue_decision(hearing, seat, recusal, procedure, successor, by, now)
    return fresh


def seat_of(hearing: Hearing, recusal: Recusal) -> PanelSeat:
    """The seat that the recusal is about; RuleViolation when its person does not sit here."""
    for seat in list_barred_seats(hearing):
        if seat.account_id == recusal.account_id and recusal.matter_id == hearing.matter_id:
            return seat
    raise RuleViolation("这份回避申请不是针对这场听证席上的人。请刷新看一看。", rule="R-HEAR-18")


def _successor(hearing: Hearing, seat: PanelSeat, replacement: Account | None, today: date) -> Account | None:
    """The person named, else the first alternate who is fit to take a panelist's seat."""
    if replacement is not None:
        check_fit(hearing, replacement, seat.role, today, instead_of=seat)
        return replacement
    if seat.role is not SeatRole.PANELIST:
        return None
    for alternate in hearing.seats_of(SeatRole.ALTERNATE):
        try:
            check_fit(hearing, alternate.account, seat.role, today, instead_of=seat)
        except RuleViolation:
            continue
        return alternate.account
    return None


def _issue_request(
    hearing: Hearing, seat: PanelSeat, recusal: Recusal, party: HearingParty, by: Actor, now: datetime
) -> None:
    procedure = procedure_for(hearing, clock.local_date(now))
    facts = RecusalRequestFacts(
        organ=hearing.organ.name,
        subject=hearing.subject,
        is_reconsideration=hearing.procedure is ProcedureKind.RECONSIDERATION,
        applicant=Signer(key=f"party-{party.party.public_id}", name=party.party.name),
        capacity=_capacity_of(party, procedure),
        person=seat.account.name,
        post=LABELS[seat.role],
        ground=MATTER_LABELS[recusal.ground],
        reasons=recusal.facts,
        hearing_number=hearing.number,
        requested_on=clock.local_date(now),
    )
    issue_paper(hearing, facts, by=by, now=now, is_numbered=False)


def _issue_decision(
    hearing: Hearing,
    seat: PanelSeat,
    recusal: Recusal,
    procedure: Procedure,
    successor: Account | None,
    by: Actor,
    now: datetime,
) -> None:
    by_head = decider_of(procedure, seat.role) is RecusalDecider.ORGAN_HEAD
    asked = next((row.party.name for row in hearing.parties if row.party_id == recusal.party_id), "")
    facts = RecusalDecisionFacts(
        organ=hearing.organ.name,
        subject=hearing.subject,
        is_reconsideration=hearing.procedure is ProcedureKind.RECONSIDERATION,
        issued_on=clock.local_date(now),
        contact=hearing.organ.contact_name,
        phone=hearing.organ.contact_phone,
        recipients=tuple(row.party.name for row in hearing.parties),
        person=seat.account.name,
        post=LABELS[seat.role],
        requested_by=asked or hearing.organ.name,
        requested_on=clock.local_date(recusal.requested_at),
        ground=MATTER_LABELS[recusal.ground],
        is_granted=recusal.status.value == "granted",
        reasons=recusal.decision,
        decider=organ_head_word(procedure) if by_head else LABELS[SeatRole.CHAIR],
        replacement=successor.name if successor else "",
        hearing_number=hearing.number,
    )
    issue_paper(hearing, facts, by=by, now=now)


def _capacity_of(party: HearingParty, procedure: Procedure) -> str:
    words = {
        HearingSide.APPLICANT: procedure.applicant_word,
        HearingSide.RESPONDENT: procedure.respondent_word,
        HearingSide.THIRD_PARTY: LABELS[HearingSide.THIRD_PARTY],
    }
    return words[party.side]
