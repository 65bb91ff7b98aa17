"""What is set about people who serve several centres, and which sessions count for whom (H14, H18, H19)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from app.booking.models import AreaLimit, BookedSession, CentreWay, DraftMove, Occupancy, PersonService, Room
from app.booking.models.sessions import SessionSeat
from app.booking.queries.rooms import in_area, list_people
from app.booking.rules.grid import cells_between
from app.booking.rules.limits import UNBOUNDED, Bounds, Period, Stint, Travel, first_day
from app.booking.rules.words import DraftAct, DraftStatus, SessionStatus
from app.errors import NotFound
from app.extensions import db
from app.law import clock
from app.people.models import Account, Organisation
from app.settings.queries import read_stamped

STAMP = "booking_limits"
Stints = Mapping[int, Sequence[Stint]]


@dataclass(frozen=True)
class Limits:
    """Everything that is set, as the rules read it. Nothing is counted before something was set."""

    is_set: bool = False
    people: Mapping[int, Bounds] = field(default_factory=dict)
    areas: Mapping[int, Bounds] = field(default_factory=dict)
    travel: Travel = field(default_factory=Travel)


NOTHING_SET = Limits()


def read_limits() -> Limits:
    """What is set now; kept in the process until somebody changes it."""
    return read_stamped(STAMP, _read, NOTHING_SET)


def travel_between(one_centre_id: int, other_centre_id: int) -> int:
    """The minutes between two centres, 0 where nothing is set."""
    return read_limits().travel.between(one_centre_id, other_centre_id)


def bounds_of(accounts: Collection[int]) -> dict[int, Bounds]:
    """What holds for each of these people: his own limits, otherwise those of his area."""
    limits = read_limits()
    usual = _usual_bounds(accounts, limits.areas) if limits.areas else {}
    return {account_id: _own_or_usual(limits.people.get(account_id), usual.get(account_id)) for account_id in accounts}


def list_stints(accounts: Collection[int], first: date, last: date, *, ignoring: Collection[int] = ()) -> Stints:
    """What these people have in all weeks that the days touch: sessions that hold a place, drafts too.

    A session whose place was freed to be booked anew in this transaction is left out, as are those `ignoring`.
    """
    found: dict[int, list[Stint]] = defaultdict(list)
    freed: dict[int, set[int]] = defaultdict(set)
    statement = _stints(accounts, first_day(Period.WEEK, first), first_day(Period.WEEK, last) + timedelta(days=7))
    for account_id, session_id, status, author, starts, ends, centre_id, lender, holds in db.session.execute(statement):
        if session_id in ignoring:
            continue
        is_draft = status is SessionStatus.DRAFT
        cells = cells_between(clock.to_local(starts).replace(tzinfo=None), clock.to_local(ends).replace(tzinfo=None))
        found[account_id].append(Stint(session_id, centre_id, cells, author if is_draft else lender, is_draft))
        if not holds:
            freed[account_id].add(session_id)
    return {who: _standing(found[who], freed[who]) for who in accounts}


def list_centres(area_id: int) -> Sequence[Organisation]:
    """The bodies of an area that have a room in use, from the top down."""
    has_room = sa.exists().where(Room.organisation_id == Organisation.id, Room.is_active)
    return db.session.scalars(
        sa.select(Organisation)
        .where(has_room, in_area(area_id))
        .order_by(sa.func.length(Organisation.path), Organisation.id)
    ).all()


def get_person(public_id: str, area_id: int) -> Account:
    """The person of an area who can be put on duty; NotFound otherwise."""
    found = next((account for account in list_people(area_id) if account.public_id == public_id), None)
    if found is None:
        raise NotFound("没有这个人。")
    return found


def find_service(account_id: int) -> PersonService | None:
    """What is set for a person himself."""
    return db.session.get(PersonService, account_id)


def people_of_area(area_id: int) -> set[int]:
    """The ids of all accounts of an area, whose limits are the area's where they have none of their own."""
    return set(db.session.scalars(sa.select(Account.id).join(Account.organisation).where(in_area(area_id))))


