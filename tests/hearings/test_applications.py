"""Applying, proposing, answering, deciding and withdrawing through the acts (S02 rows 4, 5 and 14; S03)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy

from app.audit.models import AuditEvent
from app.documents.models import IssuedPaper
from app.documents.queries import facts_of
from app.errors import RuleViolation
from app.extensions import db as database
from app.hearings.actions.applications import (
    NewApplication,
    apply_for_hearing,
    decide_hearing,
    tell_right_to_hearing,
    withdraw_application,
)
from app.hearings.actions.proposals import (
    NewProposal,
    propose_hearing,
    record_proposal_answer,
    record_silence,
    reply_by_of,
)
from app.hearings.models import Hearing
from app.hearings.queries.hearings import find_open_hearing, procedure_for
from app.hearings.queries.standing import procedure_kind_of
from app.hearings.rules.applications import RefusalGround
from app.hearings.rules.procedures import Procedure, procedure_of
from app.hearings.rules.words import HearingMode, HearingSide, HearingStatus, Initiative, ProcedureKind, ServedStage
from app.matters.actions import start_clock, unsettled_kinds
from app.matters.models import Clock, ClockState, Matter, PartySide
from app.matters.rules import MatterKind, MatterStatus, OpenProcedure
from app.remedies.models import ReconsiderationCase
from app.remedies.rules import CaseStatus, GraveGround
from app.settings.actions import save_profile
from app.settings.queries import profile_on
from app.web.transaction import transaction
from tests.factories import make_party
from tests.hearings.hall import Hall, at, make_petition

pytestmark = pytest.mark.usefixtures("unprinted")

MAY_20, MAY_26 = date(2025, 5, 20), date(2025, 5, 26)


def procedure_now(matter: Matter, on: date = MAY_20) -> Procedure:
    return procedure_of(procedure_kind_of(matter), profile_on(on))


def clock_of(matter: Matter, code: str) -> Clock:
    return database.session.scalars(sa.select(Clock).filter_by(matter_id=matter.id, clock=code)).one()


def papers(db: SQLAlchemy, type_name: str) -> list[IssuedPaper]:
    return list(db.session.scalars(sa.select(IssuedPaper).filter_by(type_name=type_name)))


@pytest.fixture
def make(hall: Hall) -> Callable[..., Matter]:
    """A registered petition matter, by default under recheck since 20 May 2025 as in S02."""

    def register(status: MatterStatus = MatterStatus.RECHECK_REQUESTED, **values: Any) -> Matter:
        with transaction():
            matter = make_petition(hall, status=status, **values)
            if status is MatterStatus.RECHECK_REQUESTED:
                start_clock(matter, "recheck_decision", MAY_20, now=at(MAY_20))
        return matter

    return register


@pytest.fixture
def apply(hall: Hall) -> Callable[..., Hearing]:
    """Apply on 20 May 2025 for the first petitioner."""

    def act(matter: Matter, *, on: date = MAY_20, **values: Any) -> Hearing:
        with transaction():
            new = NewApplication(
                matter.parties[0], values.pop("received_on", on), values.pop("reasons", "不服"), **values
            )
            return apply_for_hearing(matter, new, procedure=procedure_now(matter, on), by=hall.clerk, now=at(on))

    return act


@pytest.fixture
def decide(hall: Hall) -> Callable[..., None]:
    """Decide on 26 May 2025."""

    def act(hearing: Hearing, *, on: date = MAY_26, **values: Any) -> None:
        with transaction():
            given = {"is_held": True, "reason": "争议较大，有必要听证", **values}
            decide_hearing(hearing, **given, by=hall.head, now=at(on))

    return act


def test_s02_row_4_application_when_taken_is_to_be_decided_by_27_may(make, apply) -> None:
    matter = make()
    hearing = apply(matter)
    assert hearing.status is HearingStatus.APPLIED
    assert hearing.served_stage is ServedStage.RECHECK
    assert hearing.number == "滨澜信听字〔2025〕1号"
    assert clock_of(matter, "hearing_application_decision").legal_due_on == date(2025, 5, 27)
    assert clock_of(matter, "recheck_decision").legal_due_on == date(2025, 6, 19)
    assert [(row.side, row.party.name) for row in hearing.parties] == [
        (HearingSide.APPLICANT, "郑桂兰"),
        (HearingSide.RESPONDENT, "滨澜区住房和城乡建设委员会"),
    ]
    assert unsettled_kinds(matter) == ["open_hearing"]


def test_s02_row_5_hearing_when_decided_is_to_be_held_by_25_june_and_recheck_pauses(db, make, apply, decide) -> None:
    matter = make()
    hearing = apply(matter)
    decide(hearing)
    assert hearing.status is HearingStatus.APPROVED
    assert clock_of(matter, "hearing_hold_by").legal_due_on == date(2025, 6, 25)
    assert clock_of(matter, "hearing_application_decision").state is ClockState.MET
    recheck = clock_of(matter, "recheck_decision")
    assert recheck.state is ClockState.PAUSED
    assert [(pause.from_on, pause.basis) for pause in recheck.pauses] == [(MAY_26, "《信访工作条例》第三十六条")]
    facts = facts_of(papers(db, "hearing_decision")[0])
    assert (facts.is_held, facts.hold_by, facts.applicant) == (True, date(2025, 6, 25), "郑桂兰")


@pytest.mark.parametrize("status", [HearingStatus.CLOSED, HearingStatus.WAIVED_BY_ABSENCE, HearingStatus.WITHDRAWN])
def test_s02_row_14_application_when_heard_before_needs_new_evidence(db, make, apply, status) -> None:
    matter = make(MatterStatus.HANDLING)
    former = apply(matter)
    former.status, former.is_open, former.ended_on = status, False, date(2025, 6, 13)
    db.session.commit()
    with pytest.raises(RuleViolation) as refusal:
        apply(matter, on=date(2025, 8, 4))
    assert refusal.value.rule == ("R-HEAR-06" if status is HearingStatus.WITHDRAWN else "R-HEAR-03")
    again = apply(matter, on=date(2025, 8, 5), new_evidence="2010 年的测绘图")
    assert again.application.former_hearing_id == former.id
    assert again.number == "滨澜信听字〔2025〕2号"


def test_application_when_refused_takes_no_number_and_opens_nothing(db, make, apply) -> None:
    matter = make(MatterStatus.HANDLING, kind=MatterKind.SUGGESTION)
    with pytest.raises(RuleViolation) as refusal:
        apply(matter)
    assert refusal.value.rule == "INV-04"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Hearing)) == 0
    assert unsettled_kinds(matter) == []


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"kind": MatterKind.ACCUSATION}, "INV-02"),
        ({"open_procedure": OpenProcedure.COURT}, "INV-03"),
        ({"status": MatterStatus.CLOSED}, "R-HEAR-02"),
    ],
)
def test_inv_02_03_application_when_matter_is_unfit_is_refused(make, apply, values, rule) -> None:
    with pytest.raises(RuleViolation) as refusal:
        apply(make(**{"status": MatterStatus.HANDLING, **values}))
    assert refusal.value.rule == rule


def test_application_when_a_hearing_is_open_is_refused(make, apply) -> None:
    matter = make()
    first = apply(matter)
    with pytest.raises(RuleViolation, match=first.number):
        apply(matter)


def test_application_when_the_unit_asks_is_refused(make, hall) -> None:
    matter = make()
    new = NewApplication(matter.parties[1], MAY_20, "不服")
    with pytest.raises(RuleViolation, match="信访人申请"), transaction():
        apply_for_hearing(matter, new, procedure=procedure_now(matter), by=hall.clerk, now=at(MAY_20))


def test_application_when_said_at_the_desk_is_written_down_for_signature(db, make, apply) -> None:
    apply(make(), is_written=False, evidence="协议\n照片", witnesses="王某，邻居")
    facts = facts_of(papers(db, "hearing_application")[0])
    assert facts.applicants[0].name == "郑桂兰"
    assert (facts.evidence, facts.witnesses) == (("协议", "照片"), ("王某，邻居",))
    assert papers(db, "hearing_decision") == []


def test_application_when_unit_was_not_entered_as_party_adds_it(db, make, apply) -> None:
    matter = make()
    db.session.delete(matter.parties[1])
    db.session.commit()
    hearing = apply(matter)
    assert [row.party.name for row in hearing.parties_of(HearingSide.RESPONDENT)] == ["滨澜区住房和城乡建设委员会"]


def test_inv_01_application_when_six_petitioners_elected_nobody_is_refused(db, make, apply) -> None:
    matter = make()
    for number in range(5):
        make_party(matter, PartySide.PETITIONER, f"住户{number}")
    db.session.commit()
    with pytest.raises(RuleViolation) as refusal:
        apply(matter)
    assert refusal.value.rule == "INV-01"
    matter.parties[0].is_representative = True
    db.session.commit()
    assert [row.party.name for row in apply(matter).parties_of(HearingSide.APPLICANT)] == ["郑桂兰"]


def test_application_when_right_ran_out_needs_an_excuse(hall, make, apply) -> None:
    matter = make()
    with transaction():
        told_on = date(2025, 5, 9)
        tell_right_to_hearing(matter, procedure=procedure_now(matter), on=told_on, by=hall.clerk, now=at(told_on))
    assert clock_of(matter, "hearing_application").legal_due_on == date(2025, 5, 16)
    with pytest.raises(RuleViolation, match="2025年5月16日") as refusal:
        apply(matter)
    assert refusal.value.rule == "R-TIME-13"
    apply(matter, excuse="住院，有出院小结")
    assert clock_of(matter, "hearing_application").met_on == MAY_20


def test_refusal_when_decided_says_why_and_ends_everything(db, make, apply, decide) -> None:
    matter = make()
    hearing = apply(matter)
    decide(hearing, is_held=False, ground=RefusalGround.PLAIN, reason="补偿标准有明文规定")
    assert hearing.status is HearingStatus.REFUSED
    assert not hearing.is_open
    assert hearing.decision_reason == "事实清楚，法律和政策规定明确。补偿标准有明文规定"
    assert clock_of(matter, "recheck_decision").state is ClockState.RUNNING
    assert unsettled_kinds(matter) == []
    assert find_open_hearing(matter) is None
    assert not facts_of(papers(db, "hearing_decision")[0]).is_held
    log = db.session.scalars(sa.select(AuditEvent).filter_by(act="hearing.refuse")).one()
    assert (log.before, log.after) == ("applied", "refused")


def test_decision_when_already_made_is_refused(make, apply, decide) -> None:
    hearing = apply(make())
    decide(hearing)
    with pytest.raises(RuleViolation):
        decide(hearing)


def test_closed_hearing_when_decided_keeps_its_reason(make, apply, decide) -> None:
    hearing = apply(make())
    with pytest.raises(RuleViolation) as refusal:
        decide(hearing, mode=HearingMode.CLOSED)
    assert refusal.value.rule == "R-HEAR-10"
    decide(hearing, mode=HearingMode.CLOSED, closed_reason="涉及个人隐私")
    assert (hearing.mode, hearing.closed_reason) == (HearingMode.CLOSED, "涉及个人隐私")


def test_withdrawal_when_approved_lets_the_recheck_run_on(make, apply, decide, hall) -> None:
    matter = make()
    hearing = apply(matter)
    decide(hearing)
    with transaction():
        withdraw_application(hearing, facts="已经谈拢", by=hall.clerk, now=at(date(2025, 5, 30)))
    assert hearing.status is HearingStatus.WITHDRAWN
    assert [change.facts for change in hearing.changes] == ["已经谈拢"]
    assert hearing.changes[0].paper is not None
    recheck = clock_of(matter, "recheck_decision")
    assert (recheck.state, recheck.legal_due_on) == (ClockState.RUNNING, date(2025, 6, 23))
    assert clock_of(matter, "hearing_hold_by").state is ClockState.CANCELLED


@pytest.fixture
def proposed(hall: Hall, make: Callable[..., Matter]) -> Hearing:
    """The organ's proposal of 20 May 2025."""
    matter = make(MatterStatus.HANDLING)
    with transaction():
        new = NewProposal("涉及人数多，社会关注", "补偿标准适用哪一年")
        return propose_hearing(matter, new, procedure=procedure_now(matter), by=hall.clerk, now=at(MAY_20))


