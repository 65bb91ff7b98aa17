"""Which statutory clocks are there?  One table: trigger, length, extension, pause, what is due, article.

The numbers of a clock live here or, where `profile` names a parameter, in the jurisdiction's profile.  How a
clock is computed is in `computing`.
"""

from app.errors import NotFound
from app.law.clock_rules import ClockRule, Direction, Extension, Pause, Variant
from app.law.periods import days, working_days, years

XF = "《信访工作条例》"
FY = "《行政复议法》"
RT = "《人民调解法》"
MS = "《民事诉讼法》"
LD = "《劳动争议调解仲裁法》"
SQ = "《最高人民法院关于人民调解协议司法确认程序的若干规定》"
LOCAL_HEARING = "本区听证规则"
LOCAL_RECON_HEARING = "本区复议听证规则"
LOCAL_LINKAGE = "本区访调对接规则"

_RULES = (
    ClockRule("petition_routing", "信访部门收到", days(15), "转送、交办或者报告", f"{XF}第二十二条"),
    ClockRule(
        "direct_receipt_notice",
        "单位直接收到",
        days(15),
        "书面告知收到情况和处理途径",
        f"{XF}第二十三条第二款",
    ),
    ClockRule("transfer_receipt_notice", "单位收到转送、交办", days(15), "书面告知信访人", f"{XF}第二十三条第三款"),
    ClockRule(
        "transfer_objection",
        "单位收到转送、交办",
        working_days(5),
        "提出异议并说明理由",
        f"{XF}第二十三条第三款",
    ),
    ClockRule(
        "petition_handling",
        "受理",
        days(60),
        "信访处理意见书",
        f"{XF}第三十四条",
        extension=Extension("本单位负责人批准，并告知信访人延期理由", longest=30),
    ),
    ClockRule("review_request", "信访人收到处理意见", days(30), "提出复查请求", f"{XF}第三十五条"),
    ClockRule("review_decision", "复查机关收到请求", days(30), "复查意见", f"{XF}第三十五条"),
    ClockRule("recheck_request", "信访人收到复查意见", days(30), "提出复核请求", f"{XF}第三十六条"),
    ClockRule(
        "recheck_decision",
        "复核机关收到请求",
        days(30),
        "复核意见",
        f"{XF}第三十六条",
        pause=Pause("听证所需时间", f"{XF}第三十六条第二款"),
    ),
    ClockRule(
        "suggestion_reply",
        "单位收到三项建议",
        days(30),
        "书面反馈采纳情况",
        f"{XF}第四十条",
        profile="suggestion_reply",
    ),
    ClockRule(
        "hearing_application",
        "告知听证权利",
        working_days(5),
        "提出听证申请",
        LOCAL_HEARING,
        profile="hearing_application",
        extension=Extension("有正当理由耽误的，由听证机关准许"),
    ),
    ClockRule(
        "hearing_application_decision",
        "收到听证申请",
        working_days(5),
        "书面答复是否听证",
        LOCAL_HEARING,
        profile="hearing_application_decision",
    ),
    ClockRule(
        "hearing_hold_by",
        "决定听证",
        days(30),
        "举行听证",
        LOCAL_HEARING,
        profile="hearing_hold_by",
        extension=Extension("主持人决定延期"),
        pause=Pause("听证中止", LOCAL_HEARING),
    ),
    ClockRule(
        "hearing_notice",
        "通知送达最后一方",
        working_days(7),
        "可以举行信访听证",
        LOCAL_HEARING,
        profile="hearing_notice",
        direction=Direction.EARLIEST,
    ),
    ClockRule(
        "hearing_opinion_service",
        "听证结束",
        days(20),
        "送达听证意见书",
        LOCAL_HEARING,
        profile="hearing_opinion_service",
        pause=Pause("听证中止", LOCAL_HEARING),
        announced=Variant("当场宣布", days(10), LOCAL_HEARING, profile="hearing_opinion_announced"),
    ),
    ClockRule(
        "recon_examination",
        "收到复议申请",
        working_days(5),
        "决定是否受理",
        f"{FY}第三十条",
        pause=Pause("补正申请材料", f"{FY}第三十一条"),
    ),
    ClockRule("recon_correction_notice", "收到复议申请", working_days(5), "书面通知补正", f"{FY}第三十一条"),
    ClockRule(
        "recon_correction",
        "收到补正通知",
        working_days(10),
        "补正申请材料",
        f"{FY}第三十一条",
        extension=Extension("有正当理由的，由行政复议机关准许"),
    ),
    ClockRule(
        "recon_copy_to_respondent",
        "受理复议申请",
        working_days(7),
        "向被申请人发送申请书副本",
        f"{FY}第四十八条",
        summary=Variant("简易程序", working_days(3), f"{FY}第五十四条"),
    ),
    ClockRule(
        "recon_answer",
        "被申请人收到副本",
        working_days(10),
        "书面答复并提交证据",
        f"{FY}第四十八条",
        summary=Variant("简易程序", working_days(5), f"{FY}第五十四条"),
    ),
    ClockRule(
        "recon_hearing_answer",
        "收到听证申请",
        working_days(5),
        "书面答复是否听证",
        LOCAL_RECON_HEARING,
        profile="recon_hearing_answer",
    ),
    ClockRule(
        "recon_hearing_notice",
        "通知送达最后一方",
        working_days(5),
        "可以举行行政复议听证",
        f"{FY}第五十一条、第八十八条",
        profile="recon_hearing_notice",
        direction=Direction.EARLIEST,
    ),
    ClockRule(
        "recon_decision",
        "受理复议申请",
        days(60),
        "行政复议决定",
        f"{FY}第六十二条",
        extension=Extension("行政复议机构负责人批准", longest=30),
        pause=Pause("中止、鉴定或者现场勘验", f"{FY}第三十九条、《行政复议法实施条例》第三十四条、第三十七条"),
        summary=Variant("简易程序", days(30), f"{FY}第六十二条"),
    ),
    ClockRule(
        "recon_application",
        "知道行政行为",
        days(60),
        "申请行政复议",
        f"{FY}第二十条",
        extension=Extension("有正当理由耽误的，由行政复议机关准许", latest=years(1)),
    ),
    ClockRule(
        "mediation_period",
        "调委会受理",
        days(30),
        "达成协议或者结束调解",
        "《人民调解工作若干规定》第三十三条",
        profile="mediation_period",
        extension=Extension("全体当事人同意", profile="mediation_extension_days", is_renewable=True),
        pause=Pause("中止调解", LOCAL_LINKAGE),
    ),
    ClockRule(
        "labour_mediation_notice",
        "收到劳动争议调解申请",
        days(15),
        "告知可以申请劳动仲裁",
        f"{LD}第十四条第三款",
    ),
    ClockRule("judicial_confirmation", "协议生效", days(30), "共同申请司法确认", f"{RT}第三十三条、{MS}第二百零五条"),
    ClockRule("court_confirmation_acceptance", "法院收到申请", days(3), "法院决定是否受理", f"{SQ}第四条"),
    ClockRule(
        "court_confirmation_decision",
        "法院受理",
        days(30),
        "法院裁定",
        f"{MS}第一百八十七条",
        extension=Extension("本院院长批准"),
    ),
    ClockRule(
        "enforcement_application",
        "履行期限最后一日",
        years(2),
        "申请强制执行",
        f"{MS}第二百五十条",
        pause=Pause("时效中止", f"{MS}第二百五十条"),
    ),
    ClockRule("agreement_follow_up", "协议生效", days(30), "回访", f"{RT}第三十一条", profile="agreement_follow_up"),
    ClockRule(
        "instalment_follow_up",
        "每期履行到期",
        working_days(3),
        "回访",
        f"{RT}第三十一条",
        profile="instalment_follow_up",
    ),
    ClockRule(
        "labour_arbitration_limitation",
        "知道权利被侵害",
        years(1),
        "申请劳动仲裁",
        f"{LD}第二十七条",
        pause=Pause("时效中止", f"{LD}第二十七条第三款"),
    ),
    ClockRule(
        "linkage_committee_answer",
        "收到委托、移送",
        working_days(3),
        "答复是否受理",
        LOCAL_LINKAGE,
        profile="linkage_committee_answer",
    ),
    ClockRule(
        "linkage_feedback",
        "调解结束",
        working_days(3),
        "反馈调解结果",
        LOCAL_LINKAGE,
        profile="linkage_feedback",
    ),
    ClockRule("public_notice_service", "公告发布", days(30), "视为送达", f"{MS}第九十五条"),
)

CLOCKS: dict[str, ClockRule] = {rule.code: rule for rule in _RULES}


RIGHTS = frozenset(
    {
        "review_request",
        "recheck_request",
        "hearing_application",
        "recon_application",
        "judicial_confirmation",
        "enforcement_application",
        "labour_arbitration_limitation",
    }
)
"""Periods in which petitioners and parties may act, not the office: run out, nobody is late (R-TIME-13)."""


def get_clock(code: str) -> ClockRule:
    """The rule of that name, or NotFound naming those there are."""
    rule = CLOCKS.get(code)
    if rule is None:
        raise NotFound(f"没有“{code}”这个期限。可用的有：{'、'.join(CLOCKS)}")
    return rule
