"""The test vectors T1–T16 and every date of the scenarios that is a clock, exactly."""

from datetime import date, timedelta

import pytest

from app.law.calendar import Calendar
from app.law.computing import compute_clock
from app.law.periods import (
    CountingMode,
    Period,
    days,
    earliest_after_notice,
    last_day_of_period,
    months,
    working_days,
)
from app.law.profile import Profile

VECTORS = [
    ("T1", "2025-02-10", days(15), 0, "2025-02-25", "2025-02-25", "2025-02-25"),
    ("T2", "2025-02-14", days(15), 0, "2025-03-01", "2025-03-03", "2025-02-28"),
    ("T3", "2025-09-18", days(15), 0, "2025-10-03", "2025-10-09", "2025-09-30"),
    ("T4", "2025-12-16", days(60), 0, "2026-02-14", "2026-02-14", "2026-02-14"),
    ("T5", "2026-01-20", days(30), 0, "2026-02-19", "2026-02-24", "2026-02-14"),
    ("T6", "2025-12-01", days(60), 30, "2026-03-01", "2026-03-02", "2026-02-28"),
    ("T7", "2024-09-04", days(60), 0, "2024-11-03", "2024-11-04", "2024-11-01"),
    ("T8", "2024-09-04", days(60), 30, "2024-12-03", "2024-12-03", "2024-12-03"),
    ("T9", "2024-08-28", working_days(5), 0, "2024-09-04", "2024-09-04", "2024-09-04"),
    ("T10", "2024-09-04", working_days(7), 0, "2024-09-13", "2024-09-13", "2024-09-13"),
    ("T11", "2024-09-10", working_days(10), 0, "2024-09-25", "2024-09-25", "2024-09-25"),
    ("T16", "2024-01-31", months(1), 0, "2024-02-29", "2024-02-29", "2024-02-29"),
    ("T16 contrast", "2024-01-31", days(30), 0, "2024-03-01", "2024-03-01", "2024-03-01"),
]

NOTICE_VECTORS = [
    ("T12", "2024-09-26", working_days(5), "2024-10-10", "2024-10-09"),
    ("T13", "2024-09-26", working_days(7), "2024-10-12", "2024-10-11"),
    ("T14", "2025-09-22", working_days(7), "2025-10-09", "2025-09-30"),
    ("T15", "2025-05-28", working_days(7), "2025-06-10", "2025-06-09"),
]

SCENARIO_CLOCKS = [
    ("S01-1", "petition_routing", "2025-02-10", {}, "2025-02-25", "2025-02-25"),
    ("S01-2a", "transfer_receipt_notice", "2025-02-14", {}, "2025-03-03", "2025-02-28"),
    ("S01-2b", "transfer_objection", "2025-02-14", {}, "2025-02-21", "2025-02-21"),
    ("S01-5a", "mediation_period", "2025-02-19", {}, "2025-03-21", "2025-03-21"),
    ("S01-5b", "labour_mediation_notice", "2025-02-19", {}, "2025-03-06", "2025-03-06"),
    ("S01-6", "petition_handling", "2025-02-20", {}, "2025-04-21", "2025-04-21"),
    ("S01-8", "mediation_period", "2025-02-19", {"extend_days": 30}, "2025-04-21", "2025-04-18"),
    ("S01-13", "petition_handling", "2025-02-20", {"extend_days": 30}, "2025-05-21", "2025-05-21"),
    ("S01 confirmation A", "judicial_confirmation", "2025-04-11", {}, "2025-05-12", "2025-05-09"),
    ("S01 confirmation B", "judicial_confirmation", "2025-04-18", {}, "2025-05-19", "2025-05-16"),
    ("S01 follow-up A", "agreement_follow_up", "2025-04-11", {}, "2025-05-12", "2025-05-09"),
    ("S02-1", "review_request", "2025-03-03", {}, "2025-04-02", "2025-04-02"),
    ("S02-2", "review_decision", "2025-03-31", {}, "2025-04-30", "2025-04-30"),
    ("S02-3", "recheck_request", "2025-04-28", {}, "2025-05-28", "2025-05-28"),
    ("S02-4a", "recheck_decision", "2025-05-20", {}, "2025-06-19", "2025-06-19"),
    ("S02-4b", "hearing_application_decision", "2025-05-20", {}, "2025-05-27", "2025-05-27"),
    ("S02-5", "hearing_hold_by", "2025-05-26", {}, "2025-06-25", "2025-06-25"),
    ("S02-12", "recheck_decision", "2025-05-20", {"paused_days": 18}, "2025-07-07", "2025-07-07"),
    ("S03-1", "recon_examination", "2024-08-28", {}, "2024-09-04", "2024-09-04"),
    ("S03-2a", "recon_decision", "2024-09-04", {}, "2024-11-04", "2024-11-01"),
    ("S03-2b", "recon_copy_to_respondent", "2024-09-04", {}, "2024-09-13", "2024-09-13"),
    ("S03-3", "recon_answer", "2024-09-10", {}, "2024-09-25", "2024-09-25"),
    ("S03-alt", "recon_decision", "2024-09-04", {"extend_days": 30}, "2024-12-03", "2024-12-03"),
    ("S06", "mediation_period", "2025-06-09", {}, "2025-07-09", "2025-07-09"),
    ("S06-1", "judicial_confirmation", "2025-07-01", {}, "2025-07-31", "2025-07-31"),
    ("S10-1", "petition_routing", "2025-09-18", {}, "2025-10-09", "2025-09-30"),
    ("S10-5", "labour_mediation_notice", "2025-10-14", {}, "2025-10-29", "2025-10-29"),
]

