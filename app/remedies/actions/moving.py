"""The one place that moves a reconsideration case from state to state and writes it to the log."""

from typing import Any

from app.access.permissions import Actor
from app.audit.actions import record
from app.remedies.models import ReconsiderationCase
from app.remedies.rules import CaseAct
from app.remedies.rules.states import OPEN, next_status


def move(case: ReconsiderationCase, act: CaseAct, *, by: Actor, **detail: Any) -> None:
    """Take the case to the state after `act` and log it; refuses an act the state does not allow."""
    before = case.status
    case.status = next_status(before, act)
    case.is_open = case.status in OPEN
    record(by, f"reconsideration.{act.value}", case, before=before.value, after=case.status.value, **detail)
