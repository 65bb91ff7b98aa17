"""The check-up of a draft: every check in the order of the page, with what it says when all is in order."""

from datetime import date

from app.agreements.rules import findings, wording
from app.agreements.rules.draft import Draft
from app.agreements.rules.findings import Check, CheckUp, Finding, Level
from app.law.profile import Profile

CHECKS: tuple[tuple[str, Check], ...] = (
    ("当事人齐全", findings.check_parties),
    ("事实和争议写明", findings.check_facts),
    ("每笔有付款人", findings.check_payers),
    ("各期相加等于总数", findings.check_amounts),
    ("每笔有到期日，不在过去", findings.check_due_dates),
    ("大小写一致", wording.check_capitals),
    ("没有放弃起诉、信访的话", wording.check_waivers),
    ("没有违法的约定", wording.check_lawful),
    ("法院可以确认", wording.check_confirmable),
    ("写得具体，能执行", wording.check_clear),
    ("履行方式、地点写明", findings.check_performance),
    ("银行账户为本人", findings.check_accounts),
    ("协议形式合适", findings.check_form),
)


def check_agreement(draft: Draft, *, today: date, profile: Profile, kept: frozenset[str] = frozenset()) -> CheckUp:
    """Everything the check-up finds, what must be changed first; `kept` are the keys of advice kept with a reason."""
    found: list[Finding] = []
    passed: list[str] = []
    for title, check in CHECKS:
        of_check = list(check(draft, today, profile))
        found += of_check
        if not of_check:
            passed.append(title)
    ordered = sorted(found, key=lambda finding: finding.level is not Level.MUST)
    return CheckUp(tuple(ordered), tuple(passed), kept)
