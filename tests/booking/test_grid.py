"""Quarter hours: what a session touches, where runs begin, how days and halves become bits."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.booking.rules.grid import Horizon, cell_at, cells_between, is_on_grid, starts_of_runs, wall_time_of
from app.booking.rules.words import HalfDay

DAY = date(2025, 6, 11)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime.combine(DAY, time(hour, minute))


@pytest.mark.parametrize(
    ("one", "other", "shares"),
    [
        ((at(9), at(10)), (at(10), at(11)), False),
        ((at(9), at(10)), (at(9, 59), at(10, 59)), True),
        ((at(9), at(10)), (at(8), at(9, 1)), True),
        ((at(9), at(10)), (at(8), at(9)), False),
        ((at(9), at(10)), (at(9, 15), at(9, 30)), True),
    ],
)
def test_cells_of_two_sessions_when_near_each_other_share_only_what_overlaps(one, other, shares) -> None:
    assert bool(set(cells_between(*one)) & set(cells_between(*other))) is shares


def test_cell_when_turned_back_begins_at_its_quarter_hour() -> None:
    assert wall_time_of(cell_at(DAY, time(9, 44))) == at(9, 30)


@pytest.mark.parametrize(
    ("minute", "length", "on_grid"), [(0, 60, True), (15, 45, True), (5, 60, False), (0, 50, False)]
)
def test_is_on_grid_when_start_or_length_is_off_the_quarter_hour_says_no(minute, length, on_grid) -> None:
    assert is_on_grid(time(9, minute), length) is on_grid


def test_halves_of_a_day_when_added_make_the_whole_day() -> None:
    horizon = Horizon(DAY, 2)
    morning = horizon.mask_of_half(DAY, HalfDay.MORNING)
    afternoon = horizon.mask_of_half(DAY, HalfDay.AFTERNOON)
    assert morning & afternoon == 0
    assert morning | afternoon == horizon.mask_of_days(DAY, DAY)
    assert morning & horizon.mask(range(cell_at(DAY, time(13)), cell_at(DAY, time(14)))) == 0


def test_mask_of_hours_daily_when_several_days_holds_each_of_them() -> None:
    horizon = Horizon(DAY, 3)
    opens, closes = time(8, 30), time(18, 15)
    each = [horizon.mask_of_hours(day, opens, closes) for day in horizon.each_day()]
    assert horizon.mask_of_hours_daily(opens, closes) == each[0] | each[1] | each[2]
    assert each[0].bit_count() == 39


def test_mask_when_cells_lie_outside_the_horizon_is_clipped() -> None:
    horizon = Horizon(DAY, 1)
    assert horizon.mask(range(0, horizon.first_cell + 2)) == 0b11
    assert horizon.mask(range(horizon.end_cell - 1, horizon.end_cell + 50)).bit_count() == 1
    assert horizon.mask(range(0, 5)) == 0


@given(st.integers(0, 2**40), st.integers(1, 12))
def test_starts_of_runs_when_checked_bit_by_bit_agree(mask: int, length: int) -> None:
    run = (1 << length) - 1
    expected = sum(1 << place for place in range(mask.bit_length()) if (mask >> place) & run == run)
    assert starts_of_runs(mask, length) == expected
