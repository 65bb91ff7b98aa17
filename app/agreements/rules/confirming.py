"""May the parties apply for judicial confirmation, where, and until when?  (INV-26, R-JC-01…06)"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.agreements.rules import clauses
from app.agreements.rules.states import AgreementStatus, StateConflict
from app.errors import RuleViolation
from app.law.dates import format_date, format_month_day

RT33 = "《人民调解法》第三十三条"
MS205 = "《民事诉讼法》第二百零五条"
LDJ52 = "《劳动争议司法解释（一）》第五十二条"
MS250 = "《民事诉讼法》第二百五十条"
HIGHER_COURTS = ("中级", "高级", "最高", "专门", "海事", "知识产权法院", "金融法院", "铁路运输")
MSJ355 = "《最高人民法院关于适用〈民事诉讼法〉的解释》第三百五十五条"


class CourtGround(StrEnum):
    """Why a court is competent (R-JC-02)."""

    COMMITTEE_PLACE = "committee_place"
    PARTY_DOMICILE = "party_domicile"
    SUBJECT_PLACE = "subject_place"


GROUND_LABELS: dict[StrEnum, str] = {
    CourtGround.COMMITTEE_PLACE: "调解组织所在地",
    CourtGround.PARTY_DOMICILE: "当事人住所地",
    CourtGround.SUBJECT_PLACE: "标的物所在地",
}


@dataclass(frozen=True, kw_only=True)
class ConfirmationRequest:
    """What is asked for, and what is known of the agreement."""

    status: AgreementStatus
    effective_on: date | None
    window_ends_on: date | None
    applied_on: date
    parties: tuple[tuple[str, str], ...]
    applicants: frozenset[str]
    texts: tuple[str, ...]
    has_acts: bool
    is_labour: bool
    ground: CourtGround


def check_confirmation(request: ConfirmationRequest) -> None:
    """Refuse an application that is one-sided, late, to a wrong court, or of content no court confirms (INV-26)."""
    _check_effective(request)
    _check_window(request)
    _check_joint(request)
    _check_court(request)
    _check_content(request)


def check_labour_court(court: str, *, is_of_committee_place: bool) -> None:
    """Refuse any court but the basic court of the committee's own place for a labour agreement (R-JC-03)."""
    if not is_of_committee_place or any(word in court for word in HIGHER_COURTS):
        raise RuleViolation(
            f"劳动争议的调解协议只能向调解组织所在地的基层人民法院申请确认，{court}不是，请改选。依据{LDJ52}",
            article=LDJ52,
            rule="INV-26",
        )


def check_enforcement(*, is_confirmed: bool, is_owed: bool, ends_on: date | None, asked_on: date, today: date) -> None:
    """Refuse to ask for enforcement of what is not confirmed, not due or paid, or after the two years (R-JC-08)."""
    if not is_confirmed:
        raise StateConflict("法院裁定有效的协议才能申请强制执行。", article=MS250, rule="R-JC-08")
    if asked_on > today:
        raise RuleViolation("申请日期不能晚于今天。请核对。", article=MS250, rule="R-JC-08")
    if not is_owed:
        raise RuleViolation("没有到期还没付的款，不用申请强制执行。", article=MS250, rule="R-JC-08")
    if ends_on is not None and asked_on > ends_on:
        raise RuleViolation(
            f"申请强制执行的两年到 {format_date(ends_on)}为止，已经过了。请先问法院是否有中止、中断。依据{MS250}",
            article=MS250,
            rule="R-JC-08",
        )


def remedies_after_window() -> tuple[str, ...]:
    """What may still be done when the window is closed (message 16, R-LINK-10)."""
    return ("双方另签补充协议，重新起算 30 天", "凭协议向人民法院起诉")


def _check_effective(request: ConfirmationRequest) -> None:
    if request.status is not AgreementStatus.EFFECTIVE or request.effective_on is None:
        raise StateConflict(
            "协议生效以后才能申请司法确认：要各方签名、调解员签名、调委会盖章。", article=RT33, rule="INV-26"
        )


def _check_window(request: ConfirmationRequest) -> None:
    end = request.window_ends_on
    if end is not None and request.applied_on > end:
        raise RuleViolation(
            f"{format_month_day(end)} 已过，不能再申请司法确认。还可以：双方另签补充协议，或凭协议起诉。依据{RT33}",
            article=RT33,
            rule="INV-26",
        )
    if request.effective_on is not None and request.applied_on < request.effective_on:
        raise RuleViolation(
            f"申请日期不能早于协议生效日（{format_date(request.effective_on)}）。", article=RT33, rule="INV-26"
        )


def _check_joint(request: ConfirmationRequest) -> None:
    missing = [name for key, name in request.parties if key not in request.applicants]
    if missing:
        raise RuleViolation(
            f"司法确认要各方一起申请，还差{'、'.join(missing)}。请各方都到场或委托代理人再办。依据{RT33}",
            article=RT33,
            rule="INV-26",
        )


def _check_court(request: ConfirmationRequest) -> None:
    if request.is_labour and request.ground is not CourtGround.COMMITTEE_PLACE:
        raise RuleViolation(
            f"劳动争议的调解协议只能向调解组织所在地的基层人民法院申请确认，请改选。依据{LDJ52}",
            article=LDJ52,
            rule="INV-26",
        )


def _check_content(request: ConfirmationRequest) -> None:
    waived = _words(clauses.find_waivers, request.texts)
    if waived:
        raise RuleViolation(
            f"协议里写了“{waived[0]}”，法院不确认。请另签补充协议删去；息诉罢访可以另写承诺书。依据{MSJ355}",
            article=MSJ355,
            rule="INV-26",
        )
    refused = _words(clauses.find_unconfirmable, request.texts)
    if refused:
        raise RuleViolation(
            f"协议里的“{refused[0]}”不在司法确认范围里，法院不受理。可以凭协议起诉。依据{MSJ355}",
            article=MSJ355,
            rule="INV-26",
        )
    if request.is_labour and (request.has_acts or _words(clauses.find_non_payment, request.texts)):
        raise RuleViolation(
            f"劳动争议的调解协议只有给付金钱的内容才能申请确认。依据{LDJ52}", article=LDJ52, rule="INV-26"
        )


def _words(find: Callable[[str], list[clauses.Match]], texts: Iterable[str]) -> list[str]:
    return [match.words for text in texts for match in find(text)]
