"""The act that makes an account assignable: appointment, committee, licence, skills."""

from dataclasses import dataclass
from datetime import date

from app.access.permissions import Actor, Role
from app.audit.actions import record
from app.errors import FieldErrors, RuleViolation
from app.extensions import db
from app.people.models import Account, Organisation, Professional, ProfessionalSkill
from app.people.rules import PROFESSIONALS
from app.privacy.sealed import digest_of


@dataclass(frozen=True)
class Appointment:
    """Since when, for whom, with which licence and skills; the ID number is kept as a keyed digest only."""

    appointed_on: date
    committee: Organisation | None = None
    left_office_on: date | None = None
    working_unit: str = ""
    home_area: str = ""
    licence_number: str = ""
    pool_category: str = ""
    skills: frozenset[str] = frozenset()
    citizen_id: str = ""


def save_professional(account: Account, appointment: Appointment, *, by: Actor | None) -> Professional:
    """Keep what makes the person assignable (R-MED-02); refuses an account without a professional's role."""
    _check_appointment(account, appointment)
    row = db.session.get(Professional, account.id)
    if row is None:
        row = Professional(account_id=account.id)
        db.session.add(row)
    row.committee_id = appointment.committee.id if appointment.committee else None
    row.appointed_on, row.left_office_on = appointment.appointed_on, appointment.left_office_on
    row.working_unit, row.home_area = appointment.working_unit, appointment.home_area
    row.licence_number, row.pool_category = appointment.licence_number, appointment.pool_category
    if appointment.citizen_id:
        row.citizen_id_digest = digest_of("id_number", appointment.citizen_id)
    kept = {skill.dispute_type for skill in row.skills}
    row.skills = [skill for skill in row.skills if skill.dispute_type in appointment.skills] + [
        ProfessionalSkill(dispute_type=code) for code in sorted(appointment.skills - kept)
    ]
    db.session.flush()
    record(by, "professional.save", row, kind="professional", account=account.id, skills=sorted(appointment.skills))
    return row


def _check_appointment(account: Account, appointment: Appointment) -> None:
    if not account.roles & PROFESSIONALS:
        raise RuleViolation("先给这个账号一个专业岗位（调解员、律师、法官等），再填聘任情况。")
    if Role.MEDIATOR in account.roles and appointment.committee is None:
        raise FieldErrors({"committee": "请选择聘任调解员的调委会。依据《人民调解法》第十三条"})
    if Role.LAWYER in account.roles and not appointment.licence_number:
        raise FieldErrors({"licence_number": "请填写律师执业证号。"})
    left = appointment.left_office_on
    if left is not None and left < appointment.appointed_on:
        raise FieldErrors({"left_office_on": "离任日期不能早于聘任日期。"})
