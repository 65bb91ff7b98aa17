"""The house of two neighbours, on a day on which the agreement is signed."""

from collections.abc import Callable

import pytest
from flask_sqlalchemy import SQLAlchemy

from tests.portal.helpers import House, make_house


@pytest.fixture
def house(db: SQLAlchemy, fake_now: Callable[[str], None]) -> House:
    fake_now("2025-07-01T10:00+08:00")
    return make_house()
