"""A case from acceptance to its end, with the dates of S06, S08 and the labour notice of S01."""

from datetime import date

import pytest
import sqlalchemy as sa

from app.documents.models import IssuedPaper
from app.documents.queries import facts_of
from app.errors import RuleViolation
from app.matters.actions import bar, get_running_clock, involve, record_consent, unsettled_kinds
from app.matters.models import Capacity, Clock
from app.matters.rules import ClockState, ConsentDecision, ConsentManner
from app.mediation.actions import (
    assign_mediators,
    end_without_agreement,
    extend_mediation,
    mark_agreed,
    object_to_mediator,
    record_labour_notice,
    resume_mediation,
    suspend_mediation,
)
from app.mediation.models import MediationCase
from app.mediation.queries import find_case_of, get_case, list_cases, list_eligible_mediators
from app.mediation.rules import CaseSource, CaseStatus, ChosenBy, EndReason, MeetingStatus, SuspensionBasis
from app.people.models import ProfessionalSkill
from app.web.transaction import transaction
from tests.factories import actor_of, make_account, make_professional
from tests.mediation.conftest import at


def clock_of(case: MediationCase, name: str = "mediation_period") -> Clock:
    return get_running_clock(case, name)


def test_accept_case_s06_when_both_consent_gets_number_clock_mediator_and_blocker(case, district) -> None:
    assert case.number == "(2025)滨澜人调字第1号"
    assert clock_of(case).legal_due_on == date(2025, 7, 9)
    assert [account.name for account in case.active_mediators] == ["石明轩"]
    assert unsettled_kinds(case.matter) == ["open_mediation"]
    assert district.shi.id in case.access_view().assigned


def test_accept_case_when_two_cases_come_numbers_have_no_gap(make_dispute, accept) -> None:
    assert [accept(make_dispute()).number for _ in range(2)] == ["(2025)滨澜人调字第1号", "(2025)滨澜人调字第2号"]


@pytest.mark.parametrize("dispute_type", ["D10", "D11"])
def test_accept_case_s08_when_labour_starts_the_fifteen_days(make_dispute, accept, dispute_type) -> None:
    dispute = make_dispute(dispute_type=dispute_type, received_on=date(2025, 2, 10), on=date(2025, 2, 17))
    case = accept(dispute, on=date(2025, 2, 19))
    assert clock_of(case).legal_due_on == date(2025, 3, 21)
    assert clock_of(case, "labour_mediation_notice").legal_due_on == date(2025, 3, 6)


def test_accept_case_s08_when_no_labour_dispute_starts_no_notice(case) -> None:
    assert case.fifteenth_day is None


def test_inv_05_accept_case_when_one_side_has_not_consented_names_it(make_dispute, accept, district) -> None:
    dispute = make_dispute(consents=False)
    with pytest.raises(RuleViolation, match="冯志远 没有同意") as refusal:
        accept(dispute)
    assert refusal.value.rule == "INV-05"
    assert find_case_of(dispute.matter) is None


def test_inv_27_accept_case_when_mediator_is_not_in_office_refuses(make_dispute, accept, district, db) -> None:
    gone = make_professional(
        organisation=district.committee,
        committee=district.committee,
        name="丁国安",
        left_office_on=date(2025, 6, 1),
    )
    outsider = make_account(organisation=district.committee, name="外人")
    db.session.commit()
    for account in (gone, outsider):
        with pytest.raises(RuleViolation) as refusal:
            accept(make_dispute(), mediators=[account])
        assert refusal.value.rule == "INV-27"


def test_inv_27_accept_case_when_mediator_handles_other_types_refuses(make_dispute, accept, district, db) -> None:
    district.fang.professional.skills.append(ProfessionalSkill(dispute_type="D13"))
    db.session.commit()
    dispute = make_dispute()
    with pytest.raises(RuleViolation, match="不办这类纠纷"):
        accept(dispute, mediators=[district.fang])
    eligible = list_eligible_mediators(dispute.matter, district.committee.id, date(2025, 6, 9))
    assert [account.name for account in eligible] == ["石明轩"]


def test_inv_28_accept_case_when_mediator_advised_a_side_names_day_and_party(
    make_dispute, accept, district, db
) -> None:
    dispute = make_dispute()
    involve(
        dispute.matter, district.fang.id, Capacity.ADVISING_LAWYER, since=date(2025, 6, 4), party=dispute.petitioner
    )
    db.session.commit()
    with pytest.raises(RuleViolation, match="曾在 6月4日 为 尤晓琴 提供咨询") as refusal:
        accept(dispute, mediators=[district.fang])
    assert refusal.value.rule == "INV-28"


def test_inv_12_accept_case_when_mediator_is_barred_refuses(make_dispute, accept, district, db) -> None:
    dispute = make_dispute()
    bar(dispute.matter, district.shi.id, since=date(2025, 6, 4))
    db.session.commit()
    with pytest.raises(RuleViolation) as refusal:
        accept(dispute)
    assert refusal.value.rule == "INV-12"


