"""The acts on a lawyer's opinion: ask, check for conflict, write, submit, answer, supplement.

The lawyer works on the matter from his word that nothing stands against him until the answer; the row of
involvement stays for conflict checks.
"""

from dataclasses import replace
from datetime import date, datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.counsel import queries
from app.counsel.models import LegalOpinion, OpinionAnswer
from app.counsel.rules import (
    OPEN,
    ROUTE_LABELS,
    WORKING_DAYS_TO_ANSWER,
    WRITTEN,
    Adoption,
    OpinionStatus,
    OpinionText,
    check_complete,
    check_due,
    check_may_ask,
    check_move,
    check_reasons,
    joined_question,
)
from app.documents.actions import issue
from app.documents.models import IssuedPaper
from app.documents.papers.counsel import AnalysisPoint, LegalOpinionFacts, OpinionRoute
from app.documents.papers.people import Signer
from app.documents.rules import NumberRequest
from app.errors import FieldErrors, NotPermitted, RuleViolation
from app.extensions import db
from app.law import clock
from app.law.periods import add_working_days
from app.matters.actions import declare_recusal, end_involvement, involve, open_blocker, settle_blocker
from app.matters.models import Capacity, Matter
from app.matters.rules import RecusalGround
from app.people.models import Account
from app.settings.queries import calendar
from app.web.transaction import check_seen_version

BLOCKER = "unanswered_opinion"
SERIES = NumberRequest("legal_opinion", "{prefix}法意〔{year}〕{n}号")
LAWYER_KEY = "lawyer"


def request_opinion(
    matter: Matter, lawyer: Account, question: str, due_on: date, *, by: Actor, today: date, now: datetime
) -> LegalOpinion:
    """Ask a lawyer; the matter does not close unanswered.

    Refuses conflicts (R-DUTY-03, INV-12, INV-27, INV-28), a closed matter and a past day.
    """
    _check_open(matter)
    check_may_ask(queries.standing_of(matter, lawyer, today))
    check_due(due_on, today)
    opinion = _new_opinion(matter, lawyer, question, due_on, by=by, now=now)
    record(by, "opinion.request", opinion, lawyer=lawyer.id)
    return opinion


def declare_no_conflict(opinion: LegalOpinion, *, by: Actor, now: datetime) -> None:
    """The lawyer says that nothing stands against him; only now he sees the matter (R-DUTY-03).

    Refuses what came up since he was asked: a side advised, a part as mediator or panelist (INV-28).
    """
    _check_own(opinion, by)
    standing = queries.standing_of(opinion.matter, opinion.lawyer, clock.local_date(now))
    check_may_ask(replace(standing, has_open_request=False))
    _move(opinion, OpinionStatus.DRAFTING)
    _take_part(opinion, now)
    record(by, "opinion.clear", opinion, before=OpinionStatus.REQUESTED.value, after=opinion.status.value)


def decline_opinion(opinion: LegalOpinion, ground: RecusalGround, facts: str, *, by: Actor, now: datetime) -> None:
    """The lawyer steps aside: he is out of the matter at once, the office asks somebody else (INV-12)."""
    _check_own(opinion, by)
    before = opinion.status
    _move(opinion, OpinionStatus.DECLINED)
    opinion.ended_reason = facts
    declare_recusal(opinion.matter, ground=ground, facts=facts, by=by, now=now)
    _let_go(opinion, now)
    record(by, "opinion.decline", opinion, before=before.value, after=opinion.status.value)


def withdraw_opinion(opinion: LegalOpinion, reason: str, *, by: Actor, now: datetime) -> None:
    """The office takes its request back before the opinion is submitted."""
    if not reason:
        raise FieldErrors({"reason": "请写明为什么撤回，律师会看到。"})
    before = opinion.status
    _move(opinion, OpinionStatus.WITHDRAWN)
    opinion.ended_reason = reason
    _let_go(opinion, now)
    record(by, "opinion.withdraw", opinion, before=before.value, after=opinion.status.value)


def save_draft(opinion: LegalOpinion, text: OpinionText, *, seen: int | None, now: datetime) -> None:
    """Keep what is written so far; refuses what was submitted (R-DOC-C01) and an older page (StaleVersion)."""
    if opinion.status is not OpinionStatus.DRAFTING:
        check_move(opinion.status, OpinionStatus.SUBMITTED)
    check_seen_version(opinion, seen)
    opinion.text = text
    opinion.saved_at = now
    db.session.flush()


def submit_opinion(
    opinion: LegalOpinion, text: OpinionText, *, seen: int | None, by: Actor, now: datetime
) -> IssuedPaper:
    """Lock the opinion and issue it as a paper with number and digest; refuses while a part is missing."""
    check_complete(text)
    save_draft(opinion, text, seen=seen, now=now)
    _move(opinion, OpinionStatus.SUBMITTED)
    opinion.submitted_at = now
    opinion.answer_due_on = add_working_days(clock.local_date(now), WORKING_DAYS_TO_ANSWER, calendar())
    paper = issue(
        facts_for_paper(opinion, text, now=now),
        owner=queries.owner_of(opinion),
        matter_id=opinion.matter_id,
        organisation=opinion.matter.organisation,
        by=by,
        now=now,
        number=SERIES,
    )
    record(by, "opinion.submit", opinion, before=OpinionStatus.DRAFTING.value, after=opinion.status.value)
    return paper


