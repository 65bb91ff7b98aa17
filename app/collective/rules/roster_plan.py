"""What an uploaded table would do to the roster, row by row, before anybody agrees to it.

The ID number tells who a row is about. A row that is known and unchanged is skipped, so that the same table may be
uploaded again; a cell left empty never takes a value away.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.collective.rules.roster import LABELS, ClaimantStatus
from app.collective.rules.roster_entry import ClaimantEntry

MENDABLE = frozenset({ClaimantStatus.LISTED, ClaimantStatus.PENDING})
FIELD_WORDS: Mapping[str, str] = {
    "phone": "电话",
    "street": "街道",
    "address": "住址",
    "is_deceased": "状况",
    "died_on": "死亡日期",
    "has_death_proof": "死亡证明",
    "claims": "请求",
    "heirs": "家属",
    "proxy": "代理人",
}


class LineFate(StrEnum):
    """What becomes of one row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    FAILED = "failed"


@dataclass(frozen=True)
class Line:
    """One row as it was read: its number in the sheet, its cells, and the claimant or what is wrong."""

    number: int
    cells: Mapping[str, str]
    entry: ClaimantEntry | None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """A claimant who is on the roster already."""

    claimant_id: int
    status: ClaimantStatus
    entry: ClaimantEntry


@dataclass(frozen=True)
class Registered:
    """A petitioner of the matter who is not on the roster yet; without number if none was shown."""

    party_id: int
    name: str
    id_number: str


@dataclass(frozen=True)
class PlannedLine:
    """One row with its fate; `claimant_id` of the line it changes, `party_id` of the petitioner it completes."""

    line: Line
    fate: LineFate
    entry: ClaimantEntry | None = None
    problems: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    claimant_id: int | None = None
    party_id: int | None = None


@dataclass(frozen=True)
class Plan:
    """All rows of a table with their fates."""

    lines: tuple[PlannedLine, ...]
    counts: Mapping[LineFate, int] = field(default_factory=dict)

    def of(self, fate: LineFate) -> list[PlannedLine]:
        """The rows of one fate, in the order of the table."""
        return [line for line in self.lines if line.fate is fate]

    @property
    def total_fen(self) -> int:
        """The sum of the rows that are new, in fen."""
        return sum(line.entry.total_fen for line in self.of(LineFate.NEW) if line.entry)

    @property
    def digest(self) -> str:
        """The same for the same rows with the same fates: what was agreed to is what is done."""
        told = [(line.line.number, line.fate.value, line.entry, line.problems) for line in self.lines]
        return hashlib.sha256(repr(told).encode()).hexdigest()


def plan_import(lines: Sequence[Line], known: Mapping[str, Known], registered: Sequence[Registered]) -> Plan:
    """The fate of every row against the roster (`known`, by ID number) and the petitioners registered before it."""
    rows_of = defaultdict(list)
    for line in lines:
        if line.cells.get("身份证号"):
            rows_of[_number_of(line)].append(line.number)
    people = _People(registered, lines)
    planned = tuple(_plan_line(line, rows_of[_number_of(line)], known, people) for line in lines)
    return Plan(planned, Counter(line.fate for line in planned))


class _People:
    """The petitioners registered before, found by number, or by a name that is the only one of its kind."""

    def __init__(self, registered: Sequence[Registered], lines: Sequence[Line]) -> None:
        self.by_number = {person.id_number: person for person in registered if person.id_number}
        nameless = [person for person in registered if not person.id_number]
        names = Counter(person.name for person in nameless)
        names.update(line.entry.name for line in lines if line.entry)
        # Twice: once on the matter, once in the table. More, and nobody can say who is meant.
        self.by_name = {person.name: person for person in nameless if names[person.name] == 2}

    def find(self, entry: ClaimantEntry) -> Registered | None:
        """The petitioner this row is about."""
        return self.by_number.get(entry.id_number) or self.by_name.get(entry.name)


def _number_of(line: Line) -> str:
    return line.entry.id_number if line.entry else line.cells.get("身份证号", "")


def _plan_line(line: Line, rows: Sequence[int], known: Mapping[str, Known], people: _People) -> PlannedLine:
    problems = list(line.problems)
    if len(rows) > 1:
        others = "、".join(str(row) for row in rows if row != line.number)
        problems.append(f"身份证号：和第 {others} 行相同。一个人只写一行；已故的人，几位家属写在同一行的家属各栏。")
    if line.entry is None or problems:
        return PlannedLine(line, LineFate.FAILED, problems=tuple(problems))
    found = known.get(line.entry.id_number)
    if found is not None:
        return _plan_known(line, line.entry, found)
    person = people.find(line.entry)
    if person is not None and person.name != line.entry.name:
        return _other_name(line)
    return PlannedLine(line, LineFate.NEW, entry=line.entry, party_id=person.party_id if person else None)


def _plan_known(line: Line, entry: ClaimantEntry, found: Known) -> PlannedLine:
    if entry.name != found.entry.name:
        return _other_name(line)
    merged = _merged(entry, found.entry)
    changes = tuple(word for name, word in FIELD_WORDS.items() if getattr(merged, name) != getattr(found.entry, name))
    if not changes:
        return PlannedLine(line, LineFate.SAME, entry=merged, claimant_id=found.claimant_id)
    if found.status not in MENDABLE:
        message = f"这个人在名册上是“{LABELS[found.status]}”，不能再改{'、'.join(changes)}。"
        return PlannedLine(line, LineFate.FAILED, problems=(message,))
    return PlannedLine(line, LineFate.CHANGED, entry=merged, changes=changes, claimant_id=found.claimant_id)


def _other_name(line: Line) -> PlannedLine:
    message = "姓名：这个身份证号登记的是另一个名字。请对照证件核对；名册上的错了，先在名册里更正。"
    return PlannedLine(line, LineFate.FAILED, problems=(message,))


def _merged(entry: ClaimantEntry, old: ClaimantEntry) -> ClaimantEntry:
    """The row with what it leaves empty filled from the roster."""
    is_dead = entry.is_deceased
    return replace(
        entry,
        phone=entry.phone or old.phone,
        street=entry.street or old.street,
        address=entry.address or old.address,
        died_on=entry.died_on or (old.died_on if is_dead else None),
        has_death_proof=entry.has_death_proof or (is_dead and old.has_death_proof),
        heirs=entry.heirs or (old.heirs if is_dead else ()),
        proxy=entry.proxy or (None if is_dead else old.proxy),
    )
