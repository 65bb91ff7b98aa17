"""Standing of payments, reconciliation of lists and enforcement, as tables without a database."""

from dataclasses import replace
from datetime import date

import pytest

from app.agreements.rules import Performance, StateConflict
from app.agreements.rules.confirming import check_enforcement, check_labour_court
from app.agreements.rules.performing import (
    Debt,
    Standing,
    check_payment,
    default_from,
    last_due_in_default,
    standing_of,
)
from app.agreements.rules.reconciling import (
    Instalment,
    ListedPayment,
    RowVerdict,
    payment_key,
    reconcile,
    rows_from_json,
    rows_to_json,
)
from app.errors import RuleViolation
from app.law.profile import Profile
from tests.agreements.test_rules import CALENDAR

FIRST_DUE = date(2025, 5, 12)
FIRST = Debt(2_520_000, 0, FIRST_DUE, None, Performance.DUE)
V = RowVerdict


@pytest.mark.parametrize(
    ("change", "today", "standing"),
    [
        ({}, "2025-05-12", Standing.NOT_YET),
        ({"paid_fen": 1}, "2025-05-12", Standing.PARTLY),
        ({}, "2025-05-13", Standing.LATE),
        ({"paid_fen": 2_519_999}, "2025-05-13", Standing.LATE),
        ({"performance": Performance.NOT_PERFORMED}, "2025-05-13", Standing.DEFAULT),
        ({"performance": Performance.NOT_PERFORMED}, "2025-05-12", Standing.NOT_YET),
        ({}, "2025-05-15", Standing.LATE),
        ({}, "2025-05-16", Standing.DEFAULT),
        ({"paid_fen": 2_520_000, "paid_on": FIRST_DUE}, "2025-06-01", Standing.PAID),
        ({"paid_fen": 2_520_000, "paid_on": date(2025, 5, 13)}, "2025-06-01", Standing.PAID_LATE),
        ({"due_on": None}, "2025-06-01", Standing.NOT_YET),
    ],
)
def test_r_med_22_standing_follows_from_the_due_date(change, today, standing) -> None:
    """S01: due 2025-05-12; late from 05-13; default from 05-16, when the three working days are over."""
    assert standing_of(replace(FIRST, **change), date.fromisoformat(today), CALENDAR, Profile()) is standing


def test_r_med_22_default_over_the_new_year_waits_for_working_days() -> None:
    """Rest from 01-01 to 01-03, work on Sunday 01-04."""
    assert default_from(date(2025, 12, 31), CALENDAR, Profile()) == date(2026, 1, 7)
    assert last_due_in_default(date(2026, 1, 7), CALENDAR, Profile()) >= date(2025, 12, 31)
    assert last_due_in_default(date(2026, 1, 6), CALENDAR, Profile()) < date(2025, 12, 31)


@pytest.mark.parametrize(
    ("fen", "paid_on", "word"),
    [
        (0, "2025-05-12", "大于零"),
        (2_520_001, "2025-05-12", "多了 0.01 元"),
        (1, "2025-04-10", "协议生效"),
        (1, "2025-05-14", "今天以前"),
    ],
)
def test_r_med_22_impossible_payments_are_refused(fen, paid_on, word) -> None:
    with pytest.raises(RuleViolation, match=word):
        check_payment(FIRST, fen, date.fromisoformat(paid_on), effective_on=date(2025, 4, 11), today=date(2025, 5, 13))


def instalment(key: int, number: int, fen: int, **values) -> Instalment:
    """One of 陶玉芬's payments."""
    return Instalment(
        **{
            "key": key,
            "agreement_number": "第12-001号",
            "number": number,
            "payee": "陶玉芬",
            "account": "6222 0210 0112 3307",
            "amount_fen": fen,
            "paid_fen": 0,
            "effective_on": date(2025, 4, 11),
            **values,
        }
    )


SCHEDULE = (
    instalment(1, 1, 2_520_000),
    instalment(2, 2, 1_680_000),
    instalment(3, 1, 2_160_000, agreement_number="第12-002号", payee="梁守田", account=""),
    instalment(4, 1, 2_520_000, agreement_number="第12-003号", payee="王芳", account="1001"),
    instalment(5, 1, 2_520_000, agreement_number="第12-004号", payee="王芳", account="1002"),
)
ROW = ListedPayment(
    number=4, agreement_number="第12-001号", instalment=1, payee="陶玉芬", amount_fen=2_520_000, paid_on=FIRST_DUE
)


