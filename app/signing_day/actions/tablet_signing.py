"""From the identity check to the receipt at a desk's tablet: read, ask, sign, or go on with a new text.

The tablet names the ticket it shows; an act for any other than the one that sits at its desk is refused.
"""

from datetime import datetime

from app.access.permissions import Actor
from app.agreements.actions import issuing
from app.audit.actions import record
from app.errors import NotFound
from app.extensions import db
from app.people.models import Account
from app.signing.models import SigningSlot
from app.signing_day.actions.calling import send_back, set_phase
from app.signing_day.models import SigningDesk, SigningTicket
from app.signing_day.queries.tablet import (
    claimant_slots,
    digest_of_paper,
    find_new_link,
    is_text_current,
    next_slot,
    sections_for,
)
from app.signing_day.queries.tickets import find_at_desk, lock_ticket
from app.signing_day.rules.states import ARTICLE, Phase, TicketState, WrongStep
from app.signing_day.rules.tablet import Ask, check_has_read, check_may_read, check_may_sign

NEW_TEXT = "这份协议刚刚换了文本，原来这一版不能签了。接下来给您看新的一版，请重新看一遍。"


def compare_identity(ticket: SigningTicket, document: str, *, by: Actor, now: datetime) -> None:
    """Record the document the clerk compared, and let the tablet show the agreement (INV-25).

    It is the newest one: the text may have been replaced while he waited. Refuses who has no authority on file, and an
    agreement that cannot be signed now.
    """
    ticket = lock_ticket(ticket)
    if ticket.state is not TicketState.AT_DESK:
        raise WrongStep(f"{ticket.number} 号现在不在桌前。请刷新后再看。", article=ARTICLE)
    link = find_new_link(ticket)
    if link is not None:
        ticket.link = link
        db.session.flush()
    agreement = ticket.link.agreement
    slot = next_slot(claimant_slots(agreement))
    if slot is None or not digest_of_paper(agreement.paper):
        raise WrongStep("这份协议现在签不了：文书作废了或者还在生成。请稍后刷新，或者请他先等候。", article=ARTICLE)
    issuing.check_identity(agreement, slot.key, document, by=by, now=now)
    _begin_reading(ticket, by=by, now=now)


def open_page(
    desk: SigningDesk, ticket_id: str, page: int, *, is_large: bool, is_aloud: bool, now: datetime
) -> SigningTicket:
    """Note which section is on the screen; refuses to leave one out (WrongStep) and a text that was replaced."""
    ticket = _own_ticket(desk, ticket_id)
    _check_phase(ticket, Phase.READING)
    _check_text(ticket)
    check_may_read(page, ticket.reading_page, ticket.reading_pages)
    ticket.reading_page = page
    ticket.is_large_type, ticket.is_read_aloud = is_large, ticket.is_read_aloud or is_aloud
    return ticket


def go_to_pad(desk: SigningDesk, ticket_id: str, *, now: datetime) -> None:
    """The person has read everything and wants to sign; the reading time ends here."""
    ticket = _own_ticket(desk, ticket_id)
    if ticket.phase is Phase.SIGNING:
        return
    _check_phase(ticket, Phase.READING)
    _check_text(ticket)
    check_has_read(ticket.reading_page, ticket.reading_pages)
    ticket.asked = None
    set_phase(ticket, Phase.SIGNING, by=None, now=now)


def ask_clerk(desk: SigningDesk, ticket_id: str, ask: Ask, *, now: datetime) -> None:
    """Call the clerk: a question, paper instead of the pad, or not today."""
    ticket = _own_ticket(desk, ticket_id)
    ticket.asked = ask
    record(None, "signing_day.ask", ticket, ask=ask.value, desk=desk.position)


def answer_ask(ticket: SigningTicket, *, by: Actor, now: datetime) -> None:
    """The clerk was there; the tablet shows its page as before."""
    ticket = lock_ticket(ticket)
    if ticket.asked is not None:
        record(by, "signing_day.answer", ticket, ask=ticket.asked.value)
        ticket.asked = None


