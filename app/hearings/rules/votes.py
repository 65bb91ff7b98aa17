"""Who votes, when, and what comes out?  Votes stay sealed until all are in and never change (R-HEAR-27, INV-19/20)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.errors import NotPermitted, RuleViolation
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.words import LABELS, HearingStatus, LiveStage, SeatRole, Threshold, Vote

ARTICLE = "本区听证规则"
STAGE_ORDER = tuple(LiveStage)
DELIBERATING = frozenset({HearingStatus.IN_PROGRESS, HearingStatus.DELIBERATING})
LONGEST_WORD = max(len(word) for word in Vote)


@dataclass(frozen=True)
class Sitter:
    """Somebody who sits in the hearing: his seat, his account, his role."""

    seat_id: int
    account_id: int
    role: SeatRole


@dataclass(frozen=True)
class Count:
    """The result of a vote; `is_adopted` if enough agree."""

    agreeing: int
    disagreeing: int
    is_adopted: bool


def voters_among(sitters: Sequence[Sitter], *, may_chair_vote: bool) -> tuple[Sitter, ...]:
    """Who votes: every panelist, the chair only where the profile says so; one person one vote (R-HEAR-12)."""
    panelists = [sitter for sitter in sitters if sitter.role is SeatRole.PANELIST]
    chairs = [sitter for sitter in sitters if sitter.role is SeatRole.CHAIR and may_chair_vote]
    seated = {sitter.account_id for sitter in panelists}
    return (*panelists, *(chair for chair in chairs if chair.account_id not in seated))


def check_may_deliberate(
    status: HearingStatus, stages_passed: Collection[LiveStage], stage: LiveStage | None, *, is_open: bool
) -> None:
    """Refuse a deliberation before the final statements are over, after the opinion, or beside an open one (INV-20)."""
    if is_open:
        raise RuleViolation("这一轮评议还没有表决完。请等全体听证员都投票。", rule="INV-19")
    check_is_deliberating(status)
    is_over = stage is not None and STAGE_ORDER.index(stage) > STAGE_ORDER.index(LiveStage.FINAL_STATEMENT)
    if not is_over or LiveStage.FINAL_STATEMENT not in stages_passed:
        raise RuleViolation("双方还没有作完最后陈述，不能评议。请先进入后面的环节。", article=ARTICLE, rule="INV-20")


def check_is_deliberating(status: HearingStatus) -> None:
    """Refuse to deliberate or vote in a hearing that has ended or stands still (INV-20)."""
    if status not in DELIBERATING:
        raise RuleViolation(f"这场听证现在是“{LABELS[status]}”，不能评议、投票。", rule="INV-20")


def check_panel_complete(voters: int, procedure: Procedure) -> None:
    """Refuse a vote by an even or too small panel (INV-09, R-HEAR-27)."""
    if voters < procedure.panel_minimum or (procedure.must_be_odd and voters % 2 == 0):
        raise RuleViolation(
            f"参加表决的是 {voters} 人，要单数且不少于 {procedure.panel_minimum} 人。请先把听证员补齐。",
            article=procedure.article,
            rule="INV-09",
        )


def check_may_vote(account_id: int, voters: Sequence[Sitter], voted: Collection[int], *, is_disclosed: bool) -> Sitter:
    """The seat for which the person votes; refuses outsiders, a second vote and a vote after disclosure (INV-19)."""
    sitter = next((voter for voter in voters if voter.account_id == account_id), None)
    if sitter is None:
        raise NotPermitted("表决由听证员本人办，您不在这场听证的表决人里。")
    if is_disclosed or sitter.seat_id in voted:
        raise RuleViolation("您已经投过票，投出的票不能改、不能撤。", article=ARTICLE, rule="INV-19")
    return sitter


def is_complete(voters: Sequence[Sitter], voted: Collection[int]) -> bool:
    """True once everybody who votes has voted."""
    return bool(voters) and {voter.seat_id for voter in voters} <= set(voted)


def count_votes(votes: Sequence[Vote], threshold: Threshold) -> Count:
    """Count the votes: more than half, or at least two thirds where the profile asks for it (R-HEAR-27, R-TIME-10)."""
    agreeing = sum(vote is Vote.AGREE for vote in votes)
    has_majority = agreeing * 2 > len(votes)
    has_two_thirds = agreeing * 3 >= len(votes) * 2
    is_adopted = has_two_thirds if threshold is Threshold.TWO_THIRDS else has_majority
    return Count(agreeing, len(votes) - agreeing, is_adopted)


def sealed_word(vote: Vote) -> str:
    """The vote as it is sealed: all of one length, because a sealed text shows how long it is."""
    return vote.value.ljust(LONGEST_WORD)


def opened_word(word: str) -> Vote:
    """The vote that `sealed_word` wrote."""
    return Vote(word.strip())
