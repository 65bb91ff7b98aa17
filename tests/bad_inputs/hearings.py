"""B085, B102, B142, B215, B234, B235 and the bad inputs of hearings by their rule: from the panel to the opinion."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.access.permissions import Role
from app.extensions import db
from app.hearings.actions.announcing import NewObserver, register_observer, withdraw_announcement
from app.hearings.actions.closing import close_minutes
from app.hearings.actions.panel import appoint_chair
from app.hearings.models import Hearing, HearingAnnouncement, HearingParty, MinutesTurn, Observer
from app.hearings.queries.hearings import list_clocks_of
from app.hearings.rules.words import HearingStatus, LiveStage, Vote
from app.law import citizen_id
from app.people.models import Account
from app.web.transaction import transaction
from tests.bad_inputs.case import LOG, Listing
from tests.bad_inputs.house import House
from tests.factories import log_in, make_account, make_professional
from tests.hearings import desk
from tests.hearings.convening import SERVED_ON, announce, duty_for, schedule
from tests.hearings.hall import Hall, approved_hearing, at
from tests.hearings.sat import JUNE_11, TEXT, open_vote, procedure_of, recheck_hearing, sit, vote

LIST = Listing()
HALL: dict[str, Any] = {"setting": "hall"}
DESK: dict[str, Any] = {**HALL, "by": "coordinator"}
FACTS = "听证室漏水，要换一天"
NAMED = "郑桂兰请求增加补偿"
OBSERVER_ID, OTHER_ID = (stem + citizen_id.check_character(stem) for stem in ("99010119800101001", "99010119800101003"))


def newest(house: House, model: Any) -> Any:
    """The row of that table that was written last."""
    with house.app.app_context():
        return db.session.scalars(db.select(model).order_by(model.id.desc()).limit(1)).one()


def url(house: House, page: str) -> str:
    """A page of the newest hearing."""
    return f"/hearings/{newest(house, Hearing).public_id}/{page}"


def the_hearing() -> Hearing:
    """The newest hearing, in the session of the preparation."""
    return db.session.scalars(db.select(Hearing).order_by(Hearing.id.desc()).limit(1)).one()


@contextmanager
def hall_of(house: House) -> Iterator[Hall]:
    """The hall within a session of its own; papers are left to the worker."""
    with house.app.app_context(), desk.files_left_to_the_worker():
        rows = {name: row for name, row in vars(house.hall).items() if name != "pool"}
        fresh = {name: db.session.get_one(type(row), row.id) for name, row in rows.items()}
        pool = {name: db.session.get_one(Account, row.id) for name, row in house.hall.pool.items()}
        yield replace(house.hall, **fresh, pool=pool)


def ids(house: House, *names: str) -> list[str]:
    """The keys of people of the pool."""
    return [house.hall.pool[name].public_id for name in names]


# --- who sits ---------------------------------------------------------------------------------------------------------


def is_decided(house: House) -> None:
    """The hearing is decided, nobody sits yet."""
    with hall_of(house) as hall, transaction():
        approved_hearing(hall, with_panel=False)


def has_panel(house: House) -> None:
    """The hearing is decided, its panel sits."""
    with hall_of(house) as hall, transaction():
        approved_hearing(hall)


def chair_records_too(house: House) -> None:
    """The chair is a recorder by office as well."""
    is_decided(house)
    with hall_of(house) as hall, transaction():
        both = make_professional(Role.HEARING_CHAIR, Role.RECORDER, organisation=hall.office, name="毕建国")
        appoint_chair(the_hearing(), both, by=hall.head, now=at(date(2025, 5, 26)))
        house.found["both"] = both.public_id


@LIST.sends("INV-09", "an even panel", given=is_decided, says="单数", keeps="checked", **DESK)
def send_even_panel(house: House, client: FlaskClient) -> TestResponse:
    return client.post(url(house, "panel"), data={"panelist": ids(house, "万春生", "康秀兰", "邱正源", "范玉梅")})


@LIST.sends("INV-11", "the same person twice", given=is_decided, says="一个人占了两个位置", keeps="checked", **DESK)
def send_twice(house: House, client: FlaskClient) -> list[TestResponse]:
    three = ids(house, "万春生", "康秀兰", "邱正源")
    forms: list[dict[str, list[str]]] = [
        {"panelist": three, "alternate": three[:1]},
        {"panelist": [*three, three[0], three[1]]},
    ]
    return [client.post(url(house, "panel"), data=form) for form in forms]


@LIST.sends("INV-11", "a chair who records too", given=chair_records_too, says="各是各的人", **DESK)
def send_chair_as_recorder(house: House, client: FlaskClient) -> TestResponse:
    return client.post(url(house, "panel/recorder"), data={"recorder": house.found["both"]})


@LIST.sends("INV-09", "people who are not in the pool", given=is_decided, says="不能选", **DESK)
def send_outsiders(house: House, client: FlaskClient) -> list[TestResponse]:
    panel = [*ids(house, "万春生", "康秀兰"), house.hall.unit_clerk.public_id]
    return [client.post(url(house, "panel"), data={"panelist": [*panel[:2], who]}) for who in (panel[2], "x" * 22)]


@LIST.sends("INV-09", "a draw that cannot come out", given=is_decided, says="请", **DESK)
def send_odd_draws(house: House, client: FlaskClient) -> list[TestResponse]:
    draws = (
        {"size": "4"},
        {"size": "99"},
        {"size": "3", "alternates": "15"},
        {"size": "3", "least_lawyer": "3"},
        {"size": "９9x"},
    )
    return [client.post(url(house, "panel/draw"), data=draw) for draw in draws]


# --- when it is held --------------------------------------------------------------------------------------------------


def all_on_duty(house: House) -> None:
    """The panel sits and is on duty."""
    has_panel(house)
    with hall_of(house) as hall:
        duty_for(hall)


def is_noticed(house: House) -> None:
    """Notice was given for 11 June, nobody was served."""
    all_on_duty(house)
    with hall_of(house) as hall:
        schedule(the_hearing(), hall)
    house.go_on_at("2025-05-28T10:00+08:00")


def plan(house: House, day: str, **values: str) -> dict[str, str]:
    """A day, typed, in the hearing room."""
    room = house.hall.room.public_id
    return {"room": room, "day": day, "at": "09:00", "minutes": "150", "served_on": "2025-05-28", **values}


@LIST.sends("INV-14", "a notice that is too short", given=all_on_duty, status=409, says="最早 6月10日", **DESK)
def send_short_notice(house: House, client: FlaskClient) -> TestResponse:
    return client.post(url(house, "schedule"), data=plan(house, "2025-06-06"))


@LIST.sends("B085", "a hearing of yesterday, of another age", given=all_on_duty, status=(409, 422), **DESK)
def send_other_ages(house: House, client: FlaskClient) -> list[TestResponse]:
    room = house.hall.room.public_id
    lit = [{**plan(house, ""), "place": f"{room} 09:00 {day}"} for day in ("0001-01-01", "9999-12-31", "x", "")]
    typed = [plan(house, day) for day in ("2025-05-26", "2028-06-12", "2199-12-31", "1900-01-01")]
    return [client.post(url(house, "schedule"), data=form) for form in (*lit, *typed)]


@LIST.sends("B085", "lengths that are no lengths", given=all_on_duty, status=(409, 422), **DESK)
def send_odd_lengths(house: House, client: FlaskClient) -> list[TestResponse]:
    lengths = ("0", "0100" + "9" * 5000, "010099999999", "100000", "-1", "")
    return [client.post(url(house, "schedule"), data=plan(house, "2025-06-11", minutes=each)) for each in lengths]


@LIST.sends("B085", "a page that is asked for another age", given=all_on_duty, status=200, **DESK)
def send_odd_pages(house: House, client: FlaskClient) -> list[TestResponse]:
    asked = ("day=2199-12-31", "served_on=2199-12-31", "minutes=010099999999", "minutes=0100" + "9" * 1000, "day=x")
    return [client.get(url(house, f"schedule?{each}")) for each in asked]


@LIST.sends("B102", "a move to a day too near", given=is_noticed, status=409, says="最早", keeps=FACTS, **DESK)
def send_near_move(house: House, client: FlaskClient) -> TestResponse:
    why = {"ground": "room_or_people", "facts": FACTS, "happened_on": "2025-05-28"}
    return client.post(url(house, "move"), data={**plan(house, "2025-06-05"), **why})


def is_the_day(house: House) -> None:
    """Everybody came, but nobody was served."""
    is_noticed(house)
    house.go_on_at("2025-06-11T08:55+08:00")
    with hall_of(house) as hall:
        minutes = desk.call_roll(the_hearing(), hall)
        desk.let_all_come(minutes, hall)


@LIST.sends("INV-14", "a hearing before its service", by="recorder", given=is_the_day, says="还没有送达", **HALL)
def send_opening(house: House, client: FlaskClient) -> TestResponse:
    return client.post(url(house, "live/open"))


@LIST.sends("INV-15", "a hearing on another day", by="recorder", given=is_noticed, says="还没到日子", **HALL)
def send_early_roll_call(house: House, client: FlaskClient) -> TestResponse:
    return client.post(url(house, "live/roll-call"))


# --- notices and their service ----------------------------------------------------------------------------------------


def two_are_noticed(house: House) -> None:
    """Another hearing stands beside this one."""
    is_noticed(house)
    other = the_public_id(house)
    has_panel(house)
    house.found |= {"noticed": other, "party": newest(house, HearingParty).public_id}


def the_public_id(house: House) -> str:
    """Of the newest hearing."""
    public_id: str = newest(house, Hearing).public_id
    return public_id


@LIST.sends("R-DOC-H13", "the party of another hearing", given=two_are_noticed, status=404, **DESK)
def send_party_of_another(house: House, client: FlaskClient) -> list[TestResponse]:
    here = f"/hearings/{house.found['noticed']}"
    waiver = {"signed_on": "2025-05-28", "held_on": "2025-06-05", "starts_at": "9:00", "served_on": "2025-05-28"}
    return [
        client.post(f"{here}/waivers/{house.found['party']}", data=waiver),
        client.post(f"{here}/services/{house.found['party']}", data={"mode": "in_person"}),
        client.post(f"{here}/recusals/{house.found['party']}/ruling", data={"decision": "granted", "reason": "是"}),
    ]


def has_stranger(house: House) -> None:
    """A coordinator of another office."""
    is_noticed(house)
    with house.app.app_context(), transaction():
        house.found["stranger"] = make_account(Role.COORDINATOR, name="别家")


@LIST.sends("INV-32", "a hearing of another office", given=has_stranger, status=404, may_change=LOG, **HALL)
def send_to_other_office(house: House, client: FlaskClient) -> list[TestResponse]:
    log_in(client, house.found["stranger"])
    pages = ("panel", "panel/draw", "schedule", "move", "change", "announcement", "recusals", "withdrawal", "close")
    return [client.post(url(house, page), data={"facts": FACTS}) for page in pages]


# --- announcement and observers ---------------------------------------------------------------------------------------


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


# --- the sitting ------------------------------------------------------------------------------------------------------


def is_sitting(house: House) -> None:
    """The sitting is open, in its second stage."""
    has_panel(house)
    house.go_on_at("2025-06-11T09:20+08:00")
    with hall_of(house) as hall:
        minutes = desk.sit_down(the_hearing(), hall)
        house.found["mark"] = minutes.stage_mark
        desk.settle_duties(minutes, hall)
        desk.go_to(minutes, LiveStage.STATEMENT, hall)


LIVE: dict[str, Any] = {**HALL, "by": "recorder", "given": is_sitting}


@LIST.sends("R-HEAR-20", "a step from an older stage", status=409, says="旧的一步", **LIVE)
def send_stale_step(house: House, client: FlaskClient) -> TestResponse:
    form = {"stage": "response", "stage_mark": str(house.found["mark"]), "reason": "接着走"}
    return client.post(url(house, "live/stage"), data=form)


@LIST.sends("R-HEAR-20", "a stage that is left out without a reason", says="还没有", **LIVE)
def send_silent_skip(house: House, client: FlaskClient) -> list[TestResponse]:
    mark = str(house.found["mark"] + 1)
    steps = ("response", "final_statement", "deliberation", "read_back")
    return [client.post(url(house, "live/stage"), data={"stage": step, "stage_mark": mark}) for step in steps]


@LIST.sends("R-HEAR-25", "words of somebody who is not there", says="请", keeps="没有到场的人说的话", **LIVE)
def send_words_of_nobody(house: House, client: FlaskClient) -> list[TestResponse]:
    turn = {"client_id": "a" * 32, "text": "没有到场的人说的话", "kind": "statement"}
    return [client.post(url(house, "live/turns"), data={**turn, "speaker": who}) for who in ("x", "", "seat-" * 99)]


def is_closed(house: House) -> None:
    """The minutes are closed."""
    with hall_of(house) as hall:
        with transaction():
            recheck_hearing(hall)
        minutes = sit(the_hearing(), hall)
        with transaction():
            close_minutes(
                minutes,
                procedure=procedure_of(minutes.hearing),
                by=hall.recorder.as_actor(),
                now=at(JUNE_11, 12),
            )
    house.go_on_at("2025-06-11T14:00+08:00")


@LIST.sends("INV-18", "an edit of closed minutes", by="recorder", given=is_closed, says="已经定稿", **HALL)
def send_edit_of_closed(house: House, client: FlaskClient) -> list[TestResponse]:
    turn = {"client_id": "a" * 32, "text": "改过的话", "speaker": "room"}
    return [
        client.post(url(house, "live/turns"), data=turn),
        client.post(url(house, f"live/turns/{newest(house, MinutesTurn).public_id}"), data=turn),
        client.post(url(house, "live/exhibits"), data={"client_id": "b" * 32, "title": "收据", "presented_by": "x"}),
        client.post(url(house, "minutes/close")),
    ]


def withdrew(house: House) -> None:
    """The hearing is over, its history stays, nobody waits for it."""
    with house.app.app_context():
        row = the_hearing()
        assert row.status is HearingStatus.WITHDRAWN
        assert not row.is_open
        assert row.minutes is not None
        assert not any(clock.is_open for clock in list_clocks_of(row))


@LIST.sends("B215", "an application taken back while they sit", given=is_sitting, status=302, may_change=None,
            then=withdrew, **DESK)  # fmt: skip
def send_withdrawal(house: House, client: FlaskClient) -> TestResponse:
    return client.post(url(house, "withdrawal"), data={"facts": "不听了"})


# --- the outcome ------------------------------------------------------------------------------------------------------


def one_vote_is_missing(house: House) -> None:
    """Four of five voted."""
    with hall_of(house) as hall:
        with transaction():
            recheck_hearing(hall)
        hearing = the_hearing()
        sit(hearing, hall)
        with transaction():
            open_vote(hearing, hall)
        for name in ("万春生", "康秀兰", "宋雨晴", "邱正源"):
            vote(hearing, hall.pool[name], Vote.AGREE, "这是秘密的理由")
    house.go_on_at("2025-06-12T09:00+08:00")


VOTING: dict[str, Any] = {**HALL, "by": "chair", "given": one_vote_is_missing}


@LIST.sends("INV-19", "an opinion with a vote missing", says="没有投票", hides="这是秘密的理由", **VOTING)
def send_early_opinion(house: House, client: FlaskClient) -> list[TestResponse]:
    return [client.post(url(house, "opinion"), data=vars(TEXT)), client.post(url(house, "opinion/issue"))]


@LIST.sends("INV-19", "a vote of somebody without one", status=403, **VOTING)
def send_vote_of_chair(house: House, client: FlaskClient) -> TestResponse:
    return client.post(url(house, "deliberation/vote"), data={"vote": "agree", "reason": "我也同意"})


@LIST.sends("B142", "an end before the opinion", given=one_vote_is_missing, status=(404, 409, 422), **DESK)
def send_early_end(house: House, client: FlaskClient) -> list[TestResponse]:
    return [client.post(url(house, page)) for page in ("close", "opinion/seal", "opinion/publish", "opinion/withdraw")]
