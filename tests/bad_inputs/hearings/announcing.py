"""B234, B235 and the bad inputs about the announcement and its observers."""

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.hearings.actions.announcing import NewObserver, register_observer, withdraw_announcement
from app.hearings.models import HearingAnnouncement, Observer
from app.law import citizen_id
from app.web.transaction import transaction
from tests.bad_inputs.case import Listing
from tests.bad_inputs.hearings.hall import DESK, HALL, hall_of, is_noticed, newest, the_hearing, the_public_id, url
from tests.bad_inputs.house import House
from tests.hearings.convening import SERVED_ON, announce
from tests.hearings.hall import at

LIST = Listing()
NAMED = "郑桂兰请求增加补偿"
OBSERVER_ID, OTHER_ID = (stem + citizen_id.check_character(stem) for stem in ("99010119800101001", "99010119800101003"))


def is_announced(house: House) -> None:
    """The announcement is up, one seat is taken."""
    is_noticed(house)
    with hall_of(house) as hall:
        row = announce(the_hearing(), hall)
        with transaction():
            register_observer(row, NewObserver("张三丰", OBSERVER_ID), now=at(SERVED_ON, 10))


def is_withdrawn(house: House) -> None:
    """The announcement came down."""
    is_announced(house)
    with hall_of(house) as hall, transaction():
        withdraw_announcement(the_hearing().announcement, by=hall.clerk, now=at(SERVED_ON, 11))  # type: ignore[arg-type]


@LIST.sends("INV-34", "an announcement that names a person", given=is_noticed, says="姓名", keeps=NAMED, **DESK)
def send_named_announcement(house: House, client: FlaskClient) -> TestResponse:
    form = {"masked_subject": NAMED, "seats": "16", "until_day": "2025-06-09", "until_time": "17:30"}
    masked = {**form, "masked_subject": "郑某某请求增加补偿", "access": NAMED, "register_how": NAMED}
    ways = (
        form,
        {**form, "masked_subject": NAMED, "access": "郑　桂 兰 家门口有坡道"},
        {**masked, "register_how": ""},
        {**masked, "access": ""},
    )
    return [client.post(url(house, "announcement"), data=way) for way in ways]


@LIST.sends("R-HEAR-16", "an observer with another's card", given=is_announced, says="不是同一个人", **DESK)
def send_other_card(house: House, client: FlaskClient) -> TestResponse:
    door = url(house, f"observers/{newest(house, Observer).public_id}")
    return client.post(door, data={"shown_id_number": OTHER_ID})


@LIST.sends(
    "R-HEAR-16",
    "a second seat on one card",
    given=is_announced,
    says="已经登记过一个席位",
    keeps="李四光",
    hides="张三丰",
    **HALL,
)
def send_second_seat(house: House, client: FlaskClient) -> TestResponse:
    page = f"/notices/{newest(house, HearingAnnouncement).public_id}/seat"
    return client.post(page, data={"name": "李四光", "id_number": OBSERVER_ID})


@LIST.sends("B234", "an announcement that is not public", given=is_withdrawn, status=404, hides="郑某某", **HALL)
def send_for_withdrawn(house: House, client: FlaskClient) -> list[TestResponse]:
    down = newest(house, HearingAnnouncement).public_id
    answers = [client.get(f"/notices/{each}") for each in (down, "x" * 22, the_public_id(house))]
    assert len({answer.get_data(as_text=True).partition("<main")[2] for answer in answers}) == 1
    return answers


@LIST.sends("B235", "a name on the public list", given=is_announced, status=200, hides="郑桂兰", **HALL)
def send_name_to_public_list(house: House, client: FlaskClient) -> list[TestResponse]:
    return [client.get("/notices", query_string=query) for query in ({"q": "郑桂兰"}, {"q": "万春生", "after": "x"})]
