"""How an agreement is drawn: the dates beside its steps are those of the wall clock in Shanghai."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from app.agreements.routes.presenting import steps_of
from app.agreements.rules import AgreementStatus


@pytest.mark.parametrize(
    ("issued_at", "shown"),
    [
        (datetime(2025, 6, 10, 15, 59, tzinfo=UTC), "6月10日"),
        (datetime(2025, 6, 10, 16, 0, tzinfo=UTC), "6月11日"),
        (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), "1月1日"),
    ],
)
def test_steps_when_issued_after_midnight_in_shanghai_show_the_new_day(issued_at: datetime, shown: str) -> None:
    agreement = SimpleNamespace(status=AgreementStatus.EFFECTIVE, issued_at=issued_at, effective_on=date(2026, 1, 2))
    notes = [step["note"] for step in steps_of(agreement)]
    assert notes == ["", "", shown, "", "1月2日"]
