"""Ask for a hearing, decide whether it is held, take the application back (R-HEAR-01…07)."""

from dataclasses import dataclass
from datetime import date, datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.documents.actions import take_number
from app.documents.rules import NumberRequest
from app.errors import RuleViolation
from app.extensions import db
from app.hearings.actions.application_papers import issue_application, issue_decision
from app.hearings.actions.change_papers import NewChange, call_off, note_change
from app.hearings.actions.ending import HOLD_BY, OPEN_HEARING, RECHECK, RECHECK_PAUSE_BASIS, end_hearing
from app.hearings.models import Hearing, HearingApplication, HearingParty
from app.hearings.queries.hearings import procedure_for
from app.hearings.queries.scheduling import last_day_to_withdraw_of
from app.hearings.queries.standing import (
    find_former,
    find_former_id,
    find_right_until,
    find_running_clock,
    find_withdrawn_request,
    organ_of,
    responsible_unit_of,
    sides_of,
    standing_of,
)
from app.hearings.rules.applications import (
    REFUSAL_WORDS,
    STAGES,
    Asked,
    RefusalGround,
    check_asked,
    check_decision,
    check_may_be_heard,
    check_mode,
    check_sides,
)
from app.hearings.rules.changes import CHANGES
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.states import status_after
from app.hearings.rules.withdrawing import check_may_ask_again, check_withdrawal
from app.hearings.rules.words import (
    ChangeGround,
    ChangeKind,
    HearingAct,
    HearingMode,
    HearingSide,
    HearingStatus,
    Initiative,
    ProcedureKind,
    ServedStage,
)
from app.law import clock
from app.matters.actions import add_party, meet_clock, open_blocker, pause_clock, start_clock
from app.matters.models import Matter, Party
from app.matters.rules import ClockState, PartyKind, PartySide
from app.matters.rules.registration import NewParty
from app.settings.queries import profile_on

APPLICATION_RIGHT = "hearing_application"


@dataclass(frozen=True)
class NewApplication:
    """What a party asks for. Without `is_written` it was said at the desk: the organ writes it down to be signed."""

    party: Party
    received_on: date
    reasons: str
    evidence: str = ""
    witnesses: str = ""
    new_evidence: str = ""
    excuse: str = ""
    is_written: bool = True


def tell_right_to_hearing(matter: Matter, *, procedure: Procedure, on: date, by: Actor, now: datetime) -> None:
    """Note that the petitioner was told of the right to a hearing; the period of the right begins (R-HEAR-04)."""
    check_may_be_heard(procedure, standing_of(matter))
    if not matter.received_on <= on <= clock.local_date(now):
        raise RuleViolation("告知日期要在收到信访事项之后、今天以前。请核对。", rule="R-HEAR-04")
    start_clock(matter, APPLICATION_RIGHT, on, now=now)
    record(by, "hearing.tell_right", matter, on=on.isoformat())


def apply_for_hearing(
    matter: Matter, new: NewApplication, *, procedure: Procedure, by: Actor, now: datetime
) -> Hearing:
    """Take a party's application: number, sides, five working days to decide (R-HEAR-04, R-RECON-11).

    Refuses what may not be heard (INV-02/03/04), what was heard or withdrawn before without new evidence
    (R-HEAR-03/06, R-RECON-11), an application after its time without excuse, and a missing side (R-HEAR-14).
    """
    check_may_be_heard(procedure, standing_of(matter))
    check_may_ask_again(find_withdrawn_request(matter))
    former = find_former(matter)
    asked = Asked(
        received_on=new.received_on,
        matter_received_on=matter.received_on,
        reasons=new.reasons,
        new_evidence=new.new_evidence,
        excuse=new.excuse,
        right_until=find_right_until(matter),
    )
    check_asked(asked, former, today=clock.local_date(now))
    if new.party.matter_id != matter.id or new.party.side is not PartySide.PETITIONER:
        raise RuleViolation(f"听证由{procedure.applicant_word}申请。请选申请的人。", rule="R-HEAR-04")
    former_id = find_former_id(matter)
    hearing = enter_hearing(matter, procedure, Initiative.APPLICATION, HearingStatus.APPLIED, by, now)
    application = HearingApplication(
        hearing=hearing,
        party=new.party,
        received_on=new.received_on,
        is_written=new.is_written,
        former_hearing_id=former_id,
    )
    application.reasons, application.evidence = new.reasons, new.evidence
    application.witnesses, application.new_evidence = new.witnesses, new.new_evidence
    db.session.add(application)
    db.session.flush()
    meet_clock(matter, APPLICATION_RIGHT, new.received_on, late_reason=new.excuse)
    start_clock(matter, procedure.answer_clock, new.received_on, owner=hearing, now=now)
    if not new.is_written:
        application.paper = issue_application(hearing, application, by=by, now=now)
    record(by, "hearing.apply", hearing, after=hearing.status, number=hearing.number, party=new.party.id)
    return hearing


