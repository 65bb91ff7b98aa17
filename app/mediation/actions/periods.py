"""How long the mediation may go on: extension, rest, and the labour notice of the fifteenth day."""

from collections.abc import Collection
from datetime import date, datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.documents.actions import issue
from app.documents.papers.mediation import LabourRoutesNoticeFacts
from app.documents.papers.people import Signer
from app.documents.rules import Owner
from app.errors import RuleViolation
from app.extensions import db
from app.law import clock
from app.matters.actions import extend_clock, meet_clock, pause_clock, resume_clock
from app.mediation.actions.cases import LABOUR_NOTICE
from app.mediation.models import MediationCase, Suspension
from app.mediation.queries.meetings import clock_of, parties_at_the_table
from app.mediation.rules import LABELS, CaseAct, SuspensionBasis
from app.mediation.rules.periods import check_act_day, check_extension_consents, check_labour_notice
from app.mediation.rules.states import check_is_mediating, status_after

AGREED_BY_ALL = "全体当事人同意延期"


def extend_mediation(
    case: MediationCase, days: int, *, agreed_on: date, agreeing: Collection[int], by: Actor, now: datetime
) -> None:
    """Extend the period with the recorded consent of all parties, before it ends (R-MED-14).

    `agreeing` are party ids; renewable, each time with a new consent of all.
    """
    check_is_mediating(case.status)
    today = clock.local_date(now)
    check_labour_notice(case.fifteenth_day, case.labour_told_on, today)
    check_act_day(agreed_on, not_before=case.accepted_on, today=today, what="同意延期的日期")
    check_extension_consents(party.name for party in case.parties if party.id not in agreeing)
    extend_clock(clock_of(case), days, by=by, on=agreed_on, reason=AGREED_BY_ALL)
    record(by, "mediation.extend", case, days=days, on=agreed_on.isoformat(), parties=len(case.parties))


def suspend_mediation(
    case: MediationCase, basis: SuspensionBasis, *, note: str = "", on: date, by: Actor, now: datetime
) -> Suspension:
    """Let the mediation rest on a basis; its period stands still (R-MED-16)."""
    after = status_after(case.status, CaseAct.SUSPEND)
    check_act_day(on, not_before=case.accepted_on, today=clock.local_date(now), what="中止日期")
    before, case.status = case.status, after
    suspension = Suspension(case=case, basis=basis, from_on=on)
    suspension.note = note
    db.session.add(suspension)
    pause_clock(clock_of(case), basis=LABELS[basis], by=by, on=on)
    record(by, "mediation.suspend", case, before=before, after=after, basis=basis)
    return suspension


def resume_mediation(case: MediationCase, *, on: date, by: Actor, now: datetime) -> None:
    """Go on after a rest; the days of rest are appended to the period."""
    after = status_after(case.status, CaseAct.RESUME)
    suspension = case.suspensions[-1]
    check_act_day(on, not_before=suspension.from_on, today=clock.local_date(now), what="恢复日期")
    before, case.status = case.status, after
    suspension.until_on = on
    resume_clock(clock_of(case), by=by, on=on)
    record(by, "mediation.resume", case, before=before, after=after)


def record_labour_notice(
    case: MediationCase, *, told_on: date, continues: bool, arbitration_body: str, by: Actor, now: datetime
) -> None:
    """Note that the parties were told they may go to arbitration, and whether they want to go on (R-MED-15)."""
    if not case.is_labour:
        raise RuleViolation("这不是劳动争议，不用告知劳动仲裁。", rule="R-MED-15")
    check_is_mediating(case.status)
    if case.labour_told_on is not None:
        raise RuleViolation("已经告知过了，不用再记。请刷新看一看。", rule="R-MED-15")
    check_act_day(told_on, not_before=case.accepted_on, today=clock.local_date(now), what="告知日期")
    case.labour_told_on, case.labour_continues = told_on, continues
    meet_clock(case, LABOUR_NOTICE, told_on)
    _issue_notices(case, arbitration_body, by, now)
    record(by, "mediation.labour_notice", case, on=told_on.isoformat(), continues=continues)


def _issue_notices(case: MediationCase, arbitration_body: str, by: Actor, now: datetime) -> None:
    for party in parties_at_the_table(case):
        facts = LabourRoutesNoticeFacts(
            committee=case.committee.name,
            recipient=Signer(key=f"party-{party.public_id}", name=party.name),
            subject=case.matter.subject,
            applied_on=case.accepted_on,
            fifteenth_day=case.fifteenth_day or case.accepted_on,
            issued_on=clock.local_date(now),
            arbitration_body=arbitration_body,
            continues_mediation=bool(case.labour_continues),
            contact=case.committee.contact_name,
            phone=case.committee.contact_phone,
        )
        owner = Owner(case.kind, case.id)
        issue(facts, owner=owner, matter_id=case.matter_id, organisation=case.committee, by=by, now=now)
