"""A plan that is stopped in the middle of the work leaves nothing behind, and another one can be asked for."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app.booking.models import BookedSession, Occupancy, PlanRun
from app.booking.rules.planning import PlanStatus
from app.desk.planning.actions import making
from app.desk.planning.gathering import list_waiting
from app.desk.planning.queries import get_run
from app.desk.planning.working import Task
from app.jobs.queries import get_job
from app.jobs.rules import JobStatus
from app.law import clock
from tests.desk.planning.conftest import Planner
from tests.mediation.conftest import District


def test_plan_that_is_stopped_half_way_leaves_the_backlog_as_it_was(
    db: SQLAlchemy, planner: Planner, make_backlog, district: District, client_of, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_backlog(3)
    waiting = [row.item.key for row in list_waiting(planner.actor, clock.now())]
    zhou: FlaskClient = client_of(district.coordinator)
    seen: list[int] = []

    def stopped_half_way(task: Task) -> Iterator[float | dict[str, Any]]:
        yield 0.5
        run = db.session.query(PlanRun).one()
        page, seen[:] = f"/calendar/plans/{run.public_id}", [get_job(run.job_public_id).done_count]
        db.session.rollback()
        assert zhou.post(f"{page}/stop").status_code == 302
        yield 0.75
        raise AssertionError("worked on although it was stopped")

    with monkeypatch.context() as patched:
        patched.setattr(making, "plan_in_child", stopped_half_way)
        public_id = planner.ask()
    db.session.expire_all()
    run = get_run(public_id)
    job = get_job(run.job_public_id)
    assert seen == [48]
    assert (job.status, job.is_open, run.status) == (JobStatus.STOPPED, False, PlanStatus.MAKING)
    assert (run.places, run.score) == ([], {})
    assert (db.session.query(BookedSession).count(), db.session.query(Occupancy).count()) == (0, 0)
    assert [row.item.key for row in list_waiting(planner.actor, clock.now())] == waiting
    shown = zhou.get(f"/calendar/plans/{public_id}").text
    assert "已停下，没有写下建议" in shown
    assert "再排一次" in shown
    assert len(get_run(planner.ask()).places) == 3
