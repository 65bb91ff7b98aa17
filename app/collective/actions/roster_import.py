"""Taking an uploaded table in: kept sealed, shown, then confirmed all or nothing or thrown away."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa

from app.access.permissions import Actor
from app.audit.actions import record
from app.collective.actions.claimants import guardian_of, mend_claimant, new_claimant, party_entry, proxy_entry
from app.collective.models import Claimant, Roster, RosterImport
from app.collective.queries.roster import find_open_upload
from app.collective.rules.roster import ImportStatus
from app.collective.rules.roster_plan import LineFate, Plan, PlannedLine
from app.errors import Clash, RuleViolation
from app.extensions import db
from app.matters.actions import add_many_parties, edit_party, file_many_proxies
from app.matters.models import Party
from app.web.spreadsheets import SheetRow

Row = TypeVar("Row", Party, Claimant)


def keep_upload(
    roster: Roster, content: bytes, rows: Sequence[SheetRow], plan: Plan, *, by: Actor, now: datetime
) -> RosterImport:
    """Keep the rows of a table, sealed, until they are confirmed; an earlier one that waits is thrown away."""
    _check_open(roster)
    if not rows:
        raise RuleViolation("表里没有填写的行。请填好再上传。", rule="R-LINK-11")
    waiting = find_open_upload(roster)
    if waiting is not None:
        discard_upload(waiting, by=by, now=now)
    upload = RosterImport(
        roster=roster,
        sha256=hashlib.sha256(content).hexdigest(),
        row_count=len(rows),
        uploaded_by=by.account_id,
        uploaded_at=now,
    )
    upload.rows = json.dumps([[row.number, row.cells, row.problems] for row in rows], ensure_ascii=False)
    _note_plan(upload, plan)
    db.session.add(upload)
    db.session.flush()
    record(by, "roster.upload", upload, matter_id=roster.matter_id, rows=len(rows), failed=upload.failed_count)
    return upload


def rows_of(upload: RosterImport) -> list[SheetRow]:
    """The rows as they were uploaded; none once the table was confirmed or thrown away."""
    if not upload.rows:
        return []
    return [SheetRow(number, cells, tuple(problems)) for number, cells, problems in json.loads(upload.rows)]


def discard_upload(upload: RosterImport, *, by: Actor, now: datetime) -> None:
    """Throw a table away that was not confirmed; its rows are gone."""
    _check_waits(upload)
    _end(upload, ImportStatus.DISCARDED, now)
    record(by, "roster.discard_upload", upload, matter_id=upload.roster.matter_id)


def renew_preview(upload: RosterImport, plan: Plan, *, by: Actor) -> None:
    """Note what the waiting table would do to the roster as it stands now."""
    _check_waits(upload)
    _note_plan(upload, plan)
    record(by, "roster.renew_preview", upload, matter_id=upload.roster.matter_id, failed=upload.failed_count)


def confirm_upload(upload: RosterImport, plan: Plan, *, by: Actor, now: datetime) -> None:
    """Take in every row that is right, all or none; refuses when the plan is not the one that was shown (Clash)."""
    roster = upload.roster
    _check_waits(upload)
    _check_open(roster)
    if plan.digest != upload.plan_digest:
        raise Clash("预览以后名册有了改动。请先按“重新核对”，看过再确认。", rule="R-LINK-11")
    if not (plan.of(LineFate.NEW) or plan.of(LineFate.CHANGED)):
        raise RuleViolation("没有可以导入的行：都和名册上一样，或者有错。", rule="R-LINK-11")
    _change_claimants(plan.of(LineFate.CHANGED), by=by, now=now)
    _add_claimants(roster, plan.of(LineFate.NEW), by=by, now=now)
    _end(upload, ImportStatus.CONFIRMED, now)
    counts = {fate.value: plan.counts.get(fate, 0) for fate in LineFate}
    record(by, "roster.import", roster, upload=upload.id, sha256=upload.sha256, rows=counts)


def _add_claimants(roster: Roster, lines: Sequence[PlannedLine], *, by: Actor, now: datetime) -> None:
    entries = [line.entry for line in lines if line.entry]
    pairs = list(zip(_parties_of(roster, lines, by=by, now=now), entries, strict=True))
    last = db.session.scalar(sa.select(sa.func.max(Claimant.position)).where(Claimant.roster_id == roster.id)) or 0
    db.session.add_all(
        new_claimant(roster, party, entry, last + place) for place, (party, entry) in enumerate(pairs, start=1)
    )
    db.session.flush()
    filed = [(party, proxy_entry(entry.proxy)) for party, entry in pairs if entry.proxy]
    if filed:
        file_many_proxies(roster.matter, filed, by=by, now=now)


def _parties_of(roster: Roster, lines: Sequence[PlannedLine], *, by: Actor, now: datetime) -> list[Party]:
    """The petitioner of each row, in the order of the rows: registered before and completed now, or new."""
    found = {party.id: party for party in _rows(Party, (line.party_id for line in lines))}
    for line in lines:
        if line.party_id and line.entry:
            _complete(found[line.party_id], line, by=by, now=now)
    fresh = [party_entry(line.entry) for line in lines if line.entry and not line.party_id]
    added = iter(add_many_parties(roster.matter, fresh, by=by, now=now) if fresh else [])
    return [found[line.party_id] if line.party_id else next(added) for line in lines]


def _complete(party: Party, line: PlannedLine, *, by: Actor, now: datetime) -> None:
    assert line.entry is not None
    edit_party(party, party_entry(line.entry, party), guardian=guardian_of(party), by=by, now=now)


def _change_claimants(lines: Sequence[PlannedLine], *, by: Actor, now: datetime) -> None:
    found = {claimant.id: claimant for claimant in _rows(Claimant, (line.claimant_id for line in lines))}
    for line in lines:
        if line.claimant_id and line.entry:
            mend_claimant(found[line.claimant_id], line.entry, by=by, now=now)


def _rows(model: type[Row], wanted: Iterable[int | None]) -> Sequence[Row]:
    ids = [row_id for row_id in wanted if row_id]
    return db.session.scalars(sa.select(model).where(model.id.in_(ids))).all() if ids else []


def _note_plan(upload: RosterImport, plan: Plan) -> None:
    upload.plan_digest = plan.digest
    upload.new_count = plan.counts.get(LineFate.NEW, 0)
    upload.changed_count = plan.counts.get(LineFate.CHANGED, 0)
    upload.same_count = plan.counts.get(LineFate.SAME, 0)
    upload.failed_count = plan.counts.get(LineFate.FAILED, 0)


def _end(upload: RosterImport, status: ImportStatus, now: datetime) -> None:
    upload.status = status
    upload.rows = ""
    upload.ended_at = now


def _check_waits(upload: RosterImport) -> None:
    if upload.status is ImportStatus.CONFIRMED:
        raise RuleViolation("这份表已经导入过了。请到名册里看。", rule="B133")
    if upload.status is ImportStatus.DISCARDED:
        raise RuleViolation("这份表已经作废。请重新上传。", rule="B133")


def _check_open(roster: Roster) -> None:
    if not roster.matter.is_open:
        raise RuleViolation("这件事已经办完，名册不能再改。", rule="R-ARCH-05")
