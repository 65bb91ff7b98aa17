"""Which numbers does this jurisdiction set?

Where the national texts are silent or places differ, the number is a parameter here, never a constant.  Marks
of the sources: X seen in an excerpt, M from memory, P project convention.  A lawyer of the district checks
every M and P.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from typing import Any

from app.errors import RuleViolation
from app.law.periods import CountingMode, Period, Unit, days, working_days

RECONSIDERATION_NOTICE_FLOOR = working_days(5)
RECONSIDERATION_NOTICE_ARTICLE = "《行政复议法》第五十一条、第八十八条"


class RecusalDecider(StrEnum):
    """Who decides whether a panelist steps aside (R-HEAR-18)."""

    ORGAN_HEAD = "organ_head"
    CHAIR = "chair"


@dataclass(frozen=True)
class Parameter:
    """What the settings page says beside a parameter: its name for people, and where it comes from."""

    label: str
    source: str


THREE_DAYS, TEN_DAYS, TWENTY_DAYS, THIRTY_DAYS = days(3), days(10), days(20), days(30)
THREE_WORKING_DAYS, FIVE_WORKING_DAYS, SEVEN_WORKING_DAYS = working_days(3), working_days(5), working_days(7)
HALF_PAST_FIVE = time(17, 30)

PARAMETERS = {
    "hearing_application": Parameter("听证申请期限", "安徽 2017，X"),
    "hearing_application_decision": Parameter("听证申请答复期限", "安徽、江苏，X；广西 15 日"),
    "hearing_proposal_reply": Parameter("信访人答复听证征询的期限", "安徽，X"),
    "hearing_hold_by": Parameter("决定后举行听证的期限", "广西、江苏，X"),
    "hearing_notice": Parameter("信访听证提前通知", "江苏，X；广西 7 日，山东 10 个工作日"),
    "recon_hearing_notice": Parameter("复议听证提前通知", "行政复议法第五十一条；不得更短"),
    "recon_hearing_answer": Parameter("复议听证申请答复期限", "滨海新区 8，X；效力要核对"),
    "recon_hearing_withdrawal": Parameter("复议听证申请最迟提前多久撤回", "滨海新区 9，X；效力要核对"),
    "hearing_opinion_announced": Parameter("当场宣布后送达听证意见书", "一地规定，X、P"),
    "hearing_opinion_service": Parameter("未当场宣布时送达听证意见书", "一地规定，X、P"),
    "hearing_announcement": Parameter("公开听证提前公告", "一般听证规则，X；信访听证 M"),
    "suggestion_reply": Parameter("三项建议书面反馈期限", "条例未定；山东 2015，X"),
    "mediation_period": Parameter("人民调解期限", "若干规定“一个月”，X；SF/T 0083 三十日，M、P"),
    "mediation_extension_days": Parameter("人民调解每次最多延期天数", "深圳条例第二十五条；天数 P"),
    "linkage_committee_answer": Parameter("调委会答复委托的期限", "P"),
    "linkage_feedback": Parameter("调解结果反馈期限", "P"),
    "agreement_follow_up": Parameter("协议生效后回访", "人民调解法第三十一条；期限 P"),
    "instalment_follow_up": Parameter("每期履行到期后回访", "人民调解法第三十一条；期限 P"),
    "panel_minimum": Parameter("信访听证员最少人数（单数）", "M、P；山东 5 人"),
    "is_hearing_mandatory_on_request": Parameter("符合条件的申请应当听证", "山东 2015、宁夏，X"),
    "is_silence_refusal": Parameter("逾期不答复听证征询视为不同意", "安徽，X"),
    "may_chair_vote": Parameter("主持人参加表决并计入听证员", "江苏，X"),
    "is_two_thirds_needed": Parameter("听证意见要三分之二以上听证员同意", "R-HEAR-27，P；默认过半数"),
    "is_oral_for_immediate_performance_only": Parameter("不能即时履行的要用书面协议", "宁波第二十四条，P"),
    "print_id_on_agreement": Parameter("协议书上印身份证号", "最小必要，P"),
    "notice_counting": Parameter("“N 日前”的算法", "R-TIME-11，P"),
    "panelist_recusal_decider": Parameter("听证员回避由谁决定", "X、P"),
    "business_closes_at": Parameter("下班时间", "民法典第二百零三条第二款；本地"),
    "access_link_days": Parameter("查阅链接有效天数", "P"),
    "pause_bases": Parameter("本地规定允许暂停的期限及依据", "R-PET-22、R-LINK-08"),
}


@dataclass(frozen=True)
class Profile:
    """The parameters of one jurisdiction from one effective date on; what each is stands in PARAMETERS."""

    hearing_application: Period = FIVE_WORKING_DAYS
    hearing_application_decision: Period = FIVE_WORKING_DAYS
    hearing_proposal_reply: Period = FIVE_WORKING_DAYS
    hearing_hold_by: Period = THIRTY_DAYS
    hearing_notice: Period = SEVEN_WORKING_DAYS
    recon_hearing_notice: Period = FIVE_WORKING_DAYS
    recon_hearing_answer: Period = FIVE_WORKING_DAYS
    recon_hearing_withdrawal: Period = THREE_WORKING_DAYS
    hearing_opinion_announced: Period = TEN_DAYS
    hearing_opinion_service: Period = TWENTY_DAYS
    hearing_announcement: Period = THREE_DAYS
    suggestion_reply: Period = THIRTY_DAYS
    mediation_period: Period = THIRTY_DAYS
    mediation_extension_days: int = 30
    linkage_committee_answer: Period = THREE_WORKING_DAYS
    linkage_feedback: Period = THREE_WORKING_DAYS
    agreement_follow_up: Period = THIRTY_DAYS
    instalment_follow_up: Period = THREE_WORKING_DAYS
    panel_minimum: int = 3
    is_hearing_mandatory_on_request: bool = False
    is_silence_refusal: bool = True
    may_chair_vote: bool = False
    is_two_thirds_needed: bool = False
    is_oral_for_immediate_performance_only: bool = True
    print_id_on_agreement: bool = False
    notice_counting: CountingMode = CountingMode.CLEAR_DAYS
    panelist_recusal_decider: RecusalDecider = RecusalDecider.ORGAN_HEAD
    business_closes_at: time = HALF_PAST_FIVE
    access_link_days: int = 30
    pause_bases: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _check_reconsideration_notice(self.recon_hearing_notice)
        if self.panel_minimum < 1 or self.panel_minimum % 2 == 0:
            raise RuleViolation("听证员最少人数要填单数。", article="本区听证规则", rule="INV-09")


def profile_values(profile: Profile) -> dict[str, object]:
    """The profile as plain values that can be stored as JSON."""
    return {name: _plain(getattr(profile, name)) for name in PARAMETERS}


def profile_from_values(values: Mapping[str, object]) -> Profile:
    """The profile stored as plain values; what is missing keeps its default, unknown names are refused."""
    defaults = Profile()
    unknown = sorted(set(values) - set(PARAMETERS))
    if unknown:
        raise RuleViolation(f"没有这些参数：{'、'.join(unknown)}。请删去。")
    settings: dict[str, Any] = {name: _typed(name, value, getattr(defaults, name)) for name, value in values.items()}
    return Profile(**settings)


def _check_reconsideration_notice(notice: Period) -> None:
    floor = RECONSIDERATION_NOTICE_FLOOR
    if notice.unit is not floor.unit or notice.length < floor.length:
        raise RuleViolation(
            f"复议听证要提前至少 {floor.text}通知，不能改短。依据{RECONSIDERATION_NOTICE_ARTICLE}",
            article=RECONSIDERATION_NOTICE_ARTICLE,
            rule="INV-14",
        )


def _plain(value: object) -> object:
    if isinstance(value, Period):
        return {"length": value.length, "unit": value.unit.value}
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, Mapping):
        return dict(value)
    return value.value if isinstance(value, StrEnum) else value


def _typed(name: str, value: object, default: object) -> object:
    try:
        return _read(value, default)
    except (KeyError, TypeError, ValueError) as error:
        raise RuleViolation(f"参数 {name} 的值不对：{value!r}。请改正。") from error


def _read(value: object, default: object) -> object:
    if isinstance(default, Period):
        return _period_from(value)
    if isinstance(default, time):
        return time.fromisoformat(str(value))
    if isinstance(default, Mapping):
        return _pause_bases_from(value)
    if isinstance(default, StrEnum):
        return type(default)(str(value))
    if type(value) is not type(default):
        raise TypeError("another kind of value is expected")
    return value


def _period_from(value: object) -> Period:
    if not isinstance(value, Mapping) or type(value["length"]) is not int:
        raise TypeError("a period has a whole length and a unit")
    return Period(value["length"], Unit(value["unit"]))


def _pause_bases_from(value: object) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise TypeError("bases are listed by clock")
    return {str(clock): str(article) for clock, article in value.items()}
