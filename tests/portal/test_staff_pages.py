"""The desk hands out links and slips, takes them back, and sees what waits."""

import json
import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Role
from app.notices.actions import queue_message, send_outbox
from app.notices.models import AccessLink, OutboxMessage
from app.notices.rules import Factor, LinkState, MessageKind, MessageStatus
from app.portal.queries import count_waiting
from app.web.transaction import transaction
from tests.agreements.helpers import at
from tests.factories import make_account, make_organisation
from tests.portal.helpers import PHONE, House, let_in, link_for, look_again, text_of

VARIABLES = {"centre": "滨澜区矛调中心", "when": "7月2日上午9点", "where": "第一调解室", "phone": "0990-555-0123"}


@pytest.fixture
def clerk(house: House, client_of: Callable[..., FlaskClient]) -> FlaskClient:
    return client_of(house.world.coordinator)


def access(house: House, act: str = "") -> str:
    return f"/matters/{house.matter.public_id}/access{act and '/' + act}"


def test_staff_pages_keep_the_name_of_ones_own_centre(
    db: SQLAlchemy, house: House, client_of: Callable[..., FlaskClient]
) -> None:
    with transaction():
        elsewhere = make_organisation(centre_name="别区矛调中心", contact_phone="0991-5550000")
        account = make_account(Role.COORDINATOR, organisation=elsewhere)
    page = client_of(account).get("/messages").get_data(as_text=True)
    assert "滨澜区矛调中心" not in page


def test_page_shows_who_has_a_link_and_masks_the_phone(clerk: FlaskClient, house: House) -> None:
    page = clerk.get(access(house))
    text = text_of(page)
    assert "尤晓琴 138****5026 还没有给" in text
    assert PHONE not in page.get_data(as_text=True)
    assert "以前的链接就不能用了" in text


def test_link_by_message_leaves_through_the_gateway_and_opens(
    app: Flask, db: SQLAlchemy, clerk: FlaskClient, house: House
) -> None:
    answer = clerk.post(access(house, "send"), data={"party": house.own.public_id}, follow_redirects=True)
    assert "发到 138****5026" in text_of(answer)
    look_again()
    message = db.session.scalar(sa.select(OutboxMessage))
    assert send_outbox(at("2025-07-01")) == 1
    file = app.config["SETTINGS"].data_dir / "gateway" / f"{message.message_id}.json"
    body = json.loads(file.read_text())
    file.unlink()
    assert body["to"] == PHONE
    assert "漏水" not in body["text"]
    assert "尤" not in body["text"]
    assert len(body["text"]) <= 70
    path = re.search(r"详情 http://[^/]+(/p/[\w-]{22})$", body["text"])[1]
    visitor = app.test_client()
    assert visitor.post(path, data={"code": PHONE[-4:]}).status_code == 302
    assert "可以打开 凭手机后四位，到 2025年7月31日" in text_of(clerk.get(access(house)))


def test_without_mobile_a_message_is_refused_and_the_desk_code_offered(clerk: FlaskClient, house: House) -> None:
    with transaction():
        house.other.phone = "0990-5550000"
    answer = clerk.post(access(house, "send"), data={"party": house.other.public_id})
    assert answer.status_code == 422
    assert "请点“当面给”" in text_of(answer)


def test_slip_is_shown_once_printed_and_opens_with_its_code(
    app: Flask, db: SQLAlchemy, clerk: FlaskClient, house: House
) -> None:
    page = clerk.post(access(house, "desk"), data={"party": house.own.public_id}).get_data(as_text=True)
    look_again()
    link = db.session.scalar(sa.select(AccessLink))
    token = re.search(r'name="token" value="([\w-]{22})"', page)[1]
    code = re.search(r'name="desk_code" value="([0-9]{6})"', page)[1]
    assert link.factor is Factor.DESK_CODE
    assert "data:image/svg+xml;base64," in page
    slip = clerk.post(access(house, "slip"), data={"link": link.public_id, "token": token, "desk_code": code})
    assert slip.data.startswith(b"%PDF")
    forged = clerk.post(access(house, "slip"), data={"link": link.public_id, "token": token, "desk_code": "000000"})
    assert forged.status_code == 422
    assert code not in clerk.get(access(house)).get_data(as_text=True)
    visitor = app.test_client()
    assert "6 位码" in text_of(visitor.get(f"/p/{token}"))
    assert visitor.post(f"/p/{token}", data={"code": code}).status_code == 302


def test_handing_over_twice_by_a_double_click_makes_one_link(db: SQLAlchemy, clerk: FlaskClient, house: House) -> None:
    form = {"party": house.own.public_id, "idempotency_key": "double-click-0001"}
    first, second = (clerk.post(access(house, "desk"), data=form) for _ in range(2))
    assert "打印凭条" in text_of(first)
    assert second.status_code == 409
    assert "刚才已经交过" in text_of(second)
    assert clerk.get(access(house, "desk")).location.endswith("/access")
    look_again()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AccessLink)) == 1


