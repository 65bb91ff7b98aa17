"""How one person of the demonstration district tries every page: by links, and by every object of the manifest."""

import hashlib
import html
import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit
from zipfile import ZipFile

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from tests.journeys.district import Person

OF_THE_MOMENT = frozenset({"Set-Cookie", "Date", "X-Request-ID", "Content-Length"})
TEXT_TYPES = ("text/html", "text/plain", "application/json")
CURRENT = ' aria-current="page"'
EPHEMERAL = re.compile(r'((?:name="(?:csrf_token|idempotency_key)"[^>]*value|name="csrf-token" content)=)"[^"]*"')
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """What one request brought: everything a person could read of it, its headers included."""

    url: str
    status: int
    text: str
    is_page: bool
    source: str
    location: str

    @property
    def links(self) -> list[str]:
        """Where it leads."""
        return [*_Links(self.source).found, self.location] if self.location else _Links(self.source).found

    def holds(self, value: str) -> bool:
        """Whether the value stands there; the text of a file has no white space."""
        return (value if self.is_page else "".join(value.split())) in self.text

    @property
    def lasting(self) -> str:
        """The page without what differs from request to request."""
        return EPHEMERAL.sub(r'\1""', self.text).replace(CURRENT, "")


class _Links(HTMLParser):
    """The addresses a page leads to: links, pictures, parts that load later, forms that only ask."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._form: tuple[str, list[tuple[str, str]]] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an address, or a field of a form that asks."""
        values = {name: value or "" for name, value in attrs}
        self.found += [values[name] for name in ("href", "src", "hx-get") if values.get(name)]
        if tag == "form":
            asks = values.get("method", "get").lower() == "get"
            self._form = (values.get("action", ""), []) if asks else None
        elif tag in ("input", "select") and self._form and values.get("name"):
            self._form[1].append((values["name"], values.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        """A form is an address with its fields as they stand."""
        if tag == "form" and self._form:
            self.found.append(f"{self._form[0]}?{urlencode(self._form[1])}")
            self._form = None


class Visitor:
    """One person's browser; without a person, a stranger's."""

    def __init__(self, app: Flask, person: Person | None = None) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        if person:
            done = self.post("/login", {"username": person.username, "password": person.password})
            assert done.status == 302, (person.username, done.status, done.text[:300])
            if done.location.endswith("/login/role"):
                token = TOKEN.search(self.client.get("/login/role").text)
                assert token
                self.post("/login/role", {"role": person.first_role}, token=token[1])

    def get(self, url: str) -> Answer:
        """Fetch one address."""
        return _read(url, self.client.get(url))

    def post(self, url: str, fields: Mapping[str, str] | None = None, *, token: str = "") -> Answer:
        """Send one form with a valid token."""
        return _read(url, self.client.post(url, data={**(fields or {}), "csrf_token": token or self.token()}))

    def token(self) -> str:
        """The token that stands in the forms of this browser."""
        page = self.client.get("/account/password")
        found = TOKEN.search((page if page.status_code == 200 else self.client.get("/login")).text)
        assert found
        return html.unescape(found[1])

    def follow_links(self, start: str = "/", *, each: int = 1) -> Iterator[Answer]:
        """Walk from page to page: every view with every set of questions, for `each` objects."""
        waiting, views = [start], Counter[Any]()
        seen: set[str] = set()
        while waiting:
            url = waiting.pop(0).partition("#")[0]
            view = self._view_of(url)
            if url in seen or view is None or views[view] >= each:
                continue
            seen.add(url)
            views[view] += 1
            answer = self.get(url)
            yield answer
            waiting += [urljoin(url, link) for link in answer.links]

    def _view_of(self, url: str) -> Any:
        parts = urlsplit(url)
        if parts.netloc or parts.scheme or parts.path.startswith("/static/"):
            return None
        try:
            endpoint, values = self.app.url_map.bind("localhost").match(parts.path)
        except (HTTPException, RequestRedirect):
            return parts.path
        names = sorted(pair.partition("=")[0] for pair in parts.query.split("&") if pair)
        return endpoint, tuple(sorted(values)), tuple(names)


def _read(url: str, response: TestResponse) -> Answer:
    is_page = response.mimetype in TEXT_TYPES
    body = response.text if is_page else text_of_file(response.data)
    headers = "\n".join(value for name, value in response.headers if name not in OF_THE_MOMENT)
    source = body if response.mimetype == "text/html" else ""
    response.close()
    text = html.unescape(f"{body}\n{headers}")
    return Answer(url, response.status_code, text, is_page, source, response.location or "")


_texts: dict[str, str] = {}


def text_of_file(content: bytes) -> str:
    """The text of a PDF or a working copy without line breaks; of anything else what can be read as text."""
    digest = hashlib.sha256(content).hexdigest()
    if digest not in _texts:
        reader = _text_of_pdf if content.startswith(b"%PDF") else _text_of_word
        _texts[digest] = reader(content) or content.decode(errors="replace")
    return _texts[digest]


def _text_of_word(content: bytes) -> str:
    if not content.startswith(b"PK"):
        return ""
    with ZipFile(BytesIO(content)) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if re.match(r"word/.*\.xml$", name)]
    return re.sub(r"<[^>]+>|\s+", "", "".join(parts))


def _text_of_pdf(content: bytes) -> str:
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True)
    return re.sub(r"\s+", "", done.stdout.decode())
