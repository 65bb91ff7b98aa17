"""Passing a matter on: transfer, assign, guide away, report; the unit's objection and its decision."""

from datetime import date, datetime

from app.access.permissions import Actor, Role
from app.audit.actions import record
from app.errors import RuleViolation
from app.extensions import db
from app.law import clock
from app.matters.actions.clocks import MatterKey, cancel_clocks, meet_clock, start_clock
from app.matters.actions.involving import involve, is_barred, open_blocker, settle_blocker
from app.matters.actions.moving import move
from app.matters.models import Capacity, Matter, MatterUnit, TransferObjection
from app.matters.queries.handling import find_clock, find_open_objection
from app.matters.rules import MatterStatus, UnitCapacity
from app.matters.rules.handling import (
    check_day,
    check_handling_unit,
    check_objection_in_time,
    check_person,
    check_reason,
)
from app.matters.rules.states import MatterAct
from app.people.models import Account, Organisation

WITH_A_UNIT = frozenset({MatterStatus.TRANSFERRED, MatterStatus.ASSIGNED})


class UnitKey:
    """One entrusting of a matter to a unit, as the owner of the unit's two clocks."""

    kind = "matter_unit"

    def __init__(self, unit: MatterUnit) -> None:
        self.id = unit.id


def transfer_matter(
    matter: Matter, unit: Organisation, *, received_on: date, is_assignment: bool = False, by: Actor, now: datetime
) -> MatterUnit:
    """Transfer (转送) or assign (交办) a matter to a unit; its notice and objection clocks start (R-PET-11, INV-02)."""
    today = clock.local_date(now)
    check_day(received_on, not_before=matter.received_on, today=today, what="单位收到日期")
    check_handling_unit(
        is_accusation=matter.is_accusation,
        unit_id=unit.id,
        unit_path=unit.path_ids,
        complained_unit_id=matter.complained_unit_id,
    )
    if unit.id == matter.organisation_id:
        raise RuleViolation("本单位自己办的，请点“受理”，不用转送。", rule="R-PET-07")
    _end_former_unit(matter, on=today)
    move(matter, MatterAct.ASSIGN if is_assignment else MatterAct.TRANSFER, by=by, unit=unit.id)
    entrusted = entrust(matter, unit, UnitCapacity.HANDLING_UNIT, since=received_on)
    entrusted.is_report_due = is_assignment
    matter.handling_unit_id = unit.id
    db.session.flush()
    meet_clock(matter, "petition_routing", today)
    start_clock(matter, "transfer_receipt_notice", received_on, owner=UnitKey(entrusted), now=now)
    start_clock(matter, "transfer_objection", received_on, owner=UnitKey(entrusted), now=now)
    involve(matter, by.account_id, Capacity.ROUTER, since=today)
    return entrusted


def entrust(matter: Matter, unit: Organisation, capacity: UnitCapacity, *, since: date) -> MatterUnit:
    """Let a unit's clerks see the matter; an ended row of the same unit and capacity is opened again."""
    for row in matter.units:
        if row.organisation_id == unit.id and row.capacity is capacity:
            row.since, row.ended_on = since, None
            return row
    row = MatterUnit(matter=matter, matter_id=matter.id, organisation_id=unit.id, capacity=capacity, since=since)
    db.session.add(row)
    db.session.flush()
    return row


def release_unit(matter: Matter, organisation_id: int, capacity: UnitCapacity, *, on: date) -> None:
    """Close the matter to a unit's clerks again; its clocks end, the row stays."""
    for row in matter.units:
        if row.organisation_id == organisation_id and row.capacity is capacity and row.ended_on is None:
            row.ended_on = on
            cancel_clocks(UnitKey(row))


def assign_person(matter: Matter, account: Account, capacity: Capacity, *, by: Actor, now: datetime) -> None:
    """Name who routes a matter or answers for it; an accusation is seen by those named alone (R-PET-09, INV-12)."""
    check_person(
        is_of_office=account.organisation_id == matter.organisation_id,
        is_barred=is_barred(matter, account.id),
        is_active=account.is_active,
    )
    involve(matter, account.id, capacity, since=clock.local_date(now))
    record(by, "matter.assign_person", matter, person=account.id, capacity=capacity.value)


