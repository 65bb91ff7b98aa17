"""What the paper of the minutes and of a note to them say, and who signs them (R-DOC-H08, R-HEAR-25/26)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from app.documents.papers.hearing_minutes import (
    HearingMinutesFacts,
    HearingMinutesNoteFacts,
    MinutesBreak,
    MinutesCorrection,
    MinutesEvidence,
    MinutesRoomNote,
    MinutesRuling,
    MinutesStage,
    MinutesStatement,
)
from app.documents.papers.hearings import HearingOfficer
from app.documents.papers.people import Attendee
from app.hearings.models import (
    Attendance,
    Hearing,
    HearingMinutes,
    HearingParty,
    MinutesNote,
    MinutesTurn,
    StagePassed,
)
from app.hearings.queries.attendance_facts import attendance_lines, detail_of
from app.hearings.queries.earlier_days import EarlierSigner, list_earlier_signers
from app.hearings.queries.notice_facts import common_facts
from app.hearings.queries.sitting import role_word
from app.hearings.rules.closing import END_ROLES, FOOT_ROLES
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.stages import script_of
from app.hearings.rules.words import (
    LABELS,
    AttendeeRole,
    HeadAttendance,
    HearingMode,
    TurnKind,
)
from app.law import clock
from app.signing.rules import Signer, SignerRole

SIGNER_ROLES: Mapping[AttendeeRole, SignerRole] = {
    AttendeeRole.APPLICANT: SignerRole.PARTY,
    AttendeeRole.RESPONDENT: SignerRole.PARTY,
    AttendeeRole.THIRD_PARTY: SignerRole.PARTY,
    AttendeeRole.PROXY: SignerRole.PROXY,
    AttendeeRole.RECORDER: SignerRole.RECORDER,
}
OFFICERS = (AttendeeRole.CHAIR, AttendeeRole.RECORDER, AttendeeRole.PANELIST)
BREAKS = {TurnKind.RECESS: "recess", TurnKind.RESUMPTION: "resume"}
PLAIN_BREAKS = ("休会。", "恢复听证。")
"""Words of a break that say no more than its kind."""
NOBODY_SPOKE = "本阶段没有人发言"

PaperTurn = MinutesStatement | MinutesEvidence | MinutesRuling | MinutesRoomNote | MinutesBreak


def facts_of_minutes(minutes: HearingMinutes, procedure: Procedure) -> HearingMinutesFacts:
    """The frozen facts of the minutes: all parts of R-HEAR-25, with the corrections beside the turns."""
    hearing = minutes.hearing
    started, ended = clock.to_local(minutes.started_at), clock.to_local(minutes.ended_at or minutes.started_at)
    present = present_of(minutes)
    return HearingMinutesFacts(
        **common_facts(hearing),
        hearing_number=hearing.number,
        held_on=started.date(),
        started_at=_minute(started),
        ended_at=_minute(ended),
        ended_on=ended.date() if ended.date() != started.date() else None,
        place=place_of(hearing),
        chair=_officers(present, AttendeeRole.CHAIR)[0],
        recorders=_officers(present, AttendeeRole.RECORDER),
        panelists=_officers(present, AttendeeRole.PANELIST),
        attendance=attendance_lines(minutes, present, procedure),
        stages=_stages(minutes, procedure),
        signers=tuple(_signer(row, procedure) for row in present if row.role in FOOT_ROLES),
        witnesses=tuple(_signer(row, procedure) for row in present if row.role in END_ROLES),
        earlier=tuple(_earlier(each, procedure) for each in list_earlier_signers(minutes, present)),
        is_public=hearing.mode is HearingMode.PUBLIC,
        closed_reason=hearing.closed_reason,
        head_attendance="".join(_head_words(row) for row in hearing.parties),
    )


def signers_of_minutes(minutes: HearingMinutes) -> tuple[Signer, ...]:
    """Everybody who stayed to the end, in the order of the paper, then those who were there on an earlier day only.

    Officers sign under their own log-in or on paper.
    """
    present = present_of(minutes)
    earlier = list_earlier_signers(minutes, present)
    rows = [(row.key, row.name, row.role) for row in sorted(present, key=_paper_order)]
    rows += [(each.row.key, each.row.name, each.attendance.role) for each in earlier]
    return tuple(Signer(key, name, SIGNER_ROLES.get(role, SignerRole.PARTICIPANT)) for key, name, role in rows)


def present_of(minutes: HearingMinutes) -> list[Attendance]:
    """Who came and stayed to the end of the sitting; whoever left before does not sign."""
    ended = minutes.ended_at
    return [
        row
        for row in minutes.attendances
        if row.arrived_at is not None and (row.left_at is None or (ended is not None and row.left_at >= ended))
    ]


def account_behind(hearing: Hearing, key: str) -> int | None:
    """The account whose own place this key is; None for parties, who sign on the tablet at the desk."""
    for seat in hearing.all_seats:
        if seat.key == key:
            return seat.account_id
    if hearing.minutes is None:
        return None
    lines = {row.key: row for row in hearing.minutes.attendances}
    lines |= {row.key: row.attendance for row in hearing.minutes.earlier_days}
    own = lines[key].seat if key in lines else None
    return own.account_id if own is not None else None


def facts_of_note(note: MinutesNote, minutes: HearingMinutes, procedure: Procedure) -> HearingMinutesNoteFacts:
    """The frozen facts of a note: whose words, on which minutes, signed by him, the chair and the recorder."""
    hearing = minutes.hearing
    signers = tuple(_signer(row, procedure) for row in signers_of_note_rows(note, minutes))
    return HearingMinutesNoteFacts(
        **common_facts(hearing),
        minutes_number=hearing.number,
        held_on=clock.local_date(minutes.started_at),
        author=signers[0],
        text=note.text,
        added_on=note.written_on,
        signers=signers,
    )


def signers_of_note(note: MinutesNote, minutes: HearingMinutes) -> tuple[Signer, ...]:
    """Who signs the note: its author first, then chair and recorder."""
    return tuple(
        Signer(key=row.key, name=row.name, role=SIGNER_ROLES.get(row.role, SignerRole.PARTICIPANT))
        for row in signers_of_note_rows(note, minutes)
    )


def signers_of_note_rows(note: MinutesNote, minutes: HearingMinutes) -> list[Attendance]:
    """The author of the note, the chair and the recorders, each once."""
    officers = [row for row in present_of(minutes) if row.role in (AttendeeRole.CHAIR, AttendeeRole.RECORDER)]
    authors = [note.attendance] if note.attendance is not None else []
    return [*authors, *(row for row in officers if row is not note.attendance)]


def place_of(hearing: Hearing) -> str:
    """The room in which it is held."""
    return hearing.session.room.name if hearing.session is not None else ""


def _paper_order(row: Attendance) -> int:
    """Sides and proxies first, then chair, recorder, panel, others: as the places stand on the paper."""
    order = (*FOOT_ROLES, *OFFICERS, *END_ROLES)
    return 0 if row.role in FOOT_ROLES else order.index(row.role)


def _officers(present: Sequence[Attendance], role: AttendeeRole) -> tuple[HearingOfficer, ...]:
    return tuple(
        HearingOfficer(name=row.name, detail=detail_of(row), key=row.key) for row in present if row.role is role
    )


def _signer(row: Attendance, procedure: Procedure) -> Attendee:
    return Attendee(capacity=role_word(row, procedure), name=row.name, detail=detail_of(row), key=row.key)


def _earlier(each: EarlierSigner, procedure: Procedure) -> Attendee:
    return Attendee(
        capacity=role_word(each.attendance, procedure), name=each.row.name, detail=each.words, key=each.row.key
    )


def _head_words(row: HearingParty) -> str:
    if row.head_attendance is None:
        return ""
    told = f"：{row.head_reason}；委托{row.delegate}出席" if row.head_attendance is HeadAttendance.DELEGATES else ""
    return f"{row.party.name}{LABELS[row.head_attendance]}{told}。"


def _stages(minutes: HearingMinutes, procedure: Procedure) -> tuple[MinutesStage, ...]:
    spoken = [turn for turn in minutes.turns if turn.corrects_id is None]
    entered = {row.stage: row for row in reversed(minutes.stages)}
    held_on = clock.local_date(minutes.started_at)
    passed = [(stage, entered[stage]) for stage in procedure.stages if stage in entered]
    return tuple(
        _stage(row, [_turn(turn, minutes, held_on) for turn in spoken if turn.stage is stage], procedure)
        for stage, row in passed
    )


def _stage(passed: StagePassed, turns: list[PaperTurn], procedure: Procedure) -> MinutesStage:
    """A stage as printed; one in which nobody spoke says so, one that was left out says why."""
    silent = [] if passed.skipped_reason else [MinutesRoomNote(text=NOBODY_SPOKE)]
    return MinutesStage(
        title=script_of(procedure, passed.stage).title,
        turns=tuple(turns or silent),
        started_at=_minute(clock.to_local(passed.entered_at)),
        skipped_reason="" if turns else passed.skipped_reason,
    )


def _turn(turn: MinutesTurn, minutes: HearingMinutes, held_on: date) -> PaperTurn:
    at, corrections = _minute(clock.to_local(turn.started_at)), _corrections(turn, minutes)
    if turn.turn_kind in BREAKS:
        day, reason = clock.local_date(turn.started_at), "" if turn.text in PLAIN_BREAKS else turn.text
        return MinutesBreak(kind=BREAKS[turn.turn_kind], at=at, on=day if day != held_on else None, reason=reason)
    if turn.turn_kind is TurnKind.RULING:
        return MinutesRuling(text=turn.text, at=at, corrections=corrections)
    if turn.turn_kind is TurnKind.ROOM:
        return MinutesRoomNote(text=turn.text, at=at, corrections=corrections)
    if turn.turn_kind is TurnKind.EVIDENCE and turn.exhibit is not None:
        return MinutesEvidence(
            number=turn.exhibit.number,
            title=turn.exhibit.title,
            presented_by=turn.role_label or turn.speaker_name,
            proves=turn.text if turn.text != turn.exhibit.title else "",
            at=at,
            corrections=corrections,
        )
    label = turn.role_label or turn.speaker_name
    name = turn.speaker_name if turn.speaker_name != label else ""
    return MinutesStatement(speaker=label, text=turn.text, name=name, corrections=corrections)


def _corrections(turn: MinutesTurn, minutes: HearingMinutes) -> tuple[MinutesCorrection, ...]:
    names = {row.key: row.name for row in minutes.attendances}
    rows = sorted(
        (row for row in minutes.turns if row.corrects_id == turn.id), key=lambda row: row.correction_number or 0
    )
    told, old = [], turn.text
    for row in rows:
        told.append(
            MinutesCorrection(
                number=row.correction_number or 0,
                old=old,
                new=row.text,
                asked_by=names.get(row.asked_by, row.asked_by),
                at=_minute(clock.to_local(row.recorded_at)),
            )
        )
        old = row.text
    return tuple(told)


def _minute(moment: datetime) -> time:
    return moment.time().replace(second=0, microsecond=0)
