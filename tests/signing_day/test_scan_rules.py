"""Which page a scan shows and what pages make up together, without a database."""

import pytest

from app.documents.reading.aligning import choose, fit, likeness, quarter_turn, scaled
from app.signing_day.rules.scanning import PaperStanding, SetKind, judge

CORNERS = [(100.0, 1000.0), (160.0, 1000.0), (160.0, 1060.0), (100.0, 1060.0)]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_fit_when_a_page_lies_turned_names_the_quarter_and_meets_every_point(turn) -> None:
    turned = {
        0: lambda x, y: (2 * x + 7, 2 * y - 3),
        90: lambda x, y: (-2 * y + 5000, 2 * x),
        180: lambda x, y: (-2 * x + 3000, -2 * y + 4000),
        270: lambda x, y: (2 * y, -2 * x + 3000),
    }[turn]
    affine = fit(CORNERS, [turned(x, y) for x, y in CORNERS])
    a, b, c, d, e, f = affine
    assert quarter_turn(affine) == turn
    assert (a * 400 + b * 70 + c, d * 400 + e * 70 + f) == pytest.approx(turned(400, 70))
    small = scaled(affine, source=8, target=4)
    u, v = turned(8 * 10 + 4, 8 * 20 + 4)
    assert (
        small[0] * 10 + small[1] * 20 + small[2],
        small[3] * 10 + small[4] * 20 + small[5],
    ) == pytest.approx((u / 4 - 0.5, v / 4 - 0.5))


def test_fit_when_all_points_lie_on_one_spot_is_refused() -> None:
    with pytest.raises(ValueError, match="one spot"):
        fit([(1, 1)] * 4, CORNERS)


def test_likeness_knows_the_same_picture_in_other_contrast_and_tells_strangers_apart() -> None:
    picture = [0, 50, 200, 90, 10, 255]
    assert likeness(picture, [level // 2 + 60 for level in picture]) == pytest.approx(1, abs=0.01)
    assert likeness(picture, [255 - level for level in picture]) == pytest.approx(-1)
    assert likeness(picture, [7] * 6) == 0


@pytest.mark.parametrize(
    ("scores", "page"),
    [([0.31, 0.86, 0.46], 2), ([0.29, 0.1], None), ([0.8, 0.66], None), ([0.8, 0.64], 1), ([], None), ([0.9], 1)],
)
def test_choose_takes_only_a_page_that_is_clearly_most_alike(scores, page) -> None:
    assert choose(scores) == page


@pytest.mark.parametrize(
    ("numbers", "kind", "words"),
    [
        ([1, 2, 3], SetKind.COMPLETE, "3 页都在。"),
        ([1, 3], SetKind.INCOMPLETE, "缺第 2 页，请补扫。"),
        ([2], SetKind.INCOMPLETE, "缺第 1、3 页，请补扫。"),
        ([1, 2, 2, 3], SetKind.INCOMPLETE, "第 2 页有 2 张，请留一张。"),
        ([1, 1, 3], SetKind.INCOMPLETE, "缺第 2 页，请补扫；第 1 页有 2 张，请留一张。"),
    ],
)
def test_judge_pages_names_what_is_missing_and_what_is_there_twice(numbers, kind, words) -> None:
    verdict = judge(PaperStanding(pages=3), numbers)
    assert (verdict.kind, verdict.words) == (kind, words)


@pytest.mark.parametrize(
    ("values", "kind", "part"),
    [
        ({"is_of_roster": False, "is_agreement": False}, SetKind.FOREIGN, "不是这份名册的"),
        ({"is_agreement": False, "title": "调解笔录"}, SetKind.OTHER_KIND, "这是调解笔录"),
        ({"is_void": True, "replaced_by": "第1-004号"}, SetKind.VOID, "请签新的：第1-004号"),
        ({"is_void": True}, SetKind.VOID, "已作废"),
        ({"awaits_signature": False}, SetKind.SIGNED, "都登记过了"),
    ],
)
def test_judge_paper_when_it_cannot_take_a_signature_says_so_before_it_counts_pages(values, kind, part) -> None:
    verdict = judge(PaperStanding(pages=3, **values), [1, 2, 3])
    assert verdict.kind is kind
    assert part in verdict.words
