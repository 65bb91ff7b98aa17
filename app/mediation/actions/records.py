"""Hold a meeting and write its record: who came, rights told, turns, result, paper (R-MED-07, R-DOC-M06)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.permissions import Actor
from app.audit.actions import record as log
from app.documents.actions import issue
from app.documents.rules import Owner
from app.errors import RuleViolation
from app.extensions import db
from app.law import clock
from app.law.dates import format_month_day
from app.matters.models import Party
from app.mediation.models import (
    Attendee,
    MediationMeeting,
    MediationRecord,
    RecordNote,
    RecordRefusal,
    RecordTurn,
)
from app.mediation.queries.meetings import list_unfit_people, record_state
from app.mediation.queries.record_facts import facts_of_record, latest_text, side_of, signers_of
from app.mediation.rules import AttendeeKind, MeetingStatus, ReadMode, RecordResult
from app.mediation.rules.mediators import check_seats_fit
from app.mediation.rules.periods import check_labour_notice, check_may_continue
from app.mediation.rules.records import (
    ROOM,
    check_client_id,
    check_correction,
    check_is_open,
    check_may_close,
    check_refusals,
    check_rights_told,
)
from app.mediation.rules.states import check_is_mediating, check_meeting
from app.signing.actions import open_signing


@dataclass(frozen=True)
class NewAttendee:
    """Somebody who came; `party` for a party or whoever acts for it."""

    kind: AttendeeKind
    name: str
    identity_document: str
    party: Party | None = None
    account_id: int | None = None
    detail: str = ""


@dataclass(frozen=True)
class NewTurn:
    """One turn as the page sends it; `client_id` makes a repeat harmless."""

    client_id: str
    speaker: str
    text: str


@dataclass(frozen=True)
class Refusal:
    """Somebody present does not sign: why, in his own words, and who saw it."""

    attendee: Attendee
    reason: str
    witness: str = ""


def start_meeting(meeting: MediationMeeting, *, by: Actor, now: datetime) -> MediationRecord:
    """Begin the record on the day of the meeting; mediators and recorder are taken down as present."""
    check_is_mediating(meeting.case.status)
    check_meeting(meeting.status, MeetingStatus.PLANNED)
    today = clock.local_date(now)
    check_labour_notice(meeting.case.fifteenth_day, meeting.case.labour_told_on, today)
    check_may_continue(meeting.case.labour_continues)
    check_seats_fit([account.name for account in list_unfit_people(meeting)])
    if today < clock.local_date(meeting.session.starts_at):
        day = format_month_day(clock.local_date(meeting.session.starts_at))
        raise RuleViolation(f"这一场排在 {day}，还没到日子。要提前开，请先改期。", rule="R-MED-24")
    row = MediationRecord(meeting=meeting, started_at=now, started_by=by.account_id, turns=[], refusals=[], notes=[])
    db.session.add(row)
    for seat in meeting.session.seats:
        name = seat.account.name
        officer = Attendee(
            meeting=meeting,
            attendee_kind=AttendeeKind(seat.seat),
            account_id=seat.account_id,
            checked_by=by.account_id,
            arrived_at=now,
        )
        officer.name = name
        db.session.add(officer)
    before, meeting.status = meeting.status, MeetingStatus.RUNNING
    log(by, "meeting.start", meeting, before=before, after=meeting.status)
    return row


def record_attendance(record: MediationRecord, new: NewAttendee, *, by: Actor, now: datetime) -> Attendee:
    """Take down who came and which document was compared; the same party twice is kept once."""
    check_is_open(record.is_closed)
    if new.kind in (AttendeeKind.PARTY, AttendeeKind.PROXY) and new.party is None:
        raise RuleViolation("请选他是哪一方，或者代理哪一方。", rule="R-DOC-M06")
    if new.party is not None and new.party not in record.meeting.case.parties:
        raise RuleViolation("这一位没有参加这件调解：还没有他的同意。请先记下他是否同意。", rule="INV-05")
    for known in record.meeting.attendees:
        if known.attendee_kind is new.kind and known.party_id == _id_of(new.party) and known.name == new.name:
            return known
    row = Attendee(
        meeting=record.meeting,
        attendee_kind=new.kind,
        party=new.party,
        party_id=_id_of(new.party),
        account_id=new.account_id,
        detail=new.detail,
        identity_document=new.identity_document,
        checked_by=by.account_id,
        arrived_at=now,
    )
    row.name = new.name
    db.session.add(row)
    db.session.flush()
    log(by, "record.attend", record, attendee=row.id, kind_of_attendee=new.kind)
    return row


def tell_rights(record: MediationRecord, *, by: Actor, now: datetime) -> None:
    """Note that nature, principles, effect, rights and duties were told (R-MED-07); a repeat changes nothing."""
    check_is_open(record.is_closed)
    if record.rights_told_at is None:
        record.rights_told_at, record.rights_told_by = now, by.account_id
        log(by, "record.tell_rights", record)


def record_turn(record: MediationRecord, new: NewTurn, *, by: Actor, now: datetime) -> RecordTurn:
    """Write one turn; the same turn sent again gives the first one back, nobody's turn is overwritten."""
    check_client_id(new.client_id)
    known = db.session.scalar(sa.select(RecordTurn).filter_by(record_id=record.id, client_id=new.client_id))
    if known is not None:
        return known
    check_is_open(record.is_closed)
    check_rights_told(record.rights_told_at is not None)
    name, side = _speaker(record.meeting, new.speaker)
    turn = RecordTurn(
        record=record,
        client_id=new.client_id,
        speaker=new.speaker,
        side=side,
        started_at=now,
        author_id=by.account_id,
    )
    turn.speaker_name, turn.text = name, new.text
    db.session.add(turn)
    db.session.flush()
    log(by, "record.turn", record, turn=turn.id)
    return turn


