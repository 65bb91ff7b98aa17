"""Scanned pages in and out: pictures stay as they were packed, and a broken page costs only itself."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from app.documents.reading.child import Look, ReaderLost, reader_process, thumb_of
from app.documents.reading.stacks import bind_uploads, take_pages
from app.errors import Unavailable


def picture(form: str, size: tuple[int, int] = (620, 877)) -> bytes:
    target = BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(target, form)
    return target.getvalue()


def image_of(page: pikepdf.Page) -> pikepdf.Stream:
    return next(iter(page.obj.Resources.XObject.values()))


def test_pages_when_taken_out_of_a_stack_keep_the_bytes_of_their_pictures_and_stand_upright(tmp_path: Path) -> None:
    jpeg, png = picture("JPEG"), picture("PNG", (877, 620))
    bound, pages = bind_uploads([("jpeg", jpeg), ("png", png), ("pdf", bind_uploads([("jpeg", jpeg)])[0])])
    assert pages == 3
    stack = tmp_path / "stack"
    stack.write_bytes(bound)
    taken = take_pages([(stack, 3, 180), (stack, 1, 0), (stack, 2, 270)])

    assert taken == take_pages([(stack, 3, 180), (stack, 1, 0), (stack, 2, 270)])
    with pikepdf.open(BytesIO(taken)) as pdf:
        assert [image_of(pdf.pages[place]).read_raw_bytes() == jpeg for place in (0, 1)] == [True, True]
        with Image.open(BytesIO(png)) as drawn:
            assert image_of(pdf.pages[2]).read_bytes() == drawn.convert("RGB").tobytes()
        assert [int(page.obj.get("/Rotate", 0)) for page in pdf.pages] == [180, 0, 90]
        assert [float(page.mediabox[3]) > float(page.mediabox[2]) for page in pdf.pages] == [True, True, False]


def test_reader_when_a_page_is_broken_or_the_child_dies_goes_on_with_the_next(tmp_path: Path) -> None:
    broken, blank = tmp_path / "broken", tmp_path / "blank"
    broken.write_bytes(b"%PDF-1.7\nnothing")
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(blank)
    with reader_process() as reader:
        with pytest.raises(ReaderLost):
            reader.look(broken, 1)
        with pytest.raises(ReaderLost):
            reader.look(blank, 2)
        reader._process.kill()
        reader._process.wait()
        assert reader.look(blank, 1) == Look(code=None, is_blank=False), "pure white is no scan"
    with pytest.raises(Unavailable, match="画不出来"):
        thumb_of(broken, 1, 0)