def test_link_taken_back_at_the_desk_is_gone(app: Flask, db: SQLAlchemy, clerk: FlaskClient, house: House) -> None:
    issued = link_for(house.own)
    visitor = let_in(app, issued)
    answer = clerk.post(access(house, "revoke"), data={"link": issued.link.public_id}, follow_redirects=True)
    assert "链接已收回" in text_of(answer)
    look_again()
    assert db.session.scalar(sa.select(AccessLink.state)) is LinkState.REVOKED
    assert visitor.get("/p/progress").status_code == 302


def test_party_or_link_of_another_matter_is_not_found(clerk: FlaskClient, house: House) -> None:
    assert clerk.post(access(house, "desk"), data={"party": "x" * 22}).status_code == 404
    assert clerk.post(access(house, "revoke"), data={"link": "x" * 22}).status_code == 404
    assert clerk.post(access(house, "slip"), data={"link": "x" * 22}).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.RECEPTIONIST, 200),
        (Role.COORDINATOR, 200),
        (Role.LEADER, 403),
        (Role.LAWYER, 404),
        (Role.HANDLING_UNIT_CLERK, 404),
        (Role.ADMINISTRATOR, 404),
        (Role.AUDITOR, 404),
    ],
)
def test_only_those_who_work_on_the_matter_hand_out_links(
    house: House, client_of: Callable[..., FlaskClient], role: Role, status: int
) -> None:
    with transaction():
        account = make_account(role, organisation=house.world.office)
    client = client_of(account)
    assert client.get(access(house)).status_code == status
    if status != 200:
        for act in ("send", "desk", "slip", "revoke"):
            assert client.post(access(house, act), data={"party": house.own.public_id}).status_code == status


def test_other_office_sees_neither_page_nor_what_waits(house: House, client_of: Callable[..., FlaskClient]) -> None:
    with transaction():
        stranger = make_account(Role.COORDINATOR, organisation=make_organisation())
        untold(house)
    client = client_of(stranger)
    assert client.get(access(house)).status_code == 404
    assert house.matter.number not in text_of(client.get("/messages"))


def untold(house: House, key: str = "meeting:1:party:1") -> OutboxMessage:
    return queue_message(
        MessageKind.MEETING_BOOKED,
        to="",
        variables={
            "centre": "滨澜区矛调中心",
            "when": "7月2日上午9点",
            "where": "第一调解室",
            "phone": "0990-555-0123",
        },
        business_key=key,
        matter_id=house.matter.id,
        party_id=house.other.id,
        by=None,
        now=at("2025-07-01"),
    )


def test_message_14_names_who_must_be_told_and_lets_it_be_noted(
    db: SQLAlchemy, clerk: FlaskClient, house: House
) -> None:
    with transaction():
        message = untold(house)
        untold(house, "meeting:2:party:1")
    assert count_waiting(house.world.coordinator.as_actor()) == 2
    text = text_of(clerk.get("/messages"))
    assert "2 人没有手机，请当面或电话告知。" in text
    assert "请7月2日上午9点到第一调解室参加调解" in text
    assert clerk.post(f"/messages/{message.public_id}/told").status_code == 302
    assert clerk.post(f"/messages/{message.public_id}/told").status_code == 422
    look_again()
    assert count_waiting(house.world.coordinator.as_actor()) == 1


def test_message_that_was_given_up_can_be_sent_again(db: SQLAlchemy, clerk: FlaskClient, house: House) -> None:
    with transaction():
        message = untold(house)
        message.recipient, message.status, message.attempts = PHONE, MessageStatus.DEAD, 5
    page = clerk.get("/messages")
    assert "网关没有收，试了 5 次" in text_of(page)
    assert PHONE not in page.get_data(as_text=True)
    assert clerk.post(f"/messages/{message.public_id}/retry").status_code == 302
    look_again()
    row = db.session.scalar(sa.select(OutboxMessage))
    assert (row.status, row.attempts) == (MessageStatus.QUEUED, 0)


@pytest.mark.parametrize("act", ["retry", "told"])
def test_message_of_a_hidden_matter_is_not_found(house: House, client_of: Callable[..., FlaskClient], act: str) -> None:
    with transaction():
        message = untold(house)
        stranger = make_account(Role.COORDINATOR, organisation=make_organisation())
    assert client_of(stranger).post(f"/messages/{message.public_id}/{act}").status_code == 404
    assert client_of(stranger).post(f"/messages/{'x' * 22}/{act}").status_code == 404
