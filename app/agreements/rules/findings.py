"""What the check-up finds before an agreement is issued: must-change blocks, advise may be kept with a reason.

INV-22 (contents), INV-23 (oral), R-JC-05/06/09, message 8 (sums differ), message 9 (waiver).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.agreements.rules.draft import Draft, DraftObligation
from app.agreements.rules.states import AgreementForm
from app.errors import RuleViolation
from app.law.dates import format_date
from app.law.money import format_yuan, format_yuan_short
from app.law.profile import Profile

RT29 = "依据《人民调解法》第二十九条"
RT28 = "依据《人民调解法》第二十八条"
RIGHTS_BASIS = "依据《人民调解法》第三条第三项"
CONFIRMATION_BASIS = "依据《最高人民法院关于适用〈民事诉讼法〉的解释》第三百五十八条"
LEAST_REASON = 10
COUNT_WORDS = ("", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十")


class Level(StrEnum):
    """Must be changed, or may be kept with a reason."""

    MUST = "must"
    ADVISE = "advise"


class Repair(StrEnum):
    """What one click may do to the draft."""

    SET_AMOUNT = "set_amount"
    DELETE_TERM = "delete_term"
    REPLACE_TERM = "replace_term"
    SET_TOTAL = "set_total"


@dataclass(frozen=True)
class Fix:
    """One way out of a finding: what the button says, what it does, at which row, with which value."""

    label: str
    repair: Repair
    position: int = 0
    value: str = ""


@dataclass(frozen=True)
class Finding:
    """One thing the check-up found; `place` is the field it points to, `words` what to mark in the text."""

    code: str
    level: Level
    title: str
    text: str
    place: str
    basis: str = ""
    words: str = ""
    fixes: tuple[Fix, ...] = ()

    @property
    def key(self) -> str:
        """Under which a reason for keeping it is filed: it lapses when the words change."""
        return f"{self.code}:{self.place}:{self.words}"[:200]


@dataclass(frozen=True)
class CheckUp:
    """The findings, the law's first, and what was found in order."""

    findings: tuple[Finding, ...] = ()
    passed: tuple[str, ...] = ()
    kept: frozenset[str] = field(default_factory=frozenset)

    @property
    def musts(self) -> tuple[Finding, ...]:
        """What must be changed."""
        return tuple(finding for finding in self.findings if finding.level is Level.MUST)

    @property
    def open_advice(self) -> tuple[Finding, ...]:
        """Advice that is neither followed nor kept with a reason."""
        return tuple(each for each in self.findings if each.level is Level.ADVISE and each.key not in self.kept)


Check = Callable[[Draft, date, Profile], Iterable[Finding]]


def check_may_issue(check_up: CheckUp) -> None:
    """Refuse to issue while anything must be changed or advice is unanswered (INV-22)."""
    if check_up.musts:
        first = check_up.musts[0]
        raise RuleViolation(
            f"还不能定稿，先改完 {len(check_up.musts)} 处。第一处：{first.text}{first.basis}",
            article=first.basis.removeprefix("依据"),
            rule="INV-22",
        )
    if check_up.open_advice:
        raise RuleViolation(
            f"还有 {len(check_up.open_advice)} 处建议没有处理。请照着改，或写明保留的理由。", rule="INV-22"
        )


def check_reason_to_keep(finding: Finding, reason: str) -> None:
    """Refuse to keep what must be changed, or advice without a reason of at least ten characters."""
    if finding.level is Level.MUST:
        raise RuleViolation(f"这一处必须改，不能保留：{finding.title}。{finding.basis}", rule="INV-22")
    if len(reason.strip()) < LEAST_REASON:
        raise RuleViolation(f"请写明保留的理由，至少 {LEAST_REASON} 个字，会存进卷里。", rule="INV-22")


def must(code: str, title: str, text: str, place: str, basis: str = RT29, **more: object) -> Finding:
    """A finding that blocks the issue."""
    return Finding(code, Level.MUST, title, text, place, basis, **more)  # type: ignore[arg-type]  # words and fixes


def advise(code: str, title: str, text: str, place: str, basis: str = "", **more: object) -> Finding:
    """A finding that may be kept with a reason."""
    return Finding(code, Level.ADVISE, title, text, place, basis, **more)  # type: ignore[arg-type]  # words and fixes


