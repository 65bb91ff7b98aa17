"""The pages of rooms and duty: who may change them, what is refused, nothing of another area is reached."""

from datetime import date

import pytest
import sqlalchemy as sa

from app.access.permissions import Role
from app.booking.models import DutySlot, Leave, Room, RoomClosure
from tests.booking.conftest import Centre
from tests.factories import make_account, make_organisation

ROOM = {"name": "第三调解室", "kind": "mediation_room", "capacity": "8", "opens_at": "8:30", "closes_at": "18:00"}
PAGES = ["/duty", "/settings/rooms", "/calendar"]


@pytest.fixture
def coordinator(centre: Centre, db, fake_now):
    """A coordinator of the centre, on Monday 9 June 2025."""
    account = make_account(Role.COORDINATOR, organisation=centre.office, name="周敏")
    db.session.commit()
    fake_now("2025-06-09T09:00+08:00")
    return account


@pytest.mark.parametrize("page", [*PAGES, "/settings/rooms/new", "/duty?date=nonsense", "/calendar?date=2025-02-30"])
def test_pages_when_the_coordinator_opens_them_answer(client_of, coordinator, page) -> None:
    assert client_of(coordinator).get(page).status_code == 200


@pytest.mark.parametrize(
    ("role", "page", "status"),
    [
        (Role.MEDIATOR, "/duty", 200),
        (Role.MEDIATOR, "/settings/rooms", 200),
        (Role.MEDIATOR, "/settings/rooms/new", 403),
        (Role.ADMINISTRATOR, "/duty", 403),
        (Role.ADMINISTRATOR, "/calendar", 403),
        (Role.AUDITOR, "/calendar", 403),
        (Role.AUDITOR, "/calendar/mine", 200),
    ],
)
def test_pages_when_another_role_opens_them_are_cut(client_of, centre, db, role, page, status) -> None:
    account = make_account(role, organisation=centre.office)
    db.session.commit()
    assert client_of(account).get(page).status_code == status


@pytest.mark.parametrize("page", PAGES)
def test_pages_when_nobody_is_logged_in_ask_for_it(client, centre, page) -> None:
    assert client.get(page).headers["Location"].endswith("/login")


@pytest.mark.parametrize("url", ["/duty", "/duty/leave", "/settings/rooms/new"])
def test_posts_when_a_mediator_sends_them_are_refused(client_of, centre, db, url) -> None:
    account = make_account(Role.MEDIATOR, organisation=centre.office)
    db.session.commit()
    assert client_of(account).post(url, data={"name": "x"}).status_code == 403


def test_rooms_when_created_changed_and_shut_are_kept(client_of, coordinator, db) -> None:
    client = client_of(coordinator)
    assert client.post("/settings/rooms/new", data=ROOM).status_code == 302
    assert client.post("/settings/rooms/new", data=ROOM).status_code == 422
    db.session.rollback()
    room = db.session.scalars(sa.select(Room).filter_by(name="第三调解室")).one()
    url = f"/settings/rooms/{room.public_id}"
    assert client.get(url).status_code == 200
    stale = {**ROOM, "version": str(room.version + 3)}
    assert client.post(url, data=stale).status_code == 409
    changed = client.post(url, data={**ROOM, "capacity": "10", "equipment": ["tablet", "recording"]})
    assert changed.status_code == 302
    shut = {"starts_on": "6.12", "starts_at": "8:30", "ends_on": "6.12", "ends_at": "12:00", "reason": "检修"}
    assert client.post(f"{url}/closures", data={**shut, "ends_at": "8:00"}).status_code == 422
    assert client.post(f"{url}/closures", data=shut).status_code == 302
    db.session.rollback()
    db.session.expire_all()
    assert (room.capacity, room.equipment_words) == (10, ["recording", "tablet"])
    closure = db.session.scalars(sa.select(RoomClosure)).one()
    assert client.post(f"{url}/closures/{closure.public_id}/remove").status_code == 302
    db.session.rollback()
    assert db.session.scalars(sa.select(RoomClosure)).all() == []


