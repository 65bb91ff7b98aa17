"""What the law tests share: the packaged calendar and the default profile."""

import pytest

from app.law.calendar import Calendar
from app.law.holiday_notices import seeded_calendar
from app.law.profile import Profile


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return seeded_calendar(range(2023, 2029))


@pytest.fixture
def profile() -> Profile:
    return Profile()
