"""May a passage be worded like this, and what differs between two texts?

Own words explain; they never give up rights, lay down duties, periods or fees, threaten, or name the law: all that is
locked text of the paper.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from app.documents.papers.passages import PASSAGES, Passage
from app.documents.rendering.glyphs import list_missing_glyphs
from app.law.waivers import compact, find_waivers

BLANK = re.compile(r"\{([^{}\n]*)\}")
RIGHTS_BASIS = "依据《信访工作条例》第三条、《人民调解法》第三条"
THREATS = re.compile(
    r"后果自负|责任自负|依法(?:处理|追究|处置|打击)|追究[^，。；]{0,8}责任|拘留|罚款|处罚|黑名单|训诫|治安管理"
    r"|(?:视为|视同|按)[^，。；]{0,6}(?:放弃|撤回|撤销|同意|自愿)|不予(?:受理|办理|登记|理睬)|取消[^，。；]{0,6}资格|否则"
)
DUTIES = re.compile(r"必须|应当|应该|务必|不得|禁止|严禁|不准|不许|有义务|负责赔偿|承担[^，。；]{0,8}(?:责任|费用)")
PERIODS = re.compile(r"[0-9〇零一二两三四五六七八九十百]+(?:个)?(?:工作日|日|天|周|月|年)(?:之|以)?[内前]|逾期|过期不")
FEES = re.compile(r"(?<!不)(?<!不另)(?<!不再)(?<!免)(?:收取|收费)|缴费|交费|付费|缴纳|交纳|押金|手续费|工本费")
LAW = re.compile(r"《[^》]{2,40}》|第[0-9〇零一二三四五六七八九十百]+条")


@dataclass(frozen=True)
class Difference:
    """A run of characters: `kind` is same, gone or new."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """A passage that two versions word differently."""

    passage: Passage
    differences: list[Difference]


def check_text(passage: Passage, text: str) -> str:
    """What is wrong with an own text, in one message; '' when it may be used. Every check of the table is made."""
    return "".join(message for check in CHECKS for message in check(passage, text))


def find_differences(before: str, after: str) -> list[Difference]:
    """What went and what came, character by character, in the order of reading."""
    found: list[Difference] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Difference("same", before[a:b]))
            continue
        found += [Difference(word, run) for word, run in (("gone", before[a:b]), ("new", after[c:d])) if run]
    return found


def list_changes(type_name: str, before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    """The passages of a paper that two versions word differently; a passage that is missing is the usual one."""
    changes = []
    for passage in PASSAGES[type_name]:
        old, new = (texts.get(passage.name, passage.default) for texts in (before, after))
        if old != new:
            changes.append(Change(passage, find_differences(old, new)))
    return changes


def _empty(passage: Passage, text: str) -> Iterator[str]:
    if passage.default and not text.strip():
        yield f"“{passage.label}”不能空着。不想改的，点“恢复默认”。"


def _length(passage: Passage, text: str) -> Iterator[str]:
    if len(text) > passage.longest:
        yield f"最多 {passage.longest} 个字，现在 {len(text)} 个字，请写短一些。"


def _lines(passage: Passage, text: str) -> Iterator[str]:
    if not passage.has_paragraphs and "\n" in text.strip():
        yield "这一段只能写成一行，请去掉换行。"


def _blanks(passage: Passage, text: str) -> Iterator[str]:
    unknown = [name for name in BLANK.findall(text) if name not in passage.blanks]
    may = "、".join(f"{{{name}}}" for name in passage.blanks)
    offer = f"这一段可以用：{may}。" if may else "这一段没有可用的空格，请直接写字。"
    if unknown:
        yield f"没有“{{{unknown[0]}}}”这个空格。{offer}"
    elif set("{}") & set(BLANK.sub("", text)):
        yield f"花括号要成对，里面写空格的名字。{offer}"


def _terms(passage: Passage, text: str) -> Iterator[str]:
    missing = [term for term in passage.must_contain if compact(term) not in compact(text)]
    if missing and text.strip():
        yield f"这一段里一定要有“{'”“'.join(missing)}”。"


def _waivers(_passage: Passage, text: str) -> Iterator[str]:
    for words in find_waivers(text):
        yield f"“{words}”：起诉、信访是法律给每个人的权利，文书里不能写这样的话。请删去。{RIGHTS_BASIS}。"


def _refused(pattern: re.Pattern[str], reason: str) -> Callable[[Passage, str], Iterator[str]]:
    def check(passage: Passage, text: str) -> Iterator[str]:
        if found := pattern.search(text):
            yield f"“{found.group()}”：{reason}"

    return check


def _duties(passage: Passage, text: str) -> Iterator[str]:
    found = DUTIES.search(text)
    if found and not passage.may_oblige:
        yield f"“{found.group()}”：义务由法律规定，锁定的文字里已经写明。请改成提醒，例如“请”。"


def _glyphs(passage: Passage, text: str) -> Iterator[str]:
    for fault in list_missing_glyphs({passage.label: text}):
        yield f"{fault}，请改用规范汉字。"


CHECKS: tuple[Callable[[Passage, str], Iterator[str]], ...] = (
    _empty,
    _length,
    _lines,
    _blanks,
    _terms,
    _waivers,
    _refused(THREATS, "文书不能吓唬群众，也不能替法律定后果。请删去。"),
    _duties,
    _refused(PERIODS, "期限是法定内容，锁定的文字里已经写明。请删去，免得写错。"),
    _refused(FEES, "办理信访、调解、听证都不收费。请删去。"),
    _refused(LAW, "引用法律的话是锁定文字，这里只写说明。请删去。"),
    _glyphs,
)
