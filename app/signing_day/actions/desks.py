"""Who sits at a desk."""

from app.access.permissions import Actor
from app.audit.actions import record
from app.signing_day.models import SigningDesk


def take_desk(desk: SigningDesk, *, by: Actor) -> None:
    """Whoever asks sits at this desk from now on."""
    before = desk.account_id
    desk.account_id = by.account_id
    record(by, "signing_day.take_desk", desk, before=str(before or ""), after=str(by.account_id))
