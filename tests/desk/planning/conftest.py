"""A backlog in the district of the scenarios: cases in mediation without a meeting, ten o'clock on 10 June 2025."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Actor
from app.desk.planning.actions import ask_for_plan
from app.desk.planning.gathering import PlanWish, list_waiting
from app.desk.planning.queries import get_run
from app.extensions import db as database
from app.jobs.queries import get_job
from app.jobs.running import run_job
from app.law import clock
from app.matters.actions import record_consent
from app.matters.models import MatterUnit, Party, PartySide, UnitCapacity
from app.matters.rules import ConsentDecision, ConsentManner
from app.mediation.models import MediationCase
from app.web.transaction import transaction
from app.worker import JOB_KINDS
from tests.factories import actor_of, make_matter, make_party
from tests.mediation.conftest import Dispute, District, accept, book, case, district, make_dispute  # noqa: F401
from tests.mediation.conftest import at as at_hour

TODAY, CONSENTED_ON = date(2025, 6, 10), date(2025, 6, 5)


@pytest.fixture
def on_june_10(fake_now: Callable[[str], None]) -> None:
    """Ten o'clock on 10 June 2025."""
    fake_now("2025-06-10T10:00+08:00")


@pytest.fixture
def make_backlog(
    db: SQLAlchemy,
    district: District,  # noqa: F811
    accept: Callable[..., MediationCase],  # noqa: F811
) -> Callable[[int], list[MediationCase]]:
    """So many accepted cases of different people, mediated by 石明轩 and 方素珍 in turn."""

    def make(count: int) -> list[MediationCase]:
        disputes = [make_own_dispute(district, number) for number in range(count)]
        db.session.commit()
        with transaction():
            for dispute in disputes:
                for party in (dispute.petitioner, dispute.respondent):
                    consent_of(party, district)
        mediators = [district.shi, district.fang]
        return [accept(dispute, mediators=[mediators[at % 2]]) for at, dispute in enumerate(disputes)]

    return make


def make_own_dispute(district: District, number: int) -> Dispute:  # noqa: F811
    """A quarrel of two people who quarrel with nobody else."""
    matter = make_matter(district.office, district.coordinator, dispute_type="D02")
    matter.subject = f"第{number + 1}件纠纷"
    parties = [
        make_party(matter, side, f"当事人{number}-{code}", id_number=f"9901011970010{number:03}{code}0")
        for side, code in ((PartySide.PETITIONER, 1), (PartySide.RESPONDENT, 2))
    ]
    capacity = UnitCapacity.MEDIATION_COMMITTEE
    matter.units.append(MatterUnit(organisation_id=district.committee.id, capacity=capacity, since=CONSENTED_ON))
    return Dispute(matter, *parties)


def consent_of(party: Party, district: District) -> None:  # noqa: F811
    """A written consent."""
    record_consent(
        party,
        ConsentDecision.CONSENTED,
        manner=ConsentManner.WRITTEN,
        given_on=CONSENTED_ON,
        by=actor_of(district.coordinator),
        now=at_hour(CONSENTED_ON),
    )


@dataclass(frozen=True)
class Planner:
    """Somebody who plans."""

    actor: Actor

    def ask(self, *, weeks: int = 4, has_recorder: bool = False) -> str:
        """Ask for a plan of everything that waits and let the worker make it; its public id."""
        with transaction():
            keys = tuple(row.item.key for row in list_waiting(self.actor, clock.now()))
            first = TODAY + timedelta(days=1)
            wish = PlanWish(keys, first, first + timedelta(days=7 * weeks - 1), has_recorder)
            run = ask_for_plan(wish, by=self.actor, now=clock.now())
            public_id = run.public_id
        self.work(public_id)
        return public_id

    def work(self, public_id: str) -> None:
        """Let the worker do what the run waits for."""
        database.session.rollback()  # what a request has written since is seen only by a new transaction
        job_id = get_job(get_run(public_id).job_public_id).id
        assert run_job(job_id, JOB_KINDS)


@pytest.fixture
def planner(district: District, on_june_10: None) -> Planner:  # noqa: F811
    """The coordinator at the calendar."""
    return Planner(actor_of(district.coordinator))
