"""Review and recheck of a matter: requested in time, decided with a paper, received, withdrawn (XF 35, 36)."""

from datetime import date, datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.documents.actions import issue
from app.documents.models import IssuedPaper
from app.documents.rules import NumberRequest, Owner
from app.extensions import db
from app.law import clock
from app.matters.actions import MatterKey, cancel_clocks, meet_clock, open_blocker, settle_blocker, start_clock
from app.matters.actions.moving import move
from app.matters.models import Matter
from app.matters.queries.handling import find_clock
from app.matters.rules import ClockState
from app.matters.rules.handling import check_day, check_reason
from app.matters.rules.states import MatterAct, next_status
from app.people.models import Organisation
from app.remedies.actions.papers import opinion_facts
from app.remedies.models import Remedy
from app.remedies.queries import find_decided
from app.remedies.rules import Outcome, RemedyStage, RemedyStatus
from app.remedies.rules.reviewing import (
    STAGES,
    check_in_time,
    check_may_decide,
    check_organ,
    check_outcome,
    check_status,
)

BLOCKER = "open_remedy"


def request_review(
    matter: Matter,
    *,
    organ: Organisation,
    claim: str,
    requested_on: date,
    received_on: date,
    by: Actor,
    now: datetime,
) -> Remedy:
    """Take a request for 复查; refused after its thirty days, thirty days to decide start (R-PET-20, R-PET-25)."""
    return _request(RemedyStage.REVIEW, matter, organ, claim, requested_on, received_on, by=by, now=now)


def request_recheck(
    matter: Matter,
    *,
    organ: Organisation,
    claim: str,
    requested_on: date,
    received_on: date,
    by: Actor,
    now: datetime,
) -> Remedy:
    """Take a request for 复核; refused after its thirty days, thirty days to decide start (R-PET-21, R-PET-25)."""
    return _request(RemedyStage.RECHECK, matter, organ, claim, requested_on, received_on, by=by, now=now)


def note_remedy_hearing(remedy: Remedy, *, opinion_number: str, formed_on: date, by: Actor, now: datetime) -> None:
    """Note the hearing opinion on which the remedy's opinion must build (R-HEAR-30); the pause is the hearing's own."""
    check_status(remedy.status, RemedyStatus.REQUESTED, "再记听证")
    check_day(formed_on, not_before=remedy.received_on, today=clock.local_date(now), what="听证意见形成日期")
    remedy.hearing_number, remedy.hearing_on = opinion_number, formed_on
    record(by, "remedy.hearing", remedy, number=opinion_number)


def decide_remedy(
    remedy: Remedy,
    *,
    outcome: Outcome,
    opinion: str,
    basis: str,
    decided_on: date,
    amount_fen: int | None = None,
    late_reason: str = "",
    by: Actor,
    now: datetime,
) -> IssuedPaper:
    """Issue the opinion: what was found, the result, the next remedy with its thirty days or that it is final.

    Refused while the hearing goes on, and after one without quoting it (R-PET-22, R-HEAR-30).
    """
    stage, matter = STAGES[remedy.stage], remedy.matter
    check_status(remedy.status, RemedyStatus.REQUESTED, "出具意见")
    check_day(
        decided_on, not_before=remedy.hearing_on or remedy.received_on, today=clock.local_date(now), what="出具日期"
    )
    check_outcome(outcome, amount_fen)
    check_may_decide(remedy.stage, is_paused=_is_paused(remedy), hearing_number=remedy.hearing_number, opinion=opinion)
    move(matter, stage.decide, by=by, result=outcome.value)
    remedy.status, remedy.is_open = RemedyStatus.DECIDED, False
    remedy.outcome, remedy.amount_fen, remedy.basis = outcome, amount_fen or None, basis
    remedy.opinion, remedy.decided_on = opinion, decided_on
    meet_clock(remedy, stage.clock, decided_on, late_reason=late_reason)
    settle_blocker(remedy, BLOCKER, now)
    remedy.paper = _issue_opinion(remedy, by=by, now=now)
    return remedy.paper


def record_remedy_received(remedy: Remedy, received_on: date, *, by: Actor, now: datetime) -> None:
    """Note when the petitioner received the opinion; after a review the thirty days for 复核 start (R-PET-21)."""
    check_status(remedy.status, RemedyStatus.DECIDED, "记收到日期")
    check_day(
        received_on,
        not_before=remedy.decided_on or remedy.received_on,
        today=clock.local_date(now),
        what="收到日期",
    )
    remedy.opinion_received_on = received_on
    next_right = STAGES[remedy.stage].next_right
    if next_right:
        start_clock(remedy.matter, next_right, received_on, now=now)
    record(by, "remedy.received", remedy)


def withdraw_remedy(remedy: Remedy, *, reason: str, by: Actor, now: datetime) -> None:
    """The petitioner takes the request back; the opinion before it stands. Refused while its hearing is open."""
    check_status(remedy.status, RemedyStatus.REQUESTED, "撤回")
    check_reason(reason, "撤回")
    check_may_decide(remedy.stage, is_paused=_is_paused(remedy), hearing_number="", opinion="")
    move(remedy.matter, MatterAct.WITHDRAW_REMEDY, by=by)
    remedy.status, remedy.is_open = RemedyStatus.WITHDRAWN, False
    remedy.withdrawn_on = clock.local_date(now)
    remedy.withdrawal_reason = reason
    cancel_clocks(remedy)
    settle_blocker(remedy, BLOCKER, now)


def _request(
    stage: RemedyStage,
    matter: Matter,
    organ: Organisation,
    claim: str,
    requested_on: date,
    received_on: date,
    *,
    by: Actor,
    now: datetime,
) -> Remedy:
    words = STAGES[stage]
    next_status(matter.status, words.request)
    right = find_clock(MatterKey(matter.id), words.right)
    check_in_time(stage, right.legal_due_on if right else None, requested_on)
    not_before = right.trigger_on if right else matter.received_on
    check_day(requested_on, not_before=not_before, today=clock.local_date(now), what="请求日期")
    check_day(received_on, not_before=requested_on, today=clock.local_date(now), what="收到请求的日期")
    review = find_decided(matter.id, RemedyStage.REVIEW)
    check_organ(
        stage,
        organ_id=organ.id,
        organ_path=organ.path_ids,
        handling_unit_id=matter.handling_unit_id or matter.organisation_id,
        review_organ_id=review.organ_id if review and stage is RemedyStage.RECHECK else 0,
    )
    remedy = Remedy(
        matter=matter,
        matter_id=matter.id,
        stage=stage,
        organ=organ,
        organ_id=organ.id,
        requested_on=requested_on,
        received_on=received_on,
        registered_by=by.account_id,
        registered_at=now,
    )
    remedy.claim = claim
    db.session.add(remedy)
    db.session.flush()
    move(matter, words.request, by=by, organ=organ.id)
    meet_clock(matter, words.right, requested_on)
    start_clock(matter, words.clock, received_on, owner=remedy, now=now)
    open_blocker(matter, BLOCKER, remedy, now=now)
    return remedy


def _is_paused(remedy: Remedy) -> bool:
    running = find_clock(remedy, STAGES[remedy.stage].clock)
    return running is not None and running.state is ClockState.PAUSED


def _issue_opinion(remedy: Remedy, *, by: Actor, now: datetime) -> IssuedPaper:
    return issue(
        opinion_facts(remedy),
        owner=Owner(remedy.kind, remedy.id),
        matter_id=remedy.matter_id,
        organisation=remedy.organ,
        by=by,
        now=now,
        number=NumberRequest(f"{remedy.stage.value}_opinion", STAGES[remedy.stage].number),
    )