@pytest.mark.parametrize(
    ("change", "verdict", "key", "words"),
    [
        ({}, V.EXACT, 1, ""),
        ({"amount_fen": 2_519_999}, V.PARTIAL, 1, "还差 0.01 元"),
        ({"amount_fen": 2_520_001}, V.OVER, 1, "多付 0.01 元"),
        ({"amount_fen": 0, "paid_on": None}, V.UNPAID, None, ""),
        ({"paid_on": None}, V.UNREADABLE, None, "一起填"),
        ({"paid_on": date(2025, 4, 10)}, V.UNREADABLE, 1, "协议生效"),
        ({"problems": ("账号（D4）是公式",)}, V.UNREADABLE, None, "公式"),
        ({"instalment": 3}, V.UNKNOWN_PAYEE, None, "没有第 3 期"),
        ({"agreement_number": "第12-009号"}, V.UNKNOWN_PAYEE, None, "没有这个编号"),
        ({"payee": "陶玉芳"}, V.UNKNOWN_PAYEE, None, "协议上是陶玉芬"),
        ({"account": "6222021001123308"}, V.WRONG_ACCOUNT, 1, "账号"),
        ({"account": "6222-0210-0112-3307"}, V.EXACT, 1, ""),
        ({"agreement_number": "", "instalment": None}, V.EXACT, 1, ""),
        ({"agreement_number": "", "instalment": 2, "amount_fen": 1_680_000}, V.EXACT, 2, ""),
        ({"agreement_number": "", "payee": "周文"}, V.UNKNOWN_PAYEE, None, "没有这位收款人"),
        ({"agreement_number": "", "payee": "王芳"}, V.UNKNOWN_PAYEE, None, "写上协议编号"),
        ({"agreement_number": "", "payee": "王芳", "account": "1002"}, V.EXACT, 5, ""),
        ({"agreement_number": "第１２-001号", "instalment": None}, V.EXACT, 1, ""),
    ],
)
def test_each_row_settles_one_payment_to_the_fen_or_says_why_not(change, verdict, key, words) -> None:
    (found,) = reconcile([replace(ROW, **change)], SCHEDULE, booked=frozenset(), today=date(2025, 5, 13)).rows

    assert (found.verdict, found.instalment and found.instalment.key) == (verdict, key)
    assert words in found.words


def test_rows_of_one_list_add_up_and_doubles_are_told() -> None:
    half = replace(ROW, amount_fen=1_260_000)
    rows = [
        half,
        replace(half, number=5),
        replace(half, number=6, reference="B2"),
        replace(half, number=7, reference="B3"),
    ]

    found = reconcile(rows, SCHEDULE, booked=frozenset(), today=date(2025, 5, 13))

    assert [row.verdict for row in found.rows] == [V.PARTIAL, V.DOUBLE, V.EXACT, V.OVER]
    assert "第 4 行" in found.rows[1].words
    assert (found.total_fen, len(found.refused)) == (2_520_000, 2)


def test_a_row_that_was_booked_is_known_again_with_and_without_its_number() -> None:
    booked = frozenset({payment_key(1, FIRST_DUE, 2_520_000, "B1")})
    paid = (replace(SCHEDULE[0], paid_fen=2_520_000), *SCHEDULE[1:])
    row = replace(ROW, reference="B1")

    for each in (row, replace(row, agreement_number="", instalment=None)):
        (found,) = reconcile([each], paid, booked=booked, today=date(2025, 5, 13)).rows
        assert (found.verdict, found.is_refused) == (V.BOOKED, False)


def test_rows_come_back_as_they_were_kept() -> None:
    rows = [ROW, replace(ROW, paid_on=None, amount_fen=0, problems=("看不懂",))]

    assert rows_from_json(rows_to_json(rows)) == rows


@pytest.mark.parametrize(("court", "is_of_place"), [("滨澜市中级人民法院", True), ("白河区人民法院", False)])
def test_r_jc_03_labour_goes_to_the_basic_court_of_the_committees_place_only(court, is_of_place) -> None:
    with pytest.raises(RuleViolation, match=court) as refusal:
        check_labour_court(court, is_of_committee_place=is_of_place)
    assert (refusal.value.rule, refusal.value.article) == ("INV-26", "《劳动争议司法解释（一）》第五十二条")
    check_labour_court("滨澜区人民法院", is_of_committee_place=True)


ENFORCEMENT = {
    "is_confirmed": True,
    "is_owed": True,
    "ends_on": date(2027, 12, 31),
    "asked_on": date(2027, 12, 31),
    "today": date(2028, 1, 5),
}


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"is_confirmed": False}, StateConflict),
        ({"is_owed": False}, RuleViolation),
        ({"asked_on": date(2028, 1, 1)}, RuleViolation),
        ({"today": date(2027, 12, 30)}, RuleViolation),
    ],
)
def test_r_jc_08_enforcement_is_asked_for_within_two_years_of_what_is_owed(change, error) -> None:
    check_enforcement(**ENFORCEMENT)
    with pytest.raises(error) as refusal:
        check_enforcement(**{**ENFORCEMENT, **change})
    assert refusal.value.rule == "R-JC-08"
