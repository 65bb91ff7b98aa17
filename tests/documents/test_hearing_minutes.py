"""The minutes of a hearing: every turn printed, a place to sign on each page, long records within the limits."""

import re
import subprocess
from dataclasses import replace
from datetime import date, time
from functools import partial
from io import BytesIO

import pikepdf
import pytest

from app.documents.papers.hearing_minutes import (
    HearingMinutesFacts,
    MinutesBreak,
    MinutesEvidence,
    MinutesStage,
)
from app.documents.papers.people import Attendee
from app.documents.rendering.composing import Paper, PaperState, VoidNote
from app.documents.rendering.engine import RenderedPaper, list_texts, render_paper
from app.documents.rendering.marks import Marks, RefusalMark
from app.documents.rendering.workers import pool
from app.errors import RuleViolation
from tests.documents.hearing_samples import (
    EXAMINATION,
    HELD_ON,
    NUMBER,
    REFUSAL,
    long_minutes,
    minutes,
    reconsideration_minutes,
)
from tests.documents.reading import squeezed, text_of
from tests.documents.samples import CHECK_URL, CODE, scribble

NOT_PRINTED = {"key", "kind"}


def press(
    facts: HearingMinutesFacts, state: PaperState = PaperState.ISSUED, marks: Marks | None = None
) -> RenderedPaper:
    """The minutes in that state."""
    paper = Paper(type_name="hearing_minutes", number=NUMBER, facts=facts)
    void = VoidNote(voided_on=date(2025, 6, 12)) if state is PaperState.VOID else None
    return render_paper(paper, state=state, code=CODE, check_url=CHECK_URL, marks=marks, void=void)


def signed_by(*keys: str) -> Marks:
    """Hand signatures under these keys."""
    return Marks(signatures={key: scribble(count, date(2025, 6, 11)) for count, key in enumerate(keys)})


def block_of(rendered: RenderedPaper) -> str:
    """The text between head and foot of all pages (margins 30 and at least 57 mm of 297 mm), without white space."""
    area = ["-x", "0", "-y", "83", "-W", "600", "-H", "597"]
    done = subprocess.run(["pdftotext", "-raw", *area, "-", "-"], input=rendered.pdf, capture_output=True, check=True)
    return squeezed(done.stdout.decode())


def foot_of(rendered: RenderedPaper, page: int) -> str:
    """The text of one page's foot, without white space."""
    area = ["-f", str(page), "-l", str(page), "-x", "0", "-y", "680", "-W", "600", "-H", "162"]
    done = subprocess.run(["pdftotext", "-raw", *area, "-", "-"], input=rendered.pdf, capture_output=True, check=True)
    return squeezed(done.stdout.decode())


@pytest.mark.parametrize("facts", [minutes(), reconsideration_minutes()], ids=["petition", "reconsideration"])
def test_r_hear_25_minutes_when_issued_print_every_fact_once_on_its_page(facts: HearingMinutesFacts) -> None:
    text = block_of(press(facts)).replace("。", "")

    for place, value in list_texts(facts):
        if place.rsplit("·", 1)[-1] not in NOT_PRINTED:
            for line in value.splitlines():
                assert squeezed(line).replace("。", "") in text, place


def test_r_hear_26_minutes_when_issued_have_a_place_for_each_signer_on_each_page() -> None:
    rendered = press(minutes())

    for page in range(1, rendered.pages + 1):
        foot = foot_of(rendered, page)
        assert foot.startswith("信访人：拒签，见末页信访人代理人：责任单位：主持人：记录员：")
        assert "验证码F3K7-9Q2M-XN4T" in foot
        assert "每页由当事人及其代理人、主持人、记录员签名" in foot


def test_minutes_when_two_sign_in_the_same_capacity_name_both_in_the_foot() -> None:
    facts = minutes()
    second = Attendee(capacity="责任单位", name="古丽娜尔·买买提", key="p4")

    foot = foot_of(press(replace(facts, signers=(*facts.signers, second))), 2)

    assert "秦立业" in foot
    assert "古丽娜尔·买买提" in foot
    assert "郑小满" not in foot


def forms_of(pdf: bytes) -> list[set[str]]:
    """The drawings each page refers to."""
    opened = pikepdf.open(BytesIO(pdf))
    return [
        {str(operands[0]) for operands, name in pikepdf.parse_content_stream(page) if str(name) == "Do"}
        for page in opened.pages
    ]