def check_parties(draft: Draft, _today: date, _profile: Profile) -> Iterator[Finding]:
    """At least two named parties, with an address, who can sign; mediators; enough copies."""
    if len(draft.parties) < 2:
        yield must("parties", "当事人不齐", "至少要有两方当事人，请在案件里补齐。", "parties")
    if not draft.mediators:
        yield must("mediators", "没有调解员", "案件还没有指定人民调解员，请先指定。", "parties")
    for party in draft.parties:
        if not party.has_signer:
            yield must(
                f"signer:{party.key}",
                f"{party.label}没有写明谁来签",
                f"{party.name}是单位，请补上法定代表人，或者选一名有授权的代理人。",
                "parties",
            )
        if party.weak_proxy:
            yield must(
                f"weak_proxy:{party.key}",
                f"{party.label}的代理人只有一般授权",
                f"{party.weak_proxy}不能代签协议。请补交特别授权委托书，写明代为和解、签订协议；或者改由{party.name}本人签。",
                "parties",
                "依据《民事诉讼法》第六十二条",
            )
        if party.is_person and not party.has_address:
            text = f"请补上{party.name}的住址。"
            yield advise(f"address:{party.key}", f"{party.label}没有住址", text, "parties", RT29)
    if draft.form is AgreementForm.WRITTEN and draft.copies < len(draft.parties) + 1:
        least = len(draft.parties) + 1
        yield must("copies", "份数不够", f"当事人各一份、调委会一份，至少 {least} 份。", "copies")


def check_facts(draft: Draft, _today: date, _profile: Profile) -> Iterator[Finding]:
    """Facts, points in dispute, and something that was agreed."""
    if not draft.facts_and_issues.strip():
        yield must("facts", "没写纠纷事实", "请写明主要事实、争议事项和各方责任。", "facts_and_issues")
    if not draft.terms and not draft.obligations:
        yield must("terms", "没写协议内容", "请写明各方约定做什么。", "term-0")


def check_performance(draft: Draft, _today: date, _profile: Profile) -> Iterator[Finding]:
    """Manner and place of performance."""
    if not draft.performance_manner.strip():
        yield must("manner", "没写履行方式", "请写明怎么履行，如银行转账、当面交付。", "performance_manner")
    if draft.form is AgreementForm.WRITTEN and not draft.performance_place.strip():
        yield must("place", "没写履行地点", "请写明在哪里履行。", "performance_place")


def check_payers(draft: Draft, _today: date, _profile: Profile) -> Iterator[Finding]:
    """Each payment has a payer and another payee."""
    for place, each in _numbered(draft):
        if draft.party(each.payer_key) is None or draft.party(each.payee_key) is None:
            yield must(f"payer:{place}", f"第{place + 1}笔没写谁付给谁", "请选付款人和收款人。", f"payer-{place}")
        elif each.payer_key == each.payee_key:
            yield must(
                f"payer:{place}", f"第{place + 1}笔付款人和收款人是同一方", "请改成付给另一方。", f"payee-{place}"
            )


def check_amounts(draft: Draft, _today: date, _profile: Profile) -> Iterator[Finding]:
    """Each payment has an amount above zero, and all together make the total (message 8)."""
    for place, each in _numbered(draft):
        if not each.amount_fen or each.amount_fen < 0:
            yield must(f"amount:{place}", f"第{place + 1}笔没写金额", "金额要大于零。", f"amount-{place}")
    if draft.payments:
        yield from _sum_finding(draft)
    elif draft.total_fen:
        text = f"总额写了 {format_yuan(draft.total_fen)} 元，请写明每一笔谁付给谁、什么时候付。"
        yield must("no_payments", "没写每一笔付款", text, "amount-0")


