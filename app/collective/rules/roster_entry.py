"""One claimant as a table or a form names him, and what is wrong with that.

All problems are told at once, each with the column it belongs to; a person who is wrong in one place is left out
whole, with claims and heirs.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from app.collective.rules.roster import ClaimKind, HeirPart, Kinship
from app.errors import RuleViolation
from app.law.dates import format_date
from app.law.money import format_yuan
from app.matters.rules.parties import check_authority, is_minor

Problem = tuple[str, str]
"""The column and the message."""
ARTICLE_HEIRS = "《民法典》第一千一百二十一条、第一百六十三条"


@dataclass(frozen=True)
class ClaimEntry:
    """One claim: what for, which years, the amount in fen (`years` × `yearly_fen` where both stand)."""

    kind: ClaimKind
    amount_fen: int
    period: str = ""
    years: int | None = None
    yearly_fen: int | None = None


@dataclass(frozen=True)
class HeirEntry:
    """One heir, whether kinship is proved, and what he does about the settlement."""

    name: str
    id_number: str
    kinship: Kinship
    has_kinship_proof: bool
    part: HeirPart
    phone: str = ""


@dataclass(frozen=True)
class ProxyEntry:
    """The proxy of a living claimant with the authority on file (INV-16)."""

    name: str
    id_number: str
    relation: str
    is_special: bool
    powers: str
    filed_on: date


@dataclass(frozen=True)
class ClaimantEntry:
    """One person of the roster with everything a row says about him."""

    name: str
    id_number: str
    birth_date: date
    sex: str
    claims: tuple[ClaimEntry, ...]
    phone: str = ""
    street: str = ""
    address: str = ""
    is_deceased: bool = False
    died_on: date | None = None
    has_death_proof: bool = False
    heirs: tuple[HeirEntry, ...] = ()
    proxy: ProxyEntry | None = None

    @property
    def total_fen(self) -> int:
        """The sum of the claims in fen."""
        return sum(claim.amount_fen for claim in self.claims)


class HeirFacts(Protocol):
    """What decides whether an heir's word is enough."""

    @property
    def name(self) -> str:
        """Who."""
        ...

    @property
    def has_kinship_proof(self) -> bool:
        """Kinship is proved."""
        ...

    @property
    def part(self) -> HeirPart:
        """Signs, has authorised, or disputes."""
        ...


def problems_of(entry: ClaimantEntry, *, stated_total_fen: int | None, today: date) -> list[Problem]:
    """Everything that is wrong with a row beyond its single cells; empty when it may be taken."""
    return [
        *_claim_problems(entry.claims, stated_total_fen),
        *_life_problems(entry, today),
        *_heir_problems(entry),
        *_proxy_problems(entry, today),
    ]


def pending_reason(*, is_deceased: bool, has_death_proof: bool, heirs: Sequence[HeirFacts]) -> str:
    """Why nobody may sign for this claimant yet; empty when somebody may (R-LINK-12, INV-25)."""
    if not is_deceased:
        return ""
    if not heirs:
        return "已故，没有登记家属"
    if not has_death_proof:
        return "缺死亡证明"
    unproved = [heir.name for heir in heirs if not heir.has_kinship_proof]
    if unproved:
        return f"缺亲属关系证明：{'、'.join(unproved)}"
    if any(heir.part is HeirPart.DISPUTES for heir in heirs):
        return "家属对由谁继承有争议"
    if not any(heir.part is HeirPart.SIGNS for heir in heirs):
        return "没有签字的家属"
    return ""


def check_entry(entry: ClaimantEntry, *, stated_total_fen: int | None, today: date) -> None:
    """Refuse a claimant mended by hand with the first of `problems_of` (INV-22, INV-25)."""
    for column, message in problems_of(entry, stated_total_fen=stated_total_fen, today=today):
        raise RuleViolation(f"{column}：{message}", rule="INV-22")


def _claim_problems(claims: Sequence[ClaimEntry], stated_total_fen: int | None) -> Iterator[Problem]:
    if not claims:
        yield "请求1", "至少写一项请求。"
    for place, claim in enumerate(claims, start=1):
        if claim.amount_fen <= 0:
            yield f"请求{place}金额", "金额要大于 0。"
        if claim.years is not None and claim.yearly_fen is not None:
            product = claim.years * claim.yearly_fen
            if product != claim.amount_fen:
                yield (
                    f"请求{place}金额",
                    f"{claim.years} 年 × {format_yuan(claim.yearly_fen)} 元应是 {format_yuan(product)} 元，"
                    f"填的是 {format_yuan(claim.amount_fen)} 元。",
                )
    total = sum(claim.amount_fen for claim in claims)
    if stated_total_fen is not None and stated_total_fen != total:
        yield "合计", f"各项请求加起来是 {format_yuan(total)} 元，合计填的是 {format_yuan(stated_total_fen)} 元。"


def _life_problems(entry: ClaimantEntry, today: date) -> Iterator[Problem]:
    if not entry.is_deceased:
        if entry.died_on is not None or entry.has_death_proof or entry.heirs:
            yield "状况", "写了死亡或家属，状况却不是“已故”。请核对。"
        if is_minor(entry.birth_date, today):
            yield "身份证号", "未满 18 周岁，要由监护人代为办理。请先在事项里登记他和监护人，再加入名册。"
        return
    if entry.died_on is not None and not entry.birth_date <= entry.died_on <= today:
        yield "死亡日期", f"{format_date(entry.died_on)}不在出生以后、今天以前。请核对。"


def _heir_problems(entry: ClaimantEntry) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, heir in enumerate(entry.heirs, start=1):
        if heir.id_number == entry.id_number:
            yield f"家属{place}身份证号", "和本人的身份证号相同。请核对。"
        elif heir.id_number in seen:
            yield f"家属{place}身份证号", "这位家属写了两遍。请删去一遍。"
        seen.add(heir.id_number)


def _proxy_problems(entry: ClaimantEntry, today: date) -> Iterator[Problem]:
    proxy = entry.proxy
    if proxy is None:
        return
    if entry.is_deceased:
        yield "代理人姓名", "本人已故，原来的委托已经终止，由家属办理。请删去代理人。"
    if proxy.id_number == entry.id_number:
        yield "代理人身份证号", "和本人的身份证号相同。请核对。"
    try:
        check_authority(
            filed_on=proxy.filed_on, valid_until=None, powers=proxy.powers, is_special=proxy.is_special, today=today
        )
    except RuleViolation as refusal:
        yield "代理权限", refusal.message


def told(problems: Iterable[Problem]) -> tuple[str, ...]:
    """Problems as sentences: column, then what is wrong."""
    return tuple(f"{column}：{message}" for column, message in problems)
