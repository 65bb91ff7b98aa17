"""Who is there: the attendance sheet with identities checked, who left, who is away, whether the head came."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from app.access.permissions import Actor
from app.audit.actions import record as log
from app.errors import RuleViolation
from app.extensions import db
from app.hearings.actions.turns import note_in_room
from app.hearings.models import Attendance, HearingMinutes, HearingParty
from app.hearings.queries.sitting import ROLE_OF_SEAT, ROLE_OF_SIDE, seats_at_the_front, valid_proxies
from app.hearings.rules.sitting import check_head_answer
from app.hearings.rules.turns import check_is_open
from app.hearings.rules.words import AttendeeRole, HeadAttendance, HearingStatus
from app.law import clock
from app.matters.models import PartyKind, Proxy

NEEDS_DOCUMENT = (
    AttendeeRole.APPLICANT,
    AttendeeRole.RESPONDENT,
    AttendeeRole.THIRD_PARTY,
    AttendeeRole.PROXY,
    AttendeeRole.WITNESS,
)


@dataclass(frozen=True)
class Arrival:
    """Somebody came: which document was compared with the face, and for a body, who came for it."""

    identity_document: str
    name: str = ""
    post: str = ""
    is_head: bool = False


@dataclass(frozen=True)
class NewAttendee:
    """Somebody who was not on the list: another person of a unit, a witness, an appraiser, an interpreter."""

    role: AttendeeRole
    name: str
    identity_document: str
    post: str = ""
    party: HearingParty | None = None


@dataclass(frozen=True)
class HeadAnswer:
    """Whether the head of the respondent came himself, else why not and who came in his place."""

    attendance: HeadAttendance
    reason: str = ""
    delegate: str = ""


def list_people(minutes: HearingMinutes, *, now: datetime) -> None:
    """Bring the sheet in line with who sits and who takes part: new ones are added, recused ones leave (INV-12)."""
    seats = seats_at_the_front(minutes.hearing)
    known = {(row.seat_id, row.hearing_party_id, row.proxy_id) for row in minutes.attendances}
    for seat in seats:
        if (seat.id, None, None) not in known:
            _add(minutes, ROLE_OF_SEAT[seat.role], seat.account.name, seat_id=seat.id, post=seat.account.post)
    for party in minutes.hearing.parties:
        if (None, party.id, None) not in known:
            _add(minutes, ROLE_OF_SIDE[party.side], party.party.name, hearing_party_id=party.id)
        fresh = [
            proxy for proxy in valid_proxies(party, clock.local_date(now)) if (None, party.id, proxy.id) not in known
        ]
        for proxy in fresh:
            _add_proxy(minutes, party, proxy)
    _let_leave(minutes, {seat.id for seat in seats}, now)
    db.session.flush()


def _let_leave(minutes: HearingMinutes, sitting: Collection[int], now: datetime) -> None:
    for row in minutes.attendances:
        if row.seat_id is not None and row.seat_id not in sitting and row.is_present:
            row.left_at = now


def _add_proxy(minutes: HearingMinutes, party: HearingParty, proxy: Proxy) -> None:
    _add(minutes, AttendeeRole.PROXY, proxy.name, hearing_party_id=party.id, proxy_id=proxy.id, post=proxy.relation)


def _add(minutes: HearingMinutes, role: AttendeeRole, name: str, *, post: str = "", **links: int) -> Attendance:
    row = Attendance(minutes=minutes, role=role, post=post, **links)
    row.name = name
    db.session.add(row)
    return row


def record_arrival(row: Attendance, new: Arrival, *, by: Actor, now: datetime) -> None:
    """Take down that somebody came and was compared with his document; for a body the name of who came (R-DOC-H07).

    Refuses a party without a document, and a body without the person.
    """
    check_is_open(is_closed=row.minutes.is_closed)
    party = row.hearing_party.party if row.hearing_party else None
    comes_for_body = row.proxy_id is None and party is not None and party.kind is not PartyKind.PERSON
    if row.role in NEEDS_DOCUMENT and not new.identity_document:
        raise RuleViolation("请核对证件，选核对了哪一种。", rule="R-DOC-H07")
    if comes_for_body and not (new.name or row.arrived_at):
        raise RuleViolation("单位来的，请写来人的姓名和职务。", rule="R-DOC-H07")
    if comes_for_body and new.name:
        row.name, row.post, row.is_head = new.name, new.post, new.is_head
    row.identity_document = new.identity_document or row.identity_document
    row.absence = ""
    row.left_at = None
    row.arrived_at, row.checked_by = now, by.account_id
    _tell_if_sitting(row, "到场", by=by, now=now)
    log(by, "attendance.come", row.minutes, attendance=row.id)


def record_absence(row: Attendance, why: str, *, by: Actor) -> None:
    """Take down that somebody who was called is not there, and what is known of the reason (INV-17)."""
    check_is_open(is_closed=row.minutes.is_closed)
    if row.is_present:
        raise RuleViolation(f"{row.name}已经记为到场。退场的，请点“退场”。", rule="R-DOC-H07")
    if not why.strip():
        raise RuleViolation("请写明缺席的情况：联系过没有，说了什么理由。", rule="R-HEAR-24")
    row.absence, row.checked_by = why, by.account_id
    log(by, "attendance.absent", row.minutes, attendance=row.id)


def record_leaving(row: Attendance, *, by: Actor, now: datetime) -> None:
    """Take down that somebody left the room; during the sitting it stands in the minutes with its time."""
    check_is_open(is_closed=row.minutes.is_closed)
    if row.is_present:
        row.left_at, row.asked_at = now, None
        _tell_if_sitting(row, "退场", by=by, now=now)
        log(by, "attendance.leave", row.minutes, attendance=row.id)


def add_attendee(minutes: HearingMinutes, new: NewAttendee, *, by: Actor, now: datetime) -> Attendance:
    """Take down somebody who was not on the list; a proxy comes with a filed authority only (INV-16)."""
    check_is_open(is_closed=minutes.is_closed)
    if new.role in (*ROLE_OF_SEAT.values(), AttendeeRole.PROXY, AttendeeRole.APPLICANT):
        raise RuleViolation("主持人、听证员、记录员按任命，代理人按交来的授权委托书，自动列在名单上。", rule="INV-16")
    if new.role in (AttendeeRole.RESPONDENT, AttendeeRole.THIRD_PARTY) and new.party is None:
        raise RuleViolation("请选他代表哪一方。", rule="R-DOC-H07")
    for known in minutes.attendances:
        if known.is_present and (known.role, known.name) == (new.role, new.name):
            return known
    row = _add(minutes, new.role, new.name, post=new.post)
    row.hearing_party = new.party
    db.session.flush()
    record_arrival(row, Arrival(new.identity_document, new.name, new.post), by=by, now=now)
    return row


def record_head_attendance(minutes: HearingMinutes, party: HearingParty, answer: HeadAnswer, *, by: Actor) -> None:
    """Take down how the head of the respondent took part (R-RECON-06); who came in his place must be named."""
    check_is_open(is_closed=minutes.is_closed)
    check_head_answer(answer.attendance, answer.reason, answer.delegate)
    party.head_attendance = answer.attendance
    party.head_reason, party.delegate = answer.reason, answer.delegate
    log(by, "attendance.head", minutes, party=party.id, answer=answer.attendance.value)


def ask_for_floor(row: Attendance, *, wants: bool, now: datetime) -> None:
    """Put somebody on the list of those who want to speak, or take him off it; his speaking does that too."""
    check_is_open(is_closed=row.minutes.is_closed)
    if not wants:
        row.asked_at = None
    elif row.asked_at is None:
        row.asked_at = now


def _tell_if_sitting(row: Attendance, what: str, *, by: Actor, now: datetime) -> None:
    if row.minutes.hearing.status is HearingStatus.IN_PROGRESS:
        mark = f"{what.encode().hex()}-{row.public_id}-{int(now.timestamp() * 1000)}"
        note_in_room(row.minutes, mark, f"{row.name}{what}。", by=by, now=now)
