"""The administrator's pages of days off and local parameters."""

from datetime import date, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.errors import FieldErrors
from app.law import clock
from app.law.profile import PARAMETERS
from app.settings import actions, queries
from app.settings.forms import profile_fields, read_day, read_profile
from app.web.forms import FormReader
from app.web.transaction import writes

bp = Blueprint("settings", __name__)
FIRST_YEAR, LAST_YEAR = 2008, 2100


@bp.get("/settings")
@permission_required(Permission.SETTINGS_MANAGE)
def index() -> ResponseReturnValue:
    """What can be set."""
    return render_template("settings/index.html")


@bp.get("/settings/holidays")
@permission_required(Permission.SETTINGS_MANAGE)
def show_holidays() -> ResponseReturnValue:
    """Days off and days worked of one year."""
    today = clock.today()
    typed = request.args.get("year", "")
    is_year = typed.isascii() and typed.isdigit() and len(typed) == 4 and FIRST_YEAR <= int(typed) <= LAST_YEAR
    year = int(typed) if is_year else today.year
    return render_template(
        "settings/holidays.html",
        year=year,
        days=queries.list_days(year),
        packaged=_packaged_days(year),
        years=queries.list_covered_years(),
        is_covered=year in queries.calendar().covered_years,
        is_loaded=any(row.year == year for row in queries.list_covered_years()),
        is_packaged=queries.calendar_changed_at() is None,
        today=today,
    )


@bp.post("/settings/holidays/load")
@writes(reshow=show_holidays)
@permission_required(Permission.SETTINGS_MANAGE)
def load_calendar() -> ResponseReturnValue:
    """Take over the packaged notice of one year."""
    form = FormReader(request.form, today=clock.today())
    year = form.number("year", "年份", low=FIRST_YEAR, high=LAST_YEAR)
    form.finish()
    if year not in actions.load_calendar({year}, by=current_actor(), now=clock.now()):
        raise FieldErrors({"year": f"软件里还没有 {year} 年的放假通知。通知发布后，请用下面的表自己录入。"})
    flash(f"{year} 年的放假安排已装入。已在走的期限不变，之后起算的按新的算。", "ok")
    return redirect(url_for("settings.show_holidays", year=year))


@bp.post("/settings/holidays/cover")
@writes(reshow=show_holidays)
@permission_required(Permission.SETTINGS_MANAGE)
def cover_year() -> ResponseReturnValue:
    """Say that a year is entered by hand."""
    form = FormReader(request.form, today=clock.today())
    year = form.number("year", "年份", low=FIRST_YEAR, high=LAST_YEAR)
    source = form.line("source", "通知文号", limit=120)
    form.finish()
    actions.cover_year(year, source, by=current_actor(), now=clock.now())
    flash(f"{year} 年可以录入了。", "ok")
    return redirect(url_for("settings.show_holidays", year=year))


@bp.post("/settings/holidays/day")
@writes(reshow=show_holidays)
@permission_required(Permission.SETTINGS_MANAGE)
def set_day() -> ResponseReturnValue:
    """Change one day."""
    day, kind, name = read_day(FormReader(request.form, today=clock.today()))
    actions.set_day(day, kind, name, by=current_actor(), now=clock.now())
    flash("已改。已在走的期限不变，之后起算的按新的算。", "ok")
    return redirect(url_for("settings.show_holidays", year=day.year))


@bp.get("/settings/profiles")
@permission_required(Permission.SETTINGS_MANAGE)
def show_profiles() -> ResponseReturnValue:
    """The parameters in force, those to come, and the form for the next ones."""
    today = clock.today()
    current = queries.dated_profile_on(today)
    return render_template(
        "settings/profiles.html",
        current=current,
        profiles=queries.list_dated_profiles(),
        fields=profile_fields(queries.profile_on(date.max)),
        parameters=PARAMETERS,
        today=today,
        tomorrow=today + timedelta(days=1),
    )


@bp.post("/settings/profiles")
@writes(reshow=show_profiles)
@permission_required(Permission.SETTINGS_MANAGE)
def save_profile() -> ResponseReturnValue:
    """Set the parameters from a day on."""
    today = clock.today()
    form = FormReader(request.form, today=today)
    effective_on = form.date("effective_on", "从哪天起")
    basis = form.line("basis", "依据", limit=400)
    values = read_profile(form, queries.profile_on(date.max))
    form.finish()
    actions.save_profile(effective_on, values, basis, by=current_actor(), today=today, now=clock.now())
    flash("已保存。已在走的期限不变，那天起算的按新的算。", "ok")
    return redirect(url_for("settings.show_profiles"))


@bp.post("/settings/profiles/<int:row_id>/withdraw")
@writes
@permission_required(Permission.SETTINGS_MANAGE)
def withdraw_profile(row_id: int) -> ResponseReturnValue:
    """Take back parameters that are not in force yet."""
    row = queries.get_profile_row(row_id)
    actions.withdraw_profile(row, by=current_actor(), today=clock.today(), now=clock.now())
    flash("已撤回。", "ok")
    return redirect(url_for("settings.show_profiles"))


def _packaged_days(year: int) -> list[tuple[date, str, str]]:
    calendar = queries.packaged_calendar()
    rest = [(day, "休", name) for day, name in calendar.rest_days.items() if day.year == year]
    work = [(day, "班", name) for day, name in calendar.swapped_working_days.items() if day.year == year]
    return sorted(rest + work)
