"""Judicial confirmation of a whole sealed batch: one act, one application for each agreement, the court's answers."""

from collections.abc import Generator, Mapping, Sequence
from datetime import date, datetime
from functools import partial

from app.access.permissions import Actor
from app.agreements.actions import CourtChoice, apply_for_confirmation, record_confirmation_result
from app.agreements.queries import find_open_confirmation, list_courts
from app.agreements.rules import ConfirmationStatus, CourtGround
from app.audit.actions import record
from app.collective.models import SealBatch, SettlementAgreement
from app.collective.queries.confirming import ConfirmationRow, applicants_of, reason_against
from app.errors import RuleViolation
from app.extensions import db
from app.jobs.actions import start_job
from app.jobs.models import Job
from app.jobs.rules import JobView, Progress
from app.law import clock
from app.people.models import Account, Organisation
from app.web.transaction import run_write

PIECE = 20
APPLY_FOR_CONFIRMATIONS = "apply_for_confirmations"
RT33 = "《人民调解法》第三十三条"


def start_confirmation(
    batch: SealBatch,
    links: Sequence[SettlementAgreement],
    court: CourtChoice,
    *,
    respondent_applies: bool,
    applied_on: date,
    by: Actor,
    now: datetime,
) -> Job:
    """Begin the joint applications of the chosen agreements; who is refused is left out and named with the reason.

    Refuses a second job beside a running one, an empty choice, and when no application could be made (INV-26).
    """
    if batch.confirmation_job is not None and batch.confirmation_job.is_open:
        raise RuleViolation("申请材料正在做，请看进度，不用再开始。", article=RT33, rule="INV-26")
    if not links:
        raise RuleViolation("请勾出一起申请的人。", article=RT33, rule="INV-26")
    today, known = clock.local_date(now), list_courts()
    reasons = [
        reason_against(
            link,
            court,
            known_courts=known,
            respondent_applies=respondent_applies,
            applied_on=applied_on,
            today=today,
        )
        for link in links
    ]
    if all(reasons):
        raise RuleViolation(reasons[0], article=RT33, rule="INV-26")
    payload = {
        "batch": batch.id,
        "links": [link.id for link in links],
        "court": court.organisation.id if court.organisation else None,
        "court_name": court.name,
        "ground": court.ground.value,
        "respondent_applies": respondent_applies,
        "applied_on": applied_on.isoformat(),
    }
    batch.confirmation_job = start_job(APPLY_FOR_CONFIRMATIONS, payload, total=len(links), by=by, now=now)
    record(by, "settlement.apply_confirmations", batch, number=batch.number, count=len(links))
    return batch.confirmation_job


def apply_for_confirmations(job: JobView) -> Generator[Progress, None, None]:
    """Make the applications piece by piece; none twice. Their bytes are made with those of other waiting papers."""
    ids = [int(each) for each in job.payload["links"]]
    done = 0
    for start in range(0, len(ids), PIECE):
        piece = ids[start : start + PIECE]
        failures = run_write(partial(_apply_piece, piece, job))
        done += len(piece)
        for failure in failures:
            yield Progress(done, len(ids), failure)
        yield Progress(done, len(ids))


def record_results(
    rows: Sequence[ConfirmationRow],
    status: ConfirmationStatus,
    *,
    decided_on: date,
    rulings: Mapping[int, str],
    note: str,
    by: Actor,
    now: datetime,
) -> int:
    """Record the court's answer for these agreements, each with its own ruling number by the link's id; gives how many.

    Refuses an empty choice, a confirmation without its number, and what `record_confirmation_result` refuses.
    """
    waiting = [(row, row.application) for row in rows if row.application is not None and row.is_waiting]
    if not waiting:
        raise RuleViolation("请勾出法院已有结果的人。", rule="INV-26")
    for row, application in waiting:
        number = rulings.get(row.link.id, "")
        if status is ConfirmationStatus.CONFIRMED and not number:
            raise RuleViolation(f"第 {row.link.claimant.position} 号还没有填裁定书号。请照裁定书填。", rule="INV-26")
        record_confirmation_result(
            application, status, decided_on=decided_on, ruling_number=number, note=note, by=by, now=now
        )
    return len(waiting)


def _apply_piece(link_ids: Sequence[int], job: JobView) -> list[str]:
    by = db.session.get_one(Account, job.requested_by).as_actor()
    payload, now = job.payload, clock.now()
    organisation = db.session.get_one(Organisation, payload["court"]) if payload["court"] else None
    court = CourtChoice(payload["court_name"], CourtGround(payload["ground"]), organisation)
    failures: list[str] = []
    for link_id in link_ids:
        link = db.session.get_one(SettlementAgreement, link_id, with_for_update=True, populate_existing=True)
        if find_open_confirmation(link.agreement) is not None:
            continue
        try:
            apply_for_confirmation(
                link.agreement,
                court,
                applicants=applicants_of(link, respondent_applies=bool(payload["respondent_applies"])),
                applied_on=date.fromisoformat(payload["applied_on"]),
                by=by,
                now=now,
                renders=False,
            )
        except RuleViolation as refusal:
            # Refused before anything was written; the others of the piece go on.
            failures.append(f"第 {link.claimant.position} 行：{refusal.message}")
    return failures
