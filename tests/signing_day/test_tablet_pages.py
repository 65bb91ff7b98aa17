"""A desk's tablet as a browser: what it may see and do, what ends it, and that nothing is signed twice or elsewhere."""

from datetime import timedelta
from threading import Barrier, Thread
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from app.agreements import actions as agreements
from app.audit.models import AuditEvent
from app.collective.queries.batch import find_link
from app.collective.rules import HeirPart
from app.law import clock
from app.signing_day.actions.calling import call_next
from app.signing_day.actions.planning import close_day
from app.signing_day.actions.tablet import open_pairing, unpair_tablet
from app.signing_day.actions.tablet_signing import compare_identity, take_new_text
from app.signing_day.models import SigningDesk, SigningTicket
from app.signing_day.queries.tablet import digest_of_token
from app.signing_day.rules import Phase, TicketState
from app.signing_day.rules.tablet import Ask
from app.web.transaction import transaction
from tests.collective import settling
from tests.collective.settling import Wanted, frozen_settlement, print_all
from tests.signing_day.sitting import Tablet, count_signatures, pair
from tests.signing_day.staging import Hall, make_hall

SMALL = Wanted(seven_years=2, six_years=1)
OLD_PAGE = "这一页是前一位的"


@pytest.fixture
def hall(db, fake_now) -> Hall:
    hall = make_hall(fake_now, SMALL)
    hall.arrive(0, 1, 2)
    return hall


@pytest.fixture
def tablet(app, hall) -> Tablet:
    return pair(hall, app.test_client())


def test_sitting_from_the_code_to_the_receipt_signs_once(hall, tablet, db) -> None:
    assert "一号桌" in tablet.look()
    with transaction():
        ticket = call_next(tablet.desk, by=hall.by, now=clock.now())
    name, number = ticket.claimant.party.name, ticket.link.agreement.number
    waiting, before = tablet.look(), tablet.key()
    assert name not in waiting, "INV-25: nothing of the person before his document was compared"
    assert number not in waiting
    with transaction():
        compare_identity(ticket, "id_card", by=hall.by, now=clock.now())
    assert tablet.key() != before
    page = tablet.look()
    assert all(words in page for words in (name, number, "谁和谁的协议", "这是说明，以下面正文为准", "已读到第 1 段"))
    assert tablet.send("pad").status_code == 409
    assert tablet.send("read", page=3).status_code == 409
    assert tablet.sign().status_code == 409
    assert tablet.send("read", page=2, is_aloud="1").status_code == 302
    assert tablet.send("read", page=1, is_large="1").status_code == 302
    assert (tablet.ticket.reading_page, tablet.ticket.is_large_type, tablet.ticket.is_read_aloud) == (1, True, True)
    tablet.read_all()
    ticket = tablet.ticket
    assert (ticket.phase, ticket.read_ended_at is not None) == (Phase.SIGNING, True)
    assert f'data-keep-as="{ticket.public_id} party-2 {ticket.shown_sha256}"' in tablet.look()
    once_more = tablet.sign(is_sure="")
    assert "再看一眼您的签名" in once_more.get_data(as_text=True)
    assert count_signatures() == 0
    assert [tablet.sign().status_code, tablet.sign().status_code] == [302, 302]
    assert count_signatures() == 1
    assert tablet.ticket.phase is Phase.RECEIPT
    receipt = tablet.look()
    assert all(words in receipt for words in ("您签好了", number, "生效还差", "委员会盖章（还没有）", "收钱"))
    tablet.finish()
    assert name not in tablet.look()
    acts = list(db.session.scalars(sa.select(AuditEvent.act).order_by(AuditEvent.seq)))
    assert [act for act in acts if act in ("signing_day.pair", "signing_day.sign", "signing_day.finish")] == [
        "signing_day.pair",
        "signing_day.sign",
        "signing_day.finish",
    ]


def test_tablet_when_not_or_no_longer_paired_gets_nothing(app, hall, tablet, db) -> None:
    ticket = tablet.seat()
    name = ticket.claimant.party.name
    stranger = app.test_client()
    cookie = tablet.client.get_cookie("tablet_desk", path="/tablet")
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site, cookie.path) == (True, "Strict", "/tablet")
    assert cookie.value not in repr([row.device_digest for row in hall.desks()])
    other = pair(hall, app.test_client(), 1)
    replaced_by = pair(hall, app.test_client(), 0)
    assert name in replaced_by.look()
    assert name not in other.look()
    with transaction():
        unpair_tablet(hall.desks()[1], by=hall.by, now=clock.now())
    for gone in (stranger, tablet.client, other.client):
        assert gone.get("/tablet/now").status_code == 404
        shown = gone.get("/tablet").get_data(as_text=True)
        assert "把这台平板接到一张桌子" in shown
        assert name not in shown
        for act in ("read", "pad", "ask", "sign", "new-text"):
            assert gone.post(f"/tablet/{act}", data={"ticket": ticket.public_id}).status_code == 403
    assert replaced_by.client.get("/desk").status_code == 302, "the pairing is no log-in"
    with transaction():
        db.session.execute(sa.update(SigningTicket).values(state=TicketState.NO_SHOW, desk_id=None, phase=None))
        close_day(hall.day, by=hall.by, now=clock.now())
    assert replaced_by.client.get("/tablet/now").status_code == 404