def check_due_dates(draft: Draft, today: date, _profile: Profile) -> Iterator[Finding]:
    """Each payment has a date, not in the past, one after the other (B109)."""
    before: date | None = None
    for place, each in _numbered(draft):
        if draft.is_performed:
            return
        if not each.has_due:
            yield must(f"due:{place}", f"第{place + 1}笔没写到期日", "请写明哪天前付。", f"due-{place}")
        if each.due_on is not None and each.due_on < today:
            text = f"{format_date(each.due_on)}已经过去，请改成今天或以后的日子。"
            yield must(f"past:{place}", f"第{place + 1}笔到期日已过", text, f"due-{place}")
        if each.due_on is not None and before is not None and each.due_on < before:
            text = f"第{place + 1}笔（{format_date(each.due_on)}）比前一笔（{format_date(before)}）还早，请按先后改。"
            yield must(f"order:{place}", "到期日先后颠倒", text, f"due-{place}")
        before = each.due_on or before


def check_accounts(draft: Draft, _today: date, _profile: Profile) -> Iterator[Finding]:
    """A transfer names an account, and it is the payee's own (R-JC-06)."""
    for place, each in _numbered(draft):
        payee = draft.party(each.payee_key)
        if "转账" in each.method + draft.performance_manner and not each.account_number:
            text = "写了转账却没有账户，法院确认和执行时要用。请补上账号。"
            title, field_name = f"第{place + 1}笔没有账户", f"account_number-{place}"
            yield advise(f"account:{place}", title, text, field_name, CONFIRMATION_BASIS)
        elif each.account_number and payee and each.account_holder not in ("", payee.name):
            text = f"账户是{each.account_holder}的，收款人是{payee.name}。请核对，确要这样请写明理由。"
            yield advise(f"holder:{place}", f"第{place + 1}笔账户不是本人的", text, f"account_holder-{place}")


def check_form(draft: Draft, _today: date, profile: Profile) -> Iterator[Finding]:
    """Oral only outside labour disputes, and where the profile says so only when performed at once (INV-23)."""
    if draft.form is not AgreementForm.ORAL:
        return
    if draft.is_labour:
        text = "劳动争议达成调解协议的，要写成书面协议。"
        yield must("oral_labour", "劳动争议不能用口头协议", text, "form", "依据《劳动争议调解仲裁法》第十四条")
    if not draft.is_performed:
        make = must if profile.is_oral_for_immediate_performance_only else advise
        text = "不能当场履行的，要写成书面协议，以后才好核对。"
        yield make("oral_later", "不是当场履行", text, "is_performed", RT28)


def _sum_finding(draft: Draft) -> Iterator[Finding]:
    amounts = [each.amount_fen or 0 for each in draft.payments]
    total, together = draft.total_fen, sum(amounts)
    if total is None:
        fix = Fix(f"总额写成 {format_yuan_short(together)}", Repair.SET_TOTAL, 0, format_yuan(together))
        yield must("total", "没写总额", "请写明一共多少钱。", "total", fixes=(fix,))
    elif together != total:
        yield _sums_differ(amounts, total)


def _sums_differ(amounts: list[int], total: int) -> Finding:
    """Message 8: how much the instalments differ from the total, and which amount would make it right."""
    together = sum(amounts)
    difference = total - together
    text = (
        f"{_together(amounts)} {format_yuan_short(together)} 元，比总数"
        f"{'少' if difference > 0 else '多'} {format_yuan_short(abs(difference))} 元。"
    )
    place = next((index for index, amount in enumerate(amounts) if amount + difference > 0), None)
    if place is None:
        return must("sum", "各期相加不等于总数", text, "total")
    right = amounts[place] + difference
    fix = Fix(f"改成 {format_yuan_short(right)}", Repair.SET_AMOUNT, place, format_yuan(right))
    return must(
        "sum",
        "各期相加不等于总数",
        f"{text}{_ordinal(place)}改成 {format_yuan_short(right)} 元就对了。",
        f"amount-{place}",
        words=f"{together}/{total}",
        fixes=(fix,),
    )


def _together(amounts: list[int]) -> str:
    if len(amounts) == 1:
        return "这一期是"
    return f"{COUNT_WORDS[len(amounts)]}期相加" if len(amounts) < len(COUNT_WORDS) else f"{len(amounts)} 期相加"


def _ordinal(place: int) -> str:
    return f"第{'一二三四五六七八九十'[place]}期" if place < 10 else f"第 {place + 1} 期"


def _numbered(draft: Draft) -> Iterable[tuple[int, DraftObligation]]:
    return enumerate(draft.payments)
