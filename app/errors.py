"""What can go wrong in the domain, and which HTTP status each refusal carries.

Messages are Chinese, plain, and say what to do; the rule id stays on the error for tests and logs.
"""

from collections.abc import Callable, Sequence
from functools import cached_property


class DomainError(Exception):
    """A refusal with a message for people, the article it rests on and the rule id."""

    status = 400

    def __init__(self, message: str, *, article: str = "", rule: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.article = article
        self.rule = rule


class RuleViolation(DomainError):
    """The law or a project rule forbids the act."""

    status = 422


class NotPermitted(DomainError):
    """The person may see the object but may not do this to it."""

    status = 403


class NotFound(DomainError):
    """There is no such object, or the person may not know of it."""

    status = 404


class FileMissing(DomainError):
    """The object is there and may be seen, but its file is missing or not the one that was written."""

    status = 404


class StaleVersion(DomainError):
    """Somebody else changed the object after it was read."""

    status = 409


class Clash(DomainError):
    """Room, time or people are taken: `causes` in neutral words, `alternatives` are the nearest that are free.

    `look` gives the alternatives and a sentence about them; it runs when somebody asks, after the refused act has
    given its turn back, so that nobody waits for the search of another.
    """

    status = 409

    def __init__(
        self,
        message: str,
        *,
        article: str = "",
        rule: str = "",
        causes: tuple[object, ...] = (),
        look: Callable[[], tuple[str, Sequence[object]]] | None = None,
    ) -> None:
        self._look = look
        super().__init__(message, article=article, rule=rule)
        self.causes = causes

    @cached_property
    def _found(self) -> tuple[str, Sequence[object]]:
        return self._look() if self._look else ("", ())

    @property
    def alternatives(self) -> tuple[object, ...]:
        """The nearest places that are free; empty where none were looked for."""
        return tuple(self._found[1])

    @property
    def message(self) -> str:
        """Why, and where else it would go."""
        return self._why + self._found[0]

    @message.setter
    def message(self, why: str) -> None:
        self._why = why

    def __str__(self) -> str:
        return self.message


class TooManyAttempts(DomainError):
    """Tried too often; may be tried again after `retry_after_seconds`."""

    status = 429

    def __init__(self, message: str, *, retry_after_seconds: int, article: str = "", rule: str = "") -> None:
        super().__init__(message, article=article, rule=rule)
        self.retry_after_seconds = retry_after_seconds


class Unavailable(DomainError):
    """Nothing is wrong with the request; the disk is full or the database is away. Try later."""

    status = 503


class FieldErrors(DomainError):
    """A form has fields to correct; `errors` maps field name to its message."""

    status = 422

    def __init__(self, errors: dict[str, str], message: str = "") -> None:
        super().__init__(message or f"有 {len(errors)} 处要改")
        self.errors = errors
