"""How much CPU does the import of a roster of 428 claimants cost, beside reading the same file with openpyxl alone?

Upload (checks, reading, preview, sealed rows) and confirmation (parties, claimants, claims, one transaction) each on
a fresh SQLite installation; prints one JSON line. `--rounds N` (three by default), the median counts.
"""

import argparse
import json
import statistics
import tempfile
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import flask_migrate
from openpyxl import Workbook, load_workbook

from app import create_app
from app.access.permissions import Actor, Role
from app.collective.actions.roster import open_roster
from app.collective.actions.roster_import import confirm_upload, keep_upload, rows_of
from app.collective.forms.roster import MOST_ROWS, TITLES, read_lines
from app.collective.models import Roster, RosterImport
from app.collective.queries.roster import known_of, registered_of, summary_of
from app.collective.rules.roster_plan import Plan, plan_import
from app.extensions import db
from app.law import clock
from app.law.citizen_id import check_character
from app.matters.actions import register_visit
from app.matters.rules import Channel, MatterKind, PartyKind, PartySide
from app.matters.rules.registration import NewMatter, NewParty, Registration
from app.people.models import Account, Organisation, OrganisationKind
from app.web.spreadsheets import read_sheet
from app.web.transaction import transaction
from config import Settings

PEOPLE = 428


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    content = table()
    runs = [measure(content) for _ in range(rounds)]
    figures = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
    print(json.dumps({key: round(value, 3) for key, value in figures.items()}))


def measure(content: bytes) -> dict[str, float]:
    """CPU seconds of one import on a fresh installation, and of reading the file alone."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings_in(Path(folder)))
        with app.app_context():
            flask_migrate.upgrade()
            by, roster_id = prepare()
            start = time.process_time()
            read_bare(content)
            bare = time.process_time() - start
            start = time.process_time()
            upload_id = upload(content, roster_id, by)
            preview = time.process_time() - start
            start = time.process_time()
            confirm(upload_id, by)
            done = time.process_time() - start
            whole = summary_of(db.session.get_one(Roster, roster_id)).whole
            assert (whole.count, whole.total_fen) == (PEOPLE, PEOPLE * 4_200_000)
            db.session.remove()
            db.engine.dispose()
    total = preview + done
    return {"cpu_s": total, "upload_s": preview, "confirm_s": done, "openpyxl_s": bare, "ratio": total / bare}


def settings_in(folder: Path) -> Settings:
    """A fresh installation below `folder`."""
    return Settings(
        env="test",
        data_dir=folder,
        database_url=f"sqlite:///{folder / 'roster.sqlite3'}",
        secret_key="a-secret-key-for-benchmarks-0123456789",
        master_key_file=folder / "master.keys",
        password_time_cost=1,
    )


def table() -> bytes:
    """The table of 428 retirees, seven years each; the people are invented."""
    book = Workbook(write_only=True)
    page = book.create_sheet("名册")
    page.append(list(TITLES))
    for serial in range(PEOPLE):
        row = claimant(serial)
        page.append([row.get(title) for title in TITLES])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def claimant(serial: int) -> dict[str, Any]:
    """The cells of one claimant."""
    number = f"99010119510203{serial:03d}"
    return {
        "姓名": f"陶玉{serial}",
        "身份证号": number + check_character(number),
        "电话": f"1380000{serial:04d}",
        "街道": f"第{serial % 9}街道",
        "住址": f"滨澜区临江路 {serial} 号",
        "状况": "在世",
        "请求1": "安置费",
        "请求1期间": "2018年至2024年",
        "请求1年数": 7,
        "请求1每年": 6000,
        "请求1金额": 42000,
        "合计": 42000,
    }


def read_bare(content: bytes) -> int:
    """Every cell of the file, read with openpyxl and nothing else."""
    sheet = load_workbook(BytesIO(content), read_only=True).worksheets[0]
    return sum(len(row) for row in sheet.iter_rows(values_only=True))


def prepare() -> tuple[Actor, int]:
    """An office, a visit against one company, and an empty roster."""
    office = Organisation(name="滨澜区信访办公室", kind=OrganisationKind.PETITION_OFFICE)
    db.session.add(office)
    db.session.flush()
    office.path = f"/{office.id}/"
    account = Account(
        username="zhou", name="周敏", organisation_id=office.id, password_hash="", created_at=clock.now(), role_rows=[]
    )
    db.session.add(account)
    db.session.commit()
    by = Actor(account.id, account.name, frozenset({Role.COORDINATOR}), office.id, (office.id,))
    company = NewParty(PartySide.RESPONDENT, PartyKind.ORGANISATION, "滨澜东方纺机有限公司")
    matter = NewMatter(MatterKind.CLAIM_FOR_DECISION, "安置费", "补发安置费", opponents=(company,))
    first = NewParty(PartySide.PETITIONER, PartyKind.PERSON, "陶玉0", is_representative=True)
    registration = Registration(
        Channel.VISIT, clock.today(), (first,), (matter,), head_count=PEOPLE, is_collective=True
    )
    with transaction():
        visit = register_visit(registration, by=by, now=clock.now())
        found = visit.matters[0]
        respondent = next(party for party in found.parties if party.side is PartySide.RESPONDENT)
        roster = open_roster(found, "安置费", respondent, by=by, now=clock.now())
    return by, roster.id


def plan_of(roster: Roster, rows: Any) -> Plan:
    """What the rows would do to the roster."""
    today = clock.today()
    return plan_import(read_lines(rows, today=today), known_of(roster, today=today), registered_of(roster))


def upload(content: bytes, roster_id: int, by: Actor) -> int:
    """Check, read and keep the table; gives its id."""
    rows = read_sheet(content, columns=TITLES, most_rows=MOST_ROWS)
    with transaction():
        roster = db.session.get_one(Roster, roster_id)
        return keep_upload(roster, content, rows, plan_of(roster, rows), by=by, now=clock.now()).id


def confirm(upload_id: int, by: Actor) -> None:
    """Take the table in, as the button does."""
    with transaction():
        kept = db.session.get_one(RosterImport, upload_id)
        confirm_upload(kept, plan_of(kept.roster, rows_of(kept)), by=by, now=clock.now())


if __name__ == "__main__":
    main()
