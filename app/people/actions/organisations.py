"""Acts on the tree of organisations."""

from dataclasses import dataclass, fields

import sqlalchemy as sa

from app.access.permissions import Actor
from app.audit.actions import record
from app.errors import FieldErrors, RuleViolation
from app.extensions import db
from app.people import queries
from app.people.models import Account, Organisation, OrganisationKind


@dataclass(frozen=True)
class OrganisationDetails:
    """What is printed on papers and shown in lists about a body."""

    name: str
    short_name: str = ""
    centre_name: str = ""
    number_prefix: str = ""
    seal_name: str = ""
    credit_code: str = ""
    address: str = ""
    contact_name: str = ""
    contact_phone: str = ""


def create_organisation(
    kind: OrganisationKind, details: OrganisationDetails, *, parent: Organisation | None, by: Actor | None
) -> Organisation:
    """A new body below `parent`; refuses a name that is taken."""
    _check_free(details.name)
    organisation = Organisation(kind=kind, parent_id=parent.id if parent else None, **_values(details))
    db.session.add(organisation)
    db.session.flush()
    organisation.path = f"{parent.path if parent else '/'}{organisation.id}/"
    record(by, "organisation.create", organisation)
    return organisation


def change_organisation(
    organisation: Organisation, details: OrganisationDetails, *, is_active: bool, by: Actor
) -> None:
    """Correct a body's data or take it out of use; refuses to while people who can log in belong to it."""
    if details.name != organisation.name:
        _check_free(details.name)
    if organisation.is_active and not is_active:
        _check_empty(organisation)
    for name, value in _values(details).items():
        setattr(organisation, name, value)
    organisation.is_active = is_active
    record(by, "organisation.change", organisation, is_active=is_active)


def _values(details: OrganisationDetails) -> dict[str, str]:
    return {field.name: getattr(details, field.name) for field in fields(details)}


def _check_free(name: str) -> None:
    if queries.find_organisation_by_name(name) is not None:
        raise FieldErrors({"name": "已经有一个单位叫这个名字。请核对，或写全称。"})


def _check_empty(organisation: Organisation) -> None:
    people = sa.select(sa.func.count()).where(Account.organisation_id == organisation.id, Account.is_active)
    count = db.session.scalar(people.select_from(Account)) or 0
    if count or queries.list_children(organisation):
        raise RuleViolation(f"这个单位还有 {count} 个在用账号或下级单位，不能停用。请先把他们转走。")
