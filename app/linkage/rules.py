"""The states of passing a dispute from petition to mediation and back (R-LINK-03…11)."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from app.errors import RuleViolation
from app.matters.rules import MatterStatus
from app.web.labels import WordTable


class LinkageKind(StrEnum):
    """The two verbs: before the office's own handling, or while a unit keeps the matter (R-LINK-03)."""

    HANDED_OVER = "handed_over"
    ENTRUSTED = "entrusted"


class LinkageStatus(StrEnum):
    """Where a referral stands."""

    REFERRED = "referred"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    FED_BACK = "fed_back"
    PETITION_CLOSED = "petition_closed"
    RETURNED_TO_PETITION = "returned_to_petition"


class LinkageResult(StrEnum):
    """What mediation brought; for a group also in part (R-LINK-11)."""

    AGREED = "agreed"
    PARTLY_AGREED = "partly_agreed"
    FAILED = "failed"
    REFUSED = "refused"


class PartyResult(StrEnum):
    """What it brought for one party (R-LINK-11)."""

    PENDING = "pending"
    SIGNED = "signed"
    FAILED = "failed"
    REFUSED = "refused"


class LinkageAct(StrEnum):
    """What moves a referral."""

    ACCEPT = "accept"
    DECLINE = "decline"
    FEED_BACK = "feed_back"
    CLOSE = "close"
    RETURN = "return"


TRANSITIONS: Mapping[LinkageStatus, Mapping[LinkageAct, LinkageStatus]] = {
    LinkageStatus.REFERRED: {
        LinkageAct.ACCEPT: LinkageStatus.ACCEPTED,
        LinkageAct.DECLINE: LinkageStatus.DECLINED,
        LinkageAct.RETURN: LinkageStatus.RETURNED_TO_PETITION,
    },
    LinkageStatus.ACCEPTED: {LinkageAct.FEED_BACK: LinkageStatus.FED_BACK},
    LinkageStatus.FED_BACK: {
        LinkageAct.CLOSE: LinkageStatus.PETITION_CLOSED,
        LinkageAct.RETURN: LinkageStatus.RETURNED_TO_PETITION,
    },
    LinkageStatus.DECLINED: {},
    LinkageStatus.PETITION_CLOSED: {},
    LinkageStatus.RETURNED_TO_PETITION: {},
}
OPEN = frozenset({LinkageStatus.REFERRED, LinkageStatus.ACCEPTED, LinkageStatus.FED_BACK})
ACT_WORDS: Mapping[LinkageAct, str] = {
    LinkageAct.ACCEPT: "接收",
    LinkageAct.DECLINE: "退回",
    LinkageAct.FEED_BACK: "反馈结果",
    LinkageAct.CLOSE: "按调解化解办结",
    LinkageAct.RETURN: "转回信访办理",
}

LABELS = WordTable(
    (LinkageKind.HANDED_OVER, "移送"),
    (LinkageKind.ENTRUSTED, "委托"),
    (LinkageStatus.REFERRED, "等调委会答复"),
    (LinkageStatus.ACCEPTED, "调解中"),
    (LinkageStatus.DECLINED, "调委会不予调解"),
    (LinkageStatus.FED_BACK, "已反馈结果"),
    (LinkageStatus.PETITION_CLOSED, "调解化解，已办结"),
    (LinkageStatus.RETURNED_TO_PETITION, "已转回信访办理"),
    (LinkageResult.AGREED, "调解成功"),
    (LinkageResult.PARTLY_AGREED, "部分调解成功"),
    (LinkageResult.FAILED, "调解不成"),
    (LinkageResult.REFUSED, "当事人拒绝调解"),
    (PartyResult.PENDING, "还没有结果"),
    (PartyResult.SIGNED, "已达成协议"),
    (PartyResult.FAILED, "没有达成"),
    (PartyResult.REFUSED, "不愿调解"),
)
REFERRAL_WORDS: Mapping[LinkageKind, str] = {
    LinkageKind.HANDED_OVER: "hand_over",
    LinkageKind.ENTRUSTED: "entrust",
}
"""The names of the two verbs on the referral letter."""

BEFORE_HANDLING = frozenset({MatterStatus.REGISTERED, MatterStatus.REPORTED, MatterStatus.RETURNED_BY_OBJECTION})


def next_status(status: LinkageStatus, act: LinkageAct) -> LinkageStatus:
    """The state after `act`; refuses an act that the state does not allow."""
    after = TRANSITIONS[status].get(act)
    if after is None:
        raise RuleViolation(f"现在是“{LABELS[status]}”，不能{ACT_WORDS[act]}。请刷新看一看。", rule="R-LINK-06")
    return after


def usual_kind(status: MatterStatus) -> LinkageKind:
    """Handed over before the office's own handling, entrusted while a unit keeps the matter (R-LINK-03)."""
    return LinkageKind.HANDED_OVER if status in BEFORE_HANDLING else LinkageKind.ENTRUSTED


def overall_result(results: Sequence[PartyResult]) -> LinkageResult:
    """The result of the whole from that of each petitioner; refuses while one is pending (R-LINK-11)."""
    if not results or PartyResult.PENDING in results:
        raise RuleViolation("还有当事人没有结果，先逐个选好再反馈。", rule="R-LINK-11")
    if all(result is PartyResult.SIGNED for result in results):
        return LinkageResult.AGREED
    if PartyResult.SIGNED in results:
        return LinkageResult.PARTLY_AGREED
    if all(result is PartyResult.REFUSED for result in results):
        return LinkageResult.REFUSED
    return LinkageResult.FAILED


def check_may_close(result: LinkageResult | None) -> None:
    """Refuse closing the petition as settled when mediation did not settle all of it (R-LINK-09, R-LINK-10)."""
    if result is not LinkageResult.AGREED:
        raise RuleViolation(
            "没有全部调解成功，不能按调解化解办结。请转回信访办理。依据《信访工作条例》第三十三条",
            article="《信访工作条例》第三十三条",
            rule="R-LINK-10",
        )


def check_may_return(result: LinkageResult | None) -> None:
    """Refuse returning what was settled in full (R-LINK-10)."""
    if result is LinkageResult.AGREED:
        raise RuleViolation("已经全部调解成功，请按调解化解办结。", rule="R-LINK-10")
