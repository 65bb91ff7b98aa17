"""When may the minutes be closed, signed and added to?  Closed, they never change (R-HEAR-26, INV-18)."""

from collections.abc import Collection

from app.errors import NotPermitted, RuleViolation
from app.hearings.rules.words import AttendeeRole

ARTICLE = "本区听证规则"
FOOT_ROLES = (AttendeeRole.APPLICANT, AttendeeRole.RESPONDENT, AttendeeRole.THIRD_PARTY, AttendeeRole.PROXY)
"""Whose places stand in the foot of each page before chair and recorder."""
END_ROLES = (AttendeeRole.WITNESS, AttendeeRole.APPRAISER, AttendeeRole.INTERPRETER)
"""Who signs the last page beside the panel."""


def check_may_close(*, is_ended: bool, is_closed: bool) -> None:
    """Refuse to close minutes twice, or while the sitting goes on."""
    if is_closed:
        raise RuleViolation("笔录已经定稿，不能再改。要补充，请写补充说明。", article=ARTICLE, rule="INV-18")
    if not is_ended:
        raise RuleViolation("听证还没有结束，笔录不能定稿。请先核对笔录，再宣布听证结束。", rule="R-HEAR-26")


def check_required_present(roles: Collection[AttendeeRole]) -> None:
    """Refuse minutes that chair, recorder or no side could sign."""
    for role, word in ((AttendeeRole.CHAIR, "主持人"), (AttendeeRole.RECORDER, "记录员")):
        if role not in roles:
            raise RuleViolation(f"到场情况里没有{word}，笔录没有人签。请先补记到场。", rule="R-HEAR-26")
    if not set(FOOT_ROLES) & set(roles):
        raise RuleViolation("到场情况里没有当事人，笔录没有人签。请先补记到场。", rule="R-HEAR-26")


def check_pages_read(read: int, pages: int) -> None:
    """Refuse a signature before every page was shown (R-HEAR-26: each page is read and signed)."""
    if read < pages:
        raise RuleViolation(
            f"笔录共 {pages} 页，才看到第 {read} 页。请一页一页看完再签名；也可以请记录员念。",
            article=ARTICLE,
            rule="R-HEAR-26",
        )


def check_refusal_counts(*, must_all_sign: bool) -> None:
    """Refuse to record a refusal on a paper that is nothing without every signature: an authority, an election."""
    if must_all_sign:
        raise RuleViolation("这份文书要签齐才算数，不用记“不签”。不签的，请把它作废。", rule="R-HEAR-15")


def check_may_be_unreached(*, is_unreached: bool, was_there_at_the_end: bool) -> None:
    """Refuse to record as not reached somebody who heard the minutes read: he signs or says that he does not."""
    if is_unreached and was_there_at_the_end:
        raise RuleViolation(
            "他最后一天在场，核对过笔录。请他签名；不签的，按“不签”记下他说的理由。", article=ARTICLE, rule="R-HEAR-26"
        )


def check_own_place(holder_id: int | None, account_id: int) -> None:
    """Refuse to sign on the tablet in the place of somebody who has a log-in of his own."""
    if holder_id is not None and holder_id != account_id:
        raise NotPermitted("主持人、听证员、记录员要本人登录后签，不能替签。也可以在纸上签，由记录员登记扫描件。")


def check_may_add_note(*, is_closed: bool, text: str) -> None:
    """Refuse a note to open minutes, where a correction belongs, and an empty one."""
    if not is_closed:
        raise RuleViolation("笔录还没有定稿，请直接在笔录里更正。", rule="R-HEAR-26")
    if not text.strip():
        raise RuleViolation("请写明补充或者更正什么。", rule="R-HEAR-26")
