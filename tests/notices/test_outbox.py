"""The outbox: one message of one event leaves once, whatever breaks, and not after it was withdrawn."""

import json
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Actor, Role
from app.audit.models import AuditEvent
from app.errors import RuleViolation
from app.notices.actions import cancel_messages, mark_told, queue_message, retry_message, send_outbox
from app.notices.gateways import Envelope, GatewayRefused, HttpGateway, MailGateway
from app.notices.models import OutboxMessage
from app.notices.queries import list_due_ids, outbox_age_seconds
from app.notices.rules import LEASE, Channel, MessageKind, MessageStatus
from app.web import faults
from app.web.transaction import transaction
from tests.ports import take_port

MOBILE = "13800005021"
VARIABLES = {
    "centre": "滨澜区矛调中心",
    "name": "梁师傅",
    "when": "4月10日上午9点",
    "where": "第一调解室",
    "phone": "0990-555-0123",
}
CLERK = Actor(7, "周敏", frozenset({Role.COORDINATOR}), 1, (1,))
NOON = datetime(2025, 4, 9, 4, 0, tzinfo=UTC)


@pytest.fixture
def at_noon(fake_now: Any) -> Any:
    """The clock stands at noon; call with seconds to move it on."""

    def move(seconds: int = 0) -> datetime:
        moment = NOON + timedelta(seconds=seconds)
        fake_now(moment.isoformat())
        return moment

    move()
    return move


@pytest.fixture
def folder(app: Flask) -> Iterator[Path]:
    """The gateway's folder, empty before and after."""
    gateway = app.config["SETTINGS"].data_dir / "gateway"
    _empty(gateway)
    yield gateway
    _empty(gateway)


def _empty(folder: Path) -> None:
    for file in folder.glob("*") if folder.is_dir() else ():
        file.unlink()


def queue(key: str, to: str = MOBILE, **values: Any) -> OutboxMessage:
    with transaction():
        return queue_message(
            MessageKind.MEETING_BOOKED, to=to, variables=VARIABLES, business_key=key, by=CLERK, now=NOON, **values
        )


def fresh(message: OutboxMessage, db: SQLAlchemy) -> OutboxMessage:
    db.session.rollback()
    return db.session.get_one(OutboxMessage, message.id, populate_existing=True)


def test_message_is_sent_once_with_its_id_and_leaves_no_text_behind(db: SQLAlchemy, folder: Path, at_noon: Any) -> None:
    message = queue("meeting:1:party:1")
    assert send_outbox(NOON) == 1
    assert send_outbox(NOON) == 0
    (file,) = folder.glob("*")
    body = json.loads(file.read_text())
    assert file.name == f"{message.message_id}.json"
    assert body["message_id"] == message.message_id
    assert (body["to"], body["channel"], body["template"]) == (MOBILE, "sms", "meeting_booked")
    assert body["text"].startswith("【滨澜区矛调中心】梁师傅：请4月10日上午9点到第一调解室")
    row = fresh(message, db)
    assert (row.status, row.is_open, row.text) == (MessageStatus.SENT, False, "")
    acts = db.session.scalars(sa.select(AuditEvent.act).order_by(AuditEvent.seq)).all()
    assert acts == ["message.queue", "message.sent"]


def test_same_business_key_queues_once(db: SQLAlchemy) -> None:
    first, second = queue("meeting:1:party:1"), queue("meeting:1:party:1")
    assert first.id == second.id
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OutboxMessage)) == 1


def test_row_goes_back_with_the_act_it_belongs_to(db: SQLAlchemy) -> None:
    def queue_and_refuse() -> None:
        with transaction():
            queue_message(
                MessageKind.MEETING_BOOKED, to=MOBILE, variables=VARIABLES, business_key="x", by=CLERK, now=NOON
            )
            raise RuleViolation("不行")

    with pytest.raises(RuleViolation):
        queue_and_refuse()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OutboxMessage)) == 0


def test_number_and_text_lie_sealed(db: SQLAlchemy) -> None:
    queue("meeting:1:party:1")
    stored = str(db.session.execute(sa.text("select * from outbox_message")).all())
    assert MOBILE not in stored
    assert "梁师傅" not in stored


