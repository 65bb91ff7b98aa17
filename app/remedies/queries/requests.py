"""Which reviews and rechecks does a matter have, when are they due, what help was given, what is published?"""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.errors import NotFound
from app.extensions import db
from app.law.computing import compute_clock, paused_days_between
from app.matters.models import Clock, Matter
from app.matters.queries.handling import find_clock
from app.remedies.models import HelpRecord, Remedy
from app.remedies.rules import RemedyStage, RemedyStatus
from app.remedies.rules.reviewing import STAGES, BothDates
from app.settings.queries import calendar, profile_on


def get_remedy(public_id: str) -> Remedy:
    """The request with this public id; NotFound otherwise."""
    statement = sa.select(Remedy).where(Remedy.public_id == public_id).options(joinedload(Remedy.matter))
    remedy = db.session.scalar(statement)
    if remedy is None:
        raise NotFound("没有这份复查、复核请求，或者它不归您看。")
    return remedy


def list_remedies(matter_id: int) -> list[Remedy]:
    """The requests of a matter, oldest first, withdrawn ones too."""
    statement = sa.select(Remedy).where(Remedy.matter_id == matter_id).order_by(Remedy.id)
    return list(db.session.scalars(statement.options(joinedload(Remedy.organ), joinedload(Remedy.paper))))


def find_remedy(matter_id: int, stage: RemedyStage) -> Remedy | None:
    """The newest request of that stage that was not withdrawn."""
    statement = sa.select(Remedy).where(
        Remedy.matter_id == matter_id, Remedy.stage == stage, Remedy.status != RemedyStatus.WITHDRAWN
    )
    return db.session.scalar(statement.order_by(Remedy.id.desc()).limit(1))


def find_decided(matter_id: int, stage: RemedyStage) -> Remedy | None:
    """The opinion of that stage, None before it was issued."""
    remedy = find_remedy(matter_id, stage)
    return remedy if remedy is not None and remedy.status is RemedyStatus.DECIDED else None


def find_open_remedy(matter: Matter) -> Remedy | None:
    """The review or recheck that waits for its opinion; hearings of these stages serve it."""
    statement = sa.select(Remedy).where(Remedy.matter_id == matter.id, Remedy.is_open)
    return db.session.scalar(statement.order_by(Remedy.id.desc()).limit(1))


def find_recheck_clock(matter: Matter) -> Clock | None:
    """The thirty days of the matter's recheck, running, paused or over; the one clock that a hearing pauses."""
    remedy = find_remedy(matter.id, RemedyStage.RECHECK)
    return find_clock(remedy, STAGES[RemedyStage.RECHECK].clock) if remedy is not None else None


def both_dates_of(clock: Clock, today: date) -> BothDates:
    """The due dates of a recheck without and with the hearing left out; an open pause counts up to today (R-PET-23)."""
    profile = profile_on(clock.trigger_on)
    running = next((pause for pause in clock.pauses if pause.until_on is None), None)
    excluded = clock.paused_days
    if running is not None:
        until = max(today, running.from_on)
        excluded += paused_days_between(clock.clock, running.from_on, until, calendar(), profile=profile)
    plain = compute_clock(clock.clock, clock.trigger_on, calendar(), profile=profile)
    paused = compute_clock(clock.clock, clock.trigger_on, calendar(), profile=profile, paused_days=excluded)
    return BothDates(plain.legal_due, paused.legal_due, excluded, running is not None)


def list_help(matter_id: int) -> list[HelpRecord]:
    """What help was given, newest first."""
    statement = sa.select(HelpRecord).where(HelpRecord.matter_id == matter_id).options(joinedload(HelpRecord.helper))
    return list(db.session.scalars(statement.order_by(HelpRecord.helped_on.desc(), HelpRecord.id.desc())))


def list_published(*, limit: int = 50) -> list[Remedy]:
    """The recheck opinions that are published, newest first; only `published_text` may leave the house (INV-34)."""
    statement = sa.select(Remedy).where(Remedy.is_published).options(selectinload(Remedy.organ))
    return list(db.session.scalars(statement.order_by(Remedy.published_on.desc(), Remedy.id.desc()).limit(limit)))
