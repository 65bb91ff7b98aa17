"""Every form that stands on a page, with what a browser would send, so that one field at a time can be spoilt."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from flask.testing import FlaskClient

KEPT = frozenset({"csrf_token", "idempotency_key"})
"""Fields that no hand types."""


@dataclass
class Form:
    """One form: where it is sent, and the value of each field as the page offers it."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def typed(self) -> list[str]:
        """The names of the fields that can be spoilt."""
        return [name for name in self.fields if name not in KEPT]


class FormFinder(HTMLParser):
    """Collects the forms of a page that write."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self._by_id: dict[str, Form] = {}
        self._open: Form | None = None
        self._list: tuple[Form, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form or one of its fields."""
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._begin(values)
        owner = self._by_id.get(values.get("form", "")) or self._open
        name = values.get("name", "")
        if owner is None or not name:
            self._choose(tag, values)
            return
        if tag == "select":
            self._list = (owner, name)
            owner.fields.setdefault(name, "")
        elif tag in ("input", "textarea", "button"):
            owner.fields.setdefault(name, values.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        """A form or a list of choices ends."""
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._list = None

    def _begin(self, values: dict[str, str]) -> None:
        if values.get("method", "get").lower() != "post":
            self._open = None
            return
        self._open = Form(urljoin(self.address, values.get("action", "") or self.address))
        self.forms.append(self._open)
        if "id" in values:
            self._by_id[values["id"]] = self._open

    def _choose(self, tag: str, values: dict[str, str]) -> None:
        if tag == "option" and self._list is not None and values.get("value"):
            owner, name = self._list
            owner.fields[name] = owner.fields[name] or values["value"]


def forms_on(client: FlaskClient, address: str) -> list[Form]:
    """The forms of one page; none where the page is not for this person."""
    answer = client.get(address)
    assert answer.status_code < 500, f"{address} answered {answer.status_code}"
    if answer.status_code != 200:
        return []
    finder = FormFinder(address)
    finder.feed(answer.get_data(as_text=True))
    return finder.forms
