"""May a reconsideration case be accepted, heard, extended, rested, decided?  行政复议法 30–74 (R-RECON-01…15)."""

from collections.abc import Sequence
from datetime import date

from app.errors import NotPermitted, RuleViolation
from app.law.dates import format_date
from app.matters.rules import Route
from app.matters.rules.handling import check_reason
from app.remedies.rules.words import GraveGround, Procedure, SuspensionGround

FY = "《行政复议法》"
FYSS = "《行政复议法实施条例》"
NUMBER_PATTERN = "{prefix}字〔{year}〕{n}号"
EXCLUDED_TIME = {
    SuspensionGround.APPRAISAL: f"{FYSS}第三十七条",
    SuspensionGround.INSPECTION: f"{FYSS}第三十四条",
}


def suspension_basis(ground: SuspensionGround) -> str:
    """The article that lets the time stand still: FY 39, or the one on appraisal and inspection (R-RECON-14)."""
    return EXCLUDED_TIME.get(ground, f"{FY}第三十九条")


def check_may_receive(*, route: Route | None, is_own: bool, is_open: bool, is_accusation: bool, has_case: bool) -> None:
    """Refuse a matter on another road, one that is over, an accusation (INV-02), or one with an open case."""
    if is_accusation:
        raise RuleViolation(
            "检举控告不走行政复议。请转纪检监察机关。依据《信访工作条例》第三十条",
            article="《信访工作条例》第三十条",
            rule="INV-02",
        )
    if has_case:
        raise RuleViolation("这件事已经有一件行政复议在办。请打开那一件。", rule="R-RECON-12")
    if not is_open:
        raise RuleViolation("这件事已经办完，不能再转入行政复议。有新的申请，请另立一件。", rule="R-RECON-12")
    if route is not Route.RECONSIDERATION and not is_own:
        raise RuleViolation(
            "这件事还没有定为走行政复议。请先甄别，选“行政复议等法定途径”。依据《信访工作条例》第三十一条第四项",
            article="《信访工作条例》第三十一条第四项",
            rule="R-PET-15",
        )


def check_not_withdrawn_before(*, was_withdrawn: bool, again_reason: str) -> None:
    """Refuse a second application on the same facts after a withdrawal, unless it was not voluntary (R-RECON-15)."""
    if was_withdrawn:
        if not again_reason.strip():
            raise RuleViolation(
                "申请人撤回过，不能以同一事实和理由再申请。能证明撤回不是本人真实意思的，请写明理由。"
                f"依据{FY}第七十四条、{FYSS}第三十八条",
                article=f"{FY}第七十四条",
                rule="R-RECON-15",
            )
        check_reason(again_reason, "撤回后再申请")


def check_respondent(*, is_organisation: bool, is_of_matter: bool) -> None:
    """Refuse a respondent that is no body or not a party of the matter."""
    if not (is_organisation and is_of_matter):
        raise RuleViolation("被申请人要选这件事登记的单位。没有的话，先补登当事人。", rule="R-RECON-12")


def check_acceptance_day(accepted_on: date, examination_due: date, *, what: str) -> None:
    """Refuse accepting or declining later than the examination allows: then the case counts as accepted (FY 30(3))."""
    if accepted_on > examination_due:
        article = f"{FY}第三十条第三款"
        raise RuleViolation(
            f"审查期限到 {format_date(examination_due)}已满，从那天起视为受理，不能再{what}。"
            f"请按 {format_date(examination_due)}受理办。依据{article}",
            article=article,
            rule="R-RECON-12",
        )


def check_correction_in_time(corrected_on: date, due_on: date | None, *, has_good_reason: bool) -> None:
    """Refuse papers after the ten working days without a good reason: the application counts as given up (FY 31)."""
    if due_on is not None and corrected_on > due_on and not has_good_reason:
        raise RuleViolation(
            f"补正期限到 {format_date(due_on)}已满。没有正当理由的视为放弃申请；有正当理由的请写明。依据{FY}第三十一条",
            article=f"{FY}第三十一条",
            rule="R-RECON-12",
        )


