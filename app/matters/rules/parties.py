"""Who may stand for whom in a matter: representatives, guardians, proxies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.errors import RuleViolation
from app.law.citizen_id import age_on
from app.matters.rules.words import PartySide

MOST_REPRESENTATIVES = 5
MOST_PROXIES = 2
ADULT = 18
ARTICLE_REPRESENTATIVES = "《信访工作条例》第二十条第三款"
ARTICLE_PROXIES = "《民事诉讼法》第六十一条、《行政复议法》第十七条"
ARTICLE_GUARDIAN = "《民法典》第一百六十三条、第二十三条"


def check_representatives(*, is_collective: bool, head_count: int, petitioners: int, representatives: int) -> None:
    """Refuse a collective visit without one to five representatives of its own, or with too few heads (INV-01).

    `petitioners` are those entered by name, among whom the representatives are marked.
    """
    if head_count < max(petitioners, 1):
        raise RuleViolation(f"登记了 {petitioners} 位信访人，来访人数不能少于这个数。请改人数。", rule="INV-01")
    if not is_collective:
        if representatives > MOST_REPRESENTATIVES:
            raise _too_many(representatives)
        return
    if head_count <= 1:
        raise RuleViolation(
            f"多人走访请填来了多少人。依据{ARTICLE_REPRESENTATIVES}", article=ARTICLE_REPRESENTATIVES, rule="INV-01"
        )
    if representatives < 1:
        raise RuleViolation(
            f"多人走访要推选 1 至 5 名代表。请在信访人里勾出代表。依据{ARTICLE_REPRESENTATIVES}",
            article=ARTICLE_REPRESENTATIVES,
            rule="INV-01",
        )
    if representatives > MOST_REPRESENTATIVES:
        raise _too_many(representatives)


def check_representative_side(side: PartySide) -> None:
    """Refuse a representative who is not one of the petitioners (INV-01)."""
    if side is not PartySide.PETITIONER:
        raise RuleViolation(
            f"代表要从来访的人里推选。依据{ARTICLE_REPRESENTATIVES}", article=ARTICLE_REPRESENTATIVES, rule="INV-01"
        )


def _too_many(representatives: int) -> RuleViolation:
    return RuleViolation(
        f"代表最多 5 人，现在是 {representatives} 人。请减到 5 人以内。依据{ARTICLE_REPRESENTATIVES}",
        article=ARTICLE_REPRESENTATIVES,
        rule="INV-01",
    )


@dataclass(frozen=True)
class Ward:
    """What decides whether a person acts alone; birth date None when it is not known."""

    name: str
    birth_date: date | None
    has_adult_guardian: bool


def is_minor(birth_date: date | None, day: date) -> bool:
    """True under eighteen on that day; an unknown birth date counts as grown up."""
    return birth_date is not None and age_on(birth_date, day) < ADULT


def check_guardians(wards: Sequence[Ward], *, today: date) -> None:
    """Refuse a minor without a grown-up guardian entered beside him (INV-37)."""
    alone = [ward.name for ward in wards if is_minor(ward.birth_date, today) and not ward.has_adult_guardian]
    if alone:
        raise RuleViolation(
            f"{'、'.join(alone)} 未满 18 周岁，要由监护人代为办理。"
            f"请登记监护人，并在他那一行选上。依据{ARTICLE_GUARDIAN}",
            article=ARTICLE_GUARDIAN,
            rule="INV-37",
        )


def check_proxies(valid_proxies: int) -> None:
    """Refuse a third proxy for one party (INV-16)."""
    if valid_proxies > MOST_PROXIES:
        raise RuleViolation(
            f"一方最多委托 {MOST_PROXIES} 名代理人。请先撤销一份委托。依据{ARTICLE_PROXIES}",
            article=ARTICLE_PROXIES,
            rule="INV-16",
        )


def check_authority(*, filed_on: date, valid_until: date | None, powers: str, is_special: bool, today: date) -> None:
    """Refuse an authority filed in the future, run out, or special without naming its powers (INV-16)."""
    if filed_on > today:
        raise RuleViolation("授权委托书的交存日期不能晚于今天。请核对。", article=ARTICLE_PROXIES, rule="INV-16")
    if valid_until is not None and valid_until < filed_on:
        raise RuleViolation("授权的截止日期早于交存日期。请核对。", article=ARTICLE_PROXIES, rule="INV-16")
    if is_special and not powers.strip():
        raise RuleViolation(
            "特别授权要写明权限，例如：代为承认、放弃、变更请求，进行和解。依据《民事诉讼法》第六十二条",
            article="《民事诉讼法》第六十二条",
            rule="INV-16",
        )
