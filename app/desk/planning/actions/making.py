"""Making a plan: read the rows, let the planner work in its own process, write what it proposes."""

from collections.abc import Generator
from typing import Any

from app.audit.actions import record
from app.booking.models import PlannedPlace, PlanRun
from app.booking.planner.instance import Place
from app.booking.rules.grid import wall_time_of
from app.booking.rules.need import SessionPlan
from app.booking.rules.planning import PlaceStatus, PlanKind, PlanStatus
from app.desk.planning.child import plan_in_child
from app.desk.planning.gathering import Gathered, gather_backlog, gather_standing
from app.desk.planning.naming import name_causes
from app.desk.planning.queries import get_run
from app.desk.planning.working import Task
from app.extensions import db
from app.jobs.rules import JobView, Progress
from app.law import clock
from app.people.queries import get_account_by_id
from app.web.transaction import transaction

CPU_SECONDS = 15.0
SHARES = 100
ALMOST = 95


def make_plan(job: JobView) -> Generator[Progress, None, None]:
    """Plan what a run asks for and write the proposal; a run that has its proposal is left alone."""
    run = get_run(job.payload["run"])
    if run.status is not PlanStatus.MAKING:
        return
    yield Progress(1, SHARES)
    gathered, task = _read(job.payload["run"])
    answer: dict[str, Any] | None = None
    for told in plan_in_child(task):
        if isinstance(told, dict):
            answer = told
        else:
            yield Progress(1 + int(told * (ALMOST - 1)), SHARES)
    assert answer is not None
    with transaction():
        write_proposal(get_run(job.payload["run"]), gathered, answer)
    yield Progress(SHARES, SHARES)


def task_of(run: PlanRun, gathered: Gathered) -> Task:
    """What the planner is asked; the same rows, seed and steps give the same plan."""
    baseline = gathered.adapted.baseline if run.kind is PlanKind.REPLAN else None
    return Task(gathered.adapted.instance, run.asked["seed"], run.asked["steps"], CPU_SECONDS, baseline)


def write_proposal(run: PlanRun, gathered: Gathered, answer: dict[str, Any]) -> None:
    """Turn the planner's answer into the rows of the proposal."""
    writing = _Writing(gathered, answer)
    rows = writing.changed() if run.kind is PlanKind.REPLAN else writing.everything()
    run.places = [*rows, *_refused(gathered, len(rows))]
    loads = [(gathered.adapted.account_ids[who], *more) for who, *more in answer["loads"]]
    run.score = {
        **{name: answer[name] for name in ("parts", "gini", "steps", "most")},
        "loads": loads,
        "beyond": gathered.beyond,
        "apart": [(subject.session_id, subject.blockers) for subject in gathered.apart],
    }
    before, run.status, run.made_at = run.status, PlanStatus.PROPOSED, clock.now()
    record(None, "plan.propose", run, before=before, after=run.status, count=len(run.places))


def _read(public_id: str) -> tuple[Gathered, Task]:
    """The rows of now; the session is let go before the planner works."""
    run, now = get_run(public_id), clock.now()
    by = get_account_by_id(run.account_id).as_actor()
    gathered = gather_backlog(run, by, now) if run.kind is PlanKind.BACKLOG else gather_standing(run, by, now)
    task = task_of(run, gathered)
    db.session.rollback()
    return gathered, task


def _refused(gathered: Gathered, position: int) -> list[PlannedPlace]:
    return [
        PlannedPlace(
            position=position + number,
            owner_kind=placing.item.owner.kind,
            owner_id=placing.item.owner.id,
            matter_id=placing.item.matter_id,
            status=PlaceStatus.IMPOSSIBLE,
            minutes=placing.item.minutes,
            people=[],
            before={},
            facts={"causes": [reason], "reliefs": []},
        )
        for number, (placing, reason) in enumerate(gathered.refused)
    ]


