"""How the posted editor, visit and confirmation forms become plain values or messages by field."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from app.agreements.rules import (
    ConfirmationStatus,
    CourtGround,
    DraftObligation,
    DraftSuccessor,
    ObligationKind,
    Performance,
)
from app.agreements.rules.performing import Standing
from app.agreements.rules.reconciling import ListedPayment
from app.errors import DomainError, RuleViolation
from app.law import dates, money, text
from app.web.forms import FormReader
from app.web.spreadsheets import SheetRow

MOST_ROWS = 200
MANNERS = {"visit": "上门", "phone": "电话", "office": "到调委会", "online": "视频"}
SATISFACTION = {"satisfied": "满意", "basically": "基本满意", "not": "不满意", "unsaid": "没有表态"}
IDENTITY_DOCUMENTS = {
    "id_card": "居民身份证原件",
    "passport": "护照或其他身份证件原件",
    "licence": "营业执照和法定代表人身份证明",
    "authority": "授权委托书和代理人身份证",
    "heir": "死亡证明、亲属关系证明和全体继承人的授权",
}


@dataclass(frozen=True, kw_only=True)
class AgreementText:
    """What the editor holds."""

    facts: str
    payment_term: str
    total_fen: int | None
    obligations: tuple[DraftObligation, ...]
    terms: tuple[str, ...]
    manner: str
    place: str
    copies: int
    remarks: str = ""
    is_performed_at_once: bool = False
    proxies: Mapping[str, str] | None = None
    successors: Mapping[str, tuple[DraftSuccessor, ...]] | None = None


@dataclass(frozen=True, kw_only=True)
class VisitReport:
    """What a visit found."""

    visited_on: date
    manner: str
    performance: Performance
    findings: str
    measures: str
    satisfaction: str


def read_agreement(form: FormReader) -> AgreementText:
    """The editor's text; refuses unreadable amounts, dates and characters, not what is missing (FieldErrors)."""
    text = AgreementText(
        facts=form.text("facts_and_issues", "纠纷事实", limit=20_000, required=False),
        payment_term=form.line("payment_term", "款项", limit=200, required=False),
        total_fen=form.amount_fen("total", "总额", required=False) or None,
        obligations=tuple(sorted(_obligations(form), key=lambda each: each.kind is ObligationKind.ACT)),
        terms=_terms(form),
        manner=form.text("performance_manner", "履行方式", limit=2_000, required=False),
        place=form.line("performance_place", "履行地点", limit=200, required=False),
        copies=form.number("copies", "份数", low=1, high=99, required=False) if form.has("copies") else 3,
        remarks=form.text("remarks", "备注", limit=2_000, required=False),
        is_performed_at_once=form.has("is_performed"),
        proxies={key.removeprefix("proxy:"): form.raw(key) for key in form.form if key.startswith("proxy:")},
    )
    form.finish()
    return text


def read_visit(form: FormReader) -> VisitReport:
    """The report of a visit."""
    report = VisitReport(
        visited_on=form.date("visited_on", "回访日期"),
        manner=form.option("manner", "回访方式", _keys(MANNERS)) or "",
        performance=form.choice("performance", "履行情况", Performance),
        findings=form.text("findings", "回访情况", limit=5_000),
        measures=form.text("measures", "采取的措施", limit=2_000, required=False),
        satisfaction=form.option("satisfaction", "满意程度", _keys(SATISFACTION), required=False) or "",
    )
    if report.performance is Performance.DUE:
        form.fail("performance", "请选履行情况。")
    if report.performance in (Performance.NOT_PERFORMED, Performance.PARTLY) and not report.measures:
        form.fail("measures", "没有全部履行的，请写明怎样督促、告知了哪些途径。")
    form.finish()
    return report


def read_court(form: FormReader) -> tuple[str, str, CourtGround, date, frozenset[str]]:
    """Court's public id or typed name, ground, day and applicants of a confirmation application."""
    court = form.raw("court")
    name = form.line("court_name", "法院名称", limit=120, required=not court)
    ground = form.choice("ground", "管辖依据", CourtGround)
    applied_on = form.date("applied_on", "申请日期")
    applicants = frozenset(form.form.getlist("applicants"))
    form.finish()
    return court, name, ground, applied_on, applicants


def read_decision(form: FormReader) -> tuple[ConfirmationStatus, date, str, str]:
    """The court's answer: what, when, number, note."""
    status = form.choice("status", "结果", ConfirmationStatus)
    decided_on = form.date("decided_on", "日期")
    number = form.line("ruling_number", "裁定书号", limit=80, required=status is ConfirmationStatus.CONFIRMED)
    note = form.text("note", "说明", limit=2_000, required=False)
    form.finish()
    return status, decided_on, number, note


