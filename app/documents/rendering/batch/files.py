"""How a paper's PDF file is put together: objects that all papers of a layout share, and those of this paper."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# The outlines are most of a file; what is left is worth no more effort.
LEVEL = 2
_HEAD = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"


@dataclass(frozen=True)
class OwnObject:
    """An object of one paper: a dictionary, or a stream when there is data (compressed already when it says so)."""

    entries: bytes
    data: bytes | None = None


def stream(content: bytes, entries: bytes = b"") -> OwnObject:
    """A stream object that still has to be compressed."""
    return OwnObject(entries + b"/Filter/FlateDecode", zlib.compress(content, LEVEL))


class FileFrame:
    """The objects of a laid out document that every paper of the layout shares."""

    def __init__(self, pdf: Any, own: set[int]) -> None:
        pdf.info.pop("Producer", None)
        if pdf.info:
            pdf.add_object(pdf.info)
        shared = [each for each in pdf.objects if each.free != "f" and each.number not in own]
        packed = [each for each in shared if each.compressible]
        self._own = own
        self._root = pdf.catalog.reference
        self._info = pdf.info.reference if pdf.info else None
        self._size = len(pdf.objects) + 1
        self._pack_number = len(pdf.objects)
        self._pack = _packed(packed)
        self._place_in_pack = {each.number: place for place, each in enumerate(packed)}
        self._streams = {each.number: each.indirect + b"\n" for each in shared if not each.compressible}

    def write(self, own: Mapping[int, OwnObject], more: Sequence[OwnObject]) -> bytes:
        """The file with the paper's own objects under their numbers and `more` from `next_number` on."""
        objects = {**own, self._pack_number: self._pack, **dict(enumerate(more, self._size))}
        parts, places, at = [_HEAD], dict[int, int](), len(_HEAD)
        for number, text in (
            *self._streams.items(),
            *((number, _written(number, each)) for number, each in objects.items()),
        ):
            places[number] = at
            parts.append(text)
            at += len(text)
        parts.append(self._references(places, at, self._size + len(more)))
        return b"".join(parts)

    @property
    def next_number(self) -> int:
        """The number of the first object that is added to the shared ones."""
        return self._size

    def _references(self, places: Mapping[int, int], at: int, number: int) -> bytes:
        rows = [b"\x00\x00\x00\x00\x00\xff\xff"]
        for each in range(1, number):
            if (place := self._place_in_pack.get(each)) is not None:
                rows.append(b"\x02" + self._pack_number.to_bytes(4, "big") + place.to_bytes(2, "big"))
            else:
                rows.append(b"\x01" + places[each].to_bytes(4, "big") + b"\x00\x00")
        rows.append(b"\x01" + at.to_bytes(4, "big") + b"\x00\x00")
        entries = b"/Type/XRef/W[1 4 2]/Size %d/Root %s" % (number + 1, self._root)
        if self._info:
            entries += b"/Info " + self._info
        return _written(number, stream(b"".join(rows), entries)) + b"startxref\n%d\n%%%%EOF\n" % at


def _packed(objects: Sequence[Any]) -> OwnObject:
    texts = [each.data for each in objects]
    numbers, at = [], 0
    for each, text in zip(objects, texts, strict=True):
        numbers.append(b"%d %d" % (each.number, at))
        at += len(text) + 1
    head = b" ".join(numbers)
    entries = b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head) + 1)
    return stream(b"\n".join((head, *texts)), entries)


def _written(number: int, each: OwnObject) -> bytes:
    if each.data is None:
        return b"%d 0 obj\n<<%s>>\nendobj\n" % (number, each.entries)
    return b"%d 0 obj\n<<%s/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
        number,
        each.entries,
        len(each.data),
        each.data,
    )
