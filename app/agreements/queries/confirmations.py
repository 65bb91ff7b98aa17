"""The second date of judicial confirmation: by when the office means to have applied."""

from datetime import date

import sqlalchemy as sa

from app.agreements.models import Agreement
from app.extensions import db
from app.matters.models import Clock


def find_confirmation_target(agreement: Agreement) -> date | None:
    """The target day of the time to apply for confirmation; None before the effect."""
    statement = sa.select(Clock.target_on).where(
        Clock.owner_kind == "agreement", Clock.owner_id == agreement.id, Clock.clock == "judicial_confirmation"
    )
    return db.session.scalar(statement.order_by(Clock.id.desc()).limit(1))
