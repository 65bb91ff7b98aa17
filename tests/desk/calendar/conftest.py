"""The calendar of the district of the scenarios: two cases in mediation, one meeting booked, ten o'clock on 10 June."""

from collections.abc import Callable

import pytest

from app.mediation.models import MediationCase, MediationMeeting
from tests.mediation.conftest import Dispute, District, accept, book, case, district, make_dispute  # noqa: F401


@pytest.fixture
def second_case(
    make_dispute: Callable[..., Dispute],  # noqa: F811
    accept: Callable[..., MediationCase],  # noqa: F811
    district: District,  # noqa: F811
) -> MediationCase:
    """Another case of the same parties, with 方素珍 as mediator."""
    return accept(make_dispute(), mediators=[district.fang])


@pytest.fixture
def meeting(case: MediationCase, book: Callable[..., MediationMeeting]) -> MediationMeeting:  # noqa: F811
    """The first meeting of the first case: 11 June at nine, first room."""
    return book(case)


@pytest.fixture
def on_june_10(fake_now: Callable[[str], None]) -> None:
    """Ten o'clock on 10 June 2025."""
    fake_now("2025-06-10T10:00+08:00")
