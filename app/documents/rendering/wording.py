"""What `wording` is in a template: the passages an office may word itself, printed or marked for the editor."""

import re
from collections.abc import Mapping

from markupsafe import Markup

from app.documents.papers.passages import get_passage
from app.documents.rendering import words

BLANK = re.compile(r"\{([^{}\n]*)\}")
# Private characters, which no text of a paper may hold.
MARK = re.compile("\ue000([a-z_]+)\ue001")


class PrintedWording:
    """The passages of one paper: the own text where there is one, else the usual one, its blanks filled."""

    def __init__(self, type_name: str, texts: Mapping[str, str]) -> None:
        self._type_name = type_name
        self._texts = texts

    def __call__(self, name: str, **blanks: str) -> str:
        """The passage as plain text; the template escapes it."""
        passage = get_passage(self._type_name, name)
        return BLANK.sub(lambda blank: blanks[blank[1]], self._texts.get(name, passage.default))

    def paragraphs(self, name: str, **blanks: str) -> Markup:
        """The passage as paragraphs, one a line; nothing for an empty one."""
        lines = words.paragraphs(self(name, **blanks))
        return Markup("\n").join(Markup("<p>{}</p>").format(words.in_print(line)) for line in lines)


class MarkedWording:
    """In the place of each passage a mark with its name (`MARK`), whatever its text."""

    def __call__(self, name: str, **blanks: str) -> str:
        """The mark."""
        return f"\ue000{name}\ue001"

    def paragraphs(self, name: str, **blanks: str) -> Markup:
        """A paragraph with the mark."""
        return Markup("<p>{}</p>").format(self(name))
