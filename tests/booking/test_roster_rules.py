"""Months, gaps, weeks that become months, drafts over what is published, requests and their steps: as tables."""

from datetime import date, time

import pytest

from app.access.permissions import Role
from app.booking.rules.duty_requests import (
    OPEN_STATUSES,
    REQUEST_KIND_LABELS,
    REQUEST_STATUS_LABELS,
    REQUEST_TRANSITIONS,
    HalfSlot,
    RequestKind,
    RequestStatus,
    Standing,
    check_cover,
    check_step,
    check_swap,
)
from app.booking.rules.rosters import (
    Absence,
    Change,
    Shift,
    WeekShift,
    check_days_ahead,
    check_may_serve,
    check_not_away,
    count_staff,
    days_of,
    halves_touched,
    last_month,
    next_month,
    overlay,
    parse_month,
    real_changes,
    spread_week,
)
from app.booking.rules.words import HalfDay
from app.errors import RuleViolation
from app.law.calendar import Calendar, CalendarDay, DayKind

AM, PM = HalfDay.MORNING, HalfDay.AFTERNOON
SHI, FANG = 1, 2
WINDOW, HALL = 11, 12
CALENDAR = Calendar.from_days(
    [
        CalendarDay(date(2025, 10, 1), DayKind.REST, "国庆节"),
        CalendarDay(date(2025, 10, 2), DayKind.REST, "国庆节"),
        CalendarDay(date(2025, 10, 11), DayKind.WORK, "国庆节调休"),
    ],
    [2025],
)
TODAY = date(2025, 7, 1)
THURSDAY, FRIDAY = date(2025, 7, 3), date(2025, 7, 4)
GIVEN, TAKEN = HalfSlot(THURSDAY, AM), HalfSlot(FRIDAY, PM)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2025-07", date(2025, 7, 1)),
        ("2025-12", date(2025, 12, 1)),
        ("2000-01", date(2000, 1, 1)),
        ("2099-12", date(2099, 12, 1)),
    ],
)
def test_month_when_named_in_an_address_is_its_first_day(text: str, month: date) -> None:
    assert parse_month(text) == month


@pytest.mark.parametrize(
    "text",
    ["", "2025-13", "2025-00", "2025-7", "1999-01", "2100-01", "9999-12", "0001-01", "2025-07 ", "２０２５-07", "mine"],
)
def test_month_that_does_not_exist_or_is_out_of_reach_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(RuleViolation, match=f"没有“{text}”这个月份。请从值班表里选一个月，或写成 2025-07 这样。"):
        parse_month(text)


@pytest.mark.parametrize(
    ("month", "before", "after", "days"),
    [
        (date(2025, 1, 1), date(2024, 12, 1), date(2025, 2, 1), 31),
        (date(2024, 2, 1), date(2024, 1, 1), date(2024, 3, 1), 29),
        (date(2025, 12, 1), date(2025, 11, 1), date(2026, 1, 1), 31),
    ],
)
def test_months_when_stepped_through_touch(month: date, before: date, after: date, days: int) -> None:
    assert (last_month(month), next_month(month), len(days_of(month))) == (before, after, days)


@pytest.mark.parametrize(
    ("starts", "ends", "halves"),
    [
        (time(9), time(10), {AM}),
        (time(12), time(13), {AM}),
        (time(13), time(14), {PM}),
        (time(12, 45), time(13, 15), {AM, PM}),
        (time(14), time(17), {PM}),
    ],
)
def test_r_duty_02_halves_when_a_session_lies_in_them_are_needed(
    starts: time, ends: time, halves: set[HalfDay]
) -> None:
    assert halves_touched(starts, ends) == halves


def on(account: int, day: date = THURSDAY, half: HalfDay = AM, post: int | None = WINDOW) -> Change:
    return Change(Shift(account, day, half, post), is_on=True)


def off(account: int, day: date = THURSDAY, half: HalfDay = AM) -> Change:
    return Change(Shift(account, day, half), is_on=False)


PUBLISHED = [Shift(SHI, THURSDAY, AM, WINDOW), Shift(FANG, THURSDAY, PM)]


