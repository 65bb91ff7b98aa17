"""What the demonstration data hold, so that a test can try every object as every person and search for leaks."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import RelationshipDirection

from app.access.permissions import GRANTS, Permission
from app.booking.models import DutyRequest
from app.counsel.models import LegalOpinion
from app.demo.people import PASSWORD
from app.extensions import Model, PublicId, db
from app.hearings.models import MinutesTurn, StagePassed
from app.hearings.queries.sitting import DUTY_PREFIX
from app.hearings.rules.stages import SCRIPTS
from app.hearings.rules.turns import ROOM
from app.matters.models import ClockExtension, Involvement, Matter
from app.mediation.actions.periods import AGREED_BY_ALL
from app.people.models import Account, AccountRole, Organisation
from app.privacy.sealed import Sealed

# The frozen facts of a paper, a message's variables and a line of a dossier's contents repeat what stands elsewhere;
# strokes are no text, a room is no secret, a vote or a need is one of some words, what was published is public.
REPEATING = frozenset(
    {"facts_json", "variables_json", "heading", "strokes", "strokes_json", "marks_json"}
    | {"place", "vote", "needs_words", "law", "published_text"}
)


def make_manifest() -> dict[str, Any]:
    """Accounts with passwords, organisations, every object with its owner and people, every sensitive value."""
    matters = {matter.id: matter for matter in db.session.scalars(sa.select(Matter))}
    return {
        "accounts": [_account(row) for row in db.session.scalars(sa.select(Account).order_by(Account.id))],
        "organisations": [_organisation(row) for row in db.session.scalars(sa.select(Organisation))],
        "matters": [_matter(matter) for matter in matters.values()],
        "objects": [entry for table in _tables() for entry in _objects(table, matters)],
        "sensitive": [entry for table in _tables() for entry in _sensitive(table, matters)],
    }


def _account(row: Account) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "username": row.username,
        "password": PASSWORD,
        "name": row.name,
        "roles": sorted(row.roles),
        "organisation": row.organisation.public_id,
    }


def _organisation(row: Organisation) -> dict[str, Any]:
    above = db.session.get(Organisation, row.parent_id) if row.parent_id else None
    return {"id": row.public_id, "parent": above.public_id if above else None, "name": row.name, "kind": row.kind}


def _matter(matter: Matter) -> dict[str, Any]:
    people = sa.select(Account.username, Involvement.capacity, Involvement.ended_on, Involvement.is_barred).where(
        Involvement.matter_id == matter.id, Involvement.account_id == Account.id
    )
    return {
        "id": matter.public_id,
        "number": matter.number,
        "status": matter.status,
        "kind": matter.kind,
        "is_accusation": matter.is_accusation,
        "organisation": matter.organisation.public_id,
        "complained_unit": matter.complained_unit.public_id if matter.complained_unit else None,
        "entrusted": [unit.organisation.public_id for unit in matter.units if unit.ended_on is None],
        "assigned": [
            {"username": username, "capacity": capacity, "live": ended_on is None, "barred": is_barred}
            for username, capacity, ended_on, is_barred in db.session.execute(people)
        ],
    }


def _tables() -> list[type[Any]]:
    mapped = [mapper.class_ for mapper in Model.registry.mappers if issubclass(mapper.class_, PublicId)]
    return sorted(mapped, key=lambda table: str(table.__tablename__))


def _rows(table: type[Any]) -> list[Any]:
    return list(db.session.scalars(sa.select(table).order_by(*sa.inspect(table).primary_key)))


def _objects(table: type[Any], matters: dict[int, Matter]) -> list[dict[str, Any]]:
    return [
        {"kind": table.__tablename__, "id": row.public_id, "matter": _owner(row, matters), "people": _people(row)}
        for row in _rows(table)
    ]


def _people(row: Any) -> list[str]:
    """Who has this very object to himself, besides the people of its matter.

    The lawyer of an opinion; of a wish about duty the two it concerns and those who approve it.
    """
    if isinstance(row, DutyRequest):
        both = (account.username for account in (row.asker, row.colleague) if account is not None)
        return sorted({*both, *_planners()})
    return [row.lawyer.username] if isinstance(row, LegalOpinion) else []


def _planners() -> list[str]:
    planning = {role for row in GRANTS[Permission.CALENDAR_MANAGE] for role in row.roles}
    holders = sa.select(Account.username).join(Account.role_rows).where(AccountRole.role.in_(planning))
    return list(db.session.scalars(holders.distinct()))


def _sensitive(table: type[Any], matters: dict[int, Matter]) -> list[dict[str, Any]]:
    fields = [name for name, value in vars(table).items() if isinstance(value, Sealed) and name not in REPEATING]
    if not fields:
        return []
    staff = set(db.session.scalars(sa.select(Account.name)))
    return [
        {
            "kind": table.__tablename__,
            "id": row.public_id,
            "matter": _owner(row, matters),
            "field": name,
            "value": value,
        }
        for row in _rows(table)
        if not _is_standing_sentence(row)
        for name in fields
        if (value := getattr(row, name)) and value not in staff
    ]


def _is_standing_sentence(row: Any) -> bool:
    """What the product says everywhere in the same words: rights, discipline, a stage left out, a period extended."""
    if isinstance(row, ClockExtension):
        return row.reason == AGREED_BY_ALL
    if isinstance(row, StagePassed):
        return row.skipped_reason in {script.usual_reason for script in SCRIPTS}
    return isinstance(row, MinutesTurn) and (row.speaker == ROOM or row.client_id.startswith(DUTY_PREFIX))


def _owner(row: Any, matters: dict[int, Matter]) -> str | None:
    """The matter of a row: its own, or that of the row it hangs on (a term of its agreement, a turn of its record)."""
    if isinstance(row, Matter):
        return row.public_id
    if (matter := matters.get(getattr(row, "matter_id", None) or 0)) is not None:
        return matter.public_id
    owners = (_owner(above, matters) for above in _rows_above(row))
    return next((owner for owner in owners if owner), None)


def _rows_above(row: Any) -> list[Any]:
    """The rows it refers to, but for people, bodies and rows of its own kind."""
    above = []
    for relation in sa.inspect(type(row)).relationships:
        if relation.direction is RelationshipDirection.MANYTOONE and relation.mapper.class_ not in (
            Account,
            Organisation,
            type(row),
        ):
            above.append(getattr(row, relation.key))
    return [other for other in above if other is not None]
