"""The way in: link and second factor, few tries, no difference between wrong, old and dead."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Role
from app.audit.models import AuditEvent
from app.matters.models import Party
from app.matters.rules import MatterKind
from app.notices.actions import issue_access_link, revoke_access_link
from app.notices.actions.links import GLOBAL_LIMIT, GLOBAL_SCOPE, NETWORK_LIMIT
from app.notices.models import AccessLink, PortalSession
from app.notices.queries import digest_of_secret
from app.notices.rules import Factor, LinkState
from app.web.limits import note_failure
from app.web.transaction import transaction
from tests.agreements.helpers import at
from tests.factories import make_account, make_matter, make_party
from tests.portal.helpers import DIGITS, House, let_in, link_for, look_again, path_of, text_of


def page_of(client: FlaskClient, path: str, code: str | None = None) -> tuple[int, str]:
    answer = client.get(path) if code is None else client.post(path, data={"code": code})
    return answer.status_code, text_of(answer)


def stored(db: SQLAlchemy, link: AccessLink) -> AccessLink:
    look_again()
    return db.session.get_one(AccessLink, link.id, populate_existing=True)


@pytest.mark.parametrize("prefix", ["/p/", "/p/enter/"])
def test_link_opens_with_the_last_four_digits(app: Flask, house: House, prefix: str) -> None:
    issued = link_for(house.own)
    client = app.test_client()
    assert "手机号的后四位" in text_of(client.get(prefix + issued.token))
    answer = client.post(prefix + issued.token, data={"code": f" {DIGITS}\n"})
    assert answer.location.endswith("/p/progress")
    assert "尤*" in text_of(client.get("/p/progress"))


def test_only_digests_are_kept(db: SQLAlchemy, house: House) -> None:
    issued = link_for(house.own)
    assert len(issued.token) == 22
    assert issued.url.endswith(f"/p/{issued.token}")
    row = str(db.session.execute(sa.text("select * from access_link")).all())
    assert issued.token not in row
    assert DIGITS not in row
    assert stored(db, issued.link).token_digest == digest_of_secret(issued.token)


def test_cookie_is_strict_and_for_the_petitioners_path_alone(app: Flask, house: House) -> None:
    answer = app.test_client().post(path_of(link_for(house.own)), data={"code": DIGITS})
    (cookie,) = (line for line in answer.headers.getlist("Set-Cookie") if line.startswith("portal_visit="))
    assert {"HttpOnly", "Path=/p", "SameSite=Strict"} <= set(cookie.split("; "))


def test_b039_a_petitioners_cookie_opens_no_staff_page_and_the_reverse(
    app: Flask, house: House, client_of: Callable[..., FlaskClient]
) -> None:
    visitor = let_in(app, link_for(house.own))
    assert "/login" in visitor.get(f"/matters/{house.matter.public_id}/access").location
    assert "/login" in visitor.get("/messages").location
    staff = client_of(house.world.coordinator)
    assert staff.get("/p/progress").location.endswith("/p/enter")
    value = visitor.get_cookie("portal_visit", path="/p").value
    staff.set_cookie("session", value)
    assert "/login" in staff.get("/messages").location


@pytest.mark.parametrize("change", ["", ".", "x", "swapped"])
def test_b221_any_other_token_gives_the_same_page(app: Flask, house: House, change: str) -> None:
    issued = link_for(house.own)
    other = {"": "A" * 22, "swapped": issued.token.swapcase()}.get(change, issued.token + change)
    client = app.test_client()
    nothing = page_of(client, "/p/" + "Z" * 22)
    assert nothing[0] == 404
    assert page_of(client, f"/p/{other}") == nothing
    assert page_of(client, f"/p/{other}", DIGITS) == nothing


def test_b222_no_referrer_leaves_and_nothing_is_stored(app: Flask, house: House) -> None:
    answer = app.test_client().get(path_of(link_for(house.own)))
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "http" not in answer.get_data(as_text=True).replace("http-equiv", "")


def test_b223_looking_twenty_times_does_not_use_the_link_up(app: Flask, db: SQLAlchemy, house: House) -> None:
    issued = link_for(house.own)
    before = db.session.scalar(sa.select(sa.func.count()).select_from(AuditEvent))
    for method in ("GET", "HEAD") * 10:
        answer = app.test_client().open(path_of(issued), method=method)
        assert answer.status_code == 200
        assert "尤晓琴" not in answer.get_data(as_text=True)
    link = stored(db, issued.link)
    assert (link.tries, link.state, link.last_opened_at) == (0, LinkState.ACTIVE, None)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AuditEvent)) == before
    let_in(app, issued)


def test_b224_five_wrong_codes_kill_the_link_even_for_the_right_one(
    app: Flask, db: SQLAlchemy, house: House, client_of: Callable[..., FlaskClient]
) -> None:
    issued = link_for(house.own)
    client = app.test_client()
    for left in (4, 3, 2, 1):
        status, text = page_of(client, path_of(issued), "0000")
        assert status == 422
        assert f"还可以试 {left} 次" in text
    assert page_of(client, path_of(issued), "0000") == page_of(client, "/p/" + "Z" * 22)
    assert page_of(client, path_of(issued), DIGITS)[0] == 404
    assert stored(db, issued.link).state is LinkState.DEAD
    waiting = text_of(client_of(house.world.coordinator).get("/messages"))
    assert f"{house.matter.number} 尤晓琴" in waiting
    assert db.session.scalar(sa.select(sa.func.count()).where(AuditEvent.act == "access_link.dead")) == 1


def test_right_code_forgives_earlier_slips(app: Flask, db: SQLAlchemy, house: House) -> None:
    issued = link_for(house.own)
    for _ in range(4):
        app.test_client().post(path_of(issued), data={"code": "0000"})
    let_in(app, issued)
    assert stored(db, issued.link).tries == 0


def test_b225_wrong_codes_on_many_links_end_at_the_network_and_at_the_global_budget(
    app: Flask, db: SQLAlchemy, house: House
) -> None:
    issued = link_for(house.own)
    client = app.test_client()
    for _ in range(NETWORK_LIMIT):
        client.post("/p/" + "Z" * 22, data={"code": "0000"})
    refused = client.post(path_of(issued), data={"code": DIGITS})
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    with transaction():
        for _ in range(GLOBAL_LIMIT):
            note_failure(GLOBAL_SCOPE, "", window=timedelta(hours=1), now=at("2025-07-01"))
    assert client.post(path_of(issued), data={"code": DIGITS}, environ_base=elsewhere).status_code == 429


def test_unknown_tokens_do_not_use_up_everybodys_budget(app: Flask, house: House) -> None:
    client = app.test_client()
    for _ in range(NETWORK_LIMIT):
        client.post("/p/" + "Z" * 22, data={"code": "0000"})
    answer = client.post(
        path_of(link_for(house.own)), data={"code": DIGITS}, environ_base={"REMOTE_ADDR": "203.0.113.9"}
    )
    assert answer.status_code == 302


def test_b226_code_of_another_link_and_code_after_resending_are_refused(
    app: Flask, db: SQLAlchemy, house: House
) -> None:
    first, second = link_for(house.own, at_desk=True), link_for(house.other, at_desk=True)
    assert first.link.factor is Factor.DESK_CODE
    assert page_of(app.test_client(), path_of(second), first.desk_code)[0] == 422
    again = link_for(house.own, at_desk=True)
    assert stored(db, first.link).state is LinkState.REVOKED
    assert page_of(app.test_client(), path_of(first), first.desk_code)[0] == 404
    assert page_of(app.test_client(), path_of(again), first.desk_code)[0] == 422
    let_in(app, again, again.desk_code)


def test_b227_link_after_expiry_revocation_and_change_of_phone_is_none(
    app: Flask, db: SQLAlchemy, house: House, fake_now: Callable[[str], None]
) -> None:
    issued = link_for(house.own)
    visitor = let_in(app, issued)
    with transaction():
        db.session.get_one(Party, house.own.id).phone = "13800009999"
    assert page_of(app.test_client(), path_of(issued))[0] == 404
    assert visitor.get("/p/progress").location.endswith("/p/enter")
    fresh = link_for(db.session.get_one(Party, house.own.id))
    fake_now("2025-07-31T09:59+08:00")
    assert page_of(app.test_client(), path_of(fresh))[0] == 200
    fake_now("2025-07-31T10:00+08:00")
    assert page_of(app.test_client(), path_of(fresh), "9999")[0] == 404


def test_b227_taking_a_link_back_ends_the_visit(app: Flask, house: House) -> None:
    issued = link_for(house.own)
    visitor = let_in(app, issued)
    with transaction():
        revoke_access_link(issued.link, by=None, now=at("2025-07-01"))
    assert visitor.get("/p/progress").status_code == 302
    assert page_of(app.test_client(), path_of(issued), DIGITS)[0] == 404


def test_inv_02_the_accused_side_of_an_accusation_gets_no_way_in(
    app: Flask, house: House, client_of: Callable[..., FlaskClient]
) -> None:
    with transaction():
        clerk = make_account(Role.COORDINATOR, organisation=house.world.office)
        accusation = make_matter(house.world.office, clerk, kind=MatterKind.ACCUSATION)
        accused = make_party(accusation, house.other.side, "被举报人", phone="13800001111")
        issued = issue_access_link(
            party_id=accused.id,
            matter_id=accusation.id,
            name=accused.name,
            phone=accused.phone,
            by=None,
            now=at("2025-07-01"),
        )
    assert page_of(app.test_client(), path_of(issued))[0] == 404
    assert page_of(app.test_client(), path_of(issued), "1111")[0] == 404


def test_visit_ends_after_half_an_hour_of_rest(
    app: Flask, db: SQLAlchemy, house: House, fake_now: Callable[[str], None]
) -> None:
    visitor = let_in(app, link_for(house.own))
    fake_now("2025-07-01T10:29+08:00")
    assert visitor.get("/p/progress").status_code == 200
    fake_now("2025-07-01T10:58+08:00")
    assert visitor.get("/p/progress").status_code == 200, "the visitor was seen at 10:29"
    fake_now("2025-07-01T11:29+08:00")
    assert visitor.get("/p/progress").location.endswith("/p/enter")


def test_leaving_ends_the_visit_on_the_server(app: Flask, db: SQLAlchemy, house: House) -> None:
    visitor = let_in(app, link_for(house.own))
    value = visitor.get_cookie("portal_visit", path="/p").value
    answer = visitor.post("/p/leave")
    assert "storage" in answer.headers["Clear-Site-Data"]
    visitor.set_cookie("portal_visit", value, path="/p")
    assert visitor.get("/p/progress").location.endswith("/p/enter")
    look_again()
    assert db.session.scalar(sa.select(PortalSession.ended_at)) is not None


def test_forged_cookie_is_no_visit(app: Flask, house: House) -> None:
    let_in(app, link_for(house.own))
    stranger = app.test_client()
    stranger.set_cookie("portal_visit", "ImFiYyI.forged", path="/p")
    assert stranger.get("/p/progress").location.endswith("/p/enter")


def test_large_type_is_kept_on_the_device_and_leads_back(app: Flask, house: House) -> None:
    client = app.test_client()
    answer = client.post("/p/large-type", data={"large": "1", "next": "/verify?x=1"})
    assert answer.location == "/verify?x=1"
    assert 'class="ft-large"' in client.get("/verify").get_data(as_text=True)
    client.post("/p/large-type", data={"large": "0", "next": "/verify"})
    assert 'class="ft-large"' not in client.get("/verify").get_data(as_text=True)


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_b048_large_type_leads_nowhere_else(app: Flask, house: House, target: str) -> None:
    answer = app.test_client().post("/p/large-type", data={"large": "1", "next": target})
    assert answer.location.endswith("/p/enter")
