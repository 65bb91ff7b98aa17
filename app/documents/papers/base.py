"""How the facts of a paper become JSON and come back unchanged.

Facts are frozen dataclasses of plain values: text, whole numbers, truth values, dates, times, tuples and other
facts. They are stored (encrypted) with the issued paper, so that the same bytes can be printed again.
"""

import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, time
from types import NoneType, UnionType
from typing import Any, Self, Union, get_args, get_origin, get_type_hints


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What one paper says; a subclass per form."""

    def check(self) -> None:
        """Refuse facts that contradict each other (RuleViolation); nothing to check by default."""

    def heading(self, title: str) -> str:
        """The title as this paper prints it; the form's own by default."""
        return title

    def to_json(self) -> str:
        """The facts as compact JSON text, keys in the order of the fields."""
        return json.dumps(_plain(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The facts that `to_json` wrote; ValueError when the text does not fit the class."""
        facts = _typed(json.loads(text), cls)
        if not isinstance(facts, cls):
            raise ValueError(f"not the facts of {cls.__name__}")
        return facts


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        named = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {"is": type(value).__name__, **named}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, str | int | NoneType):
        return value
    raise TypeError(f"a fact may not be a {type(value).__name__}")


def _typed(value: Any, hint: Any) -> Any:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _one_of(value, get_args(hint))
    if origin is tuple:
        return tuple(_typed(item, get_args(hint)[0]) for item in value)
    if is_dataclass(hint):
        return _dataclass(value, hint)
    if hint in (date, time):
        return hint.fromisoformat(value)
    expected = hint if isinstance(hint, type) else str
    if type(value) is not expected:
        raise ValueError(f"expected {expected.__name__}, found {type(value).__name__}")
    return value


def _one_of(value: Any, choices: tuple[Any, ...]) -> Any:
    if value is None and NoneType in choices:
        return None
    named = value.get("is") if isinstance(value, dict) else None
    for choice in choices:
        if choice is not NoneType and named in (None, choice.__name__):
            return _typed(value, choice)
    raise ValueError(f"no facts are called {named}")


def _dataclass(value: Any, hint: Any) -> Any:
    if not isinstance(value, dict) or value.get("is") != hint.__name__:
        raise ValueError(f"not the facts of {hint.__name__}")
    hints = get_type_hints(hint)
    given = {name: item for name, item in value.items() if name != "is"}
    if unknown := given.keys() - hints.keys():
        raise ValueError(f"{hint.__name__} has no {', '.join(sorted(unknown))}")
    return hint(**{name: _typed(item, hints[name]) for name, item in given.items()})
