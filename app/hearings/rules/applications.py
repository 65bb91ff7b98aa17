"""May this matter be heard, was the hearing asked for rightly, and may the organ say no? (R-HEAR-01…07, R-RECON-01)

Pure: what is known of the matter comes in as `Standing`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.errors import RuleViolation
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.words import HearingMode, Initiative, ProcedureKind, ServedStage
from app.law.calendar import Calendar
from app.law.dates import format_date, format_month_day
from app.law.periods import Period, last_day_of_period
from app.matters.rules import LABELS as MATTER_LABELS
from app.matters.rules import MatterKind, MatterStatus, OpenProcedure
from app.web.labels import WordTable

ARTICLE_ACCUSATION = "《信访工作条例》第三十条第三款"
ARTICLE_LITIGATION = "《信访工作条例》第二十八条第二款、第三十一条"
ARTICLE_PETITION = "《信访工作条例》第三十一条"
ARTICLE_RECONSIDERATION = "《行政复议法》第五十条"
ARTICLE_ANSWER = "《行政复议法》第四十八条、第五十条"
ARTICLE_LOCAL = "本区听证规则"
MOST_REPRESENTATIVES = 5

STAGES: Mapping[MatterStatus, ServedStage] = {
    MatterStatus.REGISTERED: ServedStage.HANDLING,
    MatterStatus.TRANSFERRED: ServedStage.HANDLING,
    MatterStatus.ASSIGNED: ServedStage.HANDLING,
    MatterStatus.REPORTED: ServedStage.HANDLING,
    MatterStatus.RETURNED_BY_OBJECTION: ServedStage.HANDLING,
    MatterStatus.ACCEPTED: ServedStage.HANDLING,
    MatterStatus.HANDLING: ServedStage.HANDLING,
    MatterStatus.OPINION_ISSUED: ServedStage.HANDLING,
    MatterStatus.REVIEW_REQUESTED: ServedStage.REVIEW,
    MatterStatus.RECHECK_REQUESTED: ServedStage.RECHECK,
    MatterStatus.IN_RECONSIDERATION: ServedStage.RECONSIDERATION,
}
"""Which step a hearing serves in each state of the matter; in the other states there is nothing to hear."""


class RefusalGround(StrEnum):
    """Why a matter is not heard though somebody asked (R-HEAR-03)."""

    SECRET = "secret"
    OTHER_PROCEDURE = "other_procedure"
    PLAIN = "plain"
    HEARD_BEFORE = "heard_before"
    NOT_NEEDED = "not_needed"


REFUSAL_WORDS = WordTable(
    (RefusalGround.SECRET, "涉及国家秘密、商业秘密、个人隐私，不宜听证"),
    (RefusalGround.OTHER_PROCEDURE, "属于诉讼、仲裁、行政复议办理或者已经由它们作出结论"),
    (RefusalGround.PLAIN, "事实清楚，法律和政策规定明确"),
    (RefusalGround.HEARD_BEFORE, "已经听证过，没有足以改变结论的新证据"),
    (RefusalGround.NOT_NEEDED, "本机关认为没有必要"),
)
LISTED_GROUNDS = frozenset(RefusalGround) - {RefusalGround.NOT_NEEDED}


@dataclass(frozen=True)
class FormerHearing:
    """A hearing of this matter that took place, or whose application was taken back."""

    ended_on: date
    was_withdrawn: bool = False


@dataclass(frozen=True)
class Standing:
    """What decides whether a matter may be heard now."""

    kind: MatterKind
    status: MatterStatus
    open_procedure: OpenProcedure | None = None
    open_number: str = ""
    """The number of the hearing that is open already."""
    former: FormerHearing | None = None
    is_answer_in: bool = True
    """Reconsideration: whether answer and evidence of the respondent are filed."""


@dataclass(frozen=True)
class Asked:
    """An application as it came in, with the right it uses; `right_until` is None where nobody was told of it."""

    received_on: date
    matter_received_on: date
    reasons: str
    new_evidence: str = ""
    excuse: str = ""
    right_until: date | None = None


def check_may_be_heard(procedure: Procedure, standing: Standing) -> None:
    """Refuse what the law keeps out of a hearing (INV-02/03/04, R-HEAR-03) or what is not ripe for one (R-RECON-10)."""
    if standing.kind is MatterKind.ACCUSATION:
        raise RuleViolation(
            f"检举控告不能听证，只能转给有权处理的机关。依据{ARTICLE_ACCUSATION}",
            article=ARTICLE_ACCUSATION,
            rule="INV-02",
        )
    if standing.kind is not MatterKind.CLAIM_FOR_DECISION:
        raise RuleViolation(
            f"只有申诉求决类事项可以听证。依据{ARTICLE_PETITION}", article=ARTICLE_PETITION, rule="INV-04"
        )
    _check_procedure(procedure, standing)
    if standing.open_number:
        raise RuleViolation(
            f"这件事已经有一场听证在办（{standing.open_number}）。请打开那一场接着办。", rule="R-HEAR-03"
        )


def _check_procedure(procedure: Procedure, standing: Standing) -> None:
    stage = STAGES.get(standing.status)
    is_reconsideration = procedure.kind is ProcedureKind.RECONSIDERATION
    if is_reconsideration and stage is ServedStage.RECONSIDERATION:
        if not standing.is_answer_in:
            raise RuleViolation(
                f"被申请人还没有提交答复和证据，不能听证。请先催答复。依据{ARTICLE_ANSWER}",
                article=ARTICLE_ANSWER,
                rule="R-RECON-10",
            )
        return
    open_word = _open_procedure_word(standing, stage)
    if open_word:
        raise RuleViolation(
            f"现在不能信访听证：{open_word}。请引导到办理这一程序的机关。依据{ARTICLE_LITIGATION}",
            article=ARTICLE_LITIGATION,
            rule="INV-03",
        )
    if stage is None or is_reconsideration:
        raise RuleViolation(
            f"这件事现在是“{MATTER_LABELS[standing.status]}”，没有可以听证的环节。请先看信访事项走到哪一步。",
            rule="R-HEAR-02",
        )


def _open_procedure_word(standing: Standing, stage: ServedStage | None) -> str:
    if standing.open_procedure is not None:
        return MATTER_LABELS[standing.open_procedure]
    return "正在行政复议" if stage is ServedStage.RECONSIDERATION else ""


def check_asked(asked: Asked, former: FormerHearing | None, *, today: date) -> None:
    """Refuse an application without reasons or in the wrong time, or the same thing over again (R-HEAR-03/04/06)."""
    if not asked.matter_received_on <= asked.received_on <= today:
        raise RuleViolation("收到申请的日期要在收到信访事项之后、今天以前。请核对。", rule="R-HEAR-04")
    if not asked.reasons.strip():
        raise RuleViolation("听证申请要写明理由。请补上。", article=ARTICLE_LOCAL, rule="R-HEAR-04")
    if asked.right_until is not None and asked.received_on > asked.right_until and not asked.excuse.strip():
        raise RuleViolation(
            f"申请听证的期限到 {format_date(asked.right_until)}为止。有正当理由耽误的，请写明理由再办。"
            f"依据{ARTICLE_LOCAL}",
            article=ARTICLE_LOCAL,
            rule="R-TIME-13",
        )
    check_is_new(former, asked.new_evidence)


def check_is_new(former: FormerHearing | None, new_evidence: str) -> None:
    """Refuse to hear a matter twice, or to renew what was taken back, without new evidence (R-HEAR-03/06)."""
    if former is None or new_evidence.strip():
        return
    day = format_date(former.ended_on)
    if former.was_withdrawn:
        raise RuleViolation(
            f"{day}撤回过听证申请，不能以同样的事实和理由再申请。有新证据的，请写明是什么。依据{ARTICLE_LOCAL}",
            article=ARTICLE_LOCAL,
            rule="R-HEAR-06",
        )
    raise RuleViolation(
        f"这件事 {day}已经听证过。要有足以改变结论的新证据才能再听证，请写明是什么。依据{ARTICLE_LOCAL}",
        article=ARTICLE_LOCAL,
        rule="R-HEAR-03",
    )


def check_sides(applicants: int, respondents: int, procedure: Procedure) -> None:
    """Refuse a hearing without both sides, or with more petitioners at the table than five (INV-01, R-HEAR-14)."""
    if not applicants or not respondents:
        missing = procedure.respondent_word if applicants else procedure.applicant_word
        raise RuleViolation(
            f"还没有登记{missing}，开不了听证。请先在当事人里补登。依据{procedure.article}",
            article=procedure.article,
            rule="R-HEAR-14",
        )
    if applicants > MOST_REPRESENTATIVES:
        raise RuleViolation(
            f"{procedure.applicant_word}有 {applicants} 人。请先推选代表，不超过 {MOST_REPRESENTATIVES} 人。"
            "依据《信访工作条例》第二十条第三款",
            article="《信访工作条例》第二十条第三款",
            rule="INV-01",
        )


def reply_day(proposed_on: date, period: Period, calendar: Calendar) -> date:
    """The last day on which the petitioner may answer the organ's proposal (R-HEAR-04)."""
    return last_day_of_period(proposed_on, period, calendar).legal_due


