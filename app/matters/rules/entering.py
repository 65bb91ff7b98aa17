"""May this matter enter mediation or a hearing at all, and did every side agree?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.errors import RuleViolation
from app.matters.rules.words import (
    LABELS,
    ConsentDecision,
    MatterKind,
    OpenProcedure,
    PartySide,
)

ARTICLE_ACCUSATION = "《信访工作条例》第三十条第三款"
ARTICLE_LITIGATION = "《信访工作条例》第二十八条第二款、第三十一条"
ARTICLE_KIND = "《信访工作条例》第三十一条、第三十三条"
ARTICLE_CONSENT = "《人民调解法》第十七条"


@dataclass(frozen=True)
class SideAnswer:
    """What one party said to mediation; None when it was not asked yet."""

    name: str
    side: PartySide
    decision: ConsentDecision | None


def check_may_enter_linkage(kind: MatterKind, open_procedure: OpenProcedure | None) -> None:
    """Refuse accusations (INV-02), matters before court or another organ (INV-03) and suggestions (INV-04)."""
    if kind is MatterKind.ACCUSATION:
        raise RuleViolation(
            f"检举控告不能调解，只能转给有权处理的机关。依据{ARTICLE_ACCUSATION}",
            article=ARTICLE_ACCUSATION,
            rule="INV-02",
        )
    if open_procedure is not None:
        raise RuleViolation(
            f"现在不能调解：{LABELS[open_procedure]}。请引导到办理这一程序的机关。依据{ARTICLE_LITIGATION}",
            article=ARTICLE_LITIGATION,
            rule="INV-03",
        )
    if kind is not MatterKind.CLAIM_FOR_DECISION:
        raise RuleViolation(f"只有申诉求决类事项可以调解。依据{ARTICLE_KIND}", article=ARTICLE_KIND, rule="INV-04")


def check_consents(answers: Sequence[SideAnswer], *, is_collective: bool) -> None:
    """Refuse mediation before every side agreed (INV-05, R-LINK-04).

    In a collective visit those petitioners who did not agree stay outside; one of them must agree.
    """
    sides = {answer.side for answer in answers}
    if not {PartySide.PETITIONER, PartySide.RESPONDENT} <= sides:
        raise RuleViolation(
            f"还不能调解：没有登记对方当事人。请先补登，再问双方愿不愿意。依据{ARTICLE_CONSENT}",
            article=ARTICLE_CONSENT,
            rule="INV-05",
        )
    if is_collective and any(_is_joining_petitioner(answer) for answer in answers):
        answers = [answer for answer in answers if answer.side is not PartySide.PETITIONER]
    missing = [answer.name for answer in answers if answer.decision is not ConsentDecision.CONSENTED]
    if missing:
        raise RuleViolation(
            f"还不能调解：{'、'.join(missing)} 没有同意。要每一方都同意。依据{ARTICLE_CONSENT}",
            article=ARTICLE_CONSENT,
            rule="INV-05",
        )


def has_all_consents(answers: Sequence[SideAnswer], *, is_collective: bool) -> bool:
    """True if `check_consents` would pass."""
    try:
        check_consents(answers, is_collective=is_collective)
    except RuleViolation:
        return False
    return True


def has_refusal(answers: Iterable[SideAnswer]) -> bool:
    """True if a party said no or took its consent back (R-MED-03)."""
    return any(answer.decision in (ConsentDecision.REFUSED, ConsentDecision.WITHDRAWN) for answer in answers)


def check_consent_decision(before: ConsentDecision | None, decision: ConsentDecision) -> None:
    """Refuse taking back a consent that was never given."""
    if decision is ConsentDecision.WITHDRAWN and before is not ConsentDecision.CONSENTED:
        raise RuleViolation(
            "这一方还没有同意过，没有可以撤回的。请选“不同意”。", article=ARTICLE_CONSENT, rule="INV-05"
        )


def _is_joining_petitioner(answer: SideAnswer) -> bool:
    return answer.side is PartySide.PETITIONER and answer.decision is ConsentDecision.CONSENTED
