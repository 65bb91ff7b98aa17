"""Putting seals and closing the signed revision.

It is rendered and sealed after the commit; what a crash leaves half-way the worker finishes
(`finish_signed_revisions`).
"""

import logging
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from functools import partial

from app.access.permissions import Actor
from app.audit.actions import record
from app.documents.actions import add_revision, remove_abandoned_prints, render_issued
from app.documents.models import IssuedPaper, RevisionKind
from app.documents.papers.people import COMMITTEE_SEAL
from app.documents.rendering.composing import PaperState
from app.extensions import db
from app.law import clock
from app.signing import sealing
from app.signing.actions.rounds import locked
from app.signing.models import Seal, SigningRound
from app.signing.queries import list_closing, marks_of
from app.signing.rules import RoundState, WrongState, check_transition
from app.web.faults import fault_point
from app.web.transaction import after_commit, transaction

log = logging.getLogger(__name__)
PATIENCE = timedelta(minutes=1)
"""So long the request itself may take to close a revision before the worker steps in."""


def put_seal(
    paper: IssuedPaper, *, name: str, by: Actor, now: datetime, key: str = COMMITTEE_SEAL, refusal_settles: bool = False
) -> Seal:
    """Put a seal on a paper that everybody signed; nothing can be signed or changed afterwards (INV-21, INV-24)."""
    signing = locked(paper)
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
    signing = locked(paper)
    check_transition(signing.state, RoundState.CLOSING)
    sealing.check_can_seal()
    signing.state, signing.closed_at = RoundState.CLOSING, now
    record(by, "signing.close", paper, before=RoundState.OPEN.value, after=RoundState.CLOSING.value)
    fault_point("sign.before_commit")
    after_commit(partial(_make_signed_revision, signing.id))


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
