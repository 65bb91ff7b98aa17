"""The model settlement: one text with blanks, the parts of each amount, who may have an agreement of it."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.errors import RuleViolation
from app.law.dates import format_date
from app.law.money import amount_in_capitals, format_yuan_short
from app.matters.rules import ConsentDecision
from app.web.labels import WordTable

WHOLE = 10_000
"""All of an amount in hundredths of a percent."""
MOST_SHARES = 12
BLANK = re.compile(r"\{([^{}]*)\}")


class SettlementStatus(StrEnum):
    """Where one version of the model settlement stands."""

    DRAFT = "draft"
    FROZEN = "frozen"
    REPLACED = "replaced"


class Blank(StrEnum):
    """What differs from claimant to claimant; written {姓名} in the text."""

    NAME = "姓名"
    YEARS = "年数"
    PERIOD = "期间"
    YEARLY = "每年金额"
    TOTAL = "总额"
    CAPITALS = "总额大写"


SETTLEMENT_LABELS = WordTable(
    (SettlementStatus.DRAFT, "正在商定"),
    (SettlementStatus.FROZEN, "已定稿"),
    (SettlementStatus.REPLACED, "已被新一版代替"),
)


@dataclass(frozen=True, kw_only=True)
class Share:
    """One instalment: its part in hundredths of a percent, due on a day or so many days after effect."""

    part: int
    due_on: date | None = None
    due_after_days: int | None = None


@dataclass(frozen=True, kw_only=True)
class ModelText:
    """What was negotiated, with its blanks."""

    facts: str
    payment_term: str
    clauses: tuple[str, ...]
    manner: str
    place: str
    shares: tuple[Share, ...]


@dataclass(frozen=True, kw_only=True)
class Entitled:
    """The values of one claimant for the blanks; amounts in fen."""

    name: str
    total_fen: int
    years: int | None = None
    period: str = ""
    yearly_fen: int | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What decides whether one claimant may have an agreement now."""

    name: str
    consent: ConsentDecision | None
    is_in_case: bool
    hold_reason: str = ""
    weak_proxy: str = ""
    is_returned: bool = False


