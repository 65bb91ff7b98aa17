"""Do the stored dates of the clocks follow from their rows?

A clock that began before the calendar was changed keeps the dates it was given; only its order is checked then.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.errors import DomainError
from app.extensions import db
from app.matters.actions import dates_of
from app.matters.models import Clock
from app.settings.queries import calendar_changed_at


def find_clock_findings() -> Iterator[str]:
    """Clocks whose stored dates differ from those the rules give, or whose extensions do not add up."""
    changed_at = calendar_changed_at()
    statement = sa.select(Clock).options(selectinload(Clock.extensions), selectinload(Clock.pauses))
    for clock in db.session.scalars(statement.order_by(Clock.id)):
        place = f"clock {clock.id} ({clock.clock} of matter {clock.matter_id})"
        if clock.extend_days != sum(row.days for row in clock.extensions):
            yield f"{place}: extended by {clock.extend_days} days, its extensions say otherwise"
        if clock.is_open != (clock.state.value in ("running", "paused")):
            yield f"{place}: is_open does not fit the state {clock.state.value}"
        began_before = changed_at is not None and clock.started_at < changed_at
        yield from _compare(clock, place, only_order=clock.is_provisional or began_before)


def _compare(clock: Clock, place: str, *, only_order: bool) -> Iterator[str]:
    if only_order:
        if not clock.trigger_on <= clock.nominal_on <= clock.legal_due_on:
            yield f"{place}: its dates are out of order"
        return
    try:
        dates = dates_of(clock)
    except DomainError as error:
        yield f"{place}: cannot be recomputed ({error.rule or type(error).__name__})"
        return
    stored = (clock.nominal_on, clock.legal_due_on, clock.target_on)
    computed = (dates.nominal, dates.legal_due, dates.internal_target)
    if stored != computed:
        shown = " ".join(day.isoformat() for day in computed)
        yield f"{place}: stored {' '.join(day.isoformat() for day in stored)}, recomputed {shown}"
