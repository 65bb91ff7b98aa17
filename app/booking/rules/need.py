"""What a session asks for, what a plan for it says, and which plans are none at all.

`booking` is handed a frozen SessionNeed and knows no procedure: it sees rooms, persons, parties and time.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from app.booking.rules.grid import CELL_MINUTES, cells_between, is_on_grid
from app.booking.rules.words import Equipment, RoomKind
from app.errors import RuleViolation

LONGEST_MINUTES = 8 * 60
LONGEST_AHEAD = timedelta(days=2 * 365)
NOBODY: frozenset[int] = frozenset()
NOTHING: frozenset[Equipment] = frozenset()


@dataclass(frozen=True)
class Owner:
    """Whose session it is: table name and id, opaque to booking."""

    kind: str
    id: int


@dataclass(frozen=True)
class RoomWants:
    """The room a session needs; `area_id` is the topmost organisation whose rooms may be used."""

    kind: RoomKind
    capacity: int = 1
    equipment: frozenset[Equipment] = NOTHING
    area_id: int | None = None


@dataclass(frozen=True)
class SeatNeed:
    """One kind of seat: who may sit there (account ids, most wanted first), and how many are needed."""

    capacity: str
    label: str
    candidates: tuple[int, ...]
    count: int = 1


@dataclass(frozen=True)
class SessionNeed:
    """Everything a session asks for. `purpose` is shown on boards and holds no personal data.

    `excluded` never sit (INV-12); `earliest` and `latest` are the lawful days with their reasons.
    """

    owner: Owner
    matter_id: int
    organisation_id: int
    purpose: str
    minutes: int
    room_wants: RoomWants
    seats: tuple[SeatNeed, ...]
    earliest: date
    latest: date | None = None
    earliest_reason: str = ""
    latest_reason: str = ""
    excluded: frozenset[int] = NOBODY
    party_keys: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class SessionPlan:
    """One place: room, wall-clock start, minutes, and (seat, account id) for everybody who sits."""

    room_id: int
    day: date
    at: time
    minutes: int
    people: tuple[tuple[str, int], ...] = ()

    @property
    def start(self) -> datetime:
        """When it begins on the wall clock."""
        return datetime.combine(self.day, self.at)

    @property
    def end(self) -> datetime:
        """When it ends on the wall clock."""
        return self.start + timedelta(minutes=self.minutes)

    @property
    def cells(self) -> range:
        """Every quarter hour it touches."""
        return cells_between(self.start, self.end)


def room_key(room_id: int) -> str:
    """The resource key of a room."""
    return f"room:{room_id}"


def person_key(account_id: int) -> str:
    """The resource key of a person of the staff."""
    return f"person:{account_id}"


def party_key(digest: str) -> str:
    """The resource key of a natural person who is a party, from the keyed digest of the ID number."""
    return f"party:{digest}"


def resource_keys(need: SessionNeed, plan: SessionPlan) -> tuple[str, ...]:
    """Everything the plan occupies, sorted, each once."""
    people = {person_key(account_id) for _, account_id in plan.people}
    return tuple(sorted({room_key(plan.room_id), *people, *need.party_keys}))


def check_time(plan: SessionPlan, wall_now: datetime) -> None:
    """Refuse a length or a time that no session can have (B083–B085)."""
    if plan.minutes <= 0:
        raise RuleViolation("结束时间要晚于开始时间。请重新选时间。", rule="B083")
    if plan.minutes < CELL_MINUTES or plan.minutes > LONGEST_MINUTES:
        raise RuleViolation("一场最短 15 分钟，最长 8 小时。更长的请分成几场。", rule="B084")
    if plan.start < wall_now:
        raise RuleViolation("这个时间已经过去了。请选以后的时间。", rule="B085")
    if plan.start > wall_now + LONGEST_AHEAD:
        raise RuleViolation("最远排到两年以内。请选近一些的日子。", rule="B085")
    if plan.end.date() != plan.day and plan.end.time() != time.min:
        raise RuleViolation("一场要在同一天里开完。请把开始时间提早，或分成两场。", rule="B084")


def check_grid(plan: SessionPlan) -> None:
    """Refuse a free place that does not begin and end on the quarter hour."""
    if not is_on_grid(plan.at, plan.minutes):
        raise RuleViolation("时间按 15 分钟排，例如 9:00、9:15、9:30。请改成整刻。", rule="B087")


def check_people(need: SessionNeed, plan: SessionPlan) -> None:
    """Refuse who may never sit there: excluded, no candidate, one person on two seats, too few or too many."""
    accounts = [account_id for _, account_id in plan.people]
    if need.excluded & set(accounts):
        raise RuleViolation(
            "有一人在这件事上已回避，不能参加。请换人。", article="《人民调解法》第二十三条", rule="INV-12"
        )
    if len(accounts) != len(set(accounts)):
        raise RuleViolation("同一个人不能坐两个位置。请换一人。", rule="INV-29")
    seats = {seat.capacity: seat for seat in need.seats}
    if any(seat not in seats or person not in seats[seat].candidates for seat, person in plan.people):
        raise RuleViolation("有一人不能坐这个位置：不在可选名单里。请从名单里重选。", rule="INV-27")
    filled = Counter(seat for seat, _ in plan.people)
    for seat in need.seats:
        if filled[seat.capacity] != seat.count:
            raise RuleViolation(
                f"{seat.label}要 {seat.count} 人，现在选了 {filled[seat.capacity]} 人。请补齐。", rule="R-DUTY-02"
            )
