"""Binding files into one: same bytes twice, numbers on pages that lie in any way, nothing decoded, nothing foreign."""

from dataclasses import replace
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops

from app.documents.binding import Bound, FrameFacts, Kept, Part, Piece, bind
from app.errors import FileMissing
from tests.documents.reading import squeezed, text_of
from tests.documents.samples import COMMITTEE

DAY = date(2025, 8, 7)
FACTS = FrameFacts(
    committee=COMMITTEE,
    title="冯志远与尤晓琴房屋漏水损害赔偿纠纷",
    number="(2025)滨澜人调字第31号",
    volume="",
    dispute_type="邻里纠纷",
    source="当事人申请",
    mediators="石明轩",
    form="书面",
    begun_on=date(2025, 6, 9),
    ended_on=date(2025, 7, 1),
    compiled_by="何静",
    compiled_on=DAY,
    retention="30年",
    remarks="",
    notes=("授权委托书：无",),
    checked_by="方素珍",
    sealed_on=date(2025, 8, 8),
)


def finished(facts: FrameFacts, parts: tuple[Part, ...], target: Path) -> Bound:
    """Bind to the end."""
    steps = bind(facts, parts, target)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return done.value


def written(folder: Path, name: str, content: bytes, kind: str, **values: object) -> Piece:
    """A file to bind."""
    (folder / name).write_bytes(content)
    return Piece(folder / name, kind, sha256(content).hexdigest(), **values)


def noise(form: str, size: tuple[int, int], mode: str = "RGB") -> bytes:
    """A picture no two neighbouring points of which are alike."""
    target = BytesIO()
    Image.effect_noise(size, 60).convert(mode).save(target, form)
    return target.getvalue()