def read_schedule(args: "MultiDict[str, str]", *, today: date) -> tuple[Standing | None, str, date | None]:
    """Standing, whole name and latest due date of a filter; what cannot be read filters nothing."""
    form = FormReader(args, today=today)
    standing = Standing(args["standing"]) if args.get("standing", "") in set(Standing) else None
    name = form.line("name", "姓名", limit=50, required=False)
    due_until = form.optional_date("until", "到期日")
    return standing, name, None if "until" in form.errors else due_until


def listed_payments(rows: Iterable[SheetRow], *, today: date) -> tuple[ListedPayment, ...]:
    """The rows of a payment list as plain values; what is wrong with a cell stays with its row."""
    return tuple(_listed_payment(row, today) for row in rows)


def read_document(form: FormReader) -> str:
    """Which document the clerk compared."""
    return form.option("document", "核对的证件", _keys(IDENTITY_DOCUMENTS)) or ""


def _keys(words: Mapping[str, str]) -> Mapping[str, str]:
    return {key: key for key in words}


def _obligations(form: FormReader) -> list[DraftObligation]:
    return [_obligation(form, index) for index in _row_indexes(form)]


def _row_indexes(form: FormReader) -> list[str]:
    rows = list(form.rows("amount", "due", "after", "act", "account_number"))
    if len(rows) > MOST_ROWS:
        form.fail("amount-0", f"最多写 {MOST_ROWS} 笔。")
    return [row["index"] for row in rows[:MOST_ROWS]]


def _obligation(form: FormReader, index: str) -> DraftObligation:
    is_act = form.has(f"act-{index}")
    return DraftObligation(
        kind=ObligationKind.ACT if is_act else ObligationKind.PAYMENT,
        payer_key=form.raw(f"payer-{index}"),
        payee_key=form.raw(f"payee-{index}"),
        amount_fen=form.amount_fen(f"amount-{index}", "金额", required=False) or None,
        due_on=form.optional_date(f"due-{index}", "到期日"),
        due_after_days=form.number(f"after-{index}", "天数", low=1, high=3650) if form.has(f"after-{index}") else None,
        method=form.line(f"method-{index}", "方式", limit=60, required=False),
        account_holder=form.line(f"account_holder-{index}", "户名", limit=60, required=False),
        account_bank=form.line(f"account_bank-{index}", "开户行", limit=120, required=False),
        account_number=_digits(form, f"account_number-{index}"),
        text=form.line(f"act-{index}", "要做的事", limit=200, required=False),
    )


def _digits(form: FormReader, name: str) -> str:
    """An account number; a masked one, as the editor shows it, stands for the one on file."""
    typed = form.line(name, "账号", limit=60, required=False).replace(" ", "")
    if typed and not (typed.isascii() and typed.replace("*", "").isalnum()):
        form.fail(name, "账号只能有数字和字母。")
    return typed


def _terms(form: FormReader) -> tuple[str, ...]:
    rows = form.rows("term")
    return tuple(form.text(f"term-{row['index']}", "条款", limit=5_000) for row in rows)


def _listed_payment(row: SheetRow, today: date) -> ListedPayment:
    problems = list(row.problems)

    def read(title: str, parse: Callable[[str], Any], neutral: Any) -> Any:
        typed = row.cells[title]
        try:
            return parse(typed) if typed else neutral
        except DomainError as refusal:
            problems.append(f"{title}：{refusal.message}")
            return neutral

    return ListedPayment(
        number=row.number,
        agreement_number=read("协议编号", lambda typed: text.clean_line(typed, limit=80), ""),
        instalment=read("期次", _instalment, None),
        payee=read("收款人", lambda typed: text.clean_line(typed, limit=120), ""),
        account=read("账号", lambda typed: text.clean_line(typed, limit=60), ""),
        amount_fen=read("实付金额", money.parse_yuan, 0),
        paid_on=read("实付日期", lambda typed: dates.parse_date(typed, today=today), None),
        reference=read("银行流水号", lambda typed: text.clean_line(typed, limit=80), ""),
        problems=tuple(problems),
    )


def _instalment(typed: str) -> int:
    """第2期, 2 or ２ as a number."""
    digits = text.half_width(typed).strip().removeprefix("第").removesuffix("期").strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) < 4):
        raise RuleViolation("期次写成 1、2 这样。")
    return int(digits)
