"""Reading hearings: one by id, the open one of a matter, lists cut to what the actor may read, the procedure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.access.permissions import Actor, Permission
from app.booking.models import BookedSession
from app.documents.papers.hearings import HearingNoticeFacts
from app.documents.queries import facts_of, list_papers_of
from app.documents.rules import Owner
from app.errors import NotFound
from app.extensions import db
from app.hearings.models import Hearing, HearingParty, PanelSeat
from app.hearings.rules.procedures import Procedure, procedure_of
from app.hearings.rules.states import ENDED
from app.hearings.rules.words import HearingStatus, ProcedureKind, SeatRole
from app.matters.models import Clock, Matter
from app.matters.queries import visible_to
from app.settings.queries import find_profile_by_id, profile_on

PAGE_SIZE = 20
LISTED_ROLES = (SeatRole.CHAIR, SeatRole.RECORDER, SeatRole.PANELIST, SeatRole.ALTERNATE)


class Scope(StrEnum):
    """What the chips over the list offer."""

    UNDECIDED = "undecided"
    TO_SCHEDULE = "to_schedule"
    NOTICED = "noticed"
    SITTING = "sitting"
    AFTERWARDS = "afterwards"
    ENDED = "ended"


STATUSES_OF = {
    Scope.UNDECIDED: (HearingStatus.PROPOSED, HearingStatus.APPLIED),
    Scope.TO_SCHEDULE: (HearingStatus.APPROVED, HearingStatus.POSTPONED),
    Scope.NOTICED: (HearingStatus.NOTICED,),
    Scope.SITTING: (HearingStatus.IN_PROGRESS, HearingStatus.SUSPENDED),
    Scope.AFTERWARDS: (HearingStatus.DELIBERATING, HearingStatus.HELD, HearingStatus.OPINION_ISSUED),
    Scope.ENDED: tuple(ENDED),
}


@dataclass(frozen=True)
class HearingFilter:
    """What the list is cut to; `is_mine` leaves those in which the actor sits."""

    scope: Scope | None = None
    kind: ProcedureKind | None = None
    is_mine: bool = False


@dataclass(frozen=True)
class HearingPage:
    """One page of hearings; `after` is the place to go on from, None on the last page."""

    hearings: tuple[Hearing, ...]
    after: tuple[datetime, int] | None


def get_hearing(public_id: str) -> Hearing:
    """The hearing with this public id; NotFound otherwise."""
    return _one(Hearing.public_id == public_id)


def get_hearing_by_id(hearing_id: int) -> Hearing:
    """The hearing with this key; NotFound otherwise."""
    return _one(Hearing.id == hearing_id)


def find_open_hearing(matter: Matter) -> Hearing | None:
    """The hearing of a matter that has not ended, None when there is none."""
    return db.session.scalar(sa.select(Hearing).filter_by(matter_id=matter.id, is_open=True).limit(1))


def list_hearings_of(matter: Matter) -> Sequence[Hearing]:
    """Every hearing of a matter, oldest first."""
    return db.session.scalars(sa.select(Hearing).filter_by(matter_id=matter.id).order_by(Hearing.id)).all()


def list_hearings(actor: Actor, wanted: HearingFilter, *, after: tuple[datetime, int] | None = None) -> HearingPage:
    """At most twenty hearings that the actor may read, newest first, from `after` on."""
    statement = (
        sa.select(Hearing)
        .join(Hearing.matter)
        .where(visible_to(actor, Permission.HEARING_READ), *_conditions(actor, wanted))
        .options(
            joinedload(Hearing.matter).selectinload(Matter.involvements),
            joinedload(Hearing.session),
            selectinload(Hearing.all_seats).joinedload(PanelSeat.account),
            selectinload(Hearing.parties).joinedload(HearingParty.party),
        )
        .order_by(Hearing.registered_at.desc(), Hearing.id.desc())
        .limit(PAGE_SIZE + 1)
    )
    if after is not None:
        statement = statement.where(sa.tuple_(Hearing.registered_at, Hearing.id) < after)
    found = tuple(db.session.scalars(statement).unique())
    last = found[PAGE_SIZE - 1] if len(found) > PAGE_SIZE else None
    return HearingPage(found[:PAGE_SIZE], (last.registered_at, last.id) if last else None)


def list_today(actor: Actor, starts: datetime, ends: datetime) -> list[Hearing]:
    """The hearings that the actor may read and that sit between two moments, by time."""
    statement = (
        sa.select(Hearing)
        .join(Hearing.matter)
        .join(Hearing.session)
        .where(
            visible_to(actor, Permission.HEARING_READ),
            Hearing.status.in_((HearingStatus.NOTICED, HearingStatus.IN_PROGRESS)),
            BookedSession.starts_at >= starts,
            BookedSession.starts_at < ends,
        )
        .options(joinedload(Hearing.matter), joinedload(Hearing.session))
        .order_by(BookedSession.starts_at, Hearing.id)
        .limit(PAGE_SIZE)
    )
    return list(db.session.scalars(statement))


def procedure_for(hearing: Hearing, today: date) -> Procedure:
    """How this hearing is held: by the profile frozen at its notice, before that by today's (R-HEAR, 2A)."""
    profile = find_profile_by_id(hearing.profile_id) if hearing.is_profile_frozen else profile_on(today)
    return procedure_of(hearing.procedure, profile)


