"""May this review or recheck be asked for, decided, published?  What differs between the two stages is a table.

信访工作条例 35, 36 (R-PET-20…25).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.errors import RuleViolation
from app.law.dates import format_date
from app.matters.rules.states import MatterAct
from app.remedies.rules.words import LABELS, Outcome, RemedyStage, RemedyStatus

ARTICLE_36_2 = "《信访工作条例》第三十六条第二款"


@dataclass(frozen=True)
class Stage:
    """One stage: its article and rule, the right before it, its own clock, the right after it, its acts and number."""

    article: str
    rule: str
    right: str
    clock: str
    next_right: str
    request: MatterAct
    decide: MatterAct
    reviewed: str
    number: str


STAGES: Mapping[RemedyStage, Stage] = {
    RemedyStage.REVIEW: Stage(
        article="《信访工作条例》第三十五条",
        rule="R-PET-20",
        right="review_request",
        clock="review_decision",
        next_right="recheck_request",
        request=MatterAct.REQUEST_REVIEW,
        decide=MatterAct.DECIDE_REVIEW,
        reviewed="信访处理意见",
        number="{prefix}复查〔{year}〕{n}号",
    ),
    RemedyStage.RECHECK: Stage(
        article="《信访工作条例》第三十六条",
        rule="R-PET-21",
        right="recheck_request",
        clock="recheck_decision",
        next_right="",
        request=MatterAct.REQUEST_RECHECK,
        decide=MatterAct.DECIDE_RECHECK,
        reviewed="复查意见",
        number="{prefix}复核〔{year}〕{n}号",
    ),
}


@dataclass(frozen=True)
class BothDates:
    """When the recheck opinion is due, without and with the time of the hearing left out (R-PET-22, R-PET-23)."""

    without_exclusion: date
    with_exclusion: date
    excluded_days: int
    is_paused: bool


def check_in_time(stage: RemedyStage, due_on: date | None, requested_on: date) -> None:
    """Refuse a request before the opinion was received, or after its thirty days (R-PET-20, R-PET-21, R-PET-25)."""
    words = STAGES[stage]
    if due_on is None:
        raise RuleViolation(
            f"还没有记下信访人哪天收到{words.reviewed}，{LABELS[stage]}请求的 30 日没有开始算。请先记下收到日期。",
            article=words.article,
            rule=words.rule,
        )
    if requested_on > due_on:
        raise RuleViolation(
            f"{LABELS[stage]}请求要在 {format_date(due_on)}前提出，{format_date(requested_on)}已经过期，"
            f"{words.reviewed}是最后的意见。可以登记来访，做好解释和帮扶。依据{words.article}",
            article=words.article,
            rule="R-PET-25",
        )


def check_organ(
    stage: RemedyStage, *, organ_id: int, organ_path: tuple[int, ...], handling_unit_id: int, review_organ_id: int = 0
) -> None:
    """Refuse an organ that would decide on its own opinion, or stands below who wrote it (R-PET-20, R-PET-21)."""
    decided_before = {handling_unit_id, review_organ_id} - {0}
    if organ_id in decided_before or decided_before & set(organ_path):
        former = "复查机关" if stage is RemedyStage.RECHECK else "办理单位"
        raise RuleViolation(
            f"{LABELS[stage]}由{former}的上一级办，不能由原单位或者它的下级办。请另选。依据{STAGES[stage].article}",
            article=STAGES[stage].article,
            rule=STAGES[stage].rule,
        )


def check_outcome(outcome: Outcome, amount_fen: int | None) -> None:
    """Refuse an amount that is granted although the claim is not supported (R-PET-16)."""
    if amount_fen and outcome is not Outcome.SUPPORTED:
        raise RuleViolation("写了支持的金额，结果要选“支持诉求”。请核对。", rule="R-PET-16")


def check_may_decide(stage: RemedyStage, *, is_paused: bool, hearing_number: str, opinion: str) -> None:
    """Refuse an opinion while its hearing goes on, or one that does not build on the hearing opinion (R-HEAR-30)."""
    if is_paused:
        raise RuleViolation(
            f"听证还没有结束，{LABELS[stage]}期限停着。先形成听证意见书，再出具意见。依据{ARTICLE_36_2}",
            article=ARTICLE_36_2,
            rule="R-PET-22",
        )
    if hearing_number and hearing_number not in opinion:
        raise RuleViolation(
            f"这件事听证过。意见里要写明参考了听证意见书（{hearing_number}）。依据{ARTICLE_36_2}",
            article=ARTICLE_36_2,
            rule="R-HEAR-30",
        )


def check_status(status: RemedyStatus, expected: RemedyStatus, what: str) -> None:
    """Refuse an act on a request in another state."""
    if status is not expected:
        raise RuleViolation(f"这份请求现在是“{LABELS[status]}”，不能{what}。请刷新看一看。", rule="R-PET-21")


def check_may_publish(stage: RemedyStage, *, has_hearing: bool) -> None:
    """Refuse to publish anything but a recheck opinion that rests on a hearing (XF 36(2), R-HEAR-31)."""
    if stage is RemedyStage.RECHECK and has_hearing:
        return
    raise RuleViolation(
        f"只有听证后的复核意见可以公示。这一份不公示，送达信访人就好。依据{ARTICLE_36_2}",
        article=ARTICLE_36_2,
        rule="R-HEAR-31",
    )
