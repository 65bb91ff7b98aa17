"""How a matter and its clocks look on any page: pill, lamp, dates in words, basis."""

from datetime import date
from typing import Any

from flask import url_for

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
    MatterStatus.CLOSED: "ok",
    MatterStatus.FINALISED: "ok",
}


def pill_of(status: MatterStatus) -> tuple[str, str]:
    """The word and kind of a matter's state."""
    return LABELS[status], PILL_KINDS.get(status, "idle")


def lamp_of(clock: Clock, today: date) -> Lamp:
    """The lamp of one clock on that day; what was met late stays late."""
    if clock.state is ClockState.PAUSED:
        running = next((pause for pause in clock.pauses if pause.until_on is None), None)
        return paused_lamp(running.basis if running else "")
    if clock.met_on is not None:
        return met_lamp(clock.legal_due_on, clock.met_on)
    profile = profile_on(clock.trigger_on)
    return days_left(
        clock.legal_due_on,
        today,
        calendar(),
        internal_target=clock.target_on,
        period_length=get_clock(clock.clock).length(profile).length,
        closes_at=profile.business_closes_at,
        is_provisional=clock.is_provisional,
    )


def lamp_of_day(due_on: date | None, today: date) -> Lamp | None:
    """The lamp of a mere legal date, for lists."""
    return days_left(due_on, today, calendar()) if due_on is not None else None


def clock_item(clock: Clock, today: date) -> dict[str, Any]:
    """One clock for the strip above a matter: what is due, lamp, date and trigger, basis, 怎么算的."""
    rule = get_clock(clock.clock)
    return {
        "label": rule.due,
        "lamp": lamp_of(clock, today),
        "due_text": f"{format_month_day_with_weekday(clock.legal_due_on)}到期 · "
        f"{format_month_day(clock.trigger_on)}{rule.trigger}",
        "basis": f"依据{rule.article}",
        "explain_url": url_for("matters.explain", public_id=clock.public_id),
    }
