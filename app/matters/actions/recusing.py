"""Recusal: declared, requested or asked for by a party, and its decision; a barred person is out everywhere at once."""

from datetime import datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.booking.actions import flag_sessions_off_duty
from app.booking.queries.off_duty import register_unfit_finder
from app.errors import RuleViolation
from app.extensions import db
from app.law import clock
from app.matters.actions.clocks import MatterKey
from app.matters.actions.involving import bar, is_barred, open_blocker, settle_blocker, unbar
from app.matters.models import Capacity, Matter, Party, Recusal
from app.matters.queries.handling import sits_in_hearing
from app.matters.queries.recused import find_sessions_of_barred
from app.matters.rules import RecusalGround, RecusalStatus
from app.matters.rules.recusing import (
    check_decision,
    check_ground,
    check_is_decided_here,
    first_status,
    is_barring,
)
from app.people.models import Account

register_unfit_finder(find_sessions_of_barred)


def declare_recusal(matter: Matter, *, ground: RecusalGround, facts: str, by: Actor, now: datetime) -> Recusal:
    """Step aside oneself; bars at once, nobody decides (R-PET-27)."""
    return _recuse(matter, by.account_id, ground=ground, facts=facts, party=None, by=by, now=now)


def request_recusal(
    matter: Matter,
    account: Account,
    *,
    ground: RecusalGround,
    facts: str,
    party: Party | None = None,
    by: Actor,
    now: datetime,
) -> Recusal:
    """Ask that a person steps aside, for a party or the office; bars until decided (INV-12, R-MED-10, R-HEAR-18)."""
    return _recuse(matter, account.id, ground=ground, facts=facts, party=party, by=by, now=now)


def decide_recusal(
    recusal: Recusal, *, is_granted: bool, decision: str, by: Actor, now: datetime, is_for_seat: bool = False
) -> None:
    """The leader grants it, and the person stays out; or refuses it, and the person is back (R-HEAR-18).

    A seat in a hearing is decided on there (`is_for_seat`), where an alternate takes it; refused otherwise.
    """
    seated = sits_in_hearing(recusal.matter, recusal.account_id)
    check_is_decided_here(recusal.account.name, sits_in_hearing=seated and not is_for_seat)
    check_decision(recusal.status, decider_id=by.account_id, person_id=recusal.account_id)
    if not decision.strip():
        raise RuleViolation("请写明决定的理由。", rule="R-HEAR-18")
    before = recusal.status
    recusal.status = RecusalStatus.GRANTED if is_granted else RecusalStatus.REFUSED
    recusal.decision = decision
    recusal.decided_by = by.account_id
    recusal.decided_at = now
    today = clock.local_date(now)
    if is_granted:
        _end_work(recusal.matter, recusal.account_id, now)
    else:
        unbar(recusal.matter, recusal.account_id, on=today)
        flag_sessions_off_duty(now, by=by, accounts={recusal.account_id})
    settle_blocker(MatterKey(recusal.id, "recusal"), "undecided_recusal", now)
    record(by, "recusal.decide", recusal, before=before.value, after=recusal.status.value)


def _recuse(
    matter: Matter,
    account_id: int,
    *,
    ground: RecusalGround,
    facts: str,
    party: Party | None,
    by: Actor,
    now: datetime,
) -> Recusal:
    is_own = account_id == by.account_id
    if not facts.strip():
        raise RuleViolation("请写明要回避的事实。", rule="R-HEAR-17")
    if is_barred(matter, account_id):
        raise RuleViolation("这个人已经不参与这件事了。", rule="INV-12")
    check_ground(ground, is_mediator=_is_mediator(matter, account_id))
    row = Recusal(
        matter_id=matter.id,
        matter=matter,
        account_id=account_id,
        ground=ground,
        status=first_status(is_own=is_own, ground=ground),
        requested_by=by.account_id,
        party_id=party.id if party else None,
        requested_at=now,
    )
    row.facts = facts
    db.session.add(row)
    db.session.flush()
    if is_barring(row.status):
        bar(matter, account_id, since=clock.local_date(now))
        flag_sessions_off_duty(now, by=by, accounts={account_id})
    if row.status is RecusalStatus.REQUESTED:
        open_blocker(matter, "undecided_recusal", MatterKey(row.id, "recusal"), now=now)
    else:
        _end_work(matter, account_id, now)
    record(by, "recusal.declare" if is_own else "recusal.request", row, after=row.status.value, person=account_id)
    return row


def _end_work(matter: Matter, account_id: int, now: datetime) -> None:
    """The work that led to the recusal ends; the rows stay for conflict checks."""
    for row in matter.involvements:
        if row.account_id == account_id and not row.is_barred and row.ended_on is None:
            row.ended_on = clock.local_date(now)


def _is_mediator(matter: Matter, account_id: int) -> bool:
    return any(
        row.account_id == account_id and row.capacity is Capacity.MEDIATOR and row.ended_on is None
        for row in matter.involvements
    )
