"""One hand signature under many agreements: each gets its own, bound to its own digest, all or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.access.permissions import Actor
from app.agreements.actions import issuing
from app.audit.actions import record
from app.collective.queries.settlement import PAYER
from app.errors import RuleViolation
from app.signing_day.models import SigningDay
from app.signing_day.queries.countersigning import ToCountersign
from app.signing_day.rules.states import ARTICLE

MOST = 50
"""How many agreements one signature goes under: what a person has read through in one go, and one short turn."""


@dataclass(frozen=True)
class Shown:
    """An agreement of the list with the digest that stood in it when it was shown."""

    row: ToCountersign
    shown_sha256: str


def countersign(
    day: SigningDay, shown: Sequence[Shown], strokes: str, *, document: str = "", by: Actor, now: datetime
) -> int:
    """Sign these agreements for the mediator himself, or with `document` take the company's signature; how many.

    Refuses an empty list, more than fifty, and as a whole whatever `sign` refuses for one of them (INV-24, INV-25).
    """
    if not 0 < len(shown) <= MOST:
        raise RuleViolation(f"请勾出要签的协议，一次最多 {MOST} 份。", article=ARTICLE, rule="INV-25")
    for each in shown:
        agreement = each.row.link.agreement
        if each.row.key == PAYER:
            issuing.check_identity(agreement, PAYER, document, by=by, now=now)
        issuing.sign(agreement, each.row.key, strokes, shown_sha256=each.shown_sha256, by=by, now=now)
    record(by, "signing_day.countersign", day, count=len(shown), company=bool(document))
    return len(shown)
