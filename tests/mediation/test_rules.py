"""The pure rules of mediation as tables: states, mediators, periods, records."""

from datetime import date

import pytest

from app.errors import RuleViolation
from app.matters.rules import PartySide
from app.mediation.rules import CaseAct, CaseStatus, MeetingStatus
from app.mediation.rules.mediators import MediatorFacts, check_mediators, is_skilled
from app.mediation.rules.periods import (
    check_act_day,
    check_extension_consents,
    check_labour_notice,
    check_may_continue,
    check_period_is_over,
    is_labour_notice_due,
    routes_open_to,
)
from app.mediation.rules.records import (
    RecordState,
    check_client_id,
    check_correction,
    check_is_open,
    check_may_close,
    check_refusals,
    check_rights_told,
    list_missing,
)
from app.mediation.rules.states import TRANSITIONS, check_is_mediating, check_meeting, status_after

BOTH = frozenset({PartySide.PETITIONER, PartySide.RESPONDENT})
COMPLETE = RecordState(BOTH, are_rights_told=True, turns=1, is_closed=False)


@pytest.mark.parametrize("status", list(CaseStatus))
@pytest.mark.parametrize("act", list(CaseAct))
def test_status_after_when_the_table_knows_no_way_refuses(status, act) -> None:
    if (status, act) in TRANSITIONS:
        assert status_after(status, act) is TRANSITIONS[status, act]
    else:
        with pytest.raises(RuleViolation):
            status_after(status, act)


@pytest.mark.parametrize(
    ("status", "text"), [(CaseStatus.SUSPENDED, "先恢复"), (CaseStatus.AGREED, "已结束"), (CaseStatus.ENDED, "已结束")]
)
def test_check_is_mediating_when_it_rests_or_is_over_says_which(status, text) -> None:
    check_is_mediating(CaseStatus.MEDIATING)
    with pytest.raises(RuleViolation, match=text):
        check_is_mediating(status)


def test_check_meeting_when_in_another_state_names_it() -> None:
    check_meeting(MeetingStatus.PLANNED, MeetingStatus.PLANNED, MeetingStatus.RUNNING)
    with pytest.raises(RuleViolation, match="已开完"):
        check_meeting(MeetingStatus.HELD, MeetingStatus.PLANNED)


def mediator(**values) -> MediatorFacts:
    defaults = {
        "name": "丁国安",
        "is_in_office": True,
        "is_of_committee": True,
        "skills": frozenset(),
        "is_barred": False,
    }
    return MediatorFacts(**{**defaults, **values})


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("INV-12", {"is_barred": True}),
        ("INV-27", {"is_in_office": False}),
        ("INV-27", {"is_of_committee": False}),
        ("INV-27", {"skills": frozenset({"D13"})}),
        ("INV-28", {"advised_on": date(2025, 10, 20), "advised_party": "齐红霞"}),
    ],
)
def test_check_mediators_when_one_may_not_refuses(rule, values) -> None:
    check_mediators([mediator()], "D02")
    with pytest.raises(RuleViolation) as refusal:
        check_mediators([mediator(), mediator(**values)], "D02")
    assert refusal.value.rule == rule
    assert refusal.value.article


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_r_med_08_check_mediators_when_any_number_is_named_accepts(count: int) -> None:
    check_mediators([mediator()] * count, "D02")


@pytest.mark.parametrize(
    ("skills", "dispute_type", "expected"),
    [
        ({"D02"}, "D02", True),
        ({"D99"}, "D02", True),
        (set(), "D02", True),
        ({"D13"}, "D02", False),
        ({"D13"}, "", True),
    ],
)
def test_is_skilled_when_skills_are_listed_asks_for_the_type(skills, dispute_type, expected) -> None:
    assert is_skilled(mediator(skills=frozenset(skills)), dispute_type) is expected


def test_r_med_14_check_extension_consents_when_many_are_missing_counts_them() -> None:
    check_extension_consents([])
    with pytest.raises(RuleViolation, match="甲、乙、丙 等 5 人 没有同意"):
        check_extension_consents("甲乙丙丁戊")


