"""The job row: what to do, how far it is, who holds it until when; and when each timed act ran last."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import BigInt, Model, PublicId, UtcDateTime, primary_key, words
from app.jobs.rules import JobStatus


class Job(PublicId, Model):
    """One piece of long work for the worker process."""

    __tablename__ = "job"

    id: Mapped[int] = primary_key()
    kind: Mapped[str] = mapped_column(sa.String(60))
    payload: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    status: Mapped[JobStatus] = mapped_column(words(JobStatus, "status"), default=JobStatus.QUEUED)
    is_open: Mapped[bool] = mapped_column(default=True)
    done_count: Mapped[int] = mapped_column(default=0)
    total_count: Mapped[int] = mapped_column(default=0)
    failures: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)
    requested_by: Mapped[int | None] = mapped_column(BigInt)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    leased_by: Mapped[str] = mapped_column(sa.String(60), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    is_stop_asked: Mapped[bool] = mapped_column(default=False)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (sa.Index("ix_job_is_open_created_at", "is_open", "created_at"),)


class TimedRun(Model):
    """When one of the worker's timed acts ran last and whether it worked; the scheduler's pulse."""

    __tablename__ = "timed_run"

    name: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    ran_at: Mapped[datetime] = mapped_column(UtcDateTime)
    failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failure: Mapped[str] = mapped_column(sa.String(120), default="")
