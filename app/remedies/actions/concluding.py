"""How a reconsideration case ends: decision, mediation statement with signatures and seal, withdrawal (FY 61–74)."""

from datetime import date, datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.documents.actions import issue, void_paper
from app.documents.models import IssuedPaper
from app.documents.papers.people import OFFICE_SEAL
from app.documents.rules import Owner
from app.errors import NotFound
from app.law import clock
from app.matters.actions import meet_clock
from app.matters.queries.handling import find_clock
from app.matters.rules.handling import check_day, check_reason
from app.remedies.actions.ending import end_case
from app.remedies.actions.moving import move
from app.remedies.actions.papers import decision_facts, sides_of, statement_facts
from app.remedies.actions.preparing import end_rest
from app.remedies.models import ReconsiderationCase
from app.remedies.rules import CaseAct, DecisionKind
from app.remedies.rules.reconsidering import (
    check_answer_is_in,
    check_cites_minutes,
    check_hearing_done,
    check_no_open_statement,
    check_statement_signed,
)
from app.remedies.rules.states import next_status
from app.signing import actions as signing
from app.signing.queries import get_round, missing_signers
from app.signing.rules import Signer, SignerRole


def decide_case(
    case: ReconsiderationCase,
    *,
    kind: DecisionKind,
    operative: str,
    text: str,
    decided_on: date,
    late_reason: str = "",
    by: Actor,
    now: datetime,
) -> IssuedPaper:
    """Decide with the paper; a grave case must have been heard, and the text must cite the minutes (R-RECON-01/07)."""
    today = clock.local_date(now)
    answer = find_clock(case, "recon_answer")
    next_status(case.status, CaseAct.DECIDE)
    check_no_open_statement(has_statement=case.statement is not None)
    check_answer_is_in(case.answered_on, answer.legal_due_on if answer else None, today)
    check_hearing_done(case.grave_ground, has_hearing=case.hearing_held_on is not None)
    check_cites_minutes(text, case.hearing_number)
    not_before = case.hearing_held_on or case.accepted_on or case.received_on
    check_day(decided_on, not_before=not_before, today=today, what="决定日期")
    move(case, CaseAct.DECIDE, by=by, decision=kind.value)
    case.decision_kind, case.operative, case.decision = kind, operative, text
    meet_clock(case, "recon_decision", decided_on, late_reason=late_reason)
    case.paper = issue(
        decision_facts(case, issued_on=decided_on),
        owner=Owner(case.kind, case.id),
        matter_id=case.matter_id,
        organisation=case.organ,
        by=by,
        now=now,
        fixed_number=case.number,
    )
    end_case(case, decided_on, by=by, now=now)
    return case.paper


def draft_mediation_statement(
    case: ReconsiderationCase, *, findings: str, terms: tuple[str, ...], by: Actor, now: datetime
) -> IssuedPaper:
    """Issue 行政复议调解书 for signing by every applicant and the respondent; it has no effect yet (R-RECON-15)."""
    next_status(case.status, CaseAct.CONCLUDE_MEDIATION)
    check_no_open_statement(has_statement=case.statement is not None)
    paper = issue(
        statement_facts(case, findings, terms, today=clock.local_date(now)),
        owner=Owner(case.kind, case.id),
        matter_id=case.matter_id,
        organisation=case.organ,
        by=by,
        now=now,
        fixed_number=case.number,
    )
    signers = tuple(
        Signer(key, party.legal_representative or party.name, SignerRole.PARTY) for key, party in sides_of(case).items()
    )
    signing.open_signing(paper, signers, by=by, now=now)
    case.statement = paper
    record(by, "reconsideration.draft_statement", case)
    return paper


def void_statement(case: ReconsiderationCase, reason: str, *, by: Actor, now: datetime) -> None:
    """A side goes back on it before it takes effect: the statement is void, the case goes on (FY 73(2))."""
    next_status(case.status, CaseAct.CONCLUDE_MEDIATION)
    check_reason(reason, "作废调解书")
    paper = statement_of(case)
    signing.cancel_signing(paper, by=by, now=now)
    void_paper(paper, replaced_by=None, by=by, now=now)
    case.statement = None
    record(by, "reconsideration.void_statement", case)


def conclude_mediation_statement(case: ReconsiderationCase, *, by: Actor, now: datetime) -> date:
    """Put the organ's seal on the statement both sides signed; effective from the latest of all days (R-RECON-15)."""
    next_status(case.status, CaseAct.CONCLUDE_MEDIATION)
    paper = statement_of(case)
    check_statement_signed([slot.name for slot in missing_signers(paper)])
    seal = signing.put_seal(paper, name=case.organ.seal_name or case.organ.name, key=OFFICE_SEAL, by=by, now=now)
    days = [clock.local_date(slot.signature.signed_at) for slot in get_round(paper).slots if slot.signature]
    effective_on = max([*days, clock.local_date(seal.put_on_at)])
    end_rest(case, effective_on, by=by)
    move(case, CaseAct.CONCLUDE_MEDIATION, by=by, effective_on=effective_on.isoformat())
    case.effective_on = effective_on
    meet_clock(case, "recon_decision", effective_on)
    end_case(case, effective_on, by=by, now=now)
    signing.close_signed_revision(paper, by=by, now=now)
    return effective_on


def withdraw_application(
    case: ReconsiderationCase, *, reason: str, is_settled: bool, withdrawn_on: date, by: Actor, now: datetime
) -> None:
    """The applicant takes the application back, after a settlement or for another reason (FY 41, 74)."""
    next_status(case.status, CaseAct.WITHDRAW)
    check_no_open_statement(has_statement=case.statement is not None)
    check_reason(reason, "撤回")
    check_day(withdrawn_on, not_before=case.received_on, today=clock.local_date(now), what="撤回日期")
    if case.suspensions:
        end_rest(case, withdrawn_on, by=by)
    move(case, CaseAct.WITHDRAW, by=by, settled=is_settled)
    case.end_reason, case.is_settled = reason, is_settled
    end_case(case, withdrawn_on, by=by, now=now)


def statement_of(case: ReconsiderationCase) -> IssuedPaper:
    """The case's mediation statement; NotFound before it was made."""
    if case.statement is None:
        raise NotFound("还没有制作行政复议调解书。")
    return case.statement
