"""The district in which the bad inputs are tried: people by role, logged in on demand, and what the tables hold."""

from functools import cached_property
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app.access.permissions import Role
from app.extensions import db
from app.law import clock
from app.matters.models import Party
from app.people.models import Account
from app.web.transaction import transaction
from tests.agreements.helpers import World, make_world
from tests.factories import log_in, make_account
from tests.hearings.hall import Hall, set_hall
from tests.matters.stage import Stage, set_stage

UNCOUNTED = frozenset({"attempt_counter", "login_session"})
"""Counters of tries and the time a session was last seen change with every request."""


class House:
    """One application with an empty database, filled with what a bad input needs."""

    def __init__(self, app: Flask, setting: str) -> None:
        self.app = app
        self.setting = setting
        self.found: dict[str, Any] = {}
        self._clients: dict[str, FlaskClient] = {}

    @cached_property
    def stage(self) -> Stage:
        """Office, committee, units and one account a role."""
        with self.app.app_context(), transaction():
            return set_stage()

    @cached_property
    def world(self) -> World:
        """One case between two neighbours, accepted in June 2025; today is 1 July 2025."""
        self.set_now("2025-07-01T10:00+08:00")
        with self.app.app_context():
            return make_world()

    @cached_property
    def hall(self) -> Hall:
        """The district that hears the petition of S02; today is 27 May 2025."""
        self.set_now("2025-05-27T09:00+08:00")
        with self.app.app_context(), transaction():
            return set_hall()

    @property
    def people(self) -> Any:
        """Who may be logged in, as this setting names them."""
        return {"case": lambda: self.world, "hall": lambda: self.hall}.get(self.setting, lambda: self.stage)()

    def prepare(self) -> None:
        """Write what the setting needs, before anything is counted."""
        assert self.people

    def set_now(self, moment: str) -> None:
        """Let the product's clock stand at this moment."""
        file = self.app.config["SETTINGS"].data_dir / "now"
        file.write_text(moment)
        clock.configure(file)

    @cached_property
    def administrator(self) -> Account:
        """The person who keeps accounts and settings."""
        return self.account(Role.ADMINISTRATOR, name="吴管理")

    def account(self, *roles: Role, **values: Any) -> Account:
        """One more account of the office."""
        office = self.stage.office
        with self.app.app_context(), transaction():
            return make_account(*roles, organisation=office, **values)

    def client(self, name: str = "") -> FlaskClient:
        """A browser; with the name of an account of the stage, logged in as that person."""
        if not name:
            return self.app.test_client()
        if name not in self._clients:
            person = self.administrator if name == "administrator" else getattr(self.people, name)
            self._clients[name] = log_in(self.app.test_client(), person)
        return self._clients[name]

    def go_on_at(self, moment: str) -> None:
        """Let days pass; whoever was logged in logs in again."""
        self.set_now(moment)
        for name, client in self._clients.items():
            log_in(client, getattr(self.people, name))

    @property
    def today(self) -> Any:
        """The day in Shanghai."""
        return clock.today()

    def newest_party(self) -> str:
        """The public id of the party that was entered last."""
        with self.app.app_context():
            newest = sa.select(Party.public_id).order_by(Party.id.desc()).limit(1)
            return db.session.scalars(newest).one()

    def count(self, table: str) -> int:
        """How many rows a table has."""
        with self.app.app_context():
            return db.session.scalar(sa.select(sa.func.count()).select_from(db.metadata.tables[table])) or 0

    def contents(self) -> dict[str, int]:
        """A digest of every table's rows."""
        with self.app.app_context(), db.engine.connect() as connection:
            return {
                table.name: hash(frozenset(map(str, connection.execute(sa.select(table)))))
                for table in db.metadata.sorted_tables
                if table.name not in UNCOUNTED
            }
