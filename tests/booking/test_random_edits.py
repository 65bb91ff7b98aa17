"""Random edits never break a hard constraint, and the rules, the database and a judge of its own agree on every one."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from operator import attrgetter
from typing import Any

import pytest
import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Actor, Role
from app.booking.actions import (
    DraftWish,
    ServiceDetails,
    add_closure,
    cancel_session,
    clear_the_way,
    close_draft,
    enter_leave,
    expire_drafts,
    move_session,
    put_in_place,
    put_in_without_place,
    remove_closure,
    remove_leave,
    reserve,
    set_area_limit,
    set_person_service,
    set_ways,
    take_out,
)
from app.booking.models import BookedSession, DraftMove, DutySlot, Leave, Room, RoomClosure
from app.booking.queries import find_load_findings, find_occupancy_findings
from app.booking.queries.drafts import find_open_draft, lent_by, list_basket
from app.booking.rules.need import Owner, RoomWants, SeatNeed, SessionNeed, SessionPlan, party_key
from app.booking.rules.words import DraftAct, DraftStatus, HalfDay, RoomKind, SessionStatus
from app.errors import Clash, DomainError, RuleViolation
from app.law import clock
from app.people.models import Account
from app.web.transaction import transaction
from tests.booking.conftest import DAYS, NOW, Centre, make_room
from tests.booking.judge import Judge, Meeting
from tests.factories import actor_of, make_account, make_organisation

EDITS = {"sqlite": 1000, "postgresql": 250}
SOON = (*DAYS[1:], date(2025, 6, 16), date(2025, 6, 17))
PARTIES = tuple(party_key(letter * 64) for letter in "abcdef")
ACTS = ("book", "move", "cancel", "draft", "lift", "take_out", "publish", "leave", "closure")
OFTEN = (30, 16, 8, 18, 6, 8, 3, 2, 2)


@dataclass
class Office:
    """Two centres, four people, two coordinators with baskets, and the chance that decides what they do."""

    area: int
    rooms: tuple[int, ...]
    people: tuple[int, ...]
    clerks: tuple[Actor, Actor]
    judge: Judge
    chance: random.Random
    tally: Counter[str] = field(default_factory=Counter)
    owners: int = 0

    def need(self, owner: Owner, people: tuple[int, ...], minutes: int, party: str) -> SessionNeed:
        seats = tuple(SeatNeed(f"seat{number}", "调解员", (who,)) for number, who in enumerate(people))
        wants = RoomWants(RoomKind.MEDIATION_ROOM)
        area, today, parties = self.area, NOW.date(), (party,)
        return SessionNeed(owner, 1, area, "调解", minutes, wants, seats, today, party_keys=parties)

    def wish(self, owner: Owner) -> tuple[SessionNeed, SessionPlan]:
        people = tuple(self.chance.sample(self.people, self.chance.choice((1, 1, 2))))
        minutes, quarter = self.chance.choice((30, 60, 90)), self.chance.randrange(8 * 4, 18 * 4)
        seats = tuple((f"seat{number}", who) for number, who in enumerate(people))
        at, day = time(quarter // 4, quarter % 4 * 15), self.chance.choice(SOON)
        plan = SessionPlan(self.chance.choice(self.rooms), day, at, minutes, seats)
        return self.need(owner, people, minutes, self.chance.choice(PARTIES)), plan

    def new_owner(self) -> Owner:
        self.owners += 1
        return Owner("mediation_meeting", self.owners)

    def pick(self, statement: Any) -> Any:
        """One of these rows by chance; in the order of their ids, so that both engines draw the same in every run."""
        found = sorted(self.judge.db.session.scalars(statement), key=attrgetter("id"))
        return self.chance.choice(found) if found else None


def book(office: Office, by: Actor) -> None:
    need, plan = office.wish(office.new_owner())
    check_verdicts(office, need, plan, frozenset(), lambda: reserve(need, plan, by=by, now=NOW, is_confirmed=True))


def move(office: Office, by: Actor) -> None:
    session = office.pick(standing(office))
    if session is not None:
        need, plan = office.wish(session.owner)
        own = frozenset({session.id})
        check_verdicts(
            office, need, plan, own, lambda: move_session(session, need, plan, by=by, now=NOW, is_confirmed=True)
        )


def cancel(office: Office, by: Actor) -> None:
    session = office.pick(standing(office))
    if session is not None:
        cancel_session(session, "改天", by=by, now=NOW)


def draft(office: Office, by: Actor) -> None:
    session = office.pick(standing(office)) if office.chance.random() < 0.6 else None
    owner = session.owner if session else office.new_owner()
    need, plan = office.wish(owner)
    found = find_open_draft(owner)
    basket = list_basket(by.account_id)
    own = frozenset({found.session_id}) if found and found.session_id else frozenset()
    lent = lent_by(basket) | (frozenset({session.id}) if session else frozenset())
    if found is None or found.account_id == by.account_id:
        wish = DraftWish(owner, 1, session)
        check_verdicts(
            office, need, plan, lent | own, lambda: put_in_place(wish, need, plan, by=by, now=NOW, is_confirmed=True)
        )


def lift(office: Office, by: Actor) -> None:
    session = office.pick(standing(office))
    if session is not None:
        act = office.chance.choice((DraftAct.MOVE, DraftAct.CANCEL))
        put_in_without_place(DraftWish(session.owner, 1, session, reason="改天"), act, by=by, now=NOW)


def take_back(office: Office, by: Actor) -> None:
    found = office.pick(sa.select(DraftMove).filter_by(status=DraftStatus.OPEN, account_id=by.account_id))
    if found is not None:
        take_out(found, by=by, now=NOW)


def publish(office: Office, by: Actor) -> None:
    """All of a basket through the acts of booking, in one transaction, as the owners do it; none without a place."""
    drafts = list_basket(by.account_id)
    if any(one.is_homeless for one in drafts):
        raise RuleViolation("篮子里有一场还没有定地方。", rule="INV-29")
    people = {one.id: one.session.party_keys for one in drafts if one.session}
    plans = clear_the_way(drafts)
    for one in drafts:
        if one.act is DraftAct.CANCEL:
            cancel_session(one.replaces, "改天", by=by, now=NOW)
        else:
            plan = plans[one.id]
            seated = tuple(who for _, who in plan.people)
            need = office.need(one.owner, seated, plan.minutes, people[one.id][0])
            if one.replaces is not None:
                move_session(one.replaces, need, plan, by=by, now=NOW, is_confirmed=True)
            else:
                reserve(need, plan, by=by, now=NOW, is_confirmed=True)
        close_draft(one, by=by)


def leave(office: Office, by: Actor) -> None:
    if (found := office.pick(sa.select(Leave))) is not None:
        remove_leave(found, by=by)
    else:
        day = office.chance.choice(SOON)
        who = office.judge.db.session.get_one(Account, office.chance.choice(office.people))
        enter_leave(who, day, day, by=by)


def closure(office: Office, by: Actor) -> None:
    if (found := office.pick(sa.select(RoomClosure))) is not None:
        remove_closure(found, by=by)
    else:
        starts = clock.from_local(office.chance.choice(SOON), time(office.chance.randrange(8, 17)))
        room = office.judge.db.session.get_one(Room, office.chance.choice(office.rooms))
        add_closure(room, starts, starts + timedelta(hours=1), "检修", by=by)


EDIT = dict(zip(ACTS, (book, move, cancel, draft, lift, take_back, publish, leave, closure), strict=True))


def standing(office: Office) -> Any:
    """What is booked and lies in nobody's basket."""
    lent = sa.select(DraftMove.replaces_id).where(
        DraftMove.status == DraftStatus.OPEN, DraftMove.replaces_id.is_not(None)
    )
    return sa.select(BookedSession).where(BookedSession.status == SessionStatus.BOOKED, BookedSession.id.not_in(lent))