def people_seated_at(centre_ids: Collection[int], now: datetime) -> set[int]:
    """The ids of those who have a session ahead at one of these centres."""
    statement = sa.select(SessionSeat.account_id).join(BookedSession, SessionSeat.session_id == BookedSession.id)
    statement = statement.join(Room, BookedSession.room_id == Room.id).where(Room.organisation_id.in_(centre_ids))
    ahead = statement.where(BookedSession.status == SessionStatus.BOOKED, BookedSession.ends_at > now)
    return set(db.session.scalars(ahead))


def find_area_limit(area_id: int) -> AreaLimit | None:
    """What is set for everybody of an area."""
    return db.session.get(AreaLimit, area_id)


def names_of_centres(centre_ids: Iterable[int]) -> dict[int, str]:
    """What people call these centres."""
    statement = sa.select(Organisation).where(Organisation.id.in_(set(centre_ids)))
    return {row.id: centre_name(row) for row in db.session.scalars(statement)}


def centre_name(centre: Organisation) -> str:
    """What people call a centre."""
    return centre.centre_name or centre.short_name or centre.name


def _read() -> Limits:
    people = {
        row.account_id: Bounds(row.max_day, row.max_week, row.home_id, frozenset(row.centre_ids) or None)
        for row in db.session.scalars(sa.select(PersonService))
    }
    areas = {row.area_id: Bounds(row.max_day, row.max_week) for row in db.session.scalars(sa.select(AreaLimit))}
    ways = {(row.one_id, row.other_id): row.minutes for row in db.session.scalars(sa.select(CentreWay))}
    return Limits(is_set=True, people=people, areas=areas, travel=Travel(ways))


def _usual_bounds(accounts: Collection[int], areas: Mapping[int, Bounds]) -> dict[int, Bounds]:
    statement = sa.select(Account.id, Organisation.id, Organisation.path).join(Account.organisation)
    found = {}
    for account_id, organisation_id, path in db.session.execute(statement.where(Account.id.in_(accounts))):
        top = next((int(part) for part in path.split("/") if part), organisation_id)
        found[account_id] = areas.get(top, UNBOUNDED)
    return found


def _own_or_usual(own: Bounds | None, usual: Bounds | None) -> Bounds:
    own, usual = own or UNBOUNDED, usual or UNBOUNDED
    return Bounds(own.max_day or usual.max_day, own.max_week or usual.max_week, own.home, own.serves)


def _stints(accounts: Collection[int], first: date, end: date) -> sa.Select[Any]:
    lender = (
        sa.select(DraftMove.account_id)
        .where(
            DraftMove.replaces_id == BookedSession.id,
            DraftMove.status == DraftStatus.OPEN,
            DraftMove.act != DraftAct.PLACE,
        )
        .limit(1)
        .scalar_subquery()
    )
    return (
        sa.select(
            SessionSeat.account_id,
            BookedSession.id,
            BookedSession.status,
            BookedSession.booked_by,
            BookedSession.starts_at,
            BookedSession.ends_at,
            Room.organisation_id,
            lender,
            sa.exists().where(Occupancy.session_id == BookedSession.id),
        )
        .join(BookedSession, BookedSession.id == SessionSeat.session_id)
        .join(Room, Room.id == BookedSession.room_id)
        .where(
            SessionSeat.account_id.in_(accounts),
            BookedSession.status.in_((SessionStatus.BOOKED, SessionStatus.DRAFT)),
            BookedSession.starts_at >= clock.from_local(first, time.min),
            BookedSession.starts_at < clock.from_local(end, time.min),
        )
        .order_by(BookedSession.starts_at, BookedSession.id)
    )


def _standing(stints: Sequence[Stint], freed: set[int]) -> tuple[Stint, ...]:
    """Without what was freed, unless a draft of the basket that moves it stands there instead."""
    drafted = {(stint.basket, stint.day) for stint in stints if stint.is_draft}
    return tuple(stint for stint in stints if stint.session_id not in freed or (stint.basket, stint.day) in drafted)
