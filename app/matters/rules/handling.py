"""May a unit still object, may a matter be accepted again, extended or closed?"""

from collections.abc import Mapping, Sequence
from datetime import date

from app.errors import RuleViolation
from app.law.dates import format_date
from app.matters.rules.words import MatterKind, MatterResult, MatterStatus

ARTICLE_OBJECTION = "《信访工作条例》第二十三条第三款"
ARTICLE_FINAL = "《信访工作条例》第三十六条第三款"
ARTICLE_REMEDIES = "《信访工作条例》第三十五条、第三十六条"
ARTICLE_OPINION = "《信访工作条例》第三十二条"
ARTICLE_ACCUSED = "《信访工作条例》第三十条第三款"
SHORTEST_REASON = 10

BLOCKER_WORDS: Mapping[str, str] = {
    "open_mediation": "调解还没有结束",
    "open_linkage": "访调对接还没有反馈",
    "open_meeting": "还有没开完的会",
    "unanswered_opinion": "律师意见还没有答复采纳情况",
    "open_objection": "单位的异议还没有裁定",
    "undecided_recusal": "回避申请还没有决定",
    "open_hearing": "听证还没有办完",
    "open_remedy": "复查、复核还没有办完",
    "open_reconsideration": "行政复议还没有办完",
}


def check_reason(reason: str, what: str) -> None:
    """Refuse a reason of fewer than ten characters for a step that departs from the rule or the proposal."""
    if len("".join(reason.split())) < SHORTEST_REASON:
        raise RuleViolation(f"{what}要写明理由，不少于 {SHORTEST_REASON} 个字。", rule="R-LINK-01")


def check_objection_in_time(due_on: date, today: date, *, is_leader: bool = False, override_reason: str = "") -> None:
    """Refuse an objection to a transfer after its five working days (INV-36); a leader may override with a reason."""
    if today <= due_on:
        return
    if is_leader and override_reason:
        check_reason(override_reason, "逾期受理异议")
        return
    raise RuleViolation(
        f"异议要在 {format_date(due_on)}前提出，现在已过期，由本单位办理。"
        f"确需改转，请商信访部门重新转送。依据{ARTICLE_OBJECTION}",
        article=ARTICLE_OBJECTION,
        rule="INV-36",
    )


def check_new_acceptance(
    *, repeats_finalised: bool, has_new_facts: bool, is_leader: bool = False, override_reason: str = ""
) -> None:
    """Refuse to accept again what ended after 复核 on the same facts and reasons (INV-08); a leader may override."""
    if not repeats_finalised or has_new_facts:
        return
    if is_leader and override_reason:
        check_reason(override_reason, "终结后再受理")
        return
    raise RuleViolation(
        f"这件事复核后已经终结，事实和理由没有变，不再受理。可以登记来访，做好解释和帮扶；有新的事实，另立一件。依据{ARTICLE_FINAL}",
        article=ARTICLE_FINAL,
        rule="INV-08",
    )


def has_ended_by_recheck(status: MatterStatus) -> bool:
    """True once 复核 is decided, whether or not the file is closed yet (R-PET-24)."""
    return status in (MatterStatus.RECHECK_DECIDED, MatterStatus.FINALISED)


def check_right_is_over(due_on: date | None, today: date, what: str) -> None:
    """Refuse to finalise while the petitioner may ask for the next remedy (R-PET-25); None: no such right runs."""
    if due_on is not None and today <= due_on:
        raise RuleViolation(
            f"信访人请求{what}的期限到 {format_date(due_on)}，还没有过，不能终结。依据{ARTICLE_REMEDIES}",
            article=ARTICLE_REMEDIES,
            rule="R-PET-25",
        )


def check_handling_unit(
    *, is_accusation: bool, unit_id: int, unit_path: Sequence[int], complained_unit_id: int | None
) -> None:
    """Refuse entrusting an accusation to the accused unit or one below it (INV-02)."""
    if is_accusation and complained_unit_id is not None and complained_unit_id in {unit_id, *unit_path}:
        raise RuleViolation(
            f"检举控告不能交给被检举的单位或它的下级。请选纪检监察机关。依据{ARTICLE_ACCUSED}",
            article=ARTICLE_ACCUSED,
            rule="INV-02",
        )


def check_person(*, is_of_office: bool, is_barred: bool, is_active: bool) -> None:
    """Refuse giving a matter to somebody of another unit, recused (INV-12) or without a valid account."""
    if is_barred:
        raise RuleViolation("这个人已经回避，不能再办这件事。请换人。依据《信访工作条例》第二十八条", rule="INV-12")
    if not (is_of_office and is_active):
        raise RuleViolation("只能交给本单位在岗的人。请换人。", rule="R-PET-09")


def check_result(result: MatterResult, *, kind: MatterKind, is_accepted: bool, has_opinion: bool) -> None:
    """Refuse closing an accepted claim without its written opinion or a settlement (R-PET-16, R-PET-18)."""
    if result is MatterResult.SETTLED_BY_MEDIATION:
        return
    if kind is MatterKind.CLAIM_FOR_DECISION and is_accepted and not has_opinion:
        raise RuleViolation(
            f"已受理的求决事项，要先出具《信访处理意见书》才能办结。依据{ARTICLE_OPINION}",
            article=ARTICLE_OPINION,
            rule="R-PET-16",
        )


def check_nothing_blocks(kinds: Sequence[str]) -> None:
    """Refuse closing while something is unsettled; names each once."""
    if kinds:
        words = "、".join(dict.fromkeys(BLOCKER_WORDS.get(kind, kind) for kind in kinds))
        raise RuleViolation(f"还不能办结：{words}。请先办完。", rule="R-LINK-06")


def check_day(day: date, *, not_before: date, today: date, what: str) -> None:
    """Refuse a day in the future or before what it follows."""
    if day > today:
        raise RuleViolation(f"{what}不能晚于今天。请核对日期。", rule="R-CLOCK-01")
    if day < not_before:
        raise RuleViolation(f"{what}不能早于 {format_date(not_before)}。请核对日期。", rule="R-CLOCK-01")
