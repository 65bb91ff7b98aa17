"""The steps of 怎么算的 say what was counted."""

from datetime import date

from app.law.calendar import Calendar
from app.law.clocks import CLOCKS
from app.law.computing import compute_clock
from app.law.explaining import Step, explain_clock
from app.law.periods import CountingMode
from app.law.profile import Profile


def steps(calendar: Calendar, code: str, trigger: date, **extras: int) -> dict[str, Step]:
    profile = Profile(pause_bases={"petition_handling": "某市规定第九条"})
    dates = compute_clock(code, trigger, calendar, profile=profile, **extras)  # type: ignore[arg-type]
    return {step.title: step for step in explain_clock(dates, calendar, profile=profile)}


def test_explain_when_the_date_rolls_names_the_rest_days(calendar: Calendar) -> None:
    told = steps(calendar, "transfer_receipt_notice", date(2025, 2, 14))

    assert list(told) == ["起算", "期限", "最后一天", "顺延", "法定到期日", "内部目标日"]
    assert "当天不算" in told["起算"].text
    assert "15 日" in told["期限"].text
    assert "《信访工作条例》第二十三条" in told["期限"].text
    assert told["最后一天"].day == date(2025, 3, 1)
    assert "3月1日 周末、3月2日 周末" in told["顺延"].text
    assert told["法定到期日"].day == date(2025, 3, 3)
    assert told["内部目标日"].day == date(2025, 2, 28)


def test_explain_when_extended_shows_both_ends(calendar: Calendar) -> None:
    told = steps(calendar, "petition_handling", date(2025, 12, 1), extend_days=30)

    assert told["不延期、不暂停"].day == date(2026, 1, 30)
    assert "30 日" in told["延期"].text
    assert told["最后一天"].day == date(2026, 3, 1)


def test_r_pet_23_explain_when_paused_shows_both_dates(calendar: Calendar) -> None:
    told = steps(calendar, "recheck_decision", date(2025, 5, 20), paused_days=18)

    assert told["不延期、不暂停"].day == date(2025, 6, 19)
    assert "听证所需时间（依据《信访工作条例》第三十六条第二款）18 日" in told["暂停"].text
    assert told["法定到期日"].day == date(2025, 7, 7)


def test_explain_when_paused_by_a_local_rule_says_so(calendar: Calendar) -> None:
    assert "本地规定的暂停" in steps(calendar, "petition_handling", date(2025, 5, 20), paused_days=3)["暂停"].text


def test_explain_when_counted_in_working_days_names_days_off_and_swaps(calendar: Calendar) -> None:
    told = steps(calendar, "recon_answer", date(2024, 9, 10))

    assert told["放假不算"].text == "9月16日 调休、9月17日 中秋节"
    assert told["调休上班照算"].text == "9月14日 调休上班"


def test_explain_when_no_holiday_lies_between_names_none(calendar: Calendar) -> None:
    told = steps(calendar, "recon_examination", date(2024, 8, 28))

    assert not {"放假不算", "调休上班照算"} & set(told)


def test_r_time_06_explain_when_the_last_day_is_a_worked_saturday_says_it_stays(calendar: Calendar) -> None:
    told = steps(calendar, "petition_handling", date(2025, 12, 16))

    assert "调休上班" in told["不顺延"].text
    assert "顺延" not in told


def test_explain_notice_says_how_it_counts(calendar: Calendar) -> None:
    told = steps(calendar, "hearing_notice", date(2024, 9, 26))
    lenient = Profile(notice_counting=CountingMode.INCLUSIVE)
    dates = compute_clock("hearing_notice", date(2024, 9, 26), calendar, profile=lenient)

    assert "隔满" in told["算法"].text
    assert told["最早可以听证"].day == date(2024, 10, 12)
    assert "最后一天" in explain_clock(dates, calendar, profile=lenient)[-2].text


def test_r_time_14_explain_when_provisional_says_why(calendar: Calendar) -> None:
    assert "放假通知" in steps(calendar, "petition_handling", date(2026, 12, 1))["暂定"].text


def test_explain_works_for_every_clock(calendar: Calendar) -> None:
    for code in CLOCKS:
        assert steps(calendar, code, date(2025, 3, 3))
