"""Where people serve and how much at most, the way between centres, and how the sessions of a month are shared out."""

from datetime import date
from itertools import combinations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.booking import actions, queries
from app.booking.forms import read_area_limit, read_service, read_ways
from app.booking.queries.fairness import list_month_loads
from app.booking.queries.limits import centre_name, find_area_limit, find_service, get_person
from app.booking.routes import bp
from app.booking.routes.rooms import own_area
from app.booking.rules.rosters import last_month, next_month, parse_month
from app.errors import RuleViolation
from app.law import clock
from app.people.models import Organisation
from app.web.forms import FormReader
from app.web.transaction import check_seen_version, writes


@bp.get("/settings/centres")
@permission_required(Permission.CALENDAR_MANAGE)
def show_centres() -> ResponseReturnValue:
    """The centres with the ways between them, the limits for everybody, and what is set for whom."""
    area = own_area()
    people = queries.list_people(area)
    return render_template(
        "booking/centres.html",
        centres=[(centre.public_id, centre_name(centre)) for centre in queries.list_centres(area)],
        ways=[(_field(one, other), _pair_name(one, other), _minutes(one, other)) for one, other in _pairs(area)],
        people=people,
        bounds=queries.bounds_of([person.id for person in people]),
        names={centre.id: centre_name(centre) for centre in queries.list_centres(area)},
        limit=find_area_limit(area),
    )


@bp.post("/settings/centres/limits")
@writes(reshow=show_centres)
@permission_required(Permission.CALENDAR_MANAGE)
def set_area_limit() -> ResponseReturnValue:
    """Set how many sessions everybody has at most."""
    form = FormReader(request.form, today=clock.today())
    if (limit := find_area_limit(own_area())) is not None:
        check_seen_version(limit, form.version())
    max_day, max_week = read_area_limit(form)
    flagged = actions.set_area_limit(own_area(), max_day, max_week, by=current_actor(), now=clock.now())
    flash(f"上限已改。{_kept(flagged)}以后排的按新上限。", "warn" if flagged else "ok")
    return redirect(url_for("booking.show_centres"))


@bp.post("/settings/centres/ways")
@writes(reshow=show_centres)
@permission_required(Permission.CALENDAR_MANAGE)
def set_ways() -> ResponseReturnValue:
    """Set the minutes between centres."""
    pairs = {_field(one, other): (one.id, other.id) for one, other in _pairs(own_area())}
    form = FormReader(request.form, today=clock.today())
    labels = {_field(one, other): _pair_name(one, other) for one, other in _pairs(own_area())}
    ways = {pairs[name]: minutes for name, minutes in read_ways(form, labels).items()}
    flagged = actions.set_ways(ways, by=current_actor(), now=clock.now())
    flash(f"路上的时间已改。{_kept(flagged)}以后排的按新时间。", "warn" if flagged else "ok")
    return redirect(url_for("booking.show_centres"))


@bp.get("/settings/centres/people/<public_id>")
@permission_required(Permission.CALENDAR_MANAGE)
def show_service(public_id: str) -> ResponseReturnValue:
    """Where one person serves and how much at most."""
    area = own_area()
    account = get_person(public_id, area)
    return render_template(
        "booking/service.html",
        person=account,
        service=find_service(account.id),
        centres=[(centre.public_id, centre_name(centre)) for centre in queries.list_centres(area)],
        public_ids={centre.id: centre.public_id for centre in queries.list_centres(area)},
        limit=find_area_limit(area),
    )


@bp.post("/settings/centres/people/<public_id>")
@writes(reshow=show_service)
@permission_required(Permission.CALENDAR_MANAGE)
def set_service(public_id: str) -> ResponseReturnValue:
    """Set where one person serves and how much at most."""
    area = own_area()
    account = get_person(public_id, area)
    form = FormReader(request.form, today=clock.today())
    if (service := find_service(account.id)) is not None:
        check_seen_version(service, form.version())
    details = read_service(form, {centre.public_id: centre.id for centre in queries.list_centres(area)})
    flagged = actions.set_person_service(account, details, by=current_actor(), now=clock.now())
    flash(f"{account.name}的站点和名额已改。{_kept(flagged)}", "warn" if flagged else "ok")
    return redirect(url_for("booking.show_centres"))


@bp.get("/calendar/people")
@permission_required(Permission.CALENDAR_SEE)
def show_loads() -> ResponseReturnValue:
    """How many sessions each person has this month, and who has reached a limit."""
    month, unread = _asked_month()
    loads = list_month_loads(own_area(), month)
    return render_template(
        "booking/loads.html",
        month=month,
        unread_month=unread,
        loads=loads,
        most=max((load.sessions for load in loads), default=0),
        before=last_month(month),
        after=next_month(month),
    )


def _kept(flagged: int) -> str:
    """What becomes of the sessions that are booked."""
    return f"已排的 {flagged} 场不合了，先留着，请到“重排”里处理。" if flagged else "已排的场次不变。"


def _asked_month() -> tuple[date, str]:
    """The month in the address, else this one and what is wrong with what stands there."""
    this_month, typed = clock.today().replace(day=1), request.args.get("month", "")
    try:
        return (parse_month(typed) if typed else this_month), ""
    except RuleViolation as refusal:
        return this_month, refusal.message


def _pairs(area: int) -> list[tuple[Organisation, Organisation]]:
    return list(combinations(queries.list_centres(area), 2))


def _field(one: Organisation, other: Organisation) -> str:
    return f"way-{one.public_id}-{other.public_id}"


def _pair_name(one: Organisation, other: Organisation) -> str:
    return f"{centre_name(one)} 到 {centre_name(other)}"


def _minutes(one: Organisation, other: Organisation) -> int:
    return queries.travel_between(one.id, other.id)
