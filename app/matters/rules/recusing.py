"""Who stays out of a matter, from when on, and who decides it?"""

from app.errors import NotPermitted, RuleViolation
from app.matters.rules.words import RecusalGround, RecusalStatus

ARTICLE = "《信访工作条例》第二十八条第三款"
ARTICLE_MEDIATOR = "《人民调解法》第二十三条"

BARRING = frozenset({RecusalStatus.DECLARED, RecusalStatus.REQUESTED, RecusalStatus.GRANTED})


def is_barring(status: RecusalStatus) -> bool:
    """True while the person may neither see nor do anything in the matter (INV-12)."""
    return status in BARRING


def first_status(*, is_own: bool, ground: RecusalGround) -> RecusalStatus:
    """A declaration, and a party's no to a mediator, need no decision (R-MED-10); a request waits for one."""
    if is_own:
        return RecusalStatus.DECLARED
    if ground is RecusalGround.PARTY_OBJECTS:
        return RecusalStatus.GRANTED
    return RecusalStatus.REQUESTED


def check_ground(ground: RecusalGround, *, is_mediator: bool) -> None:
    """Refuse a bare objection against anybody but the mediator; the parties choose the mediator only (R-MED-09)."""
    if ground is RecusalGround.PARTY_OBJECTS and not is_mediator:
        raise RuleViolation(
            f"当事人可以不要调解员；要其他人回避，请写明利害关系。依据{ARTICLE}", article=ARTICLE, rule="R-HEAR-17"
        )


def check_is_decided_here(name: str, *, sits_in_hearing: bool) -> None:
    """Refuse to decide for the matter alone on somebody whose seat in a hearing another must take (R-HEAR-19)."""
    if sits_in_hearing:
        raise RuleViolation(
            f"{name} 在听证席上，他的回避在听证的页面上决定：主持人由负责人决定，其他人按本区规定，候补当场接上。"
            "请打开这场听证再办。",
            article=ARTICLE,
            rule="R-HEAR-18",
        )


def check_decision(status: RecusalStatus, *, decider_id: int, person_id: int) -> None:
    """Refuse deciding twice, or on oneself (R-HEAR-18)."""
    if status is not RecusalStatus.REQUESTED:
        raise RuleViolation("这份回避申请已经决定过了。请刷新看一看。", article=ARTICLE, rule="R-HEAR-18")
    if decider_id == person_id:
        raise NotPermitted(f"不能决定自己的回避。请由其他负责人决定。依据{ARTICLE}", article=ARTICLE, rule="R-HEAR-18")
