"""What stands behind a hearing: which step of the matter it serves, who holds it, who stands on which side."""

from datetime import date

import sqlalchemy as sa

from app.documents.rules import Owner
from app.extensions import db
from app.hearings.models import Hearing
from app.hearings.queries.hearings import find_open_hearing
from app.hearings.rules.applications import STAGES, FormerHearing, Standing
from app.hearings.rules.states import SAT
from app.hearings.rules.words import HearingSide, HearingStatus, ProcedureKind, ServedStage
from app.law import clock
from app.matters.models import Clock, Matter, Party
from app.matters.queries.handling import find_clock
from app.matters.rules import PartySide
from app.people.models import Organisation
from app.remedies.models import ReconsiderationCase
from app.remedies.queries import find_open_remedy, find_reconsideration


def procedure_kind_of(matter: Matter) -> ProcedureKind:
    """Under which law a hearing of this matter would be held now."""
    is_reconsideration = STAGES.get(matter.status) is ServedStage.RECONSIDERATION
    return ProcedureKind.RECONSIDERATION if is_reconsideration else ProcedureKind.PETITION


def standing_of(matter: Matter) -> Standing:
    """What decides whether the matter may be heard now."""
    open_hearing = find_open_hearing(matter)
    case = _open_case(matter)
    return Standing(
        kind=matter.kind,
        status=matter.status,
        open_procedure=matter.open_procedure,
        open_number=open_hearing.number if open_hearing else "",
        former=find_former(matter),
        is_answer_in=case is not None and case.answered_on is not None,
    )


def find_former(matter: Matter) -> FormerHearing | None:
    """The newest hearing of the matter that took place or was withdrawn (R-HEAR-03/06)."""
    counting = (*SAT, HearingStatus.WITHDRAWN, HearingStatus.WAIVED_BY_ABSENCE)
    statement = sa.select(Hearing).where(
        Hearing.matter_id == matter.id, Hearing.is_open.is_(False), Hearing.status.in_(counting)
    )
    row = db.session.scalar(statement.order_by(Hearing.id.desc()).limit(1))
    if row is None:
        return None
    return FormerHearing(row.ended_on or clock.local_date(row.registered_at), row.status is HearingStatus.WITHDRAWN)


def find_withdrawn_request(matter: Matter) -> date | None:
    """The day on which a request for a hearing in the open reconsideration case was taken back (R-RECON-11)."""
    case = _open_case(matter)
    if case is None:
        return None
    statement = sa.select(sa.func.max(Hearing.ended_on)).where(
        Hearing.matter_id == matter.id,
        Hearing.procedure == ProcedureKind.RECONSIDERATION,
        Hearing.status == HearingStatus.WITHDRAWN,
        Hearing.registered_at >= case.received_at,
    )
    return db.session.scalar(statement)


def find_former_id(matter: Matter) -> int | None:
    """The key of the newest hearing before this one, None when it is the first."""
    return db.session.scalar(sa.select(sa.func.max(Hearing.id)).where(Hearing.matter_id == matter.id))


def find_right_until(matter: Matter) -> date | None:
    """Until when the petitioner may apply, None where nobody told him or the right was used (R-TIME-13)."""
    row = find_clock(Owner("matter", matter.id), "hearing_application")
    return row.legal_due_on if row is not None and row.met_on is None else None


def find_running_clock(matter: Matter, code: str) -> Clock | None:
    """The open clock of that name of the matter, whoever owns it."""
    statement = sa.select(Clock).where(Clock.matter_id == matter.id, Clock.clock == code, Clock.is_open)
    return db.session.scalar(statement.order_by(Clock.id.desc()).limit(1))


def organ_of(matter: Matter) -> Organisation:
    """Who holds the hearing: the organ of review, recheck or reconsideration, else the petition office (R-HEAR-05)."""
    case = _open_case(matter)
    if case is not None:
        return db.session.get_one(Organisation, case.organ_id)
    remedy = find_open_remedy(matter)
    return remedy.organ if remedy is not None else matter.organisation


def is_grave(matter: Matter) -> bool:
    """True for a reconsideration case noted as grave, difficult or complex: it must be heard (R-RECON-01)."""
    case = _open_case(matter)
    return case is not None and case.grave_ground is not None


def responsible_unit_of(matter: Matter) -> Organisation | None:
    """The unit that answers in a petition hearing: the handling unit, else the one complained of (R-HEAR-14)."""
    return matter.handling_unit or matter.complained_unit


def sides_of(matter: Matter) -> dict[HearingSide, list[Party]]:
    """Who takes part: elected representatives or all petitioners, the unit that answers, third parties (R-HEAR-14)."""
    petitioners = [party for party in matter.parties if party.side is PartySide.PETITIONER]
    others = [party for party in matter.parties if party.side is not PartySide.PETITIONER]
    respondents = _respondents(matter, others)
    return {
        HearingSide.APPLICANT: [party for party in petitioners if party.is_representative] or petitioners,
        HearingSide.RESPONDENT: respondents,
        HearingSide.THIRD_PARTY: [party for party in others if party not in respondents],
    }


def _respondents(matter: Matter, others: list[Party]) -> list[Party]:
    case = _open_case(matter)
    if case is not None:
        return [party for party in others if party.id == case.respondent_id]
    unit = responsible_unit_of(matter)
    if unit is None:
        return [party for party in others if party.side is PartySide.RESPONDENT]
    return [party for party in others if party.organisation_id == unit.id or party.name == unit.name]


def _open_case(matter: Matter) -> ReconsiderationCase | None:
    case = find_reconsideration(matter)
    return case if case is not None and case.is_open else None
