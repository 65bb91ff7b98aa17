"""Moving people to the second round: on which day, and why."""

from collections.abc import Sequence
from datetime import date, datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.errors import RuleViolation
from app.extensions import db
from app.signing_day.actions.planning import new_ticket, open_or_find_day
from app.signing_day.models import SigningDay, SigningTicket
from app.signing_day.queries.tickets import find_ticket, is_signed, lock_ticket
from app.signing_day.rules.states import (
    ARTICLE,
    SecondRoundReason,
    TicketState,
    WrongStep,
    check_transition,
)


def move_to_second_round(
    day: SigningDay,
    tickets: Sequence[SigningTicket],
    *,
    on: date,
    reason: SecondRoundReason,
    note: str = "",
    by: Actor,
    now: datetime,
) -> SigningDay:
    """Invite these people again on a later day, which is planned if it is not yet; gives that day.

    Refuses who has signed, who sits at a desk, and a day that is not later than this one.
    """
    if on <= day.on:
        raise RuleViolation("第二轮要排在这一天以后。请改日期。", article=ARTICLE)
    if not tickets:
        raise RuleViolation("请选要改到第二轮的人。", article=ARTICLE)
    later = open_or_find_day(day.roster, on, day.place, day.round + 1, by=by, now=now)
    for each in tickets:
        ticket = lock_ticket(each)
        if ticket.state is TicketState.AT_DESK:
            raise WrongStep(f"{ticket.number} 号正在桌前。先请他离开桌子，再改到第二轮。", article=ARTICLE)
        if is_signed(ticket):
            raise WrongStep(f"{ticket.number} 号已经签过了，不用改期。", article=ARTICLE)
        _move(ticket, later, reason, note, by=by, now=now)
    return later


def _move(
    ticket: SigningTicket, later: SigningDay, reason: SecondRoundReason, note: str, *, by: Actor, now: datetime
) -> None:
    check_transition(ticket.state, TicketState.SECOND_ROUND)
    before = ticket.state
    ticket.state, ticket.changed_at = TicketState.SECOND_ROUND, now
    ticket.second_reason, ticket.note, ticket.moved_to_id = reason, note, later.id
    again = find_ticket(later, ticket.claimant)
    if again is None:
        again = new_ticket(later, ticket.link, None, now=now)
        db.session.add(again)
    again.needs_words, again.needs_help, again.second_reason = ticket.needs_words, ticket.needs_help, reason
    db.session.flush()
    record(by, "signing_day.second_round", ticket, before=before.value, after=ticket.state.value, reason=reason.value)
