"""Was the end of the log cut off, or an older database put back? What was seen lies outside the database.

Every few minutes the head of the chain is appended to a file, each line with a keyed digest. A chain that ends
before its last anchor, or has another link at an anchored place, was tampered with (P30).
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.audit.queries import find_digest, find_head
from app.privacy.sealed import digest_of
from app.web.installation import settings

FILE_NAME = "audit-anchors.jsonl"


@dataclass(frozen=True)
class Anchor:
    """The head of the chain as it was at a moment."""

    seq: int
    digest: str
    at: str
    seal: str

    def is_genuine(self) -> bool:
        """Whether this installation's key sealed the line."""
        return self.seal == _seal_of(self.seq, self.digest, self.at)


def anchor_file() -> Path:
    """Where the anchors of the running application lie."""
    return settings().data_dir / "anchors" / FILE_NAME


def write_anchor(now: datetime) -> int:
    """Append the head unless the last anchor already names it; gives how many lines were written."""
    seq, digest = find_head()
    last = _last_line(anchor_file())
    if seq == 0 or (last and last.get("seq") == seq and last.get("digest") == digest):
        return 0
    at = now.isoformat(timespec="seconds")
    _append({"seq": seq, "digest": digest, "at": at, "seal": _seal_of(seq, digest, at)})
    return 1


def find_anchor_findings() -> list[str]:
    """One line for every anchor that was changed or that the chain no longer bears out; empty means none."""
    return list(_findings())


def last_anchor_at() -> datetime | None:
    """When the head was last written outside; None before the first time."""
    last = _last_line(anchor_file())
    return datetime.fromisoformat(last["at"]) if last else None


def _findings() -> Iterator[str]:
    seq, _ = find_head()
    for number, anchor in enumerate(_read_anchors(), start=1):
        if anchor is None or not anchor.is_genuine():
            yield f"audit anchor {number}: the line was changed"
        elif anchor.seq > seq:
            yield f"audit_event {anchor.seq}: anchored on {anchor.at}, but the chain ends at {seq}; its end is missing"
        elif find_digest(anchor.seq) != anchor.digest:
            yield f"audit_event {anchor.seq}: differs from what was anchored on {anchor.at}"


def _read_anchors() -> Iterator[Anchor | None]:
    path = anchor_file()
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            yield Anchor(**json.loads(line))
        except (ValueError, TypeError):
            yield None


def _last_line(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 1000))
        lines = file.read().splitlines()
    try:
        last: dict[str, Any] = json.loads(lines[-1]) if lines else {}
    except ValueError:
        last = {}
    return last


def _append(anchor: dict[str, object]) -> None:
    path = anchor_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        file.write(json.dumps(anchor) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _seal_of(seq: int, digest: str, at: str) -> str:
    return digest_of("audit_anchor", f"{seq}|{digest}|{at}") or ""
