"""The grid of a month as one person may see it: people and posts by days, gaps, what the draft changes."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.booking.models import DutyPost
from app.booking.queries.rosters import MonthPlan, list_roster_people
from app.booking.rules.rosters import Change, Staffing, is_away
from app.booking.rules.words import HALF_DAY_LABELS, HalfDay
from app.law.calendar import Calendar, DayMark
from app.law.dates import format_month_day_with_weekday
from app.people.models import Account

NO_POST = 10_000
SIGNS = {(True, True): "全", (True, False): "上", (False, True): "下", (False, False): ""}
WORDS = {"全": "全天", "上": "上午", "下": "下午", "": "不值班"}


@dataclass(frozen=True)
class DayHead:
    """One day of the head: its mark, whether it is today or over."""

    day: date
    mark: DayMark
    is_today: bool
    is_over: bool


@dataclass(frozen=True)
class PersonCell:
    """One day of one person: a sign (全, 上, 下), whether leave cancels it, how the draft changes it, all in words."""

    day: date
    sign: str
    is_away: bool
    draft: str
    words: str


@dataclass(frozen=True)
class PersonRow:
    """One person with every day and the number of half-days."""

    account: Account
    cells: tuple[PersonCell, ...]
    halves: int


@dataclass(frozen=True)
class PostRow:
    """One post: for each day morning and afternoon, and how many are missing in the month."""

    post: DutyPost
    cells: tuple[tuple[date, tuple[Staffing, ...]], ...]
    missing: int


@dataclass(frozen=True)
class MonthGrid:
    """The whole page's grid."""

    days: tuple[DayHead, ...]
    posts: tuple[PostRow, ...]
    people: tuple[PersonRow, ...]


def month_grid(plan: MonthPlan, calendar: Calendar, today: date) -> MonthGrid:
    """The grid of a plan; people by the post they mostly fill."""
    heads = tuple(DayHead(day, calendar.day_kind(day), day == today, day < today) for day in plan.days)
    staffing = plan.staffing(calendar)
    posts = tuple(_post_row(post, plan, staffing, today) for post in plan.posts)
    return MonthGrid(heads, posts, tuple(_person_rows(plan)))


def say_gap(gap: Staffing, posts: Mapping[int, DutyPost]) -> str:
    """One gap in words: 7月3日（周四）上午 调解员 缺 1 人."""
    when = f"{format_month_day_with_weekday(gap.day)}{HALF_DAY_LABELS[gap.half]}"
    return f"{when} {posts[gap.post_id].name} 缺 {gap.missing} 人"


def _post_row(
    post: DutyPost, plan: MonthPlan, staffing: Mapping[tuple[int, date, HalfDay], Staffing], today: date
) -> PostRow:
    cells = tuple((day, tuple(staffing[post.id, day, half] for half in HalfDay)) for day in plan.days)
    return PostRow(post, cells, sum(row.missing for day, halves in cells if day >= today for row in halves))


def _person_rows(plan: MonthPlan) -> list[PersonRow]:
    after: dict[int, dict[date, set[HalfDay]]] = defaultdict(lambda: defaultdict(set))
    for shift in plan.shifts:
        after[shift.account_id][shift.day].add(shift.half)
    changed: dict[tuple[int, date], list[Change]] = defaultdict(list)
    for change in plan.changes:
        changed[change.shift.account_id, change.shift.day].append(change)
    away = {absence.account_id for absence in plan.absences}
    shown = after.keys() | away | {account_id for account_id, _ in changed}
    rank = _ranks(plan)
    people = [account for account in list_roster_people(plan) if account.id in shown]
    people.sort(key=lambda account: (rank.get(account.id, NO_POST), account.name_pinyin, account.id))
    return [
        PersonRow(
            account,
            tuple(_cell(plan, account.id, day, after[account.id][day], changed[account.id, day]) for day in plan.days),
            sum(len(halves) for halves in after[account.id].values()),
        )
        for account in people
    ]


def _ranks(plan: MonthPlan) -> dict[int, int]:
    """The position of the first post each person fills."""
    position = {post.id: place for place, post in enumerate(plan.posts)}
    ranks: dict[int, int] = {}
    for shift in plan.shifts:
        place = position.get(shift.post_id or 0, NO_POST)
        ranks[shift.account_id] = min(place, ranks.get(shift.account_id, NO_POST))
    return ranks


def _cell(plan: MonthPlan, account_id: int, day: date, halves: set[HalfDay], changes: list[Change]) -> PersonCell:
    sign = SIGNS[HalfDay.MORNING in halves, HalfDay.AFTERNOON in halves]
    draft = "" if not changes else "gone" if not halves else "new"
    absent = is_away(plan.absences, account_id, day)
    words = "请假" if absent else WORDS[sign]
    return PersonCell(day, sign, absent, draft, f"{words}，还没发布" if draft else words)
