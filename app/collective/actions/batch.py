"""Making the agreements of a frozen model, and sealing those that everybody signed: two kinds of long work.

Each piece is one transaction: numbers, texts and places to sign of twenty claimants, or the seal on ten agreements.
What a crash leaves out, the next run finds: the rows say what is done.
"""

from collections.abc import Generator, Sequence
from datetime import datetime
from functools import partial

from app.access.permissions import Actor
from app.agreements import actions as agreements
from app.agreements.models import Agreement
from app.agreements.queries import check_up_of, digest_of_key
from app.agreements.rules import AgreementStatus, Supplement
from app.audit.actions import record
from app.collective.actions.returning import close_when_settled
from app.collective.actions.settlement import file_heir_authorities
from app.collective.models import Claimant, ModelSettlement, Roster, SealBatch, SettlementAgreement
from app.collective.queries.batch import (
    find_link,
    list_batches,
    list_links_of,
    list_links_of_batch,
    list_ready_to_seal,
    list_unrendered,
    made_of,
)
from app.collective.queries.roster import RosterFilter, list_claimants
from app.collective.queries.settlement import (
    entitled_of,
    list_eligible,
    model_of,
    parties_of_case,
    standing_of,
    text_for,
)
from app.collective.rules import ClaimantStatus
from app.collective.rules.settlement import check_frozen, check_may_settle, check_values, why_not
from app.documents.actions import render_papers
from app.documents.rules import NumberRequest
from app.errors import DomainError, RuleViolation
from app.extensions import db
from app.jobs.actions import start_job
from app.jobs.models import Job
from app.jobs.rules import JobView, Progress
from app.law import clock
from app.mediation.models import MediationCase
from app.people.models import Account
from app.signing.actions import finish_signed_revisions_of
from app.web.transaction import run_write

PIECE = 20
SEAL_PIECE = 10
PRINT_AGREEMENTS = "print_agreements"
SEAL_AGREEMENTS = "seal_agreements"


def start_printing(settlement: ModelSettlement, *, by: Actor, now: datetime) -> Job:
    """Begin to make the agreements of a frozen version for everybody who may have one and has none yet.

    Refuses a second job beside a running one, and when nobody is left.
    """
    check_frozen(settlement.status)
    if settlement.job is not None and settlement.job.is_open:
        raise RuleViolation("协议正在生成，请看进度，不用再开始。", rule="R-DOC-N01")
    file_heir_authorities(settlement, by=by, now=now)
    wanted = len(list_eligible(settlement, today=clock.local_date(now)))
    made = made_of(settlement, wanted)
    if made.numbered >= wanted and made.rendered >= made.numbered:
        raise RuleViolation("能出协议的人都已经有协议了。", rule="R-LINK-11")
    job = start_job(PRINT_AGREEMENTS, {"settlement": settlement.id}, total=2 * wanted, by=by, now=now)
    settlement.job = job
    record(by, "settlement.print", settlement, job=job.id, wanted=wanted)
    return job


def print_agreements(job: JobView) -> Generator[Progress, None, None]:
    """Number and issue the agreements in roster order, then make their bytes (R-DOC-N01, INV-30).

    A claimant whose agreement is refused is named by his line and left out; the others go on.
    """
    settlement_id = int(job.payload["settlement"])
    wanted = _count_wanted(settlement_id)
    after: int | None = 0
    while after is not None:
        after, failures = _issue_piece_after(settlement_id, after, job)
        for failure in failures:
            yield _progress(settlement_id, wanted, failure)
        yield _progress(settlement_id, wanted)
    waiting = list_unrendered(db.session.get_one(ModelSettlement, settlement_id))
    for count, _paper_id in enumerate(render_papers(waiting, now=clock.now()), start=1):
        if count % PIECE == 0:
            yield _progress(settlement_id, wanted)
    yield _progress(settlement_id, wanted)


