"""Every route declares its permission, every write is a transaction, nothing that writes answers GET."""

import re
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from app import create_app
from app.access.permissions import Permission
from tests.conftest import settings_of

PUBLIC_PAGES = {
    "static",
    "health.healthz",
    "health.readyz",
    "people.login",
    "people.log_in",
    "people.show_roles",
    "people.pick_role",
    "duty.read_feed",  # a calendar program cannot log in; the address is a secret of 192 bits
}
"""Open without log-in outside of the petitioners' pages; whoever adds one adds it here with a reason."""
PUBLIC_PACKAGES = ("portal.", "tablet.")
OWN_TRANSACTIONS = {
    # A failure is counted although the request is refused.
    "people.log_in",
    "portal.open_lock",
    "tablet.pair",
    "matters.look_for_repeats",
    # A file is checked and written, or a hash computed, before the transaction begins.
    "agreements.autosave",
    "agreements.record_performance",
    "agreements.upload_payments",
    "agreements.add_paper_signatures",
    "mediation.add_paper_signatures",
    "hearings.add_scan",
    "remedies.add_paper_signatures",
    "dossier.add_scan",
    "collective.upload_table",
    "signing_day.upload_scans",
    "collective.download",
    "collective.download_packets",
}
POSTS_THAT_WRITE_NOTHING = {
    "matters.add_row",
    "portal.print_slip",
    "portal.check_file",
    "portal.set_large_type",
    "collective.find_claimants",
    "signing_day.find",
    "signing_day.find_arrival",
    "signing_day.show_pad_of_many",
}
"""Posted so that what they carry stands in no address; whoever adds one adds it here."""


@pytest.fixture(scope="module")
def plain_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder: Path = tmp_path_factory.mktemp("routes")
    return create_app(settings_of(folder, f"sqlite:///{folder / 'routes.sqlite3'}"))


def rules_of(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def test_every_route_declares_a_permission(plain_app: Flask) -> None:
    bare = [
        rule.endpoint
        for rule in rules_of(plain_app)
        if not isinstance(getattr(plain_app.view_functions[rule.endpoint], "declared_permission", None), Permission)
    ]
    assert bare == []


def test_only_named_pages_are_open_without_log_in(plain_app: Flask) -> None:
    views = plain_app.view_functions
    opened = {
        rule.endpoint
        for rule in rules_of(plain_app)
        if getattr(views[rule.endpoint], "declared_permission", None) is Permission.PUBLIC
    }
    assert {name for name in opened if not name.startswith(PUBLIC_PACKAGES)} <= PUBLIC_PAGES


def test_every_post_is_one_transaction(plain_app: Flask) -> None:
    loose = {
        rule.endpoint
        for rule in rules_of(plain_app)
        if "POST" in (rule.methods or ()) and not hasattr(plain_app.view_functions[rule.endpoint], "is_write")
    }
    assert loose <= OWN_TRANSACTIONS | POSTS_THAT_WRITE_NOTHING


def test_only_named_acts_run_beside_one_another(plain_app: Flask) -> None:
    """Each locks cells, loads and log in this order, and nothing else that two may want (ADR 0025)."""
    beside = {
        rule.endpoint: plain_app.view_functions[rule.endpoint].beside
        for rule in rules_of(plain_app)
        if getattr(plain_app.view_functions[rule.endpoint], "beside", "")
    }
    assert beside == {"mediation.book_meeting": "public_id", "mediation.call_off": "public_id"}


def test_no_route_reads_and_writes_under_one_function(plain_app: Flask) -> None:
    mixed = [rule.endpoint for rule in rules_of(plain_app) if {"GET", "POST"} <= (rule.methods or set())]
    assert mixed == []


def test_urls_hold_no_running_numbers(plain_app: Flask) -> None:
    numbered = [rule.rule for rule in rules_of(plain_app) if re.search(r"<int:(?!position>|row_id>)", rule.rule)]
    assert numbered == []
