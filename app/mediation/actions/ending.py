"""Ending a mediation with an agreement, without one, or for some of many; who does not settle is told other ways."""

from collections.abc import Sequence
from datetime import date, datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.booking.actions import cancel_session
from app.documents.actions import issue
from app.documents.models import IssuedPaper
from app.documents.papers.mediation import MediationEndNoticeFacts
from app.documents.rules import Owner
from app.errors import RuleViolation
from app.law import clock
from app.matters.actions import cancel_clocks, meet_clock, settle_blocker, start_clock
from app.matters.models import Party
from app.matters.rules import PartySide
from app.mediation.actions.cases import LABOUR_NOTICE, OPEN_MEDIATION, PERIOD
from app.mediation.models import MediationCase, MediationMeeting
from app.mediation.queries.meetings import clock_of, parties_at_the_table
from app.mediation.rules import LABELS, CaseAct, CaseSource, EndReason, MeetingStatus
from app.mediation.rules.periods import check_act_day, check_period_is_over, routes_open_to
from app.mediation.rules.states import check_is_mediating, status_after

SETTLED, ENDED = "已达成协议", "调解已终止"


def mark_agreed(case: MediationCase, *, on: date, by: Actor, now: datetime) -> None:
    """The agreement took effect: the case is settled, its period is met."""
    before = case.status
    case.status = status_after(before, CaseAct.AGREE)
    case.is_open, case.agreed_on = False, on
    _wind_up(case, on, SETTLED, by=by, now=now)
    record(by, "mediation.agree", case, before=before, after=case.status, on=on.isoformat())


def close_partly_agreed(case: MediationCase, *, agreed_on: date, ended_on: date, by: Actor, now: datetime) -> None:
    """Close a case in which some settled and for all others it ended: one settled case (R-LINK-11, R-STAT-04)."""
    before = case.status
    case.status = status_after(before, CaseAct.AGREE)
    case.is_open, case.agreed_on, case.ended_on = False, agreed_on, ended_on
    _meet_labour_notice(case, ended_on)
    _wind_up(case, ended_on, SETTLED, by=by, now=now)
    record(by, "mediation.agree_partly", case, before=before, after=case.status, on=agreed_on.isoformat())


def end_without_agreement(
    case: MediationCase, reason: EndReason, *, note: str = "", ended_on: date, by: Actor, now: datetime
) -> None:
    """End the mediation: the parties are told of the other ways in the end notice (R-MED-17).

    Refuses the ground "period over" before the period is over.
    """
    after = status_after(case.status, CaseAct.END)
    _check_may_end(case, reason, ended_on, now)
    before, case.status = case.status, after
    case.is_open, case.ended_on, case.end_reason, case.end_note = False, ended_on, reason, note
    _meet_labour_notice(case, ended_on)
    _wind_up(case, ended_on, ENDED, by=by, now=now)
    _issue_notice(case, _all_recipients(case), reason, note, ended_on, by=by, now=now)
    record(by, "mediation.end", case, before=before, after=case.status, reason=reason)


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
    _check_may_end(case, reason, ended_on, now)
    inside = {row.party_id for row in case.case_parties}
    if not parties or any(party.id not in inside for party in parties):
        raise RuleViolation("请从参加这件调解的人里选。", rule="R-LINK-11")
    recipients = tuple(party.name for party in parties)
    paper = _issue_notice(case, recipients, reason, note, ended_on, by=by, now=now)
    record(by, "mediation.end_for_parties", case, parties=[party.id for party in parties], reason=reason)
    return paper


def _check_may_end(case: MediationCase, reason: EndReason, ended_on: date, now: datetime) -> None:
    check_act_day(ended_on, not_before=case.accepted_on, today=clock.local_date(now), what="终止日期")
    if reason is EndReason.PERIOD_OVER:
        check_period_is_over(clock_of(case).legal_due_on, ended_on)


def _meet_labour_notice(case: MediationCase, on: date) -> None:
    """The notice that ends a mediation tells of arbitration too, where nobody was told by then."""
    if case.labour_told_on is None:
        meet_clock(case, LABOUR_NOTICE, on)


def _wind_up(case: MediationCase, on: date, why: str, *, by: Actor, now: datetime) -> None:
    """What every end brings: the period met, clocks and meetings called off, nothing left that blocks the matter.

    A dispute that the petition office referred is fed back to it in three working days (R-LINK-07).
    """
    meet_clock(case, PERIOD, on)
    cancel_clocks(case)
    for meeting in case.meetings:
        if meeting.status is MeetingStatus.PLANNED:
            _call_off(meeting, why, by, now)
    settle_blocker(case, OPEN_MEDIATION, now)
    if case.source is CaseSource.REFERRED_IN:
        start_clock(case.matter, "linkage_feedback", on, owner=case, now=now)


def _call_off(meeting: MediationMeeting, reason: str, by: Actor, now: datetime) -> None:
    meeting.status = MeetingStatus.CANCELLED
    if meeting.session.starts_at > now:
        cancel_session(meeting.session, reason, by=by, now=now)
    record(by, "meeting.cancel", meeting, before=MeetingStatus.PLANNED, after=meeting.status)


def _issue_notice(
    case: MediationCase,
    recipients: tuple[str, ...],
    reason: EndReason,
    note: str,
    ended_on: date,
    *,
    by: Actor,
    now: datetime,
) -> IssuedPaper:
    from_petition = case.source is CaseSource.REFERRED_IN
    facts = MediationEndNoticeFacts(
        committee=case.committee.name,
        recipients=recipients,
        subject=case.matter.subject,
        accepted_on=case.accepted_on,
        ended_on=ended_on,
        ground=f"{LABELS[reason]}。{note}" if note else LABELS[reason],
        issued_on=clock.local_date(now),
        is_labour=case.is_labour,
        from_petition=from_petition,
        routes=routes_open_to(is_labour=case.is_labour, from_petition=from_petition),
        contact=case.committee.contact_name,
        phone=case.committee.contact_phone,
    )
    owner = Owner(case.kind, case.id)
    return issue(facts, owner=owner, matter_id=case.matter_id, organisation=case.committee, by=by, now=now)


def _all_recipients(case: MediationCase) -> tuple[str, ...]:
    """The names a notice is made out to; of a large side the representatives and how many they stand for."""
    names = [party.name for party in parties_at_the_table(case)]
    petitioners = sum(1 for party in case.parties if party.side is PartySide.PETITIONER)
    left_out = len(case.parties) - len(names)
    return (*names, f"等 {petitioners} 名信访人") if left_out else tuple(names)
