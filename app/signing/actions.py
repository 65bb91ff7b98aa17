"""Taking signatures and seals on an issued paper, and closing its signed revision.

A signature binds to the bytes that were shown. The signed revision is rendered and sealed after the commit; what a
crash leaves half-way the worker finishes (`finish_signed_revisions`).
"""

import logging
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

import sqlalchemy as sa

from app.access.permissions import Actor
from app.audit.actions import record
from app.documents.actions import add_revision, remove_abandoned_prints, render_issued
from app.documents.models import IssuedPaper, RevisionKind
from app.documents.papers.people import COMMITTEE_SEAL
from app.documents.rendering.composing import PaperState
from app.documents.storage import remove_file, uploads_dir, write_file
from app.errors import NotPermitted, RuleViolation
from app.extensions import db
from app.law import clock
from app.signing import sealing
from app.signing.models import Scan, Seal, Signature, SigningRound, SigningSlot
from app.signing.queries import get_round, get_slot, list_closing, marks_of
from app.signing.rules import (
    CheckedScan,
    Manner,
    RoundState,
    Signer,
    WrongState,
    check_scan,
    check_shown,
    check_transition,
    read_strokes,
)
from app.web.faults import fault_point
from app.web.transaction import after_commit, transaction

log = logging.getLogger(__name__)
PATIENCE = timedelta(minutes=1)
"""So long the request itself may take to close a revision before the worker steps in."""


@dataclass(frozen=True)
class WrittenScan:
    """A checked upload whose bytes lie in the folder, not yet known to any paper."""

    file_name: str
    sha256: str
    checked: CheckedScan


def open_signing(paper: IssuedPaper, signers: tuple[Signer, ...], *, by: Actor, now: datetime) -> SigningRound:
    """Name who is to sign an issued paper; the keys are those printed in its facts."""
    signing = SigningRound(paper_id=paper.id, state=RoundState.OPEN, opened_at=now, slots=[], seals=[], scans=[])
    for position, signer in enumerate(signers):
        slot = SigningSlot(
            key=signer.key,
            position=position,
            role=signer.role,
            is_required=signer.required,
            account_id=signer.account_id,
            signature=None,
        )
        slot.name = signer.name
        signing.slots.append(slot)
    db.session.add(signing)
    db.session.flush()
    record(by, "signing.open", paper, signers=len(signers))
    return signing


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


def write_scan(content: bytes) -> WrittenScan:
    """Check an upload and write it under a random name, before the act that adds it begins its transaction."""
    checked = check_scan(content)
    name = f"{secrets.token_hex(16)}.{checked.kind}"
    return WrittenScan(name, write_file(uploads_dir(), name, checked.content), checked)


def discard_scan(written: WrittenScan) -> None:
    """Take away a written file that no scan names: the act was refused, or the form was sent twice."""
    if db.session.scalar(sa.select(Scan.id).filter_by(file_name=written.file_name)) is None:
        remove_file(uploads_dir(), written.file_name)


def add_scan(paper: IssuedPaper, written: WrittenScan, *, by: Actor, now: datetime) -> Scan:
    """Put a written scan to the paper that was signed by hand."""
    scan = Scan(
        round=get_round(paper),
        file_name=written.file_name,
        sha256=written.sha256,
        kind=written.checked.kind,
        pages=written.checked.pages,
        size=len(written.checked.content),
        added_by=by.account_id,
        added_at=now,
    )
    db.session.add(scan)
    db.session.flush()
    record(by, "signing.add_scan", paper, scan=scan.id, sha256=scan.sha256)
    return scan


def put_seal(
    paper: IssuedPaper, *, name: str, by: Actor, now: datetime, key: str = COMMITTEE_SEAL, refusal_settles: bool = False
) -> Seal:
    """Put a seal on a paper that everybody signed; nothing can be signed or changed afterwards (INV-21, INV-24)."""
    signing = _locked(paper)
    missing = [
        slot.name
        for slot in signing.slots
        if slot.is_required and not slot.is_signed and not (refusal_settles and slot.is_refused)
    ]
    if missing:
        raise WrongState(
            f"还不能盖章：{'、'.join(missing)}还没有签名。签齐以后再盖。",
            article="《人民调解法》第二十九条",
            rule="INV-21",
        )
    seal = Seal(round=signing, key=key, name=name, put_on_at=now, put_on_by=by.account_id)
    db.session.add(seal)
    db.session.flush()
    record(by, "signing.seal", paper, seal=key)
    return seal


