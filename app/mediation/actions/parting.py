"""Ending a mediation of many one by one: who does not settle is told of the other ways, the rest is settled."""

from collections.abc import Sequence
from datetime import date, datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.documents.actions import issue
from app.documents.models import IssuedPaper
from app.documents.papers.mediation import MediationEndNoticeFacts
from app.documents.rules import Owner
from app.errors import RuleViolation
from app.law import clock
from app.matters.actions import cancel_clocks, meet_clock, settle_blocker
from app.matters.models import Party
from app.mediation.actions.cases import LABOUR_NOTICE, OPEN_MEDIATION, PERIOD, call_off_meetings, start_feedback
from app.mediation.models import MediationCase
from app.mediation.queries.meetings import clock_of
from app.mediation.rules import LABELS, CaseAct, CaseSource, EndReason
from app.mediation.rules.periods import check_act_day, check_period_is_over, routes_open_to
from app.mediation.rules.states import check_is_mediating, status_after


def end_for_parties(
    case: MediationCase,
    parties: Sequence[Party],
    reason: EndReason,
    *,
    note: str,
    ended_on: date,
    by: Actor,
    now: datetime,
) -> IssuedPaper:
    """End the mediation for some parties only: they get the end notice with the other ways (R-MED-17, R-LINK-11).

    Refuses a party that is not in the case, and the ground "period over" before it is over.
    """
    check_is_mediating(case.status)
    check_act_day(ended_on, not_before=case.accepted_on, today=clock.local_date(now), what="终止日期")
    if reason is EndReason.PERIOD_OVER:
        check_period_is_over(clock_of(case).legal_due_on, ended_on)
    inside = {row.party_id for row in case.case_parties}
    if not parties or any(party.id not in inside for party in parties):
        raise RuleViolation("请从参加这件调解的人里选。", rule="R-LINK-11")
    paper = issue(
        _notice(case, parties, reason, note, ended_on, clock.local_date(now)),
        owner=Owner(case.kind, case.id),
        matter_id=case.matter_id,
        organisation=case.committee,
        by=by,
        now=now,
    )
    record(by, "mediation.end_for_parties", case, parties=[party.id for party in parties], reason=reason)
    return paper


def close_partly_agreed(case: MediationCase, *, agreed_on: date, ended_on: date, by: Actor, now: datetime) -> None:
    """Close a case in which some settled and for all others it ended: one settled case (R-LINK-11, R-STAT-04)."""
    before = case.status
    case.status = status_after(before, CaseAct.AGREE)
    case.is_open, case.agreed_on, case.ended_on = False, agreed_on, ended_on
    meet_clock(case, PERIOD, ended_on)
    if case.labour_told_on is None:
        meet_clock(case, LABOUR_NOTICE, ended_on)
    cancel_clocks(case)
    call_off_meetings(case, "已达成协议", by, now)
    settle_blocker(case, OPEN_MEDIATION, now)
    start_feedback(case, ended_on, now)
    record(by, "mediation.agree_partly", case, before=before, after=case.status, on=agreed_on.isoformat())


def _notice(
    case: MediationCase, parties: Sequence[Party], reason: EndReason, note: str, ended_on: date, today: date
) -> MediationEndNoticeFacts:
    from_petition = case.source is CaseSource.REFERRED_IN
    return MediationEndNoticeFacts(
        committee=case.committee.name,
        recipients=tuple(party.name for party in parties),
        subject=case.matter.subject,
        accepted_on=case.accepted_on,
        ended_on=ended_on,
        ground=f"{LABELS[reason]}。{note}" if note else LABELS[reason],
        issued_on=today,
        is_labour=case.is_labour,
        from_petition=from_petition,
        routes=routes_open_to(is_labour=case.is_labour, from_petition=from_petition),
        contact=case.committee.contact_name,
        phone=case.committee.contact_phone,
    )
