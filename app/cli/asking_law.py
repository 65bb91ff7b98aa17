"""`flask law due`: a lawyer checks the table of clocks; works without a database."""

import json
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from app.errors import DomainError
from app.extensions import db
from app.law import clock as law_clock
from app.law.calendar import Calendar
from app.law.commandline import due_answer, fill_vectors
from app.law.dates import parse_iso_date
from app.law.profile import Profile
from app.settings.queries import calendar, packaged_calendar, profile_on


@click.group()
def law() -> None:
    """Questions to the law package."""


@law.command()
@click.argument("clock", required=False)
@click.argument("trigger", metavar="DATE", required=False)
@click.option("--extend-days", type=int, default=0, help="All extensions together, in the clock's own unit.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--vectors", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A JSON list to fill in.")
@with_appcontext
def due(clock: str | None, trigger: str | None, extend_days: int, as_json: bool, vectors: Path | None) -> None:
    """When is CLOCK due, if it was triggered on DATE (YYYY-MM-DD)?"""
    days, profile = _what_the_office_set()
    try:
        if vectors is not None:
            filled = fill_vectors(json.loads(vectors.read_text(encoding="utf-8")), days, profile)
            click.echo(json.dumps(filled, ensure_ascii=False, indent=1))
            return
        if clock is None or trigger is None:
            raise click.UsageError("give CLOCK and DATE, or --vectors FILE.")
        answer = due_answer(clock, parse_iso_date(trigger), extend_days, days, profile)
    except DomainError as error:
        click.echo(error.message, err=True)
        sys.exit(2)
    except ValueError as error:
        click.echo(f"{vectors}: {error}", err=True)
        sys.exit(2)
    _print(answer, as_json=as_json)


def _what_the_office_set() -> tuple[Calendar, Profile]:
    if "sqlalchemy" not in current_app.extensions:
        return packaged_calendar(), Profile()
    try:
        return calendar(), profile_on(law_clock.today())
    except SQLAlchemyError:
        db.session.rollback()
        current_app.logger.debug("no database: the packaged calendar and the default profile answer")
        return packaged_calendar(), Profile()


def _print(answer: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    for name, value in answer.items():
        click.echo(f"{name}: {value}")