def guide_away(matter: Matter, *, advice: str, by: Actor, now: datetime) -> None:
    """Explain which organ or procedure is right, and end here (R-PET-08, R-PET-15)."""
    check_reason(advice, "引导的去处和办法")
    matter.text.private_note = _joined(matter.text.private_note, f"引导：{advice}")
    _end_here(matter, MatterAct.GUIDE_AWAY, by=by, now=now)


def report_matter(matter: Matter, *, by: Actor, now: datetime) -> None:
    """Report a grave or urgent matter to Party committee and government (R-PET-14)."""
    move(matter, MatterAct.REPORT, by=by)
    meet_clock(matter, "petition_routing", clock.local_date(now))


def object_to_transfer(
    matter: Matter, *, reason: str, override_reason: str = "", by: Actor, now: datetime
) -> TransferObjection:
    """A unit says the matter is not its own; refused after five working days (INV-36)."""
    today = clock.local_date(now)
    unit = _live_unit(matter)
    if find_open_objection(matter.id) is not None:
        raise RuleViolation("已经提过异议，正在等信访部门裁定。", rule="INV-36")
    check_reason(reason, "异议")
    running = find_clock(UnitKey(unit), "transfer_objection")
    if running is not None:
        is_leader = Role.LEADER in by.roles
        check_objection_in_time(running.legal_due_on, today, is_leader=is_leader, override_reason=override_reason)
    row = TransferObjection(matter_id=matter.id, unit_id=unit.organisation_id, raised_by=by.account_id, raised_on=today)
    row.reason = reason
    row.override_reason = override_reason
    db.session.add(row)
    db.session.flush()
    meet_clock(UnitKey(unit), "transfer_objection", today)
    open_blocker(matter, "open_objection", MatterKey(row.id, "transfer_objection"), now=now)
    record(by, "matter.object", row, unit=unit.organisation_id)
    return row


def decide_objection(objection: TransferObjection, *, is_upheld: bool, decision: str, by: Actor, now: datetime) -> None:
    """Agree, and the matter returns with its routing clock; or refuse, and the unit keeps it (R-PET-11)."""
    matter = objection.matter
    if objection.is_upheld is not None:
        raise RuleViolation("这份异议已经裁定过了。请刷新看一看。", rule="R-PET-11")
    check_reason(decision, "裁定")
    objection.is_upheld = is_upheld
    objection.decision = decision
    objection.decided_by = by.account_id
    objection.decided_at = now
    settle_blocker(MatterKey(objection.id, "transfer_objection"), "open_objection", now)
    if is_upheld:
        release_unit(matter, objection.unit_id, UnitCapacity.HANDLING_UNIT, on=clock.local_date(now))
        matter.handling_unit_id = None
        move(matter, MatterAct.UPHOLD_OBJECTION, by=by)
        start_clock(matter, "petition_routing", matter.received_on, now=now)
    record(by, "matter.decide_objection", objection, after="upheld" if is_upheld else "refused")


def _end_here(matter: Matter, act: MatterAct, *, by: Actor, now: datetime) -> None:
    today = clock.local_date(now)
    move(matter, act, by=by)
    matter.closed_on = today
    meet_clock(matter, "petition_routing", today)
    cancel_clocks(matter)


def _end_former_unit(matter: Matter, *, on: date) -> None:
    if matter.handling_unit_id is not None:
        release_unit(matter, matter.handling_unit_id, UnitCapacity.HANDLING_UNIT, on=on)


def _live_unit(matter: Matter) -> MatterUnit:
    if matter.status not in WITH_A_UNIT:
        raise RuleViolation("这件事现在不在转送、交办中，不能提异议。请刷新看一看。", rule="INV-36")
    return next(row for row in matter.units if row.capacity is UnitCapacity.HANDLING_UNIT and row.ended_on is None)


def _joined(old: str, new: str) -> str:
    return f"{old}\n{new}" if old else new
