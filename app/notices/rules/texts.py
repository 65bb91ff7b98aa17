"""What a message says: who, when, where, what to bring, whom to call.

At most 70 characters, no content of the case, no other party; a link stands alone at the end (brief §6).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.notices.rules.outbox import LOCAL_ZONE
from app.privacy.masking import mask_name

LONGEST_MESSAGE = 70
NOON, EVENING = 12, 18


class MessageKind(StrEnum):
    """What a petitioner is told; the last one is for the staff."""

    MEETING_BOOKED = "meeting_booked"
    MEETING_MOVED = "meeting_moved"
    MEETING_CANCELLED = "meeting_cancelled"
    AGREEMENT_TO_SIGN = "agreement_to_sign"
    AGREEMENT_EFFECTIVE = "agreement_effective"
    PAYMENT_DUE = "payment_due"
    PAYMENT_OVERDUE = "payment_overdue"
    PAYMENT_RECEIVED = "payment_received"
    PAYMENT_LATE = "payment_late"
    PAPER_READY = "paper_ready"
    ACCESS_LINK = "access_link"
    HEARING_NOTICED = "hearing_noticed"
    HEARING_MOVED = "hearing_moved"
    HEARING_OFF = "hearing_off"
    OBSERVED_HEARING_OFF = "observed_hearing_off"
    DUTY_CHANGED = "duty_changed"


KIND_LABELS: Mapping[StrEnum, str] = {
    MessageKind.MEETING_BOOKED: "通知来调解",
    MessageKind.MEETING_MOVED: "通知改期",
    MessageKind.MEETING_CANCELLED: "通知取消",
    MessageKind.AGREEMENT_TO_SIGN: "通知来签协议",
    MessageKind.AGREEMENT_EFFECTIVE: "告知协议已生效",
    MessageKind.PAYMENT_DUE: "提醒按期付款",
    MessageKind.PAYMENT_OVERDUE: "催促付款",
    MessageKind.PAYMENT_RECEIVED: "告知钱已付到",
    MessageKind.PAYMENT_LATE: "告知钱没按期付",
    MessageKind.PAPER_READY: "通知领文书",
    MessageKind.ACCESS_LINK: "发查阅链接",
    MessageKind.HEARING_NOTICED: "通知来听证",
    MessageKind.HEARING_MOVED: "通知听证改期",
    MessageKind.HEARING_OFF: "通知听证不开",
    MessageKind.OBSERVED_HEARING_OFF: "告诉旁听人改期或不开",
    MessageKind.DUTY_CHANGED: "告知值班变动",
}


@dataclass(frozen=True)
class Wording:
    """One message: the sentence that must stand, what to bring, and the way out; `link` is only for the link."""

    sentence: str
    bring: str = ""
    way_out: str = "不便来请打{phone}。"


WORDINGS: Mapping[MessageKind, Wording] = {
    MessageKind.MEETING_BOOKED: Wording("请{when}到{where}参加调解", "，带{bring}"),
    MessageKind.MEETING_MOVED: Wording("调解改到{when}，请到{where}", "，带{bring}"),
    MessageKind.MEETING_CANCELLED: Wording("原定{when}的调解取消了，您不用来", way_out="有疑问请打{phone}。"),
    MessageKind.AGREEMENT_TO_SIGN: Wording("请{when}到{where}签协议", "，带{bring}"),
    MessageKind.AGREEMENT_EFFECTIVE: Wording("协议{when}已盖章生效", way_out="要领纸质件请打{phone}。"),
    MessageKind.PAYMENT_DUE: Wording("协议约定的款{when}前要付，请按时付", way_out="有疑问请打{phone}。"),
    MessageKind.PAYMENT_OVERDUE: Wording("协议约定的款{when}到期，还没有付清，请尽快付", way_out="有困难请打{phone}。"),
    MessageKind.PAYMENT_RECEIVED: Wording("协议约定的款{when}付出了一笔，请查收", way_out="没收到请打{phone}。"),
    MessageKind.PAYMENT_LATE: Wording("协议约定的款{when}到期还没付清，我们在催", way_out="要知道怎么办请打{phone}。"),
    MessageKind.HEARING_NOTICED: Wording("请{when}到{where}参加听证，通知书另送", "，带{bring}"),
    MessageKind.HEARING_MOVED: Wording("听证改到{when}，请到{where}，新的通知书另送", "，带{bring}"),
    MessageKind.HEARING_OFF: Wording("原定{when}的听证不开了，您不用来", way_out="有疑问请打{phone}。"),
    MessageKind.OBSERVED_HEARING_OFF: Wording(
        "您要旁听的{when}听证改期或不开，请看公告", way_out="有疑问请打{phone}。"
    ),
    MessageKind.PAPER_READY: Wording("有一份文书请您来领，在{where}", "，带{bring}", "不便来请打{phone}。"),
    MessageKind.DUTY_CHANGED: Wording("{what}，请登录看“我的值班”", way_out="有疑问请打{phone}。"),
}
FALLBACK = "有一件事要和您约时间，请打{phone}。"
NOBODY_ASKS = ("这是您的查阅链接。不会有人来电或要您回复资料。", "不来电或要您回复资料。")
DEFAULTS = {"bring": "身份证"}


def compose_message(kind: MessageKind, variables: Mapping[str, str], *, link: str = "") -> str:
    """The text of a message, at most 70 characters; what is less needed is left out first.

    `variables`: centre, phone, and as the kind asks name, when, where, bring. A missing one is a KeyError; an empty
    phone leaves the way out away.
    """
    sign = f"【{variables['centre']}】"
    if kind is MessageKind.ACCESS_LINK:
        candidates = [f"{sign}{words}详情 {link}" for words in NOBODY_ASKS]
    else:
        candidates = list(_candidates(WORDINGS[kind], {**DEFAULTS, **variables}, sign))
    return next((text for text in candidates if len(text) <= LONGEST_MESSAGE), candidates[-1])


def greeting_of(name: str, *, is_person: bool = True) -> str:
    """梁师傅 for a person, 贵单位 for a body: never the whole name."""
    return f"{mask_name(name, filler='')}师傅" if is_person and name else "贵单位"


def when_words(moment: datetime, *, is_deadline: bool = False) -> str:
    """4月10日下午5点 in local time, with 前 for a deadline."""
    local = moment.astimezone(LOCAL_ZONE)
    part = "上午" if local.hour < NOON else "下午" if local.hour < EVENING else "晚上"
    hour = local.hour - NOON if local.hour > NOON else local.hour
    minutes = f"{local.minute}分" if local.minute else ""
    return f"{local.month}月{local.day}日{part}{hour}点{minutes}{'前' if is_deadline else ''}"


def tell_in_person(count: int) -> str:
    """Message 14 for the staff: how many people cannot be reached by a message."""
    return f"{count} 人没有手机，请当面或电话告知。" if count else ""


def _candidates(wording: Wording, values: Mapping[str, str], sign: str) -> tuple[str, ...]:
    who = f"{values['name']}：" if values.get("name") else ""
    sentence, bring = wording.sentence.format_map(values), wording.bring.format_map(values)
    way_out = wording.way_out.format_map(values) if values.get("phone") else ""
    return (
        f"{sign}{who}{sentence}{bring}。{way_out}",
        f"{sign}{sentence}{bring}。{way_out}",
        f"{sign}{sentence}。{way_out}",
        f"{sign}{FALLBACK.format_map(values)}",
    )
