"""How an agreement is read on a phone: one section a screen, explained above, amounts and dates in bold.

The words are those of the frozen facts; basic data of the other side (address, phone, ID number) are left out.
"""

import re
from dataclasses import dataclass

from app.documents.papers.agreements import MediationAgreementFacts, OralAgreementFormFacts, PaperInstalment
from app.documents.papers.base import Facts
from app.documents.papers.people import OrganisationParty, PersonParty
from app.law.dates import format_date
from app.law.money import amount_in_capitals, format_yuan

NUMERALS = "一二三四五六七八九十"
WEIGHTY = re.compile(
    r"[0-9][0-9,]*(?:\.[0-9]{1,2})? ?元|人民币[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整]+"
    r"|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日前?"
)


@dataclass(frozen=True)
class Section:
    """One screen: its title, what it means in two lines, and the words that hold."""

    title: str
    explanation: str
    paragraphs: tuple[str, ...]


def sections_of(facts: Facts, *, own_key: str, at_desk: bool = False) -> tuple[Section, ...]:
    """The sections of an agreement for the party who signs under `own_key`; none for another kind of paper.

    At the desk the clerk shows the paper itself; on the own phone it can be kept.
    """
    if isinstance(facts, MediationAgreementFacts):
        return _written(facts, own_key, at_desk)
    if isinstance(facts, OralAgreementFormFacts):
        return _oral(facts, own_key)
    return ()


def weighted(paragraph: str) -> list[tuple[str, bool]]:
    """The paragraph cut into pieces, with amounts and dates marked as weighty."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for match in WEIGHTY.finditer(paragraph):
        pieces += [(paragraph[end : match.start()], False), (match.group(), True)]
        end = match.end()
    return [piece for piece in [*pieces, (paragraph[end:], False)] if piece[0]]


def _written(facts: MediationAgreementFacts, own_key: str, at_desk: bool) -> tuple[Section, ...]:
    own = _own(facts.parties, own_key)
    where = "要看请问工作人员" if at_desk else "点“存下来”可以看"
    sections = [
        Section(
            "谁和谁的协议",
            f"看看名字对不对。住址、电话印在文件里，{where}。",
            _party_lines(facts.parties, own_key),
        ),
        Section("事情是怎么回事", "写的是这件事的经过，和双方争的是什么。", _lines(facts.facts_and_issues)),
    ]
    if facts.instalments:
        sections.append(Section("钱怎么付", _money_explanation(facts, own), _money_lines(facts)))
    offset = 1 if facts.instalments else 0
    if facts.terms:
        terms = tuple(f"（{NUMERALS[(n + offset) % 10]}）{_stop(term)}" for n, term in enumerate(facts.terms))
        sections.append(Section("还约定了什么", "钱以外，各方要做的事。", terms))
    sections.append(Section("什么时候、怎么办到", "写的是各方怎么做、最迟到哪一天。", _performance_lines(facts)))
    sections.append(
        Section("什么时候算数", "各方签名，调解员签名，委员会盖章，最后一个办完的那天起算数。", _effect_lines(facts))
    )
    return tuple(sections)


def _oral(facts: OralAgreementFormFacts, own_key: str) -> tuple[Section, ...]:
    return (
        Section("谁和谁的协议", "看看名字对不对。", _party_lines(facts.parties, own_key)),
        Section("事情是怎么回事", "写的是这件事的经过。", _lines(facts.facts_and_issues)),
        Section("说好了什么", f"{format_date(facts.reached_on)}当面说好的，从那天起算数。", _lines(facts.content)),
        Section("怎么办到", "写的是各方怎么做。", _lines(facts.performance) or ("—",)),
    )


def _party_lines(parties: tuple[PersonParty | OrganisationParty, ...], own_key: str) -> tuple[str, ...]:
    return tuple(
        f"{party.label}：{party.name}{'（您）' if party.signer == own_key else ''}" + _acting_words(party)
        for party in parties
    )


def _acting_words(party: PersonParty | OrganisationParty) -> str:
    if isinstance(party, PersonParty) and party.successors:
        return f"，继承人{'、'.join(heir.name for heir in party.successors)}各由本人签名"
    return f"，由{party.proxy.name}代理" if party.proxy else ""


def _own(parties: tuple[PersonParty | OrganisationParty, ...], own_key: str) -> str:
    return next((party.name for party in parties if party.signer == own_key), "")


def _money_explanation(facts: MediationAgreementFacts, own: str) -> str:
    total = format_yuan(facts.total_fen or 0).removesuffix(".00")
    times = f"分 {len(facts.instalments)} 次" if len(facts.instalments) > 1 else "一次"
    if {each.payer for each in facts.instalments} == {own}:
        return f"您要{times}付钱，一共 {total} 元。"
    if {each.payee for each in facts.instalments} == {own}:
        return f"对方{times}给您钱，一共 {total} 元。"
    return f"{times}付钱，一共 {total} 元。"


def _money_lines(facts: MediationAgreementFacts) -> tuple[str, ...]:
    total = facts.total_fen or 0
    term = (facts.payment_term or "应付款项").strip().rstrip("。；;，,.")
    times = f"，分 {len(facts.instalments)} 期：" if len(facts.instalments) > 1 else "："
    head = f"{term}，共计{_amount(total)}{times}"
    rows = (_instalment(number, each) for number, each in enumerate(facts.instalments, start=1))
    accounts = (
        f"收款账户：{account.holder}，{account.bank}，尾号 {account.number[-4:]}。" for account in facts.accounts
    )
    return (f"（一）{head}", *rows, *accounts)


def _instalment(number: int, each: PaperInstalment) -> str:
    due = each.due_text or (f"{format_date(each.due_on)}前" if each.due_on else "—")
    method = f"，{each.method}" if each.method else ""
    return f"第 {number} 期：{each.payer}付给{each.payee} {_amount(each.amount_fen)}，{due}{method}。"


def _amount(fen: int) -> str:
    return f"{format_yuan(fen)} 元（大写：人民币{amount_in_capitals(fen)}）"


def _performance_lines(facts: MediationAgreementFacts) -> tuple[str, ...]:
    last = facts.last_performance_text or (format_date(facts.last_performance_on) if facts.last_performance_on else "—")
    place = f"履行地点：{_stop(facts.performance_place or '—')}"
    return (*_lines(facts.performance_manner), place, f"最后履行期限：{_stop(last)}")


def _effect_lines(facts: MediationAgreementFacts) -> tuple[str, ...]:
    return (
        "本协议自各方当事人签名、盖章或者按指印，人民调解员签名并加盖人民调解委员会印章之日起生效，具有法律约束力，"
        "当事人应当按照约定履行。",
        "当事人认为有必要的，可以自协议生效之日起三十日内共同向人民法院申请司法确认。",
        f"本协议一式 {facts.copies} 份。",
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(_stop(line) for line in text.splitlines() if line.strip())


def _stop(text: str) -> str:
    text = text.strip()
    return text if not text or text[-1] in "。！？；：…）”" else f"{text}。"