def check_verdicts(office: Office, need: SessionNeed, plan: SessionPlan, ignoring: frozenset[int], act: Any) -> None:
    """The judge says beforehand what the act will say; a refusal comes from the core, never from the database alone."""
    people, parties = frozenset(who for _, who in plan.people), frozenset(need.party_keys)
    wish = Meeting(0, plan.start, plan.end, plan.room_id, people, parties)
    expected = office.judge.allows(wish, office.judge.rows(), ignoring)
    try:
        act()
    except Clash as refusal:
        office.tally.update({cause.kind.value for cause in refusal.causes} or {"refused by the database alone"})
        if expected:
            office.tally["refused though the judge allows it"] += 1
        raise
    office.tally["free" if expected else "booked though the judge forbids it"] += 1


@pytest.fixture
def office(db: SQLAlchemy, centre: Centre) -> Office:
    """Three a day and eight a week at most, one person one a day, one in one centre only, half an hour between."""
    street = make_organisation("江湾街道综治中心", parent=centre.office)
    third = make_room(street, "街道调解室", db.session)
    people = (centre.shi, centre.fang, centre.he, make_account(Role.MEDIATOR, organisation=centre.office, name="秦朗"))
    duty = [(person, day, half) for person in people for day in SOON for half in HalfDay]
    db.session.add_all(
        DutySlot(account_id=person.id, day=day, half=half)
        for person, day, half in duty
        if (person is people[3] and half is HalfDay.MORNING) or (person is not people[3] and day not in DAYS)
    )
    other = actor_of(make_account(Role.COORDINATOR, organisation=centre.office, name="何敏"))
    db.session.commit()
    with transaction():
        set_area_limit(centre.office.id, 3, 8, by=centre.clerk, now=NOW)
        set_ways({(centre.office.id, street.id): 30}, by=centre.clerk, now=NOW)
        one_a_day = ServiceDetails(centre.office.id, (), 1, None)
        set_person_service(centre.fang, one_a_day, by=centre.clerk, now=NOW)
        only_here = ServiceDetails(None, (centre.office.id,), None, None)
        set_person_service(centre.he, only_here, by=centre.clerk, now=NOW)
    judge = Judge(
        db,
        centre_of={room.id: room.organisation_id for room in (*centre.rooms, third)},
        way=30,
        max_day={person.id: 1 if person is centre.fang else 3 for person in people},
        max_week=dict.fromkeys((person.id for person in people), 8),
        serves={centre.he.id: {centre.office.id}},
    )
    rooms = tuple(judge.centre_of)
    everybody = tuple(judge.max_day)
    return Office(centre.office.id, rooms, everybody, (centre.clerk, other), judge, random.Random(20250609))


def test_random_edits_never_break_a_hard_constraint_and_core_judge_and_database_agree(
    db: SQLAlchemy, office: Office
) -> None:
    for number in range(EDITS[db.engine.dialect.name]):
        name = office.chance.choices(ACTS, OFTEN)[0]
        try:
            with transaction():
                EDIT[name](office, office.chance.choice(office.clerks))
            office.tally[name] += 1
        except DomainError:
            office.tally[f"{name} refused"] += 1
        if number % 20 == 0:
            check_state(office)
    check_state(office)
    with transaction():
        expire_drafts(NOW + timedelta(days=9))
    assert list_basket(office.clerks[0].account_id) == []
    check_state(office)
    assert not [word for word in office.tally if "though" in word or "alone" in word], office.tally
    expected = {*ACTS, "free", "person_on_the_way", "person_full", "person_elsewhere", "draft refused"}
    assert expected <= office.tally.keys(), office.tally


def check_state(office: Office) -> None:
    assert office.judge.find_broken() == []
    assert find_occupancy_findings() == []
    assert find_load_findings() == []
    office.judge.db.session.rollback()
