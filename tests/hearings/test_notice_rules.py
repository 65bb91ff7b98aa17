"""The first lawful day of a hearing: both procedures, both ways of counting, with and without waivers (INV-14)."""

from datetime import date

import pytest

from app.errors import RuleViolation
from app.hearings.rules.notice import check_notice_period, check_waiver_helps, earliest_day, notice_days
from app.hearings.rules.procedures import Procedure, procedure_of
from app.hearings.rules.words import ProcedureKind
from app.law.holiday_notices import seeded_calendar
from app.law.periods import CountingMode, Period, days, working_days
from app.law.profile import Profile

CALENDAR = seeded_calendar(range(2024, 2027))
CLEAR, INCLUSIVE = CountingMode.CLEAR_DAYS, CountingMode.INCLUSIVE
PETITION, RECONSIDERATION = ProcedureKind.PETITION, ProcedureKind.RECONSIDERATION
SIGNED = date(2025, 6, 3)


def procedure(kind: ProcedureKind, counting: CountingMode = CLEAR, notice: Period | None = None) -> Procedure:
    name = "hearing_notice" if kind is PETITION else "recon_hearing_notice"
    lengths = {name: notice} if notice else {}
    return procedure_of(kind, Profile(notice_counting=counting, **lengths))


@pytest.mark.parametrize(
    ("kind", "notice", "served_on", "clear", "inclusive"),
    [
        pytest.param(PETITION, None, date(2025, 5, 28), date(2025, 6, 10), date(2025, 6, 9), id="S02-6"),
        pytest.param(RECONSIDERATION, None, date(2024, 9, 26), date(2024, 10, 10), date(2024, 10, 9), id="S03-5"),
        pytest.param(
            RECONSIDERATION, working_days(7), date(2024, 9, 26), date(2024, 10, 12), date(2024, 10, 11), id="S03-5-7wd"
        ),
        pytest.param(PETITION, None, date(2025, 9, 22), date(2025, 10, 9), date(2025, 9, 30), id="T14"),
        pytest.param(PETITION, days(7), date(2025, 5, 28), date(2025, 6, 5), date(2025, 6, 4), id="natural-days"),
    ],
)
def test_inv_14_earliest_day_when_counted_both_ways_is_the_expected_one(
    kind, notice, served_on, clear, inclusive
) -> None:
    assert earliest_day(procedure(kind, CLEAR, notice), served_on, CALENDAR).day == clear
    assert earliest_day(procedure(kind, INCLUSIVE, notice), served_on, CALENDAR).day == inclusive


def test_inv_14_message_when_too_early_says_when_why_and_the_way_out() -> None:
    earliest = earliest_day(procedure(PETITION), date(2025, 5, 28), CALENDAR)
    assert earliest.message == (
        "最早 6月10日 才能开：通知要提前 7 个工作日送到最后一方（5月28日 送达）。"
        "各方书面同意可以提前。依据：本区听证规则"
    )


def test_inv_14_petition_when_all_sides_waive_may_be_held_the_day_after_service() -> None:
    waived = earliest_day(procedure(PETITION), date(2025, 5, 28), CALENDAR, [SIGNED, SIGNED])
    assert waived.is_waived
    assert waived.day == date(2025, 5, 29)
    assert waived.ordinary == date(2025, 6, 10)
    check_notice_period(procedure(PETITION), date(2025, 6, 6), date(2025, 5, 28), CALENDAR, [SIGNED, SIGNED])


@pytest.mark.parametrize("waivers", [[], [SIGNED, None], [None, None]])
def test_inv_14_petition_when_one_side_has_not_signed_is_refused(waivers) -> None:
    with pytest.raises(RuleViolation, match="最早 6月10日 才能开") as refusal:
        check_notice_period(procedure(PETITION), date(2025, 6, 6), date(2025, 5, 28), CALENDAR, waivers)
    assert refusal.value.rule == "INV-14"


@pytest.mark.parametrize("notice", [working_days(5), working_days(7)])
@pytest.mark.parametrize("counting", [CLEAR, INCLUSIVE])
def test_inv_14_reconsideration_when_all_sides_waive_never_falls_below_five_working_days(notice, counting) -> None:
    rules = procedure(RECONSIDERATION, counting, notice)
    with pytest.raises(RuleViolation) as refusal:
        check_notice_period(rules, date(2024, 10, 8), date(2024, 9, 26), CALENDAR, [SIGNED, SIGNED])
    assert refusal.value.rule == "INV-14"
    floor = date(2024, 10, 10) if counting is CLEAR else date(2024, 10, 9)
    assert earliest_day(rules, date(2024, 9, 26), CALENDAR, [SIGNED, SIGNED]).day == floor


def test_inv_14_reconsideration_when_notice_is_at_the_floor_offers_no_waiver() -> None:
    at_floor = earliest_day(procedure(RECONSIDERATION), date(2024, 9, 26), CALENDAR)
    assert not at_floor.may_waive
    assert "各方同意也不能再短" in at_floor.message
    local = earliest_day(procedure(RECONSIDERATION, notice=working_days(7)), date(2024, 9, 26), CALENDAR)
    assert local.may_waive
    assert "但不能少于 5 个工作日" in local.message


@pytest.mark.parametrize("held_on", [date(2025, 5, 27), date(2025, 5, 28)])
def test_inv_14_hearing_on_or_before_the_day_of_service_is_refused_even_with_waivers(held_on) -> None:
    with pytest.raises(RuleViolation, match="不能在送达之前开"):
        check_notice_period(procedure(PETITION), held_on, date(2025, 5, 28), CALENDAR, [SIGNED, SIGNED])


def test_inv_14_first_lawful_day_itself_is_accepted() -> None:
    check_notice_period(procedure(PETITION), date(2025, 6, 10), date(2025, 5, 28), CALENDAR)
    check_notice_period(
        procedure(RECONSIDERATION, notice=working_days(7)), date(2024, 10, 12), date(2024, 9, 26), CALENDAR
    )


@pytest.mark.parametrize(
    ("kind", "held_on", "served_on", "text"),
    [
        (PETITION, date(2025, 6, 10), date(2025, 5, 28), "不用各方书面同意"),
        (PETITION, date(2025, 5, 28), date(2025, 5, 28), "最早 5月29日"),
        (RECONSIDERATION, date(2024, 10, 8), date(2024, 9, 26), "最早 10月10日"),
    ],
)
def test_inv_14_waiver_that_helps_nothing_or_too_much_is_refused(kind, held_on, served_on, text) -> None:
    with pytest.raises(RuleViolation, match=text):
        check_waiver_helps(procedure(kind), held_on, served_on, CALENDAR)


@pytest.mark.parametrize(("counting", "expected"), [(CLEAR, 4), (INCLUSIVE, 5)])
def test_notice_days_when_counted_follow_the_mode(counting, expected) -> None:
    assert notice_days(date(2025, 6, 5), date(2025, 5, 28), counting, CALENDAR) == expected
