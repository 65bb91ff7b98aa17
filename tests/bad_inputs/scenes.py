"""Hearings, remedies and rosters in the states in which their forms stand on the screen, with the pages of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.extensions import db
from app.hearings.actions import changes
from app.hearings.actions.opinions import issue_opinion, write_opinion
from app.hearings.actions.recusals import request_seat_recusal
from app.hearings.models import Hearing
from app.hearings.rules.words import ChangeGround, SeatRole
from app.matters.models import Recusal
from app.matters.rules import RecusalGround
from app.people.models import Account
from app.web.transaction import transaction
from tests.hearings import desk
from tests.hearings.convening import HELD_ON, announce, change, duty_for, schedule
from tests.hearings.hall import Hall, approved_hearing, at, make_petition, set_hall
from tests.hearings.sat import JUNE_13, TEXT, open_vote, procedure_of, recheck_hearing, sit, vote_all

Page = tuple[Account | None, str]
MAY_27, JUNE_11, JUNE_12 = "2025-05-27T09:00+08:00", "2025-06-11T09:40+08:00", "2025-06-12T09:00+08:00"
KINDS = ("postponed", "suspended", "terminated", "waived_by_absence", "entered_in_error")
SUBPAGES = (
    "answer",
    "decision",
    "withdrawal",
    "chair",
    "panel",
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
    inner += [f"waivers/{row.public_id}" for row in hearing.parties[:1]]
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
)
