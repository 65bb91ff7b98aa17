"""Keeping what a clerk is typing and has not recorded: one row a device, seen by the other clerks."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.permissions import Actor
from app.extensions import db
from app.hearings.models import HearingMinutes, OpenLine
from app.hearings.queries.turns import find_by_client_id


@dataclass(frozen=True)
class TypedLine:
    """What stands in a clerk's box: under which mark it will be recorded, for whom, on which page."""

    device: str
    client_id: str
    speaker: str
    text: str


def keep_line(minutes: HearingMinutes, line: TypedLine, *, by: Actor, now: datetime) -> None:
    """Keep the line as it stands; an empty one, or one that was recorded meanwhile, is dropped.

    Not in the log: what is typed and not yet recorded is no act.
    """
    mine = sa.select(OpenLine).filter_by(minutes_id=minutes.id, account_id=by.account_id, device=line.device)
    row = db.session.scalar(mine)
    if minutes.is_closed or not line.text.strip() or find_by_client_id(minutes, line.client_id) is not None:
        if row is not None:
            db.session.delete(row)
        return
    if row is None:
        row = OpenLine(minutes_id=minutes.id, account_id=by.account_id, device=line.device, saved_at=now)
        db.session.add(row)
    if (row.client_id, row.speaker, row.text) != (line.client_id, line.speaker, line.text):
        row.client_id, row.speaker, row.text, row.saved_at = line.client_id, line.speaker, line.text, now


def drop_line(minutes: HearingMinutes, device: str, *, by: Actor) -> None:
    """Give up the line that one's other device left behind: it was taken over, or is not wanted."""
    db.session.execute(sa.delete(OpenLine).filter_by(minutes_id=minutes.id, account_id=by.account_id, device=device))
