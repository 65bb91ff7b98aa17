"""Merging finished files: what was sealed electronically can be printed with the others, without a warning."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from app.documents.rendering import merging
from app.documents.rendering.pades import make_demo_certificate, seal_pdf

SEALED_AT = datetime(2025, 7, 1, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize("open_files", [1, 100])
def test_merge_when_files_are_closed_by_a_seal_keeps_pages_and_drops_the_seals_field(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_files: int
) -> None:
    monkeypatch.setattr(merging, "OPEN_FILES", open_files)
    widths = [300, 400, 500]
    files = [make_file(tmp_path / f"{width}.pdf", width, is_sealed=width != widths[1]) for width in widths]
    target = BytesIO()

    pages = merging.merge(files, target)

    with pikepdf.open(target) as merged:
        assert [int(page.mediabox[2]) for page in merged.pages] == widths
        assert pages == len(widths)
        assert "/AcroForm" not in merged.Root
        assert not any("/Annots" in page for page in merged.pages)


def make_file(path: Path, width: int, *, is_sealed: bool) -> Path:
    """One page of that width, closed by an electronic seal or plain."""
    plain = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(width, 800))
        pdf.save(plain, deterministic_id=True)
    content = plain.getvalue()
    if is_sealed:
        key, certificate = make_demo_certificate("滨澜区矛调中心人民调解委员会")
        content = seal_pdf(content, certificate=certificate, key=key, reason="文书签署完毕", signed_at=SEALED_AT)
    path.write_bytes(content)
    return path
