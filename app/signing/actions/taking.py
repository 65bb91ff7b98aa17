"""Taking signatures, on the pad or on paper, each bound to the bytes that were shown; keeping a refusal."""

from datetime import date, datetime, time

from app.access.permissions import Actor
from app.audit.actions import record
from app.documents.models import IssuedPaper
from app.errors import NotPermitted, RuleViolation
from app.extensions import db
from app.law import clock
from app.signing.actions.rounds import locked
from app.signing.models import Scan, Signature, SigningSlot
from app.signing.queries import get_slot
from app.signing.rules import Manner, WrongState, check_shown, read_strokes
from app.web.faults import fault_point


def check_identity(paper: IssuedPaper, signer_key: str, document: str, *, by: Actor, now: datetime) -> SigningSlot:
    """Record which document the clerk compared with the person who is about to sign."""
    slot = _open_slot(paper, signer_key)
    slot.identity_document = document
    slot.identity_checked_by, slot.identity_checked_at = by.account_id, now
    record(by, "signing.check_identity", paper, slot=slot.key)
    return slot


def sign(
    paper: IssuedPaper,
    signer_key: str,
    strokes: str,
    *,
    shown_sha256: str,
    by: Actor | None,
    now: datetime,
    signed_by: str = "",
) -> Signature:
    """Keep a hand signature from the pad, once a place; a repeat or a second device gives the first one back.

    Refuses other bytes than those shown (StaleVersion), a poor drawing (message 18), an official in another's place.
    """
    slot = _open_slot(paper, signer_key)
    _check_official(slot, by)
    if slot.signature is not None and slot.is_signed:
        return slot.signature
    check_shown(shown_sha256, current_digest(paper))
    drawing = read_strokes(strokes)
    signature = _write(slot, Manner.TABLET, shown_sha256, by, now)
    signature.strokes = drawing.to_json()
    signature.signed_by = signed_by or slot.name
    record(by, "signing.sign", paper, slot=slot.key, manner=signature.manner.value, shown=shown_sha256)
    fault_point("sign.before_commit")
    return signature


def record_paper_signature(
    paper: IssuedPaper,
    signer_key: str,
    *,
    scan: Scan,
    signed_on: date,
    by: Actor,
    now: datetime,
    manner: Manner = Manner.PAPER,
    signed_by: str = "",
) -> Signature:
    """Record that somebody signed the printed paper (or put his fingerprint on it) and that the scan shows it."""
    slot = _open_slot(paper, signer_key)
    _check_official(slot, by)
    if slot.signature is not None and slot.is_signed:
        return slot.signature
    if not clock.local_date(paper.issued_at) <= signed_on <= clock.local_date(now):
        raise RuleViolation("签名日期要在文书签发以后、今天以前。请照纸上写的日期填。", rule="INV-21")
    signature = _write(slot, manner, current_digest(paper), by, _moment_of(signed_on, now))
    signature.scan_id = scan.id
    signature.signed_by = signed_by or slot.name
    record(by, "signing.sign", paper, slot=slot.key, manner=manner.value, scan=scan.id)
    fault_point("sign.before_commit")
    return signature


def refuse_to_sign(
    paper: IssuedPaper, signer_key: str, reason: str, *, is_unreached: bool = False, by: Actor | None, now: datetime
) -> Signature:
    """Record that somebody does not sign, with the reason in his own words; he may still sign later.

    Of whom nobody could reach, the reason says what was tried.
    """
    slot = _open_slot(paper, signer_key)
    if slot.signature is not None and slot.is_signed:
        raise WrongState("已经签过名了，不能再记“不签”。签过的名不能撤回。", rule="INV-24")
    signature = _write(slot, Manner.REFUSED, current_digest(paper), by, now)
    signature.refusal_reason, signature.is_unreached = reason, is_unreached
    record(by, "signing.unreached" if is_unreached else "signing.refuse", paper, slot=slot.key)
    return signature


def current_digest(paper: IssuedPaper) -> str:
    """The SHA-256 of the bytes that can be signed now; refuses a paper that is void or not yet rendered."""
    if paper.void_at is not None:
        raise WrongState("这份文书已经作废，不能签。请打开代替它的那一份。", rule="INV-24")
    if not paper.is_ready or paper.latest is None:
        raise WrongState("文书正在生成，请过几秒刷新后再签。", rule="INV-24")
    return paper.latest.sha256


def _open_slot(paper: IssuedPaper, key: str) -> SigningSlot:
    locked(paper)
    return get_slot(paper, key)


def _check_official(slot: SigningSlot, by: Actor | None) -> None:
    if slot.account_id is not None and (by is None or by.account_id != slot.account_id):
        raise NotPermitted("调解员要本人签名，不能替别人签。请本人登录后签。", rule="INV-25")


def _write(slot: SigningSlot, manner: Manner, shown: str, by: Actor | None, at: datetime) -> Signature:
    signature = slot.signature
    if signature is None:
        signature = Signature(slot=slot, manner=manner, shown_sha256=shown, signed_at=at)
        db.session.add(signature)
    signature.manner, signature.shown_sha256, signature.signed_at = manner, shown, at
    signature.taken_by = by.account_id if by else None
    signature.refusal_reason, signature.is_unreached = None, False
    db.session.flush()
    return signature


def _moment_of(signed_on: date, now: datetime) -> datetime:
    """The moment of a signature known by its day only: now for today, else noon of that day."""
    return now if signed_on == clock.local_date(now) else clock.from_local(signed_on, time(12))
