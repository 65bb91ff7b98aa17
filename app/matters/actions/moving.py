"""The one place that moves a matter from state to state and writes it to the log."""

from typing import Any

from app.access.permissions import Actor
from app.audit.actions import record
from app.matters.models import Matter
from app.matters.rules import ENDED, MatterStatus
from app.matters.rules.states import MatterAct, next_status


def move(matter: Matter, act: MatterAct, *, by: Actor, **detail: Any) -> None:
    """Take the matter to the state after `act` and log it; refuses an act the state does not allow."""
    set_status(matter, next_status(matter.status, act), f"matter.{act.value}", by=by, **detail)


def set_status(matter: Matter, status: MatterStatus, logged_as: str, *, by: Actor, **detail: Any) -> None:
    """Write a state that a rule gave, and log the change."""
    before = matter.status
    matter.status = status
    matter.is_open = status not in ENDED
    record(by, logged_as, matter, before=before.value, after=status.value, **detail)
