"""What may be asked about one's own duty, and how a request moves: asker, colleague, coordinator."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.booking.rules.words import HALF_DAY_LABELS, HalfDay
from app.errors import RuleViolation
from app.law.dates import format_month_day_with_weekday


class RequestKind(StrEnum):
    """Exchange two half-days, have one taken over, or be away for whole days."""

    SWAP = "swap"
    COVER = "cover"
    LEAVE = "leave"


class RequestStatus(StrEnum):
    """A colleague answers first, then the coordinator decides; leave goes to the coordinator at once."""

    ASKED = "asked"
    AGREED = "agreed"
    APPROVED = "approved"
    REFUSED = "refused"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


REQUEST_TRANSITIONS: Mapping[RequestStatus, frozenset[RequestStatus]] = {
    RequestStatus.ASKED: frozenset({RequestStatus.AGREED, RequestStatus.REFUSED, RequestStatus.WITHDRAWN}),
    RequestStatus.AGREED: frozenset({RequestStatus.APPROVED, RequestStatus.DECLINED, RequestStatus.WITHDRAWN}),
    RequestStatus.APPROVED: frozenset(),
    RequestStatus.REFUSED: frozenset(),
    RequestStatus.DECLINED: frozenset(),
    RequestStatus.WITHDRAWN: frozenset(),
}
OPEN_STATUSES = frozenset(status for status, onward in REQUEST_TRANSITIONS.items() if onward)

REQUEST_KIND_LABELS: Mapping[StrEnum, str] = {
    RequestKind.SWAP: "换班",
    RequestKind.COVER: "请人顶班",
    RequestKind.LEAVE: "请假",
}
REQUEST_STATUS_LABELS: Mapping[StrEnum, str] = {
    RequestStatus.ASKED: "等同事答复",
    RequestStatus.AGREED: "等排期员批",
    RequestStatus.APPROVED: "已批准",
    RequestStatus.REFUSED: "同事没答应",
    RequestStatus.DECLINED: "没有批准",
    RequestStatus.WITHDRAWN: "已撤回",
}


@dataclass(frozen=True)
class HalfSlot:
    """One half of one day."""

    day: date
    half: HalfDay

    def __str__(self) -> str:
        return f"{format_month_day_with_weekday(self.day)}{HALF_DAY_LABELS[self.half]}"


@dataclass(frozen=True)
class Standing:
    """How two people stand at the moment: what each serves, who is away, whether each may do the other's post."""

    asker_serves: frozenset[HalfSlot]
    colleague_serves: frozenset[HalfSlot]
    asker_away: frozenset[HalfSlot] = frozenset()
    colleague_away: frozenset[HalfSlot] = frozenset()
    may_asker_serve: bool = True
    may_colleague_serve: bool = True


def check_step(status: RequestStatus, target: RequestStatus) -> None:
    """Refuse a step that the state does not know: somebody was faster."""
    if target not in REQUEST_TRANSITIONS[status]:
        raise RuleViolation(
            f"这一条现在是“{REQUEST_STATUS_LABELS[status]}”，不用再办。请刷新看一看。", rule="R-DUTY-02"
        )


def check_cover(given: HalfSlot, standing: Standing, *, asker: str, colleague: str, today: date) -> None:
    """Refuse a cover that cannot be: over, not the asker's, the colleague busy with duty, away or of another role."""
    _check_given(given, standing.asker_serves, asker, today)
    if given in standing.colleague_serves:
        raise RuleViolation(f"{colleague}{given}自己也值班。请另找一位。", rule="R-DUTY-02")
    if given in standing.colleague_away:
        raise RuleViolation(f"{colleague}{given}请假。请另找一位。", rule="R-DUTY-02")
    if not standing.may_colleague_serve:
        raise RuleViolation(f"{colleague}不能值这个岗位。请找同岗的同事。", rule="R-DUTY-01")


def check_swap(
    given: HalfSlot, taken: HalfSlot, standing: Standing, *, asker: str, colleague: str, today: date
) -> None:
    """Refuse a swap unless each may stand in for the other."""
    if given == taken:
        raise RuleViolation("换的是同一个半天，换了也一样。请选另一天。", rule="R-DUTY-02")
    check_cover(given, standing, asker=asker, colleague=colleague, today=today)
    mirrored = Standing(
        asker_serves=standing.colleague_serves,
        colleague_serves=standing.asker_serves,
        asker_away=standing.colleague_away,
        colleague_away=standing.asker_away,
        may_colleague_serve=standing.may_asker_serve,
    )
    check_cover(taken, mirrored, asker=colleague, colleague=asker, today=today)


def _check_given(given: HalfSlot, serves: frozenset[HalfSlot], name: str, today: date) -> None:
    if given.day < today:
        raise RuleViolation(f"{given}已经过去。请选今天以后的班。", rule="R-DUTY-02")
    if given not in serves:
        raise RuleViolation(f"{name}{given}没有班。班表可能改过，请刷新再选。", rule="R-DUTY-02")