def check_reply(*, proposed_on: date, reply_by: date, answered_on: date | None, today: date) -> None:
    """Refuse an answer dated outside its time; no answer counts only when the time is over (R-HEAR-04)."""
    if answered_on is not None and not proposed_on <= answered_on <= today:
        raise RuleViolation("答复日期要在提出听证之后、今天以前。请核对。", rule="R-HEAR-04")
    if answered_on is None and today <= reply_by:
        raise RuleViolation(
            f"答复期限到 {format_month_day(reply_by)}，还没有过。请再等一等，或者记下信访人的答复。", rule="R-HEAR-04"
        )


def check_decision(
    procedure: Procedure,
    initiative: Initiative,
    *,
    is_held: bool,
    reason: str,
    ground: RefusalGround | None,
    is_mandatory_on_request: bool,
) -> None:
    """Refuse a decision without reasons (R-HEAR-07), and a no where the law or the profile leaves no choice.

    Mandatory: a grave reconsideration case (R-RECON-01); on request, where the profile says so, unless a ground of
    R-HEAR-03 stands against it.
    """
    if not reason.strip():
        raise RuleViolation("请写明决定的理由，理由会印在决定书上。", article=procedure.article, rule="R-HEAR-07")
    if is_held:
        return
    if initiative is Initiative.MANDATORY:
        raise RuleViolation(
            f"这件复议案件重大、疑难、复杂，应当听证，不能决定不听。依据{ARTICLE_RECONSIDERATION}",
            article=ARTICLE_RECONSIDERATION,
            rule="R-RECON-01",
        )
    is_on_request = initiative is Initiative.APPLICATION and procedure.kind is ProcedureKind.PETITION
    if is_on_request and is_mandatory_on_request and ground not in LISTED_GROUNDS:
        raise RuleViolation(
            f"本区规定：信访人申请、又没有不宜听证的情形的，应当听证。请选不宜听证的情形，或者决定听证。依据{ARTICLE_LOCAL}",
            article=ARTICLE_LOCAL,
            rule="R-HEAR-01",
        )


def check_mode(mode: HearingMode, closed_reason: str) -> None:
    """Refuse a closed hearing without its reason: hearings are public (R-HEAR-10, R-RECON-10)."""
    if mode is HearingMode.CLOSED and not closed_reason.strip():
        raise RuleViolation(
            "听证公开举行。不公开的，请写明涉及什么秘密或者隐私。", article=ARTICLE_LOCAL, rule="R-HEAR-10"
        )
