"""Who may stand for a party at the hearing, with which powers, and what is missing before it (INV-16, R-HEAR-14/15)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.errors import RuleViolation
from app.hearings.rules.applications import MOST_REPRESENTATIVES
from app.hearings.rules.words import HearingStatus
from app.law.dates import format_month_day
from app.matters.rules.parties import ARTICLE_PROXIES, ARTICLE_REPRESENTATIVES
from app.web.labels import WordTable

FILING = frozenset(
    {
        HearingStatus.APPLIED,
        HearingStatus.APPROVED,
        HearingStatus.NOTICED,
        HearingStatus.POSTPONED,
        HearingStatus.SUSPENDED,
    }
)
"""States in which the sitting is still to come, or to go on: authorities are filed before it (R-HEAR-15)."""


class Power(StrEnum):
    """One thing a proxy may do at the hearing; the last three need special authority (R-HEAR-15)."""

    STATE = "state"
    PROVE = "prove"
    ARGUE = "argue"
    ASK_RECUSAL = "ask_recusal"
    RECEIVE_PAPERS = "receive_papers"
    SIGN_MINUTES = "sign_minutes"
    CHANGE_CLAIM = "change_claim"
    SETTLE = "settle"
    WITHDRAW = "withdraw"


POWER_WORDS = WordTable(
    (Power.STATE, "代为参加听证、陈述事实和理由"),
    (Power.PROVE, "代为提交证据、质证"),
    (Power.ARGUE, "代为辩论、作最后陈述"),
    (Power.ASK_RECUSAL, "代为申请回避"),
    (Power.RECEIVE_PAPERS, "代为收取听证文书"),
    (Power.SIGN_MINUTES, "代为核对听证笔录并签名"),
    (Power.CHANGE_CLAIM, "代为承认、放弃、变更请求"),
    (Power.SETTLE, "代为和解、达成调解协议"),
    (Power.WITHDRAW, "代为撤回申请"),
)
SPECIAL = frozenset({Power.CHANGE_CLAIM, Power.SETTLE, Power.WITHDRAW})
GENERAL = tuple(power for power in Power if power not in SPECIAL)
ELECTED_POWERS = (
    "参加听证、陈述事实和理由",
    "提交证据、质证、辩论，作最后陈述",
    "申请回避、收取听证文书、核对听证笔录并签名",
)
"""What representatives do for those who elected them; more needs everybody's own word (R-RECON-08)."""


@dataclass(frozen=True)
class PartyOnFile:
    """What is on file for one party: proxies valid on the day with the last day of each, papers not signed yet."""

    name: str
    is_body: bool
    proxies: Sequence[tuple[str, date | None]] = ()
    unsigned: int = 0


def is_special(powers: Collection[Power]) -> bool:
    """True when one of the powers needs special authority."""
    return any(power in SPECIAL for power in powers)


def check_may_file(status: HearingStatus) -> None:
    """Refuse an authority or an election outside of the time before the sitting (R-HEAR-15)."""
    if status not in FILING:
        raise RuleViolation(
            "授权委托书、代表推选书要在听证开始前交。已经开始的，请主持人先宣布休会或者延期。", rule="R-HEAR-15"
        )


def check_authority(
    powers: Collection[Power],
    *,
    principal: str,
    proxy: str,
    filed_on: date,
    valid_until: date,
    held_on: date | None,
    today: date,
) -> None:
    """Refuse powers left open, a principal who is his own proxy, a period that ends before the hearing (INV-16)."""
    if not powers:
        raise RuleViolation("请逐项选代理权限，授权委托书要写明。", article=ARTICLE_PROXIES, rule="R-HEAR-15")
    if proxy.strip() == principal.strip():
        raise RuleViolation("代理人和委托人是同一个名字。请核对。", article=ARTICLE_PROXIES, rule="INV-16")
    if valid_until < max(filed_on, today):
        raise RuleViolation("这份委托已经到期，不能登记。请核对委托期限。", article=ARTICLE_PROXIES, rule="INV-16")
    if held_on is not None and valid_until < held_on:
        raise RuleViolation(
            f"听证在{format_month_day(held_on)}，委托只到{format_month_day(valid_until)}，那天已经失效。请改委托期限。",
            article=ARTICLE_PROXIES,
            rule="INV-16",
        )


def check_election(elected: Collection[str], electors: Collection[str], *, seated: Collection[str] | None) -> None:
    """Refuse nobody, a sixth, an outsider, or others than those whom the notices name (INV-01, R-HEAR-14, R-DOC-H14).

    All are keys of petitioners; `seated` are those at the table once notices are out, None before.
    """
    if not 1 <= len(elected) <= MOST_REPRESENTATIVES:
        raise RuleViolation(
            f"代表要有 1 至 {MOST_REPRESENTATIVES} 名，选了 {len(elected)} 名。请重新选。",
            article=ARTICLE_REPRESENTATIVES,
            rule="INV-01",
        )
    if not set(elected) <= set(electors):
        raise RuleViolation("代表要从申请的人里推选。请重新选。", article=ARTICLE_REPRESENTATIVES, rule="INV-01")
    if len(electors) < 2:
        raise RuleViolation("申请的只有一个人，不用推选代表。", rule="R-DOC-H14")
    if seated is not None and set(elected) != set(seated):
        raise RuleViolation(
            "听证通知已经按原来的代表发出，推选书要和通知一致。要换代表，请先办延期，再重新通知。", rule="INV-15"
        )


def list_lacks(parties: Sequence[PartyOnFile], held_on: date | None, *, needs_election: bool) -> list[str]:
    """What the clerk must still ask for before the hearing, in plain sentences; nothing here bars the opening."""
    lacks = ["代表推选书还没有签齐。"] if needs_election else []
    for party in parties:
        ending = [(name, last) for name, last in party.proxies if held_on and last and last < held_on]
        lacks += [
            f"{name}的委托到{format_month_day(last)}为止，听证那天已经失效，要重新委托。" for name, last in ending
        ]
        if party.unsigned:
            lacks.append(f"{party.name}的授权委托书还没有签完。")
        elif party.is_body and len(ending) == len(party.proxies):
            lacks.append(f"{party.name}还没有交授权委托书。负责人不来的，来的人要有委托书。")
    return lacks
