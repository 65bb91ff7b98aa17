"""What does the log of a matter say in plain words?  One table from act to text."""

from collections.abc import Mapping

ACT_TEXTS: Mapping[str, str] = {
    "visit.register": "登记来访",
    "matter.register": "登记",
    "matter.edit": "更正登记内容",
    "matter.screen": "甄别提问",
    "matter.choose_route": "定下走哪条路",
    "matter.transfer": "转送责任单位",
    "matter.assign": "交办责任单位",
    "matter.guide_away": "引导到法定途径",
    "matter.report": "报告党委政府",
    "matter.object": "单位对转送提出异议",
    "matter.decide_objection": "裁定异议",
    "matter.accept": "受理",
    "matter.decline": "决定不予受理",
    "matter.start_handling": "开始办理",
    "matter.extend_handling": "批准延期办理",
    "matter.issue_opinion": "出具信访处理意见",
    "matter.opinion_received": "信访人收到处理意见",
    "matter.close": "办结",
    "matter.finalise": "终结",
    "matter.withdraw": "信访人撤回",
    "matter.mark_as_error": "标为录入错误",
    "matter.refer": "导入访调对接",
    "matter.return_from_linkage": "转回信访办理",
    "matter.assign_person": "指定办理人",
    "party.add": "补登当事人",
    "party.edit": "更正当事人信息",
    "party.reveal": "查看完整信息",
    "proxy.add": "登记代理人",
    "proxy.revoke": "撤销委托",
    "proxy.reveal": "查看代理人完整信息",
    "consent.record": "记录是否愿意调解",
    "recusal.declare": "本人回避",
    "recusal.request": "申请回避",
    "recusal.decide": "决定回避",
    "clock.extend": "期限延长",
    "clock.lapse": "权利期限届满",
    "clock.pause": "期限暂停",
    "clock.resume": "期限恢复",
    "paper.issue": "出具文书",
    "paper.void": "文书作废",
    "linkage.accept": "调委会接收",
    "linkage.decline": "调委会不予调解",
    "linkage.feed_back": "反馈调解结果",
    "linkage.withdraw_consent": "一方撤回调解同意",
    "linkage.close": "调解化解，信访事项办结",
    "linkage.return": "调解未成，转回信访办理",
    "mediation.accept": "调委会受理，开始调解",
    "mediation.assign": "指定调解员",
    "mediation.replace": "更换调解员",
    "mediation.extend": "各方同意延长调解",
    "mediation.suspend": "中止调解",
    "mediation.resume": "恢复调解",
    "mediation.labour_notice": "告知可以申请劳动仲裁",
    "mediation.agree": "达成协议，调解结束",
    "mediation.end": "终止调解",
    "meeting.book": "排定调解会",
    "meeting.move": "调解会改期",
    "meeting.cancel": "取消调解会",
    "meeting.start": "调解会开始",
    "meeting.end": "调解会结束",
    "meeting.enter_in_error": "调解会标为录入错误",
    "record.tell_rights": "告知权利义务",
    "record.close": "调解记录定稿",
    "record.signed": "调解记录签完",
    "record.note": "写调解记录附注",
    "opinion.request": "请律师出具意见",
    "opinion.decline": "律师不能出具意见",
    "opinion.withdraw": "收回意见请求",
    "opinion.submit": "律师提交法律意见",
    "opinion.answer": "答复律师意见",
    "opinion.supplement": "律师补充意见",
    "agreement.draft": "起草协议",
    "agreement.save": "修改协议",
    "agreement.finalise": "协议定稿",
    "agreement.issue": "签发协议",
    "agreement.sign": "协议签署",
    "agreement.seal": "协议盖章",
    "agreement.take_effect": "协议生效",
    "agreement.perform": "记录履行情况",
    "agreement.visit": "回访",
    "agreement.apply_confirmation": "共同申请司法确认",
    "agreement.confirmation_result": "记录司法确认结果",
    "signing.open": "开始签署",
    "signing.sign": "签名",
    "signing.refuse": "不签，已记原因",
    "signing.add_scan": "补交纸质签名扫描件",
    "signing.seal": "加盖印章",
    "signing.cancel": "取消签署",
    "access_link.issue": "给信访人查阅链接",
    "access_link.open": "信访人打开查阅页",
    "message.queue": "发出通知",
}

REVEALS = frozenset({"party.reveal", "proxy.reveal"})
QUIET = frozenset(
    {
        "paper.revision",
        "linkage.refer",
        "clock.extend",
        "booking.reserve",
        "booking.move",
        "booking.end",
        "record.attend",
        "record.turn",
        "record.correct",
        "signing.close",
        "signing.check_identity",
        "agreement.keep_finding",
        "agreement.plan_visit",
        "agreement.seal_form",
        "access_link.leave",
        "access_link.wrong_code",
        "message.sent",
        "message.failed",
        "message.retry",
        "opinion.clear",
    }
)
"""Steps that another line of the same act already tells."""

FIELD_WORDS: Mapping[str, str] = {
    "name": "姓名",
    "id_number": "证件号",
    "phone": "电话",
    "address": "住址",
    "birth_date": "出生日期",
    "legal_representative": "法定代表人",
    "subject": "标题",
    "claim": "请求",
    "facts": "事实",
    "reasons": "理由",
    "place": "发生地",
    "dispute_type": "纠纷类型",
    "credit_code": "统一社会信用代码",
}


def text_of(act: str) -> str:
    """The plain words of an act; the act of an unknown package reads as a change."""
    return ACT_TEXTS.get(act, "有变动")


def detail_text(detail: Mapping[str, object]) -> str:
    """What may be added to the line: fields by name, a reason by its word, days, a number; never a personal value."""
    parts = [str(detail[key]) for key in ("number", "reason") if detail.get(key)]
    if isinstance(detail.get("field"), str):
        parts.insert(0, FIELD_WORDS.get(str(detail["field"]), ""))
    fields = detail.get("fields")
    if isinstance(fields, list):
        parts.extend(FIELD_WORDS.get(str(field), "") for field in fields)
    if detail.get("days"):
        parts.append(f"{detail['days']} 日")
    return "、".join(part for part in parts if part)
