"""Who could step in for half a day, and with whom it could be exchanged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.booking.models import DutySlot
from app.booking.queries.rooms import area_of, list_leaves, list_people, list_slots
from app.people.models import Account

SWAP_AHEAD = timedelta(days=21)
MOST_SWAPS = 30


@dataclass(frozen=True)
class Ways:
    """Colleagues who could take the half-day, and half-days of theirs that could be had for it, the nearest first."""

    colleagues: tuple[Account, ...]
    swaps: tuple[DutySlot, ...]


def ways_out(slot: DutySlot, today: date) -> Ways:
    """Everybody who may serve the post, is here and not on duty then, with what he could give in exchange."""
    area = area_of(slot.account.organisation)
    until = max(today, slot.day) + SWAP_AHEAD
    slots = list_slots(area, today, until)
    busy = {(row.account_id, row.day, row.half) for row in slots}
    away = {
        (leave.account_id, leave.starts_on + timedelta(days=step))
        for leave in list_leaves(area, today, until)
        for step in range((min(leave.ends_on, until) - leave.starts_on).days + 1)
    }
    colleagues = [
        account
        for account in list_people(area)
        if account.id != slot.account_id
        and _may_serve(account, slot)
        and (account.id, slot.day, slot.half) not in busy
        and (account.id, slot.day) not in away
    ]
    able = {account.id for account in colleagues}
    swaps = [
        row
        for row in slots
        if row.account_id in able
        and _may_serve(slot.account, row)
        and (slot.account_id, row.day, row.half) not in busy
        and (slot.account_id, row.day) not in away
        and (row.account_id, row.day) not in away
    ]
    return Ways(tuple(colleagues), _nearest(swaps, slot.day))


def _may_serve(account: Account, slot: DutySlot) -> bool:
    if slot.post is None:
        return bool(account.roles & slot.account.roles)
    return slot.post.role in account.roles


def _nearest(swaps: Sequence[DutySlot], day: date) -> tuple[DutySlot, ...]:
    nearest = sorted(swaps, key=lambda row: (abs((row.day - day).days), row.id))[:MOST_SWAPS]
    return tuple(sorted(nearest, key=lambda row: (row.day, row.half.value == "afternoon", row.id)))
