"""What may the public read of a hearing: in time, and nothing that tells who somebody is (R-HEAR-09, INV-34)?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from app.errors import RuleViolation
from app.hearings.rules.words import HearingMode
from app.law.calendar import Calendar
from app.law.dates import format_month_day
from app.law.periods import CountingMode, Period, earliest_after_notice
from app.law.text import half_width
from app.privacy.masking import NUMBER_IN_TEXT, mask_name

ARTICLE = "《个人信息保护法》第五十一条"
MOST_SEATS = 500
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[ \-](?=[0-9])")
_LANDLINE = re.compile(r"(?<![0-9])0[0-9]{2,3}-?[0-9]{7,8}(?![0-9])")
_HOUSEHOLD = re.compile(r"[0-9一二三四五六七八九十]+(?:号楼|幢|栋|单元|室|户)")
_NUMBER_WORDS = {"id": "身份证号", "card": "银行账号", "mobile": "手机号"}


@dataclass(frozen=True)
class KnownPerson:
    """Somebody of the matter whose name must not be read: party, proxy or witness, and where he lives."""

    name: str
    address: str = ""


def list_personal_data(text: str, people: Iterable[KnownPerson]) -> list[str]:
    """What in a text tells who somebody is, in words for the clerk: full names, numbers, homes (R-PII-05).

    White space and full-width characters hide nothing.
    """
    text = half_width(text)
    plain, dense = _BETWEEN_DIGITS.sub("", text), _dense(text)
    found = list_names(text, people)
    found += [f"住址“{person.address}”" for person in people if _is_at_home(person, dense)]
    found += [_number(match) for match in NUMBER_IN_TEXT.finditer(plain)]
    found += [f"电话“{match[0]}”" for match in _LANDLINE.finditer(text)]
    found += [f"门牌“{match[0]}”" for match in _HOUSEHOLD.finditer(text)]
    return list(dict.fromkeys(found))


def list_names(text: str, people: Iterable[KnownPerson]) -> list[str]:
    """The people named in full in a text, in words for the clerk."""
    return list(dict.fromkeys(f"姓名“{person.name}”" for person in people if _is_named(person, text)))


def check_names_nobody(text: str, people: Iterable[KnownPerson]) -> None:
    """Refuse words for the public that name somebody; an office's own telephone may stand there (INV-34)."""
    if found := list_names(text, people):
        raise RuleViolation(
            f"要公开的文字里有{'、'.join(found)}，不能公开。请删去。依据{ARTICLE}", article=ARTICLE, rule="INV-34"
        )


def check_nothing_personal(text: str, people: Iterable[KnownPerson]) -> None:
    """Refuse a text for the public that names a person or shows a number, and say what stands there (INV-34)."""
    people = tuple(people)
    if found := list_personal_data(text, people):
        hints = "、".join(dict.fromkeys(mask_name(person.name) for person in people if _is_named(person, text)))
        way = f"姓名请写成{hints}这样，" if hints else ""
        raise RuleViolation(
            f"要公开的文字里有{'、'.join(found)}，不能公开。{way}其余的请删去。依据{ARTICLE}",
            article=ARTICLE,
            rule="INV-34",
        )


@dataclass(frozen=True)
class AnnouncementPlan:
    """What is to be announced: the day of the hearing, seats for observers, until when they may register."""

    starts_at: datetime
    held_on: date
    seats: int
    registration_ends_at: datetime


def check_announcement(
    plan: AnnouncementPlan,
    mode: HearingMode,
    *,
    now: datetime,
    today: date,
    period: Period,
    counting: CountingMode,
    calendar: Calendar,
) -> None:
    """Refuse to announce a closed hearing, one too near, or seats that nobody can register for (R-HEAR-09/10)."""
    if mode is HearingMode.CLOSED:
        raise RuleViolation("不公开的听证不发公告，也没有旁听席。", rule="R-HEAR-10")
    first = earliest_after_notice(today, period, counting, calendar)
    if plan.held_on < first:
        raise RuleViolation(
            f"公告要提前 {period.text}：今天发，最早 {format_month_day(first)} 才能公开开。请改期，或者不发公告。"
            "依据：本区听证规则",
            article="本区听证规则",
            rule="R-HEAR-09",
        )
    if not 0 <= plan.seats <= MOST_SEATS:
        raise RuleViolation(f"旁听席位填 0 到 {MOST_SEATS} 之间的数。", rule="R-HEAR-16")
    if not now < plan.registration_ends_at <= plan.starts_at:
        raise RuleViolation("旁听登记要在现在以后、听证开始以前截止。请改时间。", rule="R-HEAR-09")


def next_seat(taken: int, seats: int, *, now: datetime, registration_ends_at: datetime) -> int:
    """The number of the next free seat; refuses when all are taken or registration is over (R-HEAR-16)."""
    if now >= registration_ends_at:
        raise RuleViolation("旁听登记已经截止。想了解结果，听证意见公开后可以在公告栏看。", rule="R-HEAR-16")
    if taken >= seats:
        raise RuleViolation(f"{seats} 个旁听席位已经登记完了。", rule="R-HEAR-16")
    return taken + 1


def _is_named(person: KnownPerson, text: str) -> bool:
    return len(person.name) > 1 and _dense(person.name) in _dense(text)


def _is_at_home(person: KnownPerson, dense: str) -> bool:
    return len(person.address) > 3 and _dense(person.address) in dense


def _dense(text: str) -> str:
    return "".join(half_width(text).split())


def _number(match: re.Match[str]) -> str:
    kind = next(name for name in _NUMBER_WORDS if match[name])
    return f"{_NUMBER_WORDS[kind]}“{match[0]}”"
