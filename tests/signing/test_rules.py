"""What counts as a signature or a scan, as tables (B151–B162)."""

import json
import math
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from app.errors import RuleViolation, StaleVersion
from app.signing.rules import Drawing, RoundState, WrongState, check_scan, check_shown, check_transition, read_strokes
from app.signing.rules.states import TRANSITIONS


def box(strokes: object, *, width: float = 400, height: float = 400, char: str = "冯") -> dict[str, object]:
    """One square of the pad."""
    return {"char": char, "width": width, "height": height, "strokes": strokes}


LINE = [[40, 40], [200, 220], [360, 80]]


def sent(*boxes: object) -> str:
    """What the pad posts."""
    return json.dumps({"boxes": boxes})


def test_boxes_stand_side_by_side_and_come_back_from_the_database() -> None:
    drawing = read_strokes(sent(box([LINE]), box([[[10, 10], [300, 300]]])))

    assert (drawing.width, drawing.height) == (800, 400)
    assert drawing.strokes[1] == ((410, 10), (700, 300))
    assert Drawing.from_json(drawing.to_json()) == drawing


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "{}",
        "[1]",
        sent(),
        sent(box([])),
        sent(box([[]])),
        sent(box([[[200, 200]]])),
        sent(box([[[200, 200], [201, 201]]])),
        sent(box([LINE]), box([])),
        sent(box([[[40, 40], [500, 500]]])),
        sent(box([[[-20, 40], [300, 300]]])),
        sent(box([LINE], width=0)),
        sent(box([LINE], width=100_000)),
        sent(box([[["40", 40], [300, 300]]])),
        sent(box([[[True, 40], [300, 300]]])),
        sent(box([[[40, 40, 1], [300, 300, 1]]])),
        '{"boxes": [{"width": 400, "height": 400, "strokes": [[[NaN, 1], [300, 300]]]}]}',
        '{"boxes": [{"width": 400, "height": 400, "strokes": [[[1e999, 1], [300, 300]]]}]}',
        '{"boxes": [{"width": Infinity, "height": 400, "strokes": [[[1, 1], [300, 300]]]}]}',
        "<svg><script>alert(1)</script></svg>",
        "data:text/html;base64,PHNjcmlwdD4=",
        "[" * 100_000,
        "x" * 500_000,
        sent(*[box([LINE])] * 41),
    ],
    ids=[
        "empty",
        "null",
        "no-boxes",
        "list",
        "none",
        "B161-blank",
        "B161-empty-stroke",
        "B161-dot",
        "B161-two-close-points",
        "one-box-left-blank",
        "outside",
        "left-of-the-box",
        "no-width",
        "huge-box",
        "text-as-number",
        "truth-as-number",
        "three-coordinates",
        "B161-nan",
        "infinite-number",
        "infinite-box",
        "B160-svg",
        "B162-data-url",
        "deep",
        "too-long",
        "41-boxes",
    ],
)
def test_b161_poor_drawing_is_refused_with_message_18(text: str) -> None:
    with pytest.raises(RuleViolation, match="看不出名字"):
        read_strokes(text)


@pytest.mark.parametrize(("strokes", "points"), [(201, 2), (2, 2_501)], ids=["201-strokes", "5002-points"])
def test_b161_drawing_with_too_many_strokes_or_points_is_refused(strokes: int, points: int) -> None:
    stroke = [[round(200 + 150 * math.cos(step), 1), round(200 + 150 * math.sin(step), 1)] for step in range(points)]

    with pytest.raises(RuleViolation, match="笔画太多"):
        read_strokes(sent(box([stroke] * strokes)))


def test_largest_allowed_drawing_is_taken() -> None:
    stroke = [[round(200 + 150 * math.cos(step), 1), round(200 + 150 * math.sin(step), 1)] for step in range(25)]

    assert len(read_strokes(sent(box([stroke] * 200))).strokes) == 200


def test_b210_other_bytes_than_those_shown_are_refused() -> None:
    check_shown("a" * 64, "a" * 64)
    with pytest.raises(StaleVersion):
        check_shown("a" * 64, "b" * 64)


