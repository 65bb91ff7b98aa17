"""What is typed, or stands in the address, when a session is placed or called off."""

from collections.abc import Mapping
from datetime import date, time

from app.booking.models import Room
from app.booking.rules.need import SessionPlan
from app.desk.calendar.lighting import Question
from app.desk.calendar.placers import USUAL_DAYS_TO_SERVE, Details, Placing
from app.errors import DomainError
from app.law.dates import parse_date
from app.web.forms import FormReader

SHORTEST, LONGEST = 15, 480
LONGEST_REASON = 500
RECORDER = "recorder"


def read_question(typed: Mapping[str, str], placing: Placing, today: date) -> Question:
    """What is placed, how long, with whom: from the address or the form, else as usual."""
    item = placing.item
    people = item.people
    if typed.get("recorder") and item.recorders and all(seat != RECORDER for seat, _ in people):
        people = (*people, (RECORDER, item.recorders[0]))
    return Question(placing, _minutes(typed.get("minutes", ""), item.minutes), people, read_details(typed, today))


def read_details(typed: Mapping[str, str], today: date) -> Details:
    """What the owner's act asks for beside the place."""
    return Details(
        served_on=max(_day(typed.get("served_on", ""), today + USUAL_DAYS_TO_SERVE, today), today),
        ground=typed.get("ground", "")[:40],
        reason=typed.get("reason", "").strip()[:LONGEST_REASON],
        is_confirmed=bool(typed.get("confirm")),
    )


def read_place(form: FormReader, rooms: Mapping[str, Room], question: Question) -> SessionPlan:
    """The place as chosen or typed; refuses what is missing (FieldErrors). `place` is a lit one: room and time."""
    chosen, _, lit_at = form.raw("place").partition(" ")
    room = rooms.get(chosen) or form.option("room", "房间", rooms)
    day = form.date("date", "日期")
    at = time.fromisoformat(lit_at) if chosen in rooms and _is_time(lit_at) else form.time("at", "几点开始")
    form.finish()
    assert room is not None
    return question.plan(room.id, day, at)


def _minutes(typed: str, usual: int) -> int:
    if typed.isascii() and typed.isdigit() and SHORTEST <= int(typed[:4]) <= LONGEST:
        return int(typed[:4])
    return usual


def _day(typed: str, usual: date, today: date) -> date:
    try:
        return parse_date(typed, today=today) if typed else usual
    except DomainError:
        return usual


def _is_time(typed: str) -> bool:
    try:
        time.fromisoformat(typed)
    except ValueError:
        return False
    return True
