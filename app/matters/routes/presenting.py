"""How a matter and its clocks look on any page: pill, lamp, dates in words, basis."""

from datetime import date, datetime
from typing import Any

from flask import url_for

from app.law import clock
from app.law.clocks import get_clock
from app.law.dates import format_month_day, format_month_day_with_weekday
from app.law.lamp import Lamp, days_left, met_lamp, paused_lamp
from app.matters.models import Clock
from app.matters.rules import LABELS, ClockState, MatterStatus
from app.settings.queries import calendar, profile_on

PILL_KINDS = {
    MatterStatus.REGISTERED: "warn",
    MatterStatus.RETURNED_BY_OBJECTION: "warn",
    MatterStatus.TRANSFERRED: "info",
    MatterStatus.ASSIGNED: "info",
    MatterStatus.REPORTED: "info",
    MatterStatus.ACCEPTED: "info",
    MatterStatus.HANDLING: "info",
    MatterStatus.IN_LINKAGE: "info",
    MatterStatus.OPINION_ISSUED: "info",
    MatterStatus.REVIEW_REQUESTED: "info",
    MatterStatus.REVIEW_DECIDED: "info",
    MatterStatus.RECHECK_REQUESTED: "info",
    MatterStatus.RECHECK_DECIDED: "warn",
    MatterStatus.IN_RECONSIDERATION: "info",
    MatterStatus.CLOSED: "ok",
    MatterStatus.FINALISED: "ok",
}


def pill_of(status: MatterStatus) -> tuple[str, str]:
    """The word and kind of a matter's state."""
    return LABELS[status], PILL_KINDS.get(status, "idle")


def lamp_of(row: Clock, today: date) -> Lamp:
    """The lamp of one clock on that day; what was met late stays late."""
    if row.state is ClockState.PAUSED:
        running = next((pause for pause in row.pauses if pause.until_on is None), None)
        return paused_lamp(running.basis if running else "")
    if row.met_on is not None:
        return met_lamp(row.legal_due_on, row.met_on)
    profile = profile_on(row.trigger_on)
    return days_left(
        row.legal_due_on,
        today,
        calendar(),
        internal_target=row.target_on,
        period_length=get_clock(row.clock).length(profile).length,
        closes_at=profile.business_closes_at,
        is_provisional=row.is_provisional,
    )


def lamp_of_day(due_on: date | None, today: date) -> Lamp | None:
    """The lamp of a mere legal date, for lists."""
    return days_left(due_on, today, calendar()) if due_on is not None else None


def clock_item(row: Clock, today: date) -> dict[str, Any]:
    """One clock for the strip above a matter: what is due, lamp, date and trigger, basis, 怎么算的."""
    rule = get_clock(row.clock)
    return {
        "label": rule.due,
        "lamp": lamp_of(row, today),
        "due_text": f"{format_month_day_with_weekday(row.legal_due_on)}到期 · "
        f"{format_month_day(row.trigger_on)}{rule.trigger}",
        "basis": f"依据{rule.article}",
        "explain_url": url_for("matters.explain", public_id=row.public_id),
    }


def moment_short(moment: datetime) -> str:
    """5月26日 16:40 local time, with the year when it is not this one."""
    local = clock.to_local(moment)
    year = "" if local.year == clock.today().year else f"{local.year}年"
    return f"{year}{local.month}月{local.day}日 {local:%H:%M}"
