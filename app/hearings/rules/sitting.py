"""May the sitting begin, and may it end? Who has to be there, on which day, and what was said about a head away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.errors import RuleViolation
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.words import LABELS, AttendeeRole, HeadAttendance, HearingSide, LiveStage
from app.law.dates import format_month_day

ARTICLE_RECONSIDERATION = "《行政复议法》第五十条、第五十一条"
AT_THE_FRONT = (AttendeeRole.CHAIR, AttendeeRole.PANELIST, AttendeeRole.RECORDER)


@dataclass(frozen=True)
class Expected:
    """Somebody the hearing waits for: one of the front, or one party with whoever speaks for it."""

    role: AttendeeRole
    name: str
    is_present: bool
    is_absence_recorded: bool = False
    side: HearingSide | None = None

    @property
    def is_settled(self) -> bool:
        """There, spoken for, or taken down as absent."""
        return self.is_present or self.is_absence_recorded


def check_is_the_day(planned: date | None, today: date) -> None:
    """Refuse a sitting on another day than the notice names (INV-15)."""
    if planned is None:
        raise RuleViolation("这场听证还没有排时间。请先排期并通知各方。", rule="INV-14")
    if today != planned:
        when = "还没到日子" if today < planned else "日子已过"
        raise RuleViolation(
            f"这场听证排在 {format_month_day(planned)}，{when}。要改在今天开，请先变更时间、重新通知各方。",
            rule="INV-15",
        )


def list_missing(procedure: Procedure, people: Sequence[Expected], head: HeadAttendance | None) -> list[str]:
    """What is still to be settled before the chair may open, in words for the page; empty means nothing (INV-17)."""
    missing = _missing_at_the_front(people)
    parties = [who for who in people if who.side is not None]
    missing += [f"{who.name}还没到，也没有记下缺席" for who in parties if not who.is_settled]
    if procedure.must_head_attend and head is None:
        missing.append(f"还没有记{procedure.respondent_word}负责人是否出席")
    return missing


def check_front_is_complete(procedure: Procedure, people: Sequence[Expected]) -> None:
    """Refuse to go on while chair, recorder or a panelist is not in the room (INV-17)."""
    missing = _missing_at_the_front(people)
    if missing:
        raise RuleViolation(
            f"还不能复会：{'；'.join(missing)}。来不了的，请先换人或者延期。", article=procedure.article, rule="INV-17"
        )


def _missing_at_the_front(people: Sequence[Expected]) -> list[str]:
    front = [who for who in people if who.role in AT_THE_FRONT]
    absent = [f"{LABELS[who.role]}{who.name}还没到" for who in front if not who.is_present]
    return absent + [f"还没有{LABELS[role]}" for role in AT_THE_FRONT if all(who.role is not role for who in front)]


def check_may_open(procedure: Procedure, people: Sequence[Expected], head: HeadAttendance | None) -> None:
    """Refuse to open without chair, recorder and full panel, or with a party neither there nor settled (INV-17).

    Without the petitioner the hearing is waived, without the unit it is put off (R-HEAR-24, R-RECON-05).
    """
    missing = list_missing(procedure, people, head)
    if missing:
        raise RuleViolation(f"还不能开始：{'；'.join(missing)}。", article=procedure.article, rule="INV-17")
    if not _has_come(people, HearingSide.APPLICANT):
        raise RuleViolation(
            f"{procedure.applicant_word}一方没有人到场，听证不能进行。没有正当理由的，按视为放弃听证办理；"
            "有正当理由的，请延期。",
            article=procedure.article,
            rule="R-RECON-05" if procedure.must_head_attend else "R-HEAR-24",
        )
    if not _has_come(people, HearingSide.RESPONDENT):
        raise RuleViolation(
            f"{procedure.respondent_word}没有到场，听证不能进行。请延期，并报告它的上级机关。",
            article=procedure.article,
            rule="R-HEAR-24",
        )


def _has_come(people: Sequence[Expected], side: HearingSide) -> bool:
    return any(who.is_present for who in people if who.side is side)


def check_head_answer(attendance: HeadAttendance, reason: str, delegate: str) -> None:
    """Refuse a delegation without the head's reason and the delegate's name (R-RECON-06)."""
    if attendance is HeadAttendance.DELEGATES and not (reason.strip() and delegate.strip()):
        raise RuleViolation(
            "负责人不能出席的，要写明理由，并写明委托谁来。依据《行政复议法》第五十一条",
            article=ARTICLE_RECONSIDERATION,
            rule="R-RECON-06",
        )


def check_may_end(stage: LiveStage, *, is_in_recess: bool) -> None:
    """Refuse to end the sitting before the minutes were read back, or during a recess (R-HEAR-26)."""
    if is_in_recess:
        raise RuleViolation("现在是休会。请先复会，再结束听证。", rule="R-HEAR-20")
    if stage is not LiveStage.READ_BACK:
        raise RuleViolation("还没有走到核对笔录这一步。请按程序走完，再结束听证。", rule="R-HEAR-20")
