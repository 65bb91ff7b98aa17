"""The Chinese word of every enumeration value; capabilities register theirs, templates ask."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

Word = TypeVar("Word", bound=StrEnum)


class WordTable(Mapping[StrEnum, str]):
    """Words of several enumerations in one table: members of equal value are told apart by their enumeration.

    A plain dict takes `Route.HANDLING` and `MatterStatus.HANDLING` for the same key, because both equal "handling".
    """

    def __init__(self, *pairs: tuple[StrEnum, str]) -> None:
        self._words = {(type(value), value.value): (value, text) for value, text in pairs}

    def __getitem__(self, value: StrEnum) -> str:
        return self._words[type(value), value.value][1]

    def __iter__(self) -> Iterator[StrEnum]:
        return (value for value, _ in self._words.values())

    def __len__(self) -> int:
        return len(self._words)


_labels: dict[tuple[type[StrEnum], str], str] = {}


def register(words: Mapping[Word, str]) -> None:
    """Make the Chinese words of an enumeration known."""
    _labels.update({(type(value), value.value): text for value, text in words.items()})


def label(value: StrEnum | None) -> str:
    """The Chinese word of a value; — for none."""
    return "—" if value is None else _labels[type(value), value.value]