def answer(hall: Hall, hearing: Hearing, has_consented: bool, on: date = date(2025, 5, 22)) -> None:
    with transaction():
        record_proposal_answer(
            hearing, hearing.parties[0], has_consented=has_consented, answered_on=on, by=hall.clerk, now=at(on)
        )


def test_r_hear_04_proposal_when_made_waits_five_working_days_for_consent(db, proposed) -> None:
    assert (proposed.status, proposed.initiative) == (HearingStatus.PROPOSED, Initiative.ORGAN)
    assert reply_by_of(proposed) == date(2025, 5, 27)
    assert facts_of(papers(db, "hearing_consultation")[0]).reply_by == date(2025, 5, 27)


def test_r_hear_04_proposal_when_petitioner_agrees_goes_to_the_decision(hall, proposed, decide) -> None:
    answer(hall, proposed, True)
    assert proposed.status is HearingStatus.APPLIED
    decide(proposed)
    assert proposed.status is HearingStatus.APPROVED


def test_r_hear_04_proposal_when_petitioner_refuses_ends(hall, proposed) -> None:
    answer(hall, proposed, False)
    assert (proposed.status, proposed.is_open) == (HearingStatus.DECLINED, False)
    with pytest.raises(RuleViolation):
        answer(hall, proposed, True)