class _Writing:
    """The rows of one answer, in the order of time and then of urgency."""

    def __init__(self, gathered: Gathered, answer: dict[str, Any]) -> None:
        self.gathered, self.answer = gathered, answer
        self.adapted = gathered.adapted
        self.places = {
            at: Place(at, slot, centre, room, tuple((role, who) for role, who in seats))
            for at, slot, centre, room, seats in answer["places"]
        }
        self.impossible = {int(at): rules for at, rules in answer["impossible"].items()}

    def everything(self) -> list[PlannedPlace]:
        """One row for each session asked."""
        placed = sorted(self.places, key=lambda at: (self.places[at].slot, at))
        left = [at for at in range(len(self.gathered.subjects)) if at not in self.places]
        return self._rows([*placed, *left])

    def changed(self) -> list[PlannedPlace]:
        """One row for each session that was hit or moves; the others stay as they are."""
        touched = sorted(set(self.answer["touched"]), key=lambda at: (self.places[at].slot, at))
        lost = [at for at in self.adapted.baseline if at not in self.places]
        return self._rows([*touched, *lost])

    def _rows(self, order: list[int]) -> list[PlannedPlace]:
        return [self._row(at, position) for position, at in enumerate(order)]

    def _row(self, at: int, position: int) -> PlannedPlace:
        subject = self.gathered.subjects[at]
        plan = self.adapted.plan_of(self.places[at]) if at in self.places else None
        row = PlannedPlace(
            position=position,
            owner_kind=subject.owner.kind,
            owner_id=subject.owner.id,
            matter_id=subject.matter_id,
            status=PlaceStatus.PROPOSED if plan else self._status_of_lost(at),
            replaces_id=subject.session_id,
            minutes=subject.wish.need.minutes,
            people=[],
            before=_before(subject.wish.plan),
            facts=self._facts_of_place(at, plan) if plan else self._facts_of_lost(at),
        )
        if plan is not None:
            row.room_id, row.starts_at = plan.room_id, clock.from_local(plan.day, plan.at)
            row.people = [list(seat) for seat in plan.people]
        return row

    def _status_of_lost(self, at: int) -> PlaceStatus:
        return PlaceStatus.IMPOSSIBLE if at in self.impossible else PlaceStatus.WAITING

    def _facts_of_place(self, at: int, plan: SessionPlan) -> dict[str, Any]:
        subject, session, place = self.gathered.subjects[at], self.adapted.instance.sessions[at], self.places[at]
        people, accounts = self.adapted.instance.people, self.adapted.account_ids
        seated = set(plan.people)
        first = self.adapted.world.horizon.first
        late = (plan.day - first).days - session.target_day
        passed = [[accounts[who], rules] for who, rules in self.answer["passed"][str(at)]]
        return {
            "late": max(late, 0),
            "weight": session.weight,
            "missed": [who for seat, who in subject.wish.wanted if (seat, who) not in seated],
            "passed": passed,
            "away": [accounts[who] for _, who in place.seats if people[who].home != place.centre],
            "is_elsewhere": place.centre != session.centres[0],
            "blockers": list(subject.blockers),
        }

    def _facts_of_lost(self, at: int) -> dict[str, Any]:
        first_cell = self.adapted.world.horizon.first_cell
        reliefs = [
            [rule, wall_time_of(first_cell + slot).date().isoformat()]
            for rule, slot in self.answer["reliefs"].get(str(at), [])
        ]
        subject = self.gathered.subjects[at]
        causes = name_causes(self.adapted.world, subject.wish, self.impossible.get(at, []))
        return {"causes": causes, "reliefs": reliefs, "blockers": list(subject.blockers)}


def _before(plan: SessionPlan | None) -> dict[str, Any]:
    """Where it stands now, by ids."""
    if plan is None:
        return {}
    people = [list(seat) for seat in plan.people]
    return {"room": plan.room_id, "start": plan.start.isoformat(), "minutes": plan.minutes, "people": people}