def test_eight_senders_hand_over_every_message_once(app: Flask, db: SQLAlchemy, folder: Path, at_noon: Any) -> None:
    for n in range(12):
        queue(f"meeting:{n}")

    def send(_: int) -> int:
        with app.app_context():
            return send_outbox(NOON)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(send, range(8))) == 12
    assert len(list(folder.glob("*.json"))) == 12
    assert set(db.session.scalars(sa.select(OutboxMessage.attempts))) == {1}


@pytest.mark.parametrize(
    "point", ["outbox.after_claim", "outbox.before_send", "outbox.after_send", "outbox.before_mark"]
)
def test_crash_at_any_point_neither_loses_nor_doubles_the_message(
    db: SQLAlchemy, folder: Path, at_noon: Any, point: str
) -> None:
    message = queue("meeting:1:party:1")
    faults.arm(f"{point}:error@1")
    with pytest.raises(faults.FaultInjected):
        send_outbox(NOON)
    assert fresh(message, db).status is MessageStatus.QUEUED
    assert send_outbox(NOON) == 0, "the lease of the one who crashed still runs"
    later = at_noon(int(LEASE.total_seconds()))
    assert send_outbox(later) == 1
    (file,) = folder.glob("*.json")
    assert file.name == f"{message.message_id}.json"
    assert fresh(message, db).status is MessageStatus.SENT


def test_message_of_the_night_waits_until_eight(db: SQLAlchemy, folder: Path, fake_now: Any) -> None:
    night = datetime.fromisoformat("2025-04-10T22:15+08:00")
    fake_now(night.isoformat())
    with transaction():
        message = queue_message(
            MessageKind.MEETING_BOOKED, to=MOBILE, variables=VARIABLES, business_key="n", by=None, now=night
        )
    assert message.not_before == datetime.fromisoformat("2025-04-11T08:00+08:00")
    assert send_outbox(night) == 0
    fake_now("2025-04-11T08:00+08:00")
    assert send_outbox(datetime.fromisoformat("2025-04-11T08:00+08:00")) == 1


@pytest.mark.parametrize("to", ["", "0990-5550123"])
def test_person_without_mobile_is_told_by_the_staff(db: SQLAlchemy, folder: Path, at_noon: Any, to: str) -> None:
    message = queue("meeting:1:party:2", to=to)
    assert (message.status, message.channel) == (MessageStatus.TO_TELL, Channel.LETTER)
    assert send_outbox(NOON) == 0
    with transaction():
        mark_told(fresh(message, db), by=CLERK, now=NOON)
    assert fresh(message, db).status is MessageStatus.TOLD
    with pytest.raises(RuleViolation), transaction():
        mark_told(fresh(message, db), by=CLERK, now=NOON)


def test_withdrawn_message_never_leaves(db: SQLAlchemy, folder: Path, at_noon: Any) -> None:
    queue("meeting:1:party:1")
    queue("meeting:1:party:2", to="")
    kept = queue("meeting:10:party:1")
    with transaction():
        assert cancel_messages("meeting:1:", by=CLERK, now=NOON) == 2
    assert send_outbox(NOON) == 1
    assert [file.stem for file in folder.glob("*.json")] == [kept.message_id]


def test_message_on_its_way_is_not_counted_as_withdrawn_but_not_tried_again(
    db: SQLAlchemy, folder: Path, at_noon: Any
) -> None:
    message = queue("meeting:1:party:1")
    faults.arm("outbox.after_claim:error@1")
    with pytest.raises(faults.FaultInjected):
        send_outbox(NOON)
    with transaction():
        assert cancel_messages("meeting:1:", by=CLERK, now=NOON) == 0
    assert send_outbox(at_noon(600)) == 0
    assert fresh(message, db).is_withdrawn
    assert not list(folder.glob("*.json"))


