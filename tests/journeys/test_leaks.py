"""Nobody reaches what is not his: every account of the demonstration district tries every page (N01–N25, T01, T06, T08).

The sample is bounded so that both engines take about two minutes: each person follows every link for one object a
view, and tries a third of all addresses with one object he may read and one he may not; together they try them all.
"""

import logging
from collections.abc import Iterator, Mapping

import pytest

from tests.journeys.crawling import Answer, Visitor
from tests.journeys.district import District, Installation, Person
from tests.journeys.targets import NOBODY, Target, targets_of

GROUPS = 2
SHARE = 3
FAULT = 500
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
    assert "/matters" in caplog.text
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
    return not target.matter or person.username in target.people or district.may_read(person, target.matter)


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
