"""How a table leaves the product, and how an uploaded one is shown again with what it would do."""

from urllib.parse import quote

from flask import Response, make_response

from app.collective.actions.roster_import import rows_of
from app.collective.forms.roster import read_lines
from app.collective.models import Roster, RosterImport
from app.collective.queries.roster import known_of, registered_of
from app.collective.rules.roster_plan import Line, Plan, plan_import
from app.law import clock
from app.web.spreadsheets import MEDIA_TYPE


def table_response(content: bytes, name: str) -> Response:
    """The bytes of a workbook to be saved, never shown inside the product."""
    response = make_response(content)
    response.headers["Content-Type"] = MEDIA_TYPE
    response.headers["Content-Disposition"] = f"attachment; filename=\"roster.xlsx\"; filename*=UTF-8''{quote(name)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


def plan_of(roster: Roster, lines: list[Line]) -> Plan:
    """What these rows would do to the roster as it stands now."""
    return plan_import(lines, known_of(roster, today=clock.today()), registered_of(roster))


def plan_of_upload(upload: RosterImport) -> Plan:
    """What the waiting table would do to the roster as it stands now."""
    return plan_of(upload.roster, read_lines(rows_of(upload), today=clock.today()))
