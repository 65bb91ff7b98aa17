"""What the check-up finds in the words of the clauses: rights given up, crimes hushed up, what no court confirms."""

import re
from collections.abc import Iterator
from datetime import date

from app.agreements.rules import clauses
from app.agreements.rules.draft import Draft
from app.agreements.rules.findings import (
    CONFIRMATION_BASIS,
    RIGHTS_BASIS,
    Finding,
    Fix,
    Repair,
    advise,
    must,
)
from app.errors import RuleViolation
from app.law.money import amount_in_capitals, parse_yuan
from app.law.profile import Profile

NEUTRAL_CLAUSE = "双方再无其他金钱争议。"
WAIVER_TEXT = "这是法律给每个人的权利，写了也不算。请删去。"
CAPITALS = re.compile(
    r"(?P<figures>[0-9][0-9,]*(?:\.[0-9]{1,2})?)\s*元?\s*[（(](?:大写)?[：:]?\s*(?:人民币)?"
    r"(?P<capitals>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正]{2,})"
)


def check_waivers(draft: Draft, _today: date, _profile: Profile) -> Iterator[Finding]:
    """No clause gives up suing, petitioning or another remedy (message 9, R-JC-09)."""
    for position, place, text in _texts(draft):
        for match in clauses.find_waivers(text):
            yield must(
                f"waiver:{place}",
                "不能约定放弃起诉、信访",
                f"“{match.words}”：{WAIVER_TEXT}",
                place,
                RIGHTS_BASIS,
                words=match.words,
                fixes=_fixes_of(position, place, text, match.words),
            )


def check_lawful(draft: Draft, _today: date, _profile: Profile) -> Iterator[Finding]:
    """No clause keeps a crime from the police (R-JC-06)."""
    for position, place, text in _texts(draft):
        for match in clauses.find_hushing_up(text):
            yield must(
                f"unlawful:{place}",
                "不能约定不报警、不追究犯罪",
                f"“{match.words}”违反法律，写了也不算。请删去。",
                place,
                RIGHTS_BASIS,
                words=match.words,
                fixes=_fixes_of(position, place, text, match.words)[:1],
            )


def check_confirmable(draft: Draft, _today: date, _profile: Profile) -> Iterator[Finding]:
    """What a court does not confirm: status, title; in a labour dispute everything but payment (R-JC-03/05)."""
    for _position, place, text in _texts(draft, with_facts=False):
        for match in clauses.find_unconfirmable(text):
            yield advise(
                f"unconfirmable:{place}",
                f"法院不确认这一项（{match.kind}）",
                f"“{match.words}”不在司法确认范围里。要确认的，请另行约定；确要写，请写明理由。",
                place,
                "依据《最高人民法院关于适用〈民事诉讼法〉的解释》第三百五十五条",
                words=match.words,
            )
        for match in clauses.find_non_payment(text) if draft.is_labour else ():
            yield advise(
                f"not_payment:{place}",
                "劳动争议只确认给付金钱",
                f"“{match.words}”不是付款，这份协议将不能申请司法确认。确要写，请写明理由。",
                place,
                "依据《劳动争议司法解释（一）》第五十二条",
                words=match.words,
            )


def check_clear(draft: Draft, _today: date, _profile: Profile) -> Iterator[Finding]:
    """Clauses somebody can perform: no empty words (R-JC-06)."""
    for _position, place, text in _texts(draft, with_facts=False):
        for match in clauses.find_vague(text):
            yield advise(
                f"vague:{place}",
                "写得太空，难执行",
                f"“{match.words}”难执行。请写明多少、哪天、怎么算。",
                place,
                CONFIRMATION_BASIS,
                words=match.words,
            )


def check_capitals(draft: Draft, _today: date, _profile: Profile) -> Iterator[Finding]:
    """Figures and capitals written in a clause say the same amount."""
    for _position, place, text in _texts(draft):
        for match in CAPITALS.finditer(text):
            right = _capitals_of(match["figures"])
            if right and _normal(match["capitals"]) != _normal(right):
                yield must(
                    f"capitals:{place}",
                    "大小写不一致",
                    f"{match['figures']} 元的大写是“{right}”，写成了“{match['capitals']}”。",
                    place,
                    words=match["capitals"],
                )


def _texts(draft: Draft, *, with_facts: bool = True) -> Iterator[tuple[int, str, str]]:
    if with_facts:
        yield -1, "facts_and_issues", draft.facts_and_issues
    yield -1, "payment_term", draft.payment_term
    yield -1, "performance_manner", draft.performance_manner
    for position, text in enumerate(draft.terms):
        yield position, f"term-{position}", text


def _fixes_of(position: int, place: str, text: str, words: str) -> tuple[Fix, ...]:
    if not place.startswith("term-"):
        return ()
    rest = clauses.without_sentence(text, words)
    delete = (
        Fix("只删这一句", Repair.REPLACE_TERM, position, rest)
        if rest
        else Fix("删去这一项", Repair.DELETE_TERM, position)
    )
    replace = Fix("换成“双方再无其他金钱争议”", Repair.REPLACE_TERM, position, f"{rest}{NEUTRAL_CLAUSE}")
    return delete, replace


def _capitals_of(figures: str) -> str:
    try:
        return amount_in_capitals(parse_yuan(figures))
    except RuleViolation:
        return ""


def _normal(capitals: str) -> str:
    return capitals.replace("圆", "元").replace("正", "整").removesuffix("整")
