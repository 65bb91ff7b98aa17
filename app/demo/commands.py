"""The command that fills an empty installation with the demonstration district."""

import json
from pathlib import Path

import click
import sqlalchemy as sa
from flask import Flask
from flask.cli import with_appcontext

from app.demo.cast import Cast
from app.demo.living import tell_living_matters
from app.demo.living_hearings import tell_living_hearings
from app.demo.manifest import make_manifest
from app.demo.month import tell_month
from app.demo.office import make_office
from app.demo.people import PASSWORD, PEOPLE
from app.demo.scenarios import tell_scenarios
from app.demo.settlement_story import tell_retirees
from app.demo.story_time import story_time
from app.extensions import db
from app.law import clock
from app.matters.actions import lapse_rights
from app.people.models import Account
from app.people.rules import ROLE_LABELS
from app.privacy.chance import repeatable
from app.web.installation import settings
from app.web.transaction import transaction

SEED = 20250610


@click.command("demo-data")
@click.option("--manifest", type=click.Path(path_type=Path), help="Write what was made as JSON to this file.")
@click.option("--office-only", is_flag=True, help="Make people, rooms and duty, but no matters.")
@with_appcontext
def demo_data(manifest: Path | None, office_only: bool) -> None:
    """Fill an empty installation with the invented district 滨澜区; refused in production."""
    if settings().is_production:
        raise click.ClickException("Demonstration data are refused in production.")
    if db.session.scalar(sa.select(sa.func.count()).select_from(Account)):
        click.echo("已有账号，演示数据不再写入。")
    else:
        click.echo("正在写入演示数据，第一次要几分钟……")
        _tell(office_only=office_only)
    _print_accounts()
    if manifest:
        manifest.write_text(json.dumps(make_manifest(), ensure_ascii=False, indent=1, default=str))


def init_app(app: Flask) -> None:
    """Make the command known."""
    app.cli.add_command(demo_data)


def _tell(*, office_only: bool) -> None:
    now = clock.now().replace(microsecond=0)
    with repeatable(SEED):
        office = make_office(now)
        if office_only:
            return
        cast = Cast()
        with story_time(office.calendar, now) as time:
            tell_scenarios(office, cast, time)
            tell_retirees(office, cast, time)
            tell_living_hearings(office, cast, time)
            tell_living_matters(office, cast, time)
            tell_month(office, cast, time)
        with transaction():
            lapse_rights(clock.today())


def _print_accounts() -> None:
    if not db.session.scalar(sa.select(sa.func.count()).where(Account.is_demo)):
        return
    click.echo(f"演示账号（密码都是 {PASSWORD}）：")
    for person in PEOPLE:
        roles = "、".join(ROLE_LABELS[role] for role in person.roles)
        click.echo(f"  {person.username:<14}{person.name}　{roles}")