class Answers(BaseHTTPRequestHandler):
    """A gateway that answers what the test says and remembers what came."""

    statuses: list[int] = []
    received: list[dict[str, Any]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.received.append(body)
        self.send_response(self.statuses.pop(0) if self.statuses else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Stay silent."""


@pytest.fixture
def gateway() -> Iterator[str]:
    Answers.statuses, Answers.received = [], []
    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/notices"
    server.shutdown()
    thread.join()
    server.server_close()


def use(app: Flask, monkeypatch: pytest.MonkeyPatch, **changes: str) -> None:
    values = {**vars(app.config["SETTINGS"]), **changes}
    monkeypatch.setitem(app.config, "SETTINGS", type(app.config["SETTINGS"])(**values))


def test_gateway_that_fails_first_gets_the_same_id_again(
    app: Flask, db: SQLAlchemy, at_noon: Any, gateway: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(app, monkeypatch, notice_gateway=gateway)
    message = queue("meeting:1:party:1")
    Answers.statuses = [500, 409]
    assert send_outbox(NOON) == 0
    assert send_outbox(NOON) == 0, "not before the back-off is over"
    assert send_outbox(at_noon(61)) == 1
    assert [body["message_id"] for body in Answers.received] == [message.message_id] * 2
    assert set(Answers.received[0]) == {"message_id", "channel", "to", "template", "vars", "text", "not_before"}


def test_message_is_given_up_after_five_failures_and_can_be_tried_again(
    app: Flask, db: SQLAlchemy, at_noon: Any, gateway: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(app, monkeypatch, notice_gateway=gateway)
    message = queue("meeting:1:party:1")
    Answers.statuses = [503] * 5
    for hours in range(8):
        send_outbox(at_noon(hours * 3700))
    assert len(Answers.received) == 5
    row = fresh(message, db)
    assert (row.status, row.is_open, row.last_error) == (MessageStatus.DEAD, True, "HTTP 503")
    now = at_noon(8 * 3700)
    with transaction():
        retry_message(fresh(message, db), by=CLERK, now=now)
    assert send_outbox(now) == 1
    assert {body["message_id"] for body in Answers.received} == {message.message_id}


def test_gateway_that_is_away_or_points_elsewhere_did_not_take_it(gateway: str) -> None:
    envelope = Envelope(1, "a" * 64, Channel.SMS, MOBILE, "meeting_booked", {}, "话", NOON)
    Answers.statuses = [302]
    with pytest.raises(GatewayRefused):
        HttpGateway(gateway).deliver(envelope)
    with pytest.raises(GatewayRefused):
        HttpGateway("http://127.0.0.1:9/notices").deliver(envelope)


@pytest.mark.parametrize("answer", [b"", b"garbage\r\n\r\n", b"HTTP/1.1 2x0 OK\r\n\r\n"])
def test_p14_gateway_that_drops_the_connection_or_talks_nonsense_did_not_take_it(answer: bytes) -> None:
    envelope = Envelope(1, "a" * 64, Channel.SMS, MOBILE, "meeting_booked", {}, "话", NOON)
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor(1) as pool:

        def answer_once() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(answer)

        answering = pool.submit(answer_once)
        with pytest.raises(GatewayRefused):
            HttpGateway(f"http://127.0.0.1:{listener.getsockname()[1]}/notices").deliver(envelope)
        answering.result()


class Mailbox:
    """What a mail server took."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 named by the library
        self.mails.append(envelope.content)
        return "250 OK"


def test_mail_carries_the_message_id() -> None:
    mailbox = Mailbox()
    port = take_port()
    server = Controller(mailbox, hostname="127.0.0.1", port=port)
    server.start()
    try:
        envelope = Envelope(1, "b" * 64, Channel.EMAIL, "a@example.cn", "paper_ready", {"centre": "中心"}, "话", NOON)
        MailGateway(f"smtp://127.0.0.1:{port}").deliver(envelope)
    finally:
        server.stop()
    (mail,) = (message_from_bytes(content) for content in mailbox.mails)
    assert mail["Message-ID"].strip() == f"<{'b' * 64}@127.0.0.1>"
    assert mail["To"] == "a@example.cn"


def test_age_of_the_oldest_waiting_message_is_known(db: SQLAlchemy) -> None:
    assert outbox_age_seconds(NOON) == 0
    queue("meeting:1:party:1")
    assert outbox_age_seconds(NOON + timedelta(seconds=90)) == 90
    assert len(list_due_ids(NOON)) == 1
