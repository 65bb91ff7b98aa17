"""What can go wrong in the domain, and which HTTP status each refusal carries.

Messages are Chinese, plain, and say what to do; the rule id stays on the error for tests and logs.
"""

from collections.abc import Sequence


class DomainError(Exception):
    """A refusal with a message for people, the article it rests on and the rule id."""

    status = 400

    def __init__(self, message: str, *, article: str = "", rule: str = "") -> None:
        super().__init__(message)
        self.article = article
        self._message = message
        self._rule = rule

    @property
    def message(self) -> str:
        """What people are told."""
        return self._message

    @property
    def rule(self) -> str:
        """The rule it rests on."""
        return self._rule


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
    """Somebody else has it, or was first."""

    status = 409

    @property
    def causes(self) -> Sequence[object]:
        """What stands in the way; empty where nothing more can be said than the message does."""
        return ()

    @property
    def alternatives(self) -> Sequence[object]:
        """The nearest places that are free; empty where none were looked for."""
        return ()


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