def close_signed_revision(paper: IssuedPaper, *, by: Actor | None, now: datetime) -> None:
    """End the signing; the revision with marks and the centre's electronic seal is made right after the commit."""
    signing = _locked(paper)
    check_transition(signing.state, RoundState.CLOSING)
    sealing.check_can_seal()
    signing.state, signing.closed_at = RoundState.CLOSING, now
    record(by, "signing.close", paper, before=RoundState.OPEN.value, after=RoundState.CLOSING.value)
    fault_point("sign.before_commit")
    after_commit(partial(_make_signed_revision, signing.id))


def cancel_signing(paper: IssuedPaper, *, by: Actor, now: datetime) -> None:
    """End the signing of a paper that became void before it was complete; what was given stays on record."""
    signing = _locked(paper)
    check_transition(signing.state, RoundState.CANCELLED)
    signing.state, signing.closed_at = RoundState.CANCELLED, now
    record(by, "signing.cancel", paper, before=RoundState.OPEN.value, after=RoundState.CANCELLED.value)


def finish_signed_revisions(now: datetime, *, in_the_making: Collection[int] = ()) -> int:
    """Make the signed revisions that a crash left out; gives how many it made (timed job).

    Leaves alone the papers (ids) that somebody else is closing.
    """
    closed_before = now - PATIENCE
    return _finish(
        row
        for row in list_closing()
        if row.paper_id not in in_the_making and (row.closed_at is None or row.closed_at <= closed_before)
    )


def finish_signed_revisions_of(paper_ids: Collection[int]) -> int:
    """Make what a crash left out of these papers, which nobody else is closing; gives how many it made."""
    return _finish(row for row in list_closing(limit=None) if row.paper_id in paper_ids)


def current_digest(paper: IssuedPaper) -> str:
    """The SHA-256 of the bytes that can be signed now; refuses a paper that is void or not yet rendered."""
    if paper.void_at is not None:
        raise WrongState("这份文书已经作废，不能签。请打开代替它的那一份。", rule="INV-24")
    if not paper.is_ready or paper.latest is None:
        raise WrongState("文书正在生成，请过几秒刷新后再签。", rule="INV-24")
    return paper.latest.sha256


def _finish(waiting: Iterable[SigningRound]) -> int:
    """One that cannot be made holds up none of the others."""
    return sum(_is_finished(round_id) for round_id in [row.id for row in waiting])


def _is_finished(round_id: int) -> bool:
    try:
        _make_signed_revision(round_id, after_crash=True)
    except Exception:
        db.session.rollback()
        log.exception("the signed revision of signing %d could not be made", round_id)
        return False
    return True


def _make_signed_revision(round_id: int, *, after_crash: bool = False) -> None:
    fault_point("sign.after_commit")
    signing = db.session.get_one(SigningRound, round_id, populate_existing=True)
    paper = signing.paper
    if not any(revision.kind is RevisionKind.SIGNED for revision in paper.revisions):
        rendered = render_issued(paper, PaperState.SIGNED, marks=marks_of(signing))
        sealed = sealing.seal_electronically(rendered, at=signing.closed_at or clock.now())
        add_revision(paper, sealed, RevisionKind.SIGNED, now=clock.now())
    if after_crash:
        # Every seal gives other bytes, so that an earlier file without a row is not overwritten.
        remove_abandoned_prints(db.session.get_one(IssuedPaper, paper.id, populate_existing=True), RevisionKind.SIGNED)
    with transaction():
        fresh = db.session.get_one(SigningRound, round_id, populate_existing=True, with_for_update=True)
        if fresh.state is RoundState.CLOSING:
            fresh.state = RoundState.CLOSED
            record(None, "signing.closed", fresh, before=RoundState.CLOSING.value, after=RoundState.CLOSED.value)


def _open_slot(paper: IssuedPaper, key: str) -> SigningSlot:
    _locked(paper)
    return get_slot(paper, key)


def _locked(paper: IssuedPaper) -> SigningRound:
    """The open signing of a paper, locked against a second clerk."""
    db.session.execute(sa.select(SigningRound.id).where(SigningRound.paper_id == paper.id).with_for_update())
    signing = get_round(paper)
    if signing.state is not RoundState.OPEN:
        raise WrongState("这份文书的签名已经收完或者作废，不能再办这一步。请刷新后再看。", rule="INV-24")
    return signing


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
