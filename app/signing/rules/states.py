"""Who signs, in which manner, and which steps the signing of a paper knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.errors import RuleViolation, StaleVersion

ARTICLE = "《电子签名法》第十三条"


class WrongState(RuleViolation):
    """The paper is not in the state this act needs; the person must look again."""

    status = 409


class SignerRole(StrEnum):
    """In which part somebody signs a paper."""

    PARTY = "party"
    PROXY = "proxy"
    MEDIATOR = "mediator"
    RECORDER = "recorder"
    PARTICIPANT = "participant"


class Manner(StrEnum):
    """How a signature was given, or that it was refused."""

    TABLET = "tablet"
    PAPER = "paper"
    FINGERPRINT = "fingerprint"
    REFUSED = "refused"


class RoundState(StrEnum):
    """Where the signing of one paper stands."""

    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    CANCELLED = "cancelled"


TRANSITIONS: Mapping[RoundState, frozenset[RoundState]] = {
    RoundState.OPEN: frozenset({RoundState.CLOSING, RoundState.CANCELLED}),
    RoundState.CLOSING: frozenset({RoundState.CLOSED}),
    RoundState.CLOSED: frozenset(),
    RoundState.CANCELLED: frozenset(),
}

MANNER_LABELS: Mapping[StrEnum, str] = {
    Manner.TABLET: "平板手写",
    Manner.PAPER: "纸上签名",
    Manner.FINGERPRINT: "按指印",
    Manner.REFUSED: "不签",
}
ROLE_LABELS: Mapping[StrEnum, str] = {
    SignerRole.PARTY: "当事人",
    SignerRole.PROXY: "代理人",
    SignerRole.MEDIATOR: "人民调解员",
    SignerRole.RECORDER: "记录人",
    SignerRole.PARTICIPANT: "参加人",
}


@dataclass(frozen=True)
class Signer:
    """Somebody who is to sign: the key printed in the paper, the name, the part, and the account of an official."""

    key: str
    name: str
    role: SignerRole
    required: bool = True
    account_id: int | None = None


def check_transition(state: RoundState, target: RoundState) -> None:
    """Refuse a step that the signing of a paper does not know (WrongState)."""
    if target not in TRANSITIONS[state]:
        raise WrongState("这份文书的签名已经收完或者作废，不能再办这一步。请刷新后再看。", rule="INV-24")


def check_shown(shown_sha256: str, current_sha256: str) -> None:
    """Refuse a signature under other bytes than those shown (StaleVersion; INV-24, B210)."""
    if shown_sha256 != current_sha256:
        raise StaleVersion(
            "您看的和现在要签的不是同一份文件。请重新打开文件看一遍，再签。", article=ARTICLE, rule="INV-24"
        )
