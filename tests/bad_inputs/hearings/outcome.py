"""B142 and the bad inputs after the sitting: votes, the opinion, the end."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.hearings.rules.words import Vote
from app.web.transaction import transaction
from tests.bad_inputs.case import Listing
from tests.bad_inputs.hearings.hall import DESK, HALL, hall_of, the_hearing, url
from tests.bad_inputs.house import House
from tests.hearings.sat import TEXT, open_vote, recheck_hearing, sit, vote

LIST = Listing()


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
