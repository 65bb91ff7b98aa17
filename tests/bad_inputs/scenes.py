"""Hearings, remedies and rosters in the states in which their forms stand on the screen, with the pages of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.access.permissions import Role
from app.booking import actions as booking
from app.booking.models import DutySlot
from app.booking.rules.words import HalfDay
from app.extensions import db
from app.hearings.actions import changes
from app.hearings.actions.opinions import issue_opinion, write_opinion
from app.hearings.actions.recusals import request_seat_recusal
from app.hearings.models import Hearing
from app.hearings.rules.words import ChangeGround, SeatRole
from app.matters.models import Recusal
from app.matters.rules import RecusalGround
from app.people.models import Account
from app.remedies.models import ReconsiderationCase
from app.web.transaction import transaction
from tests.factories import actor_of, make_account, make_organisation
from tests.hearings import desk
from tests.hearings.convening import HELD_ON, announce, change, duty_for, schedule
from tests.hearings.hall import Hall, approved_hearing, at, make_petition, set_hall
from tests.hearings.sat import JUNE_13, TEXT, open_vote, procedure_of, recheck_hearing, sit, vote_all
from tests.remedies import helpers

Page = tuple[Account | None, str]
MAY_27, JUNE_11, JUNE_12 = "2025-05-27T09:00+08:00", "2025-06-11T09:40+08:00", "2025-06-12T09:00+08:00"
KINDS = ("postponed", "suspended", "terminated", "waived_by_absence", "entered_in_error")
SUBPAGES = (
    "answer",
    "decision",
    "withdrawal",
    "chair",
    "panel",
    "parties",
    "election",
    "recusals",
    "schedule",
    "notice",
    "announcement",
    "live",
    "live/read-back",
    "minutes",
    "deliberation",
    "opinion",
    *(f"change?kind={kind}" for kind in KINDS),
)

OF_PARTY = ("waivers/{}", "parties/{}/authority")
CASE_PAGES = (
    "decision",
    "withdraw",
    "correction",
    "correction-notice",
    "corrected",
    "given-up",
    "accept",
    "decline",
    "copy",
    "copy-received",
    "answer",
    "extend",
    "suspend",
    "resume",
    "statement",
)


@dataclass(frozen=True)
class Scene:
    """One state: its day, what makes it, and how many different forms must stand on its pages at least."""

    name: str
    now: str
    make: Callable[[], Sequence[Page]]
    forms: int


def pages_of(hearing: Hearing, hall: Hall) -> list[Page]:
    """Every page of a hearing for everybody who has one of its own."""
    home = f"/hearings/{hearing.public_id}"
    people = (hall.coordinator, hall.leader, hall.chair, hall.recorder, hall.pool["万春生"])
    inner = [f"services/{row.public_id}" for row in hearing.services[:1]]
    inner += [f"{page.format(row.public_id)}" for row in hearing.parties[:1] for page in OF_PARTY]
    if hearing.minutes is not None:
        inner += [f"live/turns/{row.public_id}" for row in hearing.minutes.turns[:1]]
        inner += [f"live/read-back?reader={row.public_id}" for row in hearing.minutes.attendances[:1]]
    for row in db.session.scalars(sa.select(Recusal)):
        inner += [f"recusals/{row.public_id}/decision", f"recusals/{row.public_id}/ruling"]
    return [(person, f"{home}/{page}") for person in people for page in (*SUBPAGES, *inner)]


def nobody_asked() -> Sequence[Page]:
    """A matter that was not heard yet."""
    hall = set_hall()
    matter = make_petition(hall)
    db.session.commit()
    return [(hall.coordinator, f"/matters/{matter.public_id}/hearings/new")]


def approved() -> Sequence[Page]:
    """Decided, with its panel."""
    hall, hearing = _approved()
    return pages_of(hearing, hall)


def noticed() -> Sequence[Page]:
    """Noticed, announced, one panelist doubted."""
    hall, hearing = _noticed()
    row = announce(hearing, hall)
    with transaction():
        seat = hearing.seats_of(SeatRole.PANELIST)[0]
        request_seat_recusal(
            hearing, seat, ground=RecusalGround.INTEREST, facts="合伙", by=hall.clerk, now=at(date(2025, 5, 28))
        )
    return [*pages_of(hearing, hall), (None, f"/notices/{row.public_id}/seat")]


def sitting() -> Sequence[Page]:
    """In the middle of the sitting."""
    hall, hearing = _approved()
    minutes = desk.sit_down(hearing, hall)
    desk.say(minutes, desk.person(minutes, desk.AttendeeRole.CHAIR).key, "现在开始听证", hall.recorder)
    return pages_of(hearing, hall)


def suspended() -> Sequence[Page]:
    """Stopped until a report is there."""
    hall, hearing = _approved()
    desk.sit_down(hearing, hall)
    with transaction():
        new = change(ChangeGround.APPRAISAL, HELD_ON)
        changes.suspend_hearing(hearing, new, by=hall.clerk, now=at(HELD_ON, 10))
    return pages_of(hearing, hall)


def deliberating() -> Sequence[Page]:
    """The sitting is over, the panel votes."""
    hall, hearing = _sat()
    with transaction():
        open_vote(hearing, hall)
    return pages_of(hearing, hall)


def voted() -> Sequence[Page]:
    """The vote carried, the opinion is to be written."""
    hall, hearing = _sat()
    with transaction():
        open_vote(hearing, hall)
    vote_all(hearing, hall)
    return pages_of(hearing, hall)


def issued() -> Sequence[Page]:
    """The opinion is issued."""
    hall, hearing = _sat()
    with transaction():
        open_vote(hearing, hall)
    vote_all(hearing, hall)
    chair, now = hall.chair.as_actor(), at(JUNE_13)
    with transaction():
        write_opinion(hearing, TEXT, procedure=procedure_of(hearing), by=chair, now=now)
    with transaction():
        issue_opinion(hearing, announced_on=None, procedure=procedure_of(hearing), by=chair, now=now)
    return pages_of(hearing, hall)


def reviewed() -> Sequence[Page]:
    """A review was decided, a recheck is asked for."""
    with transaction():
        world = helpers.build_world()
        matter = helpers.answered(world)
        review = helpers.reviewed(world, matter)
        recheck = helpers.rechecking(world, matter)
    home, people = f"/matters/{matter.public_id}", (world.stage.coordinator, world.stage.leader)
    pages = [f"{home}/{page}" for page in ("remedies", "review", "recheck", "help", "reconsideration")]
    for row in (review, recheck):
        pages += [f"/remedies/{row.public_id}/{page}" for page in ("opinion", "received", "withdraw", "publish")]
    return [(person, page) for person in people for page in pages]


def routed() -> Sequence[Page]:
    """A matter was sent to reconsideration."""
    with transaction():
        world = helpers.build_world()
        matter = helpers.routed(world)
    return [(world.stage.coordinator, f"/matters/{matter.public_id}/reconsideration")]


def received() -> Sequence[Page]:
    """An application for reconsideration came in."""
    return _case(helpers.received)


def answered() -> Sequence[Page]:
    """The respondent has answered."""
    return _case(helpers.with_answer)


def _case(make: Callable[[helpers.World], ReconsiderationCase]) -> Sequence[Page]:
    with transaction():
        world = helpers.build_world()
        case = make(world)
    home = f"/reconsiderations/{case.public_id}"
    return [(person, f"{home}/{page}") for person in (world.officer, world.head) for page in CASE_PAGES]


def on_duty() -> Sequence[Page]:
    """A window, two mediators, a month published for one of them."""
    with transaction():
        office = make_organisation("滨澜区信访办", centre_name="滨澜区矛调中心", contact_phone="0990-555-0123")
        zhou = make_account(Role.COORDINATOR, organisation=office, name="周敏")
        shi = make_account(Role.MEDIATOR, organisation=office, name="石明轩")
        make_account(Role.MEDIATOR, organisation=office, name="方素珍")
        details = booking.PostDetails("调解值班", "窗口", Role.MEDIATOR, 1, 1)
        post = booking.create_post(details, office.id, by=actor_of(zhou))
        slot = DutySlot(account_id=shi.id, day=date(2025, 7, 3), half=HalfDay.MORNING, post_id=post.id)
        db.session.add(slot)
    pages = ["2025-07", "2025-07?day=2025-07-03", "mine", "posts", f"posts/{post.public_id}", "requests"]
    pages += ["2025-07/publish", f"slots/{slot.public_id}/exchange"]
    return [(person, f"/duty/{page}") for person in (zhou, shi) for page in pages]


def _approved() -> tuple[Hall, Hearing]:
    hall = set_hall()
    db.session.commit()
    with transaction():
        hearing = approved_hearing(hall)
    return hall, hearing


def _noticed() -> tuple[Hall, Hearing]:
    hall, hearing = _approved()
    duty_for(hall)
    return hall, schedule(hearing, hall)


def _sat() -> tuple[Hall, Hearing]:
    hall = set_hall()
    db.session.commit()
    with transaction():
        hearing = recheck_hearing(hall)
    sit(hearing, hall)
    return hall, hearing


SCENES = (
    Scene("nobody asked", MAY_27, nobody_asked, 3),
    Scene("approved", MAY_27, approved, 8),
    Scene("noticed", "2025-05-28T10:00+08:00", noticed, 8),
    Scene("sitting", JUNE_11, sitting, 8),
    Scene("suspended", JUNE_12, suspended, 4),
    Scene("deliberating", JUNE_12, deliberating, 2),
    Scene("voted", JUNE_12, voted, 2),
    Scene("issued", "2025-06-13T10:00+08:00", issued, 2),
    Scene("reviewed", "2025-05-21T10:00+08:00", reviewed, 3),
    Scene("routed", "2024-08-28T10:00+08:00", routed, 1),
    Scene("received", "2024-08-29T10:00+08:00", received, 3),
    Scene("answered", "2024-09-26T10:00+08:00", answered, 3),
    Scene("on duty", "2025-06-09T09:00+08:00", on_duty, 5),
)
