"""What is typed on the pages of planning: which sessions on which days, and what has happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.booking.models import Room
from app.desk.planning.disturbing import Disturbance
from app.desk.planning.gathering import PlanWish
from app.people.models import Account
from app.web.forms import FormReader

MOST_WEEKS = 12
MOST_KEYS = 500


class Event(StrEnum):
    """What has happened."""

    PERSON = "person"
    ROOM = "room"
    CENTRE = "centre"
    FLAGS = "flags"


@dataclass(frozen=True)
class Happened:
    """What has happened, with the rooms and the person it is about."""

    disturbance: Disturbance
    rooms: list[Room]
    person: Account | None = None


def read_plan_wish(form: FormReader, keys: Sequence[str]) -> PlanWish:
    """The ticked sessions and the days; refuses what is missing (FieldErrors)."""
    first = form.date("first", "从哪天排起")
    weeks = form.number("weeks", "排几周", low=1, high=MOST_WEEKS)
    form.finish()
    last = first + timedelta(days=7 * weeks - 1)
    return PlanWish(tuple(dict.fromkeys(keys[:MOST_KEYS])), first, last, form.has("recorder"))


def read_event(form: FormReader, rooms: Mapping[str, Room], people: Mapping[str, Account]) -> Happened:
    """What has happened as typed; refuses what is missing (FieldErrors)."""
    event = form.choice("event", "出了什么事", Event)
    if event is Event.PERSON:
        return _absence(form, people)
    if event is Event.FLAGS:
        form.finish()
        return Happened(Disturbance(), [])
    return _closure(form, rooms, is_all=event is Event.CENTRE)


def _absence(form: FormReader, people: Mapping[str, Account]) -> Happened:
    person = form.option("person", "谁不在", people)
    first = form.date("first", "从哪天")
    last = form.optional_date("last", "到哪天") or first
    form.finish()
    assert person is not None
    return Happened(Disturbance(account_id=person.id, first=first, last=last), [], person)


def _closure(form: FormReader, rooms: Mapping[str, Room], *, is_all: bool) -> Happened:
    room = form.option("room", "哪一间", rooms, required=not is_all)
    starts = datetime.combine(form.date("starts_on", "从哪天"), form.time("starts_at", "从几点"))
    ends = datetime.combine(form.date("ends_on", "到哪天"), form.time("ends_at", "到几点"))
    note = form.line("note", "原因", limit=120)
    form.finish()
    shut = list(rooms.values()) if is_all else [room] if room else []
    return Happened(Disturbance(rooms=tuple(each.id for each in shut), starts=starts, ends=ends, note=note), shut)
