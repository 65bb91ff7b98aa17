"""A sitting that goes on on another day: what becomes of the sheet of the day before (R-HEAR-22, 26)."""

from datetime import date, datetime

from app.access.permissions import Actor
from app.extensions import db
from app.hearings.actions.turns import note_in_room
from app.hearings.models import EarlierDay, HearingMinutes
from app.hearings.rules.words import LABELS, LiveStage
from app.law import clock


def clear_former_day(minutes: HearingMinutes, *, by: Actor, now: datetime) -> None:
    """The sheet is for today; who was there or away on the former day stays in the minutes as a note.

    Whoever heard that day to its end is kept beside it, for he signs what was taken down then (R-HEAR-26).
    """
    noted = [row for row in minutes.attendances if row.arrived_at is not None or row.absence]
    if not noted:
        return
    day = clock.local_date([row.entered_at for row in minutes.stages if row.stage is LiveStage.ROLL_CALL][-1])
    words = _words_of_former_day(minutes, day)
    note_in_room(minutes, f"former-{day.isoformat()}", words, stage=LiveStage.ROLL_CALL, by=by, now=now)
    if _was_heard_on(minutes, day):
        _keep_who_was_there(minutes, day)
    for row in noted:
        row.arrived_at = row.left_at = row.asked_at = None
        row.absence = ""
    for party in minutes.hearing.parties:
        party.head_attendance, party.head_reason, party.delegate = None, "", ""


def _was_heard_on(minutes: HearingMinutes, day: date) -> bool:
    """A roll that no opening followed leaves nothing to sign."""
    return any(
        row.stage is not LiveStage.ROLL_CALL and clock.local_date(row.entered_at) == day for row in minutes.stages
    )


def _keep_who_was_there(minutes: HearingMinutes, day: date) -> None:
    for row in minutes.attendances:
        if row.is_present:
            kept = EarlierDay(attendance=row, day=day, post=row.post, identity_document=row.identity_document)
            kept.name = row.name
            minutes.earlier_days.append(kept)
    db.session.flush()


def _words_of_former_day(minutes: HearingMinutes, day: date) -> str:
    there = "、".join(row.name for row in minutes.attendances if row.arrived_at is not None)
    away = "、".join(f"{row.name}（{row.absence}）" for row in minutes.attendances if row.absence)
    heads = "".join(
        f"{party.party.name}：{LABELS[party.head_attendance]}。"
        for party in minutes.hearing.parties
        if party.head_attendance is not None
    )
    return f"{day:%Y-%m-%d} 到场：{there or '无'}。" + (f"缺席：{away}。" if away else "") + heads
