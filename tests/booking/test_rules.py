"""Which plans are refused, why a place cannot be had, and which places are offered instead."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.booking.rules.explaining import explain, list_oddities
from app.booking.rules.need import (
    RoomWants,
    SeatNeed,
    check_grid,
    check_people,
    check_time,
    party_key,
    resource_keys,
)
from app.booking.rules.search import count_free_rooms, find_places, list_free_places, seat_people
from app.booking.rules.words import BlockerKind, Equipment, RoomKind
from app.errors import RuleViolation
from app.law.calendar import Calendar
from tests.booking.samples import (
    DAY,
    FANG,
    FIRST_ROOM,
    HE,
    HORIZON,
    NOON_BEFORE,
    SECOND_ROOM,
    SHI,
    hours,
    make_need,
    make_person,
    make_plan,
    make_room,
    make_snapshot,
)

B_TIMES = [
    ("B083", make_plan(minutes=0)),
    ("B083", make_plan(minutes=-30)),
    ("B084", make_plan(minutes=1)),
    ("B084", make_plan(minutes=25 * 60)),
    ("B084", make_plan(23, minutes=120)),
    ("B085", make_plan(day=date(2025, 6, 10))),
    ("B085", make_plan(day=date(2027, 6, 12))),
]


@pytest.mark.parametrize(("rule", "plan"), B_TIMES)
def test_check_time_when_no_session_can_be_then_refuses(rule, plan) -> None:
    with pytest.raises(RuleViolation) as refusal:
        check_time(plan, NOON_BEFORE)
    assert refusal.value.rule == rule


def test_check_time_when_it_ends_at_midnight_accepts() -> None:
    check_time(make_plan(23, minutes=60), NOON_BEFORE)


def test_b087_check_grid_when_off_the_quarter_hour_refuses() -> None:
    check_grid(make_plan(9, 15))
    with pytest.raises(RuleViolation, match="15 分钟"):
        check_grid(make_plan(9, 5))


@pytest.mark.parametrize(
    ("rule", "need", "people"),
    [
        ("INV-12", make_need(excluded=frozenset({SHI})), (("mediator", SHI),)),
        ("INV-27", make_need(), (("mediator", FANG),)),
        ("INV-27", make_need(), (("chair", SHI),)),
        (
            "INV-29",
            make_need(seats=(SeatNeed("mediator", "调解员", (SHI,)), SeatNeed("recorder", "记录员", (SHI,)))),
            (("mediator", SHI), ("recorder", SHI)),
        ),
        ("R-DUTY-02", make_need(), ()),
        (
            "R-DUTY-02",
            make_need(seats=(SeatNeed("mediator", "调解员", (SHI, FANG)),)),
            (("mediator", SHI), ("mediator", FANG)),
        ),
    ],
)
def test_check_people_when_somebody_may_not_sit_there_refuses(rule, need, people) -> None:
    with pytest.raises(RuleViolation) as refusal:
        check_people(need, make_plan(people=people))
    assert refusal.value.rule == rule


BUSY = hours(9, 11)
BLOCKED = [
    (BlockerKind.ROOM_UNFIT, make_room(kind=RoomKind.HEARING_ROOM), make_person(), "不是调解室"),
    (BlockerKind.ROOM_UNFIT, make_room(capacity=3), make_person(), "只坐 3 人，这一场有 4 人"),
    (BlockerKind.ROOM_UNFIT, make_room(equipment=frozenset()), make_person(), "没有签字平板"),
    (BlockerKind.ROOM_CLOSED, make_room(open=hours(10, 18)), make_person(), "09:00—10:00 不开放"),
    (BlockerKind.ROOM_CLOSED, make_room(closed=hours(8, 18)), make_person(), "09:00—10:00 停用"),
    (BlockerKind.ROOM_BUSY, make_room(busy=BUSY), make_person(), "09:00—11:00 已有安排"),
    (BlockerKind.PERSON_OFF_DUTY, make_room(), make_person(duty=hours(13, 18)), "09:00—10:00 不值班"),
    (BlockerKind.PERSON_ON_LEAVE, make_room(), make_person(leave=hours(0, 18)), "09:00—10:00 请假"),
    (BlockerKind.PERSON_BUSY, make_room(), make_person(busy=BUSY), "09:00—11:00 在别处"),
]


@pytest.mark.parametrize(("kind", "room", "person", "text"), BLOCKED)
def test_explain_when_one_thing_stands_in_the_way_names_it_and_nothing_else(kind, room, person, text) -> None:
    need = make_need(room_wants=RoomWants(RoomKind.MEDIATION_ROOM, 4, frozenset({Equipment.TABLET})))
    blockers = explain(need, make_plan(), make_snapshot(room, people=[person]))
    assert [(blocker.kind, blocker.text) for blocker in blockers] == [(kind, text)]


def test_explain_when_a_party_is_elsewhere_names_neither_party_nor_matter() -> None:
    need = make_need(party_keys=(party_key("a" * 64),))
    blockers = explain(need, make_plan(), make_snapshot(party_busy=[BUSY]))
    assert [str(blocker) for blocker in blockers] == ["有一方当事人 09:00—11:00 另有安排"]


def test_explain_when_law_and_room_stand_in_the_way_tells_the_law_first() -> None:
    need = make_need(earliest=DAY + timedelta(days=1), earliest_reason="通知要先送到")
    blockers = explain(need, make_plan(), make_snapshot(make_room(busy=BUSY)))
    assert [blocker.kind for blocker in blockers] == [BlockerKind.LAW, BlockerKind.ROOM_BUSY]
    assert "最早 6月12日 才能开：通知要先送到" in blockers[0].text


@pytest.mark.parametrize(("hour", "is_free"), [(8, True), (9, False), (10, False), (11, True)])
def test_inv_29_explain_when_sessions_touch_only_at_the_edge_finds_nothing(hour: int, is_free: bool) -> None:
    blockers = explain(make_need(), make_plan(hour), make_snapshot(make_room(busy=BUSY)))
    assert (blockers == []) is is_free


def test_b087_explain_when_one_minute_overlaps_finds_the_room_taken() -> None:
    blockers = explain(make_need(), make_plan(8, 1), make_snapshot(make_room(busy=BUSY)))
    assert [blocker.kind for blocker in blockers] == [BlockerKind.ROOM_BUSY]


@pytest.mark.parametrize(
    ("plan", "oddity"),
    [
        (make_plan(9), []),
        (make_plan(11, 30), ["12:00—12:30不是上班时间"]),
        (make_plan(day=date(2025, 6, 14)), ["6月14日（周六）休息（周末）"]),
    ],
)
def test_b086_oddities_when_lunch_or_day_off_are_named(plan, oddity) -> None:
    assert list_oddities(plan, make_snapshot(), Calendar()) == oddity


def test_find_places_when_the_morning_is_taken_offers_the_same_day_and_room_first() -> None:
    snapshot = make_snapshot(make_room(busy=hours(9, 12)), make_room(SECOND_ROOM, name="第二调解室"))
    places = find_places(make_need(), snapshot, make_plan(9))
    assert len(places) == 3
    assert (places[0].plan.day, places[0].plan.room_id, places[0].plan.at.hour) == (DAY, FIRST_ROOM, 14)
    starts = sorted(place.plan.start for place in places)
    assert all(later - earlier >= timedelta(minutes=60) for earlier, later in pairwise(starts))


def test_find_places_when_one_person_is_elsewhere_names_who_stands_in() -> None:
    seats = (SeatNeed("mediator", "调解员", (SHI,)), SeatNeed("recorder", "记录员", (HE, FANG)))
    people = [make_person(), make_person(HE, "何静", busy=hours(8, 18)), make_person(FANG, "方素珍")]
    near = make_plan(people=(("mediator", SHI), ("recorder", HE)))
    place = find_places(make_need(seats=seats), make_snapshot(people=people), near, limit=1)[0]
    assert place.plan.start == near.start
    assert place.replaced == (("何静", "方素珍"),)


def test_find_places_when_nothing_is_free_offers_nothing() -> None:
    assert find_places(make_need(), make_snapshot(make_room(capacity=2)), make_plan()) == []


def test_find_places_when_time_has_passed_offers_only_what_is_ahead() -> None:
    places = list_free_places(make_need(), make_snapshot(ahead=hours(15, 23)), DAY, ())
    assert [place.plan.at.hour for place in places][:1] == [15]


def test_count_free_rooms_when_one_of_two_is_full_counts_one() -> None:
    snapshot = make_snapshot(make_room(busy=hours(0, 23)), make_room(SECOND_ROOM))
    assert count_free_rooms(make_need(), snapshot, DAY) == 1


def test_seat_people_when_one_person_could_fill_two_seats_seats_both() -> None:
    seats = (SeatNeed("mediator", "调解员", (SHI, FANG)), SeatNeed("recorder", "记录员", (SHI,)))
    people = [make_person(SHI), make_person(FANG, "方素珍")]
    seated = seat_people(make_need(seats=seats), make_snapshot(people=people), hours(9, 10), (("mediator", SHI),))
    assert seated == (("mediator", FANG), ("recorder", SHI))


def test_resource_keys_when_made_are_sorted_and_single() -> None:
    need = make_need(party_keys=(party_key("b"), party_key("a")))
    assert resource_keys(need, make_plan()) == ("party:a", "party:b", "person:2", "room:11")


masks = st.integers(0, HORIZON.mask_of_days(HORIZON.first, HORIZON.last))


@settings(max_examples=60, deadline=None)
@given(room=masks, other=masks, shi=masks, fang=masks, party=masks, hour=st.integers(8, 16))
def test_inv_29_places_when_offered_have_nothing_to_explain(room, other, shi, fang, party, hour) -> None:
    seats = (SeatNeed("mediator", "调解员", (SHI, FANG)),)
    need = make_need(seats=seats, party_keys=(party_key("a"),))
    # Runs of free time are rare in random bits: three random masks together leave long ones.
    snapshot = make_snapshot(
        make_room(busy=room & other & shi),
        make_room(SECOND_ROOM, busy=room & fang & party),
        people=[make_person(busy=shi & fang & party), make_person(FANG, busy=other & shi & party)],
        party_busy=[room & shi & party],
    )
    for place in find_places(need, snapshot, make_plan(hour)):
        assert explain(need, place.plan, snapshot) == []
        check_people(need, place.plan)
        check_grid(place.plan)
        assert list_oddities(place.plan, snapshot, Calendar()) == []
