"""Writing an agreement: begin, save, repair what the check-up found, keep advice with a reason, finalise."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.access.permissions import Actor
from app.agreements.forms import AgreementText
from app.agreements.models import (
    Agreement,
    AgreementParty,
    AgreementSuccessor,
    AgreementTerm,
    KeptFinding,
    Obligation,
)
from app.agreements.queries import check_up_of, digest_of_key
from app.agreements.rules import (
    AgreementForm,
    AgreementStatus,
    DraftObligation,
    DraftSuccessor,
    Finding,
    ObligationKind,
    Repair,
    StateConflict,
    Supplement,
    check_editable,
    check_may_issue,
    check_reason_to_keep,
    check_transition,
)
from app.agreements.rules.states import OPEN
from app.audit.actions import record
from app.errors import NotFound, RuleViolation
from app.extensions import db
from app.law import clock
from app.law.money import parse_yuan
from app.matters.models import ConsentDecision, Party
from app.mediation.models import MediationCase
from app.privacy.masking import mask_bank_card
from app.web.transaction import check_seen_version

STEMS = "甲乙丙丁戊己庚辛壬癸"
LD14 = "《劳动争议调解仲裁法》第十四条"


def draft_agreement(
    case: MediationCase,
    *,
    form: AgreementForm = AgreementForm.WRITTEN,
    supplement: Supplement = Supplement.NONE,
    earlier: Agreement | None = None,
    parties: Sequence[Party] = (),
    by: Actor,
    now: datetime,
) -> Agreement:
    """Begin an agreement with the parties of the case who consent; a supplement starts from the earlier text.

    `parties` are those of one agreement among many of the case (R-LINK-11). Refuses oral form in a labour dispute
    (INV-23) and a supplement to what is not in force (INV-24).
    """
    _check_supplement(case, supplement, earlier)
    if form is AgreementForm.ORAL and case.is_labour:
        raise RuleViolation(f"劳动争议不能用口头协议，请写成书面协议。依据{LD14}", article=LD14, rule="INV-23")
    agreement = _new_agreement(case, form, by, now)
    agreement.supplement, agreement.earlier = supplement, earlier
    _add_parties(agreement, earlier, parties)
    agreement.copies = len(agreement.parties) + 1
    if earlier is not None:
        _copy_text(agreement, earlier)
    db.session.add(agreement)
    db.session.flush()
    record(by, "agreement.draft", agreement, after=agreement.status.value, form=form.value)
    return agreement


def sketch_agreement(
    case: MediationCase, text: AgreementText, *, parties: Sequence[Party], by: Actor, now: datetime
) -> Agreement:
    """An agreement that is nowhere kept: to look at and to check up, before many are made of one model."""
    agreement = _new_agreement(case, AgreementForm.WRITTEN, by, now)
    _add_parties(agreement, None, parties)
    _write_text(agreement, text)
    _write_signers(agreement, text, now)
    return agreement


def save_agreement(
    agreement: Agreement, text: AgreementText, *, seen_version: int | None, by: Actor, now: datetime
) -> None:
    """Keep what the editor holds; refuses an issued agreement (INV-24, B110) and an older state (StaleVersion)."""
    check_editable(agreement.status)
    check_seen_version(agreement, seen_version)
    _write_text(agreement, text)
    _write_signers(agreement, text, now)
    _touch(agreement, by, now, "agreement.save")


def apply_fix(agreement: Agreement, key_digest: str, number: int, *, by: Actor, now: datetime) -> None:
    """Do what one button of a finding says; refuses when the finding is no longer there (StateConflict)."""
    check_editable(agreement.status)
    finding = _find(agreement, key_digest, now)
    if not 0 <= number < len(finding.fixes):
        raise NotFound("这一处已经改过了。")
    fix = finding.fixes[number]
    if fix.repair is Repair.SET_AMOUNT:
        payments = [row for row in agreement.obligations if row.kind is ObligationKind.PAYMENT]
        payments[fix.position].amount_fen = parse_yuan(fix.value)
    elif fix.repair is Repair.SET_TOTAL:
        agreement.total_fen = parse_yuan(fix.value)
    else:
        texts = [term.text for term in agreement.terms]
        texts[fix.position : fix.position + 1] = [fix.value] if fix.repair is Repair.REPLACE_TERM else []
        _write_terms(agreement, tuple(texts))
    _touch(agreement, by, now, "agreement.fix")


def keep_finding(agreement: Agreement, key_digest: str, reason: str, *, by: Actor, now: datetime) -> None:
    """Keep advice as it is, with a reason that goes into the file; refuses what must be changed."""
    check_editable(agreement.status)
    finding = _find(agreement, key_digest, now)
    check_reason_to_keep(finding, reason)
    if any(row.key_digest == key_digest for row in agreement.kept_findings):
        return
    kept = KeptFinding(key_digest=key_digest, title=finding.title, kept_by=by.account_id, kept_at=now)
    kept.reason = reason.strip()
    agreement.kept_findings.append(kept)
    record(by, "agreement.keep_finding", agreement, code=finding.code.partition(":")[0])


def finalise_agreement(agreement: Agreement, *, seen_version: int | None, by: Actor, now: datetime) -> None:
    """Close the text for issue; refuses while a finding must be changed or advice is unanswered (INV-22)."""
    check_seen_version(agreement, seen_version)
    check_transition(agreement.status, AgreementStatus.CHECKED)
    if agreement.form is AgreementForm.ORAL:
        raise StateConflict("口头协议不用定稿，请直接登记。", rule="INV-23")
    check_may_issue(check_up_of(agreement, today=clock.local_date(now)))
    move(agreement, AgreementStatus.CHECKED, "agreement.finalise", by=by)


def move(agreement: Agreement, target: AgreementStatus, act: str, *, by: Actor | None, **detail: Any) -> None:
    """The one place that changes the state of an agreement, with its audit row."""
    check_transition(agreement.status, target)
    before, agreement.status = agreement.status, target
    agreement.is_open = target in OPEN
    record(by, act, agreement, before=before.value, after=target.value, **detail)


def _new_agreement(case: MediationCase, form: AgreementForm, by: Actor, now: datetime) -> Agreement:
    return Agreement(
        case=case,
        case_id=case.id,
        matter=case.matter,
        matter_id=case.matter_id,
        form=form,
        status=AgreementStatus.DRAFT,
        supplement=Supplement.NONE,
        earlier=None,
        is_performed_at_once=False,
        drafted_by=by.account_id,
        drafted_at=now,
        saved_at=now,
        parties=[],
        obligations=[],
        terms=[],
        kept_findings=[],
        visits=[],
        confirmations=[],
    )


def _write_text(agreement: Agreement, text: AgreementText) -> None:
    agreement.facts, agreement.payment_term = text.facts, text.payment_term
    agreement.manner, agreement.place, agreement.remarks = text.manner, text.place, text.remarks
    agreement.total_fen, agreement.copies = text.total_fen, text.copies
    agreement.is_performed_at_once = text.is_performed_at_once
    _write_obligations(agreement, text.obligations)
    _write_terms(agreement, text.terms)


def _check_supplement(case: MediationCase, supplement: Supplement, earlier: Agreement | None) -> None:
    if (supplement is Supplement.NONE) != (earlier is None):
        raise RuleViolation("请选补充的是哪一份协议。", rule="INV-24")
    if earlier is None:
        if not case.is_open:
            raise StateConflict("这件调解已经结束，不能再写协议。要改已经生效的协议，请另签补充协议。", rule="INV-24")
        return
    if earlier.case_id != case.id or earlier.status is not AgreementStatus.EFFECTIVE:
        raise StateConflict("只有已经生效的协议才能另签补充协议。还没生效的，请作废后重新签发。", rule="INV-24")
    is_oral = earlier.form is AgreementForm.ORAL
    if (supplement is Supplement.WRITES_DOWN) != is_oral:
        raise RuleViolation("口头协议请选“写成书面”，书面协议请选“补充”或“重新约定”。", rule="INV-24")


def _add_parties(agreement: Agreement, earlier: Agreement | None, parties: Sequence[Party]) -> None:
    if earlier is not None:
        rows = [(row.party, row.proxy_id, _successors_of(row)) for row in earlier.parties]
    else:
        rows = [(party, None, ()) for party in parties or agreement.case.parties if _takes_part(party)]
    for position, (party, proxy_id, successors) in enumerate(rows):
        label = f"{STEMS[position]}方" if position < len(STEMS) else f"第{position + 1}方"
        row = AgreementParty(
            party=party,
            party_id=party.id,
            proxy_id=proxy_id,
            position=position,
            label=label,
            key=f"party-{position + 1}",
        )
        _write_successors(row, successors)
        agreement.parties.append(row)


def _takes_part(party: Party) -> bool:
    return party.consent not in (ConsentDecision.REFUSED, ConsentDecision.WITHDRAWN)


def _copy_text(agreement: Agreement, earlier: Agreement) -> None:
    agreement.facts, agreement.payment_term = earlier.facts, earlier.payment_term
    agreement.manner, agreement.place = earlier.manner, earlier.place
    agreement.total_fen, agreement.is_performed_at_once = earlier.total_fen, earlier.is_performed_at_once
    _write_terms(agreement, tuple(term.text for term in earlier.terms))
    _write_obligations(
        agreement,
        tuple(
            DraftObligation(
                kind=row.kind,
                payer_key=row.payer_key,
                payee_key=row.payee_key,
                amount_fen=row.amount_fen,
                due_on=row.due_on,
                method=row.method,
                account_holder=row.account_holder,
                account_bank=row.account_bank,
                account_number=row.account_number,
                text=row.text,
            )
            for row in earlier.obligations
        ),
    )


def _write_obligations(agreement: Agreement, obligations: tuple[DraftObligation, ...]) -> None:
    on_file = {mask_bank_card(row.account_number): row.account_number for row in agreement.obligations}
    agreement.obligations.clear()
    for position, each in enumerate(obligations):
        row = Obligation(
            position=position,
            kind=each.kind,
            payer_key=each.payer_key,
            payee_key=each.payee_key,
            amount_fen=each.amount_fen,
            due_on=each.due_on,
            due_after_days=each.due_after_days,
            method=each.method,
            account_bank=each.account_bank,
        )
        row.account_holder, row.text = each.account_holder, each.text
        row.account_number = _account_of(each.account_number, on_file)
        agreement.obligations.append(row)


def _account_of(typed: str, on_file: Mapping[str, str]) -> str:
    """The account as typed; a masked one stands for the one on file."""
    if "*" not in typed:
        return typed
    if typed not in on_file:
        raise RuleViolation("账号里有星号，认不出是哪一个。请把账号写全。", rule="R-PII-05")
    return on_file[typed]


def _write_terms(agreement: Agreement, texts: tuple[str, ...]) -> None:
    agreement.terms.clear()
    for position, text in enumerate(texts):
        term = AgreementTerm(position=position)
        term.text = text
        agreement.terms.append(term)


def _write_proxies(agreement: Agreement, chosen: Mapping[str, str], now: datetime) -> None:
    """Who signs for a party: '' is the party itself; another's proxy is refused (INV-25)."""
    for row in agreement.parties:
        if row.key not in chosen:
            continue
        proxies = {proxy.public_id: proxy for proxy in row.party.proxies}
        proxy = proxies.get(chosen[row.key])
        if chosen[row.key] and (proxy is None or not proxy.is_valid_on(clock.local_date(now))):
            raise RuleViolation(f"{row.party.name}的代理人没有今天有效的授权，请重新选。", rule="INV-25")
        row.proxy = proxy


