"""Issuing an agreement for signing, taking signatures, sealing; void before effect, never after it."""

from datetime import date, datetime

from app.access.permissions import Actor
from app.agreements.actions.drafting import move
from app.agreements.actions.effect import NUMBER, official_signers, take_effect
from app.agreements.actions.papers import agreement_facts
from app.agreements.models import Agreement, AgreementParty
from app.agreements.queries import check_up_of
from app.agreements.rules import (
    AgreementForm,
    AgreementStatus,
    Authority,
    StateConflict,
    check_authority,
    check_may_issue,
    check_transition,
    effective_date,
)
from app.agreements.rules.effect import check_register_form_day
from app.agreements.rules.states import SIGNABLE
from app.audit.actions import record
from app.documents.actions import issue, void_paper
from app.documents.models import IssuedPaper
from app.documents.rules import NumberRequest, Owner
from app.errors import RuleViolation
from app.law import clock
from app.matters.models import PartyKind, Proxy
from app.signing import actions as signing
from app.signing.models import Signature, SigningSlot
from app.signing.queries import find_round, get_slot, missing_signers
from app.signing.rules import Manner, Signer, SignerRole
from app.web.transaction import check_seen_version

LEAST_REASON = 5


def owner_of(agreement: Agreement) -> Owner:
    """The agreement as the owner of papers and clocks."""
    return Owner("agreement", agreement.id)


def issue_agreement(
    agreement: Agreement,
    *,
    seen_version: int | None,
    by: Actor,
    now: datetime,
    number: NumberRequest = NUMBER,
    renders: bool = True,
) -> IssuedPaper:
    """Issue the finalised text for signing: number, paper, places to sign (INV-22, INV-24, R-DOC-N01).

    Refuses an agreement that is not finalised or whose dates have passed meanwhile. One of a batch takes its number
    from the series of the case, and without `renders` its bytes are made with those of the batch.
    """
    check_seen_version(agreement, seen_version)
    check_transition(agreement.status, AgreementStatus.ISSUED)
    today = clock.local_date(now)
    check_may_issue(check_up_of(agreement, today=today))
    paper = issue(
        agreement_facts(agreement, today=today),
        owner=owner_of(agreement),
        matter_id=agreement.matter_id,
        organisation=agreement.case.committee,
        by=by,
        now=now,
        number=number,
        renders=renders,
    )
    agreement.paper, agreement.number, agreement.issued_at = paper, paper.number, now
    signing.open_signing(paper, (*_party_signers(agreement), *official_signers(agreement)), by=by, now=now)
    move(agreement, AgreementStatus.ISSUED, "agreement.issue", by=by)
    return paper


def check_identity(agreement: Agreement, key: str, document: str, *, by: Actor, now: datetime) -> SigningSlot:
    """Record that the clerk compared the signer with his document; refuses who has no authority (INV-25)."""
    _check_may_sign(_party_of(agreement, key), key, None, clock.local_date(now))
    return signing.check_identity(paper_of(agreement), key, document, by=by, now=now)


def sign(
    agreement: Agreement,
    key: str,
    strokes: str,
    *,
    shown_sha256: str,
    by: Actor,
    now: datetime,
    proxy: Proxy | None = None,
) -> Signature:
    """Take a hand signature on the pad, of a party after the identity check or of the mediator himself.

    Refuses another's signature without authority (INV-25), other bytes than those shown, a poor drawing.
    """
    slot = _slot_to_sign(agreement, key, proxy, now)
    signature = signing.sign(
        paper_of(agreement), key, strokes, shown_sha256=shown_sha256, by=by, now=now, signed_by=slot.name
    )
    _note_signature(agreement, by)
    return signature


def sign_on_own_device(agreement: Agreement, key: str, strokes: str, *, shown_sha256: str, now: datetime) -> Signature:
    """Take the hand signature of a person who opened the agreement by his own link and second factor.

    Refuses bodies and parties for whom a proxy signs: their authority is looked at by a clerk first (INV-25).
    """
    row = _row_of_person(agreement, key)
    paper = paper_of(agreement)
    signature = signing.sign(
        paper, row.key, strokes, shown_sha256=shown_sha256, by=None, now=now, signed_by=row.party.name
    )
    _note_signature(agreement, None)
    return signature


