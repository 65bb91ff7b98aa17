"""The month planner: the grid, the draft, weekly templates."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, may, permission_required
from app.access.permissions import Permission
from app.booking import actions
from app.booking.models import DutyRoster
from app.booking.queries.own_duty import list_slots_of_person
from app.booking.queries.rooms import list_people
from app.booking.queries.rosters import (
    MonthPlan,
    get_month_plan,
    get_template,
    list_posts,
    list_templates,
    list_versions,
)
from app.booking.routes.rooms import own_area
from app.booking.rules.rosters import last_month, next_month, parse_month
from app.desk.duty.forms import read_shifts, read_template_choice, read_template_name
from app.desk.duty.month import month_grid, say_gap
from app.desk.duty.queries import list_to_tell
from app.desk.duty.routes import bp
from app.errors import DomainError
from app.law import clock
from app.law.dates import format_date, parse_date
from app.people.models import Account
from app.settings.queries import calendar
from app.web.forms import FormReader
from app.web.transaction import check_seen_version, writes

SHOWN_GAPS = 8


@bp.get("/duty/<month:month>")
@permission_required(Permission.CALENDAR_SEE)
def show_month(month: str) -> ResponseReturnValue:
    """People and posts by days; who plans sees the draft, everybody else what is published."""
    plan = visible_plan(parse_month(month))
    today, marks = clock.today(), calendar()
    posts = {post.id: post for post in plan.posts}
    gaps = plan.gaps(marks, today)
    return render_template(
        "duty/month.html",
        plan=plan,
        grid=month_grid(plan, marks, today),
        gaps=[say_gap(gap, posts) for gap in gaps[:SHOWN_GAPS]],
        gap_count=len(gaps),
        missing=sum(gap.missing for gap in gaps),
        versions=list_versions(plan.roster) if plan.roster else [],
        month=month,
        before=f"{last_month(plan.month):%Y-%m}",
        after=f"{next_month(plan.month):%Y-%m}",
        today=today,
        printed_at=clock.now(),
        **(_planning(plan) if may(Permission.CALENDAR_MANAGE) else {}),
    )


@bp.post("/duty/<month:month>/draft")
@writes(reshow=show_month)
@permission_required(Permission.CALENDAR_MANAGE)
def change_draft(month: str) -> ResponseReturnValue:
    """Put somebody on or take him off; nobody is told before the draft is published."""
    first, area = parse_month(month), own_area()
    posts = {post.public_id: post for post in list_posts(area)}
    typed = read_shifts(FormReader(request.form, today=clock.today()), _people(area), posts, first, calendar())
    roster = actions.open_roster(area, first)
    by, today = current_actor(), clock.today()
    if request.form.get("act") == "off":
        actions.plan_off(roster, typed.account, typed.days, typed.halves, by=by, today=today)
        word = "撤下"
    else:
        actions.plan_on(roster, typed.account, typed.post, typed.days, typed.halves, by=by, today=today)
        word = "排上"
    flash(f"草稿里{word} {typed.account.name} {len(typed.days)} 天。发布以后才算数。", "ok")
    return redirect(url_for("duty.show_month", month=month))


@bp.post("/duty/<month:month>/discard")
@writes(reshow=show_month)
@permission_required(Permission.CALENDAR_MANAGE)
def discard_draft(month: str) -> ResponseReturnValue:
    """Throw the draft away."""
    roster = actions.open_roster(own_area(), parse_month(month))
    check_seen_version(roster, FormReader(request.form, today=clock.today()).version())
    count = actions.discard_draft(roster, by=current_actor())
    flash(f"草稿里的 {count} 处改动已丢掉，已发布的不变。", "ok")
    return redirect(url_for("duty.show_month", month=month))


@bp.post("/duty/<month:month>/template")
@writes(reshow=show_month)
@permission_required(Permission.CALENDAR_MANAGE)
def apply_template(month: str) -> ResponseReturnValue:
    """Fill the draft from a week."""
    area, today = own_area(), clock.today()
    templates = {template.public_id: template for template in list_templates(area)}
    template, make_up_as = read_template_choice(FormReader(request.form, today=today), templates)
    roster = actions.open_roster(area, parse_month(month))
    applied = actions.apply_template(
        roster, template, make_up_as=make_up_as, calendar=calendar(), by=current_actor(), today=today
    )
    left = f"{applied.left_out} 个半天没有排：人已不在岗或岗位不符。" if applied.left_out else ""
    flash(f"按“{template.name}”在草稿里排了 {applied.put} 个半天。{left}", "ok")
    return redirect(url_for("duty.show_month", month=month))


@bp.post("/duty/<month:month>/templates")
@writes(reshow=show_month)
@permission_required(Permission.CALENDAR_MANAGE)
def save_template(month: str) -> ResponseReturnValue:
    """Keep a week of the month as a template."""
    mondays = {monday.isoformat(): monday for monday in _mondays(parse_month(month))}
    name, monday = read_template_name(FormReader(request.form, today=clock.today()), mondays)
    template = actions.save_week_as_template(own_area(), name, monday, by=current_actor())
    flash(f"已存为周模板“{template.name}”，共 {len(template.lines)} 个半天。", "ok")
    return redirect(url_for("duty.show_month", month=month))


@bp.post("/duty/<month:month>/templates/<template_id>/remove")
@writes(reshow=lambda month, template_id: show_month(month))
@permission_required(Permission.CALENDAR_MANAGE)
def remove_template(month: str, template_id: str) -> ResponseReturnValue:
    """Throw a weekly template away."""
    template = get_template(template_id, own_area())
    actions.remove_template(template, by=current_actor())
    flash(f"周模板“{template.name}”已删去，排好的班不变。", "ok")
    return redirect(url_for("duty.show_month", month=month))


def visible_plan(month: date) -> MonthPlan:
    """The month of the person's area; without the draft for those who do not plan."""
    plan = get_month_plan(own_area(), month)
    return plan if may(Permission.CALENDAR_MANAGE) else replace(plan, draft=())


def seen_roster(month: str) -> DutyRoster:
    """The roster of a posted form; refuses when somebody changed the draft meanwhile (StaleVersion)."""
    roster = actions.open_roster(own_area(), parse_month(month))
    check_seen_version(roster, FormReader(request.form, today=clock.today()).version())
    return roster


def _planning(plan: MonthPlan) -> dict[str, Any]:
    """What only who plans sees: the forms, and the cell that was picked."""
    people = list_people(plan.area_id)
    picked = next((account for account in people if account.public_id == request.args.get("who")), None)
    day, unread = _picked_day(plan)
    return {
        "people": people,
        "templates": list_templates(plan.area_id),
        "to_tell": list_to_tell(plan.roster) if plan.roster else [],
        "mondays": _mondays(plan.month),
        "picked": picked,
        "picked_day": day,
        "unread_day": unread,
        "picked_slots": list_slots_of_person(picked.id, day, day) if picked and day else [],
    }


def _picked_day(plan: MonthPlan) -> tuple[date | None, str]:
    """The day of the cell that was picked, and what is wrong with the one in the address."""
    typed = request.args.get("day", "")
    if not typed:
        return None, ""
    try:
        day = parse_date(typed, today=clock.today())
    except DomainError as refusal:
        return None, refusal.message
    return (day, "") if day in plan.days else (None, f"{format_date(day)}不在这个月里。")


def _people(area: int) -> dict[str, Account]:
    return {account.public_id: account for account in list_people(area)}


def _mondays(month: date) -> list[date]:
    first = month - timedelta(days=month.weekday())
    return [day for day in (first + timedelta(weeks=step) for step in range(6)) if day < next_month(month)]
