"""What pairs a tablet and for how long, what it shows in which phase, how far one must have read: as plain values."""

from datetime import UTC, datetime, timedelta

import pytest

from app.signing_day.rules import DayState, Phase, TicketState
from app.signing_day.rules.states import WrongStep
from app.signing_day.rules.tablet import (
    PAIRING_LASTS,
    Screen,
    check_has_read,
    check_may_read,
    check_may_sign,
    is_pairing_alive,
    new_code,
    normal_code,
    screen_of,
    spaced_code,
)

NOW = datetime(2025, 4, 10, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("phase", "is_current", "is_signed", "screen"),
    [
        (None, True, False, Screen.WAITING),
        (Phase.IDENTITY, True, False, Screen.WAITING),
        (Phase.IDENTITY, False, False, Screen.WAITING),
        (Phase.READING, True, False, Screen.READING),
        (Phase.READING, False, False, Screen.CHANGED),
        (Phase.SIGNING, True, False, Screen.SIGNING),
        (Phase.SIGNING, False, False, Screen.CHANGED),
        (Phase.SIGNING, True, True, Screen.RECEIPT),
        (Phase.READING, False, True, Screen.RECEIPT),
        (Phase.RECEIPT, False, True, Screen.RECEIPT),
    ],
)
def test_tablet_shows_the_page_of_its_phase(phase, is_current, is_signed, screen) -> None:
    assert screen_of(phase, is_text_current=is_current, is_signed=is_signed) is screen


@pytest.mark.parametrize(
    ("state", "paired", "alive"),
    [
        (DayState.PLANNED, NOW, True),
        (DayState.OPEN, NOW - PAIRING_LASTS + timedelta(seconds=1), True),
        (DayState.OPEN, NOW - PAIRING_LASTS, False),
        (DayState.CLOSED, NOW, False),
        (DayState.OPEN, None, False),
    ],
)
def test_pairing_lives_until_the_day_is_closed_or_sixteen_hours(state, paired, alive) -> None:
    assert is_pairing_alive(state, paired, NOW) is alive


@pytest.mark.parametrize("typed", ["12345678", " 1234 5678", "1234-5678", "１２３４５６７８"])
def test_code_is_read_as_meant(typed: str) -> None:
    assert normal_code(typed) == "12345678"


def test_codes_have_eight_digits_and_are_read_out_in_fours() -> None:
    codes = {new_code() for _ in range(50)}
    assert len(codes) > 45
    assert all(len(code) == 8 and code.isdigit() for code in codes)
    assert spaced_code("12345678") == "1234 5678"


@pytest.mark.parametrize(("page", "reached", "pages"), [(1, 1, 5), (2, 1, 5), (1, 4, 5), (5, 5, 5)])
def test_sections_may_be_read_on_and_back(page: int, reached: int, pages: int) -> None:
    check_may_read(page, reached, pages)


@pytest.mark.parametrize(("page", "reached", "pages"), [(3, 1, 5), (0, 1, 5), (6, 5, 5)])
def test_section_when_left_out_is_refused(page: int, reached: int, pages: int) -> None:
    with pytest.raises(WrongStep, match="不能跳过"):
        check_may_read(page, reached, pages)


@pytest.mark.parametrize(("reached", "pages"), [(4, 5), (0, 0)])
def test_inv_24_pad_before_the_last_section_is_refused(reached: int, pages: int) -> None:
    with pytest.raises(WrongStep, match="看完才能签"):
        check_has_read(reached, pages)
    check_has_read(5, 5)


def test_signature_is_taken_in_the_signing_phase_at_the_desk_alone() -> None:
    allowed = []
    for state in TicketState:
        for phase in (None, *Phase):
            try:
                check_may_sign(state, phase)
            except WrongStep:
                continue
            allowed.append((state, phase))
    assert allowed == [(TicketState.AT_DESK, Phase.SIGNING)]
