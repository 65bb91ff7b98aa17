"""A second opinion on bookings that shares no code with the rules: plain rows, hours and comparisons."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy

from app.booking.models import BookedSession, DraftMove, DutySlot, Leave, RoomClosure, SessionSeat
from app.booking.rules.words import HalfDay

EIGHT_HOURS = timedelta(hours=8)


@dataclass(frozen=True)
class Meeting:
    """One session as the judge sees it; `basket` is whose draft it is or whose draft moves it away."""

    id: int
    starts: datetime
    ends: datetime
    room: int
    people: frozenset[int]
    parties: frozenset[str]
    basket: int | None = None
    is_draft: bool = False

    @property
    def week(self) -> tuple[int, int]:
        return self.starts.isocalendar()[:2]

    def meets(self, other: "Meeting") -> bool:
        return self.starts < other.ends and other.starts < self.ends

    def shares(self, other: "Meeting") -> bool:
        return self.room == other.room or bool(self.people & other.people) or bool(self.parties & other.parties)

    def yields_to(self, other: "Meeting") -> bool:
        return self.basket is not None and self.basket == other.basket and self.is_draft != other.is_draft


@dataclass(frozen=True)
class Judge:
    """What is set: the centre of each room, the minutes between the two centres, limits, who serves one centre only."""

    db: SQLAlchemy
    centre_of: dict[int, int]
    way: int
    max_day: dict[int, int]
    max_week: dict[int, int]
    serves: dict[int, set[int]]

    def rows(self) -> list[Meeting]:
        """Everything that stands or is drafted."""
        session, seat, move = BookedSession.__table__, SessionSeat.__table__, DraftMove.__table__
        people: dict[int, set[int]] = {}
        for session_id, account_id in self.db.session.execute(sa.select(seat.c.session_id, seat.c.account_id)):
            people.setdefault(session_id, set()).add(account_id)
        lent = dict(
            self.db.session.execute(
                sa.select(move.c.replaces_id, move.c.account_id).where(
                    move.c.status == "open", move.c.act != "place", move.c.replaces_id.is_not(None)
                )
            ).all()
        )
        statement = sa.select(session).where(session.c.status.in_(["booked", "draft"]))
        return [
            Meeting(
                row.id,
                row.starts_at.replace(tzinfo=None) + EIGHT_HOURS,
                row.ends_at.replace(tzinfo=None) + EIGHT_HOURS,
                row.room_id,
                frozenset(people.get(row.id, ())),
                frozenset(row.party_keys),
                row.booked_by if row.status == "draft" else lent.get(row.id),
                row.status == "draft",
            )
            for row in self.db.session.execute(statement)
        ]

    def allows(self, wish: Meeting, standing: list[Meeting], ignoring: frozenset[int]) -> bool:
        """Whether the wish breaks nothing with what stands, without the sessions `ignoring`."""
        others = [one for one in standing if one.id not in ignoring]
        if any(wish.meets(one) and wish.shares(one) for one in others):
            return False
        return self._is_possible(wish) and all(self._fits(who, wish, others) for who in wish.people)

    def find_broken(self) -> list[str]:
        """What is broken among all that stands, whether every basket is published or taken back."""
        rows, broken = self.rows(), []
        for number, one in enumerate(rows):
            for other in rows[number + 1 :]:
                if one.meets(other) and one.shares(other) and not one.yields_to(other):
                    broken.append(f"{one.id} and {other.id} overlap")
                for who in one.people & other.people:
                    if self._is_too_far(one, other) and not one.yields_to(other):
                        broken.append(f"{who} cannot get from {one.id} to {other.id}")
            if not one.is_draft and not self._is_possible(one):
                broken.append(f"{one.id} stands where it may not")
            broken += [f"{who} has too much with {one.id}" for who in one.people if not self._is_within(who, one, rows)]
        return broken

    def _fits(self, who: int, wish: Meeting, others: list[Meeting]) -> bool:
        his = [one for one in others if who in one.people]
        return self._is_within(who, wish, [*his, wish]) and not any(self._is_too_far(wish, one) for one in his)

    def _is_within(self, who: int, wish: Meeting, rows: list[Meeting]) -> bool:
        his = [one for one in rows if who in one.people]
        day = [one for one in his if one.starts.date() == wish.starts.date()]
        week = [one for one in his if one.week == wish.week]
        return _count(day) <= self.max_day[who] and _count(week) <= self.max_week[who]

    def _is_too_far(self, one: Meeting, other: Meeting) -> bool:
        if self.centre_of[one.room] == self.centre_of[other.room] or one.starts.date() != other.starts.date():
            return False
        gap = max(one.starts, other.starts) - min(one.ends, other.ends)
        return gap < timedelta(minutes=self.way)

    def _is_possible(self, wish: Meeting) -> bool:
        day, opens, closes = wish.starts.date(), wish.starts.time(), wish.ends.time()
        if opens < time(8) or closes > time(18) or self._is_shut(wish):
            return False
        halves = {HalfDay.MORNING} if opens < time(13) else set()
        halves |= {HalfDay.AFTERNOON} if closes > time(13) else set()
        return all(self._is_there(who, day, halves, self.centre_of[wish.room]) for who in wish.people)

    def _is_shut(self, wish: Meeting) -> bool:
        shut = sa.select(RoomClosure.starts_at, RoomClosure.ends_at).where(RoomClosure.room_id == wish.room)
        hours = [(one.replace(tzinfo=None), other.replace(tzinfo=None)) for one, other in self.db.session.execute(shut)]
        return any(wish.starts < ends + EIGHT_HOURS and starts + EIGHT_HOURS < wish.ends for starts, ends in hours)

    def _is_there(self, who: int, day: date, halves: set[HalfDay], centre: int) -> bool:
        duty = set(self.db.session.scalars(sa.select(DutySlot.half).filter_by(account_id=who, day=day)))
        away = sa.select(Leave.id).where(Leave.account_id == who, Leave.starts_on <= day, Leave.ends_on >= day).limit(1)
        return halves <= duty and self.db.session.scalar(away) is None and centre in self.serves.get(who, {centre})


def _count(meetings: list[Meeting]) -> int:
    """What a basket moves away and what it drafts count once: the larger number."""
    baskets = {one.basket for one in meetings if one.basket is not None}
    of = {basket: [one.is_draft for one in meetings if one.basket == basket] for basket in baskets}
    alone = sum(1 for one in meetings if one.basket is None)
    return alone + sum(max(drafts.count(True), drafts.count(False)) for drafts in of.values())
