"""How the posted forms of planning, check-in and the second round become plain values."""

from dataclasses import dataclass
from datetime import date, time

from app.people.models import Account
from app.signing_day.actions.planning import DESK_NAMES, DayPlan
from app.signing_day.rules import Need, SecondRoundReason
from app.web.forms import FormReader

NEEDS_TO_TICK = (Need.POOR_SIGHT, Need.POOR_HEARING, Need.WHEELCHAIR, Need.DIALECT)


@dataclass(frozen=True)
class Invited:
    """Which part of the roster is invited: one street, or from line to line."""

    street: str | None
    first: int | None
    last: int | None


def read_plan(form: FormReader, mediators: list[Account]) -> tuple[DayPlan, Invited]:
    """The plan of one day and who is invited; refuses unreadable fields (FieldErrors)."""
    desks = form.number("desks", "桌子", low=1, high=len(DESK_NAMES))
    clerks = [mediators[place] if place < len(mediators) else None for place in range(desks)]
    plan = DayPlan(
        on=form.date("on", "日期"),
        place=form.line("place", "地点", limit=120),
        begins_at=form.time("begins_at", "几点开始"),
        per_slot=form.number("per_slot", "每半小时请几人", low=1, high=100),
        clerks=tuple(clerks),
    )
    invited = Invited(
        street=form.line("street", "街道", limit=40, required=False) or None,
        first=_line(form, "first"),
        last=_line(form, "last"),
    )
    form.finish()
    return plan, invited


def read_needs(form: FormReader) -> tuple[Need, ...]:
    """What the office gets ready."""
    return form.choices("needs", "要帮什么忙", Need)


def read_second_round(form: FormReader) -> tuple[date, SecondRoundReason, str]:
    """On which day, why, and a note."""
    on = form.date("on", "第二轮哪天")
    reason = form.choice("reason", "原因", SecondRoundReason)
    note = form.text("note", "说明", limit=500, required=False)
    return on, reason, note


def default_times() -> dict[str, str]:
    """What a fresh plan offers."""
    return {"begins_at": time(9).strftime("%H:%M"), "per_slot": "16", "desks": "3"}


def _line(form: FormReader, name: str) -> int | None:
    return form.number(name, "名册序号", low=1, high=100_000) if form.has(name) else None
