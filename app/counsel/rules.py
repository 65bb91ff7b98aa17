"""When may a lawyer give an opinion, what does it hold, how does it move? (R-DOC-C01, R-DUTY-03, INV-27, INV-28)"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.errors import FieldErrors, RuleViolation
from app.law.dates import format_date

LAWYERS_LAW = "《律师法》第三十九条"
WORKING_DAYS_TO_ANSWER = 5
"""Within how many working days the office answers: a promise of the centre, not a statutory clock."""


class OpinionStatus(StrEnum):
    """Where an opinion stands; from submission on nobody changes it."""

    REQUESTED = "requested"
    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    ANSWERED = "answered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Adoption(StrEnum):
    """What the office does with the opinion."""

    ADOPTED = "adopted"
    PARTLY = "partly"
    NOT_ADOPTED = "not_adopted"


class RouteWord(StrEnum):
    """The roads a lawyer may point out."""

    MEDIATION = "mediation"
    ADMINISTRATIVE_MEDIATION = "administrative_mediation"
    ARBITRATION = "arbitration"
    LITIGATION = "litigation"
    PETITION_HANDLING = "petition_handling"


STATUS_LABELS: Mapping[OpinionStatus, str] = {
    OpinionStatus.REQUESTED: "等律师接",
    OpinionStatus.DRAFTING: "律师在写",
    OpinionStatus.SUBMITTED: "待答复",
    OpinionStatus.ANSWERED: "已答复",
    OpinionStatus.DECLINED: "律师回避",
    OpinionStatus.WITHDRAWN: "已撤回",
}
ADOPTION_LABELS: Mapping[Adoption, str] = {
    Adoption.ADOPTED: "采纳",
    Adoption.PARTLY: "部分采纳",
    Adoption.NOT_ADOPTED: "不采纳",
}
ROUTE_LABELS: Mapping[RouteWord, str] = {
    RouteWord.MEDIATION: "人民调解",
    RouteWord.ADMINISTRATIVE_MEDIATION: "行政调解",
    RouteWord.ARBITRATION: "仲裁",
    RouteWord.LITIGATION: "诉讼",
    RouteWord.PETITION_HANDLING: "继续信访办理",
}
TRANSITIONS: Mapping[OpinionStatus, frozenset[OpinionStatus]] = {
    OpinionStatus.REQUESTED: frozenset({OpinionStatus.DRAFTING, OpinionStatus.DECLINED, OpinionStatus.WITHDRAWN}),
    OpinionStatus.DRAFTING: frozenset({OpinionStatus.SUBMITTED, OpinionStatus.DECLINED, OpinionStatus.WITHDRAWN}),
    OpinionStatus.SUBMITTED: frozenset({OpinionStatus.ANSWERED}),
    OpinionStatus.ANSWERED: frozenset(),
    OpinionStatus.DECLINED: frozenset(),
    OpinionStatus.WITHDRAWN: frozenset(),
}
OPEN = frozenset({OpinionStatus.REQUESTED, OpinionStatus.DRAFTING, OpinionStatus.SUBMITTED})
WRITTEN = frozenset({OpinionStatus.SUBMITTED, OpinionStatus.ANSWERED})


@dataclass(frozen=True)
class AnalysisStep:
    """One step of the lawyer's reasoning with the law it rests on."""

    text: str
    basis: str = ""


@dataclass(frozen=True)
class OpenRoute:
    """A road open to the parties: on which condition, within which period, who accepts."""

    route: RouteWord
    condition: str = ""
    period: str = ""
    body: str = ""


@dataclass(frozen=True)
class OpinionText:
    """What the lawyer writes; any part may still be empty in a draft."""

    facts: str = ""
    issues: str = ""
    analysis: tuple[AnalysisStep, ...] = ()
    routes: tuple[OpenRoute, ...] = ()
    opinion: str = ""
    open_points: str = ""


@dataclass(frozen=True)
class LawyerStanding:
    """What is known about a lawyer and a matter when the office asks him."""

    is_in_office: bool
    is_barred: bool
    advises_a_side: bool
    decides_or_mediates: bool
    is_party: bool
    works_for_party: bool
    has_open_request: bool


def check_may_ask(standing: LawyerStanding) -> None:
    """Refuse a lawyer who is out of office, recused, on a side, a party, or the one who mediates or decides."""
    for is_hit, message, rule in (
        (not standing.is_in_office, "这位律师不在聘期内。请另选一位。", "INV-27"),
        (standing.is_barred, "这位律师在这件事上已经回避。请另选一位。", "INV-12"),
        (standing.is_party, f"这位律师是本案当事人。请另选一位。依据{LAWYERS_LAW}", "R-DUTY-03"),
        (standing.works_for_party, f"这位律师就在当事人单位任职。请另选一位。依据{LAWYERS_LAW}", "R-DUTY-03"),
        (
            standing.advises_a_side,
            f"这位律师在这件事上给一方当过代理或顾问，不能再出意见。请另选一位。依据{LAWYERS_LAW}",
            "R-DUTY-03",
        ),
        (
            standing.decides_or_mediates,
            f"这位律师是这件事的调解员、主持人或听证员，不能再出意见。请另选一位。依据{LAWYERS_LAW}",
            "INV-28",
        ),
        (standing.has_open_request, "已经请这位律师看这件事了，还没有写完。", "R-DOC-C01"),
    ):
        if is_hit:
            raise RuleViolation(message, article=LAWYERS_LAW if rule in ("R-DUTY-03", "INV-28") else "", rule=rule)


def check_due(due_on: date, today: date) -> None:
    """Refuse a day that is past."""
    if due_on < today:
        raise FieldErrors({"due_on": f"要在今天（{format_date(today)}）或以后。请改日期。"})


def check_move(before: OpinionStatus, after: OpinionStatus) -> None:
    """Refuse a step the table does not have; what was submitted is locked."""
    if after not in TRANSITIONS[before]:
        raise RuleViolation(
            f"意见现在是“{STATUS_LABELS[before]}”，不能再这样办。要更正，请再写一份补充意见。", rule="R-DOC-C01"
        )


def check_complete(text: OpinionText) -> None:
    """Refuse to submit while a part is missing (R-DOC-C01); names every missing part."""
    errors = {
        name: f"请填写{word}。"
        for name, word, value in (
            ("facts", "依据的事实", text.facts),
            ("issues", "争议焦点", text.issues),
            ("opinion", "结论意见", text.opinion),
        )
        if not value
    }
    if not text.analysis:
        errors["analysis-0"] = "请写法律分析，至少一条。"
    elif not any(step.basis for step in text.analysis):
        errors["basis-0"] = "请写明依据哪部法第几条，至少一处。"
    if not text.routes:
        errors["routes"] = "请选出可以走的路，至少一条。"
    if errors:
        raise FieldErrors(errors)


def missing_parts(text: OpinionText) -> list[str]:
    """What is still missing before it can be submitted, in the order of the page."""
    try:
        check_complete(text)
    except FieldErrors as refusal:
        return list(refusal.errors.values())
    return []


def check_reasons(reasons: str) -> None:
    """Refuse an answer without reasons: the lawyer learns why."""
    if not reasons:
        raise FieldErrors({"reasons": "请写明理由，律师会看到。"})


def joined_question(question: str, issues: Iterable[str]) -> str:
    """The question with the issues the lawyer found in it, for the paper."""
    found = [issue for issue in issues if issue]
    return "\n".join([question, *(f"争议焦点：{issue}" for issue in found)])
