"""What follows from the end of a reconsideration case: its clocks stop, the matter closes or goes back."""

from datetime import date, datetime

from app.access.permissions import Actor
from app.matters.actions import cancel_clocks, close_matter, settle_blocker
from app.matters.actions.moving import set_status
from app.matters.rules import MatterResult
from app.remedies.models import ReconsiderationCase
from app.remedies.rules.states import ON_THE_MERITS

BLOCKER = "open_reconsideration"


def end_case(case: ReconsiderationCase, on: date, *, by: Actor, now: datetime) -> None:
    """Stop the clocks; an answer on the merits closes the matter, else it stands with its office as before.

    What the body's own window registered has no office to go back to and closes too.
    """
    matter = case.matter
    case.closed_on = on
    cancel_clocks(case)
    settle_blocker(case, BLOCKER, now)
    if case.status in ON_THE_MERITS or matter.organisation_id == case.organ_id:
        close_matter(matter, MatterResult.RECONSIDERED, by=by, now=now)
    else:
        set_status(matter, case.status_before, "matter.return_from_reconsideration", by=by)
