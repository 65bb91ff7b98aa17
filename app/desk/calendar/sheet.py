"""The same days as a table: rows by half-days or days, a month by weeks; for paper, and where no script runs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.desk.calendar.timeline import Span
from app.law.dates import format_month_day
from app.settings.queries import calendar

NOON = 12
WEEK = 7
STATES = {"over": "已结束", "draft": "草稿", "lacks": "缺人", "running": "正在进行"}


@dataclass(frozen=True)
class Line:
    """One session in a cell."""

    id: str
    day: date
    hours: str
    title: str
    who: str
    state: str
    opens: bool

    @property
    def state_words(self) -> str:
        """How it stands, where that is not plain."""
        return STATES.get(self.state, "")


@dataclass(frozen=True)
class Row:
    """A room, a person or a centre, with one cell a column."""

    title: str
    note: str
    cells: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True)
class Sheet:
    """The heads of the columns, each with 休 or 班 where it is one, and the rows."""

    heads: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class MonthDay:
    """One square of the month: the day, its mark, what stands on it, and how a picked session would fit."""

    day: date
    mark: str
    name: str
    is_in_month: bool
    lines: tuple[Line, ...]
    note: str = ""
    is_free: bool = False


def sheet_of(timeline: Mapping[str, Any], span: Span) -> Sheet:
    """The timeline as a table: one day by halves, several by days; days off on which nothing stands are left out."""
    lines = [(row["resourceIds"], line_of(row)) for row in timeline["events"]]
    if span.days == 1:
        columns: Sequence[Any] = (True, False)
        heads: tuple[tuple[str, str], ...] = (("上午", ""), ("下午", ""))
    else:
        busy = {line.day for _, line in lines}
        days = [date.fromisoformat(row["day"]) for row in timeline["days"]]
        columns = [day for day in days if day in busy or calendar().is_working_day(day)]
        heads = tuple(_head(day) for day in columns)
    rows = (_row(resource, lines, columns) for resource in timeline["resources"])
    return Sheet(heads, tuple(rows))


def month_of(
    events: Iterable[Mapping[str, Any]], span: Span, month: date, offers: Mapping[date, Any]
) -> list[list[MonthDay]]:
    """The weeks of a month with what stands on each day; `offers` say how a picked session would fit."""
    lines = [line_of(row) for row in events]
    days = [
        _month_day(date.fromordinal(span.first.toordinal() + step), month, lines, offers) for step in range(span.days)
    ]
    return [days[start : start + WEEK] for start in range(0, len(days), WEEK)]


def line_of(event: Mapping[str, Any]) -> Line:
    """One event of the timeline as a line."""
    start, end = datetime.fromisoformat(event["start"]), datetime.fromisoformat(event["end"])
    hours = f"{start.hour}:{start:%M}—{end.hour}:{end:%M}"
    return Line(event["id"], start.date(), hours, event["title"], event["who"], event["state"], event["opens"])


def _row(resource: Mapping[str, Any], lines: Iterable[tuple[list[str], Line]], columns: Sequence[Any]) -> Row:
    own = [line for ids, line in lines if resource["id"] in ids]
    cells = (tuple(line for line in own if column in (line.day, _is_morning(line))) for column in columns)
    return Row(resource["title"], resource["note"], tuple(cells))


def _is_morning(line: Line) -> bool:
    return int(line.hours.partition(":")[0]) < NOON


def _head(day: date) -> tuple[str, str]:
    mark = calendar().day_kind(day).mark
    weekday = "一二三四五六日"[day.weekday()]
    return f"{format_month_day(day)}（周{weekday}）", "" if mark == "工作日" else mark


def _month_day(day: date, month: date, lines: Iterable[Line], offers: Mapping[date, Any]) -> MonthDay:
    mark, offer = calendar().day_kind(day), offers.get(day)
    return MonthDay(
        day=day,
        mark=mark.mark,
        name=mark.name,
        is_in_month=(day.year, day.month) == (month.year, month.month),
        lines=tuple(line for line in lines if line.day == day),
        note=offer.note if offer else "",
        is_free=bool(offer and offer.rooms),
    )