def test_r_hear_04_proposal_when_nobody_answers_ends_after_the_period_only(hall, proposed) -> None:
    with pytest.raises(RuleViolation, match="还没有过"), transaction():
        record_silence(proposed, by=hall.clerk, now=at(date(2025, 5, 27)))
    with transaction():
        record_silence(proposed, by=hall.clerk, now=at(date(2025, 5, 28)))
    assert proposed.status is HearingStatus.DECLINED


def test_proposal_when_decided_before_consent_is_refused(proposed, decide) -> None:
    with pytest.raises(RuleViolation):
        decide(proposed)


def test_withdrawal_when_nobody_applied_is_refused(hall, proposed, decide) -> None:
    answer(hall, proposed, True)
    with pytest.raises(RuleViolation, match="没有申请可以撤回"), transaction():
        withdraw_application(proposed, by=hall.clerk, now=at(MAY_26))


@pytest.fixture
def make_case(hall: Hall, db: SQLAlchemy, make: Callable[..., Matter]) -> Callable[..., Matter]:
    """A matter under reconsideration (S03)."""

    def register(*, answered_on: date | None = date(2024, 9, 25), grave: GraveGround | None = None) -> Matter:
        matter = make(MatterStatus.IN_RECONSIDERATION, received_on=date(2024, 8, 28))
        case = ReconsiderationCase(
            matter_id=matter.id,
            organ_id=hall.office.id,
            number="滨澜复〔2024〕1号",
            status=CaseStatus.UNDER_REVIEW,
            status_before=MatterStatus.REGISTERED,
            respondent_id=matter.parties[1].id,
            received_on=date(2024, 8, 28),
            received_by=hall.coordinator.id,
            received_at=at(date(2024, 8, 28)),
            answered_on=answered_on,
            grave_ground=grave,
        )
        db.session.add(case)
        db.session.commit()
        return matter

    return register


