"""The pages of planning: what they show, whom they refuse, and that one sees one's own proposals alone."""

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Role
from app.booking.models import BookedSession, Leave
from app.desk.planning.queries import get_run, list_runs
from app.mediation.models import MediationCase
from app.people.models import Account
from tests.desk.planning.conftest import Planner
from tests.factories import make_account
from tests.mediation.conftest import District

PAGES = ("/calendar/plans", "/calendar/replan")


@pytest.fixture
def zhou(client_of: Callable[[Account], FlaskClient], district: District, on_june_10: None) -> FlaskClient:
    """周敏, who coordinates."""
    return client_of(district.coordinator)


def wish_of(*cases: MediationCase, **values: str) -> dict[str, object]:
    keys = [f"case-{case.public_id}" for case in cases]
    return {"key": keys, "first": "2025-06-11", "weeks": "2", **values}


def test_backlog_page_plans_what_is_ticked_and_shows_the_diff(
    zhou: FlaskClient, planner: Planner, make_backlog, db: SQLAlchemy
) -> None:
    cases = make_backlog(3)
    assert "等时间的 3 场" in zhou.get("/calendar/plans").text
    answer = zhou.post("/calendar/plans", data=wish_of(*cases[:2], recorder="1"))
    assert answer.status_code == 302
    page = answer.headers["Location"]
    assert "在等后台空出手来" in zhou.get(page).text
    progress = zhou.get(f"{page}/progress", headers={"HX-Request": "true"})
    assert "HX-Refresh" not in progress.headers
    planner.work(page.rpartition("/")[2])
    assert zhou.get(f"{page}/progress", headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    shown = zhou.get(page).text
    assert "排得下 2 场，排不下 0 场" in shown
    assert "原定的人都在" in shown
    assert "基尼系数" in shown
    assert db.session.query(BookedSession).count() == 0
    version = get_run(page.rpartition("/")[2]).version
    refused = zhou.post(f"{page}/accept", data={"version": str(version)})
    assert refused.status_code == 422
    assert (shown.count(" checked>"), refused.text.count(" checked>")) == (2, 0)
    assert zhou.post(f"{page}/accept", data={"version": "0", "all": "1"}).status_code == 409
    assert zhou.post(f"{page}/accept", data={"version": str(version), "all": "1"}).status_code == 302
    planner.work(page.rpartition("/")[2])
    assert "已落实 2 场" in zhou.get(page).text


def test_impossible_one_is_named_with_its_reason_and_what_would_help(
    zhou: FlaskClient, planner: Planner, make_backlog, db: SQLAlchemy, district: District
) -> None:
    case = make_backlog(1)[0]
    account = case.active_mediators[0]
    db.session.add(Leave(account_id=account.id, starts_on=date(2025, 6, 11), ends_on=date(2025, 6, 30)))
    db.session.commit()
    public_id = planner.ask(weeks=1)
    page = zhou.get(f"/calendar/plans/{public_id}").text
    assert "排得下 0 场，排不下 1 场" in page
    assert "调解员石明轩在能排的日子里不值班或请假" in page
    assert "给办的人加一班，或销假（最早 6月11日）" in page


def test_plan_when_stopped_before_it_began_says_so(
    zhou: FlaskClient, planner: Planner, make_backlog, district: District, db: SQLAlchemy
) -> None:
    page = zhou.post("/calendar/plans", data=wish_of(*make_backlog(1))).headers["Location"]
    assert zhou.post(f"{page}/stop").status_code == 302
    assert "已停下，没有写下建议" in zhou.get(page).text
    assert "已停下" in zhou.get("/calendar/plans").text
    assert len(list_runs(district.coordinator.id)) == 1


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"key": []}, "还没有选要排的"),
        ({"first": "2025-06-01"}, "已经过去"),
        ({"weeks": "99"}, "排几周"),
    ],
)
def test_asking_when_something_is_wrong_is_refused_on_the_page(
    zhou: FlaskClient, make_backlog, values: dict[str, object], message: str
) -> None:
    answer = zhou.post("/calendar/plans", data={**wish_of(*make_backlog(1)), **values})
    assert answer.status_code == 422
    assert message in answer.text


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"event": "person", "first": "2025-06-11"}, "谁不在"),
        ({"event": "room", "starts_on": "2025-06-11", "starts_at": "09:00"}, "哪一间"),
        ({"event": "person", "first": "2025-06-01", "last": "2025-06-02"}, "不能早于"),
    ],
)
def test_event_when_something_is_wrong_is_refused_on_the_page(
    zhou: FlaskClient, district: District, values: dict[str, str], message: str
) -> None:
    person = district.shi.public_id if "last" in values else ""
    answer = zhou.post("/calendar/replan", data={**values, "person": person})
    assert answer.status_code == 422
    assert message in answer.text


def test_replan_page_enters_leave_and_leads_to_the_proposal(
    zhou: FlaskClient, planner: Planner, district: District, db: SQLAlchemy
) -> None:
    assert "不符值班的" in zhou.get("/calendar/replan").text
    form = {"event": "person", "person": district.shi.public_id, "first": "2025-06-11", "last": "2025-06-12"}
    page = zhou.post("/calendar/replan", data=form).headers["Location"]
    planner.work(page.rpartition("/")[2])
    assert "没有要改的场次，照原来的办" in zhou.get(page).text
    assert db.session.query(Leave).one().account_id == district.shi.id


def test_plans_of_others_and_pages_for_other_roles_are_refused(
    zhou: FlaskClient, planner: Planner, make_backlog, client_of, district: District, db: SQLAlchemy
) -> None:
    make_backlog(1)
    public_id = planner.ask()
    for role, status in ((Role.COORDINATOR, 404), (Role.MEDIATOR, 403), (Role.RECEPTIONIST, 403)):
        account = make_account(role, organisation=district.office)
        db.session.commit()
        other = client_of(account)
        assert other.get(f"/calendar/plans/{public_id}").status_code == status
        assert other.post(f"/calendar/plans/{public_id}/accept", data={"all": "1"}).status_code == status
        for page in PAGES:
            assert (other.get(page).status_code == 403) == (status == 403)
