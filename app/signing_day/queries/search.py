"""Finding somebody at the entrance: by number, whole name or ID number (keyed digest), or the last four digits."""

import re

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, selectinload

from app.collective.models import Claimant, Roster
from app.collective.queries.roster import RosterFilter, list_claimants
from app.collective.rules import ClaimantStatus
from app.extensions import db
from app.matters.models import Party
from app.signing_day.models import SigningDay, SigningTicket

NUMBER = re.compile(r"(?:\d+-)?\d{1,3}")
TAIL = re.compile(r"\d{3}[\dXx]")
MOST = 20


def find_people(day: SigningDay, text: str) -> list[Claimant]:
    """Who of the roster is meant, at most twenty: a number first, then name or ID number, then the last digits."""
    text = text.strip()
    if not text:
        return []
    if NUMBER.fullmatch(text):
        return _by_number(day, text)
    found = list_claimants(day.roster, RosterFilter(text=text), limit=MOST)[:MOST]
    return found or (_by_tail(day.roster, text.upper()) if TAIL.fullmatch(text) else [])


def tickets_of(day: SigningDay, claimants: list[Claimant]) -> dict[int, SigningTicket]:
    """The tickets these claimants have on this day."""
    ids = [claimant.id for claimant in claimants]
    statement = sa.select(SigningTicket).where(SigningTicket.day_id == day.id, SigningTicket.claimant_id.in_(ids))
    return {ticket.claimant_id: ticket for ticket in db.session.scalars(statement)}


def _by_number(day: SigningDay, text: str) -> list[Claimant]:
    """The ticket 12-207, or 207 alone, of any of the roster's days."""
    wanted = SigningTicket.number == text if "-" in text else SigningTicket.number.endswith(f"-{text.zfill(3)}")
    ids = (
        sa.select(SigningTicket.claimant_id)
        .join(SigningDay, SigningDay.id == SigningTicket.day_id)
        .where(SigningDay.roster_id == day.roster_id, wanted)
    )
    return list(db.session.scalars(_people(day.roster).where(Claimant.id.in_(ids)).limit(MOST)))


def _by_tail(roster: Roster, tail: str) -> list[Claimant]:
    """Whose ID number or telephone ends so; the values lie sealed, so that every line is opened for this."""
    return [
        claimant
        for claimant in db.session.scalars(_people(roster))
        if claimant.party.id_number.endswith(tail) or claimant.party.phone.endswith(tail)
    ][:MOST]


def _people(roster: Roster) -> "sa.Select[Claimant]":
    return (
        sa.select(Claimant)
        .join(Claimant.party)
        .where(Claimant.roster_id == roster.id, Claimant.status != ClaimantStatus.REMOVED)
        .options(contains_eager(Claimant.party).selectinload(Party.proxies), selectinload(Claimant.heirs))
        .order_by(Claimant.position)
    )
