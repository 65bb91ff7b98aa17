"""What an own text must keep to, and that every mark in the templates has its passage."""

import re

import pytest

from app.documents.papers.passages import PASSAGES, get_passage
from app.documents.rendering.places import TEMPLATES
from app.documents.wording.reading import lines_of
from app.documents.wording.rules import Difference, check_text, find_differences, list_changes
from app.documents.wording.samples import SAMPLES

ADVICE = get_passage("acceptance_notice", "advice")
ENQUIRY = get_passage("acceptance_notice", "enquiry")
MEDIATION = get_passage("acceptance_notice", "mediation")
CALL = re.compile(r"wording(?:\.paragraphs)?\(\"(\w+)\"((?:, \w+=[\w.]+)*)\)")
EVERY = [(name, passage) for name, passages in PASSAGES.items() for passage in passages]


@pytest.mark.parametrize(
    "text",
    [
        "一楼大厅有志愿者，3路、11路公交到“矛调中心”站下车。\n请提前15分钟到，电话0990-6000066。",
        "不会写字的，可以请窗口的同志代写；需要手语翻译的，请提前打电话说一声。",
        "您以后有新的情况，随时可以再来信访、起诉，我们不会因此影响办理。",
        "本中心不另收费。",
    ],
)
def test_check_text_when_advice_explains_finds_nothing(text: str) -> None:
    assert check_text(ADVICE, text) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("签了协议，今后不再上访。", "不再上访"),
        ("双方自愿放弃诉权。", "放弃诉权"),
        ("请息诉罢访。", "息诉罢访"),
        ("不来的后果自负。", "后果自负"),
        ("缠访的依法处理。", "依法处理"),
        ("逾期不来视为放弃。", "视为放弃"),
        ("当事人必须到场。", "必须"),
        ("旁听的人不得带手机。", "不得"),
        ("请在十五日内请求复查。", "十五日内"),
        ("请在3个工作日内来。", "3个工作日内"),
        ("复印要收取工本费。", "收取"),
        ("请先缴纳押金。", "缴纳"),
        ("依据《信访工作条例》办理。", "《信访工作条例》"),
        ("请找{联系人}。", "{联系人}"),
        ("请找联系人}。", "花括号要成对"),
        ("地址写\ue123这里。", "U+E123"),
        ("字" * 201, "最多 200 个字，现在 201 个字"),
    ],
)
def test_r_jc_09_check_text_when_own_words_overstep_names_them(text: str, found: str) -> None:
    assert found in check_text(ADVICE, text)


@pytest.mark.parametrize(
    ("passage", "text", "found"),
    [
        (ENQUIRY, "请到大厅查询。", "一定要有“{查询地点}”"),
        (ENQUIRY, "请到{查询地点}查询，\n或者扫码。", "只能写成一行"),
        (ENQUIRY, "请到{查询地点}找{电话}查询。", "这一段可以用：{查询地点}"),
        (MEDIATION, "各方同意的，可以调解。", "一定要有“不收取任何费用”"),
        (MEDIATION, "", "不能空着"),
        (get_passage("hearing_announcement", "discipline"), "请安静旁听。", "不得发言”“录音、录像"),
    ],
)
def test_check_text_when_a_passage_lacks_what_it_must_have_says_so(passage, text: str, found: str) -> None:
    assert found in check_text(passage, text)


def test_check_text_when_a_duty_is_the_passages_own_lets_it_stand() -> None:
    discipline = get_passage("hearing_announcement", "discipline")
    assert (
        check_text(discipline, "旁听人员不得发言、提问、录音、录像、拍照，不得妨碍听证秩序，请把手机调成静音。") == ""
    )


@pytest.mark.parametrize(("type_name", "passage"), EVERY, ids=lambda value: getattr(value, "name", value))
def test_usual_texts_pass_their_own_checks(type_name: str, passage) -> None:
    assert not passage.default or check_text(passage, passage.default) == ""


@pytest.mark.parametrize("type_name", PASSAGES)
def test_marks_in_a_template_are_the_passages_of_the_registry(type_name: str) -> None:
    calls = CALL.findall((TEMPLATES / f"{type_name}.html").read_text())
    marked = {name: set(re.findall(r"(\w+)=", blanks)) for name, blanks in calls}
    assert marked == {passage.name: set(passage.blanks) for passage in PASSAGES[type_name]}


@pytest.mark.parametrize("type_name", PASSAGES)
def test_lines_of_a_paper_show_each_passage_once(type_name: str) -> None:
    for facts in SAMPLES[type_name].values():
        facts.check()
    shown = [name for line in lines_of(type_name) for name in line.passages]
    assert sorted(shown) == sorted(passage.name for passage in PASSAGES[type_name])


def test_papers_without_marks_are_not_in_the_registry() -> None:
    marked = {file.stem for file in TEMPLATES.rglob("*.html") if "wording(" in file.read_text()}
    marked |= {file.stem for file in TEMPLATES.rglob("*.html") if "wording.paragraphs(" in file.read_text()}
    assert marked == set(PASSAGES) == set(SAMPLES)


def test_differences_when_read_in_order_give_both_texts() -> None:
    before, after = "请到大厅查询。", "请到一楼大厅问。"
    found = find_differences(before, after)
    assert "".join(each.text for each in found if each.kind != "new") == before
    assert "".join(each.text for each in found if each.kind != "gone") == after
    assert Difference("new", "一楼") in found
    assert list_changes("acceptance_notice", {}, {"advice": ""}) == []
    assert [each.passage.name for each in list_changes("acceptance_notice", {}, {"advice": "请早来。"})] == ["advice"]
