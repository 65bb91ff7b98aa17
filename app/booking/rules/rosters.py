"""What a month's roster consists of, where it has gaps, how a week becomes a month, whose duty a draft changes.

What is published is a set of shifts; a draft is the changes that would be made to it, so that a swap or a cover
that is agreed meanwhile is never undone by publishing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from app.access.permissions import Role
from app.booking.rules.grid import HALVES_MEET_AT
from app.booking.rules.words import HalfDay
from app.errors import RuleViolation
from app.law.calendar import Calendar
from app.law.dates import format_month_day

MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
MOST_WANTED = 20
HALVES = tuple(HalfDay)


@dataclass(frozen=True, order=True)
class Shift:
    """Half a day of one person, at a post or at none in particular."""

    account_id: int
    day: date
    half: HalfDay
    post_id: int | None = None

    @property
    def place(self) -> tuple[int, date, HalfDay]:
        """Who and when: a person has one shift a half-day."""
        return self.account_id, self.day, self.half


@dataclass(frozen=True)
class Change:
    """A shift that begins (`is_on`) or ends."""

    shift: Shift
    is_on: bool


@dataclass(frozen=True)
class Absence:
    """Whole days on which a person is away."""

    account_id: int
    first: date
    last: date

    def covers(self, account_id: int, day: date) -> bool:
        """Whether the person is away on that day."""
        return self.account_id == account_id and self.first <= day <= self.last


@dataclass(frozen=True)
class WeekShift:
    """Half a weekday of one person in a template; Monday is 0."""

    weekday: int
    half: HalfDay
    account_id: int
    post_id: int | None = None


@dataclass(frozen=True)
class Staffing:
    """How many people a post has on half a day, and how many it wants; on days off it wants nobody."""

    post_id: int
    day: date
    half: HalfDay
    wanted: int
    have: int

    @property
    def missing(self) -> int:
        """How many are missing."""
        return max(0, self.wanted - self.have)


def parse_month(text: str) -> date:
    """The first day of a month written 2025-07, from 2000 to 2099; anything else is refused (RuleViolation)."""
    match = MONTH.fullmatch(text)
    if match is None:
        raise RuleViolation(f"没有“{text[:20]}”这个月份。请从值班表里选一个月，或写成 2025-07 这样。")
    return date(int(match[1]), int(match[2]), 1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def last_month(month: date) -> date:
    """The first day of the month before."""
    return (month - timedelta(days=1)).replace(day=1)


def days_of(month: date) -> list[date]:
    """Every day of a month."""
    return [month + timedelta(days=step) for step in range((next_month(month) - month).days)]


def halves_touched(starts: time, ends: time) -> frozenset[HalfDay]:
    """Which halves of its day a session needs; the halves meet at 13:00."""
    halves = {HalfDay.MORNING} if starts < HALVES_MEET_AT else set()
    return frozenset(halves | ({HalfDay.AFTERNOON} if ends > HALVES_MEET_AT else set()))


def is_away(absences: Iterable[Absence], account_id: int, day: date) -> bool:
    """Whether leave keeps the person away on that day."""
    return any(absence.covers(account_id, day) for absence in absences)


def overlay(published: Iterable[Shift], draft: Iterable[Change]) -> list[Shift]:
    """The roster as it would be after publishing the draft."""
    shifts = {shift.place: shift for shift in published}
    for change in draft:
        if change.is_on:
            shifts[change.shift.place] = change.shift
        else:
            shifts.pop(change.shift.place, None)
    return sorted(shifts.values(), key=lambda shift: (shift.day, HALVES.index(shift.half), shift.account_id))


def real_changes(published: Iterable[Shift], draft: Iterable[Change]) -> list[Change]:
    """The changes that still change something; what was done by hand meanwhile falls out."""
    standing = {shift.place: shift for shift in published}
    return [change for change in draft if _differs(change, standing.get(change.shift.place))]


def _differs(change: Change, standing: Shift | None) -> bool:
    return standing != change.shift if change.is_on else standing is not None


def count_staff(
    posts: Mapping[int, Mapping[HalfDay, int]],
    shifts: Iterable[Shift],
    absences: Iterable[Absence],
    days: Iterable[date],
    calendar: Calendar,
) -> dict[tuple[int, date, HalfDay], Staffing]:
    """For each post, day and half: how many are there against the number wanted; who is on leave is not there."""
    away = list(absences)
    have = Counter(
        (shift.post_id, shift.day, shift.half) for shift in shifts if not is_away(away, shift.account_id, shift.day)
    )
    return {
        (post_id, day, half): Staffing(
            post_id, day, half, wanted[half] if calendar.is_working_day(day) else 0, have[post_id, day, half]
        )
        for post_id, wanted in posts.items()
        for day in days
        for half in HALVES
    }


def spread_week(
    week: Iterable[WeekShift],
    days: Iterable[date],
    absences: Iterable[Absence],
    calendar: Calendar,
    *,
    make_up_as: int,
) -> list[Shift]:
    """The shifts that a template gives on these days: none on days off and on leave.

    A weekend day that is worked (班) takes the lines of weekday `make_up_as`, Monday being 0.
    """
    week, away = list(week), list(absences)
    shifts = []
    for day in days:
        if not calendar.is_working_day(day):
            continue
        weekday = make_up_as if calendar.day_kind(day).mark == "班" else day.weekday()
        shifts += [
            Shift(line.account_id, day, line.half, line.post_id)
            for line in week
            if line.weekday == weekday and not is_away(away, line.account_id, day)
        ]
    return shifts


def check_may_serve(roles: frozenset[Role], wanted: Role, *, name: str, post: str, role_label: str) -> None:
    """Refuse somebody without the post's role (R-DUTY-01)."""
    if wanted not in roles:
        raise RuleViolation(f"{post}要由{role_label}值班，{name}不是。请换人或换岗位。", rule="R-DUTY-01")


def check_days_ahead(days: Iterable[date], today: date) -> None:
    """Refuse to change duty of days that are over."""
    past = [day for day in days if day < today]
    if past:
        raise RuleViolation(f"{format_month_day(past[0])}已经过去，不能再排。请从今天起排。", rule="R-DUTY-02")


def check_not_away(absences: Iterable[Absence], account_id: int, days: Iterable[date], *, name: str) -> None:
    """Refuse to put somebody on duty who is on leave."""
    away = list(absences)
    hit = [day for day in days if is_away(away, account_id, day)]
    if hit:
        raise RuleViolation(f"{name}{format_month_day(hit[0])}请假，不能排班。请换人或换一天。", rule="R-DUTY-02")