def decline_on_own_device(agreement: Agreement, key: str, reason: str, *, now: datetime) -> None:
    """Record that a person does not sign, with or without a reason; the agreement stays open (INV-21, B211)."""
    row = _row_of_person(agreement, key)
    signing.refuse_to_sign(paper_of(agreement), row.key, reason.strip() or "没有说明理由", by=None, now=now)


def record_paper_signatures(
    agreement: Agreement,
    keys: tuple[str, ...],
    written: signing.WrittenScan,
    *,
    signed_on: date,
    manner: Manner,
    by: Actor,
    now: datetime,
) -> None:
    """Record who signed the printed agreement, as the scan shows; refuses what `sign` refuses."""
    if not keys:
        raise RuleViolation("请选扫描件上有谁的签名。", rule="INV-21")
    paper = paper_of(agreement)
    slots = [_slot_to_sign(agreement, key, None, now) for key in keys]
    scan = signing.add_scan(paper, written, by=by, now=now)
    for slot in slots:
        signing.record_paper_signature(
            paper, slot.key, scan=scan, signed_on=signed_on, manner=manner, by=by, now=now, signed_by=slot.name
        )
    _note_signature(agreement, by)


def refuse_to_sign(agreement: Agreement, key: str, reason: str, *, by: Actor, now: datetime) -> None:
    """Record that a party does not sign, in its own words; the agreement stays open (INV-21, B211)."""
    _check_signable(agreement)
    _party_of(agreement, key)
    if len(reason.strip()) < LEAST_REASON:
        raise RuleViolation(f"请记下不签的理由，至少 {LEAST_REASON} 个字，照他的原话写。", rule="INV-21")
    signing.refuse_to_sign(paper_of(agreement), key, reason.strip(), by=by, now=now)


def seal_agreement(agreement: Agreement, *, seen_version: int | None, by: Actor, now: datetime) -> None:
    """Put the committee's seal on an agreement everybody signed: from the latest day of all acts it holds (INV-21)."""
    check_seen_version(agreement, seen_version)
    paper, committee = paper_of(agreement), agreement.case.committee
    if agreement.form is AgreementForm.ORAL:
        _seal_register_form(agreement, paper, by=by, now=now)
        return
    if agreement.status in SIGNABLE:
        raise StateConflict(_missing_words(paper), article="《人民调解法》第二十九条", rule="INV-21")
    check_transition(agreement.status, AgreementStatus.EFFECTIVE)
    seal = signing.put_seal(paper, name=committee.seal_name or committee.name, by=by, now=now)
    effective_on = effective_date(_signing_days(paper), clock.local_date(seal.put_on_at))
    move(agreement, AgreementStatus.EFFECTIVE, "agreement.seal", by=by, effective_on=effective_on.isoformat())
    take_effect(agreement, effective_on, by=by, now=now)
    signing.close_signed_revision(paper, by=by, now=now)


def void_agreement(agreement: Agreement, reason: str, *, by: Actor, now: datetime) -> None:
    """Give up an agreement that has not taken effect: its number stays, marked void (INV-24, R-DOC-N01)."""
    check_transition(agreement.status, AgreementStatus.VOID)
    if len(reason.strip()) < LEAST_REASON:
        raise RuleViolation(f"请写明作废的理由，至少 {LEAST_REASON} 个字。", rule="INV-24")
    agreement.void_reason = reason.strip()
    move(agreement, AgreementStatus.VOID, "agreement.void", by=by)
    if agreement.paper is not None:
        signing.cancel_signing(agreement.paper, by=by, now=now)
        void_paper(agreement.paper, replaced_by=None, by=by, now=now)


def keys_of(row: AgreementParty) -> tuple[str, ...]:
    """Under which keys somebody signs for the party: its own, or one for each heir."""
    return tuple(signer.key for signer in _signers_of(row))


def paper_of(agreement: Agreement) -> IssuedPaper:
    """The agreement's paper; StateConflict before it was issued."""
    if agreement.paper is None:
        raise StateConflict("这份协议还没有签发。请先定稿、签发，再签名。", rule="INV-24")
    return agreement.paper


def _party_signers(agreement: Agreement) -> tuple[Signer, ...]:
    return tuple(signer for row in agreement.parties for signer in _signers_of(row))


def _signers_of(row: AgreementParty) -> tuple[Signer, ...]:
    """The party, its proxy, or each of its heirs in person (R-LINK-12)."""
    if row.successors:
        return tuple(Signer(heir.key, heir.name, SignerRole.PROXY) for heir in row.successors)
    return (Signer(row.key, row.signer_name, SignerRole.PROXY if row.proxy else SignerRole.PARTY),)


