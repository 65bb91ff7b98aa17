"""What is typed on the pages of rooms, closures, duty, leave and limits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.booking.actions import RoomDetails, ServiceDetails
from app.booking.rules.words import Equipment, HalfDay, RoomKind
from app.errors import FieldErrors
from app.law import clock
from app.law.calendar import Calendar
from app.people.models import Account
from app.web.forms import FormReader

MOST_DAYS = 92
MOST_SEATS = 500
MOST_SESSIONS = 50
LONGEST_WAY = 480


@dataclass(frozen=True)
class Closure:
    """From when to when a room is shut, and why."""

    starts_at: datetime
    ends_at: datetime
    reason: str


@dataclass(frozen=True)
class Duty:
    """Who is on duty on which days and halves."""

    account: Account
    days: tuple[date, ...]
    halves: tuple[HalfDay, ...]


def read_room(form: FormReader) -> RoomDetails:
    """The room as typed; refuses what is missing or out of range (FieldErrors)."""
    details = RoomDetails(
        name=form.line("name", "名称", limit=60),
        kind=form.choice("kind", "用途", RoomKind),
        capacity=form.number("capacity", "座位", low=1, high=MOST_SEATS),
        equipment=frozenset(form.choices("equipment", "设备", Equipment)),
        opens_at=form.time("opens_at", "开门时间"),
        closes_at=form.time("closes_at", "关门时间"),
        is_active=not form.has("is_retired"),
    )
    form.finish()
    return details


def read_closure(form: FormReader) -> Closure:
    """The closure as typed."""
    first, last = form.date("starts_on", "从哪天"), form.date("ends_on", "到哪天")
    closure = Closure(
        clock.from_local(first, form.time("starts_at", "从几点")),
        clock.from_local(last, form.time("ends_at", "到几点")),
        form.line("reason", "原因", limit=120),
    )
    form.finish()
    return closure


def read_duty(form: FormReader, people: dict[str, Account], calendar: Calendar) -> Duty:
    """Duty as typed: a range of at most three months, days off left out unless they are ticked."""
    account = form.option("account", "谁", people)
    first = form.date("first", "从哪天")
    last = form.optional_date("last", "到哪天") or first
    halves = form.choices("half", "上午下午", HalfDay)
    if not halves:
        form.fail("half", "请选上午、下午或者都选。")
    if not 0 <= (last - first).days < MOST_DAYS:
        form.fail("last", "最后一天不能早于第一天，一次最多排三个月。")
    form.finish()
    every = (first + timedelta(days=count) for count in range((last - first).days + 1))
    days = tuple(day for day in every if form.has("days_off") or first == last or calendar.is_working_day(day))
    if account is None or not days:
        raise FieldErrors({"last": "这几天都休息。要在休息日值班，请勾选“休息日也值”。"})
    return Duty(account, days, halves)


def read_leave(form: FormReader, people: dict[str, Account]) -> tuple[Account, date, date]:
    """Leave as typed: who, first day, last day."""
    account = form.option("leave_account", "谁", people)
    first = form.date("leave_first", "从哪天")
    last = form.optional_date("leave_last", "到哪天") or first
    form.finish()
    if account is None:
        raise FieldErrors({"leave_account": "请选择谁请假。"})
    return account, first, last


def read_area_limit(form: FormReader) -> tuple[int | None, int | None]:
    """At most so many sessions a day and a week; None where nothing was typed."""
    limits = _limit(form, "max_day", "每天最多"), _limit(form, "max_week", "每周最多")
    form.finish()
    return limits


def read_service(form: FormReader, centres: Mapping[str, int]) -> ServiceDetails:
    """Where a person serves and how much at most, as typed; nothing ticked is every centre."""
    details = ServiceDetails(
        home_id=form.option("home", "常驻站点", centres, required=False),
        centre_ids=form.option_list("centres", "服务的站点", centres),
        max_day=_limit(form, "max_day", "每天最多"),
        max_week=_limit(form, "max_week", "每周最多"),
    )
    form.finish()
    return details


def read_ways(form: FormReader, labels: Mapping[str, str]) -> dict[str, int]:
    """The minutes between centres by field; an empty field takes none."""
    ways = {
        name: form.number(name, label, low=0, high=LONGEST_WAY) if form.has(name) else 0
        for name, label in labels.items()
    }
    form.finish()
    return ways


def _limit(form: FormReader, name: str, label: str) -> int | None:
    return form.number(name, label, low=1, high=MOST_SESSIONS) if form.has(name) else None
