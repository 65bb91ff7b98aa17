"""An office with any number of matters, written in bulk: parties, texts, clocks and people as the product keeps them.

Every sealed value is sealed for its own row and opens there. People and disputes are invented.
"""

import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from app.booking.models import BookedSession, Room, SessionSeat
from app.demo.office import Office, make_office
from app.extensions import db
from app.law import clock
from app.matters.models import Clock, Involvement, Matter, MatterText, MatterUnit, Party, VisitRecord
from app.matters.rules import (
    Capacity,
    Channel,
    ClockState,
    MatterKind,
    MatterResult,
    MatterStatus,
    PartyKind,
    PartySide,
    Route,
    UnitCapacity,
)
from app.privacy.key_ring import KeyRing
from app.privacy.sealed import key_ring
from app.web.transaction import transaction

OPEN_AT_LEAST = 60
ONE_OPEN_IN = 20
BATCH = 2000
SPAN_DAYS = 6 * 365
ACCUSATION_EVERY, BARRED_EVERY = 97, 331
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华"
DISPUTES = ("楼上漏水赔偿", "拖欠装修款", "物业费争议", "工伤赔偿", "宅基地边界", "噪声扰民", "预付卡退款", "安置费")
CLAIM = "请求对方赔偿损失，并在三十日内恢复原状。"
FACTS = "双方系邻居，因管道开裂渗水造成吊顶、墙面和地板损坏，多次协商未果，现请求有关部门处理。"
OPEN_STATES = (
    (MatterStatus.REGISTERED, None, "petition_routing"),
    *[(MatterStatus.TRANSFERRED, Route.COMPETENT_UNIT, "transfer_receipt_notice")] * 6,
    *[(MatterStatus.HANDLING, Route.HANDLING, "petition_handling")] * 10,
    *[(MatterStatus.IN_LINKAGE, Route.MEDIATION, "linkage_feedback")] * 5,
    *[(MatterStatus.ACCEPTED, Route.HANDLING, "petition_handling")] * 3,
)
"""Of twenty-five open matters one waits for its route and the others are on their way."""


def populate(count: int, now: datetime) -> Office:
    """The demonstration office with `count` matters and the meetings of three weeks."""
    office = make_office(now)
    # Alone with the file and without a journal, half a million rows take seconds; the application opens it afresh.
    db.session.remove()
    db.engine.dispose()
    with closing(sqlite3.connect(str(db.engine.url.database), isolation_level=None)) as connection:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-200000", "foreign_keys=OFF"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        writer = _Writer(office, now, key_ring(), connection.cursor())
        for start in range(0, count, BATCH):
            writer.write(range(start, min(start + BATCH, count)), count)
        connection.execute("COMMIT")
    with transaction():
        _book_meetings(office, now)
    return office