@pytest.mark.parametrize(
    ("draft", "after"),
    [
        ([], [(SHI, AM, WINDOW), (FANG, PM, None)]),
        ([off(SHI)], [(FANG, PM, None)]),
        ([on(FANG)], [(SHI, AM, WINDOW), (FANG, AM, WINDOW), (FANG, PM, None)]),
        ([on(SHI, post=HALL)], [(SHI, AM, HALL), (FANG, PM, None)]),
        ([off(FANG)], [(SHI, AM, WINDOW), (FANG, PM, None)]),
    ],
    ids=["nothing", "off", "on", "other post", "off though never on"],
)
def test_draft_when_laid_over_what_is_published_gives_the_roster_to_come(draft: list[Change], after: list) -> None:
    assert [(s.account_id, s.half, s.post_id) for s in overlay(PUBLISHED, draft)] == after


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        (on(SHI), False),
        (on(SHI, post=HALL), True),
        (on(SHI, half=PM), True),
        (off(SHI), True),
        (off(SHI, half=PM), False),
    ],
)
def test_change_when_it_changes_nothing_any_more_falls_out(change: Change, counts: bool) -> None:
    assert real_changes(PUBLISHED, [change]) == ([change] if counts else [])


def test_staff_when_counted_leaves_out_leave_days_off_and_other_posts() -> None:
    wanted = {WINDOW: {AM: 2, PM: 1}}
    shifts = [Shift(SHI, THURSDAY, AM, WINDOW), Shift(FANG, THURSDAY, AM, WINDOW), Shift(SHI, THURSDAY, PM, HALL)]
    sunday = date(2025, 7, 6)
    staff = count_staff(wanted, shifts, [Absence(FANG, THURSDAY, FRIDAY)], [THURSDAY, sunday], CALENDAR)
    assert [(row.day, row.half, row.wanted, row.have, row.missing) for row in staff.values()] == [
        (THURSDAY, AM, 2, 1, 1),
        (THURSDAY, PM, 1, 0, 1),
        (sunday, AM, 0, 0, 0),
        (sunday, PM, 0, 0, 0),
    ]


def test_staff_when_more_than_wanted_are_there_misses_nobody() -> None:
    staff = count_staff({WINDOW: {AM: 0, PM: 0}}, [Shift(SHI, THURSDAY, AM, WINDOW)], [], [THURSDAY], CALENDAR)
    assert [row.missing for row in staff.values()] == [0, 0]


WEEK = [WeekShift(0, AM, SHI, WINDOW), WeekShift(2, PM, FANG), WeekShift(5, AM, FANG)]


def test_week_when_spread_over_a_month_skips_days_off_and_leave() -> None:
    days = [date(2025, 10, day) for day in range(1, 19)]
    shifts = spread_week(WEEK, days, [Absence(SHI, date(2025, 10, 13), date(2025, 10, 13))], CALENDAR, make_up_as=2)
    assert [(s.account_id, s.day.day, s.half) for s in shifts] == [
        (SHI, 6, AM),
        (FANG, 8, PM),
        (FANG, 11, PM),  # a Saturday that is worked, by the lines of Wednesday
        (FANG, 15, PM),
    ]


def test_r_duty_01_post_when_given_to_another_role_is_refused() -> None:
    check_may_serve(frozenset({Role.LAWYER}), Role.LAWYER, name="罗文斌", post="律师窗口", role_label="值班律师")
    with pytest.raises(RuleViolation, match="罗文斌不是") as refused:
        check_may_serve(frozenset({Role.MEDIATOR}), Role.LAWYER, name="罗文斌", post="律师窗口", role_label="值班律师")
    assert refused.value.rule == "R-DUTY-01"


def test_days_when_over_or_on_leave_are_refused() -> None:
    check_days_ahead([TODAY], TODAY)
    with pytest.raises(RuleViolation, match="6月30日已经过去"):
        check_days_ahead([date(2025, 6, 30), TODAY], TODAY)
    leave = [Absence(SHI, THURSDAY, THURSDAY)]
    check_not_away(leave, FANG, [THURSDAY], name="方素珍")
    with pytest.raises(RuleViolation, match="石明轩7月3日请假"):
        check_not_away(leave, SHI, [TODAY, THURSDAY], name="石明轩")


