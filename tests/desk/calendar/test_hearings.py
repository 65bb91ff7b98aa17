"""Hearings on the calendar: what waits, where it may go, and whose act places, moves, resumes and puts off."""

from datetime import date, time, timedelta

import pytest

from app.access.permissions import Role
from app.booking.models import BookedSession
from app.booking.rules.need import SessionPlan
from app.desk.calendar import actions
from app.desk.calendar.forms import read_question
from app.desk.calendar.lighting import explain_nothing, first_places
from app.desk.calendar.placers import Details, get_placing, list_placings
from app.errors import DomainError, RuleViolation
from app.hearings.actions.changes import suspend_hearing
from app.hearings.queries.scheduling import seated_people
from app.hearings.rules.words import ChangeGround, HearingStatus
from app.web.transaction import transaction
from tests.factories import actor_of, make_account
from tests.hearings.conftest import hall, hearing, make_approved, unprinted  # noqa: F401
from tests.hearings.convening import HELD_ON, SERVED_ON, change, duty_for, schedule, serve
from tests.hearings.hall import at

pytestmark = pytest.mark.usefixtures("unprinted")

NOW, LATER = at(SERVED_ON, 10), at(SERVED_ON, 10) + timedelta(seconds=11)
DETAILS = Details(SERVED_ON)
MOVED = Details(SERVED_ON, "room_or_people", "听证室临时停用")


@pytest.fixture
def noticed(hearing, hall):  # noqa: F811
    """Noticed for 11 June, served."""
    duty_for(hall)
    schedule(hearing, hall)
    serve(hearing, hall, SERVED_ON, SERVED_ON)
    return hearing


@pytest.fixture
def suspended(noticed, hall):  # noqa: F811
    """Opened on its day and suspended."""
    with transaction():
        noticed.status = HearingStatus.IN_PROGRESS
        suspend_hearing(noticed, change(ChangeGround.NEW_WITNESS, HELD_ON), by=hall.clerk, now=at(HELD_ON, 11))
    return noticed


def key_of(row) -> str:
    return f"hearing-{row.public_id}"


def plan_of_hearing(row, room, day=HELD_ON, hour=9) -> SessionPlan:
    people = tuple((role.value, account_id) for role, account_id in seated_people(row))
    return SessionPlan(room.id, day, time(hour), 150, people)


def put(row, hall, *, day=HELD_ON, hour=9, details=DETAILS, now=NOW) -> None:  # noqa: F811
    with transaction():
        placing = get_placing(key_of(row), hall.clerk, now)
        actions.draft_place(placing, plan_of_hearing(row, hall.room, day, hour), details, by=hall.clerk, now=now)


def publish(hall, now=NOW) -> None:  # noqa: F811
    with transaction():
        actions.announce_publishing(by=hall.clerk, now=now)
    with transaction():
        actions.publish_basket(by=hall.clerk, now=now + timedelta(seconds=11))


def test_decided_hearing_when_published_is_scheduled_with_its_notices(db, hearing, hall) -> None:  # noqa: F811
    duty_for(hall)
    assert [row.item.key for row in list_placings(hall.clerk, NOW)] == [key_of(hearing)]
    put(hearing, hall)
    assert hearing.status is HearingStatus.APPROVED
    publish(hall)
    assert hearing.status is HearingStatus.NOTICED
    assert list_placings(hall.clerk, NOW) == []
    assert db.session.query(BookedSession).count() == 1


def test_inv_14_hearing_before_its_notice_period_is_over_is_not_held_in_the_basket(hearing, hall, db) -> None:  # noqa: F811
    duty_for(hall)
    with pytest.raises(DomainError, match="最早"):
        put(hearing, hall, day=SERVED_ON + timedelta(days=1))


def test_inv_15_noticed_hearing_moves_only_with_its_ground_and_facts(noticed, hall, db) -> None:  # noqa: F811
    with pytest.raises(RuleViolation, match="请选理由"):
        put(noticed, hall, day=date(2025, 6, 18))
    put(noticed, hall, day=date(2025, 6, 18), details=MOVED)
    publish(hall)
    assert noticed.status is HearingStatus.NOTICED
    assert noticed.session.starts_at == at(date(2025, 6, 18))


def test_suspended_hearing_waits_and_is_resumed_on_a_new_day(suspended, hall, db) -> None:  # noqa: F811
    now = at(date(2025, 6, 12), 10)
    (waiting,) = list_placings(hall.clerk, now)
    assert waiting.item.session is None
    assert "中止" in waiting.item.note
    assert [ground for ground, _ in waiting.grounds()] == ["cause_ended"]
    resumed = Details(date(2025, 6, 13), "cause_ended", "证人已经到场")
    put(suspended, hall, day=date(2025, 6, 25), details=resumed, now=now)
    publish(hall, now)
    assert suspended.status is HearingStatus.NOTICED
    assert suspended.session.starts_at == at(date(2025, 6, 25))


def test_calling_off_a_noticed_hearing_when_published_postpones_it(noticed, hall, db) -> None:  # noqa: F811
    put_off = Details(SERVED_ON, "party_prevented", "申请人住院")
    with pytest.raises(RuleViolation), transaction():
        actions.draft_calling_off(noticed.session, Details(SERVED_ON, reason="住院"), by=hall.clerk, now=NOW)
    with transaction():
        actions.draft_calling_off(noticed.session, put_off, by=hall.clerk, now=NOW)
    publish(hall)
    assert noticed.status is HearingStatus.POSTPONED
    assert [row.item.key for row in list_placings(hall.clerk, LATER)] == [key_of(noticed)]


def test_placing_a_hearing_when_the_role_does_not_manage_it_is_refused(db, hearing, hall) -> None:  # noqa: F811
    stranger = actor_of(make_account(Role.LAWYER, organisation=hall.office))
    assert list_placings(stranger, NOW) == []
    with pytest.raises(DomainError):
        get_placing(key_of(hearing), stranger, NOW)


def test_first_places_of_a_hearing_when_nobody_is_on_duty_are_none_and_say_who(db, hearing, hall) -> None:  # noqa: F811
    question = read_question({}, get_placing(key_of(hearing), hall.clerk, NOW), SERVED_ON)
    assert first_places(question, by=hall.clerk, now=NOW) == []
    assert "毕建国" in "；".join(explain_nothing(question, by=hall.clerk, now=NOW).stoppers)
    duty_for(hall)
    places = first_places(question, by=hall.clerk, now=NOW)
    assert len(places) == 10
    assert places == sorted(places, key=lambda place: place.plan.start)
    assert places[0].plan.day >= question.need(SERVED_ON, NOW).earliest


@pytest.mark.parametrize(
    ("kind", "ground", "page"),
    [
        ("moved", "room_or_people", "schedule"),
        ("resumed", "cause_ended", "schedule"),
        ("withdrawn", "application_withdrawn", "withdrawal"),
    ],
)
def test_change_that_is_made_elsewhere_says_so_and_leads_there(
    noticed,
    hall,  # noqa: F811
    client_of,
    fake_now,
    kind,
    ground,
    page,
) -> None:
    fake_now("2025-05-28T10:00+08:00")
    client = client_of(hall.coordinator)
    answer = client.post(
        f"/hearings/{noticed.public_id}/change", data={"kind": kind, "ground": ground, "facts": "听证室临时停用"}
    )
    assert answer.location.endswith(f"/hearings/{noticed.public_id}/{page}")
    assert "现在还没有" in client.get(answer.location).text
    assert noticed.status is HearingStatus.NOTICED
