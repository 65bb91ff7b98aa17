"""How the chain is made: what one link is digested from, and which links do not fit."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import Any


@dataclass(frozen=True)
class Link:
    """The content of one audit row without its digests."""

    seq: int
    at: datetime
    actor_id: int | None
    actor_roles: str
    act: str
    object_kind: str
    object_id: int | None
    matter_id: int | None
    before: str
    after: str
    detail: dict[str, Any]
    request_id: str


def plain_detail(detail: Mapping[str, Any]) -> dict[str, Any]:
    """The detail exactly as it is read back from the database, so that it digests the same then.

    Dates become text, sets sorted lists, keys text; anything else that JSON does not know is a TypeError.
    """
    kept: dict[str, Any] = json.loads(json.dumps(detail, default=_plain, allow_nan=False))
    return kept


def _plain(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"{type(value).__name__} cannot stand in the log")


def digest_of_link(link: Link, previous: str) -> str:
    """The digest that the next link must name: SHA-256 over the content and the digest before."""
    content = {**asdict(link), "at": link.at.isoformat(), "previous": previous}
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def find_broken_links(chain: Iterable[tuple[Link, str, str]], head: tuple[int, str]) -> list[str]:
    """Findings in `(link, previous, digest)` in order against the head `(seq, digest)`; empty means intact."""
    findings: list[str] = []
    seq, digest = 0, ""
    for link, previous, own in chain:
        if link.seq != seq + 1:
            findings.append(f"audit_event {link.seq}: follows {seq}, rows are missing or renumbered")
        if previous != digest or digest_of_link(link, previous) != own:
            findings.append(f"audit_event {link.seq}: changed or out of order")
        seq, digest = link.seq, own
    if (seq, digest) != head:
        findings.append(f"audit_event: the chain ends at {seq}, its head says {head[0]}")
    return findings
