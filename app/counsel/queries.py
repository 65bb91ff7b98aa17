"""Reading opinions: one, a lawyer's workbench, the office's list, those of a matter, and who may be asked."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.access.permissions import Actor, Role
from app.booking.models import DutySlot
from app.counsel.models import LegalOpinion
from app.counsel.rules import LawyerStanding, OpinionStatus
from app.documents.models import IssuedPaper
from app.documents.queries import list_papers_of
from app.documents.rules import Owner
from app.errors import NotFound
from app.extensions import db
from app.matters.models import Capacity, Involvement, Matter, Party, Proxy
from app.matters.queries import visible_to
from app.people.models import Account
from app.people.queries import list_lawyers

KIND = "legal_opinion"
DECIDING = frozenset({Capacity.MEDIATOR, Capacity.HEARING_CHAIR, Capacity.HEARING_PANELIST})
LONGEST_LIST = 200


def get_opinion(public_id: str) -> LegalOpinion:
    """The opinion with this public id; NotFound otherwise."""
    statement = (
        sa.select(LegalOpinion)
        .where(LegalOpinion.public_id == public_id)
        .options(
            selectinload(LegalOpinion.matter).selectinload(Matter.involvements),
            selectinload(LegalOpinion.matter).selectinload(Matter.units),
        )
    )
    opinion = db.session.scalar(statement)
    if opinion is None:
        raise NotFound("没有这份意见，或者它不归您看。")
    return opinion


def owner_of(opinion: LegalOpinion) -> Owner:
    """The opinion as the owner of papers and blockers."""
    return Owner(KIND, opinion.id)


def find_paper(opinion: LegalOpinion) -> IssuedPaper | None:
    """The paper that was issued at submission."""
    papers = list_papers_of(owner_of(opinion))
    return papers[-1] if papers else None


def list_asked(lawyer: Actor) -> list[LegalOpinion]:
    """What the lawyer still has to write, the most urgent first."""
    open_states = (OpinionStatus.REQUESTED, OpinionStatus.DRAFTING)
    statement = _own(lawyer).where(LegalOpinion.status.in_(open_states))
    return _load(statement.order_by(LegalOpinion.due_on, LegalOpinion.id))


def list_written(lawyer: Actor) -> list[LegalOpinion]:
    """What the lawyer wrote, the newest first, with what became of it."""
    written = (OpinionStatus.SUBMITTED, OpinionStatus.ANSWERED)
    statement = _own(lawyer).where(LegalOpinion.status.in_(written))
    return _load(statement.order_by(LegalOpinion.submitted_at.desc(), LegalOpinion.id.desc()))


def list_for_office(actor: Actor, *, status: OpinionStatus | None = None) -> list[LegalOpinion]:
    """The opinions on matters the actor may read; those that wait for an answer first, then the newest."""
    statement = sa.select(LegalOpinion).join(LegalOpinion.matter).where(visible_to(actor))
    if status is not None:
        statement = statement.where(LegalOpinion.status == status)
    waits = LegalOpinion.status == OpinionStatus.SUBMITTED
    return _load(statement.order_by(sa.desc(waits), LegalOpinion.requested_at.desc(), LegalOpinion.id.desc()))


def list_of_matter(matter: Matter) -> list[LegalOpinion]:
    """Every opinion on a matter, the oldest first."""
    return _load(sa.select(LegalOpinion).where(LegalOpinion.matter_id == matter.id).order_by(LegalOpinion.id))


def list_own_duty(account_id: int, first: date, last: date) -> list[DutySlot]:
    """The half days on which the person is at the centre, in order."""
    statement = sa.select(DutySlot).where(DutySlot.account_id == account_id, DutySlot.day.between(first, last))
    statement = statement.options(joinedload(DutySlot.post))
    return list(db.session.scalars(statement.order_by(DutySlot.day, DutySlot.half.desc())))


def count_waiting_for(actor: Actor) -> int:
    """How many opinions wait for this person: to be written by a lawyer, to be answered by a coordinator."""
    if actor.roles & {Role.LAWYER, Role.JUDGE}:
        return len(list_asked(actor))
    if Role.COORDINATOR not in actor.roles:
        return 0
    statement = sa.select(sa.func.count()).select_from(LegalOpinion).join(LegalOpinion.matter)
    waiting = statement.where(LegalOpinion.status == OpinionStatus.SUBMITTED, visible_to(actor))
    return db.session.scalar(waiting) or 0


def list_askable_lawyers(matter: Matter, on: date) -> list[tuple[Account, LawyerStanding]]:
    """Lawyers in office on the day, each with what stands against asking him on this matter."""
    return [(lawyer, standing_of(matter, lawyer, on)) for lawyer in list_lawyers(on)]


def standing_of(matter: Matter, lawyer: Account, on: date) -> LawyerStanding:
    """What is known about the lawyer and the matter, past involvement included (R-DUTY-03, INV-28)."""
    rows = list(db.session.scalars(sa.select(Involvement).filter_by(matter_id=matter.id, account_id=lawyer.id)))
    professional = lawyer.professional
    return LawyerStanding(
        is_in_office=lawyer.is_active and professional is not None and professional.is_in_office(on),
        is_barred=any(row.is_barred for row in rows),
        advises_a_side=any(row.capacity is Capacity.ADVISING_LAWYER for row in rows),
        decides_or_mediates=any(row.capacity in DECIDING for row in rows),
        is_party=_is_party(matter, professional.citizen_id_digest if professional else None),
        works_for_party=any(party.organisation_id == lawyer.organisation_id for party in matter.parties),
        has_open_request=_has_open_request(matter, lawyer),
    )


def _is_party(matter: Matter, digest: str | None) -> bool:
    if digest is None:
        return False
    as_party = sa.select(Party.id).where(Party.matter_id == matter.id, Party.id_number_digest == digest)
    as_proxy = (
        sa.select(Proxy.id).join(Proxy.party).where(Party.matter_id == matter.id, Proxy.id_number_digest == digest)
    )
    return db.session.scalar(as_party.limit(1)) is not None or db.session.scalar(as_proxy.limit(1)) is not None


def _has_open_request(matter: Matter, lawyer: Account) -> bool:
    unwritten = (OpinionStatus.REQUESTED, OpinionStatus.DRAFTING)
    statement = sa.select(LegalOpinion.id).where(
        LegalOpinion.matter_id == matter.id,
        LegalOpinion.lawyer_id == lawyer.id,
        LegalOpinion.status.in_(unwritten),
    )
    return db.session.scalar(statement.limit(1)) is not None


def _own(lawyer: Actor) -> sa.Select[LegalOpinion]:
    barred = sa.select(Involvement.matter_id).where(
        Involvement.account_id == lawyer.account_id, Involvement.is_barred.is_(True)
    )
    return sa.select(LegalOpinion).where(
        LegalOpinion.lawyer_id == lawyer.account_id, LegalOpinion.matter_id.not_in(barred)
    )


def _load(statement: sa.Select[LegalOpinion]) -> list[LegalOpinion]:
    joined = statement.options(selectinload(LegalOpinion.matter), selectinload(LegalOpinion.lawyer))
    return list(db.session.scalars(joined.limit(LONGEST_LIST)).unique())
