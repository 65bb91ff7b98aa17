"""Checking people in as they come, planned or not, and noting what the office gets ready for them."""

from datetime import datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.collective.models import Claimant
from app.collective.rules.roster_entry import pending_reason
from app.errors import RuleViolation
from app.extensions import db
from app.signing_day.actions.planning import new_ticket, set_needs
from app.signing_day.models import SigningDay, SigningTicket
from app.signing_day.queries.planning import find_signable_link
from app.signing_day.queries.tickets import find_ticket, is_signed
from app.signing_day.rules.states import ARTICLE, DayState, Need, TicketState, WrongStep, check_transition

WAY_OUT = "《民法典》第一千一百二十一条、第一千一百二十四条"


def check_in(
    day: SigningDay, claimant: Claimant, needs: tuple[Need, ...], *, by: Actor, now: datetime
) -> SigningTicket:
    """Let a claimant wait, invited or not; refuses who has no agreement, has signed, or whose heirs lack papers.

    What is missing is named, so that the family can fetch it (R-LINK-12, INV-25). Who came before keeps his number.
    """
    if day.state is not DayState.OPEN:
        raise WrongStep("今天的签约还没有开始，或者已经结束。", article=ARTICLE)
    ticket = find_ticket(day, claimant) or _unplanned(day, claimant, now)
    if ticket.state is TicketState.SIGNED or is_signed(ticket):
        raise WrongStep(f"{ticket.number} 号已经签过了，不用再排。", article=ARTICLE)
    if ticket.state in (TicketState.WAITING, TicketState.AT_DESK):
        raise WrongStep(f"{ticket.number} 号已经签到了，正在等候或者已在桌前。", article=ARTICLE)
    reason = pending_reason(
        is_deceased=claimant.is_deceased, has_death_proof=claimant.has_death_proof, heirs=claimant.heirs
    )
    if reason:
        raise RuleViolation(
            f"等材料：{reason}。材料齐了再签到；今天补不齐的改到第二轮。", article=WAY_OUT, rule="INV-25"
        )
    check_transition(ticket.state, TicketState.WAITING)
    before = ticket.state
    ticket.state, ticket.arrived_at, ticket.changed_at = TicketState.WAITING, now, now
    ticket.desk_id = ticket.phase = ticket.moved_to_id = ticket.second_reason = None
    kept = tuple(need for need in ticket.needs if need in (Need.PROXY, Need.HEIR))
    set_needs(ticket, (*needs, *kept))
    record(by, "signing_day.check_in", ticket, before=before.value, after=ticket.state.value)
    return ticket


def _unplanned(day: SigningDay, claimant: Claimant, now: datetime) -> SigningTicket:
    """Whoever comes without an invitation and has an agreement gets a ticket with its number."""
    link = find_signable_link(claimant)
    if link is None:
        reason = pending_reason(
            is_deceased=claimant.is_deceased, has_death_proof=claimant.has_death_proof, heirs=claimant.heirs
        )
        if reason:
            raise RuleViolation(f"等材料：{reason}。材料齐了，生成协议以后再来签。", article=WAY_OUT, rule="INV-25")
        raise RuleViolation("他没有可以签的协议：没同意调解、还没生成，或者已经签完。请看名册。", article=ARTICLE)
    ticket = new_ticket(day, link, None, now=now)
    db.session.add(ticket)
    db.session.flush()
    return ticket
