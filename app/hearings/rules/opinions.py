"""When may the panel's opinion be written, issued, sealed and published, and when is a hearing over (R-HEAR-27…31)?"""

from dataclasses import dataclass
from datetime import date

from app.errors import RuleViolation
from app.hearings.rules.words import HearingMode, HearingStatus, ServedStage

ARTICLE = "本区听证规则"
PUBLICATION_ARTICLE = "《信访工作条例》第三十六条第二款"
WEIGHS_ON = {
    ServedStage.HANDLING: "信访处理意见",
    ServedStage.REVIEW: "复查意见",
    ServedStage.RECHECK: "复核意见",
    ServedStage.RECONSIDERATION: "行政复议决定",
}
"""What the opinion serves and does not replace (R-HEAR-30)."""

REASON_MARK = "理由："
NEEDED_PARTS = {
    "claim": "请求",
    "unit_view": "责任单位的意见",
    "accepted_facts": "采信的事实和证据",
    "conclusion": "听证组意见",
    "suggestion": "建议",
}
"""The parts without which no opinion goes out (R-HEAR-28); law and policy may be none."""


@dataclass(frozen=True)
class OpinionText:
    """What the panel writes; accepted and rejected facts, law and minority views are one a line."""

    claim: str = ""
    unit_view: str = ""
    accepted_facts: str = ""
    rejected_facts: str = ""
    law: str = ""
    conclusion: str = ""
    minority: str = ""
    suggestion: str = ""


def check_written(text: OpinionText) -> None:
    """Refuse an opinion with a part missing, and a fact rejected without a reason (R-HEAR-28)."""
    missing = [word for name, word in NEEDED_PARTS.items() if not getattr(text, name).strip()]
    if missing:
        raise RuleViolation(f"听证意见书还缺：{'、'.join(missing)}。请补齐再签发。", rule="R-HEAR-28")
    for line in text.rejected_facts.splitlines():
        if line.strip():
            split_rejected(line)


def split_rejected(line: str) -> tuple[str, str]:
    """What is not accepted and why, from one line with 理由： in it; refuses a line without a reason (R-HEAR-28)."""
    text, mark, reason = line.partition(REASON_MARK)
    if not mark or not reason.strip() or not text.strip():
        raise RuleViolation(
            f"“{line[:20]}”没有写明理由。不采信的，请写成“什么不采信。理由：为什么”。", rule="R-HEAR-28"
        )
    return text.strip().rstrip("。；;，,"), reason.strip()


def check_announced(announced_on: date | None, *, sat_on: date, issued_on: date) -> None:
    """Refuse an announcement before the sitting or after the opinion was issued (R-HEAR-29)."""
    if announced_on is not None and not sat_on <= announced_on <= issued_on:
        raise RuleViolation("宣布的日期要在听证当天以后、签发以前。请核对。", rule="R-HEAR-29")


def check_vote_carried(*, has_deliberation: bool, is_disclosed: bool, is_adopted: bool, missing: int = 0) -> None:
    """Refuse an opinion before the deliberation, with a vote missing, or on a proposal that failed (INV-19, INV-20)."""
    if not has_deliberation:
        raise RuleViolation("还没有评议，不能出听证意见。请先评议、表决。", article=ARTICLE, rule="INV-20")
    if not is_disclosed:
        raise RuleViolation(
            f"还有 {missing} 名听证员没有投票，不能出听证意见。请等全体投完。", article=ARTICLE, rule="INV-19"
        )
    if not is_adopted:
        raise RuleViolation("这一轮没有达到通过的票数，不能出听证意见。请换一个意见再评议。", rule="INV-19")


def check_minority_kept(*, disagreeing: int, minority: str) -> None:
    """Refuse an opinion that leaves out the view of those who disagree (R-HEAR-27)."""
    if disagreeing and not minority.strip():
        raise RuleViolation(f"有 {disagreeing} 人不同意，少数意见要写进听证意见书。请补上。", rule="R-HEAR-27")


def check_may_seal(*, is_issued: bool, missing: list[str]) -> None:
    """Refuse the organ's seal before everybody signed or a refusal is recorded (R-HEAR-28)."""
    if not is_issued:
        raise RuleViolation("听证意见书还没有签发，不能盖章。", rule="R-HEAR-28")
    if missing:
        raise RuleViolation(f"还不能盖章：{'、'.join(missing)}还没有签名。签齐以后再盖。", rule="R-HEAR-28")


def check_may_serve(*, is_sealed: bool) -> None:
    """Refuse to serve an opinion without the organ's seal (R-HEAR-28)."""
    if not is_sealed:
        raise RuleViolation("听证意见书还没有盖章，不能送达。请先签齐、盖章。", rule="R-HEAR-28")


def check_not_served(*, is_served: bool) -> None:
    """Refuse to record a service twice."""
    if is_served:
        raise RuleViolation("这一方的送达已经记过，不能再记。", rule="R-DOC-H13")


def check_may_publish(mode: HearingMode, served_stage: ServedStage, *, is_served: bool) -> None:
    """Refuse to publish what was not heard in public, does not serve a recheck, or was not served (R-HEAR-31)."""
    if mode is HearingMode.CLOSED:
        raise RuleViolation("不公开举行的听证，意见不公示。", article=PUBLICATION_ARTICLE, rule="R-HEAR-31")
    if served_stage is not ServedStage.RECHECK:
        raise RuleViolation(
            "只有复核听证的意见可以公示。这一份送达当事人就好。", article=PUBLICATION_ARTICLE, rule="R-HEAR-31"
        )
    if not is_served:
        raise RuleViolation("听证意见书还没有送达各方，不能公示。请先送达。", rule="R-HEAR-31")


def check_published_text(text: str) -> None:
    """Refuse to publish nothing."""
    if not text.strip():
        raise RuleViolation("请写明公示的内容。", rule="R-HEAR-31")


def check_may_end(status: HearingStatus, *, is_minutes_final: bool, is_served: bool) -> None:
    """Refuse to close a hearing whose minutes are not final (INV-18) or whose opinion was not served (R-HEAR-29)."""
    if not is_minutes_final:
        raise RuleViolation("笔录还没有签完。每个人签名，或者记下拒签的理由，再办结。", rule="INV-18")
    if status is HearingStatus.OPINION_ISSUED and not is_served:
        raise RuleViolation("听证意见书还没有送达全部当事人。送达以后再办结。", rule="R-HEAR-29")
