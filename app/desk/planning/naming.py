"""Why a session has no place, and what would help: the planner's constraint ids in plain words. Pure."""

from collections.abc import Callable, Iterator, Sequence

from app.booking.rules.grid import starts_of_runs
from app.booking.rules.need import SeatNeed
from app.booking.rules.words import EQUIPMENT_LABELS, ROOM_KIND_LABELS
from app.desk.planning.adapting import Wish, World, length_of
from app.law.dates import format_month_day

NAMED_PEOPLE = 3
PASSED_OVER: dict[str, str] = {
    "H13": "这时不值班或请假",
    "H14": "不到这个中心",
    "H17": "这时已有另一场",
    "H18": "从别的中心赶不过来",
    "H19": "当天或当周场次已满",
    "S4": "已经排得比别人多",
    "": "也有空，没有轮到",
}
RELIEFS: dict[str, str] = {
    "H2": "各方书面同意提前，不等最早的日子",
    "H3": "先办延期，最迟的日子往后",
    "H4": "到别的中心办",
    "H5": "有一间够大、设备合适的房间",
    "H6": "停用或不开放的房间能用",
    "H7": "当事人的另一场让开",
    "H9": "换人办",
    "H11": "双方另选调解员",
    "H12": "不用回避的人另外安排",
    "H13": "给办的人加一班，或销假",
    "H14": "请别的中心的人来",
    "H15": "房间里的另一场挪开",
    "H16": "当事人的另一场挪开",
    "H17": "办的人的另一场挪开",
    "H18": "办的人不用赶路",
    "H19": "放宽每天、每周的场数上限",
}
ROOM_RULES = frozenset({"H5", "H6", "H15"})
PEOPLE_RULES = frozenset({"H9", "H10", "H11", "H12", "H13", "H14", "H17", "H18", "H19"})


def name_causes(world: World, wish: Wish, rules: Sequence[str]) -> list[str]:
    """Why nothing can be had, by the constraints that the planner named; none named: others hold what it needs."""
    if not rules:
        return ["单独看排得下，但是需要的房间和人都被同批更急的场次占了"]
    found: list[str] = []
    for name in (_of_days, _of_parties, _of_rooms, _of_people):
        found.extend(name(world, wish, frozenset(rules)))
    return found or ["每个条件单独都有时间，合在一起没有"]


def reliefs_in_words(reliefs: Sequence[tuple[str, str]], *, is_replan: bool = False) -> list[tuple[str, str]]:
    """What would make it possible, with the first day it could then be held (ISO).

    For what stands booked the parties' time holds the lawful days as well, which nobody can let go.
    """
    return [(RELIEFS[rule], day) for rule, day in reliefs if rule in RELIEFS and not (is_replan and rule == "H7")]


def _of_days(world: World, wish: Wish, rules: frozenset[str]) -> Iterator[str]:
    if not rules & {"H2", "H3"}:
        return
    need = wish.need
    because = f"（{need.earliest_reason}）" if need.earliest_reason else ""
    if need.latest is None:
        yield f"最早 {format_month_day(need.earliest)}{because}，已在这次排期的日子以外"
    else:
        ends = f"（{need.latest_reason}）" if need.latest_reason else ""
        first, last = format_month_day(need.earliest), format_month_day(need.latest)
        yield f"最早 {first}{because}，最迟 {last}{ends}，中间没有能排的日子"


def _of_parties(world: World, wish: Wish, rules: frozenset[str]) -> Iterator[str]:
    if rules & {"H7", "H16"}:
        when = "能排的日子里" if wish.plan is None else "明天以后的法定日子里"
        yield f"{when}没有各方当事人都有空的时间"


def _of_rooms(world: World, wish: Wish, rules: frozenset[str]) -> Iterator[str]:
    if not rules & ROOM_RULES:
        return
    wants = wish.need.room_wants
    fitting = [world.rooms[each] for each in world.rooms_of_area.get(wants.area_id, ())]
    if any(room.fits(wants) for room in fitting):
        yield f"合适的{ROOM_KIND_LABELS[wants.kind]}在能排的日子里都停用或已有安排"
    else:
        extra = "、".join(sorted(EQUIPMENT_LABELS[item] for item in wants.equipment))
        yield f"没有坐得下 {wants.capacity} 人的{ROOM_KIND_LABELS[wants.kind]}{f'，并且有{extra}' if extra else ''}"


def _of_people(world: World, wish: Wish, rules: frozenset[str]) -> Iterator[str]:
    if not rules & PEOPLE_RULES:
        return
    lawful = _lawful(world, wish)
    present = _counter(world, lawful, length_of(wish.need))
    for seat in wish.need.seats:
        allowed = [who for who in seat.candidates if who in world.people and who not in wish.need.excluded]
        if len(allowed) < seat.count:
            yield f"{_seat(world, seat, seat.candidates)}要 {seat.count} 人，不用回避的只有 {len(allowed)} 人"
            continue
        if sum(map(present, allowed)) < seat.count:
            yield f"{_seat(world, seat, allowed)}在能排的日子里不值班或请假"
        elif rules & {"H17", "H18", "H19"}:
            yield f"{_seat(world, seat, allowed)}值班的时间都已排满"


def _counter(world: World, lawful: int, length: int) -> Callable[[int], bool]:
    def is_present(account_id: int) -> bool:
        person = world.people[account_id]
        return bool(starts_of_runs(person.duty & ~person.leave & lawful, length))

    return is_present


def _lawful(world: World, wish: Wish) -> int:
    last = wish.need.latest or world.horizon.last
    days = world.horizon.mask_of_days(wish.need.earliest, last) if wish.need.earliest <= last else 0
    return days & world.bookable


def _seat(world: World, seat: SeatNeed, people: Sequence[int]) -> str:
    names = [world.people[who].name for who in people if who in world.people and world.people[who].name]
    return f"{seat.label}{'、'.join(names)}" if 0 < len(names) <= NAMED_PEOPLE else seat.label
