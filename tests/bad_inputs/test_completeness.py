"""Does every number of the list of bad inputs stand in exactly one place, and does that place exist?"""

import re
from pathlib import Path

import pytest

from tests.bad_inputs.elsewhere import ELSEWHERE, NOT_YET
from tests.bad_inputs.test_bad_bytes import BYTES
from tests.bad_inputs.test_bad_inputs import INPUTS

TESTS = Path(__file__).resolve().parents[1]
ALL = [f"B{number:03}" for number in range(1, 257)]


def test_every_number_is_sent_here_or_held_elsewhere_or_excused() -> None:
    sent = {bad.number for bad in INPUTS if bad.number in ALL} | {row[0][:4] for row in BYTES}
    places = [sent, ELSEWHERE.keys(), NOT_YET.keys()]
    counts = {number: sum(number in place for place in places) for number in ALL}
    assert {number for number, count in counts.items() if count != 1} == set()
    assert set().union(*places) == set(ALL)


@pytest.mark.parametrize("number", sorted(ELSEWHERE))
def test_the_test_that_holds_a_number_exists(number: str) -> None:
    file, _, name = ELSEWHERE[number].partition("::")
    assert re.search(rf"^def {name}\(", (TESTS / file).read_text(), re.MULTILINE), ELSEWHERE[number]


def test_every_excuse_is_a_sentence() -> None:
    assert all(len(reason.split()) >= 5 for reason in NOT_YET.values())
