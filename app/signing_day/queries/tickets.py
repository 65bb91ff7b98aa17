"""Reading days, desks and tickets: one of them, who is next, who sits where, whether he has signed."""

from collections.abc import Sequence
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.interfaces import ORMOption

from app.agreements.models import Agreement
from app.collective.models import Claimant, Roster, SettlementAgreement
from app.collective.queries.settlement import PAYEE
from app.errors import NotFound
from app.extensions import db
from app.matters.models import Matter
from app.signing.models import Signature, SigningRound, SigningSlot
from app.signing.rules import Manner
from app.signing_day.models import SigningDay, SigningDesk, SigningTicket
from app.signing_day.rules.states import TicketState

Row = TypeVar("Row")


def get_day(public_id: str) -> SigningDay:
    """The signing day with this public id; NotFound otherwise."""
    matter = joinedload(SigningDay.roster).joinedload(Roster.matter)
    statement = (
        sa.select(SigningDay)
        .filter_by(public_id=public_id)
        .options(
            matter.joinedload(Matter.involvements),
            matter.joinedload(Matter.units),
            matter.joinedload(Matter.organisation),
            matter.joinedload(Matter.visit),
        )
    )
    # One statement: the board asks every few seconds, and a matter has a handful of people and units.
    return _found(db.session.scalars(statement).unique().one_or_none(), "没有这个签约日，或者它不归您看。")


def get_desk(public_id: str) -> SigningDesk:
    """The desk with this public id; NotFound otherwise."""
    statement = sa.select(SigningDesk).filter_by(public_id=public_id).options(joinedload(SigningDesk.day))
    return _found(db.session.scalar(statement), "没有这张桌子，或者它不归您看。")


def get_ticket(public_id: str) -> SigningTicket:
    """The ticket with this public id; NotFound otherwise."""
    statement = sa.select(SigningTicket).filter_by(public_id=public_id).options(*_whole())
    return _found(db.session.scalar(statement), "没有这个号，或者它不归您看。")


def find_at_desk(desk_id: int) -> SigningTicket | None:
    """Who sits at this desk now."""
    statement = sa.select(SigningTicket).where(
        SigningTicket.desk_id == desk_id, SigningTicket.state == TicketState.AT_DESK
    )
    return db.session.scalar(statement.options(*_whole()))


def find_next(day_id: int) -> SigningTicket | None:
    """Who waits longest."""
    statement = (
        sa.select(SigningTicket)
        .where(SigningTicket.day_id == day_id, SigningTicket.state == TicketState.WAITING)
        .order_by(SigningTicket.arrived_at, SigningTicket.id)
        .limit(1)
    )
    return db.session.scalar(statement.options(*_whole()))


def find_ticket(day: SigningDay, claimant: Claimant) -> SigningTicket | None:
    """The claimant's ticket of this day."""
    statement = sa.select(SigningTicket).filter_by(day_id=day.id, claimant_id=claimant.id)
    return db.session.scalar(statement.options(*_whole()))


def list_day_tickets(day: SigningDay, states: Sequence[TicketState]) -> list[SigningTicket]:
    """The day's tickets in these states, in the order of their numbers on the roster."""
    statement = (
        sa.select(SigningTicket)
        .join(SigningTicket.claimant)
        .where(SigningTicket.day_id == day.id, SigningTicket.state.in_(states))
        .options(*_whole())
        .order_by(Claimant.position)
    )
    return list(db.session.scalars(statement))


def list_signed_elsewhere(day_id: int) -> list[SigningTicket]:
    """Who is still expected or waits, although every place of his on his agreement was signed on paper meanwhile."""
    places = (
        sa.select(SigningSlot.id)
        .join(SigningSlot.round)
        .join(Agreement, Agreement.paper_id == SigningRound.paper_id)
        .join(SettlementAgreement, SettlementAgreement.agreement_id == Agreement.id)
        .where(SettlementAgreement.id == SigningTicket.settlement_agreement_id, is_claimants_place())
        .correlate(SigningTicket)
    )
    signed = sa.exists().where(Signature.slot_id == SigningSlot.id, Signature.manner != Manner.REFUSED)
    statement = sa.select(SigningTicket).where(
        SigningTicket.day_id == day_id,
        SigningTicket.state.in_((TicketState.INVITED, TicketState.WAITING)),
        places.exists(),
        ~places.where(~signed).exists(),
    )
    return list(db.session.scalars(statement.order_by(SigningTicket.id)))


def lock_ticket(ticket: SigningTicket) -> SigningTicket:
    """The same ticket as it stands now, kept from other writers until this act is over."""
    statement = sa.select(SigningTicket).filter_by(id=ticket.id).with_for_update(of=SigningTicket)
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()


def is_claimants_place() -> sa.ColumnElement[bool]:
    """The claimant's place to sign on an agreement, or one for each of several heirs who sign in person (R-LINK-12)."""
    return sa.or_(SigningSlot.key == PAYEE, SigningSlot.key.startswith(f"{PAYEE}-"))


def unsigned_keys(ticket: SigningTicket) -> list[str]:
    """The claimant's places on his agreement that hold no signature, in their order."""
    return [key for key, manner in _places_of(ticket) if manner in (None, Manner.REFUSED)]


def is_signed(ticket: SigningTicket) -> bool:
    """True if every place of the claimant on his agreement holds a signature."""
    places = _places_of(ticket)
    return bool(places) and all(manner not in (None, Manner.REFUSED) for _, manner in places)


def _places_of(ticket: SigningTicket) -> list[tuple[str, Manner | None]]:
    statement = (
        sa.select(SigningSlot.key, Signature.manner)
        .select_from(SigningSlot)
        .join(SigningSlot.round)
        .join(Agreement, Agreement.paper_id == SigningRound.paper_id)
        .join(SettlementAgreement, SettlementAgreement.agreement_id == Agreement.id)
        .outerjoin(Signature, Signature.slot_id == SigningSlot.id)
        .where(SettlementAgreement.id == ticket.settlement_agreement_id, is_claimants_place())
        .order_by(SigningSlot.position)
    )
    return [(key, manner) for key, manner in db.session.execute(statement)]


def _whole() -> list[ORMOption]:
    return [
        joinedload(SigningTicket.claimant).joinedload(Claimant.party),
        joinedload(SigningTicket.link).joinedload(SettlementAgreement.agreement).selectinload(Agreement.parties),
        joinedload(SigningTicket.desk),
    ]


def _found(row: Row | None, message: str) -> Row:
    if row is None:
        raise NotFound(message)
    return row
