"""What must a mediation record hold before it is closed, and what may be written into it? (R-MED-07, R-DOC-M06)"""

from collections.abc import Collection
from dataclasses import dataclass

from app.errors import RuleViolation
from app.matters.rules import PartySide

ROOM = "room"
ARTICLE_RIGHTS = "《人民调解法》第二十三条、第二十四条"
ARTICLE_RECORD = "《人民调解法》第二十七条"
CLIENT_ID_LENGTHS = range(8, 65)


@dataclass(frozen=True)
class RecordState:
    """What a record holds so far."""

    sides_present: frozenset[PartySide]
    are_rights_told: bool
    turns: int
    is_closed: bool


def check_is_open(is_closed: bool) -> None:
    """Refuse to change a record that was closed; a note may follow."""
    if is_closed:
        raise RuleViolation(
            "这份记录已经定稿，不能再改。有要补充的，请另写附注。", article=ARTICLE_RECORD, rule="R-MED-24"
        )


def check_rights_told(are_told: bool) -> None:
    """Refuse to mediate before nature, principles, effect, rights and duties were told (R-MED-07)."""
    if not are_told:
        raise RuleViolation(
            f"请先告知当事人调解的性质、原则和权利义务，再记发言。依据{ARTICLE_RIGHTS}",
            article=ARTICLE_RIGHTS,
            rule="R-MED-07",
        )


def check_client_id(client_id: str) -> None:
    """Refuse a turn without the page's own mark: without it a repeat would be written twice."""
    if len(client_id) not in CLIENT_ID_LENGTHS or not (client_id.isascii() and client_id.isprintable()):
        raise RuleViolation("这一页放得太久或不完整，请刷新后再记。您写的还在。", rule="R-MED-24")


def list_missing(state: RecordState) -> list[str]:
    """What stands in the way of closing the record, in words for the page; empty means nothing."""
    missing = []
    if PartySide.PETITIONER not in state.sides_present:
        missing.append("还没有记信访人一方谁到场")
    if PartySide.RESPONDENT not in state.sides_present:
        missing.append("还没有记对方当事人谁到场")
    if not state.are_rights_told:
        missing.append("还没有告知权利义务")
    if not state.turns:
        missing.append("还没有记下发言")
    return missing


def check_may_close(state: RecordState, result_text: str) -> None:
    """Refuse to close an incomplete record (R-DOC-M06)."""
    check_is_open(state.is_closed)
    missing = list_missing(state)
    if missing:
        raise RuleViolation(f"还不能定稿：{'；'.join(missing)}。", article=ARTICLE_RECORD, rule="R-DOC-M06")
    if not result_text.strip():
        raise RuleViolation(
            "请写明结果：谈成了什么；没谈成的，为什么，告知了哪些途径。", article=ARTICLE_RECORD, rule="R-DOC-M06"
        )


def check_correction(text: str, before: str) -> None:
    """Refuse a correction that changes nothing."""
    if text == before:
        raise RuleViolation("更正后的文字和原来一样。请改好再记。", rule="R-MED-24")


def check_refusals(refusing: Collection[int], present: Collection[int]) -> None:
    """Refuse a refusal of somebody who was not there."""
    if not set(refusing) <= set(present):
        raise RuleViolation("拒签的人没有到场记录。请先记他到场，或去掉这一条。", rule="R-DOC-M06")
