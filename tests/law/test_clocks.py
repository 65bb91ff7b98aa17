"""The table of clocks of the rulebook, whole; extensions and pauses that are refused."""

from datetime import date

import pytest

from app.errors import NotFound, RuleViolation
from app.law.calendar import Calendar
from app.law.clock_rules import Direction
from app.law.clocks import CLOCKS, get_clock
from app.law.computing import ClockDates, check_extension, check_pause, compute_clock, paused_days_between
from app.law.periods import CountingMode, days, months, working_days, years
from app.law.profile import Profile

D, WD, Y = days, working_days, years
EXPECTED = {
    "petition_routing": (D(15), "no", "no", "《信访工作条例》第二十二条"),
    "direct_receipt_notice": (D(15), "no", "no", "《信访工作条例》第二十三条"),
    "transfer_receipt_notice": (D(15), "no", "no", "《信访工作条例》第二十三条"),
    "transfer_objection": (WD(5), "no", "no", "《信访工作条例》第二十三条"),
    "petition_handling": (D(60), "30", "no", "《信访工作条例》第三十四条"),
    "review_request": (D(30), "no", "no", "《信访工作条例》第三十五条"),
    "review_decision": (D(30), "no", "no", "《信访工作条例》第三十五条"),
    "recheck_request": (D(30), "no", "no", "《信访工作条例》第三十六条"),
    "recheck_decision": (D(30), "no", "yes", "《信访工作条例》第三十六条"),
    "suggestion_reply": (D(30), "no", "no", "《信访工作条例》第四十条"),
    "hearing_application": (WD(5), "free", "no", "本区听证规则"),
    "hearing_application_decision": (WD(5), "no", "no", "本区听证规则"),
    "hearing_hold_by": (D(30), "free", "yes", "本区听证规则"),
    "hearing_notice": (WD(7), "no", "no", "本区听证规则"),
    "hearing_opinion_service": (D(20), "no", "yes", "本区听证规则"),
    "recon_examination": (WD(5), "no", "yes", "《行政复议法》第三十条"),
    "recon_correction_notice": (WD(5), "no", "no", "《行政复议法》第三十一条"),
    "recon_correction": (WD(10), "free", "no", "《行政复议法》第三十一条"),
    "recon_copy_to_respondent": (WD(7), "no", "no", "《行政复议法》第四十八条"),
    "recon_answer": (WD(10), "no", "no", "《行政复议法》第四十八条"),
    "recon_hearing_answer": (WD(5), "no", "no", "本区复议听证规则"),
    "recon_hearing_notice": (WD(5), "no", "no", "《行政复议法》第五十一条"),
    "recon_decision": (D(60), "30", "yes", "《行政复议法》第六十二条"),
    "recon_application": (D(60), "free", "no", "《行政复议法》第二十条"),
    "mediation_period": (D(30), "30", "yes", "《人民调解工作若干规定》第三十三条"),
    "labour_mediation_notice": (D(15), "no", "no", "《劳动争议调解仲裁法》第十四条"),
    "judicial_confirmation": (D(30), "no", "no", "《人民调解法》第三十三条、《民事诉讼法》第二百零五条"),
    "court_confirmation_acceptance": (D(3), "no", "no", "司法确认程序的若干规定》第四条"),
    "court_confirmation_decision": (D(30), "free", "no", "《民事诉讼法》第一百八十七条"),
    "enforcement_application": (Y(2), "no", "yes", "《民事诉讼法》第二百五十条"),
    "agreement_follow_up": (D(30), "no", "no", "《人民调解法》第三十一条"),
    "instalment_follow_up": (WD(3), "no", "no", "《人民调解法》第三十一条"),
    "labour_arbitration_limitation": (Y(1), "no", "yes", "《劳动争议调解仲裁法》第二十七条"),
    "linkage_committee_answer": (WD(3), "no", "no", "本区访调对接规则"),
    "linkage_feedback": (WD(3), "no", "no", "本区访调对接规则"),
    "public_notice_service": (D(30), "no", "no", "《民事诉讼法》第九十五条"),
}
START = date(2025, 3, 3)
MAY_EXTEND = [code for code, row in EXPECTED.items() if row[1] != "no"]
NO_EXTENSION = [code for code, row in EXPECTED.items() if row[1] == "no"]
MAY_PAUSE = [code for code, row in EXPECTED.items() if row[2] == "yes"]
NO_PAUSE = [code for code, row in EXPECTED.items() if row[2] == "no"]


def compute(code: str, calendar: Calendar, **extras: object) -> ClockDates:
    extras.setdefault("profile", Profile())
    return compute_clock(code, START, calendar, **extras)  # type: ignore[arg-type]