def split_amount(total_fen: int, parts: Sequence[int]) -> tuple[int, ...]:
    """The instalments of an amount: each part cut to whole fen, the last one takes what is left (INV-22)."""
    firsts = [total_fen * part // WHOLE for part in parts[:-1]]
    return (*firsts, total_fen - sum(firsts))


def check_model(model: ModelText) -> None:
    """Refuse a model without text, with unknown blanks, or whose parts are not the whole amount (INV-22)."""
    if not model.facts or not model.payment_term:
        raise RuleViolation("请写明纠纷事实和款项名称。", rule="INV-22")
    if not 1 <= len(model.shares) <= MOST_SHARES:
        raise RuleViolation(f"请写明分几期付，最多 {MOST_SHARES} 期。", rule="INV-22")
    if sum(share.part for share in model.shares) != WHOLE:
        together = format_percent(sum(share.part for share in model.shares))
        raise RuleViolation(f"各期比例加起来是 {together}，要等于 100%。", rule="INV-22")
    for place, share in enumerate(model.shares, start=1):
        if share.part <= 0 or (share.due_on is None) == (share.due_after_days is None):
            raise RuleViolation(f"第{place}期请填大于零的比例，以及到期日或者生效后多少天（只填一样）。", rule="INV-22")
    unknown = unknown_blanks(model)
    if unknown:
        allowed = "、".join(f"{{{blank}}}" for blank in Blank)
        raise RuleViolation(f"不认识的空白处：{'、'.join(unknown)}。可以用：{allowed}。", rule="INV-22")


def unknown_blanks(model: ModelText) -> tuple[str, ...]:
    """Blanks of the text that no claimant has a value for, as they are written."""
    known = {blank.value for blank in Blank}
    found = [match for text in _texts(model) for match in BLANK.findall(text)]
    return tuple(f"{{{name}}}" for name in dict.fromkeys(found) if name not in known)


def missing_values(model: ModelText, person: Entitled) -> tuple[str, ...]:
    """The blanks of the text for which this claimant has no value."""
    values = values_of(person)
    used = dict.fromkeys(match for text in _texts(model) for match in BLANK.findall(text))
    return tuple(name for name in used if not values.get(name))


def check_values(model: ModelText, person: Entitled) -> None:
    """Refuse an agreement with an empty blank (INV-22)."""
    missing = missing_values(model, person)
    if missing:
        raise RuleViolation(f"名册上没有填{'、'.join(missing)}，样本里却用到了。请先补上。", rule="INV-22")


def fill(text: str, person: Entitled) -> str:
    """The text with the claimant's values in its blanks; an unknown blank stays as it is."""
    values = values_of(person)
    return BLANK.sub(lambda match: values.get(match[1]) or match[0], text)


def values_of(person: Entitled) -> Mapping[str, str]:
    """What stands in each blank for one claimant; '' where the roster says nothing."""
    return {
        Blank.NAME: person.name,
        Blank.YEARS: str(person.years) if person.years else "",
        Blank.PERIOD: person.period,
        Blank.YEARLY: format_yuan_short(person.yearly_fen) if person.yearly_fen else "",
        Blank.TOTAL: format_yuan_short(person.total_fen),
        Blank.CAPITALS: amount_in_capitals(person.total_fen),
    }


def digest_of_model(model: ModelText) -> str:
    """The SHA-256 of a model's words and parts: a frozen version is known by it."""
    plain = {**vars(model), "shares": [{**vars(share), "due_on": str(share.due_on)} for share in model.shares]}
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def why_not(standing: Standing) -> str:
    """Why a claimant cannot have an agreement now; '' if he can (INV-05, INV-25, R-LINK-11, R-LINK-12)."""
    if standing.is_returned:
        return "已转回信访办理"
    if standing.consent is not ConsentDecision.CONSENTED:
        return "不同意调解" if standing.consent else "还没有表态"
    if not standing.is_in_case:
        return "受理以后才同意，还没有加入这件调解"
    if standing.hold_reason:
        return standing.hold_reason
    return weak_proxy_words(standing.weak_proxy)


def weak_proxy_words(name: str) -> str:
    """What is wrong with a proxy who holds a general authority only, and the way out; '' without one (INV-25)."""
    if not name:
        return ""
    return f"代理人{name}只有一般授权，不能代签协议。请补交特别授权委托书，或者撤销委托由本人签"


def check_may_settle(standing: Standing) -> None:
    """Refuse an agreement for a claimant whose own consent or authority is missing (INV-25)."""
    reason = why_not(standing)
    if reason:
        raise RuleViolation(
            f"还不能给{standing.name}出协议：{reason}。别人不能替他签。依据《民法典》第一百六十五条",
            article="《民法典》第一百六十五条",
            rule="INV-25",
        )


def check_draft(status: SettlementStatus) -> None:
    """Refuse a change of a version that was frozen: a new version is needed."""
    if status is not SettlementStatus.DRAFT:
        raise RuleViolation("这一版已经定稿，不能再改。要改，请另起一版。", rule="INV-24")


def check_frozen(status: SettlementStatus) -> None:
    """Refuse agreements of a version that is still negotiated or no longer holds."""
    if status is SettlementStatus.DRAFT:
        raise RuleViolation("样本协议还没有定稿。请先定稿，再生成协议。", rule="INV-24")
    if status is SettlementStatus.REPLACED:
        raise RuleViolation("这一版已被新一版代替。请用新的一版。", rule="INV-24")


def format_percent(part: int) -> str:
    """Hundredths of a percent as people write them."""
    return f"{part / 100:.2f}".rstrip("0").rstrip(".") + "%"


def share_words(share: Share) -> str:
    """One instalment in words."""
    due = f"{format_date(share.due_on)}前" if share.due_on else f"协议生效之日起 {share.due_after_days} 日内"
    return f"{format_percent(share.part)}，{due}"


def _texts(model: ModelText) -> tuple[str, ...]:
    return (model.facts, model.payment_term, *model.clauses, model.manner, model.place)