def _slot_to_sign(agreement: Agreement, key: str, proxy: Proxy | None, now: datetime) -> SigningSlot:
    _check_signable(agreement)
    slot = get_slot(paper_of(agreement), key)
    if slot.role is SignerRole.MEDIATOR:
        if agreement.form is AgreementForm.ORAL and agreement.reached_on is not None:
            check_register_form_day(agreement.reached_on, clock.local_date(now))
        return slot
    _check_may_sign(_party_of(agreement, key), key, proxy, clock.local_date(now))
    if slot.identity_checked_at is None:
        raise RuleViolation(
            f"请先核对{slot.name}的身份证件，再签名。", article="《人民调解法》第二十九条", rule="INV-25"
        )
    return slot


def _check_may_sign(row: AgreementParty, key: str, presented: Proxy | None, today: date) -> None:
    heir = next((each for each in row.successors if each.key == key), None)
    if heir is not None and presented is None:
        held = Authority(belongs_to_party=True, is_valid=True, is_special=True, is_heir=True, proof=heir.proof)
        check_authority(held, signer=heir.name, party=row.party.name)
        return
    proxy = presented or row.proxy
    if proxy is None:
        return
    authority = Authority(
        belongs_to_party=proxy.party_id == row.party_id,
        is_valid=proxy.is_valid_on(today) and proxy.id == row.proxy_id,
        is_special=proxy.is_special_authority,
        is_heir="继承" in proxy.relation,
        proof=proxy.powers,
    )
    check_authority(authority, signer=proxy.name, party=row.party.name)


def _check_signable(agreement: Agreement) -> None:
    is_form = agreement.form is AgreementForm.ORAL and agreement.status is AgreementStatus.EFFECTIVE
    if agreement.status in SIGNABLE or is_form:
        return
    if agreement.status is AgreementStatus.SIGNED:
        raise StateConflict("各方都签过了，等调委会盖章。签过的名不能撤回，也不用再签。", rule="INV-24")
    check_transition(agreement.status, AgreementStatus.SIGNING)


def _party_of(agreement: Agreement, key: str) -> AgreementParty:
    row = next((row for row in agreement.parties if key in keys_of(row)), None)
    if row is None:
        raise StateConflict("这份协议上没有这位当事人。请刷新后再看。", rule="INV-25")
    return row


def _row_of_person(agreement: Agreement, key: str) -> AgreementParty:
    _check_signable(agreement)
    row = _party_of(agreement, key)
    if row.proxy is not None or row.successors or row.party.kind is not PartyKind.PERSON:
        raise RuleViolation(
            "这份协议由代理人或单位签，请带授权材料到窗口办。依据《民法典》第一百六十五条",
            article="《民法典》第一百六十五条",
            rule="INV-25",
        )
    return row


def _note_signature(agreement: Agreement, by: Actor | None) -> None:
    if agreement.form is AgreementForm.ORAL:
        return
    done = not missing_signers(paper_of(agreement))
    target = AgreementStatus.SIGNED if done else AgreementStatus.SIGNING
    if agreement.status is not target:
        move(agreement, target, "agreement.sign", by=by)


def _missing_words(paper: IssuedPaper) -> str:
    refused = [slot.name for slot in missing_signers(paper) if slot.is_refused]
    waiting = [slot.name for slot in missing_signers(paper) if not slot.is_refused]
    parts = [f"{'、'.join(waiting)}还没有签名"] if waiting else []
    parts += [f"{'、'.join(refused)}不签"] if refused else []
    return f"还不能盖章：{'，'.join(parts)}。各方和调解员签齐以后再盖。"


def _signing_days(paper: IssuedPaper) -> list[date]:
    found = find_round(paper)
    slots = found.slots if found else []
    return [clock.local_date(slot.signature.signed_at) for slot in slots if slot.signature and slot.is_signed]


def _seal_register_form(agreement: Agreement, paper: IssuedPaper, *, by: Actor, now: datetime) -> None:
    """The form records; the oral agreement held from the day it was reached (R-MED-21, INV-23)."""
    if agreement.reached_on is not None:
        check_register_form_day(agreement.reached_on, clock.local_date(now))
    committee = agreement.case.committee
    signing.put_seal(paper, name=committee.seal_name or committee.name, by=by, now=now)
    record(by, "agreement.seal_form", agreement)
    signing.close_signed_revision(paper, by=by, now=now)