def test_ticket_of_another_desk_or_of_before_is_never_signed(app, hall, tablet) -> None:
    second = pair(hall, app.test_client(), 1)
    mine, theirs = tablet.seat(), second.seat()
    tablet.read_all()
    second.read_all()
    foreign = tablet.sign(ticket=theirs.public_id, shown_sha256=theirs.shown_sha256)
    assert foreign.status_code == 409
    assert OLD_PAGE in foreign.get_data(as_text=True)
    assert theirs.claimant.party.name not in foreign.get_data(as_text=True)
    assert tablet.sign(shown_sha256="0" * 64).status_code == 409
    assert count_signatures() == 0
    tablet.sign()
    tablet.finish()
    tablet.seat()
    tablet.read_all()
    late = tablet.sign(ticket=mine.public_id, shown_sha256=mine.shown_sha256)
    assert late.status_code == 409
    assert OLD_PAGE in late.get_data(as_text=True)
    assert count_signatures() == 1


@pytest.mark.parametrize("is_made", [True, False], ids=["new-text", "none-yet"])
def test_inv_24_text_when_replaced_while_it_is_read_is_not_signed(hall, tablet, db, is_made: bool) -> None:
    tablet.seat()
    tablet.read_all()
    old = tablet.ticket.link.agreement
    if is_made:
        fresh = frozen_settlement(hall.world, "04-09", payment_term="滨澜东方纺机有限公司支付{姓名}安置费和补助")
        print_all(hall.world, fresh)
    else:
        with transaction():
            agreements.void_agreement(old, "金额算错了，要改", by=hall.by, now=clock.now())
    assert "协议刚刚换了文本" in tablet.look()
    refused = tablet.sign()
    assert refused.status_code == 409
    assert "接下来给您看新的一版" in refused.get_data(as_text=True)
    assert count_signatures() == 0
    assert tablet.send("new-text").status_code == 302
    if not is_made:
        db.session.rollback()
        assert hall.tickets()[0].state is TicketState.WAITING
        assert tablet.key().endswith("waiting")
        fresh = frozen_settlement(hall.world, "04-09")
        print_all(hall.world, fresh)
        ticket = tablet.seat()
        assert ticket.link.agreement_id == find_link(fresh, ticket.claimant).agreement_id != old.id
        return
    ticket = tablet.ticket
    assert ticket.link.agreement_id == find_link(fresh, ticket.claimant).agreement_id != old.id
    assert (ticket.phase, ticket.reading_page) == (Phase.READING, 1)
    tablet.read_all()
    assert tablet.sign().status_code == 302
    assert (count_signatures(), tablet.ticket.phase) == (1, Phase.RECEIPT)
    ticket = tablet.ticket
    with transaction():
        assert take_new_text(ticket, by=hall.by, now=clock.now())
    assert tablet.ticket.phase is Phase.RECEIPT


def test_person_when_he_calls_the_clerk_is_seen_and_goes_on(app, hall, tablet, client_of) -> None:
    tablet.seat()
    before = tablet.key()
    assert tablet.send("ask", ask="nonsense").status_code == 422
    assert tablet.send("ask", ask="not_today").status_code == 302
    assert tablet.key() != before
    assert "签不签由您定，可以先回家商量" in tablet.look()
    clerk = client_of(hall.world.clerk)
    page = f"/signing-days/desks/{tablet.desk.public_id}"
    assert "说今天不签" in clerk.get(page).get_data(as_text=True)
    ticket = tablet.ticket
    assert ticket.asked is Ask.NOT_TODAY
    assert clerk.post(f"{page}/answered", data={"ticket": "x" * 22}).status_code == 409
    assert clerk.post(f"{page}/answered", data={"ticket": ticket.public_id}).status_code == 302
    assert tablet.key() == before


def test_code_opens_once_for_ten_minutes_and_guessing_is_stopped(app, hall, db, fake_now) -> None:
    with transaction():
        code = open_pairing(hall.desks()[0], by=hall.by, now=clock.now())
    assert code not in repr(db.session.execute(sa.select(SigningDesk.__table__)).all())
    assert code in app.test_client().get(f"/tablet/pair/{code}").get_data(as_text=True)
    first, second = app.test_client(), app.test_client()
    assert first.post("/tablet/pair", data={"code": f"{code[:4]} {code[4:]}"}).status_code == 302
    assert second.post("/tablet/pair", data={"code": code}).status_code == 422
    with transaction():
        code = open_pairing(hall.desks()[0], by=hall.by, now=clock.now())
    fake_now("2025-04-10T09:11+08:00")
    assert second.post("/tablet/pair", data={"code": code}).status_code == 422
    answers = [second.post("/tablet/pair", data={"code": f"{guess:08}"}).status_code for guess in range(20)]
    assert answers[-1] == 429
    assert first.get("/tablet/now").status_code == 200