def test_r_hear_26_minutes_when_signed_draw_each_signature_on_every_page_from_one_drawing() -> None:
    keys = [each.key for each in minutes().foot_signers if each.key != REFUSAL.key]

    issued, signed = press(minutes()), press(minutes(), PaperState.SIGNED, signed_by(*keys))

    more = [len(after) - len(before) for before, after in zip(forms_of(issued.pdf), forms_of(signed.pdf), strict=True)]
    assert more[:-1] == [len(keys)] * (signed.pages - 1)
    assert more[-1] == len(keys) * 2
    # All pages but the last, which has the large signatures too, draw the same forms.
    assert set.intersection(*forms_of(signed.pdf)) == forms_of(signed.pdf)[1]


def places_of(rendered: RenderedPaper) -> list[str]:
    """Where each word stands, page by page, but for the days of signing and the names beside them."""
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=rendered.pdf, capture_output=True, check=True)
    moving = re.compile(f">.*(?:[0-9年月日]|{'|'.join(each.name for each in minutes().end_signers)}).*<")
    return [line for line in done.stdout.decode().splitlines() if not moving.search(line)]


@pytest.mark.parametrize("refusals", [(REFUSAL,), ()], ids=["refused", "all sign"])
def test_minutes_when_signed_stand_exactly_as_they_were_issued(refusals: tuple[object, ...]) -> None:
    facts = replace(minutes(), refusals=refusals)
    keys = [each.key for each in facts.end_signers if each.key not in facts.refused_keys]

    issued, signed = press(facts), press(facts, PaperState.SIGNED, signed_by(*keys))

    assert places_of(signed) == places_of(issued)
    assert press(facts, PaperState.SIGNED, signed_by(*keys)).sha256 == signed.sha256


def test_inv_18_refusal_when_recorded_while_others_sign_is_printed_with_day_and_reason() -> None:
    facts = replace(minutes(), refusals=())
    mark = RefusalMark(refused_on=date(2025, 6, 12), refused_at=time(9, 5), reason="没有写我的补充意见")

    issued, signed = press(facts), press(facts, PaperState.SIGNED, Marks(refusals={"p3": mark}))

    assert "责任单位秦立业于2025年6月12日9时05分表示拒绝签名，理由：“没有写我的补充意见”。" in block_of(signed)
    for page in range(1, signed.pages + 1):
        assert "责任单位：拒签，见末页" in foot_of(signed, page)
    assert "拒签" not in foot_of(issued, 1)


@pytest.mark.parametrize("refusing", [("p1",), ("p1", "p3"), ("p1", "p2", "p3")])
def test_minutes_when_some_refuse_while_others_sign_stand_as_they_were_issued(refusing: tuple[str, ...]) -> None:
    facts = replace(minutes(), refusals=())
    mark = RefusalMark(refused_on=HELD_ON, refused_at=time(12, 5), reason="记录不全，我说的过渡费月数没有写进去")
    marks = Marks(
        signatures={each.key: scribble(1, HELD_ON) for each in facts.end_signers if each.key not in refusing},
        refusals=dict.fromkeys(refusing, mark),
    )

    issued, signed = press(facts), press(facts, PaperState.SIGNED, marks)

    assert signed.pages == issued.pages
    assert set(places_of(issued)) <= set(places_of(signed))


def test_minutes_when_signatures_are_many_bring_words_to_the_last_page() -> None:
    facts = minutes()
    many = tuple(Attendee(capacity="信访人代表", name=f"代表{count}", key=f"d{count}") for count in range(5))
    crowded = replace(facts, signers=(*many, *facts.signers))

    rendered = press(crowded)

    assert "现在听证结束" in squeezed(text_of(rendered.pdf, page=rendered.pages))


def test_r_hear_20_stage_when_skipped_prints_the_reason() -> None:
    assert "七、听证员发表意见（本阶段省略，理由：听证员均表示待评议后书面发表意见，双方无异议）" in block_of(
        press(minutes())
    )


