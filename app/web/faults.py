"""Named points at which a test may break the product (`APP_FAULTS`), for tests and demonstrations only.

`APP_FAULTS="booking.before_commit:kill@1;audit.append:error@*"`: point, action (kill, error, enospc, sleep:MS), hit.
"""

import errno
import os
import signal
import time
from dataclasses import dataclass

POINTS = frozenset(
    {
        "audit.append",
        "booking.after_check",
        "booking.before_commit",
        "issue.after_commit",
        "link.before_consume",
        "number.after_alloc",
        "outbox.after_claim",
        "outbox.after_send",
        "outbox.before_mark",
        "outbox.before_send",
        "render.mid_write",
        "sign.after_commit",
        "sign.after_file_write",
        "sign.after_rename",
        "sign.before_commit",
        "upload.mid_write",
    }
)


class FaultInjected(Exception):
    """A fault that a test asked for."""


@dataclass
class _Fault:
    action: str
    at_hit: str
    hits: int = 0


_armed: dict[str, _Fault] = {}


def arm(spec: str) -> None:
    """Set the fault points of `APP_FAULTS`; an empty text disarms all; refuses unknown points (ValueError)."""
    _armed.clear()
    for part in filter(None, (piece.strip() for piece in spec.split(";"))):
        point, _, rest = part.partition(":")
        action, _, hit = rest.partition("@")
        if point not in POINTS:
            raise ValueError(f"unknown fault point {point!r}")
        _armed[point] = _Fault(action, hit or "1")


def fault_point(name: str) -> None:
    """Break here if a test asked for it; otherwise nothing happens."""
    fault = _armed.get(name)
    if fault is None:
        return
    fault.hits += 1
    if fault.at_hit not in ("*", str(fault.hits)):
        return
    if fault.action == "kill":
        os.killpg(os.getpgrp(), signal.SIGKILL)
    if fault.action == "enospc":
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if fault.action.startswith("sleep:"):
        time.sleep(int(fault.action.removeprefix("sleep:")) / 1000)
        return
    raise FaultInjected(name)
