"""What a refusal rests on and where to look: every cause with its article or rule, and one link."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import url_for

from app.booking.rules.explaining import Blocker
from app.booking.rules.need import SessionPlan
from app.booking.rules.words import BlockerKind
from app.desk.calendar.queries import addresses_of

Kind = BlockerKind
HOUSE_RULE = "本中心排期规则：一间房、一个人，同一时间只办一场"
DUTY_RULE = "本中心值班规则：只排在当班的时间里"
LIMITS = "本中心为每个人定的站点、路程和场数"
BY_RULE: Mapping[str, str] = {"R-MED-14": "《人民调解工作若干规定》第三十三条"}
BY_KIND: Mapping[BlockerKind, str] = {
    Kind.ROOM_UNFIT: "本中心场所规则：座位和设备要够",
    Kind.ROOM_CLOSED: "本中心场所规则：停用和不开放的时间不排",
    Kind.ROOM_BUSY: HOUSE_RULE,
    Kind.PERSON_OFF_DUTY: DUTY_RULE,
    Kind.PERSON_ON_LEAVE: DUTY_RULE,
    Kind.PERSON_BUSY: HOUSE_RULE,
    Kind.PERSON_ELSEWHERE: LIMITS,
    Kind.PERSON_ON_THE_WAY: LIMITS,
    Kind.PERSON_FULL: LIMITS,
    Kind.PARTY_BUSY: HOUSE_RULE,
}
OF_ROOMS = frozenset({Kind.ROOM_UNFIT, Kind.ROOM_CLOSED})


def shown_causes(blockers: tuple[Blocker, ...], plan: SessionPlan, page: str) -> list[dict[str, Any]]:
    """Every cause as the panel shows it; `page` is that of the case, on which its periods stand."""
    people = addresses_of([account_id for _, account_id in plan.people]) if blockers else {}
    return [
        {"what": row.what, "text": row.text, "basis": basis_of(row), "link": _link(row, plan.day, people, page)}
        for row in blockers
    ]


def basis_of(blocker: Blocker) -> str:
    """The article of a cause, or the rule of the house; '' where the text itself names it."""
    return BY_RULE.get(blocker.rule) or BY_KIND.get(blocker.kind, "")


def _link(blocker: Blocker, day: date, people: Mapping[str, str], page: str) -> tuple[str, str] | None:
    if blocker.kind is Kind.LAW:
        return "看期限", page
    if blocker.kind in OF_ROOMS:
        return "看场所", url_for("booking.show_rooms")
    if blocker.kind is Kind.ROOM_BUSY:
        return "看这一天", url_for("calendar.show_day", date=day.isoformat())
    person = people.get(blocker.what.partition("（")[0])
    return ("看他的安排", url_for("calendar.show_person", public_id=person)) if person else None