def _write_signers(agreement: Agreement, text: AgreementText, now: datetime) -> None:
    _write_proxies(agreement, text.proxies or {}, now)
    for row in agreement.parties:
        if text.successors is not None and row.key in text.successors:
            _write_successors(row, text.successors[row.key])


def _write_successors(row: AgreementParty, successors: Sequence[DraftSuccessor]) -> None:
    """Each heir signs under a key of his own beside the party's: no one signature stands for another (INV-25)."""
    row.successors = [
        AgreementSuccessor(position=place, key=f"{row.key}-{place}", kinship=heir.kinship)
        for place, heir in enumerate(successors, start=1)
    ]
    for written, heir in zip(row.successors, successors, strict=True):
        written.name, written.proof = heir.name, heir.proof


def _successors_of(row: AgreementParty) -> tuple[DraftSuccessor, ...]:
    return tuple(DraftSuccessor(name=each.name, kinship=each.kinship, proof=each.proof) for each in row.successors)


def _find(agreement: Agreement, key_digest: str, now: datetime) -> Finding:
    for finding in check_up_of(agreement, today=clock.local_date(now)).findings:
        if digest_of_key(finding.key) == key_digest:
            return finding
    raise StateConflict("这一处已经改过了。请刷新后再看。", rule="INV-22")


def _touch(agreement: Agreement, by: Actor, now: datetime, act: str) -> None:
    agreement.saved_at = now
    if agreement.status is AgreementStatus.CHECKED:
        move(agreement, AgreementStatus.DRAFT, act, by=by)
        return
    db.session.flush()
    record(by, act, agreement)
