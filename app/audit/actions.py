"""Writing the log: one row an act, in the act's own transaction, as its last step."""

from typing import Any

import sqlalchemy as sa

from app.access.permissions import Actor
from app.audit.models import AuditEvent, AuditHead
from app.audit.rules import Link, digest_of_link
from app.extensions import db
from app.law import clock
from app.web.faults import fault_point
from app.web.trace import request_id

HEAD = 1


def record(
    by: Actor | None,
    act: str,
    subject: Any = None,
    *,
    kind: str = "",
    matter_id: int | None = None,
    before: str = "",
    after: str = "",
    **detail: Any,
) -> None:
    """Append what `by` did to `subject`; `detail` holds ids, counts and field names, never personal values."""
    fault_point("audit.append")
    db.session.flush()
    head = db.session.execute(
        sa.select(AuditHead).where(AuditHead.id == HEAD).with_for_update().execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if head is None:
        head = AuditHead(id=HEAD, seq=0, digest="")
        db.session.add(head)
    link = Link(
        seq=head.seq + 1,
        at=clock.now().replace(microsecond=0),
        actor_id=by.account_id if by else None,
        actor_roles=",".join(sorted(by.roles)) if by else "",
        act=act,
        object_kind=kind or getattr(subject, "__tablename__", ""),
        object_id=getattr(subject, "id", None),
        matter_id=matter_id if matter_id is not None else _matter_of(subject),
        before=before,
        after=after,
        detail=detail,
        request_id=request_id(),
    )
    digest = digest_of_link(link, head.digest)
    db.session.add(AuditEvent(**vars(link), previous=head.digest, digest=digest))
    head.seq, head.digest = link.seq, digest
    db.session.flush()


def _matter_of(subject: Any) -> int | None:
    if getattr(subject, "__tablename__", "") == "matter":
        return int(subject.id)
    return getattr(subject, "matter_id", None)