def correct_turn(turn: RecordTurn, text: str, *, client_id: str, by: Actor, now: datetime) -> RecordTurn:
    """Put a correction beside a turn; the old words stay readable."""
    record = turn.record
    check_client_id(client_id)
    known = next((row for row in record.turns if row.client_id == client_id), None)
    if known is not None:
        return known
    check_is_open(record.is_closed)
    check_correction(text, latest_text(turn))
    row = RecordTurn(
        record=record,
        client_id=client_id,
        speaker=turn.speaker,
        side=turn.side,
        started_at=now,
        author_id=by.account_id,
        corrects_id=turn.id,
    )
    row.speaker_name, row.text = turn.speaker_name, text
    db.session.add(row)
    db.session.flush()
    log(by, "record.correct", record, turn=row.id, corrects=turn.id)
    return row


def close_record(
    record: MediationRecord,
    *,
    result: RecordResult,
    result_text: str,
    read_mode: ReadMode,
    refusals: Sequence[Refusal] = (),
    by: Actor,
    now: datetime,
) -> None:
    """Close the record after it was read: the paper is issued and goes round for signatures (R-DOC-M06).

    Refuses an incomplete record; afterwards only notes may follow.
    """
    meeting = record.meeting
    check_may_close(record_state(meeting), result_text)
    check_refusals([row.attendee.id for row in refusals], [row.id for row in meeting.attendees])
    if any(not refusal.reason.strip() for refusal in refusals):
        raise RuleViolation("拒签的请写明理由，用他自己的话。", rule="R-DOC-M06")
    record.result, record.result_text, record.read_mode = result, result_text, read_mode
    record.closed_at, record.closed_by = now, by.account_id
    for refusal in refusals:
        row = RecordRefusal(attendee=refusal.attendee)
        row.reason, row.witness = refusal.reason, refusal.witness
        record.refusals.append(row)
    before, meeting.status = meeting.status, MeetingStatus.HELD
    db.session.flush()
    paper = issue(
        facts_of_record(record),
        owner=Owner("mediation_meeting", meeting.id),
        matter_id=meeting.case.matter_id,
        organisation=meeting.case.committee,
        by=by,
        now=now,
    )
    record.paper = paper
    open_signing(paper, signers_of(record), by=by, now=now)
    log(by, "record.close", record, result=result, turns=len(record.turns), refusals=len(refusals))
    log(by, "meeting.end", meeting, before=before, after=meeting.status)


def add_note(record: MediationRecord, text: str, *, by: Actor, now: datetime) -> RecordNote:
    """Append a note to a closed record; the record itself does not change."""
    if not record.is_closed:
        raise RuleViolation("记录还没有定稿，请直接记在记录里。", rule="R-MED-24")
    note = RecordNote(record_id=record.id, author_id=by.account_id, written_at=now)
    note.text = text
    record.notes.append(note)
    db.session.flush()
    log(by, "record.note", record, note=note.id)
    return note


def _speaker(meeting: MediationMeeting, key: str) -> tuple[str, str]:
    if key == ROOM:
        return "场上情况", ""
    attendee = next((row for row in meeting.attendees if row.key == key), None)
    if attendee is None:
        raise RuleViolation("请先记下这个人到场，再记他说的话。", rule="R-DOC-M06")
    return attendee.name, side_of(attendee)


def _id_of(party: Party | None) -> int | None:
    return party.id if party else None
