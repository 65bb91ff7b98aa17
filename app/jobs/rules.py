"""Where a piece of long work can stand, what it tells about itself, and when it is tried again."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

LEASE = timedelta(seconds=30)
MOST_ATTEMPTS = 4
MOST_FAILURES_KEPT = 200


class JobStatus(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    PARTLY_FAILED = "partly_failed"
    STOPPED = "stopped"


JOB_STATUS_LABELS = {
    JobStatus.QUEUED: "排队中",
    JobStatus.RUNNING: "正在办",
    JobStatus.DONE: "办好了",
    JobStatus.PARTLY_FAILED: "有的没办成",
    JobStatus.STOPPED: "已停下",
}


@dataclass(frozen=True)
class JobView:
    """What a job hands to the function that does it."""

    id: int
    public_id: str
    kind: str
    payload: Mapping[str, Any]
    requested_by: int | None


@dataclass(frozen=True)
class Progress:
    """How far the work is; `failure` names one piece that could not be done, without personal data."""

    done: int
    total: int
    failure: str = ""


JobKinds = Mapping[str, Callable[[JobView], Generator[Progress, None, None]]]
"""Who does which kind: called with an application context and no open transaction, commits its own pieces, yields at
least every five seconds, and finds out by itself what is left, because it is called again after a crash."""


def wait_after(attempts: int) -> timedelta:
    """How long a job rests after it failed so many times."""
    return LEASE * (1 << max(attempts - 1, 0))