def test_accept_case_when_already_mediated_or_without_mediator_refuses(make_dispute, accept) -> None:
    dispute = make_dispute()
    with pytest.raises(RuleViolation, match="请选一位或几位"):
        accept(dispute, mediators=[])
    accept(dispute)
    with pytest.raises(RuleViolation, match="已经在调解"):
        accept(dispute)


def test_recusal_when_mediator_is_barred_later_ends_his_part_at_once(case, district, db) -> None:
    bar(case.matter, district.shi.id, since=date(2025, 6, 10))
    db.session.commit()
    assert case.active_mediators == []


def test_assign_mediators_when_named_anew_ends_and_begins_involvement(case, district) -> None:
    with transaction():
        assign_mediators(
            case,
            [district.fang],
            chosen_by=ChosenBy.PARTIES,
            on=date(2025, 6, 10),
            by=district.clerk,
            now=at(date(2025, 6, 10)),
        )
    assert [account.name for account in case.active_mediators] == ["方素珍"]
    assert case.access_view().assigned & {district.shi.id, district.fang.id} == {district.fang.id}


def test_r_med_10_object_to_mediator_when_a_party_says_no_replaces_him(case, district) -> None:
    with transaction():
        object_to_mediator(
            case,
            district.shi,
            district.fang,
            party=case.parties[0],
            reason="是对方的邻居",
            by=district.clerk,
            now=at(date(2025, 6, 10)),
        )
    assert [account.name for account in case.active_mediators] == ["方素珍"]
    assert district.shi.id in case.access_view().barred


def test_r_med_14_extend_when_one_party_is_missing_refuses(case, district) -> None:
    with pytest.raises(RuleViolation, match="没有同意。延期要全体当事人同意") as refusal, transaction():
        extend_mediation(
            case,
            30,
            agreed_on=date(2025, 7, 1),
            agreeing={case.parties[0].id},
            by=district.clerk,
            now=at(date(2025, 7, 1)),
        )
    assert refusal.value.rule == "R-MED-14"


def extend(case, district, days: int, on: date) -> None:
    agreeing = {party.id for party in case.parties}
    with transaction():
        extend_mediation(case, days, agreed_on=on, agreeing=agreeing, by=district.clerk, now=at(on))


def test_r_med_14_extend_s01_when_all_agree_adds_thirty_days_and_rolls(make_dispute, accept, district) -> None:
    dispute = make_dispute(received_on=date(2025, 2, 10), on=date(2025, 2, 17))
    case = accept(dispute, on=date(2025, 2, 19))
    extend(case, district, 30, date(2025, 3, 19))
    clock = clock_of(case)
    assert (clock.nominal_on, clock.legal_due_on, clock.target_on) == (
        date(2025, 4, 20),
        date(2025, 4, 21),
        date(2025, 4, 18),
    )
    extend(case, district, 10, date(2025, 4, 10))
    assert clock_of(case).nominal_on == date(2025, 4, 30)


@pytest.mark.parametrize(("days", "on"), [(31, date(2025, 7, 1)), (30, date(2025, 7, 10))])
def test_r_med_14_extend_when_too_long_or_too_late_refuses(case, district, days, on) -> None:
    with pytest.raises(RuleViolation):
        extend(case, district, days, on)


def test_r_med_16_suspend_when_resumed_appends_the_days(case, district) -> None:
    with transaction():
        suspend_mediation(
            case, SuspensionBasis.APPRAISAL, on=date(2025, 6, 16), by=district.clerk, now=at(date(2025, 6, 16))
        )
    assert case.status is CaseStatus.SUSPENDED
    with transaction():
        resume_mediation(case, on=date(2025, 6, 26), by=district.clerk, now=at(date(2025, 6, 26)))
    assert case.status is CaseStatus.MEDIATING
    assert clock_of(case).nominal_on == date(2025, 7, 19)


@pytest.fixture
def labour_case(make_dispute, accept):
    """The labour dispute of S01, accepted on 19 February 2025."""
    dispute = make_dispute(dispute_type="D11", received_on=date(2025, 2, 10), on=date(2025, 2, 17))
    return accept(dispute, on=date(2025, 2, 19))


def test_r_med_15_s01_when_day_fifteen_comes_demands_the_notice_before_going_on(labour_case, district) -> None:
    with pytest.raises(RuleViolation) as refusal:
        extend(labour_case, district, 30, date(2025, 3, 6))
    assert refusal.value.rule == "R-MED-15"
    with transaction():
        record_labour_notice(
            labour_case,
            told_on=date(2025, 3, 6),
            continues=True,
            arbitration_body="滨澜区劳动人事争议仲裁委员会",
            by=district.clerk,
            now=at(date(2025, 3, 6)),
        )
    extend(labour_case, district, 30, date(2025, 3, 19))
    assert clock_of(labour_case).legal_due_on == date(2025, 4, 21)