def check_given_up(today: date, due_on: date | None) -> None:
    """Refuse to take an application for given up while its time to correct runs (FY 31)."""
    if due_on is None or today <= due_on:
        until = f"到 {format_date(due_on)}" if due_on else "从申请人收到通知起算"
        raise RuleViolation(
            f"补正期限{until}，还没有满，不能视为放弃。依据{FY}第三十一条", article=f"{FY}第三十一条", rule="R-RECON-12"
        )


def check_procedure(procedure: Procedure, grave: GraveGround | None) -> None:
    """Refuse the summary procedure for a grave, difficult or complex case (FY 53)."""
    if procedure is Procedure.SUMMARY and grave is not None:
        raise RuleViolation(
            f"重大、疑难、复杂的案件不能用简易程序。请改用普通程序。依据{FY}第五十三条",
            article=f"{FY}第五十三条",
            rule="R-RECON-02",
        )


def check_head_of_body(*, is_leader: bool, organisation_id: int, organ_id: int) -> None:
    """Refuse an extension by anybody but the head of the reconsideration body (R-RECON-12)."""
    if not is_leader or organisation_id != organ_id:
        raise NotPermitted(
            f"延长复议期限要由行政复议机构负责人批准。请他登录后批准。依据{FY}第六十二条",
            article=f"{FY}第六十二条",
            rule="R-RECON-12",
        )


def check_may_be_heard(answered_on: date | None, held_on: date) -> None:
    """Refuse a hearing before the respondent's answer and evidence are in (R-RECON-10)."""
    if answered_on is None or held_on < answered_on:
        raise RuleViolation(
            "被申请人的答复和证据还没有交来，不能听证。请先记下答复。依据本区复议听证规则",
            article="本区复议听证规则",
            rule="R-RECON-10",
        )


def check_answer_is_in(answered_on: date | None, answer_due: date | None, today: date) -> None:
    """Refuse a decision while the respondent may still answer (FY 48, 54, 70)."""
    if answered_on is None and (answer_due is None or today <= answer_due):
        until = f"到 {format_date(answer_due)}" if answer_due else "从他收到副本起算"
        raise RuleViolation(
            f"还不能决定：被申请人的答复期限{until}。依据{FY}第四十八条", article=f"{FY}第四十八条", rule="R-RECON-12"
        )


def check_hearing_done(grave: GraveGround | None, *, has_hearing: bool) -> None:
    """Refuse deciding a grave, difficult or complex case without a hearing (R-RECON-01)."""
    if grave is not None and not has_hearing:
        raise RuleViolation(
            f"重大、疑难、复杂的案件要先听证再决定。请先安排听证。依据{FY}第五十条",
            article=f"{FY}第五十条",
            rule="R-RECON-01",
        )


def check_cites_minutes(text: str, minutes_number: str) -> None:
    """Refuse a decision after a hearing that does not cite the minutes (R-RECON-07)."""
    if minutes_number and minutes_number not in text:
        raise RuleViolation(
            f"这件案子听证过，决定要根据听证笔录作出。请在决定里写明依据听证笔录（{minutes_number}）。依据{FY}第六十一条第二款",
            article=f"{FY}第六十一条第二款",
            rule="R-RECON-07",
        )


def check_no_open_statement(*, has_statement: bool) -> None:
    """Refuse another end while a mediation statement waits for signatures and seal (R-RECON-15)."""
    if has_statement:
        raise RuleViolation(
            f"调解书已经制作，还没有生效。一方反悔的，先作废调解书，再往下办。依据{FY}第七十三条第二款",
            article=f"{FY}第七十三条第二款",
            rule="R-RECON-15",
        )


def check_statement_signed(missing: Sequence[str]) -> None:
    """Refuse the organ's seal before both sides signed: only together they take effect (R-RECON-15)."""
    if missing:
        raise RuleViolation(
            f"还不能盖章：{'、'.join(missing)}还没有签名。调解书要各方签名、加盖行政复议机关印章才生效。依据{FY}第七十三条",
            article=f"{FY}第七十三条",
            rule="R-RECON-15",
        )