def issue_for(settlement: ModelSettlement, claimant: Claimant, *, by: Actor, now: datetime) -> Agreement:
    """The numbered agreement of one claimant, ready for signing once its bytes are made.

    Refuses whose own consent or authority is missing (INV-25) and what the check-up refuses (INV-22); one of an earlier
    version gives way: unsigned it becomes void, in force it is replaced when this one takes effect (INV-24).
    """
    check_frozen(settlement.status)
    today = clock.local_date(now)
    check_may_settle(standing_of(claimant, parties_of_case(settlement.case_id), today=today))
    check_values(model_of(settlement), entitled_of(claimant))
    earlier = _give_way(settlement, claimant, by=by, now=now)
    agreement = agreements.draft_agreement(
        settlement.case,
        supplement=Supplement.REPLACES if earlier else Supplement.NONE,
        earlier=earlier,
        parties=(settlement.roster.respondent, claimant.party),
        by=by,
        now=now,
    )
    text = text_for(settlement, claimant, today=today)
    agreements.save_agreement(agreement, text, seen_version=None, by=by, now=now)
    for finding in check_up_of(agreement, today=today).open_advice:
        digest = digest_of_key(finding.key)
        agreements.keep_finding(agreement, digest, settlement.kept_reason, by=by, now=now)
    agreements.finalise_agreement(agreement, seen_version=None, by=by, now=now)
    agreements.issue_agreement(
        agreement, seen_version=None, by=by, now=now, number=number_within(settlement.case), renders=False
    )
    db.session.add(SettlementAgreement(settlement=settlement, claimant=claimant, agreement=agreement))
    db.session.flush()
    return agreement


def number_within(case: MediationCase) -> NumberRequest:
    """The series of one case: (2025)滨澜人调字第12-001号 and so on, over the turn of the year too (R-DOC-N01)."""
    stem = case.number.removesuffix("号")
    return NumberRequest(f"agreements_of_case_{case.id}", f"{stem}-{{n:03}}号", year=case.accepted_on.year)


def seal_batch(roster: Roster, *, by: Actor, now: datetime) -> SealBatch:
    """Put the committee's seal on all agreements that everybody signed: one moment for all of them (INV-21, R-MED-20).

    Refuses when none is ready. The work goes on as a job; the moment stays that of this act.
    """
    links = list_ready_to_seal(roster)
    if not links:
        raise RuleViolation("还没有各方都签齐的协议，不用盖章。", article="《人民调解法》第二十九条", rule="INV-21")
    batch = SealBatch(
        roster=roster, number=len(list_batches(roster)) + 1, sealed_by=by.account_id, sealed_at=now, job=None
    )
    db.session.add(batch)
    db.session.flush()
    for link in links:
        link.batch = batch
    batch.job = start_job(SEAL_AGREEMENTS, {"batch": batch.id}, total=len(links), by=by, now=now)
    record(by, "settlement.seal_batch", batch, number=batch.number, count=len(links))
    return batch


def seal_agreements(job: JobView) -> Generator[Progress, None, None]:
    """Seal the agreements of a batch piece by piece, all with the moment of the act; none twice.

    First come the files that a crash left out.
    """
    batch_id = int(job.payload["batch"])
    links = list_links_of_batch(db.session.get_one(SealBatch, batch_id))
    waiting = [link.id for link in links if _waits(link)]
    finish_signed_revisions_of({link.agreement.paper_id for link in links if link.agreement.paper_id})
    done, total = 0, len(waiting)
    for start in range(0, total, SEAL_PIECE):
        piece = waiting[start : start + SEAL_PIECE]
        run_write(partial(_seal_piece, piece))
        done += len(piece)
        yield Progress(done, total)
    run_write(partial(_close_case, batch_id))


def _issue_piece_after(settlement_id: int, after: int, job: JobView) -> tuple[int | None, list[str]]:
    """One piece in one transaction; where one claimant is refused, each of the piece in a transaction of his own."""
    try:
        return run_write(partial(_issue_piece, settlement_id, after, PIECE, job)), []
    except DomainError:
        failures: list[str] = []
    place = after
    for _one in range(PIECE):
        try:
            reached = run_write(partial(_issue_piece, settlement_id, place, 1, job))
        except DomainError as refusal:
            reached = _position_after(settlement_id, place)
            failures.append(f"第 {reached} 行：{refusal.message}")
        if reached is None:
            return None, failures
        place = reached
    return place, failures


