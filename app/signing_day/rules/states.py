"""The words of a signing day and the steps a ticket knows."""

from collections.abc import Mapping
from enum import StrEnum

from app.errors import RuleViolation
from app.web.labels import WordTable

ARTICLE = "《人民调解法》第二十九条"


class WrongStep(RuleViolation):
    """The ticket or the day is not where this act needs it; the person must look again."""

    status = 409


class DayState(StrEnum):
    """Where one signing day stands."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class TicketState(StrEnum):
    """Where one claimant of a signing day stands."""

    INVITED = "invited"
    WAITING = "waiting"
    AT_DESK = "at_desk"
    SIGNED = "signed"
    NO_SHOW = "no_show"
    SECOND_ROUND = "second_round"
    REFUSED = "refused"


class Phase(StrEnum):
    """The four steps at a desk, in their order."""

    IDENTITY = "identity"
    READING = "reading"
    SIGNING = "signing"
    RECEIPT = "receipt"


class Need(StrEnum):
    """What the office gets ready for a signer."""

    POOR_SIGHT = "poor_sight"
    POOR_HEARING = "poor_hearing"
    WHEELCHAIR = "wheelchair"
    PROXY = "proxy"
    HEIR = "heir"
    DIALECT = "dialect"


class SecondRoundReason(StrEnum):
    """Why somebody signs in the second round."""

    AWAY = "away"
    HOSPITAL = "hospital"
    PAPERS = "papers"
    NO_SHOW = "no_show"
    OTHER = "other"


TRANSITIONS: Mapping[TicketState, frozenset[TicketState]] = {
    # Straight to signed goes who signed on paper meanwhile.
    TicketState.INVITED: frozenset(
        {TicketState.WAITING, TicketState.NO_SHOW, TicketState.SECOND_ROUND, TicketState.SIGNED}
    ),
    TicketState.WAITING: frozenset(
        {TicketState.AT_DESK, TicketState.INVITED, TicketState.SECOND_ROUND, TicketState.SIGNED}
    ),
    TicketState.AT_DESK: frozenset(
        {TicketState.SIGNED, TicketState.WAITING, TicketState.REFUSED, TicketState.SECOND_ROUND}
    ),
    TicketState.NO_SHOW: frozenset({TicketState.WAITING, TicketState.SECOND_ROUND}),
    # Who comes after all, or thinks better of it, is checked in again.
    TicketState.SECOND_ROUND: frozenset({TicketState.WAITING}),
    TicketState.REFUSED: frozenset({TicketState.WAITING, TicketState.SECOND_ROUND}),
    TicketState.SIGNED: frozenset(),
}

LABELS = WordTable(
    (DayState.PLANNED, "已安排"),
    (DayState.OPEN, "正在签"),
    (DayState.CLOSED, "已结束"),
    (TicketState.INVITED, "未到"),
    (TicketState.WAITING, "等候"),
    (TicketState.AT_DESK, "在桌前"),
    (TicketState.SIGNED, "已签"),
    (TicketState.NO_SHOW, "没来"),
    (TicketState.SECOND_ROUND, "改第二轮"),
    (TicketState.REFUSED, "不签"),
    (Phase.IDENTITY, "核身份"),
    (Phase.READING, "读协议"),
    (Phase.SIGNING, "签名"),
    (Phase.RECEIPT, "给回执"),
    (Need.POOR_SIGHT, "看不清，用朗读"),
    (Need.POOR_HEARING, "听力差"),
    (Need.WHEELCHAIR, "轮椅"),
    (Need.PROXY, "委托他人签"),
    (Need.HEIR, "继承人签"),
    (Need.DIALECT, "只听得懂方言"),
    (SecondRoundReason.AWAY, "在外地"),
    (SecondRoundReason.HOSPITAL, "住院"),
    (SecondRoundReason.PAPERS, "等材料"),
    (SecondRoundReason.NO_SHOW, "没来"),
    (SecondRoundReason.OTHER, "其他"),
)


def check_transition(state: TicketState, target: TicketState) -> None:
    """Refuse a step that a ticket does not know (WrongStep)."""
    if target not in TRANSITIONS[state]:
        raise WrongStep(f"这个号现在是“{LABELS[state]}”，不能改成“{LABELS[target]}”。请刷新后再看。", article=ARTICLE)


def check_next_phase(phase: Phase | None, target: Phase) -> None:
    """Refuse to skip a step at the desk; going back to an earlier one is allowed (WrongStep)."""
    order = list(Phase)
    done = order.index(phase) if phase is not None else -1
    if order.index(target) > done + 1:
        raise WrongStep(
            f"还没有“{LABELS[order[done + 1]]}”，不能直接到“{LABELS[target]}”。请按顺序办。", article=ARTICLE
        )
