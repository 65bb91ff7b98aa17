"""What was paid and done under an agreement: by hand with a proof, or by the finance office's list, to the fen."""

from collections.abc import Sequence
from datetime import date, datetime

from app.access.permissions import Actor
from app.agreements.models import Agreement, Obligation, Payment, PaymentList
from app.agreements.queries.schedule import (
    debt_of,
    instalment_number,
    is_booked,
    list_payment_lists,
    list_payments_of_case,
    reconciliation_of,
)
from app.agreements.rules import AgreementStatus, ConfirmationStatus, Performance, StateConflict
from app.agreements.rules.performing import PaymentListStatus, check_payment, performance_of
from app.agreements.rules.reconciling import ListedPayment, Matched, payment_key, rows_to_json
from app.audit.actions import record
from app.documents.rules import Owner
from app.errors import RuleViolation
from app.extensions import db
from app.law import clock
from app.law.dates import format_date
from app.law.money import format_yuan
from app.matters.actions import cancel_clocks
from app.mediation.models import MediationCase
from app.privacy.sealed import digest_of
from app.signing import actions as signing
from app.web.spreadsheets import Column, Sheet
from app.web.transaction import check_seen_version

EXPORT_COLUMNS = (
    Column("协议编号", 22),
    Column("期次", 6),
    Column("付款人", 22),
    Column("收款人", 12),
    Column("户名", 12),
    Column("开户行", 24),
    Column("账号", 24),
    Column("应付金额", 14),
    Column("到期日", 12),
    Column("已付金额", 14),
    Column("实付金额", 14),
    Column("实付日期", 12),
    Column("银行流水号", 24),
)