def test_table_holds_exactly_the_clocks_of_the_rulebook() -> None:
    assert set(CLOCKS) == set(EXPECTED)


@pytest.mark.parametrize("code", EXPECTED)
def test_clock_has_the_length_and_article_of_the_rulebook(code: str) -> None:
    period, _, _, article = EXPECTED[code]
    rule = get_clock(code)

    assert rule.length(Profile()) == period == rule.period
    assert article in rule.article
    assert rule.trigger
    assert rule.due


def test_only_notice_clocks_say_from_when_on() -> None:
    earliest = {code for code, rule in CLOCKS.items() if rule.direction is Direction.EARLIEST}

    assert earliest == {"hearing_notice", "recon_hearing_notice"}


def test_get_clock_when_unknown_names_the_known_ones() -> None:
    with pytest.raises(NotFound, match="petition_routing"):
        get_clock("nonsense")


@pytest.mark.parametrize("code", MAY_EXTEND)
def test_extension_when_allowed_moves_the_nominal_day(code: str, calendar: Calendar) -> None:
    assert compute(code, calendar, extend_days=20).nominal > compute(code, calendar).nominal


@pytest.mark.parametrize("code", NO_EXTENSION)
def test_extension_when_the_clock_has_none_is_refused(code: str, calendar: Calendar) -> None:
    with pytest.raises(RuleViolation, match="不能延长"):
        compute(code, calendar, extend_days=1)


@pytest.mark.parametrize("code", [code for code in MAY_EXTEND if EXPECTED[code][1] == "30"])
def test_inv_06_b099_extension_of_31_days_is_refused_and_30_allowed(code: str, calendar: Calendar) -> None:
    assert compute(code, calendar, extend_days=30).extend_days == 30
    with pytest.raises(RuleViolation, match="最多延期 30 日"):
        compute(code, calendar, extend_days=31)


def test_inv_06_refusal_carries_rule_and_article(calendar: Calendar) -> None:
    with pytest.raises(RuleViolation) as refusal:
        compute("petition_handling", calendar, extend_days=31)

    assert refusal.value.rule == "INV-06"
    assert refusal.value.article == "《信访工作条例》第三十四条"


def test_inv_06_handling_extension_is_not_renewable_in_the_computation(calendar: Calendar) -> None:
    with pytest.raises(RuleViolation):
        compute("petition_handling", calendar, extend_days=60, times_extended=2)


def test_r_med_14_mediation_may_be_extended_again_with_a_new_consent(calendar: Calendar) -> None:
    twice = compute("mediation_period", calendar, extend_days=60, times_extended=2)

    assert (twice.nominal - START).days == 90


@pytest.mark.parametrize("days_more", [-1, 3661, 10**12])
def test_extension_or_pause_when_out_of_bounds_is_refused(days_more: int, calendar: Calendar) -> None:
    with pytest.raises(RuleViolation, match="延期天数要在"):
        compute("recon_correction", calendar, extend_days=days_more)
    with pytest.raises(RuleViolation, match="暂停天数要在"):
        compute("recheck_decision", calendar, paused_days=days_more)


def test_r_recon_13_application_period_ends_after_one_year_at_the_latest(calendar: Calendar) -> None:
    assert compute("recon_application", calendar, extend_days=305).nominal == date(2026, 3, 3)
    with pytest.raises(RuleViolation, match="最迟不能超过 2026年3月3日"):
        compute("recon_application", calendar, extend_days=306)


@pytest.mark.parametrize("code", MAY_PAUSE)
def test_b098_pause_moves_the_nominal_day(code: str, calendar: Calendar) -> None:
    plain, paused = compute(code, calendar), compute(code, calendar, paused_days=18)

    assert paused.nominal > plain.nominal
    assert paused.paused_days == 18


@pytest.mark.parametrize("code", NO_PAUSE)
def test_inv_07_pause_when_no_ground_is_listed_is_refused(code: str, calendar: Calendar) -> None:
    with pytest.raises(RuleViolation, match="不能暂停") as refusal:
        compute(code, calendar, paused_days=1)

    assert refusal.value.rule == "INV-07"


def test_r_pet_22_pause_when_the_profile_cites_a_local_rule_is_allowed(calendar: Calendar) -> None:
    local = Profile(pause_bases={"petition_handling": "某市规定第九条"})

    assert compute("petition_handling", calendar, profile=local, paused_days=3).paused_days == 3


