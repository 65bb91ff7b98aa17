"""Which parts of an address have a shape of their own, and which day does an address ask for?"""

from datetime import date

from flask import request
from werkzeug.routing import BaseConverter

from app.errors import DomainError
from app.law import clock
from app.law.dates import parse_date


class MonthConverter(BaseConverter):
    """A month as addresses write it: 2025-07."""

    regex = r"\d{4}-\d{2}"


def asked_day(usual: date | None = None) -> date:
    """The day in the address or the form, else `usual`, else today; also where it cannot be read (`unread_date`)."""
    today = clock.today()
    try:
        typed = request.values.get("date", "")
        return parse_date(typed, today=today) if typed else usual or today
    except DomainError:
        return usual or today


def unread_date(name: str = "date") -> str:
    """What is wrong with the date in the address, '' when it can be read or none was named."""
    try:
        typed = request.values.get(name, "")
        return "" if not typed or parse_date(typed, today=clock.today()) else typed
    except DomainError as refusal:
        return refusal.message