@pytest.mark.parametrize(
    "values",
    [
        {"capacity": "0"},
        {"capacity": "很多"},
        {"kind": "ballroom"},
        {"opens_at": "19:00"},
        {"name": ""},
        {"opens_at": "25:00"},
    ],
)
def test_rooms_when_typed_wrong_are_refused_with_what_was_typed(client_of, coordinator, values) -> None:
    answer = client_of(coordinator).post("/settings/rooms/new", data={**ROOM, **values})
    assert answer.status_code == 422
    assert 'value="18:00"' in answer.get_data(as_text=True)


def slots_of(db, account) -> list[tuple[date, str]]:
    db.session.rollback()
    rows = db.session.scalars(sa.select(DutySlot).filter_by(account_id=account.id).order_by(DutySlot.day))
    return [(row.day, row.half.value) for row in rows if row.day > date(2025, 6, 13)]


def test_duty_when_added_leaves_days_off_out_unless_ticked(client_of, coordinator, centre, db) -> None:
    client = client_of(coordinator)
    wanted = {"account": centre.shi.public_id, "first": "2025-06-13", "last": "2025-06-16", "half": ["morning"]}
    assert client.post("/duty", data=wanted).status_code == 302
    assert slots_of(db, centre.shi) == [(date(2025, 6, 16), "morning")]
    assert client.post("/duty", data={**wanted, "days_off": "1"}).status_code == 302
    assert len(slots_of(db, centre.shi)) == 3
    slot = db.session.scalars(sa.select(DutySlot).filter_by(day=date(2025, 6, 16))).one()
    assert client.post(f"/duty/{slot.public_id}/remove").status_code == 302
    assert len(slots_of(db, centre.shi)) == 2


@pytest.mark.parametrize(
    "values",
    [
        {"account": "nobody"},
        {"half": []},
        {"last": "2025-06-01"},
        {"last": "2026-06-01"},
        {"first": "2025-06-14", "last": "2025-06-15"},
    ],
)
def test_duty_when_typed_wrong_is_refused(client_of, coordinator, centre, values) -> None:
    wanted = {"account": centre.shi.public_id, "first": "2025-06-10", "last": "", "half": ["morning"]}
    assert client_of(coordinator).post("/duty", data={**wanted, **values}).status_code == 422


def test_leave_when_entered_and_struck_out_comes_and_goes(client_of, coordinator, centre, db) -> None:
    client = client_of(coordinator)
    wanted = {"leave_account": centre.shi.public_id, "leave_first": "2025-06-12", "leave_last": ""}
    assert client.post("/duty/leave", data=wanted).status_code == 302
    assert "请假" in client.get("/duty").get_data(as_text=True)
    db.session.rollback()
    leave = db.session.scalars(sa.select(Leave)).one()
    assert (leave.starts_on, leave.ends_on) == (date(2025, 6, 12), date(2025, 6, 12))
    assert client.post(f"/duty/leave/{leave.public_id}/remove").status_code == 302
    assert client.post("/duty/leave", data={**wanted, "leave_last": "2025-06-01"}).status_code == 422


def test_rooms_and_duty_when_of_another_area_are_not_reached(client_of, centre, db) -> None:
    far = make_account(Role.COORDINATOR, organisation=make_organisation("外区信访办"))
    db.session.commit()
    slot = db.session.scalars(sa.select(DutySlot)).first()
    client = client_of(far)
    assert "第一调解室" not in client.get("/settings/rooms").get_data(as_text=True)
    assert "石明轩" not in client.get("/duty?date=2025-06-09").get_data(as_text=True)
    assert client.get(f"/settings/rooms/{centre.rooms[0].public_id}").status_code == 404
    assert client.post(f"/duty/{slot.public_id}/remove").status_code == 404
