"""Judicial confirmation: the joint application with its papers, the court's answer, the time to ask for enforcement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.access.permissions import Actor
from app.agreements.actions.papers import confirmation_facts, materials_facts
from app.agreements.models import Agreement, Confirmation, Obligation
from app.agreements.queries import find_open_confirmation, is_court_of_place, list_courts
from app.agreements.rules import (
    ConfirmationRequest,
    ConfirmationStatus,
    CourtGround,
    ObligationKind,
    Performance,
    StateConflict,
    check_confirmation,
)
from app.agreements.rules.confirming import check_enforcement, check_labour_court
from app.audit.actions import record
from app.documents.actions import issue
from app.documents.rules import Owner
from app.errors import RuleViolation
from app.extensions import db
from app.law import clock
from app.matters.actions import meet_clock, start_clock
from app.people.models import Organisation

RT33 = "《人民调解法》第三十三条"


@dataclass(frozen=True)
class CourtChoice:
    """The court an application goes to, and why it is competent."""

    name: str
    ground: CourtGround
    organisation: Organisation | None = None


def apply_for_confirmation(
    agreement: Agreement,
    court: CourtChoice,
    *,
    applicants: frozenset[str],
    applied_on: date,
    by: Actor,
    now: datetime,
    renders: bool = True,
) -> Confirmation:
    """Prepare the joint application with its papers; refuses what the court would not take (INV-26).

    One of many: without `renders` the bytes of its papers are made with those of the others.
    """
    today = clock.local_date(now)
    check_may_apply(
        agreement, court, known_courts=list_courts(), applicants=applicants, applied_on=applied_on, today=today
    )
    application = Confirmation(
        agreement=agreement,
        court=court.organisation,
        court_name=court.name,
        ground=court.ground,
        applied_on=applied_on,
        applied_by=by.account_id,
    )
    db.session.add(application)
    db.session.flush()
    meet_clock(Owner("agreement", agreement.id), "judicial_confirmation", applied_on)
    _issue_papers(agreement, application, renders=renders, by=by, now=now)
    record(by, "agreement.apply_confirmation", agreement, after=application.status.value, confirmation=application.id)
    return application


def check_may_apply(
    agreement: Agreement,
    court: CourtChoice,
    *,
    known_courts: Sequence[Organisation],
    applicants: frozenset[str],
    applied_on: date,
    today: date,
) -> None:
    """Refuse a second application, another court than the competent one, and what the court would not take (INV-26).

    `known_courts` are those of `list_courts`, read once for however many agreements are asked about.
    """
    if applied_on > today:
        raise RuleViolation("申请日期不能晚于今天。请核对。", article=RT33, rule="INV-26")
    _check_court_place(agreement, court, known_courts)
    check_confirmation(confirmation_request(agreement, court.ground, applicants=applicants, applied_on=applied_on))
    if find_open_confirmation(agreement) is not None:
        raise StateConflict("这份协议已经申请过司法确认。请在原来的申请里记结果。", article=RT33, rule="INV-26")


def record_confirmation_result(
    application: Confirmation,
    status: ConfirmationStatus,
    *,
    decided_on: date,
    ruling_number: str = "",
    note: str = "",
    by: Actor,
    now: datetime,
) -> None:
    """Record what the court decided, or that the parties took the application back."""
    if application.status is not ConfirmationStatus.APPLIED:
        raise StateConflict("这份申请已经有结果了。请刷新后再看。", rule="INV-26")
    if status is ConfirmationStatus.APPLIED:
        raise RuleViolation("请选法院的处理结果。", rule="INV-26")
    if not application.applied_on <= decided_on <= clock.local_date(now):
        raise RuleViolation("结果日期要在申请以后、今天以前。请核对。", rule="INV-26")
    application.status, application.decided_on = status, decided_on
    application.ruling_number, application.note = ruling_number, note
    application.is_open = False
    if status is ConfirmationStatus.CONFIRMED:
        _watch_enforcement(application, now=now)
    record(
        by,
        "agreement.confirmation_result",
        application.agreement,
        before=ConfirmationStatus.APPLIED.value,
        after=status.value,
        confirmation=application.id,
    )


def confirmation_request(
    agreement: Agreement, ground: CourtGround, *, applicants: frozenset[str], applied_on: date
) -> ConfirmationRequest:
    """What the rules need to know before an application."""
    texts = [agreement.payment_term, agreement.manner, *(term.text for term in agreement.terms)]
    texts += [row.text for row in agreement.obligations]
    return ConfirmationRequest(
        status=agreement.status,
        effective_on=agreement.effective_on,
        window_ends_on=agreement.window_ends_on,
        applied_on=applied_on,
        parties=tuple((row.key, row.party.name) for row in agreement.parties),
        applicants=applicants,
        texts=tuple(texts),
        has_acts=any(row.kind is ObligationKind.ACT for row in agreement.obligations),
        is_labour=agreement.case.is_labour,
        ground=ground,
    )


def ask_for_enforcement(application: Confirmation, *, asked_on: date, by: Actor, now: datetime) -> None:
    """Note that the creditor asked the court to enforce; refuses what is paid, not due, or too late (R-JC-08)."""
    agreement = application.agreement
    if application.enforcement_asked_on is not None:
        raise StateConflict("已经记过申请强制执行的日期。", rule="R-JC-08")
    check_enforcement(
        is_confirmed=application.status is ConfirmationStatus.CONFIRMED,
        is_owed=any(_is_owed(row, asked_on) for row in agreement.obligations),
        ends_on=application.enforcement_ends_on,
        asked_on=asked_on,
        today=clock.local_date(now),
    )
    application.enforcement_asked_on = asked_on
    meet_clock(_owner(application), "enforcement_application", asked_on)
    record(by, "agreement.ask_enforcement", agreement, confirmation=application.id, on=asked_on.isoformat())


def _issue_papers(agreement: Agreement, application: Confirmation, *, renders: bool, by: Actor, now: datetime) -> None:
    today, court = clock.local_date(now), application.court_name
    facts = (
        confirmation_facts(agreement, court, today=today),
        materials_facts(agreement, court, today=application.applied_on),
    )
    papers = [
        issue(
            each,
            owner=_owner(application),
            matter_id=agreement.matter_id,
            organisation=agreement.case.committee,
            by=by,
            now=now,
            renders=renders,
        )
        for each in facts
    ]
    application.paper = papers[0]


def _watch_enforcement(application: Confirmation, *, now: datetime) -> None:
    """Two years from the last day of performance; nothing to watch when all is done (R-JC-08, MS 250)."""
    agreement = application.agreement
    if all(row.performance is Performance.PERFORMED for row in agreement.obligations):
        return
    days = [row.due_on for row in agreement.obligations if row.due_on is not None]
    last_day = max(days) if days else application.decided_on or clock.local_date(now)
    running = start_clock(agreement.matter, "enforcement_application", last_day, owner=_owner(application), now=now)
    application.enforcement_ends_on = running.legal_due_on


def _is_owed(row: Obligation, on: date) -> bool:
    return row.performance is not Performance.PERFORMED and (row.due_on is None or row.due_on < on)


def _owner(application: Confirmation) -> Owner:
    return Owner("judicial_confirmation", application.id)


def _check_court_place(agreement: Agreement, court: CourtChoice, known_courts: Sequence[Organisation]) -> None:
    """The court of the committee's place must lie there; for labour no other will do (R-JC-02, R-JC-03)."""
    of_place = [each for each in known_courts if is_court_of_place(each, agreement.case.committee)]
    is_of_place = court.name in [each.name for each in of_place] if of_place else court.organisation is None
    if agreement.case.is_labour:
        check_labour_court(court.name, is_of_committee_place=is_of_place)
    if court.ground is CourtGround.COMMITTEE_PLACE and court.organisation is not None and not is_of_place:
        raise RuleViolation(
            f"{court.name}不是调解组织所在地的法院，请改选法院或管辖依据。",
            article="《民事诉讼法》第二百零五条",
            rule="INV-26",
        )
