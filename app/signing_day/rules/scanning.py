"""What scanned pages make up together: complete papers, and for every other one what is wrong with it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class SetKind(StrEnum):
    """What the pages of one paper make up."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    VOID = "void"
    FOREIGN = "foreign"
    OTHER_KIND = "other_kind"
    SIGNED = "signed"


SET_LABELS: dict[StrEnum, str] = {
    SetKind.COMPLETE: "齐了",
    SetKind.INCOMPLETE: "没齐",
    SetKind.VOID: "已作废",
    SetKind.FOREIGN: "不是这份名册的",
    SetKind.OTHER_KIND: "不是调解协议",
    SetKind.SIGNED: "已签过",
}


@dataclass(frozen=True)
class PaperStanding:
    """A paper whose code was found on scanned pages, as it stands now."""

    pages: int
    title: str = ""
    is_agreement: bool = True
    is_of_roster: bool = True
    is_void: bool = False
    replaced_by: str = ""
    awaits_signature: bool = True


@dataclass(frozen=True)
class Verdict:
    """What the pages of a paper make up, and in words what is to be done."""

    kind: SetKind
    words: str


def judge(paper: PaperStanding, numbers: Sequence[int]) -> Verdict:
    """What these scanned pages (their numbers in the paper) are worth; complete means each page exactly once."""
    return _judge_paper(paper) or _judge_pages(paper.pages, numbers)


def _judge_paper(paper: PaperStanding) -> Verdict | None:
    if not paper.is_of_roster:
        return Verdict(SetKind.FOREIGN, "不是这份名册的文书，请抽出来另放。")
    if not paper.is_agreement:
        return Verdict(SetKind.OTHER_KIND, f"这是{paper.title}，不是调解协议。请到那份文书的页面登记。")
    if paper.is_void and paper.replaced_by:
        return Verdict(SetKind.VOID, f"这一版已作废，不能用。请签新的：{paper.replaced_by}。")
    if paper.is_void:
        return Verdict(SetKind.VOID, "这份协议已作废，不能用。")
    if not paper.awaits_signature:
        return Verdict(SetKind.SIGNED, "该签的都登记过了，不用再存。")
    return None


def _judge_pages(pages: int, numbers: Sequence[int]) -> Verdict:
    found = Counter(numbers)
    missing = [str(number) for number in range(1, pages + 1) if number not in found]
    twice = [number for number, count in sorted(found.items()) if count > 1]
    parts = [f"缺第 {'、'.join(missing)} 页，请补扫"] if missing else []
    parts += [f"第 {number} 页有 {found[number]} 张，请留一张" for number in twice]
    if parts:
        return Verdict(SetKind.INCOMPLETE, "；".join(parts) + "。")
    return Verdict(SetKind.COMPLETE, f"{pages} 页都在。")
