"""The child's part of a batch: each paper drawn into a known layout where that is possible, else rendered whole."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from app.documents.rendering.batch.fonts import Fonts
from app.documents.rendering.batch.frame import Values, take_apart
from app.documents.rendering.batch.structures import Drawn, Structure
from app.documents.rendering.complaints import listen

MOST_STRUCTURES = 8
Answer = tuple[dict[str, Any], bytes]


class Printer:
    """Prints batches; keeps the structures it used last."""

    def __init__(
        self, parse: Callable[[str], Any], print_whole: Callable[[str], Answer], begin_paper: Callable[[], None]
    ) -> None:
        self._parse = parse
        self._print_whole = print_whole
        self._begin_paper = begin_paper
        self._fonts = Fonts()
        self._structures: dict[str, Structure] = {}

    def print_all(self, papers: Sequence[str]) -> Iterator[Answer]:
        """One answer for each paper, in order. All are drawn first, so that the fonts are cut once."""
        drawn = [self._draw(html) for html in papers]
        self._fonts.learn(each.used for each in drawn if each)
        for html, each in zip(papers, drawn, strict=True):
            self._begin_paper()
            yield (_head(each), each.write(self._fonts)) if each else self._print_whole(html)

    def _draw(self, html: str) -> Drawn | None:
        self._begin_paper()
        frame, values = take_apart(html)
        complaints = listen()
        try:
            drawn = self._structure(frame, html, values).draw(values)
            self._fonts.open(drawn.used)
        except Exception:
            # Whatever is unusual about a paper: the whole print can do it, or says what is wrong.
            return None
        if complaints:
            self._structures.pop(frame)
            return None
        return drawn

    def _structure(self, frame: str, html: str, values: Values) -> Structure:
        known = self._structures.pop(frame, None)
        self._structures[frame] = known or Structure(html, values, self._parse, self._fonts)
        if len(self._structures) > MOST_STRUCTURES:
            del self._structures[next(iter(self._structures))]
        return self._structures[frame]


def _head(drawn: Drawn) -> dict[str, Any]:
    return {"pages": drawn.pages, "way": "laid out" if drawn.is_new_layout else "drawn"}
