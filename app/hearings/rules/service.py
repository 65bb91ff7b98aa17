"""On which day was a paper served, and what proves it (R-TIME-15, R-DOC-H13, 《民事诉讼法》87–95)?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.errors import RuleViolation
from app.hearings.rules.words import ServiceMode
from app.law.calendar import Calendar
from app.law.dates import format_month_day
from app.law.periods import days, last_day_of_period

ARTICLE = "《民事诉讼法》第八十七条至第九十五条"
PUBLIC_NOTICE_PERIOD = days(30)

RECEIPT_MODES: Mapping[ServiceMode, str] = {
    ServiceMode.IN_PERSON: "direct",
    ServiceMode.SUBSTITUTE: "direct",
    ServiceMode.BY_LEAVING: "leaving",
    ServiceMode.BY_POST: "post",
    ServiceMode.ELECTRONIC: "electronic",
    ServiceMode.BY_PUBLIC_NOTICE: "public_notice",
}
"""How the receipt names a mode."""

DAY_WORDS: Mapping[ServiceMode, str] = {
    ServiceMode.IN_PERSON: "收件人在回证上签收的日子",
    ServiceMode.SUBSTITUTE: "代收人在回证上签收的日子",
    ServiceMode.BY_LEAVING: "文书留在住所、见证人签名的日子",
    ServiceMode.BY_POST: "邮件回执上写明的收件日子",
    ServiceMode.ELECTRONIC: "到达收件人系统的日子",
    ServiceMode.BY_PUBLIC_NOTICE: "公告发布的日子（满三十日视为送达）",
}
"""Which day the clerk is asked for."""


@dataclass(frozen=True)
class ServiceProof:
    """What is said about one service; `happened_on` is the day named by DAY_WORDS."""

    mode: ServiceMode
    happened_on: date
    receiver: str = ""
    relation: str = ""
    witness: str = ""
    is_refused: bool = False
    note: str = ""


def served_day(proof: ServiceProof, calendar: Calendar) -> date:
    """The day that counts; a public notice counts as served when thirty days are over."""
    if proof.mode is not ServiceMode.BY_PUBLIC_NOTICE:
        return proof.happened_on
    return last_day_of_period(proof.happened_on, PUBLIC_NOTICE_PERIOD, calendar).legal_due


def check_proof(
    proof: ServiceProof, *, sent_on: date, today: date, accepts_electronic: bool, is_person: bool = True
) -> None:
    """Refuse a service before the paper was made or not yet done, and one without what its mode asks for."""
    if proof.happened_on < sent_on:
        raise _refused(f"送达不能早于文书做成的 {format_month_day(sent_on)}。请核对日期。")
    if proof.happened_on > today:
        raise _refused("送达的日子还没有到。送到以后再记。")
    if proof.is_refused and proof.mode is not ServiceMode.BY_LEAVING:
        raise _refused("收件人拒收的，要留置送达：把文书留在住所，请见证人签名或者拍照、录像。请改选“留置送达”。")
    missing = _missing(proof, accepts_electronic, is_person)
    if missing:
        raise _refused(missing)


def _missing(proof: ServiceProof, accepts_electronic: bool, is_person: bool) -> str:
    if proof.mode is ServiceMode.BY_LEAVING and not (proof.is_refused and proof.witness and proof.note):
        return "留置送达只在收件人拒收时用。请勾选“拒收”，写明拒收的理由和见证人（或者拍照、录像的情况）。"
    if proof.mode is ServiceMode.SUBSTITUTE and not (proof.receiver and proof.relation):
        return "代收的，请写明代收人是谁、和收件人是什么关系。"
    if proof.mode is ServiceMode.IN_PERSON and not is_person and not proof.receiver:
        return "送给单位的，请写明由谁签收。"
    if proof.mode is ServiceMode.ELECTRONIC and not accepts_electronic:
        return "电子送达要收件人先同意。这一方没有同意过，请换一种送达方式。"
    return ""


def _refused(message: str) -> RuleViolation:
    return RuleViolation(message, article=ARTICLE, rule="R-DOC-H13")