@pytest.mark.parametrize(
    ("code", "period", "article"),
    [
        ("recon_copy_to_respondent", working_days(3), "第五十四条"),
        ("recon_answer", working_days(5), "第五十四条"),
        ("recon_decision", days(30), "第六十二条"),
        ("recon_examination", working_days(5), "第三十条"),
    ],
)
def test_r_recon_12_summary_procedure(code: str, period: object, article: str, calendar: Calendar) -> None:
    dates = compute(code, calendar, summary=True)

    assert dates.period == period
    assert article in dates.article


def test_r_recon_12_summary_decision_is_never_extended(calendar: Calendar) -> None:
    with pytest.raises(RuleViolation, match="简易程序"):
        compute("recon_decision", calendar, summary=True, extend_days=1)


def test_r_hear_29_opinion_announced_on_the_spot_is_served_in_ten_days(calendar: Calendar) -> None:
    assert compute("hearing_opinion_service", calendar, announced=True).period == days(10)


def test_o3_profile_may_give_mediation_one_month(calendar: Calendar) -> None:
    local = Profile(mediation_period=months(1))

    assert compute("mediation_period", calendar, profile=local).nominal == date(2025, 4, 3)


def test_r_time_11_profile_decides_which_earliest_day_binds(calendar: Calendar) -> None:
    lenient = Profile(notice_counting=CountingMode.INCLUSIVE)
    dates = compute("hearing_notice", calendar, profile=lenient)

    assert dates.legal_due == dates.earliest_inclusive
    assert dates.earliest is not None
    assert dates.earliest > dates.legal_due


def test_r_time_14_notice_into_an_uncovered_year_is_provisional(calendar: Calendar) -> None:
    dates = compute_clock("hearing_notice", date(2026, 12, 28), calendar, profile=Profile())

    assert dates.is_provisional


def extend(**changes: object) -> None:
    given: dict[str, object] = {
        "profile": Profile(),
        "nominal": date(2025, 4, 21),
        "approved_on": date(2025, 4, 17),
        "extend_days": 30,
        "reason": "继承人和未同意的当事人",
    }
    check_extension("petition_handling", **{**given, **changes})  # type: ignore[arg-type]


def test_r_clock_02_extension_approved_up_to_the_nominal_day_is_allowed() -> None:
    extend()
    extend(approved_on=date(2025, 4, 21))


@pytest.mark.parametrize(
    ("changes", "message", "rule"),
    [
        ({"approved_on": date(2025, 4, 22)}, "不能延期了：延期要在 2025年4月21日前批准", "R-CLOCK-02"),
        ({"extend_days": 31}, "最多延期 30 日", "INV-06"),
        ({"extend_days": 0}, "至少一天", "INV-06"),
        ({"times_before": 1}, "已经延期过一次", "INV-06"),
        ({"reason": " "}, "请写明延期理由", "INV-06"),
    ],
)
def test_inv_06_r_clock_02_extension_is_refused(changes: dict[str, object], message: str, rule: str) -> None:
    with pytest.raises(RuleViolation, match=message) as refusal:
        extend(**changes)

    assert refusal.value.rule == rule


def test_r_med_14_second_mediation_extension_is_allowed_with_consent() -> None:
    check_extension(
        "mediation_period",
        profile=Profile(),
        nominal=date(2025, 4, 20),
        approved_on=date(2025, 4, 18),
        extend_days=30,
        reason="全体同意",
        times_before=1,
    )


def test_r_clock_03_pause_without_basis_is_refused() -> None:
    check_pause("recheck_decision", basis="《信访工作条例》第三十六条第二款", profile=Profile())
    with pytest.raises(RuleViolation, match="写明暂停的依据") as refusal:
        check_pause("recheck_decision", basis=" ", profile=Profile())

    assert refusal.value.rule == "R-CLOCK-03"


def test_inv_07_handling_is_not_paused_by_a_hearing() -> None:
    with pytest.raises(RuleViolation, match="不能暂停"):
        check_pause("petition_handling", basis="听证", profile=Profile())


@pytest.mark.parametrize(
    ("code", "since", "until", "count"),
    [
        ("recheck_decision", date(2025, 5, 26), date(2025, 6, 13), 18),
        ("recon_examination", date(2024, 9, 26), date(2024, 10, 12), 8),
        ("recheck_decision", date(2025, 5, 26), date(2025, 5, 26), 0),
    ],
)
def test_r_pet_23_paused_days(code: str, since: date, until: date, count: int, calendar: Calendar) -> None:
    assert paused_days_between(code, since, until, calendar, profile=Profile()) == count


def test_paused_days_when_the_end_is_before_the_start_is_refused(calendar: Calendar) -> None:
    with pytest.raises(RuleViolation, match="不能早于"):
        paused_days_between("recheck_decision", date(2025, 6, 2), START, calendar, profile=Profile())
