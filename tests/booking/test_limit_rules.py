"""Centres, ways and numbers, as tables without a database (H14, H18, H19)."""

from datetime import date

import pytest

from app.booking.rules.explaining import explain
from app.booking.rules.grid import cell_at
from app.booking.rules.limits import Bounds, Period, Stint, Travel, count_sessions, find_strains
from app.booking.rules.search import find_places, list_free_places
from tests.booking.samples import (
    DAY,
    FIRST_ROOM,
    SECOND_ROOM,
    make_need,
    make_person,
    make_plan,
    make_room,
    make_snapshot,
)

OFFICE, STREET = 1, 2
HALF_AN_HOUR = Travel({(OFFICE, STREET): 30})
MONDAY = date(2025, 6, 9)
NEXT_WEEK = date(2025, 6, 16)


def stint(hour: int, *, centre: int = OFFICE, day: date = DAY, number: int = 1, **values) -> Stint:
    first = cell_at(day, make_plan(hour).at)
    return Stint(number, centre, range(first, first + 4), **values)


def snapshot_of(*stints: Stint, bounds: Bounds = Bounds(), travel: Travel = HALF_AN_HOUR):  # noqa: B008  a frozen value
    rooms = (make_room(centre_id=OFFICE), make_room(SECOND_ROOM, name="街道调解室", centre_id=STREET))
    snapshot = make_snapshot(*rooms, people=(make_person(bounds=bounds, stints=stints),))
    return type(snapshot)(**{**vars(snapshot), "travel": travel, "centre_names": {OFFICE: "区中心", STREET: "江湾站"}})


@pytest.mark.parametrize(
    ("stints", "period", "count"),
    [
        ([], Period.DAY, 0),
        ([stint(9), stint(14)], Period.DAY, 2),
        ([stint(9), stint(9, day=date(2025, 6, 15))], Period.WEEK, 2),
        ([stint(9), stint(9, day=NEXT_WEEK)], Period.WEEK, 1),
        ([stint(9, basket=7), stint(14, basket=7, is_draft=True)], Period.DAY, 1),
        ([stint(9, basket=7), stint(14, basket=8, is_draft=True)], Period.DAY, 2),
        ([stint(9, basket=7), stint(10, basket=7, is_draft=True), stint(14, basket=7, is_draft=True)], Period.DAY, 2),
    ],
)
def test_h19_count_sessions_takes_what_a_basket_moves_and_drafts_once(stints, period, count) -> None:
    assert count_sessions(stints, period, DAY) == count


@pytest.mark.parametrize(
    ("bounds", "stints", "room", "hour", "told"),
    [
        (Bounds(), [stint(9)], FIRST_ROOM, 10, ""),
        (Bounds(), [stint(9)], SECOND_ROOM, 10, "石明轩（调解员） 09:00—10:00 在区中心，路上要 30 分钟，来不及"),
        (Bounds(), [stint(12)], SECOND_ROOM, 11, "石明轩（调解员） 12:00—13:00 在区中心，路上要 30 分钟，来不及"),
        (Bounds(), [stint(9)], SECOND_ROOM, 11, ""),
        (Bounds(serves=frozenset({OFFICE})), [], SECOND_ROOM, 10, "石明轩（调解员） 不到江湾站办事。请换人或换站点"),
        (Bounds(max_day=1), [stint(9)], FIRST_ROOM, 14, "石明轩（调解员） 这一天已有 1 场，最多 1 场"),
        (
            Bounds(max_week=1),
            [stint(9, day=date(2025, 6, 9))],
            FIRST_ROOM,
            14,
            "石明轩（调解员） 这一周已有 1 场，最多 1 场",
        ),
        (Bounds(max_week=1), [stint(9, day=NEXT_WEEK)], FIRST_ROOM, 14, ""),
    ],
)
def test_h14_h18_h19_explain_and_search_when_bounds_are_set_say_the_same(bounds, stints, room, hour, told) -> None:
    snapshot = snapshot_of(*stints, bounds=bounds)
    plan = make_plan(hour, room_id=room)
    assert "，".join(map(str, explain(make_need(), plan, snapshot))) == told
    offered = {(place.plan.room_id, place.plan.at) for place in list_free_places(make_need(), snapshot, DAY, ())}
    assert ((room, plan.at) in offered) is (told == "" and hour not in (12, 13))


def test_h18_find_places_when_the_way_is_too_long_offers_the_same_centre_first() -> None:
    places = find_places(make_need(), snapshot_of(stint(9)), make_plan(10, room_id=SECOND_ROOM))
    assert next((place.plan.room_id, f"{place.plan.at:%H:%M}") for place in places) == (SECOND_ROOM, "10:30")


@pytest.mark.parametrize(
    ("bounds", "stints", "count"),
    [
        (Bounds(max_day=2), [stint(9), stint(14)], 0),
        (Bounds(max_day=1, max_week=1), [stint(9), stint(14)], 2),
        (Bounds(), [stint(9), stint(10, centre=STREET)], 1),
        (Bounds(), [stint(9), stint(11, centre=STREET)], 0),
        (Bounds(), [stint(9, basket=7), stint(9, centre=STREET, basket=7, is_draft=True)], 0),
        (Bounds(), [stint(9, basket=7), stint(9, centre=STREET, basket=8, is_draft=True)], 1),
    ],
)
def test_h18_h19_find_strains_when_something_is_passed_names_each(bounds, stints, count) -> None:
    assert len(list(find_strains(bounds, HALF_AN_HOUR, stints, DAY))) == count
