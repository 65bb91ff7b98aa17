"""Name chair and recorder, seat or draw the panel, replace one of them (INV-09…13, R-HEAR-11…13, 19)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.errors import RuleViolation
from app.extensions import db
from app.hearings.models import Hearing, PanelDraw, PanelSeat
from app.hearings.queries.hearings import procedure_for
from app.hearings.queries.pool import category_of, list_pool, members_of
from app.hearings.rules.panels import (
    MOST_SEATS,
    PoolEntry,
    check_may_arrange,
    check_member,
    check_panel,
    draw,
)
from app.hearings.rules.words import LABELS, PoolCategory, SeatEnd, SeatRole
from app.law import clock
from app.matters.actions import end_involvement, involve
from app.matters.models import Capacity
from app.people.models import Account
from app.privacy.chance import random_text

CHANCE_LENGTH = 16
CHANCE_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
CAPACITIES = {
    SeatRole.CHAIR: Capacity.HEARING_CHAIR,
    SeatRole.PANELIST: Capacity.HEARING_PANELIST,
    SeatRole.RECORDER: Capacity.RECORDER,
}
"""Alternates are not involved: they see nothing until they take a seat."""


def appoint_chair(hearing: Hearing, account: Account, *, by: Actor, now: datetime) -> PanelSeat:
    """The person in charge names the chair; a former one ends (R-HEAR-11).

    Refuses who investigated or decided the matter (INV-13), is recused (INV-12), or sits there already (INV-11).
    """
    return _appoint(hearing, account, SeatRole.CHAIR, by, now)


def appoint_recorder(hearing: Hearing, account: Account, *, by: Actor, now: datetime) -> PanelSeat:
    """Name the recorder, a separate person without a vote (R-HEAR-13, INV-11); a former one ends."""
    return _appoint(hearing, account, SeatRole.RECORDER, by, now)


def seat_panelists(
    hearing: Hearing,
    accounts: Sequence[Account],
    *,
    alternates: Sequence[Account] = (),
    by: Actor,
    now: datetime,
    drawn: PanelDraw | None = None,
) -> list[PanelSeat]:
    """Seat the whole panel with its alternates in one act; refused as a whole (INV-09…13, 28).

    Only before notice, or while the hearing is postponed or suspended: after notice one is replaced (INV-15).
    """
    check_may_arrange(hearing.status)
    today = clock.local_date(now)
    procedure = procedure_for(hearing, today)
    wanted = [(SeatRole.PANELIST, account) for account in accounts]
    wanted += [(SeatRole.ALTERNATE, account) for account in alternates]
    others = [(seat.role, seat.account) for seat in hearing.seats if seat.role in (SeatRole.CHAIR, SeatRole.RECORDER)]
    _check_many(wanted)
    check_panel(procedure, members_of(hearing, procedure, [*others, *wanted], today))
    _end_seats([seat for seat in _live(hearing) if (seat.role, seat.account) not in wanted and _is_panel(seat)], today)
    seats = [
        _seat(hearing, account, role, today, by, position=position, drawn=drawn)
        for position, (role, account) in enumerate(wanted, start=1)
    ]
    db.session.flush()
    record(by, "hearing.seat_panel", hearing, panelists=_ids(accounts), alternates=_ids(alternates))
    return seats


def draw_panel(
    hearing: Hearing,
    *,
    size: int,
    alternates: int,
    minima: Mapping[PoolCategory, int],
    word: str = "",
    by: Actor,
    now: datetime,
) -> PanelDraw:
    """Draw the panel from the pool without conflicts and seat it; the draw is kept and can be drawn again (INV-09).

    `word` was called out on the spot; chance follows it, so that nobody can choose the panel by choosing the word.
    Refuses minima that do not fit, a pool too small, and what `seat_panelists` refuses.
    """
    check_may_arrange(hearing.status)
    today = clock.local_date(now)
    procedure = procedure_for(hearing, today)
    kept = {seat.account_id for seat in _live(hearing) if not _is_panel(seat)}
    people = [
        person
        for person in list_pool(hearing, procedure, SeatRole.PANELIST, today)
        if not any(finding.is_barring for finding in person.findings) and person.account.id not in kept
    ]
    pool = [PoolEntry(person.account.public_id, person.category) for person in people]
    seed = f"{word} {random_text(CHANCE_LENGTH, CHANCE_ALPHABET)}".strip()
    drawn = draw(pool, size=size, alternates=alternates, minima=minima, seed=seed)
    row = PanelDraw(
        hearing_id=hearing.id,
        seed=seed,
        pool=[[entry.public_id, entry.category.value if entry.category else ""] for entry in pool],
        minima={category.value: least for category, least in minima.items()},
        size=size,
        alternates=alternates,
        drawn=list(drawn),
        drawn_at=now,
        drawn_by=by.account_id,
    )
    db.session.add(row)
    db.session.flush()
    accounts = {person.account.public_id: person.account for person in people}
    chosen = [accounts[public_id] for public_id in drawn]
    seat_panelists(hearing, chosen[:size], alternates=chosen[size:], by=by, now=now, drawn=row)
    record(by, "hearing.draw_panel", hearing, draw=row.id, seed=seed, pool=len(pool))
    return row


def replace_seat(seat: PanelSeat, *, by_account: Account, by: Actor, now: datetime) -> PanelSeat:
    """Put another person in this seat: a listed alternate, or anybody fit; the former one sees nothing any more.

    Refuses whom `check_member` refuses, and somebody who sits there already. Whom the newest notice does not name,
    the parties must be told of by a new one (R-HEAR-19, INV-15: `list_unnamed_seats`).
    """
    hearing = seat.hearing
    check_may_arrange(hearing.status, is_replacement=True)
    if seat.ended_on is not None:
        raise RuleViolation(f"{seat.account.name} 已经不在这个位置上。请刷新看一看。", rule="R-HEAR-19")
    today = clock.local_date(now)
    check_fit(hearing, by_account, seat.role, today, instead_of=seat)
    return put_in_place(seat, by_account, SeatEnd.REPLACED, on=today, by=by)


def check_fit(
    hearing: Hearing, account: Account, role: SeatRole, on: date, *, instead_of: PanelSeat | None = None
) -> None:
    """Refuse a person who may not take this seat, or has another one; an alternate may move up (INV-09…13)."""
    procedure = procedure_for(hearing, on)
    check_member(procedure, members_of(hearing, procedure, [(role, account)], on)[0])
    held = next((row for row in hearing.seats if row.account_id == account.id and row is not instead_of), None)
    if held is None or (held.role is SeatRole.ALTERNATE and role is SeatRole.PANELIST):
        return
    raise RuleViolation(
        f"{account.name} 已经是这场听证的{LABELS[held.role]}。主持人、听证员、记录员要各是各的人，请换人。"
        f"依据{procedure.article}",
        article=procedure.article,
        rule="INV-11",
    )


def put_in_place(seat: PanelSeat, account: Account, why: SeatEnd, *, on: date, by: Actor) -> PanelSeat:
    """End a seat and give it to somebody else, who leaves the alternates if he stood there."""
    hearing = seat.hearing
    _end_seats([seat], on, why)
    _end_seats([row for row in hearing.seats_of(SeatRole.ALTERNATE) if row.account_id == account.id], on)
    fresh = _seat(hearing, account, seat.role, on, by, position=seat.position)
    db.session.flush()
    record(by, "hearing.replace_seat", hearing, role=seat.role, was=seat.account_id, now=account.id, why=why)
    return fresh


def end_seat(seat: PanelSeat, why: SeatEnd, *, on: date) -> None:
    """Leave a seat empty; until it is filled the hearing cannot open (INV-17)."""
    _end_seats([seat], on, why)


def _appoint(hearing: Hearing, account: Account, role: SeatRole, by: Actor, now: datetime) -> PanelSeat:
    check_may_arrange(hearing.status, is_replacement=True)
    today = clock.local_date(now)
    former = next((seat for seat in _live(hearing) if seat.role is role), None)
    if former is not None and former.account_id == account.id and former in hearing.seats:
        return former
    check_fit(hearing, account, role, today, instead_of=former)
    if former is not None:
        return put_in_place(former, account, SeatEnd.REPLACED, on=today, by=by)
    seat = _seat(hearing, account, role, today, by)
    db.session.flush()
    record(by, "hearing.appoint", hearing, role=role, account=account.id)
    return seat


def _seat(
    hearing: Hearing,
    account: Account,
    role: SeatRole,
    on: date,
    by: Actor,
    *,
    position: int = 0,
    drawn: PanelDraw | None = None,
) -> PanelSeat:
    """The seat of this person in this role, the one he has or a new one, and his part in the matter."""
    for seat in hearing.seats_of(role):
        if seat.account_id == account.id:
            seat.position = position
            seat.draw_id = drawn.id if drawn else seat.draw_id
            return seat
    seat = PanelSeat(
        hearing=hearing,
        account=account,
        account_id=account.id,
        role=role,
        pool_category=category_of(account) if role in (SeatRole.PANELIST, SeatRole.ALTERNATE) else None,
        position=position,
        appointed_on=on,
        appointed_by=by.account_id,
        draw_id=drawn.id if drawn else None,
    )
    db.session.add(seat)
    if role in CAPACITIES:
        involve(hearing.matter, account.id, CAPACITIES[role], since=on)
    return seat


def _end_seats(seats: Iterable[PanelSeat], on: date, why: SeatEnd = SeatEnd.REPLACED) -> None:
    for seat in seats:
        seat.ended_on, seat.ended_why = on, why
        if seat.role in CAPACITIES:
            end_involvement(seat.hearing.matter, seat.account_id, CAPACITIES[seat.role], on=on)


def _live(hearing: Hearing) -> list[PanelSeat]:
    """Every seat that nobody ended, also of those who stepped aside."""
    return [seat for seat in hearing.all_seats if seat.ended_on is None]


def _is_panel(seat: PanelSeat) -> bool:
    return seat.role in (SeatRole.PANELIST, SeatRole.ALTERNATE)


def _check_many(wanted: Sequence[tuple[SeatRole, Account]]) -> None:
    if len(wanted) > MOST_SEATS:
        raise RuleViolation(f"听证员连候补最多 {MOST_SEATS} 人。请减人。", rule="INV-09")


def _ids(accounts: Sequence[Account]) -> list[int]:
    return [account.id for account in accounts]
