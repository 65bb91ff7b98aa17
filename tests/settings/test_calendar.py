"""The calendar as packaged, loaded and edited; profiles from a day on."""

from datetime import date

import pytest
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Actor, Role
from app.errors import FieldErrors, RuleViolation
from app.law.calendar import DayKind
from app.settings import actions, queries
from app.web.transaction import transaction
from tests.factories import NOON

ADMIN = Actor(1, "管理员", frozenset({Role.ADMINISTRATOR}), 1)
TODAY = date(2025, 7, 1)
NATIONAL_DAY, SWAPPED_SUNDAY = date(2025, 10, 1), date(2025, 9, 28)


def test_calendar_when_nothing_was_loaded_is_the_packaged_one(db: SQLAlchemy) -> None:
    found = queries.calendar()
    assert not found.is_working_day(NATIONAL_DAY)
    assert found.is_working_day(SWAPPED_SUNDAY)
    assert not found.is_covered(date(2040, 1, 1))


def test_calendar_when_one_year_is_loaded_keeps_the_other_packaged_years(db: SQLAlchemy) -> None:
    with transaction():
        actions.load_calendar({2025}, by=ADMIN, now=NOON)
    assert {2024, 2025, 2026} <= queries.calendar().covered_years
    assert [row.name for row in queries.list_days(2025) if row.day == NATIONAL_DAY] == ["国庆节"]


def test_r_time_06_calendar_when_a_day_is_changed_answers_anew(db: SQLAlchemy) -> None:
    with transaction():
        actions.load_calendar({2025}, by=ADMIN, now=NOON)
    assert queries.calendar().is_working_day(date(2025, 7, 2))
    with transaction():
        actions.set_day(date(2025, 7, 2), DayKind.REST, "本地停工", by=ADMIN, now=NOON)
    assert not queries.calendar().is_working_day(date(2025, 7, 2))
    with transaction():
        actions.set_day(date(2025, 7, 2), None, "", by=ADMIN, now=NOON)
    assert queries.calendar().is_working_day(date(2025, 7, 2))


def test_calendar_when_the_change_is_rolled_back_is_the_old_one(db: SQLAlchemy) -> None:
    with transaction():
        actions.load_calendar({2025}, by=ADMIN, now=NOON)
    actions.set_day(date(2025, 7, 2), DayKind.REST, "", by=ADMIN, now=NOON)
    assert not queries.calendar().is_working_day(date(2025, 7, 2))
    db.session.rollback()
    assert queries.calendar().is_working_day(date(2025, 7, 2))


def test_r_time_14_day_when_its_year_is_not_loaded_is_refused(db: SQLAlchemy) -> None:
    with pytest.raises(RuleViolation, match="2040 年"), transaction():
        actions.set_day(date(2040, 1, 2), DayKind.REST, "", by=ADMIN, now=NOON)


def test_r_time_14_year_when_entered_by_hand_is_covered_beside_the_packaged(db: SQLAlchemy) -> None:
    with transaction():
        actions.cover_year(2040, "国办发明电", by=ADMIN, now=NOON)
    assert {2025, 2040} <= queries.calendar().covered_years


def test_r_time_06_worked_day_when_no_weekend_is_refused(db: SQLAlchemy) -> None:
    with transaction():
        actions.load_calendar({2025}, by=ADMIN, now=NOON)
    with pytest.raises(FieldErrors), transaction():
        actions.set_day(date(2025, 7, 2), DayKind.WORK, "", by=ADMIN, now=NOON)


def test_profile_when_set_from_a_day_leaves_earlier_days_alone(db: SQLAlchemy) -> None:
    with transaction():
        actions.save_profile(date(2025, 8, 1), {"panel_minimum": 5}, "本地", by=ADMIN, today=TODAY, now=NOON)
    assert queries.profile_on(date(2025, 7, 31)).panel_minimum == 3
    assert queries.profile_on(date(2025, 8, 1)).panel_minimum == 5
    assert queries.dated_profile_on(date(2025, 8, 1)).basis == "本地"


def test_profile_when_equal_to_the_default_keeps_no_value(db: SQLAlchemy) -> None:
    with transaction():
        row = actions.save_profile(date(2025, 8, 1), {"panel_minimum": 3}, "", by=ADMIN, today=TODAY, now=NOON)
    assert row.values == {}


def test_profile_when_its_day_has_come_is_neither_set_nor_changed_nor_withdrawn(db: SQLAlchemy) -> None:
    tomorrow = date(2025, 7, 2)
    with pytest.raises(FieldErrors), transaction():
        actions.save_profile(TODAY, {"panel_minimum": 5}, "", by=ADMIN, today=TODAY, now=NOON)
    with transaction():
        row = actions.save_profile(tomorrow, {"panel_minimum": 5}, "", by=ADMIN, today=TODAY, now=NOON)
        actions.save_profile(tomorrow, {"panel_minimum": 7}, "", by=ADMIN, today=TODAY, now=NOON)
    assert queries.profile_on(tomorrow).panel_minimum == 7
    with pytest.raises(FieldErrors), transaction():
        actions.save_profile(tomorrow, {"panel_minimum": 9}, "", by=ADMIN, today=tomorrow, now=NOON)
    with pytest.raises(FieldErrors), transaction():
        actions.withdraw_profile(row, by=ADMIN, today=tomorrow, now=NOON)


def test_inv_14_profile_when_reconsideration_notice_is_short_is_refused(db: SQLAlchemy) -> None:
    short = {"recon_hearing_notice": {"length": 4, "unit": "working_day"}}
    with pytest.raises(RuleViolation) as refusal, transaction():
        actions.save_profile(date(2025, 8, 1), short, "", by=ADMIN, today=TODAY, now=NOON)
    assert refusal.value.rule == "INV-14"