def sign_on_tablet(desk: SigningDesk, ticket_id: str, strokes: str, *, shown_sha256: str, now: datetime) -> None:
    """Keep the signature given at this desk; sent twice it is one.

    It is taken by the clerk who compared the document. Refuses another desk's or an earlier ticket (WrongStep), other
    bytes than those shown (StaleVersion), a poor drawing. The next heir's identity is checked next, else the receipt.
    """
    ticket = _own_ticket(desk, ticket_id)
    agreement = ticket.link.agreement
    slot = next_slot(claimant_slots(agreement))
    if slot is not None and slot.is_signed:
        _go_to_receipt(ticket, by=None, now=now)
        return
    check_may_sign(ticket.state, ticket.phase)
    _check_text(ticket)
    if slot is None:
        raise NotFound("这份协议上没有申请人的签名位置。")
    signature = issuing.sign(agreement, slot.key, strokes, shown_sha256=shown_sha256, by=_taker(slot), now=now)
    record(None, "signing_day.sign", ticket, desk=desk.position, slot=slot.key, signature=signature.id)
    if next_slot(claimant_slots(agreement)) is slot:
        _go_to_receipt(ticket, by=None, now=now)
        return
    ticket.reading_page, ticket.shown_sha256 = 0, ""
    set_phase(ticket, Phase.IDENTITY, by=None, now=now)


def go_to_receipt(ticket: SigningTicket, *, by: Actor, now: datetime) -> None:
    """The agreement was signed on paper meanwhile: the receipt is next; refuses while a signature is missing."""
    ticket = lock_ticket(ticket)
    slots = claimant_slots(ticket.link.agreement)
    if not slots or not all(slot.is_signed for slot in slots):
        raise WrongStep("协议上还没有签名。先签名，再给回执。", article=ARTICLE)
    _go_to_receipt(ticket, by=by, now=now)


def take_new_text(ticket: SigningTicket, *, by: Actor | None, now: datetime) -> bool:
    """Go on with the text that took the place of the one shown; False when there is none yet and he waits again.

    Who was compared with his document at this desk need not show it again, if the same person signs.
    """
    ticket = lock_ticket(ticket)
    if ticket.state is not TicketState.AT_DESK or ticket.phase in (None, Phase.RECEIPT) or is_text_current(ticket):
        return True
    before = next_slot(claimant_slots(ticket.link.agreement))
    link = find_new_link(ticket)
    record(by, "signing_day.new_text", ticket, is_there=link is not None)
    if link is None:
        send_back(ticket, by=by, now=now)
        return False
    ticket.link = link
    db.session.flush()
    slot = next_slot(claimant_slots(link.agreement))
    if before is None or slot is None or slot.name != before.name or before.identity_checked_at is None:
        ticket.reading_page, ticket.shown_sha256 = 0, ""
        set_phase(ticket, Phase.IDENTITY, by=by, now=now)
        return True
    issuing.check_identity(link.agreement, slot.key, before.identity_document, by=_taker(before), now=now)
    _begin_reading(ticket, by=by, now=now)
    return True


def _begin_reading(ticket: SigningTicket, *, by: Actor | None, now: datetime) -> None:
    agreement = ticket.link.agreement
    ticket.shown_sha256 = digest_of_paper(agreement.paper)
    ticket.reading_page, ticket.reading_pages = 1, len(sections_for(agreement))
    ticket.read_started_at, ticket.read_ended_at, ticket.asked = now, None, None
    db.session.flush()
    set_phase(ticket, Phase.READING, by=by, now=now)


def _go_to_receipt(ticket: SigningTicket, *, by: Actor | None, now: datetime) -> None:
    order = list(Phase)
    reached = order.index(ticket.phase or Phase.IDENTITY)
    for phase in order[reached + 1 :]:
        set_phase(ticket, phase, by=by, now=now)
    ticket.asked = None


def _own_ticket(desk: SigningDesk, ticket_id: str) -> SigningTicket:
    found = find_at_desk(desk.id)
    if found is not None and found.public_id == ticket_id:
        ticket = lock_ticket(found)
        if ticket.state is TicketState.AT_DESK and ticket.desk_id == desk.id:
            return ticket
    raise WrongStep(
        "这一页是前一位的，已经办完或者换了人，不能再签。请看屏幕上现在的这一页，或者问工作人员。", article=ARTICLE
    )


def _check_phase(ticket: SigningTicket, phase: Phase) -> None:
    if ticket.phase is not phase:
        raise WrongStep("这一步已经过去了。请看屏幕上现在的这一页。", article=ARTICLE)


def _check_text(ticket: SigningTicket) -> None:
    if not is_text_current(ticket):
        raise WrongStep(NEW_TEXT, article=ARTICLE)


def _taker(slot: SigningSlot) -> Actor:
    """The clerk who compared this signer's document."""
    return db.session.get_one(Account, slot.identity_checked_by).as_actor()