def test_tablet_that_asks_is_seen_and_no_form_of_the_clerk_is_refused_for_it(hall, tablet, fake_now, db) -> None:
    version = tablet.desk.version
    fake_now("2025-04-10T09:00:30+08:00")
    tablet.client.get("/tablet/now")
    db.session.rollback()
    desk = tablet.desk
    assert desk.last_seen_at == clock.now()
    assert desk.version == version
    fake_now("2025-04-10T09:00:35+08:00")
    tablet.client.get("/tablet/now")
    db.session.rollback()
    assert tablet.desk.last_seen_at == clock.now() - timedelta(seconds=5)
    token = tablet.client.get_cookie("tablet_desk", path="/tablet").value
    assert desk.device_digest == digest_of_token(token)


def test_signature_when_sent_by_two_requests_at_once_is_one(app, hall, tablet) -> None:
    ticket = tablet.seat()
    tablet.read_all()
    token = tablet.client.get_cookie("tablet_desk", path="/tablet").value
    barrier, answers = Barrier(2), []
    shown = tablet.ticket.shown_sha256

    def send() -> None:
        client = app.test_client()
        client.set_cookie("tablet_desk", token, path="/tablet")
        barrier.wait(timeout=10)
        answers.append(Tablet(client, hall, 0).sign_as(ticket.public_id, shown).status_code)

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert answers == [302, 302]
    assert count_signatures() == 1


def test_desk_page_leads_the_clerk_and_is_closed_to_others(hall, tablet, client_of) -> None:
    page = f"/signing-days/desks/{tablet.desk.public_id}"
    clerk, coordinator = client_of(hall.world.clerk), client_of(hall.world.stage.coordinator)
    assert "叫下一个号" in clerk.get(page).get_data(as_text=True)
    assert clerk.post(f"{page}/call", data={"page": "desk"}).location == page
    again = clerk.post(f"{page}/call", data={"page": "desk"})
    assert (again.status_code, "核对了哪种证件" in again.get_data(as_text=True)) == (409, True)
    ticket = {"ticket": tablet.ticket.public_id}
    assert "核对过了，让平板显示协议" in clerk.get(page).get_data(as_text=True)
    assert coordinator.post(f"{page}/identity", data={**ticket, "document": "id_card"}).status_code == 403
    assert clerk.post(f"{page}/identity", data=ticket).status_code == 422
    assert clerk.post(f"{page}/identity", data={**ticket, "document": "id_card"}).status_code == 302
    fragment = clerk.get(f"{page}/now?key=old")
    assert fragment.headers["HX-Refresh"] == "true"
    assert "第 1 段" in fragment.get_data(as_text=True)
    assert clerk.post(f"{page}/receipt", data=ticket).status_code == 409
    assert clerk.post(f"{page}/finish", data=ticket).status_code == 409
    tablet.read_all()
    tablet.sign()
    assert "回执给了，办完" in clerk.get(page).get_data(as_text=True)
    assert clerk.post(f"{page}/finish", data=ticket).status_code == 302
    shown = clerk.post(f"{page}/pairing").get_data(as_text=True)
    assert "data:image/svg+xml;base64," in shown
    assert clerk.get(f"{page}/pairing").status_code == 302
    assert clerk.post(f"{page}/unpair").status_code == 302


def test_r_link_12_heirs_who_sign_in_person_are_compared_read_and_sign_one_after_the_other(
    app, db, fake_now, client_of, monkeypatch
) -> None:
    both_sign = SimpleNamespace(DISPUTES=HeirPart.DISPUTES, SIGNS=HeirPart.SIGNS, AUTHORISES=HeirPart.SIGNS)
    monkeypatch.setattr(settling, "HeirPart", both_sign)
    hall = make_hall(fake_now, Wanted(seven_years=3, six_years=0, heirs=1))
    hall.arrive(2)
    tablet = pair(hall, app.test_client())
    page = f"/signing-days/desks/{tablet.desk.public_id}"
    clerk = client_of(hall.world.clerk)
    clerk.post(f"{page}/call", data={"page": "desk"})
    on_file = clerk.get(page).get_data(as_text=True)
    assert "卷里的材料" in on_file
    assert "的亲属关系证明" in on_file
    compared = {"ticket": tablet.ticket.public_id, "document": "heir"}
    for signed in (1, 2):
        assert tablet.key().endswith("waiting"), "the next heir's document is not compared yet"
        assert clerk.post(f"{page}/identity", data=compared).status_code == 302
        tablet.read_all()
        assert tablet.sign().status_code == 302
        assert count_signatures() == signed
    assert tablet.ticket.phase is Phase.RECEIPT
    assert clerk.post(f"{page}/finish", data=compared).status_code == 302
