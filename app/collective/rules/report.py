"""The figures of one settlement with many for the statistics, each with its definition (R-STAT-04)."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

FEN_OF_WAN = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What was counted; the amount in fen."""

    matters: int
    cases: int
    petitioners: int
    listed: int
    parties: int
    agreements: int
    amount_fen: int
    signed: int
    not_agreed: int
    outside: int


@dataclass(frozen=True)
class Figure:
    """One line of the report: name, number, unit, how it is counted, and under which word its list is found."""

    name: str
    number: str
    unit: str
    definition: str
    of: str


@dataclass(frozen=True)
class _Line:
    name: str
    number: Callable[[Counted], str]
    unit: str
    definition: str
    of: str


_LINES = (
    _Line("信访事项", lambda n: str(n.matters), "件", "按登记的件数算，一次集体访登记为一件。", "matters"),
    _Line("调解案件", lambda n: str(n.cases), "件", "一次调解登记算一件，一件里签多少份协议都是一件。", "cases"),
    _Line("信访人数", lambda n: str(n.petitioners), "人", "登记来访时写的人数，含没有到场、推选了代表的人。", "roster"),
    _Line("调解当事人", lambda n: str(n.parties), "个", "同意调解、进入这件调解的各方，含对方单位。", "parties"),
    _Line(
        "调解协议", lambda n: str(n.agreements), "份", "已经生效的书面协议，被新协议代替的、作废的不算。", "agreements"
    ),
    _Line(
        "协议涉及金额",
        lambda n: in_wan(n.amount_fen),
        "万元",
        "上面各份协议写明的金额之和，按分相加，最后四舍五入到两位小数。",
        "agreements",
    ),
    _Line(
        "签约人数", lambda n: str(n.signed), "人", "名册上协议已经生效的申请人；已故的由家属签，按一人算。", "signed"
    ),
    _Line(
        "转回信访办理",
        lambda n: str(n.outside + n.not_agreed),
        "人",
        "没有进入调解的，和已经终止调解、没有达成的。",
        "returned",
    ),
)


def figures_of(counted: Counted) -> tuple[Figure, ...]:
    """The lines of the report in order."""
    return tuple(Figure(line.name, line.number(counted), line.unit, line.definition, line.of) for line in _LINES)


def in_wan(fen: int) -> str:
    """Fen as 万元 with two decimals, rounded half up at the end only: 1670400000 → 1,670.40."""
    return f"{(Decimal(fen) / FEN_OF_WAN).quantize(Decimal('0.01'), ROUND_HALF_UP):,}"


def feedback_words(counted: Counted) -> str:
    """What the committee tells the petition office of the settlement, to be gone over by hand (R-LINK-07)."""
    lines = [
        f"名册共 {counted.listed} 人，同意调解并参加的申请人 {counted.signed + counted.not_agreed} 人。",
        f"签订书面协议 {counted.agreements} 份，金额合计 {in_wan(counted.amount_fen)} 万元，签约 {counted.signed} 人。",
    ]
    if counted.not_agreed:
        lines.append(f"没有达成协议 {counted.not_agreed} 人，已分别送达调解终止通知书，告知了其他途径。")
    if counted.outside:
        lines.append(f"不同意调解、没有进入调解 {counted.outside} 人。")
    if counted.not_agreed + counted.outside:
        lines.append(f"以上 {counted.not_agreed + counted.outside} 人请转回信访办理。")
    return "\n".join(lines)