def organ_head_word(procedure: Procedure) -> str:
    """What the person in charge is called who names the chair and decides recusals."""
    return "行政复议机构负责人" if procedure.kind is ProcedureKind.RECONSIDERATION else "听证机关负责人"


def list_clocks_of(hearing: Hearing) -> list[Clock]:
    """The clocks of the hearing itself: open ones by legal date, then those that ended."""
    statement = (
        sa.select(Clock)
        .where(Clock.owner_kind == hearing.kind, Clock.owner_id == hearing.id)
        .options(selectinload(Clock.extensions), selectinload(Clock.pauses))
        .order_by(Clock.is_open.desc(), Clock.legal_due_on, Clock.id)
    )
    return list(db.session.scalars(statement))


def list_seats_in_order(hearing: Hearing) -> list[PanelSeat]:
    """Who sits now: chair, recorder, panelists, alternates."""
    return [seat for role in LISTED_ROLES for seat in hearing.seats_of(role)]


def list_barred_seats(hearing: Hearing) -> list[PanelSeat]:
    """Seats that nobody ended, but whose person stepped aside: to be decided on or filled anew (INV-12, R-HEAR-19)."""
    sitting = {seat.id for seat in hearing.seats}
    return [seat for seat in hearing.all_seats if seat.ended_on is None and seat.id not in sitting]


def list_unnamed_seats(hearing: Hearing) -> list[PanelSeat]:
    """Chair, recorder and panelists whom the newest notice does not name: a new one must go out (INV-15, R-HEAR-19).

    Alternates named in the notice are known to the parties.
    """
    notices = [row for row in list_papers_of(Owner(hearing.kind, hearing.id)) if row.type_name == "hearing_notice"]
    if not notices:
        return []
    facts = facts_of(notices[-1])
    assert isinstance(facts, HearingNoticeFacts)
    named = {person.key for person in (facts.chair, facts.recorder, *facts.panelists, *facts.alternates)}
    known = {seat.account_id for seat in hearing.all_seats if seat.key in named}
    sitting = [seat for seat in hearing.seats if seat.role is not SeatRole.ALTERNATE]
    return [seat for seat in sitting if seat.account_id not in known]


def _conditions(actor: Actor, wanted: HearingFilter) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.scope is not None:
        conditions.append(Hearing.status.in_(STATUSES_OF[wanted.scope]))
    if wanted.kind is not None:
        conditions.append(Hearing.procedure == wanted.kind)
    if wanted.is_mine:
        conditions.append(
            sa.exists().where(
                PanelSeat.hearing_id == Hearing.id,
                PanelSeat.account_id == actor.account_id,
                PanelSeat.ended_on.is_(None),
            )
        )
    return conditions


def _one(condition: sa.ColumnElement[bool]) -> Hearing:
    matter = joinedload(Hearing.matter)
    statement = (
        sa.select(Hearing)
        .where(condition)
        .options(
            matter.selectinload(Matter.involvements),
            matter.selectinload(Matter.units),
            selectinload(Hearing.all_seats).joinedload(PanelSeat.account),
            selectinload(Hearing.parties).joinedload(HearingParty.party),
        )
    )
    hearing = db.session.scalars(statement).unique().one_or_none()
    if hearing is None:
        raise NotFound("没有这场听证，或者它不归您看。")
    return hearing