def test_r_recon_10_hearing_when_answer_is_not_in_is_refused(make_case, apply) -> None:
    with pytest.raises(RuleViolation) as refusal:
        apply(make_case(answered_on=None), on=date(2024, 9, 20))
    assert refusal.value.rule == "R-RECON-10"


def test_reconsideration_hearing_when_decided_runs_no_petition_clocks(db, make_case, apply, decide) -> None:
    matter = make_case()
    hearing = apply(matter, on=date(2024, 9, 25))
    decide(hearing, on=date(2024, 9, 26))
    assert hearing.procedure is ProcedureKind.RECONSIDERATION
    assert hearing.number == "滨澜复听字〔2024〕1号"
    answer = db.session.scalars(sa.select(Clock).filter_by(owner_kind="hearing")).one()
    assert (answer.clock, answer.state) == ("recon_hearing_answer", ClockState.MET)
    assert facts_of(papers(db, "hearing_decision")[0]).is_reconsideration


def test_r_recon_11_application_is_answered_in_five_working_days(make_case, apply) -> None:
    matter = make_case()
    apply(matter, on=date(2024, 9, 25))
    assert clock_of(matter, "recon_hearing_answer").legal_due_on == date(2024, 10, 8)


def test_r_recon_11_application_taken_back_is_not_renewed_but_the_body_may_still_hear(make_case, apply, hall) -> None:
    matter, on = make_case(), date(2024, 9, 26)
    first = apply(matter, on=date(2024, 9, 25))
    with transaction():
        withdraw_application(first, by=hall.clerk, now=at(on))
    with pytest.raises(RuleViolation) as refusal:
        apply(matter, on=on, new_evidence="新的照片")
    assert refusal.value.rule == "R-RECON-11"
    with transaction():
        hearing = propose_hearing(
            matter, NewProposal("案情有争议"), procedure=procedure_now(matter, on), by=hall.clerk, now=at(on)
        )
    assert (hearing.status, hearing.initiative) == (HearingStatus.APPLIED, Initiative.ORGAN)


def test_r_recon_01_grave_case_when_proposed_must_be_heard(make_case, hall, decide) -> None:
    matter = make_case(grave=GraveGround.GROUP_OR_ATTENTION)
    on = date(2024, 9, 25)
    with transaction():
        hearing = propose_hearing(
            matter, NewProposal("社会关注"), procedure=procedure_now(matter, on), by=hall.clerk, now=at(on)
        )
    assert (hearing.status, hearing.initiative) == (HearingStatus.APPLIED, Initiative.MANDATORY)
    with pytest.raises(RuleViolation) as refusal:
        decide(hearing, on=on, is_held=False, ground=RefusalGround.NOT_NEEDED)
    assert refusal.value.rule == "R-RECON-01"


def test_procedure_when_profile_is_frozen_no_longer_follows_the_day(hall, make, apply) -> None:
    hearing = apply(make())
    with transaction():
        values = {"panel_minimum": 5}
        save_profile(date(2025, 6, 1), values, "本区规定", by=hall.head, today=MAY_26, now=at(MAY_26))
    assert procedure_for(hearing, date(2025, 5, 31)).panel_minimum == 3
    assert procedure_for(hearing, date(2025, 6, 1)).panel_minimum == 5
    hearing.is_profile_frozen = True
    assert procedure_for(hearing, date(2025, 6, 1)).panel_minimum == 3
