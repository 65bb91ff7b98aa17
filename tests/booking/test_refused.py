"""How a refused place is shown: its causes, the nearest places in the order they come, who stands in for whom."""

from datetime import date, time

import pytest
from flask import Flask, g

from app.booking.routes.refused import by_room, shown_clash, shown_way
from app.booking.rules.explaining import Blocker
from app.booking.rules.need import SessionPlan
from app.booking.rules.search import Place
from app.booking.rules.words import BlockerKind
from app.errors import Clash, RuleViolation

CAUSE = Blocker(BlockerKind.ROOM_BUSY, "第一调解室", "已有安排")


class Taken(Clash):
    """A refusal with its cause and one place instead."""

    causes = (CAUSE,)

    @property
    def alternatives(self) -> tuple[Place, ...]:
        return (place("甲室", 9),)


def place(room: str, hour: int, *replaced: tuple[str, str]) -> Place:
    return Place(SessionPlan(7, date(2025, 6, 11), time(hour), 60, (("mediator", 1), ("recorder", 2))), room, replaced)


def test_places_stand_under_their_room_in_the_order_in_which_they_come() -> None:
    late, early, other = place("乙室", 15), place("乙室", 9), place("甲室", 9)
    assert by_room([late, other, early]) == [("乙室", [late, early]), ("甲室", [other])]
    assert by_room([]) == []


@pytest.mark.parametrize(
    ("replaced", "note"),
    [((), "甲室 · 全部 2 人有空"), ((("石明轩", "方素珍"), ("李文", "周敏")), "甲室 · 石明轩换成方素珍，李文换成周敏")],
)
def test_a_way_out_says_when_where_and_who_stands_in(replaced: tuple[tuple[str, str], ...], note: str) -> None:
    shown = shown_way(place("甲室", 9, *replaced), {"at": "09:00"})
    assert shown == {"title": "6月11日（周三）09:00—10:00", "note": note, "fields": {"at": "09:00"}}


@pytest.mark.parametrize(("lost", "is_lost"), [("", False), ("刚刚被别人占了：", True)])
def test_a_clash_shows_its_causes_and_ways_with_the_fields_of_who_books(lost: str, is_lost: bool) -> None:
    with Flask(__name__).app_context():
        g.refusal = Taken(f"{lost}第一调解室 已有安排")
        shown = shown_clash(lambda way: {"minutes": way.plan.minutes})
    assert shown is not None
    assert shown["is_lost_race"] is is_lost
    assert shown["causes"] == [{"what": "第一调解室", "text": "已有安排"}]
    assert [way["fields"] for way in shown["ways"]] == [{"minutes": 60}]


@pytest.mark.parametrize("refusal", [None, RuleViolation("还不能办")])
def test_what_is_no_clash_is_not_shown_as_one(refusal: RuleViolation | None) -> None:
    with Flask(__name__).app_context():
        g.refusal = refusal
        assert shown_clash(lambda _: {}) is None
