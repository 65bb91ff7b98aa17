"""What does the web server make of bytes that no browser sends? Raw sockets against one gunicorn (B003–B013)."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import create_app
from app.extensions import db
from tests.conftest import settings_of
from tests.ports import take_port

ROOT = Path(__file__).resolve().parents[2]
HEAD = b"Host: localhost\r\nConnection: close\r\n"
TEXT_FORM = b"POST /login HTTP/1.1\r\n" + HEAD + b"Content-Type: application/x-www-form-urlencoded\r\n"
CHUNK = b"100000\r\n" + b"a" * 0x100000 + b"\r\n"
BYTES = (
    ("B003 NUL in a header", b"GET /login HTTP/1.1\r\n" + HEAD + b"X-A: a\0b\r\n\r\n", {400}),
    ("B004 an address of 20,000 characters", b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n" + HEAD + b"\r\n", {414}),
    (
        "B005 200 headers",
        b"GET / HTTP/1.1\r\n" + HEAD + b"".join(b"X-%d: 1\r\n" % n for n in range(200)) + b"\r\n",
        {431},
    ),
    ("B005 a header of 64 KiB", b"GET / HTTP/1.1\r\n" + HEAD + b"X: " + b"a" * 65_536 + b"\r\n\r\n", {431}),
    ("B005 a cookie of 64 KiB", b"GET / HTTP/1.1\r\n" + HEAD + b"Cookie: s=" + b"a" * 65_536 + b"\r\n\r\n", {431}),
    ("B006 a negative length", TEXT_FORM + b"Content-Length: -1\r\n\r\n", {400}),
    ("B006 two lengths", TEXT_FORM + b"Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde", {400}),
    ("B006 length and chunks", TEXT_FORM + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", {400}),
    ("B007 ten gigabytes announced", TEXT_FORM + b"Content-Length: 10737418240\r\n\r\na", {413}),
    ("B008 chunks without end", TEXT_FORM + b"Transfer-Encoding: chunked\r\n\r\n" + CHUNK * 3, {413}),
    ("B009 a connection through us", b"CONNECT localhost:80 HTTP/1.1\r\n" + HEAD + b"\r\n", {404, 405}),
    ("B013 a foreign host", b"GET /login HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", {400}),
    ("B013 two hosts", b"GET /login HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", {400}),
    ("B013 a broken host", b"GET /login HTTP/1.1\r\nHost: [::\r\nConnection: close\r\n\r\n", {400}),
    ("B013 a whole address", b"GET http://evil.example/login HTTP/1.1\r\n" + HEAD + b"\r\n", {200, 400}),
)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a running installation of its own."""
    folder = tmp_path_factory.mktemp("served")
    app = create_app(settings_of(folder, f"sqlite:///{folder / 'fangtiao.sqlite3'}"))
    with app.app_context():
        db.create_all()
        db.engine.dispose()
    number = take_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("APP_")} | {
        "APP_ENV": "test",
        "APP_DATA_DIR": str(folder),
        "APP_SECRET_KEY": "a-secret-key-for-raw-bytes-0123456789",
        "APP_BIND": f"127.0.0.1:{number}",
        "APP_THREADS": "4",
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True)
    wait_for(number, server)
    yield number
    os.killpg(server.pid, signal.SIGTERM)
    server.wait(timeout=60)
    assert b"Traceback" not in (folder / "log").read_bytes()


def wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    """Until the server answers."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server did not start"
        try:
            if exchange(port, b"GET /login HTTP/1.1\r\n" + HEAD + b"\r\n"):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server does not answer")


def exchange(port: int, sent: bytes) -> bytes:
    """What comes back for these bytes until the other side closes."""
    answer = b""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        try:
            connection.sendall(sent)
            while part := connection.recv(65_536):
                answer += part
        except ConnectionError:
            # The server answered and closed while we were still sending.
            pass
    return answer


@pytest.mark.parametrize(("sent", "statuses"), [row[1:] for row in BYTES], ids=[row[0] for row in BYTES])
def test_bad_bytes_when_sent_are_refused_and_the_server_lives(port: int, sent: bytes, statuses: set[int]) -> None:
    answer = exchange(port, sent)
    assert int(answer[9:12]) in statuses, answer[:200]
    assert b"evil.example" not in answer
    assert b"Traceback" not in answer
    assert exchange(port, b"GET /login HTTP/1.1\r\n" + HEAD + b"\r\n").startswith(b"HTTP/1.1 200")
