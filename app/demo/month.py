"""A month at the demonstration centre: how much people take on, sittings held and to come, a room shut, a leave.

Told last and relative to today, so that the calendar looks like that of a working centre.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import count

from app.booking.actions import (
    RoomDetails,
    ServiceDetails,
    add_closure,
    create_room,
    grant_leave,
    set_area_limit,
    set_person_service,
    set_ways,
)
from app.booking.models import Room
from app.booking.queries import list_rooms, list_sessions_of_person
from app.booking.rules.search import Place
from app.booking.rules.words import Equipment, RoomKind
from app.demo.cast import Cast
from app.demo.mediation_story import MediationStory
from app.demo.month_disputes import read_disputes
from app.demo.office import Office
from app.demo.petition_story import PetitionStory, start_day
from app.demo.story_time import StoryTime
from app.law import clock
from app.law.periods import add_working_days
from app.mediation.rules import RecordResult
from app.web.transaction import transaction


@dataclass(frozen=True)
class Course:
    """One case: accepted so many working days ago, sittings on these working days from today; `held` are past ones."""

    accepted: int
    held: tuple[int, ...] = ()
    planned: tuple[int, ...] = ()


COURSES = (
    Course(17, held=(11, 4), planned=(0,)),
    Course(16, held=(9, 2), planned=(1,)),
    Course(14, held=(8,), planned=(3,)),
    Course(13, held=(6,), planned=(2,)),
    Course(12, held=(5,), planned=(5,)),
    Course(11, held=(3,), planned=(4,)),
    Course(9, planned=(0, 5)),
    Course(8, planned=(0, 6)),
    Course(8, planned=(1, 7)),
    Course(7, planned=(1, 8)),
    Course(7, planned=(1, 6)),
    Course(6, planned=(2, 9)),
    Course(6, planned=(2, 7)),
    Course(5, planned=(2, 10)),
    Course(5, planned=(3, 8)),
    Course(4, planned=(3, 11)),
    Course(4, planned=(4, 9)),
    Course(3, planned=(4, 12)),
    Course(15),
    Course(12),
    Course(10),
    Course(8),
    Course(6),
    Course(4),
    Course(2),
    Course(1),
)
STARTS = (time(9), time(14), time(10, 30), time(15, 30), time(9, 30), time(14, 30))
STREET_ROOMS = (("street_weaving", "织造街道调解室"), ("street_harbour", "港前街道调解室"))
LONG_AGO = 9
"""From then on the fifteen days in which a matter must be routed would be over, or nearly."""
SHUT_AFTER, AWAY_AFTER, SEARCHED = 4, 5, timedelta(days=28)
AWAY = "fangsuzhen"
HOME = "office"
WAYS = {(HOME, "street_weaving"): 25, (HOME, "street_harbour"): 40, ("street_weaving", "street_harbour"): 35}
"""Minutes between the centres."""
MOST_A_DAY, MOST_A_WEEK = 4, 16


def tell_month(office: Office, cast: Cast, story_time: StoryTime) -> None:
    """Open the rooms of two streets, shut one, set limits, tell the cases of the month, let a mediator fall ill."""
    today = clock.local_date(office.told_at)
    _prepare(office, today)
    _set_limits(office)
    wishes = count()
    for number, (course, dispute) in enumerate(zip(COURSES, read_disputes(), strict=True)):
        story = PetitionStory(office, dispute, cast, story_time, number)
        story_time.at(start_day(office, course.accepted + 1), 9, number % 6 * 10)
        story.register()
        story.screen()
        story.consent()
        if course.accepted >= LONG_AGO:
            story.accept()
        linkage = story.refer()
        committee = MediationStory(story, linkage, number)
        story_time.later()
        committee.accept()
        _tell_sittings(committee, course, wishes)
    _fall_ill(office, today)


def _prepare(office: Office, today: date) -> None:
    """Rooms in two streets; the second mediation room is painted for a day."""
    by = office.actor("zhoumin")
    with transaction():
        for body, name in STREET_ROOMS:
            details = RoomDetails(name, RoomKind.MEDIATION_ROOM, 8, frozenset({Equipment.STEP_FREE}))
            create_room(details, office.bodies[body], by=by)
        shut = add_working_days(today, SHUT_AFTER, office.calendar)
        opens, closes = clock.from_local(shut, time(8, 30)), clock.from_local(shut, time(18))
        add_closure(_room("第二调解室"), opens, closes, "墙面粉刷", by=by)


def _room(name: str) -> Room:
    return next(room for room in list_rooms() if room.name == name)


def _tell_sittings(story: MediationStory, course: Course, wishes: Iterator[int]) -> None:
    """Every sitting is booked the day after the one before, or after the case was accepted."""
    office, calendar = story.office, story.office.calendar
    today = clock.local_date(office.told_at)
    for days_ago in course.held:
        story.time.later()
        story.book(start_day(office, days_ago), pick=_Picker(next(wishes)))
        story.hold(RecordResult.CONTINUE)
    for ahead in course.planned:
        story.time.later()
        story.book(add_working_days(today - timedelta(days=1), ahead + 1, calendar), pick=_Picker(next(wishes)))


@dataclass(frozen=True)
class _Picker:
    """Spreads sittings over the rooms and hours of a day, always in the same way."""

    wish: int

    def __call__(self, places: list[Place]) -> Place:
        at = STARTS[self.wish % len(STARTS)]
        rooms = list(dict.fromkeys(place.room_name for place in places))
        room = rooms[self.wish % len(rooms)]
        return min(places, key=lambda place: (place.plan.at != at, place.room_name != room, place.plan.at))


def _fall_ill(office: Office, today: date) -> None:
    """A mediator's leave is granted although a sitting of hers stands on it: it stays and is flagged."""
    away, by = office.people[AWAY], office.actor("zhoumin")
    first = add_working_days(today, AWAY_AFTER, office.calendar)
    sitting = list_sessions_of_person(away.id, first, first + SEARCHED)[0]
    day = clock.local_date(sitting.starts_at)
    with transaction():
        grant_leave(away, day, day + timedelta(days=1), by=by, now=office.told_at, is_confirmed=True)


def _set_limits(office: Office) -> None:
    """How far the centres lie apart, how much everybody takes on, and a mediator who serves two centres.

    Set before the sittings are booked, so that every one of them keeps within.
    """
    by, now = office.actor("zhoumin"), office.told_at
    centres = {body: office.bodies[body].id for body in (HOME, *(body for body, _ in STREET_ROOMS))}
    with transaction():
        ways = {(centres[one], centres[other]): minutes for (one, other), minutes in WAYS.items()}
        set_ways(ways, by=by, now=now)
        set_area_limit(office.bodies["district"].id, MOST_A_DAY, MOST_A_WEEK, by=by, now=now)
        details = ServiceDetails(centres[HOME], (centres[HOME], centres["street_weaving"]), max_day=2, max_week=8)
        set_person_service(office.people["shimingxuan"], details, by=by, now=now)
