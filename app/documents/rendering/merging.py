"""How many finished files become one file to print, with little memory; signed and sealed ones too."""

import tempfile
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import pikepdf

# So many files are open at once; their pages are copied only while the part is saved.
OPEN_FILES = 100


def merge(files: Iterable[Path], target: BinaryIO) -> int:
    """Write the pages of all files one after another; gives their number."""
    rest = iter(files)
    with tempfile.TemporaryDirectory(prefix="merge-") as folder:
        parts: list[Path] = []
        while some := list(islice(rest, OPEN_FILES)):
            parts.append(Path(folder) / f"{len(parts)}.pdf")
            with parts[-1].open("wb") as part:
                _join(some, part)
        return _join(parts, target)


def append_pages(joined: pikepdf.Pdf, source: pikepdf.Pdf) -> None:
    """Append a file's pages as they look, without fields and links; a seal over the bytes holds in no other file.

    The source must stay open until `joined` is saved: its streams are read only then.
    """
    for page in source.pages:
        joined.pages.append(page)
        if "/Annots" in joined.pages[-1]:
            del joined.pages[-1].Annots


def _join(files: Sequence[Path], target: BinaryIO) -> int:
    sources = [pikepdf.open(file) for file in files]
    try:
        with pikepdf.new() as joined:
            for source in sources:
                append_pages(joined, source)
            joined.save(target, deterministic_id=True)
            return len(joined.pages)
    finally:
        for source in sources:
            source.close()
