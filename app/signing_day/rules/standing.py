"""Where one claimant of the roster stands on the board: every one is counted exactly once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from app.signing_day.rules.states import SecondRoundReason, TicketState

OPEN = frozenset({TicketState.INVITED, TicketState.WAITING, TicketState.AT_DESK})


class Standing(StrEnum):
    """The parts of the board; together they are the roster."""

    SIGNED = "signed"
    QUEUED = "queued"
    SECOND = "second"
    HEIRS_OPEN = "heirs_open"
    NOT_CONSENTING = "not_consenting"
    REFUSED = "refused"
    UNPLANNED = "unplanned"


@dataclass(frozen=True)
class Signer:
    """What decides where a claimant stands; money in fen; `round` and `ticket` are those of his last ticket."""

    is_signed: bool = False
    is_out: bool = False
    pending_reason: str = ""
    ticket: TicketState | None = None
    round: int = 1
    day_id: int | None = None
    reason: SecondRoundReason | None = None
    claim_fen: int = 0
    agreed_fen: int = 0


@dataclass(frozen=True)
class Tally:
    """The board's figures; `different` counts signed agreements whose sum is not the roster's."""

    whole: int
    parts: Counter[Standing]
    signed_fen: int
    different: int
    by_day: Counter[int] = field(default_factory=Counter)
    reasons: Counter[SecondRoundReason] = field(default_factory=Counter)


def standing_of(signer: Signer) -> Standing:
    """The one part of the board a claimant is counted in; a signature stands above everything."""
    if signer.is_signed:
        return Standing.SIGNED
    if signer.is_out:
        return Standing.NOT_CONSENTING
    if signer.ticket is TicketState.REFUSED:
        return Standing.REFUSED
    if signer.ticket is TicketState.SECOND_ROUND or (signer.round > 1 and signer.ticket in OPEN):
        return Standing.SECOND
    if signer.pending_reason:
        return Standing.HEIRS_OPEN
    return Standing.QUEUED if signer.ticket in OPEN else Standing.UNPLANNED


def tally(signers: Iterable[Signer]) -> Tally:
    """Count everybody once, and put each signed sum beside the roster's own."""
    parts: Counter[Standing] = Counter()
    by_day: Counter[int] = Counter()
    reasons: Counter[SecondRoundReason] = Counter()
    signed_fen = different = 0
    for signer in signers:
        standing = standing_of(signer)
        parts[standing] += 1
        if standing is Standing.SIGNED:
            signed_fen += signer.agreed_fen
            different += signer.agreed_fen != signer.claim_fen
        elif standing is Standing.QUEUED and signer.day_id is not None:
            by_day[signer.day_id] += 1
        elif standing is Standing.SECOND:
            reasons[signer.reason or SecondRoundReason.OTHER] += 1
    return Tally(parts.total(), parts, signed_fen, different, by_day, reasons)
