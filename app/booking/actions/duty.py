"""Who is at the centre when: duty slots by half-day, and leave."""

from collections.abc import Iterable
from datetime import date, datetime

import sqlalchemy as sa

from app.access.permissions import Actor
from app.audit.actions import record
from app.booking.actions.off_duty import check_sessions_may_lose, flag_sessions_off_duty
from app.booking.models import BookedSession, DutySlot, Leave
from app.booking.queries.boards import list_sessions_of_person
from app.booking.queries.off_duty import list_sessions_in_leave
from app.booking.queries.snapshot import wall_clock
from app.booking.rules.rosters import halves_touched
from app.booking.rules.words import HalfDay
from app.errors import RuleViolation
from app.extensions import db
from app.people.models import Account

LONGEST_LEAVE_DAYS = 366


def add_duty_slots(account: Account, days: Iterable[date], halves: Iterable[HalfDay], *, by: Actor) -> list[DutySlot]:
    """Put a person on duty for half-days; those on which he is already on duty stay as they are."""
    wanted = {(day, half) for day in days for half in halves}
    known = sa.select(DutySlot.day, DutySlot.half).where(
        DutySlot.account_id == account.id, DutySlot.day.in_({day for day, _ in wanted})
    )
    new = sorted(wanted - set(db.session.execute(known)))
    slots = [DutySlot(account_id=account.id, day=day, half=half) for day, half in new]
    db.session.add_all(slots)
    record(by, "duty.add", account, count=len(slots), days=sorted({day.isoformat() for day, _ in new}))
    return slots


def remove_duty_slot(slot: DutySlot, *, by: Actor) -> None:
    """Take a person off duty for half a day; refuses while a session needs him then (R-DUTY-02)."""
    sessions = list_sessions_of_person(slot.account_id, slot.day, slot.day)
    if any(_touches(session, slot.half) for session in sessions):
        raise RuleViolation("这半天已给他排了会。请先改期或换人，再撤这一班。", rule="R-DUTY-02")
    record(by, "duty.remove", slot.account, day=slot.day.isoformat(), half=slot.half)
    db.session.delete(slot)


def enter_leave(account: Account, starts_on: date, ends_on: date, *, by: Actor) -> Leave:
    """Enter whole days of leave; refuses while sessions need the person then (R-DUTY-02)."""
    _check_interval(starts_on, ends_on)
    if sessions := list_sessions_of_person(account.id, starts_on, ends_on):
        raise RuleViolation(
            f"{account.name}这几天已排了 {len(sessions)} 场。请先改期或换人，再登记请假。", rule="R-DUTY-02"
        )
    return _write_leave(account, starts_on, ends_on, by)


def remove_leave(leave: Leave, *, by: Actor) -> None:
    """Strike out leave that was not taken."""
    record(by, "leave.remove", leave.account, start=leave.starts_on.isoformat(), end=leave.ends_on.isoformat())
    db.session.delete(leave)


def grant_leave(
    account: Account, starts_on: date, ends_on: date, *, by: Actor, now: datetime, is_confirmed: bool = False
) -> Leave:
    """Enter leave that was asked for; sessions that need the person are refused or, confirmed, flagged (R-DUTY-02)."""
    _check_interval(starts_on, ends_on)
    check_sessions_may_lose(list_sessions_in_leave(account.id, starts_on, ends_on, now), is_confirmed=is_confirmed)
    leave = _write_leave(account, starts_on, ends_on, by)
    flag_sessions_off_duty(now, by=by, accounts={account.id})
    return leave


def _check_interval(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise RuleViolation("请假的最后一天不能早于第一天。请重新填。", rule="B083")
    if (ends_on - starts_on).days > LONGEST_LEAVE_DAYS:
        raise RuleViolation("一次请假最长一年。请核对日期。", rule="B084")


def _write_leave(account: Account, starts_on: date, ends_on: date, by: Actor) -> Leave:
    leave = Leave(account_id=account.id, starts_on=starts_on, ends_on=ends_on)
    db.session.add(leave)
    record(by, "leave.enter", account, start=starts_on.isoformat(), end=ends_on.isoformat())
    return leave


def _touches(session: BookedSession, half: HalfDay) -> bool:
    starts, ends = wall_clock(session.starts_at).time(), wall_clock(session.ends_at).time()
    return half in halves_touched(starts, ends)
