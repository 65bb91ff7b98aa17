"""How an act of the log is called in Chinese; acts without a word are shown by their code."""

from collections.abc import Mapping

ACT_WORDS: Mapping[str, str] = {
    "account.change": "改账号资料",
    "account.change_password": "改密码",
    "account.change_roles": "改岗位",
    "account.create": "建账号",
    "account.disable": "停用账号",
    "account.enable": "恢复账号",
    "account.log_in": "登录",
    "account.log_in_failed": "登录没成",
    "account.log_out": "退出",
    "account.pick_role": "选岗位",
    "account.reset_password": "重设密码",
    "audit.check": "核对日志",
    "calendar.cover_year": "录入放假年份",
    "calendar.load": "装入放假安排",
    "calendar.set_day": "改放假日",
    "claimant.mend": "更正名册的一行",
    "claimant.move": "暂缓、恢复或移出名册的人",
    "opinion.answer": "答复法律意见",
    "opinion.clear": "律师确认没有冲突",
    "opinion.decline": "律师回避",
    "opinion.request": "请律师出意见",
    "opinion.submit": "律师提交意见",
    "organisation.change": "改单位资料",
    "organisation.create": "加单位",
    "paper.issue": "出文书",
    "paper.revision": "文书成稿",
    "paper.void": "文书作废",
    "professional.save": "改聘任情况",
    "profile.save": "设本地参数",
    "profile.withdraw": "撤回本地参数",
    "roster.discard_upload": "作废上传的名册表",
    "roster.export": "导出名册",
    "roster.import": "导入名册",
    "roster.open": "新建名册",
    "roster.renew_preview": "重新核对名册表",
    "roster.upload": "上传名册表",
    "wording.publish": "发布文书用语",
    "wording.save": "写文书用语草稿",
    "wording.withdraw": "撤回文书用语草稿",
}


def word_of(act: str) -> str:
    """The Chinese word of an act, or its code."""
    return ACT_WORDS.get(act, act)
