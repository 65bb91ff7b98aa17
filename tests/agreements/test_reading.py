"""How an agreement is read section by section, and how a payment is told, as plain values."""

import pytest

from app.agreements.rules.paying import payment_words, which_payment
from app.agreements.rules.performing import Standing
from app.agreements.rules.reading import sections_of, weighted
from tests.documents.samples import record, water_leak


def test_sections_leave_out_address_phone_and_id_number() -> None:
    facts = water_leak()
    text = "".join("".join(section.paragraphs) + section.explanation for section in sections_of(facts, own_key="p2"))
    for party in facts.parties:
        assert party.name in text
        for hidden in (party.id_number, party.phone, party.address):
            assert hidden not in text


def test_sections_explain_the_money_from_ones_own_side() -> None:
    facts = water_leak()
    by_key = {key: sections_of(facts, own_key=key)[2].explanation for key in ("p1", "p2", "nobody")}
    assert by_key == {
        "p1": "您要分 3 次付钱，一共 12,000 元。",
        "p2": "对方分 3 次给您钱，一共 12,000 元。",
        "nobody": "分 3 次付钱，一共 12,000 元。",
    }


def test_sections_keep_every_amount_date_and_term_of_the_paper() -> None:
    facts = water_leak()
    text = "".join("".join(section.paragraphs) for section in sections_of(facts, own_key="p1"))
    for term in facts.terms:
        assert term.rstrip("。") in text
    for amount in ("12,000.00 元", "人民币壹万贰仟元整"):
        assert amount in text
    assert text.count("第 ") >= len(facts.instalments)


def test_another_paper_has_no_sections() -> None:
    assert sections_of(record(), own_key="p1") == ()


def test_amounts_and_dates_are_weighty_and_unbroken() -> None:
    pieces = weighted("付 42,000.00 元（大写：人民币肆万贰仟元整），2025年7月31日前付清。")
    assert [text for text, is_weighty in pieces if is_weighty] == [
        "42,000.00 元",
        "人民币肆万贰仟元整",
        "2025年7月31日前",
    ]
    assert "".join(text for text, _ in pieces) == "付 42,000.00 元（大写：人民币肆万贰仟元整），2025年7月31日前付清。"


@pytest.mark.parametrize(
    ("standing", "paid", "is_to_me", "words"),
    [
        (Standing.NOT_YET, 0, True, ("还没到日子", "idle")),
        (Standing.PAID, 100, True, ("已付到", "ok")),
        (Standing.PAID_LATE, 100, False, ("已付清", "ok")),
        (Standing.PARTLY, 600_000, True, ("付了 6,000 元", "idle")),
        (Standing.LATE, 0, True, ("过了日子还没付，我们在催", "bad")),
        (Standing.DEFAULT, 600_000, False, ("付了 6,000 元，其余过了日子，请尽快付", "bad")),
    ],
)
def test_r_med_22_a_payment_is_told_in_plain_words(standing, paid, is_to_me, words) -> None:
    assert payment_words(standing, paid, is_to_me=is_to_me) == words
    assert (which_payment(1), which_payment(11)) == ("第一笔", "第11笔")
