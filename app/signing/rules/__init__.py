"""The rules of signing: states, strokes, scans."""

from app.signing.rules.scans import CheckedScan, check_scan
from app.signing.rules.states import (
    MANNER_LABELS,
    ROLE_LABELS,
    TRANSITIONS,
    Manner,
    RoundState,
    Signer,
    SignerRole,
    WrongState,
    check_shown,
    check_transition,
)
from app.signing.rules.strokes import POOR_SIGNATURE, Drawing, read_strokes

__all__ = [
    "MANNER_LABELS",
    "POOR_SIGNATURE",
    "ROLE_LABELS",
    "TRANSITIONS",
    "CheckedScan",
    "Drawing",
    "Manner",
    "RoundState",
    "Signer",
    "SignerRole",
    "WrongState",
    "check_scan",
    "check_shown",
    "check_transition",
    "read_strokes",
]
