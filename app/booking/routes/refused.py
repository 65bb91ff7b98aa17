"""How free places are offered, and how the refusal of a place is shown: its causes and the nearest places instead."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import g

from app.booking.rules.explaining import Blocker
from app.booking.rules.search import Place
from app.errors import Clash
from app.law.dates import format_month_day_with_weekday

LOST_RACE = "刚刚被别人占了"


def by_room(places: Iterable[Place]) -> list[tuple[str, list[Place]]]:
    """The places under the name of their room, in the order in which they come."""
    rooms: dict[str, list[Place]] = {}
    for place in places:
        rooms.setdefault(place.room_name, []).append(place)
    return list(rooms.items())


def shown_clash(fields_of: Callable[[Place], Mapping[str, Any]]) -> dict[str, Any] | None:
    """What stood in the way of the act just refused, and ways out (`shown_way`); None when it was no clash."""
    refusal = g.get("refusal")
    if not isinstance(refusal, Clash):
        return None
    causes = [cause for cause in refusal.causes if isinstance(cause, Blocker)]
    places = [place for place in refusal.alternatives if isinstance(place, Place)]
    return {
        "title": refusal.message.partition("：")[0],
        "is_lost_race": LOST_RACE in refusal.message,
        "causes": [{"what": cause.what, "text": cause.text} for cause in causes],
        "ways": [shown_way(place, fields_of(place)) for place in places],
    }


def shown_way(place: Place, fields: Mapping[str, Any]) -> dict[str, Any]:
    """A place as a button: when, where, who stands in for whom, and the fields that book it."""
    plan = place.plan
    stand_ins = "，".join(f"{old}换成{new}" for old, new in place.replaced)
    return {
        "title": f"{format_month_day_with_weekday(plan.day)}{plan.at:%H:%M}—{plan.end:%H:%M}",
        "note": f"{place.room_name} · {stand_ins or f'全部 {len(plan.people)} 人有空'}",
        "fields": fields,
    }