def answer_opinion(opinion: LegalOpinion, adoption: Adoption, reasons: str, *, by: Actor, now: datetime) -> None:
    """Say whether the opinion is adopted, and why; the matter may close again as far as this is concerned."""
    check_reasons(reasons)
    _move(opinion, OpinionStatus.ANSWERED)
    answer = OpinionAnswer(legal_opinion=opinion, adoption=adoption, answered_by=by.account_id, answered_at=now)
    answer.reasons = reasons
    db.session.add(answer)
    _let_go(opinion, now)
    record(
        by,
        "opinion.answer",
        opinion,
        before=OpinionStatus.SUBMITTED.value,
        after=opinion.status.value,
        adoption=adoption.value,
    )


def supplement_opinion(opinion: LegalOpinion, reason: str, *, by: Actor, today: date, now: datetime) -> LegalOpinion:
    """Begin a new opinion of the same lawyer that corrects or adds to a submitted one; the first stays as it is."""
    _check_own(opinion, by)
    if opinion.status not in WRITTEN:
        raise RuleViolation("这份意见还没有提交，直接改就行，不用写补充意见。", rule="R-DOC-C01")
    if not reason:
        raise FieldErrors({"reason": "请写明补充什么、为什么。"})
    _check_open(opinion.matter)
    check_may_ask(queries.standing_of(opinion.matter, opinion.lawyer, today))
    due_on = add_working_days(today, WORKING_DAYS_TO_ANSWER, calendar())
    supplement = _new_opinion(opinion.matter, opinion.lawyer, reason, due_on, by=by, now=now)
    supplement.supplements_id = opinion.id
    _move(supplement, OpinionStatus.DRAFTING)
    _take_part(supplement, now)
    supplement.text = opinion.text
    record(by, "opinion.supplement", supplement, supplements=opinion.id)
    return supplement


def facts_for_paper(opinion: LegalOpinion, text: OpinionText, *, now: datetime) -> LegalOpinionFacts:
    """What the paper says (R-DOC-C01), also for its preview."""
    matter, lawyer = opinion.matter, opinion.lawyer
    relied_on = text.facts
    if text.open_points:
        relied_on += f"\n还要查清：{text.open_points}"
    return LegalOpinionFacts(
        entrusting_unit=matter.organisation.name,
        matter_number=matter.number,
        subject=matter.subject,
        question=joined_question(opinion.question, [text.issues]),
        facts_relied_on=relied_on,
        analysis=tuple(AnalysisPoint(text=step.text, basis=step.basis) for step in text.analysis),
        opinion=text.opinion,
        lawyer=Signer(key=LAWYER_KEY, name=lawyer.name),
        licence_number=lawyer.professional.licence_number if lawyer.professional else "",
        opinion_on=clock.local_date(now),
        routes=tuple(
            OpinionRoute(route=ROUTE_LABELS[row.route], condition=row.condition, period=row.period, body=row.body)
            for row in text.routes
        ),
        law_firm=lawyer.organisation.name,
    )


def _new_opinion(
    matter: Matter, lawyer: Account, question: str, due_on: date, *, by: Actor, now: datetime
) -> LegalOpinion:
    opinion = LegalOpinion(
        matter=matter, lawyer=lawyer, requested_by=by.account_id, due_on=due_on, requested_at=now, supplements_id=None
    )
    opinion.question = question
    db.session.add(opinion)
    db.session.flush()
    open_blocker(matter, BLOCKER, queries.owner_of(opinion), now=now)
    return opinion


def _take_part(opinion: LegalOpinion, now: datetime) -> None:
    opinion.cleared_at = now
    involve(opinion.matter, opinion.lawyer_id, Capacity.OPINION_LAWYER, since=clock.local_date(now))


def _let_go(opinion: LegalOpinion, now: datetime) -> None:
    """The opinion blocks nothing any more; the lawyer leaves the matter unless he writes another opinion on it."""
    settle_blocker(queries.owner_of(opinion), BLOCKER, now)
    others = [row for row in queries.list_of_matter(opinion.matter) if row.id != opinion.id and row.is_open]
    if not any(row.lawyer_id == opinion.lawyer_id for row in others):
        today = clock.local_date(now)
        end_involvement(opinion.matter, opinion.lawyer_id, Capacity.OPINION_LAWYER, on=today)


def _move(opinion: LegalOpinion, after: OpinionStatus) -> None:
    check_move(opinion.status, after)
    opinion.status = after
    opinion.is_open = after in OPEN


def _check_own(opinion: LegalOpinion, by: Actor) -> None:
    if by.account_id != opinion.lawyer_id:
        raise NotPermitted("这一步要由写这份意见的律师来办。")


def _check_open(matter: Matter) -> None:
    if not matter.is_open:
        raise RuleViolation("这件事已经办结，不能再请律师出意见。", rule="R-DOC-C01")