def turned(rotation: int, **changes: object) -> bytes:
    """A page that lies in another way."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(400, 700))
    document.pages[0].rotate(rotation, relative=False)
    if "box" in changes:
        document.pages[0].mediabox = pikepdf.Array(changes["box"])
    target = BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.fixture
def parts(tmp_path: Path) -> tuple[Part, ...]:
    """Pictures of each kind, pages of each way, a signed file."""
    pictures = (
        written(tmp_path, "a.jpg", noise("JPEG", (300, 500)), "jpeg"),
        written(tmp_path, "b.png", noise("PNG", (500, 300)), "png"),
        written(tmp_path, "c.png", noise("PNG", (64, 64), "L"), "png"),
    )
    ways = tuple(written(tmp_path, f"w{way}.pdf", turned(way), "pdf") for way in (0, 90, 180, 270))
    shifted = written(tmp_path, "s.pdf", turned(0, box=[100, 200, 500, 900]), "pdf")
    kept = written(tmp_path, "k.pdf", turned(0), "pdf", is_own=True, kept=Kept("agreement-CODE.pdf", DAY))
    return (
        Part("当事人身份证明", "复印件", pictures),
        Part("证据材料", "5份", (*ways, shifted)),
        Part("人民调解协议书", "", (kept,)),
    )


def test_two_bindings_give_the_same_bytes(parts: tuple[Part, ...], tmp_path: Path) -> None:
    first, second = (finished(FACTS, parts, tmp_path / name) for name in ("1.pdf", "2.pdf"))
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()
    assert first.sha256 == second.sha256
    other = finished(replace(FACTS, retention="永久"), parts, tmp_path / "3.pdf")
    assert other.sha256 != first.sha256
    with pikepdf.open(tmp_path / "1.pdf") as one, pikepdf.open(tmp_path / "3.pdf") as three:
        assert one.trailer.ID[0] != three.trailer.ID[0]
    assert not list(tmp_path.glob("*.part"))


def test_every_page_is_numbered_where_a_reader_looks(parts: tuple[Part, ...], tmp_path: Path) -> None:
    bound = finished(FACTS, parts, tmp_path / "b.pdf")
    content = (tmp_path / "b.pdf").read_bytes()
    assert [(each.first, each.last) for each in bound.ranges] == [(1, 3), (4, 8), (9, 9)]
    assert bound.pages == 10
    assert squeezed(text_of(content, page=2)) == ""
    contents = squeezed(text_of(content, page=3))
    assert "当事人身份证明1—3复印件" in contents
    assert "人民调解协议书9" in contents
    assert "卷宗情况说明10" in contents
    for number in range(1, bound.pages + 1):
        assert squeezed(text_of(content, page=number + 3)).endswith(f"第{number}页")
    # Above and on the outer edge as it is seen: the same corner whichever way the page lies.
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        turns = [int(page.obj.get("/Rotate", 0)) for page in pdf.pages[6:10]]
    assert turns == [0, 90, 180, 270]


def test_pictures_go_in_as_they_are(parts: tuple[Part, ...], tmp_path: Path) -> None:
    finished(FACTS, parts, tmp_path / "b.pdf")
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        images = [pikepdf.PdfImage(page.Resources.XObject.Scan) for page in pdf.pages[3:6]]
        assert images[0].obj.read_raw_bytes() == (tmp_path / "a.jpg").read_bytes()
        for image, name in zip(images[1:], ("b.png", "c.png"), strict=True):
            with Image.open(tmp_path / name) as original:
                assert ImageChops.difference(image.as_pil_image(), original).getbbox() is None


def test_signed_file_is_kept_inside_unchanged(parts: tuple[Part, ...], tmp_path: Path) -> None:
    bound = finished(FACTS, parts, tmp_path / "b.pdf")
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        kept = pdf.attachments["0009-agreement-CODE.pdf"].get_file()
        assert kept.read_bytes() == (tmp_path / "k.pdf").read_bytes()
        assert pdf.Root.AF[0].AFRelationship == pikepdf.Name.Source
        assert "<pdfaid:part>3</pdfaid:part>" in pdf.Root.Metadata.read_bytes().decode()
        assert pdf.Root.OutputIntents[0].DestOutputProfile.N == 3
        assert not any("/Annots" in page for page in pdf.pages)
    assert bound.is_archival


def test_scan_with_a_font_that_is_not_embedded_takes_the_mark_of_the_archive(tmp_path: Path) -> None:
    document = pikepdf.new()
    document.add_blank_page()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    document.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=document.make_indirect(font)))
    target = BytesIO()
    document.save(target)
    part = Part("证据材料", "", (written(tmp_path, "f.pdf", target.getvalue(), "pdf"),))
    assert not finished(FACTS, (part,), tmp_path / "b.pdf").is_archival
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        assert b"pdfaid" not in pdf.Root.Metadata.read_bytes()


def test_long_notes_take_the_pages_they_need(tmp_path: Path) -> None:
    part = Part("证据材料", "", (written(tmp_path, "a.jpg", noise("JPEG", (30, 50)), "jpeg"),))
    notes = tuple(f"第{count}页左上角有水渍，字迹完整，入卷时即如此，已向当事人说明" for count in range(40))
    bound = finished(replace(FACTS, notes=notes), (part,), tmp_path / "b.pdf")
    assert bound.pages > 2
    assert f"卷宗情况说明2—{bound.pages}" in squeezed(text_of((tmp_path / "b.pdf").read_bytes(), page=3))


@pytest.mark.parametrize("change", ["gone", "changed"])
def test_b248_b249_file_that_is_not_what_was_recorded_is_refused(change: str, tmp_path: Path) -> None:
    piece = written(tmp_path, "a.jpg", noise("JPEG", (30, 50)), "jpeg")
    if change == "gone":
        piece.path.unlink()
    else:
        piece.path.write_bytes(noise("JPEG", (31, 50)))
    with pytest.raises(FileMissing):
        finished(FACTS, (Part("证据材料", "", (piece,)),), tmp_path / "b.pdf")
    assert not (tmp_path / "b.pdf").exists()
    assert not list(tmp_path.glob("*.part"))