def decide_hearing(
    hearing: Hearing,
    *,
    is_held: bool,
    reason: str,
    mode: HearingMode = HearingMode.PUBLIC,
    closed_reason: str = "",
    ground: RefusalGround | None = None,
    points: str = "",
    by: Actor,
    now: datetime,
) -> None:
    """The person in charge decides: held, publicly or not, within the period that starts now; or not, with reasons.

    Refuses what R-HEAR-01/07/10 and R-RECON-01 forbid. A recheck stops counting its days (R-PET-22).
    """
    act = HearingAct.APPROVE if is_held else HearingAct.REFUSE
    after = status_after(hearing.status, act)
    today = clock.local_date(now)
    procedure = procedure_for(hearing, today)
    check_decision(
        procedure,
        hearing.initiative,
        is_held=is_held,
        reason=reason,
        ground=ground,
        is_mandatory_on_request=profile_on(today).is_hearing_mandatory_on_request,
    )
    if is_held:
        check_mode(mode, closed_reason)
    hearing.decided_on, hearing.decided_by = today, by.account_id
    hearing.decision_reason = reason if is_held or ground is None else f"{REFUSAL_WORDS[ground]}。{reason}"
    meet_clock(hearing, procedure.answer_clock, today)
    if not is_held:
        end_hearing(hearing, act, reason="决定不听证", on=today, by=by, now=now)
    else:
        before, hearing.status = hearing.status, after
        hearing.mode, hearing.closed_reason = mode, closed_reason if mode is HearingMode.CLOSED else ""
        hearing.points = points or hearing.points
        _start_holding(hearing, procedure, today, by, now)
        record(by, "hearing.approve", hearing, before=before, after=after, mode=mode)
    issue_decision(hearing, procedure, is_held=is_held, by=by, now=now)


def withdraw_application(hearing: Hearing, *, facts: str = "", by: Actor, now: datetime) -> None:
    """The applicant takes the application back; it is not renewed on the same facts and reasons (R-HEAR-06).

    Refused in reconsideration from three working days before the hearing on (R-RECON-11). Whoever knew of the
    hearing gets its letter; a time still to come is called off as in every other change.
    """
    status_after(hearing.status, HearingAct.WITHDRAW)
    if hearing.application is None:
        raise RuleViolation(
            "这场听证不是依申请举行的，没有申请可以撤回。信访人不愿参加的，请办终止。", rule="R-HEAR-06"
        )
    today, rule = clock.local_date(now), CHANGES[ChangeKind.WITHDRAWN]
    check_withdrawal(last_day_to_withdraw_of(hearing, today), today=today)
    new = NewChange(ChangeGround.APPLICATION_WITHDRAWN, facts, today)
    call_off(note_change(hearing, ChangeKind.WITHDRAWN, new, by=by, now=now), rule, by=by, now=now)
    end_hearing(hearing, HearingAct.WITHDRAW, reason="申请人撤回听证申请", on=today, by=by, now=now)


def enter_hearing(
    matter: Matter,
    procedure: Procedure,
    initiative: Initiative,
    status: HearingStatus,
    by: Actor,
    now: datetime,
) -> Hearing:
    """The row with number, sides and blocker; refuses a missing side (R-HEAR-14)."""
    _add_responsible_unit(matter, procedure, by, now)
    sides = sides_of(matter)
    check_sides(len(sides[HearingSide.APPLICANT]), len(sides[HearingSide.RESPONDENT]), procedure)
    organ = organ_of(matter)
    hearing = Hearing(
        number=take_number(organ, NumberRequest(procedure.number_series, procedure.number_pattern), now=now),
        matter=matter,
        matter_id=matter.id,
        organ=organ,
        procedure=procedure.kind,
        served_stage=STAGES[matter.status],
        initiative=initiative,
        status=status,
        registered_at=now,
        registered_by=by.account_id,
        parties=[HearingParty(party=party, side=side) for side, parties in sides.items() for party in parties],
        all_seats=[],
        services=[],
        changes=[],
    )
    hearing.subject = matter.subject
    db.session.add(hearing)
    db.session.flush()
    open_blocker(matter, OPEN_HEARING, hearing, now=now)
    return hearing


def _add_responsible_unit(matter: Matter, procedure: Procedure, by: Actor, now: datetime) -> None:
    """The unit that answers becomes a party of the matter, where nobody entered it as one."""
    unit = responsible_unit_of(matter)
    if procedure.kind is not ProcedureKind.PETITION or unit is None or sides_of(matter)[HearingSide.RESPONDENT]:
        return
    entry = NewParty(side=PartySide.RESPONDENT, kind=PartyKind.ORGANISATION, name=unit.name, organisation_id=unit.id)
    add_party(matter, entry, by=by, now=now)


def _start_holding(hearing: Hearing, procedure: Procedure, today: date, by: Actor, now: datetime) -> None:
    """Thirty days to hold it; a recheck stops counting from the day of the decision (R-PET-22/23)."""
    if procedure.has_holding_clocks:
        start_clock(hearing.matter, HOLD_BY, today, owner=hearing, now=now)
    if hearing.served_stage is ServedStage.RECHECK:
        running = find_running_clock(hearing.matter, RECHECK)
        if running is not None and running.state is ClockState.RUNNING:
            pause_clock(running, basis=RECHECK_PAUSE_BASIS, by=by, on=today)