@dataclass
class _Writer:
    office: Office
    now: datetime
    ring: KeyRing
    cursor: Any
    rows: dict[type, list[dict[str, Any]]] = field(default_factory=dict)

    def write(self, numbers: range, count: int) -> None:
        """Insert one batch of matters with everything that belongs to them."""
        for number in numbers:
            self._make(number, count)
        for model, rows in self.rows.items():
            _insert(self.cursor, model, rows)
        self.rows.clear()

    def _add(self, model: type, *, sealed: Mapping[str, str] | None = None, **values: Any) -> None:
        if sealed is not None:
            values["public_id"] = public_id = secrets.token_urlsafe(17)[:22]
            table: str = model.__tablename__  # type: ignore[attr-defined]
            for name, text in sealed.items():
                place = f"{table}.{name}_sealed.{public_id}"
                values[f"{name}_sealed"] = self.ring.seal(text, place) if text else None
        self.rows.setdefault(model, []).append(values)

    def _make(self, number: int, count: int) -> None:
        key = number + 1
        mix = number * 7919 // ONE_OPEN_IN
        age = timedelta(days=SPAN_DAYS * (count - key) / count)
        registered = self.now - age
        received = clock.local_date(registered)
        is_open = count - key < OPEN_AT_LEAST or number % ONE_OPEN_IN == 0
        status, route, code = (
            OPEN_STATES[mix % len(OPEN_STATES)] if is_open else (MatterStatus.CLOSED, Route.HANDLING, "")
        )
        due = clock.local_date(self.now) + timedelta(days=mix % 60 - 3)
        name = _name(number)
        self._add(VisitRecord, sealed={}, **self._visit(key, registered, received))
        self._add(
            Matter,
            sealed={"subject": DISPUTES[number % len(DISPUTES)], "petitioner_name": name},
            id=key,
            number=f"信访〔{received.year}〕{key}号",
            visit_id=key,
            organisation_id=self._office_id,
            kind=self._kind(number),
            is_accusation=self._kind(number) is MatterKind.ACCUSATION,
            status=status,
            is_open=is_open,
            route=route,
            dispute_type="D01",
            party_count=2,
            handling_unit_id=self._unit_id(number) if route else None,
            received_on=received,
            registered_at=registered,
            next_due_on=due if is_open else None,
            closed_on=None if is_open else received + timedelta(days=50),
            result=None if is_open else MatterResult.SUPPORTED,
        )
        self._add(MatterText, sealed={"claim": CLAIM, "facts": FACTS}, matter_id=key)
        self._add_parties(key, number, name)
        self._add_people(key, number, received)
        self._add_clock(key, received, due, code)
        if route:
            self._add_unit(key, number, received, is_linked=status is MatterStatus.IN_LINKAGE)

    @property
    def _office_id(self) -> int:
        return self.office.bodies["office"].id

    def _unit_id(self, number: int) -> int:
        return self.office.bodies[("housing", "labour", "urban", "market")[number % 4]].id

    @staticmethod
    def _kind(number: int) -> MatterKind:
        return MatterKind.ACCUSATION if number % ACCUSATION_EVERY == 0 else MatterKind.CLAIM_FOR_DECISION

    def _visit(self, key: int, registered: datetime, received: date) -> dict[str, Any]:
        return {
            "id": key,
            "organisation_id": self._office_id,
            "channel": Channel.VISIT,
            "received_on": received,
            "registrar_id": self.office.people["hejing"].id,
            "registered_at": registered,
        }

    def _add_parties(self, key: int, number: int, name: str) -> None:
        phone, id_number = f"139{number:08}", f"99010119{number % 40 + 50}0308{number % 10_000:04}"
        self._add(
            Party,
            sealed={"name": name, "phone": phone, "id_number": id_number, "address": "滨澜区织造街道锦江路 18 号"},
            matter_id=key,
            position=0,
            side=PartySide.PETITIONER,
            kind=PartyKind.PERSON,
            name_digest=self.ring.digest("name", name),
            phone_digest=self.ring.digest("phone", phone),
            id_number_digest=self.ring.digest("id_number", id_number),
        )
        other = _name(number * 7 + 3)
        self._add(
            Party,
            sealed={"name": other, "phone": "", "id_number": "", "address": ""},
            matter_id=key,
            position=1,
            side=PartySide.RESPONDENT,
            kind=PartyKind.PERSON,
            name_digest=self.ring.digest("name", other),
            phone_digest=None,
            id_number_digest=None,
        )

    def _add_people(self, key: int, number: int, since: date) -> None:
        parts = [("hejing", Capacity.REGISTRAR, False)]
        if number * 7919 // ONE_OPEN_IN % 2:
            parts.append(("zhoumin", Capacity.COORDINATOR, False))
        if number % BARRED_EVERY == 0:
            parts.append(("zhoumin", Capacity.BARRED, True))
        for username, capacity, is_barred in parts:
            account_id = self.office.people[username].id
            self._add(
                Involvement,
                matter_id=key,
                account_id=account_id,
                capacity=capacity,
                since=since,
                is_barred=is_barred,
            )

    def _add_clock(self, key: int, received: date, due: date, code: str) -> None:
        last = due if code else received + timedelta(days=60)
        self._add(
            Clock,
            sealed={},
            matter_id=key,
            owner_kind="matter",
            owner_id=key,
            clock=code or "petition_handling",
            trigger_on=received,
            nominal_on=last,
            legal_due_on=last,
            target_on=last,
            state=ClockState.RUNNING if code else ClockState.MET,
            is_open=bool(code),
            started_at=clock.from_local(received, time(9)),
        )

    def _add_unit(self, key: int, number: int, since: date, *, is_linked: bool) -> None:
        self._add(
            MatterUnit,
            matter_id=key,
            organisation_id=self.office.bodies["committee"].id if is_linked else self._unit_id(number),
            capacity=UnitCapacity.MEDIATION_COMMITTEE if is_linked else UnitCapacity.HANDLING_UNIT,
            since=since,
        )


def _insert(cursor: Any, model: type, rows: list[dict[str, Any]]) -> None:
    """The rows through the driver, with the column's own way of writing a value."""
    table: sa.Table = model.__table__  # type: ignore[attr-defined]
    fixed = {
        column.name: column.default.arg
        for column in table.columns
        if column.name not in rows[0] and column.default is not None and column.default.is_scalar
    }
    columns = [table.columns[name] for name in (*rows[0], *fixed)]
    writers = [column.type.dialect_impl(db.engine.dialect).bind_processor(db.engine.dialect) for column in columns]
    names = ", ".join(f'"{column.name}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    values = [[*row.values(), *fixed.values()] for row in rows]
    written = ([write(value) if write else value for write, value in zip(writers, row, strict=True)] for row in values)
    cursor.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', written)


def _name(number: int) -> str:
    return SURNAMES[number % len(SURNAMES)] + GIVEN[number // 20 % len(GIVEN)] + GIVEN[number // 400 % len(GIVEN)]


def _book_meetings(office: Office, now: datetime) -> None:
    """Four meetings a room on each day of this week and the next two, about the newest matters."""
    newest = db.session.scalars(sa.select(Matter.id).order_by(Matter.id.desc()).limit(OPEN_AT_LEAST)).all()
    rooms = db.session.scalars(sa.select(Room).order_by(Room.id)).all()
    today = clock.local_date(now)
    monday = today - timedelta(days=today.weekday())
    for number, (room, starts_at) in enumerate(_slots(rooms, monday)):
        session = BookedSession(
            owner_kind="mediation_meeting",
            owner_id=number + 1,
            matter_id=newest[number % len(newest)],
            organisation_id=office.bodies["office"].id,
            room_id=room.id,
            purpose="人民调解",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=90),
            booked_by=office.people["zhoumin"].id,
            booked_at=now,
            seats=[],
        )
        for username, seat in (("shimingxuan", "mediator"), ("hejing", "recorder")):
            session.seats.append(SessionSeat(account_id=office.people[username].id, seat=seat))
        db.session.add(session)


def _slots(rooms: Any, monday: date) -> Iterator[tuple[Room, datetime]]:
    for step in range(21):
        for room in rooms:
            for hour in (9, 11, 14, 16):
                yield room, clock.from_local(monday + timedelta(days=step), time(hour))