FIFTEENTH = date(2025, 3, 6)


@pytest.mark.parametrize(
    ("fifteenth", "told_on", "today", "is_due"),
    [
        (FIFTEENTH, None, date(2025, 3, 5), False),
        (FIFTEENTH, None, FIFTEENTH, True),
        (FIFTEENTH, None, date(2025, 3, 20), True),
        (FIFTEENTH, date(2025, 3, 5), date(2025, 3, 20), False),
        (None, None, date(2025, 3, 20), False),
    ],
)
def test_r_med_15_labour_notice_when_day_fifteen_is_here_is_due(fifteenth, told_on, today, is_due) -> None:
    assert is_labour_notice_due(fifteenth, told_on, today) is is_due
    if is_due:
        with pytest.raises(RuleViolation, match="3月6日 已满 15 天"):
            check_labour_notice(fifteenth, told_on, today)
    else:
        check_labour_notice(fifteenth, told_on, today)


def test_r_med_15_check_may_continue_when_parties_do_not_want_to_refuses() -> None:
    check_may_continue(None)
    check_may_continue(True)
    with pytest.raises(RuleViolation, match="不愿再调"):
        check_may_continue(False)


def test_check_act_day_when_before_or_in_the_future_refuses() -> None:
    first, today = date(2025, 6, 1), date(2025, 6, 10)
    check_act_day(first, not_before=first, today=today, what="日期")
    check_act_day(today, not_before=first, today=today, what="日期")
    for day in (date(2025, 5, 31), date(2025, 6, 11)):
        with pytest.raises(RuleViolation):
            check_act_day(day, not_before=first, today=today, what="日期")


def test_r_med_17_check_period_is_over_when_the_last_day_runs_refuses() -> None:
    check_period_is_over(date(2025, 7, 9), date(2025, 7, 10))
    with pytest.raises(RuleViolation):
        check_period_is_over(date(2025, 7, 9), date(2025, 7, 9))


def test_r_med_17_routes_when_labour_name_arbitration_first() -> None:
    assert routes_open_to(is_labour=True, from_petition=True)[0] == "向劳动人事争议仲裁委员会申请仲裁"
    assert routes_open_to(is_labour=False, from_petition=False) == ("向人民法院起诉",)


@pytest.mark.parametrize(
    ("state", "count"),
    [
        (COMPLETE, 0),
        (RecordState(frozenset(), are_rights_told=False, turns=0, is_closed=False), 4),
        (RecordState(frozenset({PartySide.PETITIONER}), are_rights_told=True, turns=3, is_closed=False), 1),
    ],
)
def test_r_doc_m06_list_missing_when_a_part_is_missing_names_it(state, count) -> None:
    assert len(list_missing(state)) == count


def test_r_doc_m06_check_may_close_when_incomplete_or_closed_refuses() -> None:
    check_may_close(COMPLETE, "下周再谈")
    for state, text in (
        (COMPLETE, " "),
        (RecordState(BOTH, are_rights_told=False, turns=1, is_closed=False), "好"),
        (RecordState(BOTH, are_rights_told=True, turns=1, is_closed=True), "好"),
    ):
        with pytest.raises(RuleViolation):
            check_may_close(state, text)


@pytest.mark.parametrize("client_id", ["", "short", "a" * 65, "中文中文中文中文", "tab\tinside1"])
def test_check_client_id_when_not_the_pages_own_refuses(client_id: str) -> None:
    check_client_id("a" * 32)
    with pytest.raises(RuleViolation):
        check_client_id(client_id)


def test_record_checks_when_broken_refuse() -> None:
    check_is_open(False)
    check_rights_told(True)
    check_correction("新", "旧")
    check_refusals([1], [1, 2])
    for check, arguments in (
        (check_is_open, (True,)),
        (check_rights_told, (False,)),
        (check_correction, ("一样", "一样")),
        (check_refusals, ([3], [1, 2])),
    ):
        with pytest.raises(RuleViolation):
            check(*arguments)
