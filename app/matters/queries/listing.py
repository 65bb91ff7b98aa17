"""Lists of matters: newest first by keyset, cut to what one may read; counts stop at a cap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, load_only

from app.access.permissions import Actor
from app.extensions import db
from app.matters.models import Clock, Matter, Party
from app.matters.queries.access import visible_to
from app.matters.rules import MatterKind, MatterStatus
from app.people.models import Organisation
from app.privacy.sealed import digest_of

PAGE = 50
CAP = 1000


class Scope(StrEnum):
    """What the chips over the list offer."""

    OPEN = "open"
    OVERDUE = "overdue"
    UNSCREENED = "unscreened"
    LINKED = "linked"
    ENDED = "ended"
    ALL = "all"


@dataclass(frozen=True)
class ListFilter:
    """What the list is cut to; `overdue_on` is the date on which a matter counts as late."""

    overdue_on: date
    scope: Scope = Scope.OPEN
    kind: MatterKind | None = None
    status: MatterStatus | None = None


@dataclass(frozen=True)
class Page:
    """One page of matters; `after` is the place to go on from, None on the last page."""

    matters: tuple[Matter, ...]
    after: tuple[datetime, int] | None


def list_matters(actor: Actor, wanted: ListFilter, *, after: tuple[datetime, int] | None = None) -> Page:
    """At most fifty matters from `after` on, newest first."""
    statement = (
        sa.select(Matter)
        .where(visible_to(actor), *_conditions(wanted))
        .options(*_list_columns())
        .order_by(Matter.registered_at.desc(), Matter.id.desc())
        .limit(PAGE + 1)
    )
    if after is not None:
        statement = statement.where(sa.tuple_(Matter.registered_at, Matter.id) < after)
    found = tuple(db.session.scalars(statement))
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(found[:PAGE], (last.registered_at, last.id) if last else None)


def count_matters(actor: Actor, wanted: ListFilter) -> str:
    """How many there are, as text: exact up to a thousand, then 1000+."""
    some = sa.select(sa.literal(1)).select_from(Matter).where(visible_to(actor), *_conditions(wanted)).limit(CAP + 1)
    return capped(db.session.scalar(sa.select(sa.func.count()).select_from(some.subquery())) or 0)


def capped(count: int) -> str:
    """A count as it is shown: exact up to a thousand."""
    return f"{CAP}+" if count > CAP else str(count)


def find_by_number(actor: Actor, number: str) -> Matter | None:
    """The matter of this full number, if the actor may read it."""
    return db.session.scalar(sa.select(Matter).where(Matter.number == number, visible_to(actor)).limit(1))


def search_matters(actor: Actor, text: str, *, number_suffix: str = "") -> list[Matter]:
    """At most fifty matters by exact number, name, phone or ID number of a party, newest first (keyed digests)."""
    digests = {kind: digest_of(kind, text) for kind in ("name", "phone", "id_number")}
    by_party = sa.select(Party.matter_id).where(
        sa.or_(
            Party.name_digest == digests["name"],
            Party.phone_digest == digests["phone"],
            Party.id_number_digest == digests["id_number"],
        )
    )
    matches = [Matter.id.in_(by_party), Matter.number == text]
    if number_suffix:
        matches.append(Matter.number.like(f"%〕{number_suffix}号"))
    statement = (
        sa.select(Matter)
        .where(sa.or_(*matches), visible_to(actor))
        .options(*_list_columns())
        .order_by(Matter.registered_at.desc(), Matter.id.desc())
        .limit(PAGE)
    )
    return list(db.session.scalars(statement))


def list_open_clocks(actor: Actor, *, owner_kinds: Sequence[str] = (), limit: int = PAGE) -> list[Clock]:
    """The running clocks of readable matters, nearest legal date first."""
    statement = (
        sa.select(Clock)
        .join(Clock.matter)
        .where(sa.text("clock.is_open"), visible_to(actor))
        .options(joinedload(Clock.matter).load_only(*LIST_COLUMNS, raiseload=True))
        .order_by(Clock.legal_due_on, Clock.id)
        .limit(limit)
    )
    if owner_kinds:
        statement = statement.where(Clock.owner_kind.in_(owner_kinds))
    return list(db.session.scalars(statement))


def list_clocks_page(
    actor: Actor, *, overdue_on: date | None = None, after: tuple[date, int] | None = None
) -> tuple[list[Clock], tuple[date, int] | None]:
    """Running clocks by legal date, fifty a page; with `overdue_on` only those whose date is past."""
    statement = (
        sa.select(Clock)
        .join(Clock.matter)
        .where(sa.text("clock.is_open"), visible_to(actor))
        .options(joinedload(Clock.matter).load_only(*LIST_COLUMNS, raiseload=True))
        .order_by(Clock.legal_due_on, Clock.id)
        .limit(PAGE + 1)
    )
    if overdue_on is not None:
        statement = statement.where(Clock.legal_due_on < overdue_on)
    if after is not None:
        statement = statement.where(sa.tuple_(Clock.legal_due_on, Clock.id) > after)
    found = list(db.session.scalars(statement))
    last = found[PAGE - 1] if len(found) > PAGE else None
    return found[:PAGE], (last.legal_due_on, last.id) if last else None


def count_unscreened(actor: Actor) -> str:
    """How many registered matters of the own office wait for their route; for the menu."""
    return count_matters(actor, ListFilter(date.max, Scope.UNSCREENED))


LIST_COLUMNS = (
    Matter.public_id,
    Matter.number,
    Matter.kind,
    Matter.status,
    Matter.is_open,
    Matter.route,
    Matter.is_repeat,
    Matter.is_accusation,
    Matter.organisation_id,
    Matter.handling_unit_id,
    Matter.subject_sealed,
    Matter.petitioner_name_sealed,
    Matter.party_count,
    Matter.received_on,
    Matter.registered_at,
    Matter.next_due_on,
    Matter.version,
)


def _list_columns() -> tuple[sa.sql.base.ExecutableOption, ...]:
    unit = joinedload(Matter.handling_unit).load_only(Organisation.name, Organisation.short_name)
    return (load_only(*LIST_COLUMNS), unit)


def _conditions(wanted: ListFilter) -> list[sa.ColumnElement[bool]]:
    conditions = list(_scope_conditions(wanted))
    if wanted.kind is not None:
        conditions.append(Matter.kind == wanted.kind)
    if wanted.status is not None:
        conditions.append(Matter.status == wanted.status)
    return conditions


def _scope_conditions(wanted: ListFilter) -> tuple[sa.ColumnElement[bool], ...]:
    is_open: sa.ColumnElement[bool] = sa.literal_column("matter.is_open")  # as in the partial indexes
    found: dict[Scope, tuple[sa.ColumnElement[bool], ...]] = {
        Scope.OPEN: (is_open,),
        Scope.OVERDUE: (is_open, Matter.next_due_on < wanted.overdue_on),
        Scope.UNSCREENED: (is_open, Matter.status == MatterStatus.REGISTERED, Matter.route.is_(None)),
        Scope.LINKED: (is_open, Matter.status == MatterStatus.IN_LINKAGE),
        Scope.ENDED: (Matter.is_open.is_(False),),
        Scope.ALL: (),
    }
    return found[wanted.scope]
