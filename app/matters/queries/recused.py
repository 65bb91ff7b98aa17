"""In which booked sessions somebody sits whom a recusal keeps out of the matter (INV-12)."""

from collections.abc import Collection

import sqlalchemy as sa

from app.booking.models import BookedSession, SessionSeat
from app.extensions import db
from app.matters.models import Involvement

IDS_A_QUERY = 500


def find_sessions_of_barred(session_ids: Collection[int]) -> set[int]:
    """Those of the sessions in which somebody sits who is barred from their matter."""
    ids = list(session_ids)
    found: set[int] = set()
    for start in range(0, len(ids), IDS_A_QUERY):
        statement = (
            sa.select(BookedSession.id)
            .join(SessionSeat, SessionSeat.session_id == BookedSession.id)
            .join(
                Involvement,
                sa.and_(
                    Involvement.matter_id == BookedSession.matter_id,
                    Involvement.account_id == SessionSeat.account_id,
                    Involvement.is_barred,
                ),
            )
            .where(BookedSession.id.in_(ids[start : start + IDS_A_QUERY]))
        )
        found.update(db.session.scalars(statement))
    return found
