"""Which words give up suing, petitioning or another remedy? They are void wherever they stand (R-JC-09, R-LINK-10)."""

import re
import unicodedata

GAP = r"[^，。；,;、！？\n]{0,12}?"
RIGHTS = r"(?:起诉|诉讼|上诉|仲裁|信访|上访|申诉|控告|检举|举报|投诉|行政复议|复议|申请执行|强制执行|诉权|告状|打官司)"
GIVING_UP = (
    r"(?:不再|不得再?|不能再|不准再?|不许再?|不会再?|不予再|不应再|绝不|永不|永远不|不去"
    r"|禁止|停止|放弃|自愿放弃|保证不|承诺不)"
)
PROTECTING = re.compile(
    r"阻碍|阻挠|妨碍|干涉|干预|影响|限制|剥夺|拒绝履行|可以|有权|可向|应当|履行|达成|解决|一致|协商不成|打击|报复|因此|以此|不得因|不能因"
)
WAIVERS = (
    re.compile(rf"{GIVING_UP}(?P<gap>{GAP}){RIGHTS}"),
    re.compile(rf"(?:放弃|抛弃|丧失|无权|撤销){GAP}(?P<gap>)(?:对[^，。；]{{0,12}}的)?{RIGHTS}(?:的?权利?|权)?"),
    re.compile(r"(?P<gap>)息诉(?:罢访|息访)?|息访(?:罢诉|息诉)?|罢访|停访|息事罢访|停诉息访"),
    re.compile(rf"(?P<gap>)不(?:以任何[^，。；]{{0,8}})(?:向[^，。；]{{0,12}})?{RIGHTS}"),
    re.compile(rf"(?P<gap>)不(?:向[^，。；]{{1,12}}){RIGHTS}"),
)


def find_waivers(text: str) -> list[str]:
    """The words that give up a right, each once, the longest where one holds another."""
    plain = compact(text)
    found: dict[str, None] = {}
    for pattern in WAIVERS:
        for match in pattern.finditer(plain):
            if not PROTECTING.search(match.group()) and not _is_protected(plain, match.start()):
                found.setdefault(match.group())
    return [one for one in found if not any(one != other and one in other for other in found)]


def compact(text: str) -> str:
    """A text in its plain forms, without blanks, quotation marks and brackets, as the patterns read it."""
    return re.sub(r"[ \t\u3000“”\"'‘’《》（）()·\-—*]", "", unicodedata.normalize("NFKC", text).replace(",", "，"))


def _is_protected(plain: str, start: int) -> bool:
    """A double negation such as 不因本协议而不得起诉, or 任何一方不得以不得起诉为由."""
    return plain[max(0, start - 6) : start].endswith(("不因此", "并不", "不意味着", "不等于", "不表示", "不影响"))
