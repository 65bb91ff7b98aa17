"""A signing day in the hall, this very morning: some have signed, some sit at the desks, some wait, some come later."""

from datetime import time

from app.access.permissions import Actor
from app.collective.models import ModelSettlement, Roster
from app.demo.mediation_story import scribble
from app.demo.office import Office
from app.demo.story_time import StoryTime
from app.extensions import db
from app.law import clock
from app.law.periods import add_working_days
from app.signing_day.actions import tablet_signing
from app.signing_day.actions.arriving import check_in
from app.signing_day.actions.calling import call_next, finish_ticket, refuse_at_desk
from app.signing_day.actions.planning import DayPlan, open_day, plan_day
from app.signing_day.actions.second_round import move_to_second_round
from app.signing_day.models import SigningDay, SigningTicket
from app.signing_day.queries.planning import list_to_invite
from app.signing_day.queries.tickets import list_day_tickets
from app.signing_day.rules.states import Need, SecondRoundReason, TicketState
from app.web.transaction import transaction

NEEDS: tuple[tuple[Need, ...], ...] = (
    (),
    (Need.POOR_SIGHT,),
    (),
    (),
    (),
    (Need.WHEELCHAIR, Need.POOR_HEARING),
    (Need.DIALECT,),
)
"""What those who have come need, in the order of their coming."""
SECOND_ROUND_AFTER = 5
PER_SLOT = 4


class SigningStory:
    """One signing day of a roster; every step is one act of the clerk or of a tablet."""

    def __init__(self, office: Office, time: StoryTime, settlement: ModelSettlement) -> None:
        self.office = office
        self.time = time
        self.roster_id = settlement.roster_id
        self.day_id = 0

    @property
    def clerk(self) -> Actor:
        """The committee's clerk."""
        return self.office.actor("panhui")

    @property
    def day(self) -> SigningDay:
        """The day as it stands now."""
        return db.session.get_one(SigningDay, self.day_id)

    def plan(self) -> None:
        """Everybody who has not signed is invited for today, three desks are set up."""
        with transaction():
            roster = db.session.get_one(Roster, self.roster_id)
            people = self.office.people
            plan = DayPlan(
                on=clock.local_date(self.office.told_at),
                place="滨澜区矛调中心一楼大厅",
                begins_at=time(8, 30),
                per_slot=PER_SLOT,
                clerks=(people["panhui"], people["dingguoan"], people["fangsuzhen"]),
            )
            day = plan_day(roster, list_to_invite(roster), plan, by=self.clerk, now=self.time.now)
            self.day_id = day.id

    def hold(self) -> None:
        """The first hour: one has signed, one does not want to, three sit at the desks, two wait."""
        with transaction():
            open_day(self.day, by=self.clerk, now=self.time.now)
        for ticket, needs in zip(list_day_tickets(self.day, (TicketState.INVITED,)), NEEDS, strict=False):
            with transaction():
                check_in(self.day, ticket.claimant, needs, by=self.clerk, now=self.time.now)
        self._sign(self._call(0))
        undecided = self._call(1)
        with transaction():
            refuse_at_desk(undecided, "想和家里人再商量。", by=self.clerk, now=self.time.now)
        reading, signing, _comparing = (self._call(place) for place in range(3))
        self._read(reading, upto=2)
        self._read(signing)
        with transaction():
            tablet_signing.go_to_pad(self.day.desks[1], signing.public_id, now=self.time.now)

    def move_one(self) -> None:
        """Somebody is in hospital and is invited again."""
        with transaction():
            later = add_working_days(self.day.on, SECOND_ROUND_AFTER, self.office.calendar)
            ticket = list_day_tickets(self.day, (TicketState.INVITED,))[-1]
            reason, by = SecondRoundReason.HOSPITAL, self.clerk
            move_to_second_round(self.day, [ticket], on=later, reason=reason, by=by, now=self.time.now)

    def _call(self, desk: int) -> SigningTicket:
        with transaction():
            return call_next(self.day.desks[desk], by=self.clerk, now=self.time.now)

    def _read(self, ticket: SigningTicket, *, upto: int | None = None) -> None:
        with transaction():
            tablet_signing.compare_identity(ticket, "id_card", by=self.clerk, now=self.time.now)
        desk, now = ticket.desk, self.time.now
        assert desk is not None
        for page in range(2, (upto or ticket.reading_pages) + 1):
            with transaction():
                tablet_signing.open_page(desk, ticket.public_id, page, is_large=True, is_aloud=False, now=now)

    def _sign(self, ticket: SigningTicket) -> None:
        self._read(ticket)
        desk, now = ticket.desk, self.time.now
        assert desk is not None
        with transaction():
            tablet_signing.go_to_pad(desk, ticket.public_id, now=now)
            strokes, shown = scribble(ticket.number), ticket.shown_sha256
            tablet_signing.sign_on_tablet(desk, ticket.public_id, strokes, shown_sha256=shown, now=now)
        with transaction():
            finish_ticket(ticket, by=self.clerk, now=now)
