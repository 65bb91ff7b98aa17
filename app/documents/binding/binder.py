"""From parts to one bound file: pages copied from file to file, never decoded, every page numbered.

The same parts and facts give the same bytes. Memory stays small however large the scans are: streams are copied when
the file is saved.
"""

import hashlib
from collections.abc import Generator
from contextlib import ExitStack
from dataclasses import dataclass
from os import SEEK_END
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from app.documents.binding.archival import has_all_fonts, keep_files, mark_archival
from app.documents.binding.carrier import Carrier, Picture, open_carrier
from app.documents.binding.frame import NOTES_HEADING, TITLE, Frame, FrameFacts, Line, lay_out
from app.documents.binding.parts import PDF, PageRange, Part, Piece
from app.documents.binding.stamping import StampFont, find_font, stamp
from app.documents.storage import digest_of_file
from app.errors import FileMissing

A4 = (595.28, 841.89)
EDGE, HEAD = 36.0, 54.0
_FIXED_IDENTITY = b"31415926535897932384626433832795"
_TAIL_BYTES = 400
LARGEST_POINT = 0.75  # so many points a pixel at most: a small picture is not blown up beyond 96 dots an inch


@dataclass(frozen=True)
class Bound:
    """The bound file: numbered pages, the pages of each part, whether it carries the mark of PDF/A-3, its digest."""

    pages: int
    ranges: tuple[PageRange, ...]
    is_archival: bool
    sha256: str
    size: int
    digest: "hashlib._Hash"

    def digest_with_seal(self, path: Path) -> str:
        """The SHA-256 after a seal was appended, without reading the whole file once more."""
        digest = self.digest.copy()
        with path.open("rb") as file:
            file.seek(self.size)
            digest.update(file.read())
        return digest.hexdigest()


@dataclass(frozen=True)
class _Loose:
    """A piece before it is bound: an opened file, or a picture in the carrier."""

    piece: Piece
    pdf: pikepdf.Pdf | None
    picture: Picture | None
    kept_at: int | None

    @property
    def pages(self) -> int:
        return len(self.pdf.pages) if self.pdf is not None else 1


def bind(facts: FrameFacts, parts: tuple[Part, ...], target: Path) -> Generator[int, None, Bound]:
    """Write the bound file to `target`; yields how many pages are numbered so far.

    Refuses a file that is missing or is not what was recorded (FileMissing).
    """
    with ExitStack() as held:
        loose, base, streams = _gather(parts, target, held)
        ranges = _ranges_of(loose)
        frame, total = _frame(facts, parts, ranges)
        held.callback(frame.pdf.close)
        binder = _Binder(base, frame, streams)
        for pieces, pages in zip(loose, ranges, strict=True):
            binder.add_part(pieces, pages)
            yield pages.last
        binder.finish()
        binder.name_parts(parts, ranges, total)
        is_archival = all(_is_archival(each) for pieces in loose for each in pieces)
        mark_archival(binder.pdf, title=TITLE, claims_archival=is_archival)
        binder.pdf.save(
            target,
            static_id=True,
            # Scans and signed files are packed already; to pack them again took most of the binding.
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            force_version="1.7",
        )
    _give_identity(target, facts, parts)
    with target.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    return Bound(total, tuple(ranges), is_archival, digest.hexdigest(), target.stat().st_size, digest)


def _give_identity(target: Path, facts: FrameFacts, parts: tuple[Part, ...]) -> None:
    """Put the digest of what was bound in the place of the fixed identity that the library leaves.

    Its own way to one goes through the whole file once more, which takes as long as binding it.
    """
    sources = [(part.heading, part.remark, [piece.sha256 for piece in part.pieces]) for part in parts]
    identity = hashlib.sha256(repr((facts, sources)).encode()).hexdigest()[: len(_FIXED_IDENTITY)].encode()
    with target.open("r+b") as file:
        file.seek(-_TAIL_BYTES, SEEK_END)
        start, tail = file.tell(), file.read()
        place = tail.rindex(b"/ID")
        file.seek(start + place)
        file.write(tail[place:].replace(_FIXED_IDENTITY, identity))


