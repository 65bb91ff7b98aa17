"""The Chinese word of every enumeration value; capabilities register theirs, templates ask."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

Word = TypeVar("Word", bound=StrEnum)
_labels: dict[tuple[type[StrEnum], str], str] = {}


def register(words: Mapping[Word, str]) -> None:
    """Make the Chinese words of an enumeration known."""
    _labels.update({(type(value), value.value): text for value, text in words.items()})


def label(value: StrEnum | None) -> str:
    """The Chinese word of a value; — for none."""
    return "—" if value is None else _labels[type(value), value.value]
