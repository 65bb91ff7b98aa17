"""Publishing a month: what will happen, who is told, where somebody is still missing, which sessions lose somebody."""

from collections import defaultdict

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.booking.actions import open_roster
from app.booking.queries.off_duty import list_sessions_needing
from app.booking.queries.rosters import get_month_plan
from app.booking.routes.rooms import own_area
from app.booking.rules.rosters import Change, parse_month
from app.desk.duty.actions import Told, publish_and_tell
from app.desk.duty.month import say_gap
from app.desk.duty.queries import get_to_tell
from app.desk.duty.routes import bp
from app.desk.duty.routes.month import seen_roster
from app.law import clock
from app.law.dates import format_month_day
from app.notices.actions import mark_told
from app.people.queries import names_of
from app.settings.queries import calendar
from app.web.transaction import writes

SHOWN_DAYS = 6


@bp.get("/duty/<month:month>/publish")
@permission_required(Permission.CALENDAR_MANAGE)
def show_publishing(month: str) -> ResponseReturnValue:
    """The page before the irreversible act."""
    plan = get_month_plan(own_area(), parse_month(month))
    today, now = clock.today(), clock.now()
    changes = [change for change in plan.changes if change.shift.day >= today]
    posts = {post.id: post for post in plan.posts}
    ended = [change.shift for change in changes if not change.is_on]
    return render_template(
        "duty/publish.html",
        plan=plan,
        month=month,
        count=len(changes),
        people=_by_person(changes),
        gaps=[say_gap(gap, posts) for gap in plan.gaps(calendar(), today)],
        sessions=list_sessions_needing(ended, now),
    )


@bp.post("/duty/<month:month>/publish")
@writes(reshow=show_publishing)
@permission_required(Permission.CALENDAR_MANAGE)
def publish(month: str) -> ResponseReturnValue:
    """Publish the draft and tell those whose own duty changed."""
    roster = seen_roster(month)
    is_confirmed = request.form.get("is_confirmed") == "1"
    told = publish_and_tell(roster, by=current_actor(), now=clock.now(), is_confirmed=is_confirmed)
    flash(f"{roster.month.month}月值班第 {roster.published_number} 版已发布。{say_told(told)}", "ok")
    return redirect(url_for("duty.show_month", month=month))


@bp.post("/duty/<month:month>/told/<message_id>")
@writes
@permission_required(Permission.CALENDAR_MANAGE)
def mark_told_in_person(month: str, message_id: str) -> ResponseReturnValue:
    """Note that somebody without a mobile phone was told in person."""
    roster = open_roster(own_area(), parse_month(month))
    mark_told(get_to_tell(roster, message_id), by=current_actor(), now=clock.now())
    flash("已记下：当面或电话告知过了。", "ok")
    return redirect(url_for("duty.show_month", month=month))


def say_told(told: Told) -> str:
    """Who is told, in words (message 14)."""
    if not told.in_person:
        return f"班有变动的 {told.people} 人会收到通知。"
    reached = told.people - told.in_person
    others = f"{reached} 人会收到通知，" if reached else ""
    return f"班有变动的 {told.people} 人里，{others}{told.in_person} 人没有手机，请当面或电话告知。"


def _by_person(changes: list[Change]) -> list[dict[str, str]]:
    grouped: dict[int, list[Change]] = defaultdict(list)
    for change in changes:
        grouped[change.shift.account_id].append(change)
    names = names_of(grouped)
    return [{"text": f"{names[person]}：{_words(rows)}", "note": _days(rows)} for person, rows in grouped.items()]


def _words(rows: list[Change]) -> str:
    on = sum(row.is_on for row in rows)
    parts = [f"排上或换岗 {on} 个半天" if on else "", f"撤下 {len(rows) - on} 个半天" if len(rows) > on else ""]
    return "，".join(part for part in parts if part)


def _days(rows: list[Change]) -> str:
    days = sorted({row.shift.day for row in rows})
    shown = "、".join(format_month_day(day) for day in days[:SHOWN_DAYS])
    return f"{shown}等 {len(days)} 天" if len(days) > SHOWN_DAYS else shown
