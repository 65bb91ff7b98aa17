"""Writing the log: one row an act, in the act's own transaction, as its last step."""

from typing import Any

from app.access.permissions import Actor
from app.audit.models import AuditEvent, AuditHead
from app.audit.rules import Link, digest_of_link, plain_detail
from app.extensions import db
from app.law import clock
from app.web.faults import fault_point
from app.web.locking import get_or_insert
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
    head = get_or_insert(AuditHead, {"id": HEAD}, seq=0, digest="")
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
        detail=plain_detail(detail),
        request_id=request_id(),
    )
    _check_lengths(link)
    digest = digest_of_link(link, head.digest)
    db.session.add(AuditEvent(**vars(link), previous=head.digest, digest=digest))
    head.seq, head.digest = link.seq, digest
    db.session.flush()


def _check_lengths(link: Link) -> None:
    """SQLite would keep a longer word, PostgreSQL would not; both refuse it (ValueError)."""
    for name, text in vars(link).items():
        limit = getattr(AuditEvent.__table__.c[name].type, "length", None)
        if limit is not None and len(text) > limit:
            raise ValueError(f"audit {name} has {len(text)} characters, at most {limit} fit")


def _matter_of(subject: Any) -> int | None:
    if getattr(subject, "__tablename__", "") == "matter":
        return int(subject.id)
    return getattr(subject, "matter_id", None)
