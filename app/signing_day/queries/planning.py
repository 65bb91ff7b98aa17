"""Reading what a signing day is planned from: days, rosters with agreements, who can be invited, who can sit there."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.agreements.models import Agreement
from app.agreements.rules.states import SIGNABLE
from app.collective.models import Claimant, Roster, SettlementAgreement
from app.extensions import db
from app.matters.models import Matter
from app.signing.models import Signature, SigningRound, SigningSlot
from app.signing.rules import Manner
from app.signing_day.models import SigningDay, SigningDesk, SigningTicket
from app.signing_day.queries.tickets import is_claimants_place
from app.signing_day.rules.standing import OPEN


def list_days(roster: Roster) -> list[SigningDay]:
    """The signing days of a roster, the earliest first."""
    return list(db.session.scalars(sa.select(SigningDay).filter_by(roster_id=roster.id).order_by(SigningDay.on)))


def list_all_days(limit: int = 200) -> list[SigningDay]:
    """Every signing day, the newest first, with what decides who may see it."""
    matter = joinedload(SigningDay.roster).joinedload(Roster.matter)
    statement = (
        sa.select(SigningDay)
        .options(matter.selectinload(Matter.involvements), matter.selectinload(Matter.units))
        .order_by(SigningDay.on.desc(), SigningDay.id)
        .limit(limit)
    )
    return list(db.session.scalars(statement))


def list_rosters_with_agreements() -> list[Roster]:
    """The rosters for which agreements were made, with what decides who may see them."""
    made = (
        sa.select(SettlementAgreement.id)
        .join(SettlementAgreement.claimant)
        .where(Claimant.roster_id == Roster.id)
        .exists()
    )
    matter = joinedload(Roster.matter)
    statement = (
        sa.select(Roster)
        .where(made)
        .options(matter.selectinload(Matter.involvements), matter.selectinload(Matter.units))
        .order_by(Roster.id.desc())
    )
    return list(db.session.scalars(statement))


def find_day(roster: Roster, on: date) -> SigningDay | None:
    """The roster's signing day on this date."""
    return db.session.scalar(sa.select(SigningDay).filter_by(roster_id=roster.id, on=on))


def next_position(day: SigningDay) -> int:
    """The place of the next desk."""
    return (db.session.scalar(sa.select(sa.func.max(SigningDesk.position)).filter_by(day_id=day.id)) or 0) + 1


def list_to_invite(
    roster: Roster, *, street: str | None = None, first: int | None = None, last: int | None = None
) -> list[SettlementAgreement]:
    """The agreements that wait for the claimant's signature and whose claimant has no open ticket, in roster order."""
    has_ticket = (
        sa.select(SigningTicket.id)
        .where(SigningTicket.claimant_id == SettlementAgreement.claimant_id, SigningTicket.state.in_(OPEN))
        .exists()
    )
    statement = (
        _signable()
        .where(Claimant.roster_id == roster.id, ~has_ticket)
        .options(
            contains_eager(SettlementAgreement.claimant),
            contains_eager(SettlementAgreement.agreement).selectinload(Agreement.parties),
        )
        .order_by(Claimant.position)
    )
    if street is not None:
        statement = statement.where(Claimant.street == street)
    if first is not None:
        statement = statement.where(Claimant.position >= first)
    if last is not None:
        statement = statement.where(Claimant.position <= last)
    return list(db.session.scalars(statement))


def find_signable_link(claimant: Claimant) -> SettlementAgreement | None:
    """The claimant's agreement that waits for his signature."""
    statement = (
        _signable()
        .where(SettlementAgreement.claimant_id == claimant.id)
        .options(selectinload(SettlementAgreement.agreement).selectinload(Agreement.parties))
    )
    return db.session.scalar(statement.order_by(SettlementAgreement.id.desc()).limit(1))


def _signable() -> "sa.Select[SettlementAgreement]":
    """Agreements that are issued and on which a place of the claimant holds nothing, or a refusal he may take back."""
    signed = sa.select(Signature.slot_id).where(Signature.manner != Manner.REFUSED)
    waiting = (
        sa.select(SigningSlot.id)
        .join(SigningSlot.round)
        .where(SigningRound.paper_id == Agreement.paper_id, is_claimants_place(), SigningSlot.id.not_in(signed))
        .exists()
    )
    return (
        sa.select(SettlementAgreement)
        .join(SettlementAgreement.agreement)
        .join(SettlementAgreement.claimant)
        .where(Agreement.status.in_(SIGNABLE), waiting)
    )
