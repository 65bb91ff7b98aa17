"""`flask verify`: does everything fit together? Exit code 0: yes; 1: one line a finding; 2: could not be checked."""

import json
import logging
import sys

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from app.cli.checks import CHECKS

log = logging.getLogger(__name__)
CLEAN, FOUND, FAILED = 0, 1, 2


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@with_appcontext
def verify(as_json: bool) -> None:
    """Check the log, the papers, the bookings, the clocks and the references."""
    findings: dict[str, list[str]] = {}
    try:
        for name, check in CHECKS:
            findings[name] = list(check())
    except (SQLAlchemyError, OSError, ValueError) as error:
        click.echo(f"cannot verify: {type(error).__name__}: {str(error).splitlines()[0]}", err=True)
        sys.exit(FAILED)
    _print(findings, as_json=as_json)
    sys.exit(FOUND if any(findings.values()) else CLEAN)


def _print(findings: dict[str, list[str]], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"ok": not any(findings.values()), "findings": findings}, ensure_ascii=False))
        return
    for lines in findings.values():
        for line in lines:
            click.echo(line)
    if not any(findings.values()):
        click.echo(f"clean: {', '.join(findings)}")
