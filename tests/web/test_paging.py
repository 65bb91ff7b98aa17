"""The cursor of a list: written and read again to the microsecond; anything else is the first page."""

from datetime import UTC, datetime

import pytest

from app.web.paging import cursor_after, read_cursor


@pytest.mark.parametrize("moment", [datetime(2025, 6, 9, 1, 2, 3, 456789, UTC), datetime(2099, 12, 31, tzinfo=UTC)])
def test_cursor_when_read_again_is_the_same_row(moment: datetime) -> None:
    assert read_cursor(cursor_after(moment, 42)) == (moment, 42)


@pytest.mark.parametrize("text", ["", "7", ".7", "7.", "a.7", "7.b", "-7.1", "١.1", "9" * 17 + ".1", "1." + "9" * 19])
def test_cursor_when_no_page_wrote_it_is_the_first_page(text: str) -> None:
    assert read_cursor(text) is None
