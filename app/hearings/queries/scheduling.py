"""What a hearing needs of room, people and time, and from which day it may be held (INV-14, R-DUTY-02)."""

from collections.abc import Sequence
from datetime import date

from app.booking.queries import area_of
from app.booking.queries.snapshot import wall_clock
from app.booking.rules.need import Owner, RoomWants, SeatNeed, SessionNeed, party_key
from app.booking.rules.words import RoomKind, SessionStatus
from app.hearings.models import Hearing, HearingParty
from app.hearings.queries.hearings import procedure_for
from app.hearings.rules.notice import EarliestDay, earliest_day
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.withdrawing import last_day_to_withdraw
from app.hearings.rules.words import LABELS, HearingStatus, ProcedureKind, SeatRole
from app.law import clock
from app.law.dates import format_month_day
from app.matters.models import Clock, PartyKind
from app.matters.queries.handling import find_clock
from app.settings.queries import calendar

SITTING_ROLES = (SeatRole.CHAIR, SeatRole.PANELIST, SeatRole.RECORDER)
DAY_STANDS = (HearingStatus.NOTICED, HearingStatus.IN_PROGRESS, HearingStatus.SUSPENDED)
"""A hearing called for a day, or begun on one; before its notice and when it was put off there is none."""
ROOMS = {
    ProcedureKind.PETITION: RoomKind.HEARING_ROOM,
    ProcedureKind.RECONSIDERATION: RoomKind.RECON_HEARING_ROOM,
}


def hearing_need(hearing: Hearing, earliest: EarliestDay, *, minutes: int, today: date) -> SessionNeed:
    """Room, chair, recorder, the whole panel and every party who is a person, from the first lawful day on.

    While the period `hearing_hold_by` can still be kept, its last day bounds the search.
    """
    people = seated_people(hearing)
    latest = hold_by_day(hearing)
    is_open = latest is not None and latest >= max(today, earliest.day)
    return SessionNeed(
        owner=Owner(hearing.kind, hearing.id),
        matter_id=hearing.matter_id,
        organisation_id=hearing.organ_id,
        purpose=f"{LABELS[hearing.procedure]} {hearing.number}",
        minutes=minutes,
        room_wants=RoomWants(
            ROOMS[hearing.procedure],
            capacity=len(hearing.parties) + len(people),
            area_id=area_of(hearing.organ),
        ),
        seats=tuple(_seat_need(role, people) for role in SITTING_ROLES if any(seat is role for seat, _ in people)),
        earliest=max(earliest.day, today),
        earliest_reason=earliest.reason,
        latest=latest if is_open else None,
        latest_reason=f"决定听证后要在 {format_month_day(latest)} 前举行，要更晚先办延期" if latest else "",
        excluded=hearing.access_view().barred,
        party_keys=party_keys(hearing.parties),
    )


def last_day_to_withdraw_of(hearing: Hearing, today: date) -> date | None:
    """Until when its application may be taken back; None while no day stands or no rule sets one (R-RECON-11)."""
    if hearing.session is None or hearing.status not in DAY_STANDS:
        return None
    held_on = clock.local_date(hearing.session.starts_at)
    return last_day_to_withdraw(procedure_for(hearing, today), held_on, calendar())


def seated_people(hearing: Hearing) -> list[tuple[SeatRole, int]]:
    """Who has to come by office: chair, panelists and recorder as seated now; alternates stay away."""
    return [(role, seat.account_id) for role in SITTING_ROLES for seat in hearing.seats_of(role)]


def party_keys(parties: Sequence[HearingParty]) -> tuple[str, ...]:
    """The natural persons among the parties, who can be in one place at a time (INV-29)."""
    people = (row.party for row in parties if row.party.kind is PartyKind.PERSON)
    return tuple(party_key(party.id_number_digest) for party in people if party.id_number_digest)


def earliest_for(hearing: Hearing, procedure: Procedure, served_on: date, *, held_on: date | None) -> EarliestDay:
    """The first lawful day if the last party is served on `served_on`, with the waivers signed for `held_on`."""
    waivers = [row.waiver_signed_on if held_on and row.waiver_held_on == held_on else None for row in hearing.parties]
    return earliest_day(procedure, served_on, calendar(), waivers)


def hold_by_day(hearing: Hearing) -> date | None:
    """The last day of the period in which the hearing must be held, None where none runs."""
    clock = open_clock(hearing, "hearing_hold_by")
    return clock.legal_due_on if clock else None


def open_clock(hearing: Hearing, code: str) -> Clock | None:
    """The open clock of that name of this hearing, running or paused."""
    found = find_clock(hearing, code)
    return found if found is not None and found.is_open else None


def session_day(hearing: Hearing) -> date | None:
    """The day on which the hearing stands booked, None while it is not."""
    session = hearing.session
    return wall_clock(session.starts_at).date() if session and session.status is SessionStatus.BOOKED else None


def _seat_need(role: SeatRole, people: Sequence[tuple[SeatRole, int]]) -> SeatNeed:
    accounts = tuple(account_id for seat, account_id in people if seat is role)
    return SeatNeed(role.value, LABELS[role], accounts, len(accounts))