def _issue_piece(settlement_id: int, after: int, limit: int, job: JobView) -> int | None:
    """Issue what is missing on the next lines of the roster; gives the last of them, None at its end."""
    settlement = db.session.get_one(ModelSettlement, settlement_id, with_for_update=True, populate_existing=True)
    by, now = _requester(job), clock.now()
    inside = parties_of_case(settlement.case_id)
    lines = list_claimants(settlement.roster, RosterFilter(), after=after, limit=limit)[:limit]
    for claimant in lines:
        standing = standing_of(claimant, inside, today=clock.local_date(now))
        if not why_not(standing) and find_link(settlement, claimant) is None:
            issue_for(settlement, claimant, by=by, now=now)
    return lines[-1].position if lines else None


def _position_after(settlement_id: int, after: int) -> int:
    db.session.rollback()
    roster = db.session.get_one(ModelSettlement, settlement_id).roster
    return list_claimants(roster, RosterFilter(), after=after, limit=1)[0].position


def _count_wanted(settlement_id: int) -> int:
    db.session.rollback()
    return len(list_eligible(db.session.get_one(ModelSettlement, settlement_id), today=clock.today()))


def _progress(settlement_id: int, wanted: int, failure: str = "") -> Progress:
    """Two steps an agreement: numbered, and its bytes made."""
    db.session.rollback()
    made = made_of(db.session.get_one(ModelSettlement, settlement_id), wanted)
    db.session.rollback()
    return Progress(made.numbered + made.rendered, 2 * max(wanted, made.numbered), failure)


def _give_way(settlement: ModelSettlement, claimant: Claimant, *, by: Actor, now: datetime) -> Agreement | None:
    """Void what nobody signed of an earlier version; gives the one in force, which the new one will replace."""
    in_force: Agreement | None = None
    for link in list_links_of(claimant):
        if link.agreement.status is AgreementStatus.EFFECTIVE:
            in_force = link.agreement
        elif link.agreement.status is AgreementStatus.ISSUED:
            reason = f"样本协议改为第 {settlement.number} 版，另出新协议"
            agreements.void_agreement(link.agreement, reason, by=by, now=now)
    return in_force


def _seal_piece(link_ids: Sequence[int]) -> None:
    for link_id in link_ids:
        link = db.session.get_one(SettlementAgreement, link_id, with_for_update=True, populate_existing=True)
        if link.batch is None or not _waits(link):
            continue
        by, moment = link.batch.sealer.as_actor(), link.batch.sealed_at
        _void_earlier(link, by=by, now=moment)
        agreements.seal_agreement(link.agreement, seen_version=None, by=by, now=moment)
        _mark_signed(link.claimant, by=by)


def _close_case(batch_id: int) -> None:
    """With the last seal the case ends, where everybody else was returned before."""
    batch = db.session.get_one(SealBatch, batch_id)
    close_when_settled(batch.roster, by=batch.sealer.as_actor(), now=batch.sealed_at)


def _void_earlier(link: SettlementAgreement, *, by: Actor, now: datetime) -> None:
    """What was signed of an earlier version but never sealed ends when the new one takes effect."""
    for other in list_links_of(link.claimant):
        if other.id < link.id and other.agreement.status is not AgreementStatus.EFFECTIVE:
            agreements.void_agreement(other.agreement, "已由新一版协议代替", by=by, now=now)


def _mark_signed(claimant: Claimant, *, by: Actor) -> None:
    before, claimant.status = claimant.status, ClaimantStatus.SIGNED
    matter_id = claimant.roster.matter_id
    record(by, "claimant.move", claimant, matter_id=matter_id, before=before.value, after=claimant.status.value)


def _waits(link: SettlementAgreement) -> bool:
    return link.agreement.status is AgreementStatus.SIGNED


def _requester(job: JobView) -> Actor:
    return db.session.get_one(Account, job.requested_by).as_actor()
