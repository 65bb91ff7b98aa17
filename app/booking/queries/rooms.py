"""Rooms, duty slots, leave and sessions by id or in lists."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.access.permissions import Role
from app.booking.models import BookedSession, DutySlot, Leave, Room, RoomClosure
from app.errors import NotFound
from app.extensions import db
from app.people.models import Account, AccountRole, Organisation

ON_DUTY_ROLES = (
    Role.MEDIATOR,
    Role.RECORDER,
    Role.LAWYER,
    Role.JUDGE,
    Role.RECEPTIONIST,
    Role.COORDINATOR,
    Role.HEARING_CHAIR,
    Role.HEARING_PANELIST,
    Role.RECONSIDERATION_OFFICER,
    Role.COUNSELOR,
)


def area_of(organisation: Organisation) -> int:
    """The topmost organisation above this one: its whole area shares the rooms."""
    return organisation.path_ids[0] if organisation.path_ids else organisation.id


def in_area(area_id: int) -> sa.ColumnElement[bool]:
    """The condition on `Organisation` of standing in an area."""
    return sa.or_(Organisation.id == area_id, Organisation.path.startswith(f"/{area_id}/"))


def list_rooms(area_id: int | None = None, *, active_only: bool = True) -> Sequence[Room]:
    """The rooms of an area (all without one) in the order of the boards."""
    return db.session.scalars(rooms_of(area_id, active_only=active_only)).all()


def rooms_of(area_id: int | None, *, active_only: bool = True) -> sa.Select[Room]:
    """The same as a statement, for those who want less of them or more with them."""
    statement = sa.select(Room).order_by(Room.position, Room.id)
    if area_id is not None:
        statement = statement.join(Room.organisation).where(in_area(area_id))
    return statement.where(Room.is_active) if active_only else statement


def get_room(public_id: str, area_id: int) -> Room:
    """The room of the area with this public id; NotFound otherwise."""
    room = db.session.scalar(
        sa.select(Room).join(Room.organisation).where(Room.public_id == public_id, in_area(area_id))
    )
    if room is None:
        raise NotFound("没有这间房。")
    return room


def get_closure(room: Room, public_id: str) -> RoomClosure:
    """One closure of a room; NotFound otherwise."""
    found = next((row for row in room.closures if row.public_id == public_id), None)
    if found is None:
        raise NotFound("没有这段停用时间。")
    return found


def get_session(public_id: str) -> BookedSession:
    """The session with this public id; NotFound otherwise."""
    statement = sa.select(BookedSession).filter_by(public_id=public_id)
    session = db.session.scalar(statement.options(selectinload(BookedSession.seats)))
    if session is None:
        raise NotFound("没有这一场。")
    return session


def list_slots(area_id: int, first: date, last: date) -> Sequence[DutySlot]:
    """The duty slots of an area's people on these days, by day, half and name."""
    statement = (
        sa.select(DutySlot)
        .join(DutySlot.account)
        .join(Account.organisation)
        .where(DutySlot.day.between(first, last), in_area(area_id))
        .order_by(DutySlot.day, DutySlot.half.desc(), Account.name_pinyin, Account.id)
        .options(selectinload(DutySlot.account).selectinload(Account.role_rows))
    )
    return db.session.scalars(statement).all()


def get_slot(public_id: str, area_id: int) -> DutySlot:
    """The duty slot of the area's people with this public id; NotFound otherwise."""
    slot = db.session.scalar(
        sa.select(DutySlot)
        .join(DutySlot.account)
        .join(Account.organisation)
        .where(DutySlot.public_id == public_id, in_area(area_id))
    )
    if slot is None:
        raise NotFound("没有这一班。")
    return slot


def list_leaves(area_id: int, first: date, last: date) -> Sequence[Leave]:
    """The leave of an area's people that touches these days."""
    statement = (
        sa.select(Leave)
        .join(Leave.account)
        .join(Account.organisation)
        .where(Leave.starts_on <= last, Leave.ends_on >= first, in_area(area_id))
        .order_by(Leave.starts_on, Leave.id)
        .options(selectinload(Leave.account))
    )
    return db.session.scalars(statement).all()


def get_leave(public_id: str, area_id: int) -> Leave:
    """The leave of the area's people with this public id; NotFound otherwise."""
    leave = db.session.scalar(
        sa.select(Leave)
        .join(Leave.account)
        .join(Account.organisation)
        .where(Leave.public_id == public_id, in_area(area_id))
    )
    if leave is None:
        raise NotFound("没有这条请假。")
    return leave


def list_people(area_id: int) -> Sequence[Account]:
    """Those of an area who can be put on duty, by unit and name; clerks of other units and administrators cannot."""
    holders = sa.select(AccountRole.account_id).where(AccountRole.role.in_(ON_DUTY_ROLES))
    statement = (
        sa.select(Account)
        .join(Account.organisation)
        .where(Account.is_active, Account.id.in_(holders), in_area(area_id))
        .order_by(Organisation.path, Account.name_pinyin, Account.name, Account.id)
    )
    return db.session.scalars(statement).unique().all()