def test_minutes_when_a_hearing_goes_on_another_day_print_both_days() -> None:
    facts = replace(
        minutes(),
        ended_on=date(2025, 6, 12),
        ended_at=time(9, 30),
        stages=(
            MinutesStage(title="恢复听证", turns=(MinutesBreak(kind="resume", at=time(9), on=date(2025, 6, 12)),)),
        ),
    )

    text = block_of(press(facts))

    assert "2025年6月11日9时02分至2025年6月12日9时30分" in text
    assert "（2025年6月12日9时00分恢复听证）" in text


@pytest.mark.parametrize("state", list(PaperState))
def test_minutes_when_in_any_state_are_printed(state: PaperState) -> None:
    rendered = press(minutes(), state, signed_by("p2", "chair"))

    assert rendered.pages == press(minutes()).pages
    assert ("草稿　未编号".replace("　", "") in foot_of(rendered, 2)) is (state is PaperState.DRAFT)


def test_minutes_of_sixty_pages_when_signed_by_five_have_an_index_and_stay_within_the_limits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The child still ends itself after 20 seconds of processor time; only a busy machine is given its time.
    monkeypatch.setattr(pool, "press", partial(pool.press, seconds=120))
    facts = long_minutes(320)
    keys = [each.key for each in facts.end_signers]

    signed = press(facts, PaperState.SIGNED, signed_by(*keys))

    assert signed.pages >= 60
    text = squeezed(text_of(signed.pdf))
    assert [text.count(f"第{count}次发言：") for count in (1, 2, 160, 319, 320)] == [1, 1, 1, 1, 1]
    start = next(
        page for page in range(1, signed.pages + 1) if "五、辩论10时26分" in squeezed(text_of(signed.pdf, page=page))
        and page > 2
    )  # fmt: skip
    index = squeezed(text_of(signed.pdf, page=1) + text_of(signed.pdf, page=2))
    assert f"五、辩论10时26分{start}" in index
    # A signature that is on every page lies in the file once.
    assert len(signed.pdf) < 800_000


def test_minutes_when_issued_name_the_page_of_each_turn_and_nothing_else() -> None:
    facts = minutes()

    opened = pikepdf.open(BytesIO(press(facts).pdf))

    assert set(opened.Root.Names.keys()) == {"/Dests"}
    turns = {f"t{stage}-{turn}" for stage, each in enumerate(facts.stages, 1) for turn in range(1, len(each.turns) + 1)}
    stages = {f"s{number}" for number in range(1, len(facts.stages) + 1)}
    assert {str(name) for name in pikepdf.NameTree(opened.Root.Names.Dests)} == turns | stages


def test_minutes_when_short_have_no_index() -> None:
    assert not minutes().has_index
    assert long_minutes(400).has_index


def bad(change: str) -> HearingMinutesFacts:
    facts = minutes()
    twice = replace(
        EXAMINATION, turns=(*EXAMINATION.turns, MinutesEvidence(number=1, title="甲", presented_by="信访人"))
    )
    changed: dict[str, dict[str, object]] = {
        "nobody signs": {"signers": ()},
        "no recorder": {"recorders": ()},
        "ends first": {"ended_at": time(8)},
        "silent stage": {"stages": (MinutesStage(title="辩论"),)},
        "exhibit twice": {"stages": (twice,)},
        "unknown break": {"stages": (MinutesStage(title="辩论", turns=(MinutesBreak(kind="lunch", at=time(12)),)),)},
        "key twice": {"signers": (facts.signers[0], facts.signers[0])},
        "no key": {"signers": (replace(facts.signers[0], key=""),)},
        "refusal of nobody": {"refusals": (replace(REFUSAL, key="p9"),)},
        "refusal without reason": {"refusals": (replace(REFUSAL, reason=" "),)},
    }
    return replace(facts, **changed[change])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("nobody signs", "R-HEAR-25"),
        ("no recorder", "R-HEAR-25"),
        ("ends first", "R-HEAR-25"),
        ("silent stage", "R-HEAR-20"),
        ("exhibit twice", "R-HEAR-25"),
        ("unknown break", "R-HEAR-25"),
        ("key twice", "R-HEAR-26"),
        ("no key", "R-HEAR-26"),
        ("refusal of nobody", "INV-18"),
        ("refusal without reason", "INV-18"),
    ],
)
def test_minutes_when_incomplete_are_refused(change: str, rule: str) -> None:
    with pytest.raises(RuleViolation) as refusal:
        bad(change).check()

    assert refusal.value.rule == rule
