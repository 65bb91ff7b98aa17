"""How the calendar's pages show things: which days are open, who waits, what lies in the basket."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from flask import request, url_for

from app.access.permissions import Actor
from app.booking.models import BookedSession, DraftMove
from app.booking.queries import plan_of
from app.booking.queries.drafts import list_basket, list_fallen_out, owners_in_drafts
from app.booking.rules.words import DraftAct
from app.desk.calendar.placers import Placing, Told, list_placings, placing_of_draft
from app.desk.calendar.timeline import Group, Span
from app.errors import DomainError
from app.law import clock
from app.law.dates import format_month_day_with_weekday
from app.law.lamp import Lamp, days_left
from app.settings.queries import calendar
from app.web.addresses import asked_day

STRIP_DAYS = 14
WEEK = 7
VIEWS = {"day": "日", "week": "周", "month": "月"}
GROUPS = {Group.ROOMS: "场所", Group.PEOPLE: "人员", Group.CENTRES: "中心"}


def uncovered_year(span: Span) -> int | None:
    """The first year of the shown days whose days off are not entered yet."""
    marks = calendar()
    return next((day.year for day in (span.first, span.last) if not marks.is_covered(day)), None)


def asked_view() -> str:
    """Day, week or month."""
    view = request.args.get("view", "day")
    return view if view in VIEWS else "day"


def asked_group() -> Group:
    """What the rows are."""
    typed = request.args.get("group", "")
    return Group(typed) if typed in set(Group) else Group.ROOMS


def span_of(day: date) -> Span:
    """The days that are shown."""
    view, monday = asked_view(), day - timedelta(days=day.weekday())
    if view == "week":
        return Span(monday, WEEK, asked_group())
    if view == "month":
        first, last = day.replace(day=1), _last_of_month(day)
        monday = first - timedelta(days=first.weekday())
        return Span(monday, -(-((last - monday).days + 1) // WEEK) * WEEK, asked_group())
    return Span(day, 1, asked_group())


def turned(day: date, forward: bool) -> date:
    """The day to which one page back or on leads."""
    if asked_view() == "month":
        return (
            _last_of_month(day) + timedelta(days=1)
            if forward
            else (day.replace(day=1) - timedelta(days=1)).replace(day=1)
        )
    step = span_of(day).days
    return span_of(day).first + timedelta(days=step if forward else -step)


def _last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def address(endpoint: str = "calendar.show_day", **changes: Any) -> str:
    """The page with one thing of its address changed."""
    values = {"date": asked_day().isoformat(), "view": asked_view(), "group": asked_group().value}
    usual = {"view": "day", "group": "rooms"}
    kept = {name: value for name, value in {**values, **changes}.items() if value != usual.get(name)}
    return url_for(endpoint, **kept)


def strip(day: date, today: date, counts: Mapping[date, int]) -> list[dict[str, Any]]:
    """Fourteen days from the Monday of the week, with 休 and 班 and how many sessions each holds."""
    marks = calendar()
    days = (monday_of(day) + timedelta(days=count) for count in range(STRIP_DAYS))
    return [
        {
            "day": each,
            "mark": marks.day_kind(each),
            "is_current": each == day,
            "is_today": each == today,
            "count": counts.get(each, 0),
        }
        for each in days
    ]


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def queue_of(actor: Actor) -> list[dict[str, Any]]:
    """What waits for a time, what was lifted off its place first."""
    now, today = clock.now(), clock.today()
    homeless = [placing_of_draft(draft, actor, now) for draft in list_basket(actor.account_id) if draft.is_homeless]
    drafted = owners_in_drafts()
    waiting = [row for row in list_placings(actor, now) if row.item.owner not in drafted]
    lifted = {row.item.key for row in homeless}
    return [_card(row, today, row.item.key in lifted) for row in [*homeless, *waiting]]


def page_of(placing: Placing) -> str:
    """The page of the case or the hearing."""
    subject = placing.subject
    if placing.placer.word == "hearing":
        return url_for("hearings.show", public_id=subject.public_id)
    case = subject if placing.placer.word == "case" else subject.case
    return url_for("mediation.show", public_id=case.public_id, _anchor="meetings")


def basket_of(actor: Actor) -> dict[str, Any]:
    """The bar at the foot: how many drafts, which, who will be told, whether publishing is on its way."""
    now = clock.now()
    drafts = list_basket(actor.account_id)
    rows = [draft_row(draft, actor) for draft in drafts]
    due = max((draft.publish_at for draft in drafts if draft.publish_at is not None), default=None)
    return {
        "rows": rows,
        "people": sum(len(row["told"]) for row in rows),
        "by_hand": sum(1 for row in rows for told in row["told"] if told.channel != "短信"),
        "homeless": sum(1 for draft in drafts if draft.is_homeless),
        "failure": next((draft.failure for draft in drafts if draft.failure), ""),
        "seconds": max(0, round((due - now).total_seconds())) if due else None,
        "until": min((draft.expires_on for draft in drafts), default=None),
        "fallen_out": [draft_row(draft, actor) for draft in list_fallen_out(actor.account_id)],
    }


def draft_row(draft: DraftMove, actor: Actor) -> dict[str, Any]:
    """One line of the basket: before, after, who is told by which channel."""
    placing = _find_placing(draft, actor)
    told: Iterable[Told] = placing.told() if placing else ()
    after = when_and_where(draft.session) if draft.session else ""
    if draft.act is DraftAct.CANCEL:
        after = "取消"
    return {
        "draft": draft,
        "title": placing.item.title if placing else "这一场已不归您办",
        "key": placing.item.key if placing else "",
        "act": draft.act,
        "before": when_and_where(draft.replaces) if draft.replaces else "还没有排",
        "after": after or "还没有新时间",
        "told": list(told),
        "is_hearing": placing is not None and placing.item.asks_service,
        "day": plan_of(draft.session).day if draft.session else None,
    }


def when_and_where(session: BookedSession) -> str:
    """Day, hours and room in words."""
    plan = plan_of(session)
    return f"{format_month_day_with_weekday(plan.day)}{plan.at:%H:%M}—{plan.end:%H:%M}，{session.room.name}"


def _find_placing(draft: DraftMove, actor: Actor) -> Placing | None:
    try:
        return placing_of_draft(draft, actor, clock.now())
    except DomainError:
        return None


def lamp_of(placing: Placing, today: date) -> Lamp | None:
    """How many working days are left until its period ends, None where none runs."""
    due_on = placing.item.due_on
    return days_left(due_on, today, calendar()) if due_on else None


def _card(placing: Placing, today: date, is_lifted: bool) -> dict[str, Any]:
    item = placing.item
    return {
        "item": item,
        "is_lifted": is_lifted,
        "lamp": lamp_of(placing, today),
        "url": url_for("calendar.show_placing", key=item.key),
        "page": page_of(placing),
    }
