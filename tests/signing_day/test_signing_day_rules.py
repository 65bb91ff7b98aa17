"""The rules of a signing day as tables: who counts as what, when it will be done, who is invited when, which steps."""

from datetime import UTC, datetime, time, timedelta

import pytest

from app.errors import RuleViolation
from app.signing_day.rules import DayState, Phase, SecondRoundReason, TicketState
from app.signing_day.rules.plan import slots, ticket_number
from app.signing_day.rules.progress import ASSUMED, estimate, trouble_of
from app.signing_day.rules.standing import Signer, Standing, standing_of, tally
from app.signing_day.rules.states import LABELS, TRANSITIONS, WrongStep, check_next_phase, check_transition

NOW = datetime(2025, 4, 10, 2, 26, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("signer", "expected"),
    [
        (Signer(), Standing.UNPLANNED),
        (Signer(ticket=TicketState.INVITED), Standing.QUEUED),
        (Signer(ticket=TicketState.WAITING), Standing.QUEUED),
        (Signer(ticket=TicketState.AT_DESK), Standing.QUEUED),
        (Signer(ticket=TicketState.NO_SHOW), Standing.UNPLANNED),
        (Signer(ticket=TicketState.INVITED, round=2), Standing.SECOND),
        (Signer(ticket=TicketState.SECOND_ROUND), Standing.SECOND),
        (Signer(ticket=TicketState.REFUSED), Standing.REFUSED),
        (Signer(pending_reason="缺死亡证明"), Standing.HEIRS_OPEN),
        (Signer(pending_reason="缺死亡证明", ticket=TicketState.INVITED), Standing.HEIRS_OPEN),
        (Signer(pending_reason="缺死亡证明", ticket=TicketState.INVITED, round=2), Standing.SECOND),
        (Signer(is_out=True, ticket=TicketState.INVITED), Standing.NOT_CONSENTING),
        (Signer(is_signed=True, is_out=True, pending_reason="缺死亡证明"), Standing.SIGNED),
    ],
)
def test_standing_of_a_claimant(signer: Signer, expected: Standing) -> None:
    assert standing_of(signer) is expected


def test_tally_counts_everybody_once_and_compares_the_money_to_the_fen() -> None:
    signers = [
        Signer(is_signed=True, claim_fen=4_200_000, agreed_fen=4_200_000),
        Signer(is_signed=True, claim_fen=3_600_000, agreed_fen=3_599_999),
        Signer(ticket=TicketState.WAITING, day_id=7),
        Signer(ticket=TicketState.SECOND_ROUND, reason=SecondRoundReason.AWAY, claim_fen=100, agreed_fen=100),
        Signer(is_out=True),
    ]
    result = tally(signers)
    assert sum(result.parts.values()) == result.whole == len(signers)
    assert (result.signed_fen, result.different) == (7_799_999, 1)
    assert (dict(result.by_day), dict(result.reasons)) == ({7: 1}, {SecondRoundReason.AWAY: 1})


@pytest.mark.parametrize(
    ("minutes", "waiting", "expected", "desks", "each", "measured", "hall_after", "day_after"),
    [
        ([], 6, 0, 3, ASSUMED, 0, 14, 14),
        ([5, 30], 3, 0, 3, ASSUMED, 0, 7, 7),
        ([4, 6, 30], 4, 2, 3, 6 * MINUTE, 3, 12, 12),
        ([4, 6, 30], 0, 0, 0, 6 * MINUTE, 3, 0, 0),
    ],
)
def test_estimate_uses_the_middle_of_measured_times(
    minutes, waiting, expected, desks, each, measured, hall_after, day_after
) -> None:
    spans = [value * MINUTE for value in minutes]
    found = estimate(spans, waiting=waiting, expected=expected, desks=desks, last_slot=None, now=NOW)
    assert (found.each, found.measured) == (each, measured)
    assert (found.hall_done_at, found.day_done_at) == (NOW + hall_after * MINUTE, NOW + day_after * MINUTE)


def test_estimate_ends_no_earlier_than_the_last_one_invited_has_signed() -> None:
    last = NOW + timedelta(hours=5)
    found = estimate([], waiting=1, expected=1, desks=3, last_slot=last, now=NOW)
    assert found.day_done_at == last + ASSUMED


@pytest.mark.parametrize(
    ("is_paired", "seen", "phase", "changed", "expected"),
    [
        (False, None, None, None, ""),
        (True, NOW - MINUTE, None, None, ""),
        (True, NOW - MINUTE * 1.1, None, None, "平板断线"),
        (True, None, None, None, "平板断线"),
        (False, None, Phase.READING, NOW - 30 * MINUTE, ""),
        (False, None, Phase.READING, NOW - 31 * MINUTE, "半小时没动"),
        (True, NOW, None, NOW - 31 * MINUTE, ""),
    ],
)
def test_trouble_of_a_desk(is_paired, seen, phase, changed, expected) -> None:
    found = trouble_of(is_paired=is_paired, last_seen_at=seen, phase=phase, changed_at=changed, now=NOW)
    assert found == expected


def test_slots_leave_out_noon_and_end_by_half_past_five() -> None:
    assert slots(5, begins_at=time(11, 30), per_slot=2) == [time(11, 30)] * 2 + [time(14)] * 2 + [time(14, 30)]
    assert len(slots(26, begins_at=time(9), per_slot=2)) == 26
    with pytest.raises(RuleViolation, match="只约得下 26 人"):
        slots(27, begins_at=time(9), per_slot=2)
    with pytest.raises(RuleViolation, match="至少"):
        slots(1, begins_at=time(9), per_slot=0)


@pytest.mark.parametrize(
    ("number", "expected"), [("(2025)滨澜人调字第12-207号", "12-207"), ("(2025)滨澜人调字第12号", "9"), ("", "9")]
)
def test_ticket_number_is_the_short_form_of_the_agreement(number: str, expected: str) -> None:
    assert ticket_number(number, 9) == expected


@pytest.mark.parametrize("state", list(TicketState))
def test_transitions_beyond_the_table_are_refused(state: TicketState) -> None:
    for target in TicketState:
        if target in TRANSITIONS[state]:
            check_transition(state, target)
        else:
            with pytest.raises(WrongStep):
                check_transition(state, target)
    assert TRANSITIONS[TicketState.SIGNED] == frozenset()


@pytest.mark.parametrize("phase", [None, *Phase])
def test_phases_go_on_one_by_one_and_back_freely(phase: Phase | None) -> None:
    order = list(Phase)
    reached = -1 if phase is None else order.index(phase)
    for place, target in enumerate(order):
        if place <= reached + 1:
            check_next_phase(phase, target)
        else:
            with pytest.raises(WrongStep):
                check_next_phase(phase, target)


def test_every_word_has_its_label() -> None:
    for words in (DayState, TicketState, Phase, SecondRoundReason):
        assert all(LABELS[word] for word in words)
