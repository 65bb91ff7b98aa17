"""Reading meetings and records, and what a meeting needs of room, people and time."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.access.permissions import Role
from app.booking.queries import area_of
from app.booking.rules.need import Owner, RoomWants, SeatNeed, SessionNeed, party_key
from app.booking.rules.words import RoomKind
from app.documents.models import IssuedPaper
from app.errors import NotFound
from app.extensions import db
from app.law.dates import format_month_day
from app.matters.actions import get_running_clock
from app.matters.models import Clock, Party, PartyKind
from app.matters.rules import DISPUTE_TYPES, PartySide
from app.mediation.models import Attendee, MediationCase, MediationMeeting, MediationRecord, RecordTurn
from app.mediation.rules import MeetingStatus
from app.mediation.rules.records import RecordState, list_missing
from app.people.models import Account
from app.people.queries import list_holders

MEDIATOR_SEAT = "mediator"
RECORDER_SEAT = "recorder"
MOST_AT_THE_TABLE = 10
GIVEN_UP = frozenset({MeetingStatus.CANCELLED, MeetingStatus.ENTERED_IN_ERROR})


def get_meeting(case: MediationCase, position: int) -> MediationMeeting:
    """The n-th meeting of a case; NotFound otherwise."""
    meeting = db.session.scalar(sa.select(MediationMeeting).filter_by(case_id=case.id, position=position))
    if meeting is None:
        raise NotFound("没有这一场调解。")
    return meeting


def get_record(meeting: MediationMeeting) -> MediationRecord:
    """The record of a meeting; NotFound before it was begun."""
    if meeting.record is None:
        raise NotFound("这一场还没有开始记录。")
    return meeting.record


def get_record_paper(record: MediationRecord) -> IssuedPaper:
    """The paper of a record; NotFound before it was closed."""
    if record.paper is None:
        raise NotFound("这份记录还没有定稿。")
    return record.paper


def get_attendee(meeting: MediationMeeting, public_id: str) -> Attendee:
    """One attendee of a meeting; NotFound otherwise."""
    found = next((row for row in meeting.attendees if row.public_id == public_id), None)
    if found is None:
        raise NotFound("这一场没有这个人到场的记录。")
    return found


def get_turn(record: MediationRecord, public_id: str) -> RecordTurn:
    """One turn of a record; NotFound otherwise."""
    found = next((row for row in record.turns if row.public_id == public_id), None)
    if found is None:
        raise NotFound("记录里没有这一段。")
    return found


def list_recorders(case: MediationCase) -> list[Account]:
    """Who may write the record, besides the mediators, without those barred."""
    area = area_of(case.matter.organisation)
    barred = case.access_view().barred
    return [
        account
        for account in list_holders(Role.RECORDER)
        if area_of(account.organisation) == area and account.id not in barred
    ]


def parties_at_the_table(case: MediationCase) -> list[Party]:
    """Those who come: of a large side its elected representatives (R-MED-13)."""
    parties = case.parties
    representatives = [party for party in parties if party.is_representative]
    if len(parties) <= MOST_AT_THE_TABLE or not representatives:
        return parties
    return [party for party in parties if party.is_representative or party.side is not PartySide.PETITIONER]


def clock_of(case: MediationCase) -> Clock:
    """The running mediation period; NotFound when it was met or cancelled."""
    return get_running_clock(case, "mediation_period")


def meeting_need(
    case: MediationCase,
    *,
    meeting_id: int,
    minutes: int,
    mediators: int,
    has_recorder: bool,
    today: date,
    nth: int,
) -> SessionNeed:
    """What the n-th meeting needs: a mediation room, the case's mediators, a recorder, the parties as persons.

    Organisations do not block. The lawful days end with the mediation period.
    """
    at_the_table = parties_at_the_table(case)
    clock = clock_of(case)
    recorders = tuple(account.id for account in list_recorders(case))
    seats = [SeatNeed(MEDIATOR_SEAT, "调解员", tuple(a.id for a in case.active_mediators), mediators)]
    if has_recorder:
        seats.append(SeatNeed(RECORDER_SEAT, "记录员", recorders, 1))
    return SessionNeed(
        owner=Owner("mediation_meeting", meeting_id),
        matter_id=case.matter_id,
        organisation_id=case.matter.organisation_id,
        purpose=f"{DISPUTE_TYPES.get(case.dispute_type, '')}纠纷调解 第 {nth} 次",
        minutes=minutes,
        room_wants=RoomWants(
            RoomKind.MEDIATION_ROOM,
            capacity=len(at_the_table) + mediators + int(has_recorder),
            area_id=area_of(case.matter.organisation),
        ),
        seats=tuple(seats),
        earliest=max(case.accepted_on, today),
        latest=clock.legal_due_on,
        latest_reason=f"调解期限 {format_month_day(clock.legal_due_on)} 届满，要先经全体当事人同意延期",
        excluded=case.access_view().barred,
        party_keys=tuple(
            party_key(party.id_number_digest)
            for party in at_the_table
            if party.kind is PartyKind.PERSON and party.id_number_digest
        ),
    )


def record_state(meeting: MediationMeeting) -> RecordState:
    """What the record of a meeting holds so far."""
    record = meeting.record
    return RecordState(
        sides_present=frozenset(row.party.side for row in meeting.attendees if row.party is not None),
        are_rights_told=record is not None and record.rights_told_at is not None,
        turns=len(record.turns) if record else 0,
        is_closed=record is not None and record.is_closed,
    )


def missing_for_closing(meeting: MediationMeeting) -> list[str]:
    """What still stands in the way of closing the record, in words."""
    return list_missing(record_state(meeting))


def number_of(case: MediationCase, meeting: MediationMeeting | None) -> int:
    """Which sitting it is; those given up do not count."""
    position = meeting.position if meeting else max((row.position for row in case.meetings), default=0) + 1
    return 1 + sum(1 for row in case.meetings if row.position < position and row.status not in GIVEN_UP)


def meetings_of_sessions(session_ids: Collection[int]) -> dict[int, MediationMeeting]:
    """The meetings that hold these booked sessions, by the session's key."""
    statement = sa.select(MediationMeeting).where(MediationMeeting.session_id.in_(session_ids))
    meetings = db.session.scalars(statement.options(selectinload(MediationMeeting.case)))
    return {meeting.session_id: meeting for meeting in meetings if meeting.session_id is not None}


def find_period(case: MediationCase) -> Clock | None:
    """The newest mediation period of the case, running or not."""
    statement = sa.select(Clock).filter_by(owner_kind=case.kind, owner_id=case.id, clock="mediation_period")
    return db.session.scalar(statement.order_by(Clock.id.desc()).limit(1))


def list_clocks(case: MediationCase) -> list[Clock]:
    """The clocks of the case, oldest first."""
    statement = sa.select(Clock).filter_by(owner_kind=case.kind, owner_id=case.id)
    return list(db.session.scalars(statement.order_by(Clock.id)))


def list_unfit_people(meeting: MediationMeeting) -> list[Account]:
    """Who is booked for the meeting but may no longer sit there: replaced as mediator, or recused (INV-12)."""
    mediators = {account.id for account in meeting.case.active_mediators}
    barred = meeting.case.access_view().barred
    return [
        seat.account
        for seat in meeting.session.seats
        if seat.account_id in barred or (seat.seat == MEDIATOR_SEAT and seat.account_id not in mediators)
    ]