class _Binder:
    """The file that grows: frame pages as they are, parts numbered."""

    def __init__(self, base: pikepdf.Pdf, frame: Frame, streams: list[pikepdf.Object]) -> None:
        self.pdf = base
        self._frame, self._streams = frame, streams
        self._opening = self.pdf.make_stream(b"q\n")
        self._kept: list[tuple[str, str, pikepdf.Object]] = []
        self._numbered = 0
        self._starts: dict[int, int] = {}
        self._add_frame("cover")
        self._add_frame("contents")
        specimen = frame.pdf.pages[frame.pages["specimen"][0]]
        found = find_font(specimen)
        self._font = StampFont(self.pdf.copy_foreign(found.font), found.codes, found.widths)

    def add_part(self, pieces: list[_Loose], pages: PageRange) -> None:
        """Append one part's files; its signed files are kept inside as they are."""
        self._starts[pages.first] = len(self.pdf.pages)
        for each in pieces:
            first = self._numbered + 1
            if each.pdf is not None:
                self._add_pages(each.pdf)
            elif each.picture is not None:
                self._add_picture(each.picture)
            if each.kept_at is not None and each.piece.kept is not None:
                name = f"{first:04}-{each.piece.kept.name}"
                self._kept.append((name, f"第 {first} 页起的签署原件", self._streams[each.kept_at]))

    def finish(self) -> None:
        """Append the notes, numbered like the parts, and the back cover; name the files kept inside."""
        self._starts[self._numbered + 1] = len(self.pdf.pages)
        for place in self._frame.pages["notes"]:
            self._append(self._frame.pdf.pages[place])
        self._add_frame("back")
        keep_files(self.pdf, self._kept)

    def name_parts(self, parts: tuple[Part, ...], ranges: list[PageRange], total: int) -> None:
        """A bookmark for every line of the contents."""
        with self.pdf.open_outline() as outline:
            rows = [(part.heading, pages) for part, pages in zip(parts, ranges, strict=True)]
            first_of_notes = ranges[-1].last + 1 if ranges else 1
            for heading, pages in (*rows, (NOTES_HEADING, PageRange(first_of_notes, total))):
                place = self._starts[pages.first]
                outline.root.append(pikepdf.OutlineItem(f"{heading}　{pages.words}", place, "Fit"))

    def _add_frame(self, section: str) -> None:
        for place in self._frame.pages[section]:
            self.pdf.pages.append(self._frame.pdf.pages[place])
            _strip(self.pdf.pages[-1])

    def _add_pages(self, source: pikepdf.Pdf) -> None:
        for page in source.pages:
            self._append(page)

    def _add_picture(self, picture: Picture) -> None:
        wide, high = A4 if picture.height >= picture.width else A4[::-1]
        room_wide, room_high = wide - 2 * EDGE, high - EDGE - HEAD
        scale = min(room_wide / picture.width, room_high / picture.height, LARGEST_POINT)
        x, y = (wide - picture.width * scale) / 2, EDGE + (room_high - picture.height * scale) / 2
        drawing = b"q %.3f 0 0 %.3f %.3f %.3f cm /Scan Do Q" % (picture.width * scale, picture.height * scale, x, y)
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, wide, high]),
            Resources=Dictionary(XObject=Dictionary(Scan=self._streams[picture.place])),
            Contents=self.pdf.make_stream(drawing),
        )
        self._append(pikepdf.Page(self.pdf.make_indirect(page)))

    def _append(self, page: pikepdf.Page) -> None:
        self.pdf.pages.append(page)
        self._numbered += 1
        bound = self.pdf.pages[-1]
        _strip(bound)
        stamp(bound, self._numbered, self._font, self._opening)


def _gather(
    parts: tuple[Part, ...], target: Path, held: ExitStack
) -> tuple[list[list[_Loose]], pikepdf.Pdf, list[pikepdf.Object]]:
    """Every file checked and opened; the file to build on, with pictures and signed files, beside the target."""
    beside = target.with_name(f"{target.name}.carrier.part")
    held.callback(beside.unlink, missing_ok=True)
    with beside.open("xb") as file:
        beside.chmod(0o600)
        writer = Carrier(file)
        loose = [[_loosen(piece, writer, held) for piece in part.pieces] for part in parts]
        writer.finish()
    base, streams = open_carrier(beside)
    held.callback(base.close)
    return loose, base, streams


def _loosen(piece: Piece, writer: Carrier, held: ExitStack) -> _Loose:
    if digest_of_file(piece.path.parent, piece.path.name) != piece.sha256:
        raise FileMissing("卷里有一份文件和登记的摘要不一致，不能成卷。请通知管理员核查。", rule="B248")
    if piece.kind != PDF:
        return _Loose(piece, None, writer.add_picture(piece.path, piece.kind), None)
    pdf = held.enter_context(pikepdf.open(piece.path, suppress_warnings=True))
    kept_at = writer.add_file(piece.path, f"D:{piece.kept.made_on:%Y%m%d}".encode()) if piece.kept else None
    return _Loose(piece, pdf, None, kept_at)


def _ranges_of(loose: list[list[_Loose]]) -> list[PageRange]:
    ranges, done = [], 0
    for pieces in loose:
        count = sum(each.pages for each in pieces)
        ranges.append(PageRange(done + 1, done + count))
        done += count
    return ranges


def _frame(facts: FrameFacts, parts: tuple[Part, ...], ranges: list[PageRange]) -> tuple[Frame, int]:
    """The frame with its contents; laid out again only when the notes take more than the one page they usually do."""
    done = ranges[-1].last if ranges else 0
    lines = [Line(part.heading, pages.words, part.remark) for part, pages in zip(parts, ranges, strict=True)]
    length = 1
    while True:
        notes = PageRange(done + 1, done + length)
        frame = lay_out(facts, [*lines, Line(NOTES_HEADING, notes.words)], notes.last)
        if len(frame.pages["notes"]) == length:
            return frame, notes.last
        length = len(frame.pages["notes"])
        frame.pdf.close()


def _is_archival(each: _Loose) -> bool:
    return each.pdf is None or each.piece.is_own or has_all_fonts(each.pdf)


def _strip(page: pikepdf.Page) -> None:
    """A visual copy has no fields, links or acts: the signed file itself is kept beside it."""
    for key in ("/Annots", "/AA", "/StructParents", "/Tabs", "/B", "/Thumb", "/PieceInfo", "/Metadata"):
        if key in page.obj:
            del page.obj[key]
