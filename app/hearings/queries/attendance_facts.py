"""What the sheet in the minutes says of everybody: who he is, whether he was there, how he proved it (R-DOC-H07)."""

from collections.abc import Sequence
from dataclasses import replace

from app.documents.papers.hearing_minutes import MinutesAttendance
from app.hearings.models import Attendance, EarlierDay, HearingMinutes
from app.hearings.queries.earlier_days import EarlierSigner, list_earlier_signers
from app.hearings.queries.notice_facts import officer
from app.hearings.queries.sitting import role_word
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.words import AttendeeRole
from app.matters.rules import LABELS as MATTER_LABELS
from app.matters.rules import IdDocument

LEFT_EARLY, ON_PART = "中途离场", "部分"
"""In the sheet: gone before the end; there on an earlier day only."""


def attendance_lines(
    minutes: HearingMinutes, present: Sequence[Attendance], procedure: Procedure
) -> tuple[MinutesAttendance, ...]:
    """The sheet of the last day, with a line for whoever came on an earlier day in the place of somebody else."""
    earlier = {(each.attendance.id, each.row.name): each for each in list_earlier_signers(minutes, present)}
    lines = []
    for row in minutes.attendances:
        same = earlier.pop((row.id, row.name), None)
        line = _attendance(row, minutes, procedure)
        lines.append(_on_part(line, same) if same else line)
    return (*lines, *(_instead(each, procedure) for each in earlier.values()))


def detail_of(row: Attendance) -> str:
    """Unit and post of somebody of the hearing, or for whom he speaks."""
    if row.seat is not None:
        return officer(row.seat).detail
    if row.role is AttendeeRole.PROXY and row.hearing_party is not None:
        return f"{row.hearing_party.party.name}的代理人" + (f"，{row.post}" if row.post else "")
    return row.post


def _on_part(line: MinutesAttendance, each: EarlierSigner) -> MinutesAttendance:
    presence = line.presence if line.presence == LEFT_EARLY else ON_PART
    return replace(line, detail=_joined(line.detail, each.words), presence=presence)


def _instead(each: EarlierSigner, procedure: Procedure) -> MinutesAttendance:
    """Whom the line of the sheet named on his day; somebody else came later."""
    return MinutesAttendance(
        role=role_word(each.attendance, procedure),
        name=each.row.name,
        detail=_joined(each.row.post, each.words),
        presence=ON_PART,
        document=_document_words(each.row),
    )


def _attendance(row: Attendance, minutes: HearingMinutes, procedure: Procedure) -> MinutesAttendance:
    left = row.left_at if row.left_at and not (minutes.ended_at and row.left_at >= minutes.ended_at) else None
    presence = "否" if row.arrived_at is None else (LEFT_EARLY if left else "是")
    return MinutesAttendance(
        role=role_word(row, procedure),
        name=row.name,
        detail=_joined(detail_of(row), row.absence),
        presence=presence,
        document=_document_words(row),
    )


def _joined(*parts: str | None) -> str:
    return "，".join(part for part in parts if part)


def _document_words(row: Attendance | EarlierDay) -> str:
    if not row.identity_document:
        return ""
    known = {word.value for word in IdDocument}
    return MATTER_LABELS[IdDocument(row.identity_document)] if row.identity_document in known else row.identity_document
