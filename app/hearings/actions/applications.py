"""Ask for a hearing, propose one, answer, decide whether it is held, take the application back (R-HEAR-01…07)."""

from dataclasses import dataclass
from datetime import date, datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.documents.actions import take_number
from app.documents.rules import NumberRequest
from app.errors import RuleViolation
from app.extensions import db
from app.hearings.actions.announcing import take_down
from app.hearings.actions.application_papers import issue_application, issue_consultation, issue_decision
from app.hearings.actions.ending import DECIDE_BY, HOLD_BY, OPEN_HEARING, RECHECK, RECHECK_PAUSE_BASIS, end_hearing
from app.hearings.models import ChangeOfHearing, Hearing, HearingApplication, HearingParty
from app.hearings.queries.hearings import procedure_for
from app.hearings.queries.standing import (
    find_former,
    find_former_id,
    find_right_until,
    find_running_clock,
    is_grave,
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
    check_is_new,
    check_may_be_heard,
    check_mode,
    check_reply,
    check_sides,
    reply_day,
)
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.states import status_after
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
from app.settings.queries import calendar, profile_on

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


@dataclass(frozen=True)
class NewProposal:
    """What the organ has in mind: why this matter should be heard, and on which points."""

    reasons: str
    points: str = ""
    new_evidence: str = ""


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
    (R-HEAR-03/06), an application after its time without excuse, and a side that is missing (R-HEAR-14).
    """
    check_may_be_heard(procedure, standing_of(matter))
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
    hearing = _open_hearing(matter, procedure, Initiative.APPLICATION, HearingStatus.APPLIED, by, now)
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
    if procedure.has_decision_clocks:
        start_clock(matter, DECIDE_BY, new.received_on, owner=hearing, now=now)
    if not new.is_written:
        application.paper = issue_application(hearing, application, by=by, now=now)
    record(by, "hearing.apply", hearing, after=hearing.status, number=hearing.number, party=new.party.id)
    return hearing


def propose_hearing(matter: Matter, new: NewProposal, *, procedure: Procedure, by: Actor, now: datetime) -> Hearing:
    """The organ wants a hearing: a petition hearing waits for the petitioner's consent (R-HEAR-04).

    A reconsideration hearing needs none; for a grave case it is a duty (R-RECON-01). Refuses as an application does.
    """
    check_may_be_heard(procedure, standing_of(matter))
    check_is_new(find_former(matter), new.new_evidence)
    if not new.reasons.strip():
        raise RuleViolation("请写明为什么要听证，信访人会看到。", article=procedure.article, rule="R-HEAR-04")
    needs_consent = procedure.kind is ProcedureKind.PETITION
    status = HearingStatus.PROPOSED if needs_consent else HearingStatus.APPLIED
    initiative = Initiative.MANDATORY if is_grave(matter) else Initiative.ORGAN
    hearing = _open_hearing(matter, procedure, initiative, status, by, now)
    hearing.proposed_on = clock.local_date(now)
    hearing.decision_reason, hearing.points = new.reasons, new.points
    if needs_consent:
        issue_consultation(hearing, new.reasons, reply_by=reply_by_of(hearing), by=by, now=now)
    record(by, "hearing.propose", hearing, after=hearing.status, number=hearing.number, initiative=initiative)
    return hearing


def reply_by_of(hearing: Hearing) -> date:
    """The last day on which the petitioner may answer the proposal."""
    assert hearing.proposed_on is not None
    return reply_day(hearing.proposed_on, profile_on(hearing.proposed_on).hearing_proposal_reply, calendar())


def record_proposal_answer(
    hearing: Hearing, party: HearingParty, *, has_consented: bool, answered_on: date, by: Actor, now: datetime
) -> None:
    """One petitioner's answer to the proposal: a no ends it, the last yes brings it to the decision (R-HEAR-04)."""
    act = HearingAct.CONSENT if has_consented else HearingAct.DECLINE
    after = status_after(hearing.status, act)
    if party.hearing_id != hearing.id or party.side is not HearingSide.APPLICANT or hearing.proposed_on is None:
        raise RuleViolation("听证征询由信访人答复。请选答复的人。", rule="R-HEAR-04")
    check_reply(
        proposed_on=hearing.proposed_on,
        reply_by=reply_by_of(hearing),
        answered_on=answered_on,
        today=clock.local_date(now),
    )
    party.has_consented, party.answered_on = has_consented, answered_on
    if not has_consented:
        end_hearing(hearing, act, reason="信访人不同意听证", on=answered_on, by=by, now=now)
        return
    record(by, "hearing.answer", hearing, party=party.party_id, has_consented=True)
    if all(row.has_consented for row in hearing.parties_of(HearingSide.APPLICANT)):
        before, hearing.status = hearing.status, after
        record(by, "hearing.consent", hearing, before=before, after=after)


def record_silence(hearing: Hearing, *, by: Actor, now: datetime) -> None:
    """Nobody answered in time: by profile that is a no; without consent no petition hearing (R-HEAR-04)."""
    status_after(hearing.status, HearingAct.DECLINE)
    today = clock.local_date(now)
    reply_by = reply_by_of(hearing)
    assert hearing.proposed_on is not None
    check_reply(proposed_on=hearing.proposed_on, reply_by=reply_by, answered_on=None, today=today)
    if not profile_on(hearing.proposed_on).is_silence_refusal:
        raise RuleViolation(
            "本区规定：逾期不答复不算不同意。请再问信访人，记下答复。", article="本区听证规则", rule="R-HEAR-04"
        )
    end_hearing(hearing, HearingAct.DECLINE, reason="信访人逾期没有答复", on=today, by=by, now=now)


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
    meet_clock(hearing, DECIDE_BY, today)
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
    """The applicant takes the application back; it is not renewed on the same facts and reasons (R-HEAR-06)."""
    status_after(hearing.status, HearingAct.WITHDRAW)
    if hearing.application is None:
        raise RuleViolation(
            "这场听证不是依申请举行的，没有申请可以撤回。信访人不愿参加的，请办终止。", rule="R-HEAR-06"
        )
    today = clock.local_date(now)
    change = ChangeOfHearing(
        hearing=hearing,
        change_kind=ChangeKind.WITHDRAWN,
        ground=ChangeGround.APPLICATION_WITHDRAWN,
        happened_on=today,
        decided_by=by.account_id,
        recorded_at=now,
        former_starts_at=hearing.session.starts_at if hearing.session else None,
    )
    change.facts = facts
    db.session.add(change)
    take_down(hearing, by=by, now=now)
    end_hearing(hearing, HearingAct.WITHDRAW, reason="申请人撤回听证申请", on=today, by=by, now=now)


def _open_hearing(
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
    if procedure.has_decision_clocks:
        start_clock(hearing.matter, HOLD_BY, today, owner=hearing, now=now)
    if hearing.served_stage is ServedStage.RECHECK:
        running = find_running_clock(hearing.matter, RECHECK)
        if running is not None and running.state is ClockState.RUNNING:
            pause_clock(running, basis=RECHECK_PAUSE_BASIS, by=by, on=today)