@pytest.mark.parametrize(
    ("status", "target", "may"),
    [
        (RequestStatus.ASKED, RequestStatus.AGREED, True),
        (RequestStatus.ASKED, RequestStatus.REFUSED, True),
        (RequestStatus.ASKED, RequestStatus.WITHDRAWN, True),
        (RequestStatus.ASKED, RequestStatus.APPROVED, False),
        (RequestStatus.ASKED, RequestStatus.DECLINED, False),
        (RequestStatus.AGREED, RequestStatus.APPROVED, True),
        (RequestStatus.AGREED, RequestStatus.DECLINED, True),
        (RequestStatus.AGREED, RequestStatus.WITHDRAWN, True),
        (RequestStatus.AGREED, RequestStatus.REFUSED, False),
        (RequestStatus.APPROVED, RequestStatus.WITHDRAWN, False),
        (RequestStatus.WITHDRAWN, RequestStatus.AGREED, False),
    ],
)
def test_request_when_moved_keeps_to_its_steps(status: RequestStatus, target: RequestStatus, may: bool) -> None:
    if may:
        check_step(status, target)
    else:
        with pytest.raises(RuleViolation, match="不用再办"):
            check_step(status, target)


def test_request_words_cover_every_kind_and_state() -> None:
    assert set(REQUEST_KIND_LABELS) == set(RequestKind)
    assert set(REQUEST_STATUS_LABELS) == set(REQUEST_TRANSITIONS) == set(RequestStatus)
    assert {RequestStatus.ASKED, RequestStatus.AGREED} == OPEN_STATUSES


def standing(**values: object) -> Standing:
    defaults = {"asker_serves": frozenset({GIVEN}), "colleague_serves": frozenset({TAKEN})}
    return Standing(**{**defaults, **values})


NAMES = {"asker": "石明轩", "colleague": "方素珍", "today": TODAY}


@pytest.mark.parametrize(
    ("values", "message", "rule"),
    [
        ({"asker_serves": frozenset()}, "石明轩7月3日（周四）上午没有班", "R-DUTY-02"),
        ({"colleague_serves": frozenset({GIVEN})}, "方素珍7月3日（周四）上午自己也值班", "R-DUTY-02"),
        ({"colleague_away": frozenset({GIVEN})}, "方素珍7月3日（周四）上午请假", "R-DUTY-02"),
        ({"may_colleague_serve": False}, "方素珍不能值这个岗位", "R-DUTY-01"),
    ],
)
def test_cover_when_it_cannot_be_is_refused(values: dict, message: str, rule: str) -> None:
    check_cover(GIVEN, standing(), **NAMES)
    with pytest.raises(RuleViolation) as refused:
        check_cover(GIVEN, standing(**values), **NAMES)
    assert message in refused.value.message
    assert refused.value.rule == rule


def test_cover_when_the_day_is_over_is_refused() -> None:
    with pytest.raises(RuleViolation, match="已经过去"):
        check_cover(GIVEN, standing(), asker="石明轩", colleague="方素珍", today=FRIDAY)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"colleague_serves": frozenset()}, "方素珍7月4日（周五）下午没有班"),
        ({"asker_serves": frozenset({GIVEN, TAKEN})}, "石明轩7月4日（周五）下午自己也值班"),
        ({"asker_away": frozenset({TAKEN})}, "石明轩7月4日（周五）下午请假"),
        ({"may_asker_serve": False}, "石明轩不能值这个岗位"),
    ],
)
def test_swap_when_the_asker_cannot_stand_in_is_refused(values: dict, message: str) -> None:
    check_swap(GIVEN, TAKEN, standing(), **NAMES)
    with pytest.raises(RuleViolation) as refused:
        check_swap(GIVEN, TAKEN, standing(**values), **NAMES)
    assert message in refused.value.message


def test_swap_when_both_are_the_same_half_day_is_refused() -> None:
    with pytest.raises(RuleViolation, match="同一个半天"):
        check_swap(GIVEN, GIVEN, standing(), **NAMES)
