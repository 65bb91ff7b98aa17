"""The picture of the way and the answers of the check page, as plain values."""

from dataclasses import replace
from datetime import date

import pytest

from app.portal.rules.journey import AgreementStage, Journey, Meeting, Way, plan_journey
from app.portal.rules.verdicts import PaperState, not_found, verdict_of

TODAY = date(2025, 7, 1)
START = Way(received_on=date(2025, 6, 3), routed_by=date(2025, 6, 18))
ASKED = replace(START, is_asked=True)
CONSENTED = replace(ASKED, consented_on=date(2025, 6, 5), committee_answer_by=date(2025, 6, 10))
MEDIATING = replace(CONSENTED, mediation_from=date(2025, 6, 9), mediation_until=date(2025, 7, 9))
AGREED = replace(MEDIATING, agreed_on=date(2025, 6, 30), total_fen=4_200_000, payments=2)


def shown(journey: Journey) -> str:
    marks = {"done": "✓", "now": "→", "todo": "·"}
    return " ".join(f"{marks[step.state]}{step.label}" for step in journey.steps)


@pytest.mark.parametrize(
    ("way", "kicker", "title", "lines"),
    [
        (START, "现在到了第 2 步", "正在看这件事该由谁办", ("6月18日前定下来",)),
        (replace(START, is_routed=True), "现在到了第 3 步", "已经转到该办的单位", ("收到后会书面告诉您",)),
        (
            replace(START, is_routed=True, accepted_on=date(2025, 6, 20), answer_by=date(2025, 8, 19)),
            "现在到了第 4 步",
            "单位正在办",
            ("8月19日前答复您",),
        ),
        (
            replace(START, is_routed=True, closed_on=date(2025, 6, 30)),
            "都办完了",
            "这件事办完了",
            ("6月30日办结",),
        ),
        (ASKED, "现在到了第 2 步", "请说一说愿不愿意调解", ("愿意、不愿意都可以，不愿意照样办",)),
        (CONSENTED, "现在到了第 3 步", "等调解委员会答复", ("6月10日前答复您",)),
        (MEDIATING, "现在到了第 4 步", "正在约调解的时间", ("约好会发短信告诉您", "调解最迟到 7月9日")),
        (
            replace(MEDIATING, meeting=Meeting("7月2日上午9点", "第一调解室")),
            "现在到了第 4 步",
            "请您来调解",
            ("7月2日上午9点", "第一调解室，带身份证", "调解最迟到 7月9日"),
        ),
        (AGREED, "现在到了第 5 步", "谈好了，正在写协议", ("写好会请您先看",)),
        (
            replace(AGREED, stage=AgreementStage.TO_SIGN),
            "现在到了第 5 步",
            "请您看协议、签名",
            ("签不签由您定，可以先回家商量",),
        ),
        (
            replace(AGREED, stage=AgreementStage.DECLINED),
            "现在到了第 5 步",
            "您说了不签",
            ("改主意了，随时可以再签；想再谈，请打下面的电话",),
        ),
        (
            replace(AGREED, stage=AgreementStage.WAITING_FOR_OTHERS),
            "现在到了第 6 步",
            "您签好了，等其他人签",
            ("协议还没有生效",),
        ),
        (
            replace(AGREED, stage=AgreementStage.TO_SEAL),
            "现在到了第 6 步",
            "都签好了，等委员会盖章",
            ("盖章后生效，会发短信告诉您",),
        ),
        (
            replace(AGREED, stage=AgreementStage.EFFECTIVE, effective_on=TODAY),
            "都办完了",
            "协议生效了",
            ("从 7月1日起生效",),
        ),
    ],
)
def test_box_says_where_one_is_and_what_to_do(way: Way, kicker: str, title: str, lines: tuple[str, ...]) -> None:
    journey = plan_journey(way, today=TODAY)
    assert (journey.kicker, journey.title, journey.lines) == (kicker, title, lines)


def test_way_by_mediation_has_six_steps() -> None:
    journey = plan_journey(replace(AGREED, stage=AgreementStage.TO_SIGN), today=TODAY)
    assert shown(journey) == (
        "✓登记 ✓您同意调解 ✓调解委员会受理 ✓谈好了：共 42,000 元 →看协议、签名 ·委员会盖章，协议生效"
    )
    assert journey.steps[3].note == "6月30日 分 2 次付"


@pytest.mark.parametrize(("field", "label"), [("has_refused", "没有走调解"), ("has_failed", "调解没有谈成")])
def test_r_link_08_without_mediation_the_matter_goes_on(field: str, label: str) -> None:
    journey = plan_journey(replace(CONSENTED, **{field: True}), today=TODAY)
    assert shown(journey) == f"✓登记 ✓{label} →转到该办的单位 ·单位受理 ·答复您"


@pytest.mark.parametrize(
    ("state", "kind", "title"),
    [
        (PaperState(True), "ok", "是真的，已生效"),
        (PaperState(False), "warn", "是真的，还没生效（等盖章）"),
        (PaperState(True, date(2025, 7, 2), "第12-207-1号"), "warn", "是真的，但已被 第12-207-1号 代替"),
        (PaperState(False, date(2025, 7, 2)), "warn", "是真的，但已作废"),
    ],
)
def test_answers_are_those_of_the_brief(state: PaperState, kind: str, title: str) -> None:
    verdict = verdict_of(state)
    assert (verdict.kind, verdict.title) == (kind, title)


def test_unknown_paper_gets_the_fourth_answer() -> None:
    assert not_found("0990-555-0123").title == "查不到，或内容被改过，请不要相信，打 0990-555-0123"
    assert not_found("").title == "查不到，或内容被改过，请不要相信"