def test_r_med_15_record_labour_notice_when_given_makes_a_paper_for_each_party(labour_case, district, db) -> None:
    with transaction():
        record_labour_notice(
            labour_case,
            told_on=date(2025, 3, 6),
            continues=False,
            arbitration_body="滨澜区劳动人事争议仲裁委员会",
            by=district.clerk,
            now=at(date(2025, 3, 6)),
        )
    papers = db.session.scalars(sa.select(IssuedPaper).filter_by(owner_kind="mediation_case")).all()
    assert sorted(facts_of(paper).recipient.name for paper in papers) == ["冯志远", "尤晓琴"]
    notice = db.session.scalar(sa.select(Clock).filter_by(clock="labour_mediation_notice"))
    assert (notice.state, notice.met_on) == (ClockState.MET, date(2025, 3, 6))
    with pytest.raises(RuleViolation), transaction():
        record_labour_notice(
            labour_case,
            told_on=date(2025, 3, 6),
            continues=True,
            arbitration_body="",
            by=district.clerk,
            now=at(date(2025, 3, 6)),
        )


def test_r_med_15_record_labour_notice_when_no_labour_dispute_refuses(case, district) -> None:
    with pytest.raises(RuleViolation, match="不是劳动争议"), transaction():
        record_labour_notice(
            case,
            told_on=date(2025, 6, 10),
            continues=True,
            arbitration_body="",
            by=district.clerk,
            now=at(date(2025, 6, 10)),
        )


def test_mark_agreed_s06_when_effective_settles_clock_and_blocker(case, district, book, db) -> None:
    meeting = book(case, date(2025, 7, 3), now=at(date(2025, 7, 1)))
    with transaction():
        mark_agreed(case, on=date(2025, 7, 1), by=district.clerk, now=at(date(2025, 7, 1), 9))
    assert (case.status, case.agreed_on, case.is_open) == (CaseStatus.AGREED, date(2025, 7, 1), False)
    assert meeting.status is MeetingStatus.CANCELLED
    assert unsettled_kinds(case.matter) == []
    clock = db.session.scalar(sa.select(Clock).filter_by(clock="mediation_period"))
    assert (clock.state, clock.met_on) == (ClockState.MET, date(2025, 7, 1))
    with pytest.raises(RuleViolation), transaction():
        mark_agreed(case, on=date(2025, 7, 2), by=district.clerk, now=at(date(2025, 7, 2)))


def end(case, district, reason: EndReason, on: date) -> None:
    with transaction():
        end_without_agreement(case, reason, note="各执一词", ended_on=on, by=district.clerk, now=at(on))


def test_r_med_17_end_when_no_agreement_is_possible_tells_the_routes(case, district, db) -> None:
    end(case, district, EndReason.NO_AGREEMENT_POSSIBLE, date(2025, 7, 1))
    assert (case.status, case.end_reason, case.is_open) == (CaseStatus.ENDED, EndReason.NO_AGREEMENT_POSSIBLE, False)
    assert unsettled_kinds(case.matter) == []
    facts = facts_of(db.session.scalars(sa.select(IssuedPaper)).one())
    assert facts.recipients == ("尤晓琴", "冯志远")
    assert facts.routes == ("向人民法院起诉", "信访事项转回信访部门继续办理")
    assert facts.ground == "调委会认为达不成协议。各执一词"


def test_r_med_17_end_when_period_still_runs_refuses_that_ground(case, district) -> None:
    with pytest.raises(RuleViolation, match="2025年7月9日 才届满"):
        end(case, district, EndReason.PERIOD_OVER, date(2025, 7, 9))
    end(case, district, EndReason.PERIOD_OVER, date(2025, 7, 10))
    assert case.status is CaseStatus.ENDED


def test_r_med_09_end_when_a_party_quits_is_possible_even_while_it_rests(case, district) -> None:
    with transaction():
        record_consent(
            case.parties[0],
            ConsentDecision.WITHDRAWN,
            manner=ConsentManner.RECORDED,
            given_on=date(2025, 6, 20),
            by=actor_of(district.coordinator),
            now=at(date(2025, 6, 20)),
        )
        suspend_mediation(
            case, SuspensionBasis.JOINT_REQUEST, on=date(2025, 6, 20), by=district.clerk, now=at(date(2025, 6, 20))
        )
    end(case, district, EndReason.PARTY_QUITS, date(2025, 6, 21))
    assert case.status is CaseStatus.ENDED


def test_list_cases_when_asked_shows_only_what_one_may_read(make_dispute, accept, district, db) -> None:
    cases = [accept(make_dispute()) for _ in range(3)]
    stranger = make_account(*district.clerk_account.roles, name="别家调委会")
    db.session.commit()
    assert [row.id for row in list_cases(district.clerk)] == [row.id for row in reversed(cases)]
    assert list_cases(actor_of(stranger)) == []
    first_page = list_cases(district.clerk, limit=2)
    assert len(first_page) == 3
    rest = list_cases(district.clerk, before=(first_page[1].registered_at, first_page[1].id))
    assert [row.id for row in rest] == [cases[0].id]
    assert [row.id for row in list_cases(actor_of(district.shi), mine=True)] == [row.id for row in reversed(cases)]
    assert get_case(cases[0].public_id).source is CaseSource.REFERRED_IN
