"""Reading the minutes back page by page: everybody says 无误 or asks for a correction (R-HEAR-26)."""

from datetime import datetime

import sqlalchemy as sa

from app.access.permissions import Actor
from app.audit.actions import record as log
from app.errors import RuleViolation
from app.extensions import db
from app.hearings.models import Attendance, HearingMinutes, ReadBack
from app.hearings.queries.turns import list_pages
from app.hearings.rules.turns import check_is_open
from app.hearings.rules.words import LiveStage


def confirm_page(minutes: HearingMinutes, reader: Attendance, page: int, *, by: Actor, now: datetime) -> ReadBack:
    """Take down that `reader` found one page right; said again after a correction, the newer word counts."""
    check_is_open(is_closed=minutes.is_closed)
    if minutes.stage is not LiveStage.READ_BACK:
        raise RuleViolation("还没有走到核对笔录这一步。", rule="R-HEAR-26")
    if not 1 <= page <= len(list_pages(minutes)):
        raise RuleViolation("笔录没有这一页。请刷新再看。", rule="R-HEAR-26")
    known = sa.select(ReadBack).filter_by(minutes_id=minutes.id, attendance_id=reader.id, page=page)
    row = db.session.scalar(known)
    if row is None:
        row = ReadBack(minutes_id=minutes.id, attendance_id=reader.id, page=page)
        db.session.add(row)
    row.confirmed_at, row.recorded_by = now, by.account_id
    db.session.flush()
    log(by, "minutes.read_back", minutes, attendance=reader.id, page=page)
    return row
