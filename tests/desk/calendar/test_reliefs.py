"""Why a session fits nowhere, what would help, and the first places: pure, over the small centre of the rules."""

from dataclasses import replace
from datetime import date, time

import pytest

from app.booking.rules.explaining import explain
from app.booking.rules.limits import Bounds
from app.booking.rules.need import RoomWants, SeatNeed
from app.booking.rules.words import Equipment, RoomKind
from app.desk.calendar.reliefs import explain_impasse, first_free_places
from tests.booking.samples import (
    DAY,
    FANG,
    HEARING_ROOM,
    SECOND_ROOM,
    SHI,
    daily,
    hours,
    make_need,
    make_person,
    make_room,
    make_snapshot,
)

WANTED = (("mediator", SHI),)


def first(need, snapshot, limit=10):
    return list(first_free_places(need, snapshot, WANTED, limit))


def test_first_places_when_two_rooms_are_free_are_the_earliest_ten_one_a_start() -> None:
    places = first(make_need(), make_snapshot(make_room(), make_room(SECOND_ROOM, name="第二调解室")))
    assert [place.plan.at for place in places[:2]] == [time(9), time(9, 15)]
    assert len({place.plan.start for place in places}) == len(places) == 10
    assert {place.room_name for place in places} == {"第一调解室"}


def test_first_places_when_another_room_needs_no_stand_in_take_that_room() -> None:
    people = (make_person(busy=hours(9, 10)), make_person(FANG, "方素珍"))
    need = make_need(seats=(SeatNeed("mediator", "调解员", (SHI, FANG)),))
    places = first(need, make_snapshot(people=people), 3)
    assert [place.replaced for place in places] == [(("石明轩", "方素珍"),)] * 3


def test_first_places_when_nothing_is_left_are_none() -> None:
    assert first(make_need(), make_snapshot(make_room(busy=daily(8, 18)))) == []


@pytest.mark.parametrize(
    ("need", "snapshot", "stopper", "relief"),
    [
        (make_need(latest=date(2025, 5, 30)), make_snapshot(), "期限 5月30日 已经过了", "办延期"),
        (make_need(earliest=date(2025, 7, 1)), make_snapshot(), "没有够 60 分钟的上班时间", "提前到 7月1日"),
        (
            make_need(room_wants=RoomWants(RoomKind.MEDIATION_ROOM, 20, frozenset({Equipment.RECORDING}))),
            make_snapshot(),
            "坐得下 20 人、有录音录像的调解室",
            "用坐不下 20 人",
        ),
        (make_need(), make_snapshot(make_room(closed=daily(8, 18))), "第一调解室在能开的日子里都没有空", "房间不停用"),
        (make_need(), make_snapshot(make_room(busy=daily(8, 18))), "第一调解室在能开的日子里都没有空", "腾出一间房"),
        (make_need(), make_snapshot(people=(make_person(duty=0),)), "调解员石明轩在能开的日子里", "加一班"),
        (make_need(), make_snapshot(people=(make_person(leave=daily(8, 18)),)), "调解员石明轩", "不请假"),
        (make_need(), make_snapshot(people=(make_person(busy=daily(8, 18)),)), "调解员石明轩", "的别的场次先挪开"),
        (make_need(), make_snapshot(party_busy=(daily(8, 18),)), "当事人在能开的日子里另有安排", "当事人把另一处"),
        (
            make_need(minutes=210),
            make_snapshot(people=(make_person(duty=daily(8, 18)),)),
            "没有够 210 分钟的上班时间",
            "缩短到 60 分钟",
        ),
    ],
)
def test_impasse_names_what_leaves_nothing_and_what_alone_would_help(need, snapshot, stopper, relief) -> None:
    found = explain_impasse(need, snapshot, WANTED)
    assert stopper in "；".join(found.stoppers)
    assert relief in "；".join(row.text for row in found.reliefs)


def test_impasse_when_a_person_may_sit_no_more_asks_for_the_limit() -> None:
    person = make_person(bounds=Bounds(serves=frozenset({7})))
    found = explain_impasse(make_need(), make_snapshot(make_room(centre_id=1), people=(person,)), WANTED)
    assert [row.text for row in found.reliefs] == ["放宽调解员石明轩每天每周的场数、站点和路上时间；或者换人"]


def test_impasse_when_only_the_meeting_of_two_blocks_names_no_single_one() -> None:
    person = make_person(duty=daily(8, 12))
    found = explain_impasse(make_need(), make_snapshot(make_room(busy=daily(8, 12)), people=(person,)), WANTED)
    assert found.stoppers == ()
    assert len(found.reliefs) == 2
    assert {row.place.plan.at for row in found.reliefs} == {time(9), time(14)}


def test_impasse_when_two_things_stand_in_the_way_at_once_offers_no_single_relief() -> None:
    room = make_room(HEARING_ROOM, busy=daily(8, 18))
    found = explain_impasse(make_need(), make_snapshot(room, people=(make_person(duty=0),)), WANTED)
    assert len(found.stoppers) == 2
    assert found.reliefs == ()


def test_first_places_are_those_that_the_reasons_do_not_refuse() -> None:
    need = make_need(latest=DAY)
    snapshot = make_snapshot(make_room(busy=hours(10, 11)), people=(make_person(leave=hours(14, 15)),))
    for place in first(need, snapshot, 40):
        assert explain(need, replace(place.plan), snapshot) == []
