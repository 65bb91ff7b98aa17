"""The world that every test of remedies and reconsideration begins in."""

import pytest
from flask_sqlalchemy import SQLAlchemy

from app.web.transaction import transaction
from tests.remedies.helpers import World, build_world


@pytest.fixture
def world(db: SQLAlchemy) -> World:
    """The districts of S02 and S03."""
    with transaction():
        return build_world()
