"""What a petitioner leaves on his page, and the staff seeing to it."""

from datetime import datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.errors import RuleViolation
from app.extensions import db
from app.notices.models import Wish
from app.notices.queries import list_wishes_of
from app.notices.rules import WishKind

MOST_OPEN_WISHES = 20


def leave_wish(
    kind: WishKind, *, matter_id: int, party_id: int, text: str = "", paper_id: int | None = None, now: datetime
) -> Wish:
    """Leave a question or wish for the staff; the same wish for the same paper stands once."""
    waiting = [wish for wish in list_wishes_of(party_id) if wish.settled_at is None]
    for wish in waiting:
        if (wish.kind, wish.paper_id, wish.text) == (kind, paper_id, text):
            return wish
    if len(waiting) >= MOST_OPEN_WISHES:
        raise RuleViolation("您留的话已经很多，工作人员会尽快回您。急的话，请打页面下方的电话。", rule="B237")
    wish = Wish(kind=kind, matter_id=matter_id, party_id=party_id, paper_id=paper_id, left_at=now)
    wish.text = text
    db.session.add(wish)
    db.session.flush()
    record(None, "wish.leave", wish, after=kind.value)
    return wish


def settle_wish(wish: Wish, *, by: Actor, now: datetime) -> None:
    """Note that the person was answered."""
    if wish.settled_at is not None:
        raise RuleViolation("这一条已经办过了。")
    wish.settled_at, wish.settled_by = now, by.account_id
    record(by, "wish.settle", wish)
