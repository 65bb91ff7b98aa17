"""`flask create-user`: the first administrator, auditor or any other account, from the command line."""

import sys

import click
from flask.cli import with_appcontext

from app.access.permissions import Role
from app.errors import DomainError, FieldErrors
from app.law import clock
from app.people import queries
from app.people.actions import create_account, create_organisation
from app.people.actions.accounts import AccountDetails
from app.people.actions.organisations import OrganisationDetails
from app.people.models import Organisation, OrganisationKind
from app.web.transaction import transaction

ROLES = [role.value for role in Role]
KINDS = [kind.value for kind in OrganisationKind]


@click.command("create-user")
@click.argument("username")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(ROLES), help="May be given twice.")
@click.option(
    "--organisation", required=True, help="Full name of the unit; made if it does not exist and --kind is given."
)
@click.option("--kind", type=click.Choice(KINDS), help="Kind of a unit that does not exist yet.")
@click.password_option(help="Asked for when it is not given.")
@with_appcontext
def create_user(
    username: str, name: str, roles: tuple[str, ...], organisation: str, kind: str | None, password: str
) -> None:
    """Create an account that can log in with USERNAME."""
    wanted = frozenset(Role(role) for role in roles)
    try:
        with transaction():
            unit = _find_or_make(organisation, kind)
            account = create_account(username, password, AccountDetails(name, unit), wanted, by=None, now=clock.now())
    except DomainError as error:
        told = "；".join(error.errors.values()) if isinstance(error, FieldErrors) else error.message
        click.echo(told, err=True)
        sys.exit(1)
    click.echo(f"{account.username}: {', '.join(sorted(roles))}, {unit.name}")


def _find_or_make(name: str, kind: str | None) -> Organisation:
    found = queries.find_organisation_by_name(name)
    if found is not None:
        return found
    if kind is None:
        raise DomainError(f"没有叫“{name}”的单位。要新建，请用 --kind 说明类别。")
    return create_organisation(OrganisationKind(kind), OrganisationDetails(name), parent=None, by=None)
