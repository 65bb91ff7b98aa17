"""What one bad input is: who sends what, which answer must come, what it must say and keep."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from werkzeug.test import TestResponse

from tests.bad_inputs.house import House

Answers = TestResponse | Sequence[TestResponse]
Sender = Callable[..., Answers]
NOTHING: frozenset[str] = frozenset()
LOG = frozenset({"audit_event", "audit_head"})


@dataclass(frozen=True, kw_only=True)
class BadInput:
    """One line of the list; `given` prepares what is not part of the bad request itself.

    `setting` is the district with a desk of every kind, or one mediation case in the summer of 2025;
    `may_change` names tables that a refusal may write to; None means that the input is odd but right and is taken.
    """

    number: str
    what: str
    send: Sender
    status: int | tuple[int, ...] = 422
    setting: str = "district"
    by: str = ""
    given: Callable[[House], Any] | None = None
    says: str = ""
    keeps: str = ""
    hides: str = ""
    may_change: frozenset[str] | None = NOTHING
    then: Callable[[House], None] | None = None

    @property
    def id(self) -> str:
        """How the test is called."""
        return f"{self.number} {self.what}"

    @property
    def statuses(self) -> tuple[int, ...]:
        """Every status that is right."""
        return (self.status,) if isinstance(self.status, int) else self.status


@dataclass
class Listing:
    """The bad inputs of one topic, in order."""

    inputs: list[BadInput] = field(default_factory=list)

    def sends(self, number: str, what: str, **values: Any) -> Callable[[Sender], Sender]:
        """Decorator: the function below sends the bad input."""

        def keep(send: Sender) -> Sender:
            self.inputs.append(BadInput(number=number, what=what, send=send, **values))
            return send

        return keep
