"""B215 and the bad inputs while the panel sits, from the roll call to the closed minutes."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.hearings.actions.closing import close_minutes
from app.hearings.models import MinutesTurn
from app.hearings.queries.hearings import list_clocks_of
from app.hearings.rules.words import HearingStatus, LiveStage
from app.web.transaction import transaction
from tests.bad_inputs.case import Listing
from tests.bad_inputs.hearings.hall import DESK, HALL, hall_of, has_panel, is_noticed, newest, the_hearing, url
from tests.bad_inputs.house import House
from tests.hearings import desk
from tests.hearings.hall import at
from tests.hearings.sat import JUNE_11, procedure_of, recheck_hearing, sit

LIST = Listing()


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
