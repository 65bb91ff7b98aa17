"""Planning a signing day: who is invited when, which desks there are; beginning and ending it."""

from dataclasses import dataclass
from datetime import date, datetime, time

from app.access.permissions import Actor
from app.audit.actions import record
from app.collective.models import Roster, SettlementAgreement
from app.collective.queries.settlement import PAYEE
from app.errors import RuleViolation
from app.extensions import db
from app.law import clock
from app.people.models import Account
from app.signing_day.actions.calling import note_signed_elsewhere
from app.signing_day.models import SigningDay, SigningDesk, SigningTicket
from app.signing_day.queries.planning import find_day, next_position
from app.signing_day.queries.tickets import list_day_tickets
from app.signing_day.rules.plan import slots, ticket_number
from app.signing_day.rules.states import ARTICLE, DayState, Need, TicketState, WrongStep, check_transition

DESK_NAMES = ("一号桌", "二号桌", "三号桌", "四号桌", "五号桌", "六号桌", "七号桌", "八号桌")
TABLETS = "ABCDEFGH"


@dataclass(frozen=True)
class DayPlan:
    """What one signing day is to be: when, where, how many every half hour, who sits at the desks."""

    on: date
    place: str
    begins_at: time
    per_slot: int
    clerks: tuple[Account | None, ...]
    round: int = 1


def plan_day(
    roster: Roster, links: list[SettlementAgreement], plan: DayPlan, *, by: Actor, now: datetime
) -> SigningDay:
    """Plan a day for these agreements in roster order, each with its time; refuses a past or a taken day."""
    if plan.on < clock.local_date(now):
        raise RuleViolation("签约日不能是过去的日子。请改日期。", article=ARTICLE)
    if not links:
        raise RuleViolation("没有可以请来签约的人。要先生成协议；已经排了号的不再排。", article=ARTICLE)
    times = slots(len(links), begins_at=plan.begins_at, per_slot=plan.per_slot)
    day = open_or_find_day(roster, plan.on, plan.place, plan.round, by=by, now=now)
    for link, at in zip(links, times, strict=True):
        db.session.add(new_ticket(day, link, clock.from_local(plan.on, at), now=now))
    for clerk in plan.clerks:
        add_desk(day, clerk, by=by)
    db.session.flush()
    record(by, "signing_day.plan", day, count=len(links), on=plan.on.isoformat(), round=day.round)
    return day


def open_or_find_day(
    roster: Roster, on: date, place: str, round_number: int, *, by: Actor, now: datetime
) -> SigningDay:
    """The roster's day on this date, made if there is none; refuses one that is over."""
    day = find_day(roster, on)
    if day is None:
        day = SigningDay(
            roster=roster, on=on, place=place, round=round_number, created_by=by.account_id, created_at=now
        )
        db.session.add(day)
        db.session.flush()
    if day.state is DayState.CLOSED:
        raise WrongStep("这一天的签约已经结束。请选别的日子。", article=ARTICLE)
    return day


def new_ticket(
    day: SigningDay, link: SettlementAgreement, invited_at: datetime | None, *, now: datetime
) -> SigningTicket:
    """A ticket with the number of the agreement; who signs through a proxy or an heir is marked."""
    number = ticket_number(link.agreement.number, link.claimant.position)
    ticket = SigningTicket(
        day=day, claimant_id=link.claimant_id, link=link, number=number, invited_at=invited_at, changed_at=now
    )
    needs = [Need.PROXY] if any(row.key == PAYEE and row.proxy_id for row in link.agreement.parties) else []
    set_needs(ticket, (Need.HEIR,) if link.claimant.is_deceased else tuple(needs))
    return ticket


def set_needs(ticket: SigningTicket, needs: tuple[Need, ...]) -> None:
    """Keep what the office gets ready for this signer."""
    ticket.needs_words = ",".join(need.value for need in dict.fromkeys(needs))
    ticket.needs_help = any(need not in (Need.PROXY, Need.HEIR) for need in needs)


def add_desk(day: SigningDay, account: Account | None, *, by: Actor) -> SigningDesk:
    """Set up one more desk; refuses more than eight."""
    position = next_position(day)
    if position > len(DESK_NAMES):
        raise RuleViolation(f"一天最多摆 {len(DESK_NAMES)} 张桌子。", article=ARTICLE)
    desk = SigningDesk(
        day=day,
        position=position,
        name=DESK_NAMES[position - 1],
        tablet_name=f"平板 {TABLETS[position - 1]}",
        account_id=account.id if account else None,
    )
    db.session.add(desk)
    db.session.flush()
    record(by, "signing_day.add_desk", desk)
    return desk


def open_day(day: SigningDay, *, by: Actor, now: datetime) -> None:
    """Begin to call numbers, or go on after the day was ended too early; only on its own day (WrongStep)."""
    if day.state is DayState.OPEN:
        raise WrongStep("签约已经开始了。请刷新后再看。", article=ARTICLE)
    if day.on != clock.local_date(now):
        raise WrongStep("还没到这一天，或者这一天过去了，不能开始。没签的人请排到别的日子。", article=ARTICLE)
    _move(day, DayState.OPEN, "signing_day.open", by=by)


def close_day(day: SigningDay, *, by: Actor, now: datetime) -> int:
    """End the day: whoever did not come is noted as such; refuses while somebody sits at a desk. Gives how many."""
    if day.state is not DayState.OPEN:
        raise WrongStep("签约没有在进行。请刷新后再看。", article=ARTICLE)
    if list_day_tickets(day, (TicketState.AT_DESK,)):
        raise WrongStep("还有人在桌前。办完再结束。", article=ARTICLE)
    note_signed_elsewhere(day, by=by, now=now)
    absent = list_day_tickets(day, (TicketState.INVITED, TicketState.WAITING))
    for ticket in absent:
        if ticket.state is TicketState.WAITING:
            raise WrongStep(f"{ticket.number} 号还在等候。请叫号，或者改到第二轮，再结束。", article=ARTICLE)
    for ticket in absent:
        check_transition(ticket.state, TicketState.NO_SHOW)
        ticket.state, ticket.changed_at = TicketState.NO_SHOW, now
    _move(day, DayState.CLOSED, "signing_day.close", by=by, absent=len(absent))
    return len(absent)


def _move(day: SigningDay, state: DayState, act: str, *, by: Actor, absent: int = 0) -> None:
    before = day.state
    day.state = state
    record(by, act, day, before=before.value, after=state.value, absent=absent)
