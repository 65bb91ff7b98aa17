"""What is typed when a hearing gets its day, is served, changed, announced, and when an observer asks for a seat."""

from collections.abc import Mapping
from datetime import date, datetime, time

from app.booking.models import Room
from app.booking.rules.need import SessionPlan
from app.hearings.actions.announcing import NewAnnouncement, NewObserver
from app.hearings.actions.change_papers import NewChange
from app.hearings.actions.scheduling import HearingPlan
from app.hearings.actions.service import Waiver
from app.hearings.rules.announcing import MOST_SEATS
from app.hearings.rules.service import ServiceProof
from app.hearings.rules.words import ChangeGround, ServiceMode
from app.law import clock
from app.web.forms import FormReader

LONGEST_FACTS = 500
MOST_MINUTES = 480
MOST_EXTENSION = 60
HOW_TO_REGISTER = "凭身份证在网上、到窗口或者打电话登记"


def read_plan(form: FormReader, rooms: Mapping[str, Room], people: tuple[tuple[str, int], ...]) -> HearingPlan:
    """The place as chosen: one of the lit ones (`place` holds room, time and day), or as typed; everybody who sits."""
    chosen, at, day = (*form.raw("place").split(" "), "", "", "")[:3]
    lit = rooms.get(chosen)
    room = lit or form.option("room", "听证室", rooms)
    plan = SessionPlan(
        room_id=room.id if room else 0,
        day=_date_of(day) if lit else form.date("day", "日期"),
        at=_time_of(at) if lit else form.time("at", "几点开始"),
        minutes=form.number("minutes", "多长时间", low=0, high=100_000),
        people=people,
    )
    served_on = form.date("served_on", "预计哪天送达最后一方")
    form.finish()
    return HearingPlan(plan, served_on, is_confirmed=form.has("confirm"))


def read_change(form: FormReader, *, ground: ChangeGround | None = None) -> NewChange:
    """Why it changes, in which words, on which day; a kind with one ground has it fixed."""
    new = NewChange(
        ground=ground or form.choice("ground", "理由", ChangeGround),
        facts=form.text("facts", "具体情况", limit=LONGEST_FACTS),
        happened_on=form.optional_date("happened_on", "哪一天") or form.today,
    )
    form.finish()
    return new


def read_extension(form: FormReader) -> int:
    """By how many days the period to hold the hearing is lengthened; none where nothing was typed."""
    days = form.number("extend_days", "顺延天数", low=0, high=MOST_EXTENSION, required=False)
    form.finish()
    return days


def read_proof(form: FormReader) -> ServiceProof:
    """How and when a notice was served."""
    proof = ServiceProof(
        mode=form.choice("mode", "送达方式", ServiceMode),
        happened_on=form.date("happened_on", "送达日期"),
        receiver=form.line("receiver", "签收人", limit=60, required=False),
        relation=form.line("relation", "和收件人的关系", limit=40, required=False),
        witness=form.line("witness", "见证人", limit=60, required=False),
        is_refused=form.has("is_refused"),
        note=form.text("note", "说明", limit=LONGEST_FACTS, required=False),
    )
    form.finish()
    return proof


def read_waiver(form: FormReader) -> Waiver:
    """A signed consent to a shorter notice."""
    waiver = Waiver(
        signed_on=form.date("signed_on", "签字日期"),
        held_on=form.date("held_on", "同意哪天开"),
        starts_at=form.time("starts_at", "几点开"),
        planned_served_on=form.date("served_on", "预计哪天送达最后一方"),
    )
    form.finish()
    return waiver


def read_announcement(form: FormReader) -> NewAnnouncement:
    """What the public is to read."""
    until = form.date("until_day", "登记截止日期")
    new = NewAnnouncement(
        masked_subject=form.line("masked_subject", "公开的事由", limit=200),
        seats=form.number("seats", "旁听席位", low=0, high=MOST_SEATS),
        registration_ends_at=_moment(until, form.time("until_time", "登记截止时间")),
        register_how=form.line("register_how", "怎样登记", limit=100, required=False) or HOW_TO_REGISTER,
        access=form.line("access", "无障碍和交通", limit=100, required=False),
    )
    form.finish()
    return new


def read_observer(form: FormReader) -> NewObserver:
    """Who wants to come and listen."""
    new = NewObserver(
        name=form.person_name("name", "姓名"),
        id_number=form.citizen_id_number("id_number", "身份证号", required=True),
        phone=form.phone("phone", "手机号"),
        is_journalist=form.has("is_journalist"),
    )
    form.finish()
    return new


def _moment(day: date, at: time) -> datetime:
    return clock.from_local(day, at)


def _time_of(typed: str) -> time:
    try:
        return time.fromisoformat(typed)
    except ValueError:
        return time(0)


def _date_of(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return date.min
