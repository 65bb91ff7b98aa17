"""Which words in a clause must not stand, or will not be confirmed by a court?

A table of patterns over the clause without blanks. What gives up suing or petitioning is void (R-JC-09, R-LINK-10);
what decides status or title is not confirmed (R-JC-05); what hushes up a crime is against the law (R-JC-06).
"""

import re
from dataclasses import dataclass

from app.law import waivers
from app.law.waivers import compact


@dataclass(frozen=True)
class Match:
    """A place in a clause that a pattern found: which kind, and the words."""

    kind: str
    words: str


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
    return [Match("waiver", words) for words in waivers.find_waivers(text)]


def find_hushing_up(text: str) -> list[Match]:
    """Words that keep a crime from the police."""
    plain = compact(text)
    return [Match("hushing_up", match.group()) for pattern in HUSHING_UP for match in pattern.finditer(plain)]


def find_unconfirmable(text: str) -> list[Match]:
    """Content no court confirms: status, title (R-JC-05)."""
    plain = compact(text)
    return [Match(kind, match.group()) for kind, pattern in UNCONFIRMABLE for match in pattern.finditer(plain)]


def find_vague(text: str) -> list[Match]:
    """Words nobody can perform or enforce (R-JC-06: content unclear)."""
    return [Match("vague", match.group()) for match in VAGUE.finditer(compact(text))]


def find_non_payment(text: str) -> list[Match]:
    """Duties beside payment: a labour agreement with them is not confirmed (R-JC-03)."""
    return [Match("non_payment", match.group()) for match in NON_PAYMENT.finditer(compact(text))]


def without_sentence(text: str, words: str) -> str:
    """The clause without the sentence that holds the found words; '' when nothing is left."""
    kept = [part for part in re.split(r"(?<=[。；;\n])", text) if words not in compact(part)]
    return "".join(kept).strip().rstrip("；;")
