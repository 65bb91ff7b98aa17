"""A signing day with people on it: the settlement of S01 in small, its agreements made, the first day planned."""

from dataclasses import dataclass
from datetime import time, timedelta

import sqlalchemy as sa

from app.agreements import actions as agreements
from app.collective.models import ModelSettlement
from app.collective.rules import HeirPart
from app.extensions import db
from app.law import clock
from app.people.models import Account
from app.signing_day.actions.arriving import check_in
from app.signing_day.actions.planning import DayPlan, open_day, plan_day
from app.signing_day.models import SigningDay, SigningDesk, SigningTicket
from app.signing_day.queries.planning import list_to_invite
from app.signing_day.queries.tickets import unsigned_keys
from app.web.transaction import transaction
from tests.agreements.helpers import STROKES
from tests.collective.settling import Settling, Wanted, day, frozen_settlement, make_settling, print_all

MORNING = "2025-04-10T09:00+08:00"


@dataclass
class Hall:
    """The settlement and its signing day."""

    world: Settling
    settlement: ModelSettlement
    day_id: int
    clerk_id: int

    @property
    def day(self) -> SigningDay:
        """The day as the database has it now."""
        return db.session.get_one(SigningDay, self.day_id, populate_existing=True)

    @property
    def by(self):
        """The committee's clerk as actor."""
        return db.session.get_one(Account, self.clerk_id).as_actor()

    def tickets(self) -> list[SigningTicket]:
        """The day's tickets in the order of the roster."""
        statement = sa.select(SigningTicket).filter_by(day_id=self.day_id).order_by(SigningTicket.id)
        return list(db.session.scalars(statement.execution_options(populate_existing=True)))

    def desks(self) -> list[SigningDesk]:
        """The day's desks."""
        return list(
            db.session.scalars(sa.select(SigningDesk).filter_by(day_id=self.day_id).order_by(SigningDesk.position))
        )

    def arrive(self, *places: int) -> None:
        """Check in the tickets of these places in this order, one a second."""
        for seconds, place in enumerate(places):
            with transaction():
                now = clock.now() + timedelta(seconds=seconds)
                check_in(self.day, self.tickets()[place].claimant, (), by=self.by, now=now)


def make_hall(fake_now, wanted: Wanted, *, desks: int = 3, opened: bool = True, all_heirs: bool = False) -> Hall:
    """The settlement with its agreements issued, and everybody invited; with `all_heirs` each heir signs himself."""
    fake_now("2025-04-07T10:00+08:00")
    world = make_settling(wanted)
    if all_heirs:
        with transaction():
            for heir in (heir for claimant in world.claimants() for heir in claimant.heirs):
                heir.part = HeirPart.SIGNS if heir.part is HeirPart.AUTHORISES else heir.part
    settlement = frozen_settlement(world)
    print_all(world, settlement)
    clerks = (world.stage.mediator, world.second, world.clerk, None)[:desks]
    with transaction():
        by = world.clerk.as_actor()
        plan = DayPlan(on=day("04-10"), place="第一调解室", begins_at=time(9), per_slot=4, clerks=clerks)
        signing_day = plan_day(world.roster, list_to_invite(world.roster), plan, by=by, now=clock.now())
    hall = Hall(world, settlement, signing_day.id, world.clerk.id)
    if opened:
        fake_now(MORNING)
        with transaction():
            open_day(hall.day, by=hall.by, now=clock.now())
    return hall


def sign_ticket(hall: Hall, ticket: SigningTicket, *, most: int = 9) -> None:
    """The claimant's signature on his agreement, or those of `most` of his heirs, as the tablet takes them."""
    for key in unsigned_keys(ticket)[:most]:
        with transaction():
            agreement = db.session.get_one(SigningTicket, ticket.id, populate_existing=True).link.agreement
            agreements.check_identity(agreement, key, "id_card", by=hall.by, now=clock.now())
            shown = agreement.paper.latest.sha256
            agreements.sign(agreement, key, STROKES, shown_sha256=shown, by=hall.by, now=clock.now())
