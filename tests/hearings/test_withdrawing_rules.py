"""Until when a reconsideration hearing may be given up, and that it is asked for once only: tables, no database."""

from datetime import date

import pytest

from app.errors import RuleViolation
from app.hearings.rules.procedures import procedure_of
from app.hearings.rules.withdrawing import check_may_ask_again, check_withdrawal, last_day_to_withdraw
from app.hearings.rules.words import ProcedureKind
from app.law.holiday_notices import seeded_calendar
from app.law.periods import CountingMode, days
from app.law.profile import Profile

CALENDAR = seeded_calendar(range(2024, 2026))


@pytest.mark.parametrize(
    ("profile", "held_on", "last_day"),
    [
        (Profile(), date(2025, 6, 11), date(2025, 6, 5)),
        (Profile(notice_counting=CountingMode.INCLUSIVE), date(2025, 6, 11), date(2025, 6, 8)),
        # 8 October, 30 September and the working Sunday of 29 September lie between.
        (Profile(), date(2024, 10, 9), date(2024, 9, 28)),
        (Profile(recon_hearing_withdrawal=days(2)), date(2025, 6, 11), date(2025, 6, 8)),
    ],
)
def test_r_recon_11_last_day_to_withdraw_leaves_three_working_days(profile, held_on, last_day) -> None:
    procedure = procedure_of(ProcedureKind.RECONSIDERATION, profile)
    assert last_day_to_withdraw(procedure, held_on, CALENDAR) == last_day


def test_r_hear_06_petition_hearing_has_no_last_day_to_withdraw() -> None:
    procedure = procedure_of(ProcedureKind.PETITION, Profile())
    assert last_day_to_withdraw(procedure, date(2025, 6, 11), CALENDAR) is None


def test_r_recon_11_withdrawal_is_refused_from_the_day_after_the_last() -> None:
    last_day = date(2025, 6, 5)
    check_withdrawal(last_day, today=last_day)
    check_withdrawal(None, today=last_day)
    with pytest.raises(RuleViolation, match="最迟 6月5日") as refusal:
        check_withdrawal(last_day, today=date(2025, 6, 6))
    assert refusal.value.rule == "R-RECON-11"


def test_r_recon_11_second_request_after_a_withdrawal_is_refused() -> None:
    check_may_ask_again(None)
    with pytest.raises(RuleViolation, match="不能再申请") as refusal:
        check_may_ask_again(date(2025, 6, 5))
    assert refusal.value.rule == "R-RECON-11"
