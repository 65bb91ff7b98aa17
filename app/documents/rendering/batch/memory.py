"""Which lines need not be broken again when another layout of the structure is made?"""

from collections.abc import Iterator
from typing import Any


class LineMemory:
    """Lines of the layouts made before: the same texts in a block of the same width break alike."""

    def __init__(self) -> None:
        self._known: dict[Any, tuple[list[Any], float]] = {}

    def lines(self, plain: Iterator[Any], box: Any, top: float, container: Any) -> Iterator[Any]:
        """The lines of a block, from `plain` when they are not known."""
        key = _key_of(box, container)
        if key is None:
            return plain
        return (
            self._repeat(*self._known[key], top, container) if key in self._known else self._note(plain, key, container)
        )

    @staticmethod
    def _repeat(lines: list[Any], left: float, top: float, container: Any) -> Iterator[Any]:
        move = container.content_box_x() - left
        for line, resume_at in lines:
            copy = line.deepcopy()
            copy.translate(move, top - line.position_y)
            top += line.height
            yield copy, resume_at

    def _note(self, plain: Iterator[Any], key: Any, container: Any) -> Iterator[Any]:
        lines, left = [], container.content_box_x()
        for line, resume_at in plain:
            lines.append((line.deepcopy(), resume_at))
            yield line, resume_at
        self._known[key] = lines, left


def _key_of(box: Any, container: Any) -> Any:
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415

    if container.element is None:
        return None
    texts = []
    for each in box.descendants():
        if isinstance(each, boxes.TextBox):
            texts.append(each.text)
        elif type(each) not in (boxes.LineBox, boxes.InlineBox):
            return None
    return container.element, container.element_tag, container.width, tuple(texts)
