"""Why can this place not be had? Every cause, law first, in words that give no other matter away."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.booking.rules.grid import Horizon, wall_time_of
from app.booking.rules.limits import find_ways, full_periods, too_many
from app.booking.rules.masks import PersonState, RoomState, Snapshot
from app.booking.rules.need import SessionNeed, SessionPlan
from app.booking.rules.words import EQUIPMENT_LABELS, ROOM_KIND_LABELS, BlockerKind
from app.law.calendar import Calendar
from app.law.dates import format_month_day, format_month_day_with_weekday

ORDER = list(BlockerKind)


@dataclass(frozen=True)
class Blocker:
    """One cause: what stands in the way, and how; `rule` for tests and logs."""

    kind: BlockerKind
    what: str
    text: str
    rule: str = "INV-29"

    def __str__(self) -> str:
        return f"{self.what} {self.text}".strip()


def explain(need: SessionNeed, plan: SessionPlan, snapshot: Snapshot) -> list[Blocker]:
    """Every cause why the plan cannot be carried out; empty means it can."""
    cells = snapshot.horizon.mask(plan.cells)
    found = [
        *_law(need, plan),
        *_room(need, snapshot.rooms.get(plan.room_id), cells, snapshot.horizon),
        *_people(need, plan, snapshot, cells),
        *_parties(snapshot, cells),
    ]
    return sorted(found, key=lambda blocker: ORDER.index(blocker.kind))


def list_oddities(plan: SessionPlan, snapshot: Snapshot, calendar: Calendar) -> list[str]:
    """What is unusual about the time and must be confirmed: day off, lunch, outside office hours (B086)."""
    mark = calendar.day_kind(plan.day)
    if mark.mark == "休":
        return [f"{format_month_day_with_weekday(plan.day)}休息（{mark.name}）"]
    cells = snapshot.horizon.mask(plan.cells)
    return [f"{_hours(cells & ~snapshot.usual, snapshot.horizon)}不是上班时间"] if cells & ~snapshot.usual else []


def _law(need: SessionNeed, plan: SessionPlan) -> Iterator[Blocker]:
    if plan.day < need.earliest:
        text = f"最早 {format_month_day(need.earliest)} 才能开{_because(need.earliest_reason)}"
        yield Blocker(BlockerKind.LAW, "时间太早", text, "INV-14")
    if need.latest is not None and plan.day > need.latest:
        text = f"最迟 {format_month_day(need.latest)}{_because(need.latest_reason)}"
        yield Blocker(BlockerKind.LAW, "时间太晚", text, "R-MED-14")


def _because(reason: str) -> str:
    return f"：{reason}" if reason else ""


def _room(need: SessionNeed, room: RoomState | None, cells: int, horizon: Horizon) -> Iterator[Blocker]:
    if room is None:
        yield Blocker(BlockerKind.ROOM_UNFIT, "这间房", "不能用。请另选一间", "R-DUTY-02")
        return
    wants = need.room_wants
    if room.kind is not wants.kind:
        yield Blocker(BlockerKind.ROOM_UNFIT, room.name, f"不是{ROOM_KIND_LABELS[wants.kind]}", "R-DUTY-02")
    if room.capacity < wants.capacity:
        text = f"只坐 {room.capacity} 人，这一场有 {wants.capacity} 人"
        yield Blocker(BlockerKind.ROOM_UNFIT, room.name, text, "R-DUTY-02")
    if lacking := wants.equipment - room.equipment:
        text = "没有" + "、".join(sorted(EQUIPMENT_LABELS[item] for item in lacking))
        yield Blocker(BlockerKind.ROOM_UNFIT, room.name, text, "R-DUTY-02")
    if shut := cells & ~room.open:
        yield Blocker(BlockerKind.ROOM_CLOSED, room.name, f"{_hours(shut, horizon)} 不开放", "R-DUTY-02")
    if shut := cells & room.open & room.closed:
        yield Blocker(BlockerKind.ROOM_CLOSED, room.name, f"{_hours(shut, horizon)} 停用", "R-DUTY-02")
    if cells & room.busy:
        yield Blocker(BlockerKind.ROOM_BUSY, room.name, f"{_block(room.busy, cells, horizon)} 已有安排")


def _people(need: SessionNeed, plan: SessionPlan, snapshot: Snapshot, cells: int) -> Iterator[Blocker]:
    labels = {seat.capacity: seat.label for seat in need.seats}
    for seat, account_id in plan.people:
        person = snapshot.people.get(account_id)
        if person is None:
            yield Blocker(BlockerKind.PERSON_OFF_DUTY, labels.get(seat, ""), "有一人已不在岗。请换人", "INV-27")
        else:
            what = f"{person.name}（{labels.get(seat, seat)}）"
            yield from _person(person, what, cells, snapshot.horizon)
            yield from _bounds(person, what, plan, snapshot)


def _person(person: PersonState, what: str, cells: int, horizon: Horizon) -> Iterator[Blocker]:
    if cells & person.leave:
        yield Blocker(BlockerKind.PERSON_ON_LEAVE, what, f"{_hours(cells & person.leave, horizon)} 请假", "INV-27")
    elif cells & ~person.duty:
        yield Blocker(BlockerKind.PERSON_OFF_DUTY, what, f"{_hours(cells & ~person.duty, horizon)} 不值班", "INV-27")
    if cells & person.busy:
        yield Blocker(BlockerKind.PERSON_BUSY, what, f"{_block(person.busy, cells, horizon)} 在别处")


def _bounds(person: PersonState, what: str, plan: SessionPlan, snapshot: Snapshot) -> Iterator[Blocker]:
    """What is set about centres, ways and numbers; told with the hours of the other session, never with its matter."""
    room, names = snapshot.rooms.get(plan.room_id), snapshot.centre_names
    if room is not None:
        if not person.serves(room.centre_id):
            text = f"不到{names.get(room.centre_id, '这个站点')}办事。请换人或换站点"
            yield Blocker(BlockerKind.PERSON_ELSEWHERE, what, text, "H14")
        for stint, minutes in find_ways(snapshot.travel, person.stints, room.centre_id, plan.cells):
            text = f"{stint.hours} 在{names.get(stint.centre_id, '别的站点')}，路上要 {minutes} 分钟，来不及"
            yield Blocker(BlockerKind.PERSON_ON_THE_WAY, what, text, "H18")
    for period, count, most in full_periods(person.bounds, person.stints, plan.day):
        yield Blocker(BlockerKind.PERSON_FULL, what, too_many(period, count, most), "H19")


def _parties(snapshot: Snapshot, cells: int) -> Iterator[Blocker]:
    for busy in snapshot.party_busy:
        if cells & busy:
            text = f"{_block(busy, cells, snapshot.horizon)} 另有安排"
            yield Blocker(BlockerKind.PARTY_BUSY, "有一方当事人", text)


def _block(busy: int, cells: int, horizon: Horizon) -> str:
    """The whole run of busy time that the wanted cells meet."""
    hit = cells & busy
    while True:
        wider = (hit | hit << 1 | hit >> 1) & busy
        if wider == hit:
            return _hours(hit, horizon)
        hit = wider


def _hours(mask: int, horizon: Horizon) -> str:
    """From the first to the end of the last cell, as 14:00—16:00."""
    first = wall_time_of(horizon.first_cell + (mask & -mask).bit_length() - 1)
    end = wall_time_of(horizon.first_cell + mask.bit_length())
    return f"{first:%H:%M}—{end:%H:%M}"
