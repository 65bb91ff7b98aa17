"""The pages of centres, limits and shared load: what they set, who may open them, what they refuse."""

import pytest
import sqlalchemy as sa

from app.access.permissions import Role
from app.booking.actions import reserve
from app.booking.models import AreaLimit, CentreWay, PersonLoad, PersonService, Room
from app.booking.rules.words import RoomKind
from app.web.transaction import transaction
from tests.booking.conftest import NOW, Centre
from tests.factories import make_account, make_organisation


@pytest.fixture
def station(centre: Centre, db):
    """A street station below the district's office, with a room."""
    street = make_organisation("江湾街道综治中心", parent=centre.office)
    db.session.add(Room(organisation_id=street.id, name="街道调解室", kind=RoomKind.MEDIATION_ROOM, capacity=6))
    db.session.commit()
    return street


@pytest.fixture
def browser(centre: Centre, db, client_of, fake_now):
    """A coordinator of the centre, on Monday 9 June 2025."""
    account = make_account(Role.COORDINATOR, organisation=centre.office, name="周敏")
    db.session.commit()
    fake_now("2025-06-09T09:00+08:00")
    return client_of(account)


def test_set_service_when_filled_is_kept_shown_and_counted_from_then_on(browser, centre, station, db) -> None:
    with transaction():
        reserve(centre.need(), centre.plan(9), by=centre.clerk, now=NOW)
    url = f"/settings/centres/people/{centre.shi.public_id}"
    form = {"centres": [centre.office.public_id], "home": centre.office.public_id, "max_day": "1", "max_week": ""}
    assert browser.post(url, data=form).headers["Location"].endswith("/settings/centres")
    row = db.session.scalar(sa.select(PersonService))
    assert (row.centre_ids, row.home_id, row.max_day, row.max_week) == ([centre.office.id], centre.office.id, 1, None)
    assert sum(load.sessions for load in db.session.scalars(sa.select(PersonLoad))) == 4
    page = browser.get("/calendar/people?month=2025-06").get_data(as_text=True)
    assert "1 天排满" in page
    assert "石明轩" in page


def test_set_ways_and_limits_when_filled_are_kept_and_zero_takes_a_way_out(browser, centre, station, db) -> None:
    name = f"way-{centre.office.public_id}-{station.public_id}"
    assert browser.post("/settings/centres/ways", data={name: "30"}).status_code == 302
    assert db.session.scalar(sa.select(CentreWay.minutes)) == 30
    assert 'value="30"' in browser.get("/settings/centres").get_data(as_text=True)
    db.session.rollback()
    assert browser.post("/settings/centres/ways", data={name: "0"}).status_code == 302
    assert db.session.scalar(sa.select(CentreWay.minutes)) is None
    db.session.rollback()
    assert browser.post("/settings/centres/limits", data={"max_day": "4", "max_week": "15"}).status_code == 302
    assert db.session.scalar(sa.select(AreaLimit.max_week)) == 15


@pytest.mark.parametrize(
    ("path", "form", "text"),
    [
        ("/settings/centres/limits", {"max_day": "9", "max_week": "3"}, "每周最多的场数不能比每天的少"),
        ("/settings/centres/limits", {"max_day": "many"}, "每天最多"),
        ("/settings/centres/people/{shi}", {"centres": "{office}", "home": "{station}"}, "常驻站点要在服务的站点里"),
    ],
)
def test_posts_when_wrong_are_refused_with_what_was_typed(browser, centre, station, db, path, form, text) -> None:
    ids = {"shi": centre.shi.public_id, "office": centre.office.public_id, "station": station.public_id}
    answer = browser.post(path.format(**ids), data={name: value.format(**ids) for name, value in form.items()})
    assert answer.status_code == 422
    assert text in answer.get_data(as_text=True)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PersonService)) == 0


@pytest.mark.parametrize(("role", "status"), [(Role.MEDIATOR, 200), (Role.AUDITOR, 403), (Role.ADMINISTRATOR, 403)])
def test_pages_when_another_role_opens_them_show_the_load_only(client_of, centre, db, role, status) -> None:
    account = make_account(role, organisation=centre.office)
    other = make_account(Role.MEDIATOR, organisation=make_organisation("外区信访办"))
    db.session.commit()
    browser = client_of(account)
    assert browser.get("/calendar/people").status_code == status
    assert browser.get("/settings/centres").status_code == 403
    assert browser.post("/settings/centres/limits", data={"max_day": "1"}).status_code == 403
    coordinator = make_account(Role.COORDINATOR, organisation=centre.office)
    db.session.commit()
    assert client_of(coordinator).get(f"/settings/centres/people/{other.public_id}").status_code == 404
