"""The rules of agreements as tables: contents, sums, wording, effect, authority, confirmation, states."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from app.agreements.rules import (
    AgreementForm,
    AgreementStatus,
    Authority,
    CheckUp,
    ConfirmationRequest,
    CourtGround,
    Draft,
    DraftObligation,
    DraftParty,
    Level,
    ObligationKind,
    StateConflict,
    check_agreement,
    check_authority,
    check_confirmation,
    check_editable,
    check_may_issue,
    check_reason_to_keep,
    check_transition,
    effective_date,
)
from app.agreements.rules.clauses import find_hushing_up, find_unconfirmable, find_waivers, without_sentence
from app.agreements.rules.effect import (
    check_oral_registration,
    check_register_form_day,
    confirmation_window,
    due_date_after_effect,
)
from app.agreements.rules.states import TRANSITIONS
from app.errors import RuleViolation
from app.law.holiday_notices import seeded_calendar
from app.law.money import amount_in_capitals
from app.law.profile import Profile

TODAY = date(2025, 4, 7)
CALENDAR = seeded_calendar(range(2024, 2027))
PARTIES = (
    DraftParty(key="party-1", label="甲方", name="陶玉芬"),
    DraftParty(key="party-2", label="乙方", name="滨澜东方纺机有限公司", is_person=False),
)


def pay(fen: int | None, due_on: date | None = date(2025, 12, 31), **values: object) -> DraftObligation:
    """One payment from the company to the claimant."""
    base = DraftObligation(
        kind=ObligationKind.PAYMENT, payer_key="party-2", payee_key="party-1", amount_fen=fen, due_on=due_on
    )
    return replace(base, **values)


COMPLETE = Draft(
    parties=PARTIES,
    mediators=("丁国安",),
    facts_and_issues="乙方2018年改制后未按月发放甲方安置费。",
    payment_term="乙方向甲方支付安置费",
    total_fen=4_200_000,
    obligations=(pay(2_520_000, date(2025, 5, 12)), pay(1_680_000)),
    terms=("双方再无其他金钱争议。",),
    performance_manner="现金",
    performance_place="滨澜区",
)


def codes(draft: Draft, *, profile: Profile | None = None) -> dict[str, Level]:
    """What the check-up finds, by code without the row."""
    found = check_agreement(draft, today=TODAY, profile=profile or Profile()).findings
    return {finding.code.partition(":")[0]: finding.level for finding in found}


def test_inv_22_complete_draft_passes_every_check() -> None:
    check_up = check_agreement(COMPLETE, today=TODAY, profile=Profile())

    assert check_up.findings == ()
    assert len(check_up.passed) == 13
    check_may_issue(check_up)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"parties": PARTIES[:1]}, "parties"),
        ({"mediators": ()}, "mediators"),
        ({"copies": 2}, "copies"),
        ({"facts_and_issues": " "}, "facts"),
        ({"terms": (), "obligations": (), "total_fen": None}, "terms"),
        ({"performance_manner": ""}, "manner"),
        ({"performance_place": ""}, "place"),
        ({"obligations": (pay(4_200_000, payer_key=""),)}, "payer"),
        ({"obligations": (pay(4_200_000, payer_key="party-1"),)}, "payer"),
        ({"obligations": (pay(None), pay(4_200_000))}, "amount"),
        ({"obligations": (pay(4_200_000, None),)}, "due"),
        ({"obligations": (pay(4_200_000, date(2025, 4, 6)),)}, "past"),
        ({"obligations": (pay(2_520_000), pay(1_680_000, date(2025, 5, 12)))}, "order"),
        ({"total_fen": 4_200_001}, "sum"),
        ({"total_fen": None}, "total"),
        ({"obligations": ()}, "no_payments"),
        ({"parties": (replace(PARTIES[1], has_signer=False), PARTIES[0])}, "signer"),
        ({"parties": (replace(PARTIES[0], weak_proxy="邓晓春"), PARTIES[1])}, "weak_proxy"),
        ({"terms": ("共计 42,000.00 元（大写：人民币肆万贰仟壹佰元整）。",)}, "capitals"),
        ({"terms": ("甲方今后不再就此事信访、起诉。",)}, "waiver"),
        ({"facts_and_issues": "甲方承诺息诉罢访。"}, "waiver"),
        ({"terms": ("双方私了，不报警。",)}, "unlawful"),
        ({"form": AgreementForm.ORAL}, "oral_later"),
        ({"form": AgreementForm.ORAL, "is_labour": True, "is_performed": True}, "oral_labour"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_inv_22_what_must_be_changed_blocks_the_issue(change: dict[str, object], code: str) -> None:
    draft = replace(COMPLETE, **change)

    assert codes(draft)[code] is Level.MUST
    with pytest.raises(RuleViolation):
        check_may_issue(check_agreement(draft, today=TODAY, profile=Profile()))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"parties": (replace(PARTIES[0], has_address=False), PARTIES[1])}, "address"),
        ({"terms": ("乙方逾期付款的，应承担相应责任。",)}, "vague"),
        ({"terms": ("房屋归甲方所有。",)}, "unconfirmable"),
        ({"terms": ("双方自愿离婚。",)}, "unconfirmable"),
        ({"terms": ("乙方为甲方补缴社保。",), "is_labour": True}, "not_payment"),
        ({"performance_manner": "银行转账"}, "account"),
        ({"obligations": (pay(4_200_000, account_number="6222", account_holder="陶大明"),)}, "holder"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_advice_does_not_block_once_it_is_kept_with_a_reason(change: dict[str, object], code: str) -> None:
    draft = replace(COMPLETE, **change)
    assert codes(draft)[code] is Level.ADVISE
    check_up = check_agreement(draft, today=TODAY, profile=Profile())

    with pytest.raises(RuleViolation, match="建议没有处理"):
        check_may_issue(check_up)
    check_may_issue(CheckUp(check_up.findings, check_up.passed, frozenset(each.key for each in check_up.findings)))


def test_inv_23_oral_later_is_only_advised_where_the_local_rule_allows_it() -> None:
    draft = replace(COMPLETE, form=AgreementForm.ORAL)

    assert codes(draft, profile=Profile(is_oral_for_immediate_performance_only=False))["oral_later"] is Level.ADVISE


def test_b109_sum_off_by_one_fen_is_found_with_the_amount_that_would_be_right() -> None:
    draft = replace(COMPLETE, obligations=(pay(2_519_999, date(2025, 5, 12)), pay(1_680_000)))

    finding = next(each for each in check_agreement(draft, today=TODAY, profile=Profile()).findings)

    assert finding.text == "两期相加 41,999.99 元，比总数少 0.01 元。第一期改成 25,200 元就对了。"
    assert finding.fixes[0].value == "25,200.00"


def test_message_8_of_s01_names_difference_and_fix() -> None:
    draft = replace(COMPLETE, obligations=(pay(2_500_000, date(2025, 5, 12)), pay(1_680_000)))

    finding = next(each for each in check_agreement(draft, today=TODAY, profile=Profile()).findings)

    assert finding.text == "两期相加 41,800 元，比总数少 200 元。第一期改成 25,200 元就对了。"


def test_b108_ten_thousand_instalments_sum_exactly_to_the_fen() -> None:
    amounts = [10 + (place % 7) for place in range(10_000)]
    draft = replace(COMPLETE, total_fen=sum(amounts), obligations=tuple(pay(fen) for fen in amounts))

    assert "sum" not in codes(draft)
    assert amount_in_capitals(sum(amounts)).endswith("分")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲方今后不再就此事信访、起诉。", "不再就此事信访"),
        ("今后不再上访", "不再上访"),
        ("不 再 上 访", "不再上访"),
        ("乙方放弃起诉的权利", "放弃起诉的权利"),
        ("甲方自愿放弃对乙方的一切诉讼请求", "自愿放弃对乙方的一切诉讼"),
        ("双方承诺息诉罢访", "息诉罢访"),
        ("任何一方不得以任何理由向法院起诉", "不得以任何理由向法院起诉"),
        ("甲方保证不去北京上访", "保证不去北京上访"),
        ("不再申请劳动仲裁", "不再申请劳动仲裁"),
        ("不得向有关部门投诉、举报", "不得向有关部门投诉"),
    ],
)
def test_r_jc_09_giving_up_rights_is_found(text: str, found: str) -> None:
    assert [match.words for match in find_waivers(text)] == [found]


@pytest.mark.parametrize(
    "text",
    [
        "一方不履行的，另一方可以向人民法院起诉。",
        "双方再无其他金钱争议。",
        "任何一方不得阻碍对方依法信访。",
        "协商不成的，向人民法院起诉。",
        "本协议不影响双方起诉的权利。",
        "乙方不得因甲方信访而打击报复。",
        "甲方不再向乙方主张其他款项。",
        "乙方不按期付款的，甲方可以申请强制执行。",
        "甲方停止施工，不再使用该通道。",
        "调委会回访，双方配合。",
    ],
)
def test_r_jc_09_ordinary_clauses_are_left_alone(text: str) -> None:
    assert find_waivers(text) == []
    assert find_hushing_up(text) == []


def test_r_jc_05_returning_a_thing_is_no_title() -> None:
    assert find_unconfirmable("乙方把电动车归还甲方。") == []


def test_fix_deletes_only_the_sentence_that_gives_up_a_right() -> None:
    assert without_sentence("乙方付款。甲方今后不再上访。双方握手。", "不再上访") == "乙方付款。双方握手。"


def test_must_be_changed_cannot_be_kept_and_reasons_have_ten_characters() -> None:
    must = check_agreement(replace(COMPLETE, copies=1), today=TODAY, profile=Profile()).musts[0]
    advice = check_agreement(replace(COMPLETE, terms=("尽快办理。",)), today=TODAY, profile=Profile()).open_advice[0]

    with pytest.raises(RuleViolation, match="必须改"):
        check_reason_to_keep(must, "各方都同意这样写，没有意见")
    with pytest.raises(RuleViolation, match="至少 10 个字"):
        check_reason_to_keep(advice, "各方都同意")
    check_reason_to_keep(advice, "各方都同意这样写，没有意见")


@pytest.mark.parametrize(
    ("signed", "sealed", "effective"),
    [
        ((8, 9), 11, 11),
        ((8, 11), 11, 11),
        ((8, 12), 11, 12),
    ],
)
def test_inv_21_effective_on_the_latest_of_all_acts(signed: tuple[int, ...], sealed: int, effective: int) -> None:
    days = [date(2025, 4, day) for day in signed]

    assert effective_date(days, date(2025, 4, sealed)) == date(2025, 4, effective)


@pytest.mark.parametrize(
    ("effective", "due"),
    [
        (date(2025, 4, 11), date(2025, 5, 12)),
        (date(2025, 4, 18), date(2025, 5, 19)),
        (date(2025, 7, 1), date(2025, 7, 31)),
    ],
)
def test_inv_26_window_and_thirty_day_payment_roll_to_a_working_day(effective: date, due: date) -> None:
    assert confirmation_window(effective, CALENDAR, Profile()) == due
    assert due_date_after_effect(effective, 30, CALENDAR) == due


GOOD = Authority(belongs_to_party=True, is_valid=True, is_special=True)


@pytest.mark.parametrize("authority", [None, GOOD, replace(GOOD, is_heir=True, proof="死亡证明、亲属关系证明")])
def test_inv_25_own_signature_or_filed_authority_may_sign(authority: Authority | None) -> None:
    check_authority(authority, signer="邓晓春", party="邓长河")


@pytest.mark.parametrize(
    "authority",
    [
        replace(GOOD, belongs_to_party=False),
        replace(GOOD, is_valid=False),
        replace(GOOD, is_special=False),
        replace(GOOD, is_heir=True),
    ],
    ids=["another-party", "run-out", "general", "heir-without-proof"],
)
def test_inv_25_signature_without_authority_on_file_is_refused(authority: Authority) -> None:
    with pytest.raises(RuleViolation) as refusal:
        check_authority(authority, signer="陶玉芬", party="梁守田")

    assert refusal.value.rule == "INV-25"
    assert refusal.value.article


REQUEST = ConfirmationRequest(
    status=AgreementStatus.EFFECTIVE,
    effective_on=date(2025, 4, 18),
    window_ends_on=date(2025, 5, 19),
    applied_on=date(2025, 5, 9),
    parties=(("party-1", "陶玉芬"), ("party-2", "滨澜东方纺机有限公司")),
    applicants=frozenset({"party-1", "party-2"}),
    texts=("乙方向甲方支付安置费",),
    has_acts=False,
    is_labour=True,
    ground=CourtGround.COMMITTEE_PLACE,
)


def test_inv_26_joint_application_in_time_to_the_committees_court_is_allowed() -> None:
    check_confirmation(REQUEST)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"status": AgreementStatus.SIGNED}, "协议生效以后"),
        ({"applied_on": date(2025, 5, 20)}, "5月19日 已过"),
        ({"applied_on": date(2025, 4, 17)}, "不能早于协议生效日"),
        ({"applicants": frozenset({"party-1"})}, "还差滨澜东方纺机有限公司"),
        ({"ground": CourtGround.PARTY_DOMICILE}, "调解组织所在地"),
        ({"has_acts": True}, "给付金钱"),
        ({"texts": ("今后不再上访。",)}, "不再上访"),
        ({"texts": ("房屋产权归甲方。",), "is_labour": False}, "司法确认范围"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_inv_26_what_the_court_would_not_take_is_refused(change: dict[str, object], words: str) -> None:
    with pytest.raises(RuleViolation, match=words) as refusal:
        check_confirmation(replace(REQUEST, **change))

    assert refusal.value.rule == "INV-26"


def test_inv_23_oral_registration_refuses_labour_another_day_and_no_content() -> None:
    day = date(2025, 11, 13)
    check_oral_registration(is_labour=False, reached_on=day, today=day, content="当场付清 800 元")

    for values, words in (
        ({"is_labour": True}, "劳动争议"),
        ({"reached_on": date(2025, 11, 12)}, "当天登记"),
        ({"content": " "}, "登记表"),
    ):
        with pytest.raises(RuleViolation, match=words) as refusal:
            check_oral_registration(**{"is_labour": False, "reached_on": day, "today": day, "content": "x", **values})
        assert refusal.value.rule == "INV-23"
    with pytest.raises(RuleViolation, match="当天"):
        check_register_form_day(day, date(2025, 11, 14))


ALLOWED = {(before, after) for before, targets in TRANSITIONS.items() for after in targets}


@pytest.mark.parametrize("before", AgreementStatus)
@pytest.mark.parametrize("after", AgreementStatus)
def test_inv_24_every_step_is_allowed_or_refused_as_the_table_says(
    before: AgreementStatus, after: AgreementStatus
) -> None:
    if (before, after) in ALLOWED:
        check_transition(before, after)
        return
    with pytest.raises(StateConflict):
        check_transition(before, after)


def test_inv_24_no_way_leads_back_from_effect_and_signed_text_is_closed() -> None:
    path = [AgreementStatus.DRAFT, AgreementStatus.CHECKED, AgreementStatus.ISSUED, AgreementStatus.SIGNING]
    path += [AgreementStatus.SIGNED, AgreementStatus.EFFECTIVE, AgreementStatus.REPLACED]
    for before, after in pairwise(path):
        check_transition(before, after)
    assert TRANSITIONS[AgreementStatus.EFFECTIVE] == {AgreementStatus.REPLACED}
    for status in path[2:]:
        with pytest.raises(StateConflict):
            check_editable(status)
