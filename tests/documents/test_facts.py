"""Facts survive JSON unchanged, contradictions are refused, words read as on paper."""

from dataclasses import replace
from datetime import date, time

import pytest
from jinja2 import UndefinedError

from app.documents.papers.agreements import ConfirmationApplicationFacts, MediationAgreementFacts
from app.documents.papers.linkage import LetterParty
from app.documents.papers.mediation import MediationRecordFacts
from app.documents.rendering import words
from app.documents.rendering.composing import Paper, PaperState, compose, make_sheet
from app.documents.rendering.engine import check_paper
from app.documents.rendering.marks import SignatureMark
from app.errors import RuleViolation
from tests.documents.more_samples import TAO, all_papers, batch_copy
from tests.documents.samples import record, referral, water_leak


@pytest.mark.parametrize("paper", [*all_papers(), batch_copy()], ids=lambda paper: paper.type_name)
def test_facts_when_written_as_json_come_back_equal(paper: Paper) -> None:
    check_paper(paper)

    assert type(paper.facts).from_json(paper.facts.to_json()) == paper.facts


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"committee"', '"comittee"'),
        ('"copies":3', '"copies":"3"'),
        ('"is":"PersonParty"', '"is":"Signer"'),
        ('"is":"MediationAgreementFacts"', '"is":"Facts"'),
    ],
)
def test_facts_when_json_does_not_fit_are_refused(old: str, new: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        MediationAgreementFacts.from_json(water_leak().to_json().replace(old, new, 1))


def test_inv_22_agreement_when_instalments_do_not_add_up_is_refused() -> None:
    with pytest.raises(RuleViolation) as refusal:
        check_paper(Paper(type_name="mediation_agreement", facts=replace(water_leak(), total_fen=1_200_001)))

    assert refusal.value.rule == "INV-22"


def test_r_med_20_agreement_when_copies_are_too_few_is_refused() -> None:
    with pytest.raises(RuleViolation) as refusal:
        check_paper(Paper(type_name="mediation_agreement", facts=replace(water_leak(), copies=2)))

    assert refusal.value.rule == "R-MED-20"


def test_r_link_04_referral_when_a_side_has_not_consented_is_refused() -> None:
    sides = (*referral().parties, LetterParty(name="第三人", capacity="第三人"))

    with pytest.raises(RuleViolation, match="第三人"):
        check_paper(Paper(type_name="referral_letter", facts=replace(referral(), parties=sides)))


def test_r_jc_01_confirmation_when_one_side_applies_alone_is_refused() -> None:
    both = next(paper.facts for paper in all_papers() if isinstance(paper.facts, ConfirmationApplicationFacts))

    with pytest.raises(RuleViolation) as refusal:
        replace(both, applicants=(TAO,)).check()

    assert refusal.value.rule == "R-JC-01"


@pytest.mark.parametrize("change", [{"result": "won"}, {"read_mode": ""}, {"ended_at": time(8, 59)}])
def test_r_doc_m06_record_when_result_or_times_are_wrong_is_refused(change: dict[str, object]) -> None:
    facts: MediationRecordFacts = replace(record(), **change)  # type: ignore[arg-type]

    with pytest.raises(RuleViolation):
        facts.check()


def test_b175_paper_when_a_fact_is_none_where_the_template_prints_it_is_refused() -> None:
    paper = Paper(type_name="mediation_agreement", facts=replace(water_leak(), facts_and_issues=None))  # type: ignore[arg-type]

    with pytest.raises((UndefinedError, AttributeError)):
        compose(paper, make_sheet(paper, state=PaperState.DRAFT, code=None, check_url=None, marks=None, void=None))


def test_in_print_when_none_or_fraction_is_refused() -> None:
    for value in (None, 1.5):
        with pytest.raises(UndefinedError):
            words.in_print(value)


@pytest.mark.parametrize(
    ("strokes", "width"),
    [
        ((), 100.0),
        ((((1.0, 1.0), (300.0, 1.0)),), 100.0),
        ((((float("nan"), 1.0),),), 100.0),
        (((((1.0, 1.0),),) * 201), 100.0),
    ],
)
def test_signature_when_empty_huge_or_outside_its_box_is_refused(strokes: object, width: float) -> None:
    with pytest.raises(RuleViolation):
        SignatureMark(strokes=strokes, width=width, height=50.0, signed_on=date(2025, 7, 1))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "printed"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (23, "二十三"), (99, "九十九")],
)
def test_numeral_when_up_to_ninety_nine_reads_as_in_headings(value: int, printed: str) -> None:
    assert words.numeral(value) == printed


def test_words_when_printed_follow_the_paper_rules() -> None:
    assert words.date_words(date(2025, 7, 1)) == "2025年7月1日"
    assert words.time_words(time(9)) == "9时"
    assert words.time_words(time(9, 5)) == "9时5分"
    assert words.full_brackets("(2025)滨澜人调字第31号") == "（2025）滨澜人调字第31号"
    assert words.with_capitals(1_200_000) == "12,000.00元（大写：壹万贰仟元整）"
    assert words.grouped_code("F3K79Q2MXN4T") == "F3K7-9Q2M-XN4T"
    assert words.phone_words("13800005021") == "138 0000 5021"
    assert words.account_words("6230000000004026118") == "6230 0000 0000 4026 118"
    assert words.without_stop("约定。") == "约定"
    assert words.with_stop("约定") == "约定。"
    assert words.or_dash("") == "—"
