"""Accept a case, name and replace its mediators."""

from collections.abc import Sequence
from datetime import date, datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.documents.actions import take_number
from app.documents.rules import NumberRequest
from app.errors import RuleViolation
from app.extensions import db
from app.law import clock
from app.matters.actions import end_involvement, entrust, involve, open_blocker, request_recusal, start_clock
from app.matters.models import Capacity, ConsentDecision, Matter, Party, UnitCapacity
from app.matters.rules import LABOUR_TYPES, RecusalGround
from app.matters.rules.entering import SideAnswer, check_consents, check_may_enter_linkage
from app.mediation.models import CaseMediator, CaseParty, MediationCase
from app.mediation.queries.cases import find_case_of, mediator_facts
from app.mediation.rules import CaseSource, CaseStatus, ChosenBy
from app.mediation.rules.mediators import check_mediators
from app.mediation.rules.periods import check_act_day
from app.mediation.rules.states import check_is_mediating
from app.people.models import Account, Organisation

CASE_NUMBER = NumberRequest("mediation_case", "({year}){prefix}第{n}号")
OPEN_MEDIATION = "open_mediation"
PERIOD = "mediation_period"
LABOUR_NOTICE = "labour_mediation_notice"


def accept_case(
    matter: Matter,
    *,
    source: CaseSource,
    committee: Organisation,
    mediators: Sequence[Account],
    accepted_on: date,
    applied_on: date | None = None,
    chosen_by: ChosenBy = ChosenBy.COMMITTEE,
    by: Actor,
    now: datetime,
) -> MediationCase:
    """Register the dispute at the committee: number, thirty days, mediators (R-MED-03/06/08/14).

    Refuses a matter that may not be mediated (INV-02…04), a side without consent (INV-05) and mediators who may not
    (INV-12, 27, 28). A labour dispute gets the fifteen days of R-MED-15 from `applied_on`.
    """
    today = clock.local_date(now)
    check_act_day(accepted_on, not_before=matter.received_on, today=today, what="受理日期")
    check_may_enter_linkage(matter.kind, None)
    taking_part = _consenting_parties(matter)
    facts = [mediator_facts(matter, account, committee.id, accepted_on) for account in mediators]
    check_mediators(facts, matter.dispute_type)
    if find_case_of(matter) is not None:
        raise RuleViolation("这件事已经在调解，不能再受理一次。请打开原来的调解案件。", rule="R-MED-06")
    case = MediationCase(
        number=take_number(committee, CASE_NUMBER, now=now),
        matter=matter,
        matter_id=matter.id,
        committee=committee,
        source=source,
        dispute_type=matter.dispute_type,
        is_labour=matter.dispute_type in LABOUR_TYPES,
        status=CaseStatus.MEDIATING,
        accepted_on=accepted_on,
        accepted_by=by.account_id,
        registered_at=now,
        mediators=[],
        case_parties=[CaseParty(party=party) for party in taking_part],
        suspensions=[],
        meetings=[],
    )
    db.session.add(case)
    db.session.flush()
    entrust(matter, committee, UnitCapacity.MEDIATION_COMMITTEE, since=accepted_on)
    _seat(case, mediators, chosen_by, accepted_on)
    _start_clocks(case, applied_on or accepted_on, now)
    open_blocker(matter, OPEN_MEDIATION, case, now=now)
    record(by, "mediation.accept", case, after=case.status, number=case.number, source=source)
    return case


def assign_mediators(
    case: MediationCase, mediators: Sequence[Account], *, chosen_by: ChosenBy, on: date, by: Actor, now: datetime
) -> None:
    """Name the mediators anew: who is no longer among them ends, who is new begins (R-MED-08)."""
    check_is_mediating(case.status)
    check_act_day(on, not_before=case.accepted_on, today=clock.local_date(now), what="指定日期")
    facts = [mediator_facts(case.matter, account, case.committee_id, on) for account in mediators]
    check_mediators(facts, case.dispute_type)
    wanted = {account.id for account in mediators}
    for row in case.mediators:
        if row.ended_on is None and row.account_id not in wanted:
            _unseat(case, row, on)
    _seat(case, mediators, chosen_by, on)
    record(by, "mediation.assign", case, mediators=sorted(wanted), chosen_by=chosen_by)


def object_to_mediator(
    case: MediationCase,
    account: Account,
    replacement: Account,
    *,
    party: Party,
    reason: str,
    by: Actor,
    now: datetime,
) -> None:
    """A party does not want this mediator: he steps aside at once and another takes his place (R-MED-10)."""
    check_is_mediating(case.status)
    on = clock.local_date(now)
    row = next((row for row in case.mediators if row.account_id == account.id and row.ended_on is None), None)
    if row is None:
        raise RuleViolation(f"{account.name} 现在不是这件事的调解员。请刷新看一看。", rule="R-MED-10")
    if account.id == replacement.id:
        raise RuleViolation("换上的要是另一位调解员。请重选。", rule="R-MED-10")
    facts = mediator_facts(case.matter, replacement, case.committee_id, on)
    check_mediators([facts], case.dispute_type)
    request_recusal(
        case.matter,
        account,
        ground=RecusalGround.PARTY_OBJECTS,
        facts=reason,
        party=party,
        by=by,
        now=now,
    )
    _unseat(case, row, on)
    _seat(case, [replacement], ChosenBy.PARTIES, on)
    record(by, "mediation.replace", case, was=account.id, now=replacement.id, party=party.id)


def _consenting_parties(matter: Matter) -> list[Party]:
    answers = [SideAnswer(party.name, party.side, party.consent) for party in matter.parties]
    check_consents(answers, is_collective=matter.visit.is_collective)
    return [party for party in matter.parties if party.consent is ConsentDecision.CONSENTED]


def _seat(case: MediationCase, mediators: Sequence[Account], chosen_by: ChosenBy, on: date) -> None:
    seated = {row.account_id for row in case.mediators if row.ended_on is None}
    for account in mediators:
        if account.id not in seated:
            seated.add(account.id)
            case.mediators.append(CaseMediator(account=account, chosen_by=chosen_by, since=on))
            involve(case.matter, account.id, Capacity.MEDIATOR, since=on)
    db.session.flush()


def _unseat(case: MediationCase, row: CaseMediator, on: date) -> None:
    row.ended_on = on
    end_involvement(case.matter, row.account_id, Capacity.MEDIATOR, on=on)


def _start_clocks(case: MediationCase, applied_on: date, now: datetime) -> None:
    start_clock(case.matter, PERIOD, case.accepted_on, owner=case, now=now)
    if case.is_labour:
        notice = start_clock(case.matter, LABOUR_NOTICE, applied_on, owner=case, now=now)
        case.fifteenth_day = notice.nominal_on
