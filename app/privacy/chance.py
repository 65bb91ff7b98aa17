"""The one source of randomness for ids and codes; demonstration data take it from a seed so that they repeat."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_system = random.SystemRandom()
_source: ContextVar[random.Random | None] = ContextVar("source", default=None)

URL_SAFE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def random_text(length: int, alphabet: str = URL_SAFE) -> str:
    """`length` characters of `alphabet`, from the operating system's generator."""
    source = _source.get() or _system
    return "".join(source.choice(alphabet) for _ in range(length))


@contextmanager
def repeatable(seed: int) -> Iterator[None]:
    """Within this block the ids and codes repeat from run to run; for invented data only."""
    token = _source.set(random.Random(seed))
    try:
        yield
    finally:
        _source.reset(token)
