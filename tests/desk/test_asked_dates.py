"""Dates in addresses of calendar, duty and planning that nobody can mean: told what is wrong, never a fault."""

import pytest

from app.access.permissions import Role
from app.web.transaction import transaction
from tests.factories import make_account, make_organisation
from tests.mediation.conftest import accept, case, district, make_dispute  # noqa: F401

UNREAD = ["0001-01-01", "9999-12-31", "9999-12", "2025-13", "2025-02-30", "明天", "2025-06-11 25:00"]
FAR = ["1900-01-01", "2199-12-31"]
NO_MONTH = ["0001-01", "9999-12", "2025-13", "2025-00", "1999-12", "2100-01"]
"""Such as have the shape of a month."""
OF_A_DAY = {
    "/calendar": "今天",
    "/calendar?view=week": "今天",
    "/calendar?view=month": "今天",
    "/calendar?group=people": "今天",
    "/calendar/mine": "今天起的四周",
    "/calendar/people/{person}": "今天起的四周",
    "/calendar/place/case-{case}": "今天",
    "/calendar/place/case-{case}?view=month": "今天",
    "/duty": "本周",
}
NO_DAY = ["/calendar/data", "/calendar/place/case-{case}/data", "/calendar/place/case-{case}/answer"]
"""Parts of a page: they show the day that the page shows, or say nothing."""
NO_DATE = ["/calendar/basket", "/calendar/plans", "/calendar/replan", "/duty/mine", "/duty/requests", "/duty/posts"]


@pytest.fixture
def address(case, district):  # noqa: F811
    """`address("/calendar/people/{person}", date="…")`: with the ids of this test."""

    def write(page: str, **values: str) -> dict[str, object]:
        path, _, query = page.format(person=district.fang.public_id, case=case.public_id).partition("?")
        return {"path": path, "query_string": {**dict(part.split("=") for part in query.split("&") if part), **values}}

    return write


@pytest.fixture
def zhou(client_of, district, fake_now):  # noqa: F811
    """周敏, who coordinates, on 10 June 2025."""
    fake_now("2025-06-10T10:00+08:00")
    return client_of(district.coordinator)


def test_a_day_that_cannot_be_read_is_named_and_a_sane_one_is_shown(zhou, address) -> None:
    for page, shown in OF_A_DAY.items():
        for typed in UNREAD:
            answer = zhou.get(**address(page, date=typed))
            assert answer.status_code == 200, (page, typed)
            assert f"下面先列出{shown}。" in answer.text, (page, typed)
            assert f"“{typed}”" in answer.text, (page, typed)


def test_a_day_that_is_empty_or_far_away_is_shown_without_complaint(zhou, address) -> None:
    for page in OF_A_DAY:
        for typed in ["", *FAR, "2025-06-11"]:
            answer = zhou.get(**address(page, date=typed), follow_redirects=True)
            assert answer.status_code == 200, (page, typed)
            assert "下面先列出" not in answer.text, (page, typed)


def test_parts_of_a_page_and_pages_without_a_date_answer_whatever_stands_there(zhou, address) -> None:
    for page in [*NO_DAY, *NO_DATE]:
        for typed in ["", *UNREAD, *FAR]:
            assert zhou.get(**address(page, date=typed, month=typed)).status_code == 200, (page, typed)


def test_a_month_of_shared_load_that_does_not_exist_is_named_and_this_one_is_shown(zhou) -> None:
    for typed in [*UNREAD, *NO_MONTH, "2025-06-11"]:
        answer = zhou.get("/calendar/people", query_string={"month": typed})
        assert answer.status_code == 200, typed
        assert f"没有“{typed}”这个月份。请从值班表里选一个月，或写成 2025-07 这样。下面先列出本月。" in answer.text
        assert "2025 年 6 月各人场次" in answer.text
    for typed in ["", "2000-01", "2025-06", "2099-12"]:
        answer = zhou.get("/calendar/people", query_string={"month": typed})
        assert answer.status_code == 200, typed
        assert "下面先列出" not in answer.text


def test_a_month_of_duty_that_does_not_exist_is_refused_with_what_to_do_and_the_way_back(zhou) -> None:
    for month in NO_MONTH:
        for page in (f"/duty/{month}", f"/duty/{month}/publish"):
            answer = zhou.get(page)
            assert answer.status_code == 422, page
            assert f"没有“{month}”这个月份。请从值班表里选一个月" in answer.text
            assert 'href="/duty"' in answer.text
    for month in ("2000-01", "2099-12"):
        assert zhou.get(f"/duty/{month}").status_code == 200


def test_a_month_of_duty_with_a_cell_of_no_day_is_shown_whole(zhou) -> None:
    for typed in [*UNREAD, *FAR]:
        answer = zhou.get("/duty/2025-07", query_string={"day": typed})
        assert answer.status_code == 200, typed
        assert "下面先列出整个月。" in answer.text, typed
    for typed in ("", "2025-07-03"):
        assert "下面先列出" not in zhou.get("/duty/2025-07", query_string={"day": typed}).text


def test_who_may_not_plan_meets_no_fault_either(client_of, db, fake_now) -> None:
    fake_now("2025-06-10T10:00+08:00")
    with transaction():
        mediator = make_account(Role.MEDIATOR, organisation=make_organisation())
    client = client_of(mediator)
    for typed in ["", *UNREAD, *FAR]:
        assert client.get("/calendar/mine", query_string={"date": typed}).status_code == 200
        assert client.get("/duty/2025-07", query_string={"day": typed}).status_code == 200
