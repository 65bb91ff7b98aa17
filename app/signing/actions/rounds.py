"""Who is to sign a paper, and how the signing is locked while somebody acts on it."""

from datetime import datetime

import sqlalchemy as sa

from app.access.permissions import Actor
from app.audit.actions import record
from app.documents.models import IssuedPaper
from app.extensions import db
from app.signing.models import SigningRound, SigningSlot
from app.signing.queries import get_round
from app.signing.rules import RoundState, Signer, WrongState, check_transition


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


def cancel_signing(paper: IssuedPaper, *, by: Actor, now: datetime) -> None:
    """End the signing of a paper that became void before it was complete; what was given stays on record."""
    signing = locked(paper)
    check_transition(signing.state, RoundState.CANCELLED)
    signing.state, signing.closed_at = RoundState.CANCELLED, now
    record(by, "signing.cancel", paper, before=RoundState.OPEN.value, after=RoundState.CANCELLED.value)


def locked(paper: IssuedPaper) -> SigningRound:
    """The open signing of a paper, locked against a second clerk; refuses one that is over (INV-24)."""
    db.session.execute(sa.select(SigningRound.id).where(SigningRound.paper_id == paper.id).with_for_update())
    signing = get_round(paper)
    if signing.state is not RoundState.OPEN:
        raise WrongState("这份文书的签名已经收完或者作废，不能再办这一步。请刷新后再看。", rule="INV-24")
    return signing
