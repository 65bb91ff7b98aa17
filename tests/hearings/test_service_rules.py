"""The day of service by its mode, and what each mode must prove (R-TIME-15, R-DOC-H13)."""

from dataclasses import replace
from datetime import date

import pytest

from app.errors import RuleViolation
from app.hearings.rules.service import DAY_WORDS, RECEIPT_MODES, ServiceProof, check_proof, served_day
from app.hearings.rules.words import ServiceMode
from app.law.holiday_notices import seeded_calendar

CALENDAR = seeded_calendar(range(2024, 2027))
SENT, DAY, TODAY = date(2025, 5, 26), date(2025, 5, 28), date(2025, 5, 30)


def check(proof: ServiceProof, *, accepts_electronic: bool = False, is_person: bool = True) -> None:
    check_proof(proof, sent_on=SENT, today=TODAY, accepts_electronic=accepts_electronic, is_person=is_person)


@pytest.mark.parametrize("mode", ServiceMode)
def test_every_mode_has_its_words(mode) -> None:
    assert DAY_WORDS[mode]
    assert RECEIPT_MODES[mode]


@pytest.mark.parametrize("mode", [mode for mode in ServiceMode if mode is not ServiceMode.BY_PUBLIC_NOTICE])
def test_served_day_is_the_day_on_the_proof(mode) -> None:
    assert served_day(ServiceProof(mode, DAY), CALENDAR) == DAY


@pytest.mark.parametrize(
    ("published", "served"), [(date(2025, 5, 28), date(2025, 6, 27)), (date(2025, 9, 5), date(2025, 10, 9))]
)
def test_served_day_of_a_public_notice_is_thirty_days_later(published, served) -> None:
    assert served_day(ServiceProof(ServiceMode.BY_PUBLIC_NOTICE, published), CALENDAR) == served


@pytest.mark.parametrize(
    "proof",
    [
        ServiceProof(ServiceMode.IN_PERSON, DAY),
        ServiceProof(ServiceMode.SUBSTITUTE, DAY, receiver="郑建", relation="儿子"),
        ServiceProof(ServiceMode.BY_LEAVING, DAY, witness="社区工作人员刘佳", is_refused=True, note="说不想收"),
        ServiceProof(ServiceMode.BY_POST, DAY),
        ServiceProof(ServiceMode.BY_PUBLIC_NOTICE, DAY),
    ],
)
def test_proof_that_is_complete_is_accepted(proof) -> None:
    check(proof)


@pytest.mark.parametrize(
    ("proof", "text"),
    [
        (ServiceProof(ServiceMode.IN_PERSON, date(2025, 5, 25)), "不能早于文书做成"),
        (ServiceProof(ServiceMode.IN_PERSON, date(2025, 5, 31)), "还没有到"),
        (ServiceProof(ServiceMode.IN_PERSON, DAY, is_refused=True), "要留置送达"),
        (ServiceProof(ServiceMode.SUBSTITUTE, DAY, receiver="郑建"), "什么关系"),
        (ServiceProof(ServiceMode.BY_LEAVING, DAY, witness="刘佳", is_refused=True), "拒收的理由"),
        (ServiceProof(ServiceMode.BY_LEAVING, DAY, note="不收", is_refused=True), "见证人"),
        (ServiceProof(ServiceMode.BY_LEAVING, DAY, witness="刘佳", note="不在家"), "只在收件人拒收时"),
        (ServiceProof(ServiceMode.ELECTRONIC, DAY), "先同意"),
    ],
)
def test_proof_that_lacks_something_is_refused(proof, text) -> None:
    with pytest.raises(RuleViolation, match=text) as refusal:
        check(proof)
    assert refusal.value.rule == "R-DOC-H13"


def test_electronic_service_when_agreed_is_accepted() -> None:
    check(ServiceProof(ServiceMode.ELECTRONIC, DAY), accepts_electronic=True)


def test_service_on_a_unit_when_nobody_signed_for_it_is_refused() -> None:
    proof = ServiceProof(ServiceMode.IN_PERSON, DAY)
    with pytest.raises(RuleViolation, match="由谁签收"):
        check(proof, is_person=False)
    check(replace(proof, receiver="收发室 王敏"), is_person=False)
