"""Which words in a clause must not stand, or will not be confirmed by a court?

A table of patterns over the clause without blanks. What gives up suing or petitioning is void (R-JC-09, R-LINK-10);
what decides status or title is not confirmed (R-JC-05); what hushes up a crime is against the law (R-JC-06).
"""

import re
import unicodedata
from dataclasses import dataclass

GAP = r"[^，。；,;、！？\n]{0,12}?"
RIGHTS = r"(?:起诉|诉讼|上诉|仲裁|信访|上访|申诉|控告|检举|举报|投诉|行政复议|复议|申请执行|强制执行|诉权|告状|打官司)"
GIVING_UP = (
    r"(?:不再|不得再?|不能再|不准再?|不许再?|不会再?|不予再|不应再|绝不|永不|永远不|不去"
    r"|禁止|停止|放弃|自愿放弃|保证不|承诺不)"
)
PROTECTING = re.compile(
    r"阻碍|阻挠|妨碍|干涉|干预|影响|限制|剥夺|拒绝履行|可以|有权|可向|应当|履行|达成|解决|一致|协商不成|打击|报复|因此|以此|不得因|不能因"
)


@dataclass(frozen=True)
class Match:
    """A place in a clause that a pattern found: which kind, and the words."""

    kind: str
    words: str


WAIVERS = (
    re.compile(rf"{GIVING_UP}(?P<gap>{GAP}){RIGHTS}"),
    re.compile(rf"(?:放弃|抛弃|丧失|无权|撤销){GAP}(?P<gap>)(?:对[^，。；]{{0,12}}的)?{RIGHTS}(?:的?权利?|权)?"),
    re.compile(r"(?P<gap>)息诉(?:罢访|息访)?|息访(?:罢诉|息诉)?|罢访|停访|息事罢访|停诉息访"),
    re.compile(rf"(?P<gap>)不(?:以任何[^，。；]{{0,8}})(?:向[^，。；]{{0,12}})?{RIGHTS}"),
    re.compile(rf"(?P<gap>)不(?:向[^，。；]{{1,12}}){RIGHTS}"),
)
HUSHING_UP = (
    re.compile(r"不(?:再|得|予|许|能)?(?:报警|报案|追究[^，。；]{0,8}刑事责任)|(?:撤回|放弃)报(?:案|警)|私了"),
)
UNCONFIRMABLE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("身份关系", re.compile(r"(?:解除|撤销|确认)?(?:婚姻|收养|亲子|身份)关系|离婚|抚养权|监护权")),
    (
        "物权、知识产权确权",
        re.compile(
            r"产权归(?!还)|所有权归(?!还)|(?:房屋|土地|宅基地|林地|承包地|车库)[^，。；]{0,10}归[^，。；]{1,12}所有|确权"
            r"|使用权归(?!还)|(?:专利|商标|著作)权归"
        ),
    ),
)
VAGUE = re.compile(
    r"相应(?:的)?责任|尽快|适当(?:补偿|赔偿)?|酌情|近期|条件允许|视情况|合理(?:期限|时间)|妥善(?:处理|解决)"
)
NON_PAYMENT = re.compile(
    r"恢复劳动关系|继续履行劳动合同|补缴社会?保险?|补办[^，。；]{0,8}手续|赔礼道歉|出具[^，。；]{0,8}证明"
)


def find_waivers(text: str) -> list[Match]:
    """Words that give up suing, petitioning or another remedy (message 9)."""
    compact = _compact(text)
    found: dict[str, Match] = {}
    for pattern in WAIVERS:
        for match in pattern.finditer(compact):
            if not PROTECTING.search(match.group()) and not _is_protected(compact, match.start()):
                found.setdefault(match.group(), Match("waiver", match.group()))
    return _longest(list(found.values()))


def find_hushing_up(text: str) -> list[Match]:
    """Words that keep a crime from the police."""
    compact = _compact(text)
    return [Match("hushing_up", match.group()) for pattern in HUSHING_UP for match in pattern.finditer(compact)]


def find_unconfirmable(text: str) -> list[Match]:
    """Content no court confirms: status, title (R-JC-05)."""
    compact = _compact(text)
    return [Match(kind, match.group()) for kind, pattern in UNCONFIRMABLE for match in pattern.finditer(compact)]


def find_vague(text: str) -> list[Match]:
    """Words nobody can perform or enforce (R-JC-06: content unclear)."""
    return [Match("vague", match.group()) for match in VAGUE.finditer(_compact(text))]


def find_non_payment(text: str) -> list[Match]:
    """Duties beside payment: a labour agreement with them is not confirmed (R-JC-03)."""
    return [Match("non_payment", match.group()) for match in NON_PAYMENT.finditer(_compact(text))]


def without_sentence(text: str, words: str) -> str:
    """The clause without the sentence that holds the found words; '' when nothing is left."""
    kept = [part for part in re.split(r"(?<=[。；;\n])", text) if words not in _compact(part)]
    return "".join(kept).strip().rstrip("；;")


def _is_protected(compact: str, start: int) -> bool:
    """A double negation such as 不因本协议而不得起诉, or 任何一方不得以不得起诉为由."""
    return compact[max(0, start - 6) : start].endswith(("不因此", "并不", "不意味着", "不等于", "不表示", "不影响"))


def _longest(matches: list[Match]) -> list[Match]:
    return [one for one in matches if not any(one is not other and one.words in other.words for other in matches)]


def _compact(text: str) -> str:
    return re.sub(r"[ \t\u3000“”\"'‘’《》（）()·\-—*]", "", unicodedata.normalize("NFKC", text).replace(",", "，"))
