"""What the manifest of the demonstration district says: who there is, what lies where, and who may read it.

Who may read what is worked out here anew from the working rules, and never asked of the product.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from flask import Flask

OFFICE_ROLES = frozenset({"receptionist", "coordinator", "leader"})
ENTRUSTED_ROLES = frozenset({"committee_clerk", "handling_unit_clerk", "leader"})
WITHOUT_OWN_WORK = frozenset({"committee_clerk", "handling_unit_clerk", "street_clerk", "administrator", "auditor"})
WITHOUT_CONTENT = frozenset({"administrator", "auditor"})

NOT_DELIBERATING = (
    *("receptionist", "coordinator", "leader", "committee_clerk", "handling_unit_clerk", "street_clerk", "mediator"),
    *("lawyer", "judge", "counselor", "reconsideration_officer", "administrator", "auditor"),
)
# What lies inside a matter is closed to some of those who read the matter (security matrix 2.2, N02, N03, N06).
CLOSED_INSIDE: Mapping[str, frozenset[str]] = {
    "matter_text": frozenset({"street_clerk"}),
    "legal_opinion": frozenset({"receptionist", "recorder", "handling_unit_clerk", "street_clerk", "counselor"}),
    "agreement": frozenset({"receptionist", "handling_unit_clerk", "street_clerk", "counselor"}),
    # Votes and their reasons are read by those alone who deliberate, and by nobody before all have voted (INV-19).
    "panel_vote": frozenset(NOT_DELIBERATING),
}
# A lawyer who is asked, or was, knows whose dispute it is: he must say whether he has a conflict (R-DUTY-03).
KNOWN_TO_THE_ASKED = frozenset({"name", "petitioner_name", "subject", "number"})
# Dates of birth are dates like others; the rest is searched for.
NOT_SEARCHED = frozenset({"birth_date"})
NEVER_IN_FULL = frozenset({"id_number", "phone", "account_number"})
SHORTEST = 3


@dataclass(frozen=True)
class Person:
    """One account of the district."""

    username: str
    password: str
    name: str
    roles: frozenset[str]
    unit: str
    units_above: frozenset[str]

    @property
    def first_role(self) -> str:
        """In which role somebody with several works: a lawyer of the pool as the lawyer he is."""
        return next(iter(sorted(self.roles - {"hearing_panelist"})), "hearing_panelist")


@dataclass(frozen=True)
class Secret:
    """One sensitive value and the matters in which it stands."""

    value: str
    kind: str
    field: str
    matters: frozenset[str]
    people: frozenset[str]


class District:
    """The manifest, read."""

    def __init__(self, manifest: Mapping[str, Any]) -> None:
        self._manifest = manifest
        self.matters: dict[str, Mapping[str, Any]] = {row["id"]: row for row in manifest["matters"]}
        self._parents = {row["id"]: row["parent"] for row in manifest["organisations"]}
        self.people = {row["username"]: self._person(row) for row in manifest["accounts"]}
        self.unit_names = {row["id"]: row["name"] for row in manifest["organisations"]}

    def _person(self, row: Mapping[str, Any]) -> Person:
        chain = frozenset(self._up_from(row["organisation"]))
        roles = frozenset(row["roles"])
        return Person(row["username"], row["password"], row["name"], roles, row["organisation"], chain)

    def _up_from(self, unit: str | None) -> Iterator[str]:
        while unit:
            yield unit
            unit = self._parents[unit]

    def may_read(self, person: Person, matter_id: str) -> bool:
        """Own office, live work on it, an entrusted unit or a street above; never when barred or accused."""
        matter = self.matters[matter_id]
        mine = [row for row in matter["assigned"] if row["username"] == person.username]
        if any(row["barred"] for row in mine) or person.roles <= WITHOUT_CONTENT:
            return False
        works_on_it = any(row["live"] for row in mine) and bool(person.roles - WITHOUT_OWN_WORK)
        if matter["is_accusation"]:
            return works_on_it and matter["complained_unit"] not in person.units_above
        of_office = person.unit == matter["organisation"] and person.roles & OFFICE_ROLES
        of_entrusted = person.unit in matter["entrusted"] and person.roles & ENTRUSTED_ROLES
        of_street = person.unit in self._up_from(matter["organisation"]) and "street_clerk" in person.roles
        return bool(works_on_it or of_office or of_entrusted or of_street)

    @property
    def accusations(self) -> list[str]:
        """The matters that accuse somebody."""
        return [key for key, matter in self.matters.items() if matter["is_accusation"]]

    def accused_people(self, matter_id: str) -> list[Person]:
        """The staff of the accused unit."""
        unit = self.matters[matter_id]["complained_unit"]
        return [person for person in self.people.values() if unit in person.units_above]

    def objects(self, kind: str) -> list[Mapping[str, Any]]:
        """The objects of one kind, by the name of their table."""
        return [row for row in self._manifest["objects"] if row["kind"] == kind]

    @cached_property
    def secrets(self) -> tuple[Secret, ...]:
        """Every sensitive value once, and the numbers of the matters; names of staff and bodies are none."""
        known = {person.name for person in self.people.values()} | set(self.unit_names.values())
        rows = [*self._manifest["sensitive"], *map(_number_of, self._manifest["matters"])]
        found: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
        for row in rows:
            if row["field"] not in NOT_SEARCHED and len(row["value"]) >= SHORTEST and row["value"] not in known:
                found.setdefault((row["value"], row["kind"], row["field"]), []).append(row)
        return tuple(Secret(*key, *self._owners(rows)) for key, rows in found.items())

    def _owners(self, rows: list[Mapping[str, Any]]) -> tuple[frozenset[str], frozenset[str]]:
        people = (name for row in rows for name in self._own_people.get(row["id"], ()))
        return frozenset(row["matter"] for row in rows if row["matter"]), frozenset(people)

    @cached_property
    def _own_people(self) -> dict[str, list[str]]:
        return {row["id"]: row["people"] for row in self._manifest["objects"] if row["people"]}

    @cached_property
    def _asked(self) -> dict[str, set[str]]:
        """Who has an object of his own in which matters."""
        found: dict[str, set[str]] = {}
        for row in self._manifest["objects"]:
            for name in row["people"] if row["matter"] else ():
                found.setdefault(name, set()).add(row["matter"])
        return found

    def hidden_from(self, person: Person) -> list[str]:
        """The values that must reach this person nowhere."""
        shown = {secret.value for secret in self.secrets if self._may_read_value(person, secret)}
        return sorted({secret.value for secret in self.secrets} - shown)

    def _may_read_value(self, person: Person, secret: Secret) -> bool:
        if person.username in secret.people:
            return True
        if secret.field in KNOWN_TO_THE_ASKED and secret.matters & self._asked.get(person.username, set()):
            return True
        closed_to = next((roles for kind, roles in CLOSED_INSIDE.items() if secret.kind.startswith(kind)), frozenset())
        return not person.roles <= closed_to and any(self.may_read(person, matter) for matter in secret.matters)

    @cached_property
    def always_masked(self) -> list[str]:
        """Full ID numbers, phones and bank accounts: no page shows them by itself."""
        return sorted({secret.value for secret in self.secrets if secret.field in NEVER_IN_FULL})


def _number_of(matter: Mapping[str, Any]) -> dict[str, str]:
    return {"kind": "matter", "id": matter["id"], "field": "number", "value": matter["number"], "matter": matter["id"]}


@dataclass(frozen=True)
class Installation:
    """The whole demonstration district inside this process: its application, its manifest, where it writes."""

    app: Flask
    district: District
    data: Path
