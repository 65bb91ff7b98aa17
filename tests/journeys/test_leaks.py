"""Nobody reaches what is not his: every account of the demonstration district tries every page (N01–N25, T01–T08).

The sample is bounded so that both engines take about two minutes: each person follows every link for one object a
view, and tries a third of all addresses with one object he may read and one he may not; together they try them all.
"""

import hashlib
import json
import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from flask import Flask

from app.extensions import Model, db
from tests.journeys.crawling import Answer, Visitor
from tests.journeys.district import District, Installation, Person
from tests.journeys.targets import Target, targets_of

GROUPS = 2
SHARE = 3
FAULT = 500
REFUSALS = frozenset({400, 401, 403, 404, 409, 415, 422})
LISTS = (
    "/desk",
    "/matters",
    "/matters?scope=all",
    "/clocks",
    "/clocks?scope=overdue",
    "/calendar",
    "/calendar/mine",
    "/duty",
    "/screening",
    "/mediations",
    "/opinions",
    "/agreements",
    "/messages",
    "/settings",
    "/settings/audit",
)
STRANGERS = ("jiangyu", "shaoke", "gengqiuyun", "songyuqing", "xuqing", "maoning", "qianfeng", "admin", "auditor2")
WITHOUT_OFFICE = ("wanchunsheng", "shenlan")
OPEN_TO_STRANGERS = {
    *("people.login", "portal.show_check", "health.healthz", "health.readyz"),
    *("portal.show_notices", "portal.show_notice", "portal.show_seat_form"),
    *("portal.show_published_opinion", "portal.show_published_rechecks"),
    # They ask for the code with which a desk's tablet is paired; without the pairing they show nothing else.
    *("tablet.show_tablet", "tablet.show_pairing"),
}
PUBLIC = "/notices/"
# The link to one's own duty in a calendar: everybody on the staff makes and revokes his own.
OF_ONESELF = "/duty/mine/"
# What a request leaves behind by itself: the session, the log, the counters of attempts.
TRACES = frozenset({"login_session", "audit_event", "audit_head", "attempt_counter", "idempotency_key"})
Addresses = Mapping[str, list[Target]]


class Watch:
    """Notes what a person must not have got."""

    def __init__(self, district: District, person: Person | None) -> None:
        self.name = person.username if person else "a stranger"
        self._hidden = district.hidden_from(person) if person else sorted({row.value for row in district.secrets})
        self._always_masked = district.always_masked
        self.findings: list[str] = []

    def look(self, answer: Answer) -> None:
        """No fault, no value of a matter that is not his, no full number on any page."""
        if answer.status >= FAULT:
            self._note(answer, f"a fault {answer.status}")
        for value in self._hidden:
            if answer.holds(value):
                self._note(answer, f"shows {value!r}")
        for value in self._always_masked if answer.is_page else ():
            if answer.holds(value):
                self._note(answer, f"shows {value!r} in full")

    def look_at_hidden(self, answer: Answer, nothing: Answer) -> None:
        """What he may not know of answers like what does not exist."""
        if (answer.status, nothing.status) != (404, 404) or answer.lasting != nothing.lasting:
            self._note(answer, f"answers {answer.status}, and not like an id that nobody has")

    def _note(self, answer: Answer, what: str) -> None:
        self.findings.append(f"{self.name}: {answer.url}: {what}")


