"""Who may mediate a case? (R-MED-02, 08, 10; INV-12, 27, 28)"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.errors import RuleViolation
from app.law.dates import format_month_day

ANY_DISPUTE = "D99"
ARTICLE_MEDIATOR = "《人民调解法》第十三条、第十四条"
ARTICLE_CHOICE = "《人民调解法》第二十三条"
ARTICLE_LAWYER = "《律师法》第三十九条"


@dataclass(frozen=True)
class MediatorFacts:
    """What decides whether a person may mediate this case; `advised` names when and whom he advised in the matter."""

    name: str
    is_in_office: bool
    is_of_committee: bool
    skills: frozenset[str]
    is_barred: bool
    advised_on: date | None = None
    advised_party: str = ""


def is_skilled(facts: MediatorFacts, dispute_type: str) -> bool:
    """Handles that type of dispute; a mediator without listed skills handles all."""
    return not facts.skills or not dispute_type or bool({dispute_type, ANY_DISPUTE} & facts.skills)


def check_mediator(facts: MediatorFacts, dispute_type: str) -> None:
    """Refuse who is not in office, barred, advised a side or does not handle the type (INV-12, 27, 28)."""
    if facts.is_barred:
        raise RuleViolation(
            f"{facts.name} 在这件事上已回避，不能担任调解员。请换人。依据{ARTICLE_CHOICE}",
            article=ARTICLE_CHOICE,
            rule="INV-12",
        )
    if facts.advised_on is not None:
        whom = f"为 {facts.advised_party} " if facts.advised_party else ""
        raise RuleViolation(
            f"{facts.name} 不能参加：曾在 {format_month_day(facts.advised_on)} {whom}提供咨询。请换人。"
            f"依据{ARTICLE_LAWYER}",
            article=ARTICLE_LAWYER,
            rule="INV-28",
        )
    if not facts.is_in_office or not facts.is_of_committee:
        raise RuleViolation(
            f"{facts.name} 现在不是本调委会的调解员。请从名单里另选。依据{ARTICLE_MEDIATOR}",
            article=ARTICLE_MEDIATOR,
            rule="INV-27",
        )
    if not is_skilled(facts, dispute_type):
        raise RuleViolation(f"{facts.name} 不办这类纠纷。请从名单里另选。", article=ARTICLE_MEDIATOR, rule="INV-27")


def check_mediators(mediators: Sequence[MediatorFacts], dispute_type: str) -> None:
    """Refuse a case without mediator or with one that may not; any number is right (R-MED-08)."""
    if not mediators:
        raise RuleViolation(
            "请选一位或几位调解员。依据《人民调解法》第十九条", article="《人民调解法》第十九条", rule="R-MED-08"
        )
    for facts in mediators:
        check_mediator(facts, dispute_type)


def check_seats_fit(unfit: Sequence[str]) -> None:
    """Refuse to hold a meeting with somebody who was replaced or recused after it was booked (INV-12)."""
    if unfit:
        raise RuleViolation(
            f"{'、'.join(unfit)} 已换下或者回避，不能参加这一场。请先改期换人，再开。依据{ARTICLE_CHOICE}",
            article=ARTICLE_CHOICE,
            rule="INV-12",
        )
