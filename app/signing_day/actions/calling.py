"""Calling a number to a desk, going on there step by step, and ending with a signature or without one."""

from datetime import datetime

from app.access.permissions import Actor
from app.agreements.actions import issuing
from app.audit.actions import record
from app.errors import Clash, NotFound
from app.extensions import db
from app.signing_day.models import SigningDay, SigningDesk, SigningTicket
from app.signing_day.queries.tickets import (
    find_at_desk,
    find_next,
    is_signed,
    list_signed_elsewhere,
    lock_ticket,
    unsigned_keys,
)
from app.signing_day.rules.states import (
    ARTICLE,
    DayState,
    Phase,
    TicketState,
    WrongStep,
    check_next_phase,
    check_transition,
)


def call_next(desk: SigningDesk, *, by: Actor | None, now: datetime) -> SigningTicket:
    """Call whoever waits longest to this desk; refuses a busy desk (Clash) and an empty hall (NotFound)."""
    _check_free(desk)
    note_signed_elsewhere(desk.day, by=by, now=now)
    ticket = find_next(desk.day_id)
    if ticket is None:
        raise NotFound("现在没有人在等候。来人签到以后再叫号。")
    return _seat(desk, ticket, by=by, now=now)


def call_ticket(desk: SigningDesk, ticket: SigningTicket, *, by: Actor | None, now: datetime) -> SigningTicket:
    """Call this number to this desk; who comes second is told which desk has it (Clash)."""
    ticket = lock_ticket(ticket)
    if ticket.day_id != desk.day_id:
        raise NotFound("今天没有这个号。")
    if ticket.state is TicketState.AT_DESK and ticket.desk is not None:
        if ticket.desk_id == desk.id:
            return ticket
        raise Clash(f"{ticket.number} 号已经由{ticket.desk.name}叫走了。请叫下一个号。")
    if is_signed(ticket):
        raise Clash(f"{ticket.number} 号已经在纸上签过了，不用再叫。请叫下一个号。")
    _check_free(desk)
    return _seat(desk, ticket, by=by, now=now)


def note_signed_elsewhere(day: SigningDay, *, by: Actor | None, now: datetime) -> None:
    """Take off the list who was expected or waits, and whose agreement was signed on paper meanwhile."""
    for ticket in list_signed_elsewhere(day.id):
        _leave(ticket, TicketState.SIGNED, "signing_day.signed_on_paper", by=by, now=now)


def set_phase(
    ticket: SigningTicket,
    phase: Phase,
    *,
    by: Actor | None,
    now: datetime,
) -> None:
    """Go on to the next step at the desk, or back to an earlier one; refuses to skip one (WrongStep)."""
    ticket = lock_ticket(ticket)
    _check_at_desk(ticket)
    check_next_phase(ticket.phase, phase)
    before = ticket.phase
    if before is phase:
        return
    if phase is Phase.READING and ticket.read_started_at is None:
        ticket.read_started_at = now
    if before is Phase.READING and phase is Phase.SIGNING:
        ticket.read_ended_at = now
    ticket.phase, ticket.changed_at = phase, now
    record(by, "signing_day.phase", ticket, before=before.value if before else "", after=phase.value)


def finish_ticket(ticket: SigningTicket, *, by: Actor | None, now: datetime) -> None:
    """The claimant has signed and has his receipt: the desk is free; refuses before the signature is there."""
    ticket = lock_ticket(ticket)
    _check_at_desk(ticket)
    if not is_signed(ticket):
        raise WrongStep(f"{ticket.number} 号的协议上还没有签名，不能结束。请先签名，或者记“不签”。", article=ARTICLE)
    _leave(ticket, TicketState.SIGNED, "signing_day.finish", by=by, now=now)


def send_back(ticket: SigningTicket, *, by: Actor | None, now: datetime) -> None:
    """The claimant leaves the desk without an answer and waits again, with the same number."""
    ticket = lock_ticket(ticket)
    _check_at_desk(ticket)
    _leave(ticket, TicketState.WAITING, "signing_day.send_back", by=by, now=now)
    ticket.phase, ticket.desk_id, ticket.finished_at = None, None, None


def refuse_at_desk(ticket: SigningTicket, reason: str, *, by: Actor, now: datetime) -> None:
    """Record on the agreement that the claimant, or the next of his heirs, does not sign, in his words (INV-21)."""
    ticket = lock_ticket(ticket)
    _check_at_desk(ticket)
    waiting = unsigned_keys(ticket)
    if not waiting:
        raise WrongStep(f"{ticket.number} 号已经签了，不能再记“不签”。", article=ARTICLE)
    issuing.refuse_to_sign(ticket.link.agreement, waiting[0], reason, by=by, now=now)
    _leave(ticket, TicketState.REFUSED, "signing_day.refuse", by=by, now=now)


def _seat(desk: SigningDesk, ticket: SigningTicket, *, by: Actor | None, now: datetime) -> SigningTicket:
    if desk.day.state is not DayState.OPEN:
        raise WrongStep("今天的签约还没有开始，或者已经结束。请先开始签约。", article=ARTICLE)
    check_transition(ticket.state, TicketState.AT_DESK)
    before = ticket.state
    ticket.state, ticket.desk_id, ticket.phase = TicketState.AT_DESK, desk.id, Phase.IDENTITY
    ticket.called_at = ticket.changed_at = now
    ticket.read_started_at = ticket.read_ended_at = None
    ticket.reading_page, ticket.shown_sha256, ticket.asked = 0, "", None
    db.session.flush()
    db.session.expire(ticket, ["desk"])
    db.session.expire(desk, ["current_ticket"])
    record(by, "signing_day.call", ticket, before=before.value, after=ticket.state.value, desk=desk.position)
    return ticket


def _leave(ticket: SigningTicket, target: TicketState, act: str, *, by: Actor | None, now: datetime) -> None:
    check_transition(ticket.state, target)
    before = ticket.state
    ticket.state, ticket.changed_at, ticket.finished_at = target, now, now
    record(by, act, ticket, before=before.value, after=target.value)


def _check_free(desk: SigningDesk) -> None:
    busy = find_at_desk(desk.id)
    if busy is not None:
        raise Clash(f"{desk.name}正在办 {busy.number} 号。办完或者请他先等候，再叫下一个号。")


def _check_at_desk(ticket: SigningTicket) -> None:
    if ticket.state is not TicketState.AT_DESK:
        raise WrongStep(f"{ticket.number} 号现在不在桌前。请刷新后再看。", article=ARTICLE)