@pytest.mark.parametrize("group", range(GROUPS))
def test_n01_to_n11_account_when_it_tries_every_page_gets_only_its_own(
    installation: Installation, group: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    addresses = targets_of(installation.app, installation.district, "GET")
    people = list(enumerate(installation.district.people.values()))[group::GROUPS]
    findings = [line for index, person in people for line in _try_everything(installation, person, index, addresses)]
    assert not findings, "\n".join(findings)
    assert "GET matters.show 200" in caplog.text
    logged = [secret.value for secret in installation.district.secrets if secret.value in caplog.text]
    assert not logged, "T25: values stand in the log"


def _try_everything(installation: Installation, person: Person, index: int, addresses: Addresses) -> list[str]:
    district = installation.district
    visitor, watch = Visitor(installation.app, person), Watch(district, person)
    for answer in visitor.follow_links():
        watch.look(answer)
    absent: dict[str, Answer] = {}
    for number, targets in enumerate(addresses.values()):
        if (number + index) % SHARE:
            continue
        for target in _sample([target for target in targets if _is_open_to(district, person, target)], index):
            watch.look(visitor.get(target.url))
        for target in _sample([target for target in targets if not _is_open_to(district, person, target)], index):
            face = target.endpoint.partition(".")[0]
            absent[face] = absent.get(face) or visitor.get(target.absent)
            watch.look_at_hidden(visitor.get(target.url), absent[face])
    return watch.findings + list(_reading_differs(visitor, district, person, index))


def _is_open_to(district: District, person: Person, target: Target) -> bool:
    """Whether it may be his to see; what the public reads is looked at as everybody's."""
    return (
        not target.matter
        or target.url.startswith(PUBLIC)
        or person.username in target.people
        or district.may_read(person, target.matter)
    )


def _sample(targets: list[Target], index: int, count: int = 1) -> list[Target]:
    return [targets[(index + step) % len(targets)] for step in range(min(count, len(targets)))]


def _reading_differs(visitor: Visitor, district: District, person: Person, index: int) -> Iterator[str]:
    """The matters that open are those of the working rules, so that the crawl above has seen something."""
    readable = [matter for matter in district.matters if district.may_read(person, matter)]
    for matter in district.matters:
        if matter not in readable and (status := visitor.get(f"/matters/{matter}").status) != 404:
            yield f"{person.username}: /matters/{matter}: {status}, though he may not read it"
    for matter in readable[index % 5 :: 5]:
        if (status := visitor.get(f"/matters/{matter}").status) != 200:
            yield f"{person.username}: /matters/{matter}: {status}, though he may read it"


def test_t01_accusation_when_registered_changes_nothing_for_the_accused(installation: Installation) -> None:
    district = installation.district
    (accusation,) = district.accusations
    accused = district.accused_people(accusation)
    assert {person.username for person in accused} == {"weiqiang", "maoning"}
    visitors = {person.username: Visitor(installation.app, person) for person in accused}
    desk = Visitor(installation.app, district.people["gongli"])
    before = {name: _lists(visitor) for name, visitor in visitors.items()}
    desk_before = _lists(desk)
    registered = desk.post("/matters/new", _accusation_form(district.matters[accusation]["complained_unit"]))
    assert registered.status == 302, registered.text
    assert _lists(desk) != desk_before
    assert {name: _lists(visitor) for name, visitor in visitors.items()} == before
    for visitor in visitors.values():
        assert visitor.get(registered.location).status == 404


def test_t01_accused_when_searching_finds_what_anybody_finds_for_nonsense(installation: Installation) -> None:
    district = installation.district
    (accusation,) = district.accusations
    told = [row for row in district.secrets if row.matters == {accusation} and len(row.value) < 40]
    assert {row.field for row in told} >= {"subject", "name", "id_number", "phone", "number"}
    for username in ("weiqiang", "maoning", "zhoumin", "qianfeng", "panhui"):
        visitor = Visitor(installation.app, district.people[username])
        for value in {text for row in told for text in (row.value, row.value[-4:])}:
            nonsense = "".join(chr(0x9F00 + place) if char > "z" else char for place, char in enumerate(value))
            nonsense = nonsense if nonsense != value else value[::-1]
            found, nothing = visitor.get(f"/search?q={quote(value)}"), visitor.get(f"/search?q={quote(nonsense)}")
            assert found.status == nothing.status, (username, value)
            assert found.lasting.replace(value, "") == nothing.lasting.replace(nonsense, ""), (username, value)


@pytest.mark.parametrize("username", ["jiangyu", "shaoke", "qianfeng", "zhoumin"])
def test_n19_repeat_hint_when_asked_about_hidden_matters_answers_as_for_nobody(
    installation: Installation, username: str
) -> None:
    district = installation.district
    person = district.people[username]
    visitor = Visitor(installation.app, person)
    for field, nobody in (("id_number", "11010519491231002X"), ("phone", "13800005678"), ("name", "无此人")):
        known = [row for row in district.secrets if (row.kind, row.field) == ("party", field)]
        value = next(row.value for row in known if row.value in district.hidden_from(person))
        asked = visitor.post("/matters/new/repeats", _hint_form(field, value))
        nothing = visitor.post("/matters/new/repeats", _hint_form(field, nobody))
        assert (asked.status, asked.lasting.replace(value, "")) == (200, nothing.lasting.replace(nobody, ""))


def test_n21_recused_when_he_stepped_aside_has_nothing_at_the_next_request(installation: Installation) -> None:
    district = installation.district
    person = district.people["dingguoan"]
    matter = next(
        key for key, row in district.matters.items() if _works_on(row, person) and row["status"] == "in_linkage"
    )
    visitor = Visitor(installation.app, person)
    page = visitor.get(f"/matters/{matter}/recusals")
    assert page.status == 200, page.text
    form = {
        "person": "self",
        "ground": "interest",
        "facts": "我是当事人的邻居。",
        "idempotency_key": "recusal-of-the-crawl",
    }
    answer = visitor.post(f"/matters/{matter}/recusals", form)
    assert answer.status == 302, answer.text
    next(row for row in district.matters[matter]["assigned"] if row["username"] == person.username)["barred"] = True
    assert not district.may_read(person, matter)
    watch = Watch(district, person)
    for page in visitor.follow_links():
        watch.look(page)
    targets = [target for rows in targets_of(installation.app, district, "GET").values() for target in rows]
    for target in (target for target in targets if target.matter == matter):
        watch.look_at_hidden(visitor.get(target.url), visitor.get(target.absent))
    assert not watch.findings, "\n".join(watch.findings)


def test_n15_foreign_account_when_it_posts_everything_changes_nothing(installation: Installation) -> None:
    district = installation.district
    addresses = targets_of(installation.app, district, "POST")
    before = _contents(installation.app)
    findings = []
    for index, username in enumerate((*STRANGERS, *WITHOUT_OFFICE)):
        visitor = Visitor(installation.app, district.people[username])
        token = visitor.token()
        for target in _foreign(installation, district.people[username], addresses, index):
            answer = visitor.post(target.url, token=token)
            is_known = target.matter and answer.status != 404
            if answer.status not in REFUSALS or (is_known and visitor.post(target.absent, token=token).status == 404):
                findings.append(f"{username}: POST {target.url}: {answer.status}")
    assert not findings, "\n".join(findings)
    assert _differing(before, _contents(installation.app)) == []


def test_stranger_when_not_logged_in_gets_the_login_and_the_check_page_only(installation: Installation) -> None:
    visitor, watch = Visitor(installation.app), Watch(installation.district, None)
    shown = set()
    for target in _first_of_each(installation, "GET"):
        answer = visitor.get(target.url)
        watch.look(answer)
        if answer.status == 200:
            shown.add(target.endpoint)
        else:
            assert answer.status == 404 or answer.location.endswith("/login"), (target.url, answer.status)
    assert shown == OPEN_TO_STRANGERS
    assert not watch.findings, "\n".join(watch.findings)


def test_stranger_when_he_posts_everything_or_tries_petitioners_pages_gets_nothing(installation: Installation) -> None:
    visitor, watch = Visitor(installation.app), Watch(installation.district, None)
    before, token = _contents(installation.app), visitor.token()
    for target in _first_of_each(installation, "POST"):
        answer = visitor.post(target.url, token=token)
        watch.look(answer)
        assert answer.status in REFUSALS or answer.location.endswith("/login"), (target.url, answer.status)
    for kind, start in (("agreement", "agreements"), ("issued_paper", "papers")):
        for row in installation.district.objects(kind)[:5]:
            for end in ("read", "file", "sign", "decline", "on-paper", "done"):
                answer = visitor.get(f"/p/{start}/{row['id']}/{end}")
                watch.look(answer)
                assert answer.status != 200, answer.url
    assert not watch.findings, "\n".join(watch.findings)
    assert _differing(before, _contents(installation.app)) == []


def test_t06_files_and_tables_when_searched_hold_no_value_in_plain(installation: Installation) -> None:
    """The issued PDF files are looked at by whoever may read them, so `documents/` alone holds names in plain."""
    values = [row.value for row in installation.district.secrets if row.field != "number"]
    needles = {value: (value.encode(), json.dumps(value)[1:-1].encode()) for value in values}
    contents = {str(path): path.read_bytes() for path in _files(installation.data)}
    contents |= {f"table {name}": repr(rows).encode() for name, rows in _rows(installation.app).items()}
    assert any(name.endswith((".sqlite3", "table matter")) for name in contents)
    found = [
        (name, value)
        for name, content in contents.items()
        for value, (plain, escaped) in needles.items()
        if plain in content or escaped in content
    ]
    assert not found


def test_manifest_when_read_names_values_that_stand_for_one_matter_each(installation: Installation) -> None:
    rows: dict[str, set[str]] = {}
    for secret in installation.district.secrets:
        rows.setdefault(secret.value, set()).update(secret.matters)
    assert {value: matters for value, matters in rows.items() if len(matters) > 1} == {}
    texts = list(rows)
    inside = [(one, other) for one in texts for other in texts if one != other and one in other]
    assert [(one, other) for one, other in inside if rows[one] != rows[other]] == []


def _first_of_each(installation: Installation, method: str) -> list[Target]:
    addresses = targets_of(installation.app, installation.district, method).values()
    return [target for targets in addresses for target in targets[:1]]


def _lists(visitor: Visitor) -> dict[str, str]:
    return {url: visitor.get(url).lasting for url in LISTS}


def _accusation_form(unit: str) -> dict[str, str]:
    return {
        "petitioners": "1",
        "matters": "1",
        "channel": "visit",
        "received_on": "2026-06-10",
        "head_count": "1",
        "p_kind-0": "person",
        "p_name-0": "冷秋月",
        "p_id_document-0": "id_card",
        "p_id_number-0": "11010519491231002X",
        "p_phone-0": "13800005678",
        "m_kind-0": "accusation",
        "m_subject-0": "执法收费不开票",
        "m_claim-0": "请求查处。",
        "m_facts-0": "收了钱没有给票据。",
        "m_unit-0": unit,
        "idempotency_key": "accusation-of-the-crawl",
    }


def _hint_form(field: str, value: str) -> dict[str, str]:
    return {"petitioners": "1", "matters": "1", f"p_{field}-0": value}


def _works_on(matter: Mapping[str, list[Mapping[str, object]]], person: Person) -> bool:
    return any(row["username"] == person.username and row["live"] for row in matter["assigned"])


def _foreign(installation: Installation, person: Person, addresses: Addresses, index: int) -> Iterator[Target]:
    """Somebody else's object for every second act; acts without a matter for those who have no office at all."""
    for targets in list(addresses.values())[index % 2 :: 2]:
        permission = installation.app.view_functions[targets[0].endpoint].declared_permission if targets else None  # type: ignore[attr-defined]
        is_own = permission is not None and targets[0].url.startswith(OF_ONESELF)
        if permission is None or is_own or permission.value in ("public", "signed_in"):
            continue
        foreign = [target for target in targets if not _is_open_to(installation.district, person, target)]
        without = [target for target in targets if not target.matter and person.username in WITHOUT_OFFICE]
        yield from _sample(foreign or without, index)


def _contents(app: Flask) -> dict[str, str]:
    return {name: hashlib.sha256(repr(rows).encode()).hexdigest() for name, rows in _rows(app).items()}


def _rows(app: Flask) -> dict[str, list[tuple[object, ...]]]:
    with app.app_context(), db.engine.connect() as connection:
        tables = [table for table in Model.metadata.sorted_tables if table.name not in TRACES]
        return {table.name: sorted(map(tuple, connection.execute(_all_of(table))), key=repr) for table in tables}


def _all_of(table: sa.Table) -> sa.Select[tuple[object, ...]]:
    return sa.select(*(sa.type_coerce(column, sa.types.NullType()) for column in table.columns))


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    return [name for name in before if before[name] != after[name]]


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and "documents" not in path.parts)