SCENARIO_NOTICES = [
    ("S02-6", "hearing_notice", "2025-05-28", Profile(), "2025-06-10", "2025-06-09"),
    ("S03-5 floor", "recon_hearing_notice", "2024-09-26", Profile(), "2024-10-10", "2024-10-09"),
    (
        "S03-5 district",
        "recon_hearing_notice",
        "2024-09-26",
        Profile(recon_hearing_notice=working_days(7)),
        "2024-10-12",
        "2024-10-11",
    ),
]


@pytest.mark.parametrize(
    ("trigger", "period", "extra", "nominal", "legal_due", "target"),
    [row[1:] for row in VECTORS],
    ids=[row[0] for row in VECTORS],
)
def test_r_time_last_day_of_period(
    calendar: Calendar, trigger: str, period: Period, extra: int, nominal: str, legal_due: str, target: str
) -> None:
    end = last_day_of_period(date.fromisoformat(trigger), period, calendar, extra=extra)

    assert (str(end.nominal), str(end.legal_due), str(end.internal_target)) == (nominal, legal_due, target)
    assert not end.is_provisional


@pytest.mark.parametrize(
    ("served_on", "notice", "clear", "inclusive"),
    [row[1:] for row in NOTICE_VECTORS],
    ids=[row[0] for row in NOTICE_VECTORS],
)
def test_r_time_11_earliest_hearing_day(
    calendar: Calendar, served_on: str, notice: Period, clear: str, inclusive: str
) -> None:
    served = date.fromisoformat(served_on)

    assert str(earliest_after_notice(served, notice, CountingMode.CLEAR_DAYS, calendar)) == clear
    assert str(earliest_after_notice(served, notice, CountingMode.INCLUSIVE, calendar)) == inclusive


@pytest.mark.parametrize(
    ("clock", "trigger", "extras", "legal_due", "target"),
    [row[1:] for row in SCENARIO_CLOCKS],
    ids=[row[0] for row in SCENARIO_CLOCKS],
)
def test_scenario_clock(
    calendar: Calendar, clock: str, trigger: str, extras: dict[str, int], legal_due: str, target: str
) -> None:
    dates = compute_clock(clock, date.fromisoformat(trigger), calendar, profile=Profile(), **extras)

    assert (str(dates.legal_due), str(dates.internal_target)) == (legal_due, target)


@pytest.mark.parametrize(
    ("clock", "served_on", "profile", "clear", "inclusive"),
    [row[1:] for row in SCENARIO_NOTICES],
    ids=[row[0] for row in SCENARIO_NOTICES],
)
def test_scenario_earliest_hearing_day(
    calendar: Calendar, clock: str, served_on: str, profile: Profile, clear: str, inclusive: str
) -> None:
    dates = compute_clock(clock, date.fromisoformat(served_on), calendar, profile=profile)

    assert (str(dates.earliest), str(dates.earliest_inclusive)) == (clear, inclusive)
    assert dates.legal_due == dates.earliest


def test_scenario_s02_excluded_days_are_opinion_minus_decision() -> None:
    assert date(2025, 6, 13) - date(2025, 5, 26) == timedelta(days=18)