@pytest.mark.parametrize("before", RoundState)
@pytest.mark.parametrize("after", RoundState)
def test_signing_moves_only_as_the_table_says(before: RoundState, after: RoundState) -> None:
    if after in TRANSITIONS[before]:
        check_transition(before, after)
        return
    with pytest.raises(WrongState) as refusal:
        check_transition(before, after)
    assert refusal.value.status == 409


def picture(form: str = "PNG", size: tuple[int, int] = (40, 30), **values: object) -> bytes:
    """A picture file."""
    target = BytesIO()
    Image.new("RGB", size, "white").save(target, form, **values)
    return target.getvalue()


def pdf(change=None, pages: int = 1, size: float = 595) -> bytes:
    """A PDF, changed before it is saved."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(size, size))
    if change:
        change(document)
    target = BytesIO()
    document.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "kind", "pages"),
    [(pdf(pages=3), "pdf", 3), (picture("JPEG"), "jpeg", 1), (picture("PNG"), "png", 1)],
    ids=["pdf", "jpeg", "png"],
)
def test_scan_is_known_by_its_content(content: bytes, kind: str, pages: int) -> None:
    checked = check_scan(content)

    assert (checked.kind, checked.pages) == (kind, pages)


def test_b159_picture_is_drawn_anew_upright_without_metadata() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "<?php secret ?>"

    checked = check_scan(picture("JPEG", (40, 30), exif=exif, comment=b"<html>"))

    assert b"php" not in checked.content
    assert b"<html>" not in checked.content
    with Image.open(BytesIO(checked.content)) as redrawn:
        assert redrawn.size == (30, 40)
        assert not redrawn.getexif()


def javascript(document: pikepdf.Pdf) -> None:
    """A script that runs on opening."""
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    document.Root.OpenAction = document.make_indirect(action)


def attachment(document: pikepdf.Pdf) -> None:
    """A file inside the file."""
    document.attachments["a.txt"] = b"hidden"


def launch(document: pikepdf.Pdf) -> None:
    """A link that starts a program."""
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    document.pages[0].Annots = pikepdf.Array([document.make_indirect(link)])


def page_script(document: pikepdf.Pdf) -> None:
    """A script hidden in an annotation of a page."""
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("x"))
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    document.pages[0].Annots = pikepdf.Array([link])


def form_xfa(document: pikepdf.Pdf) -> None:
    """A form of the active kind."""
    document.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.String("<xfa/>"))


@pytest.mark.parametrize("change", [javascript, attachment, launch, page_script, form_xfa])
def test_b156_pdf_that_could_act_is_refused(change) -> None:
    with pytest.raises(RuleViolation, match="自动运行"):
        check_scan(pdf(change))


def encrypted() -> bytes:
    """A PDF with a password."""
    target = BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(target, encryption=pikepdf.Encryption(owner="a", user="b"))
    return target.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7 nothing more",
        pdf()[:200],
        encrypted(),
        pdf(pages=201),
        pdf(size=9_000),
        b"<html>" + pdf(),
        b"PK\x03\x04 zip",
        b"MZ exe",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a",
        picture("PNG", (4001, 10)),
        picture("PNG")[:60],
        b"\xff\xd8\xff but no picture",
    ],
    ids=[
        "B151-empty",
        "broken-pdf",
        "B157-cut-pdf",
        "B157-encrypted",
        "B157-many-pages",
        "B157-huge-page",
        "B154-polyglot",
        "B154-zip",
        "B153-exe",
        "B153-svg",
        "gif",
        "B158-too-wide",
        "B158-cut-png",
        "no-jpeg",
    ],
)
def test_b15x_what_is_no_scan_is_refused(content: bytes) -> None:
    with pytest.raises(RuleViolation) as refusal:
        check_scan(content)

    assert refusal.value.status == 422


def test_b158_image_bomb_is_refused_before_it_is_decoded() -> None:
    bomb = bytearray(picture("PNG", (10, 10)))
    bomb[16:24] = (20_000).to_bytes(4, "big") * 2

    with pytest.raises(RuleViolation):
        check_scan(bytes(bomb))


def test_b152_file_over_the_limit_is_refused() -> None:
    with pytest.raises(RuleViolation, match="20 MB"):
        check_scan(b"%PDF-" + b"0" * (20 * 1024 * 1024))
