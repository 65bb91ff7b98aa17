"""The organ proposes a hearing itself; the petitioner says yes, no or nothing (R-HEAR-04, R-RECON-01)."""

from dataclasses import dataclass
from datetime import date, datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.errors import RuleViolation
from app.hearings.actions.application_papers import issue_consultation
from app.hearings.actions.applications import enter_hearing
from app.hearings.actions.ending import end_hearing
from app.hearings.models import Hearing, HearingParty
from app.hearings.queries.standing import find_former, is_grave, standing_of
from app.hearings.rules.applications import check_is_new, check_may_be_heard, check_reply, reply_day
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.states import status_after
from app.hearings.rules.words import HearingAct, HearingSide, HearingStatus, Initiative, ProcedureKind
from app.law import clock
from app.matters.models import Matter
from app.settings.queries import calendar, profile_on


@dataclass(frozen=True)
class NewProposal:
    """What the organ has in mind: why this matter should be heard, and on which points."""

    reasons: str
    points: str = ""
    new_evidence: str = ""


def propose_hearing(matter: Matter, new: NewProposal, *, procedure: Procedure, by: Actor, now: datetime) -> Hearing:
    """The organ wants a hearing: a petition hearing waits for the petitioner's consent (R-HEAR-04).

    A reconsideration hearing needs none; for a grave case it is a duty (R-RECON-01). Refuses as an application does,
    but an application taken back binds the applicant alone (R-HEAR-06, R-RECON-11).
    """
    check_may_be_heard(procedure, standing_of(matter))
    former = find_former(matter)
    check_is_new(None if former is None or former.was_withdrawn else former, new.new_evidence)
    if not new.reasons.strip():
        raise RuleViolation("请写明为什么要听证，信访人会看到。", article=procedure.article, rule="R-HEAR-04")
    needs_consent = procedure.kind is ProcedureKind.PETITION
    status = HearingStatus.PROPOSED if needs_consent else HearingStatus.APPLIED
    initiative = Initiative.MANDATORY if is_grave(matter) else Initiative.ORGAN
    hearing = enter_hearing(matter, procedure, initiative, status, by, now)
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