def record_performance(
    obligation: Obligation,
    performance: Performance,
    *,
    performed_fen: int,
    on: date,
    proof: signing.WrittenScan | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Record how far an obligation was performed in all, with the proof; refuses impossible sums and future days."""
    agreement = obligation.agreement
    check_in_force(agreement)
    check_day(on, agreement, now)
    paid_fen = _paid_in_all(obligation, performance, performed_fen)
    scan_id = None
    if proof is not None and agreement.paper is not None:
        scan_id = signing.add_scan(agreement.paper, proof, by=by, now=now).id
    before = obligation.performance
    more = paid_fen - obligation.performed_fen
    if more:
        _enter(obligation, more, on, scan_id=scan_id, by=by, now=now)
    obligation.performance, obligation.performed_on = performance, on
    obligation.proof_scan_id = scan_id or obligation.proof_scan_id
    _settle(agreement)
    record(by, "agreement.perform", agreement, before=before.value, after=performance.value, obligation=obligation.id)


def export_payment_list(case: MediationCase, *, by: Actor) -> Sheet:
    """The unpaid payments of a case as a list for the finance office, with whole account numbers; goes on record."""
    payments = [row for row in list_payments_of_case(case) if row.performed_fen < (row.amount_fen or 0)]
    record(by, "agreement.export_payments", case, count=len(payments))
    notes = (
        f"{case.number} 待付款项，共 {len(payments)} 笔。付款后填写最后三列（没付的留空），原样传回系统入账。",
        "名单里有银行账号，只给办理付款的人看，用完请删除。",
    )
    return Sheet("付款名单", EXPORT_COLUMNS, [_export_line(row) for row in payments], notes)


def upload_payment_list(
    case: MediationCase, rows: Sequence[ListedPayment], *, sha256: str, by: Actor, now: datetime
) -> PaymentList:
    """Keep an uploaded list for its preview; nothing is booked yet. Refuses an empty one and the same file again."""
    if not rows:
        raise RuleViolation("名单里没有一行。请核对后再上传。", rule="R-MED-22")
    for earlier in list_payment_lists(case):
        if earlier.sha256 == sha256 and earlier.status is PaymentListStatus.BOOKED and earlier.ended_at:
            day = format_date(clock.local_date(earlier.ended_at))
            raise StateConflict(f"这份名单 {day}已经入过账，共 {earlier.booked_count} 笔，不用再传。", rule="R-MED-22")
        if earlier.status is PaymentListStatus.PREVIEWED:
            discard_payment_list(earlier, by=by, now=now)
    uploaded = PaymentList(
        case=case, sha256=sha256, row_count=len(rows), uploaded_by=by.account_id, uploaded_at=now, booked_fen=0
    )
    uploaded.rows_json = rows_to_json(rows)
    db.session.add(uploaded)
    db.session.flush()
    record(by, "payment_list.upload", uploaded, rows=len(rows), sha256=sha256)
    return uploaded


def book_payment_list(payments: PaymentList, *, seen_version: int | None, by: Actor, now: datetime) -> None:
    """Book every row of a list or none; what is on record already stays as it is, so that a list may come twice.

    Refuses a list with rows that pay too much, whose payee nobody knows, or that cannot be read.
    """
    check_seen_version(payments, seen_version)
    if payments.status is not PaymentListStatus.PREVIEWED:
        raise StateConflict("这份名单已经办过了。请从列表里打开看结果。", rule="R-MED-22")
    found = reconciliation_of(payments, today=clock.local_date(now))
    if found.refused:
        raise RuleViolation(
            f"有 {len(found.refused)} 行要先改好，整份名单都没有入账。请改好后重新上传。", rule="R-MED-22"
        )
    if not found.bookable:
        raise RuleViolation("名单里没有新的付款，不用入账。", rule="R-MED-22")
    owed = {row.id: row for row in list_payments_of_case(payments.case)}
    for matched in found.bookable:
        _book(owed, matched, payments, by, now)
    for agreement in {owed[row.instalment.key].agreement for row in found.bookable if row.instalment}:
        _settle(agreement)
    payments.booked_count, payments.booked_fen = len(found.bookable), found.total_fen
    _end(payments, PaymentListStatus.BOOKED, by, now)


def discard_payment_list(payments: PaymentList, *, by: Actor, now: datetime) -> None:
    """Throw a list away that was not booked; its rows are not kept."""
    if payments.status is not PaymentListStatus.PREVIEWED:
        raise StateConflict("这份名单已经办过了，不能再作废。", rule="R-MED-22")
    _end(payments, PaymentListStatus.DISCARDED, by, now)


def check_in_force(agreement: Agreement) -> None:
    """Refuse performance and visits before the effect (StateConflict)."""
    if agreement.status is not AgreementStatus.EFFECTIVE:
        raise StateConflict("协议生效以后才有履行和回访。", article="《人民调解法》第三十一条", rule="R-MED-22")


def check_day(day: date, agreement: Agreement, now: datetime) -> None:
    """Refuse a day before the effect or to come."""
    start = agreement.effective_on or day
    if not start <= day <= clock.local_date(now):
        raise RuleViolation(f"日期要在协议生效（{format_date(start)}）以后、今天以前。请核对。", rule="R-MED-22")


def _paid_in_all(obligation: Obligation, performance: Performance, performed_fen: int) -> int:
    amount = obligation.amount_fen or 0
    if performance is Performance.PERFORMED:
        return amount
    if performance is not Performance.PARTLY:
        return 0
    if amount and not 0 < performed_fen < amount:
        raise RuleViolation("部分履行的金额要大于零、小于这一笔的金额。请核对。", rule="R-MED-22")
    return performed_fen if amount else 0


def _book(owed: dict[int, Obligation], matched: Matched, payments: PaymentList, by: Actor, now: datetime) -> None:
    row, instalment = matched.row, matched.instalment
    if instalment is None or row.paid_on is None:
        raise ValueError("a row without a payment or a day is never bookable")
    obligation = owed[instalment.key]
    check_payment(
        debt_of(obligation),
        row.amount_fen,
        row.paid_on,
        effective_on=instalment.effective_on,
        today=clock.local_date(now),
    )
    entry = _enter(obligation, row.amount_fen, row.paid_on, reference=row.reference, is_known_new=True, by=by, now=now)
    entry.list_id = payments.id
    obligation.performed_on = max(obligation.performed_on or row.paid_on, row.paid_on)
    obligation.performance = performance_of(obligation.amount_fen or 0, obligation.performed_fen)


def _enter(
    obligation: Obligation,
    amount_fen: int,
    on: date,
    *,
    reference: str = "",
    scan_id: int | None = None,
    is_known_new: bool = False,
    by: Actor,
    now: datetime,
) -> Payment:
    """Write one payment and the new sum; the worker tells the payee of money that came (tell_payees)."""
    if amount_fen < 0:
        # What is taken back must not make the same payment look booked when it comes again.
        for earlier in obligation.payments:
            earlier.key_digest = None
    key = payment_key(obligation.id, on, amount_fen, reference)
    is_new = amount_fen > 0 and (is_known_new or not is_booked(key))
    entry = Payment(
        obligation=obligation,
        amount_fen=amount_fen,
        paid_on=on,
        key_digest=digest_of("payment", key) if is_new else None,
        proof_scan_id=scan_id,
        recorded_by=by.account_id,
        recorded_at=now,
        is_told=amount_fen < 0,
    )
    entry.reference = reference
    db.session.add(entry)
    obligation.performed_fen += amount_fen
    return entry


def _settle(agreement: Agreement) -> None:
    """When nothing is owed any more, nobody needs the time to ask for enforcement."""
    if any(row.performance is not Performance.PERFORMED for row in agreement.obligations):
        return
    for confirmation in agreement.confirmations:
        if confirmation.status is ConfirmationStatus.CONFIRMED:
            cancel_clocks(Owner("judicial_confirmation", confirmation.id), "enforcement_application")


def _end(payments: PaymentList, status: PaymentListStatus, by: Actor, now: datetime) -> None:
    before = payments.status
    payments.status, payments.ended_at, payments.rows_json = status, now, None
    record(
        by,
        "payment_list.end",
        payments,
        before=before.value,
        after=status.value,
        count=payments.booked_count,
        fen=payments.booked_fen,
    )


def _export_line(row: Obligation) -> tuple[str, ...]:
    names = {each.key: each.party.name for each in row.agreement.parties}
    payee = names.get(row.payee_key, "")
    return (
        row.agreement.number,
        str(instalment_number(row)),
        names.get(row.payer_key, ""),
        payee,
        row.account_holder or payee,
        row.account_bank,
        row.account_number,
        format_yuan(row.amount_fen or 0),
        row.due_on.isoformat() if row.due_on else "",
        format_yuan(row.performed_fen),
        "",
        "",
        "",
    )
