"""What is typed on the pages of the month planner and of one's own duty."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.booking.actions import PostDetails
from app.booking.models import DutyPost, WeekTemplate
from app.booking.queries.rooms import ON_DUTY_ROLES
from app.booking.rules.rosters import MOST_WANTED, days_of
from app.booking.rules.words import HalfDay
from app.errors import FieldErrors
from app.law.calendar import Calendar
from app.people.models import Account
from app.web.forms import FormReader

REASON_LIMIT = 200
WORKWEEK = {str(number): number for number in range(5)}
WEEKDAYS = {str(number): number for number in range(7)}


@dataclass(frozen=True)
class TypedShifts:
    """Who is put on or taken off, at which post, on which days and halves."""

    account: Account
    post: DutyPost | None
    days: tuple[date, ...]
    halves: tuple[HalfDay, ...]


def read_shifts(
    form: FormReader, people: Mapping[str, Account], posts: Mapping[str, DutyPost], month: date, calendar: Calendar
) -> TypedShifts:
    """Shifts as typed: a day or a range of the month, days off left out of a range unless they are ticked."""
    account = form.option("account", "谁", people)
    post = form.option("post", "岗位", posts, required=False)
    first = form.date("first", "从哪天")
    last = form.optional_date("last", "到哪天") or first
    halves = form.choices("half", "上午下午", HalfDay)
    weekdays = set(form.option_list("weekday", "星期", WEEKDAYS)) or set(WEEKDAYS.values())
    if not halves:
        form.fail("half", "请选上午、下午或者都选。")
    whole = days_of(month)
    if not whole[0] <= first <= last <= whole[-1]:
        form.fail("first", f"日期要在 {month.year} 年 {month.month} 月里，最后一天不能早于第一天。")
    form.finish()
    every = (first + timedelta(days=step) for step in range((last - first).days + 1))
    keeps_days_off = form.has("days_off") or first == last
    days = tuple(day for day in every if day.weekday() in weekdays and (keeps_days_off or calendar.is_working_day(day)))
    if account is None or not days:
        raise FieldErrors({"first": "选的日子里没有要排的。要在休息日值班，请勾选“休息日也值”。"})
    return TypedShifts(account, post, days, halves)


def read_template_choice(form: FormReader, templates: Mapping[str, WeekTemplate]) -> tuple[WeekTemplate, int]:
    """Which template, and as which weekday a make-up day counts."""
    template = form.option("template", "周模板", templates)
    make_up_as = form.option("make_up_as", "补班日按周几", WORKWEEK)
    form.finish()
    if template is None or make_up_as is None:
        raise FieldErrors({"template": "请选择周模板。"})
    return template, make_up_as


def read_template_name(form: FormReader, mondays: Mapping[str, date]) -> tuple[str, date]:
    """The name of a new template, and the week it keeps."""
    name = form.line("template_name", "模板名称", limit=40)
    monday = form.option("week", "哪一周", mondays)
    form.finish()
    if monday is None:
        raise FieldErrors({"week": "请选择哪一周。"})
    return name, monday


def read_post(form: FormReader) -> PostDetails:
    """The post as typed."""
    role = form.option("role", "由谁值", {role.value: role for role in ON_DUTY_ROLES})
    details = PostDetails(
        name=form.line("name", "岗位名称", limit=40),
        window=form.line("window", "窗口或地点", limit=40, required=False),
        role=role or ON_DUTY_ROLES[0],
        wanted_morning=form.number("wanted_morning", "上午要几人", low=0, high=MOST_WANTED),
        wanted_afternoon=form.number("wanted_afternoon", "下午要几人", low=0, high=MOST_WANTED),
        is_active=not form.has("is_retired"),
    )
    form.finish()
    return details


def read_leave_wish(form: FormReader) -> tuple[date, date, str]:
    """First and last day of leave, and why."""
    first = form.date("leave_first", "从哪天")
    last = form.optional_date("leave_last", "到哪天") or first
    reason = form.line("leave_reason", "原因", limit=REASON_LIMIT, required=False)
    form.finish()
    return first, last, reason
