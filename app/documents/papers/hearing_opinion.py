"""Facts of the panel's two papers: the closed minutes of its deliberation and its opinion."""

from dataclasses import dataclass
from datetime import date, time

from app.documents.papers.hearings import HearingFacts, HearingOfficer, OrganPaperFacts
from app.errors import RuleViolation

MAJORITIES = {"half": "过半数", "two_thirds": "三分之二以上"}
VOTES = {"for": "同意", "against": "不同意"}


def _check_no_vote(votes: list[int]) -> None:
    if any(votes):
        raise RuleViolation(
            "行政复议听证不表决，请清空表决情况。", article="《行政复议法》第六十一条", rule="R-RECON-07"
        )


def _missing_vote() -> RuleViolation:
    return RuleViolation("还有听证员没有表决，不能生成。请等全体听证员提交后再办。", rule="INV-19")


@dataclass(frozen=True, kw_only=True)
class PanelView:
    """What one panelist said and how he voted; `vote` is a key of VOTES, empty in reconsideration."""

    name: str
    key: str
    text: str
    vote: str = ""

    @property
    def vote_words(self) -> str:
        """同意 or 不同意."""
        return VOTES[self.vote]


@dataclass(frozen=True, kw_only=True)
class DeliberationMinutesFacts(HearingFacts):
    """评议笔录 (R-DOC-H09): not public and never for the parties; each view, each vote, the result.

    The chair is among `views` only where he votes (R-HEAR-12). `ended_on` is the day of the last vote if it is another.
    """

    hearing_number: str
    held_on: date
    started_at: time
    ended_at: time
    place: str
    chair: HearingOfficer
    recorder: HearingOfficer
    question: str
    views: tuple[PanelView, ...]
    result: str
    majority: str = "half"
    ended_on: date | None = None

    def check(self) -> None:
        """Refuse a missing or unknown vote (INV-19), a vote in reconsideration, an end before the start."""
        ends_first = (self.ended_on or self.held_on, self.ended_at) < (self.held_on, self.started_at)
        if ends_first or self.majority not in MAJORITIES:
            raise RuleViolation("请核对评议的时间和通过条件。", rule="R-DOC-H09")
        if self.is_reconsideration:
            _check_no_vote([len(view.vote) for view in self.views])
        elif not self.views or any(view.vote not in VOTES for view in self.views):
            raise _missing_vote()

    @property
    def votes_for(self) -> int:
        """How many agree."""
        return sum(view.vote == "for" for view in self.views)

    @property
    def votes_against(self) -> int:
        """How many do not agree."""
        return sum(view.vote == "against" for view in self.views)


@dataclass(frozen=True, kw_only=True)
class OpinionFinding:
    """A fact or a piece of evidence the panel accepts or not, with the reason."""

    text: str
    is_accepted: bool = True
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class HearingOpinionFacts(OrganPaperFacts):
    """听证意见书 (R-DOC-H10, R-HEAR-27/28/30), in reconsideration 听证报告 without a vote.

    `source` tells where the matter comes from. `weighs_on` is what the opinion serves: 处理意见, 复查意见, 复核意见 or
    行政复议决定. `votes_due` counts the chair where he votes; nobody's name stands beside a vote. `minority` has one
    text for each view that differs.
    """

    source: str
    held_on: date
    starts_at: time
    place: str
    present: str
    chair: HearingOfficer
    recorder: HearingOfficer
    panelists: tuple[HearingOfficer, ...]
    claim: str
    unit_view: str
    findings: tuple[OpinionFinding, ...]
    law: tuple[str, ...]
    opinion: str
    suggestion: str
    weighs_on: str
    is_public: bool = True
    majority: str = "half"
    votes_due: int = 0
    votes_for: int = 0
    votes_against: int = 0
    minority: tuple[str, ...] = ()
    matter_number: str = ""

    def heading(self, title: str) -> str:
        """Without a vote it is a report."""
        return "听证报告" if self.is_reconsideration else title

    def check(self) -> None:
        """Refuse a missing vote or no majority (INV-19), a lost minority view, a vote in reconsideration."""
        if not self.findings or not self.panelists or not self.opinion.strip() or self.majority not in MAJORITIES:
            raise RuleViolation("听证意见书要有采信的事实和听证组意见，请补齐。", rule="R-HEAR-28")
        if any(not finding.is_accepted and not finding.reason.strip() for finding in self.findings):
            raise RuleViolation("不予采信的要写明理由，请补上。", rule="R-HEAR-28")
        if self.is_reconsideration:
            _check_no_vote([self.votes_due, self.votes_for, self.votes_against, len(self.minority)])
        else:
            self._check_votes()

    @property
    def majority_words(self) -> str:
        """The result of the vote as printed."""
        return f"{MAJORITIES[self.majority]}通过"

    def _check_votes(self) -> None:
        if self.votes_due < len(self.panelists) or self.votes_for + self.votes_against != self.votes_due:
            raise _missing_vote()
        has_majority = (
            self.votes_for * 2 > self.votes_due if self.majority == "half" else self.votes_for * 3 >= self.votes_due * 2
        )
        if not has_majority:
            raise RuleViolation("没有达到通过需要的票数，不能作出听证意见。请继续评议。", rule="INV-19")
        if self.votes_against and not self.minority:
            raise RuleViolation("有听证员不同意，少数意见要写进听证意见书，请补上。", rule="R-HEAR-27")
