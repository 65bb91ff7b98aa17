"""What the public may read: hearings to come, opinions published; and for the staff, whose name must not be read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.booking.models import BookedSession
from app.errors import NotFound
from app.extensions import db
from app.hearings.models import Hearing, HearingAnnouncement, HearingOpinion, HearingParty, Observer, PanelSeat
from app.hearings.rules.announcing import KnownPerson
from app.hearings.rules.words import HearingStatus
from app.matters.models import Party, PartyKind
from app.privacy.masking import mask_name

LISTED = 50
"""How many hearings and opinions the public page shows."""


def known_people(hearing: Hearing) -> list[KnownPerson]:
    """Every natural person of the matter, proxies among them, whose name or home no text may show (INV-34)."""
    statement = sa.select(Party).where(Party.matter_id == hearing.matter_id).options(selectinload(Party.proxies))
    people = []
    for party in db.session.scalars(statement):
        if party.kind is PartyKind.PERSON:
            people.append(KnownPerson(party.name, party.address or ""))
        people += [KnownPerson(proxy.name) for proxy in party.proxies]
    return people


def masked_subject_of(hearing: Hearing) -> str:
    """The subject as a first draft for the public: every person's name masked."""
    text = hearing.subject or hearing.matter.subject
    for person in sorted(known_people(hearing), key=lambda person: -len(person.name)):
        if len(person.name) > 1:
            text = text.replace(person.name, mask_name(person.name))
    return text


def list_public_announcements(now: datetime) -> Sequence[HearingAnnouncement]:
    """Hearings to come that the public may read of, the next first."""
    statement = (
        _public()
        .join(Hearing.session)
        .where(Hearing.status == HearingStatus.NOTICED, BookedSession.ends_at > now)
        .order_by(BookedSession.starts_at, HearingAnnouncement.id)
        .limit(LISTED)
    )
    return db.session.scalars(statement).unique().all()


def get_announcement(public_id: str) -> HearingAnnouncement:
    """One announcement that is or was public; NotFound otherwise."""
    statement = _with_hearing().where(
        HearingAnnouncement.public_id == public_id, HearingAnnouncement.published_at.is_not(None)
    )
    found: HearingAnnouncement | None = db.session.scalars(statement).unique().one_or_none()
    if found is None:
        raise NotFound("没有这份公告。")
    return found


def get_observer(announcement: HearingAnnouncement, public_id: str) -> Observer:
    """One seat of an announcement; NotFound otherwise."""
    found = db.session.scalar(sa.select(Observer).filter_by(announcement_id=announcement.id, public_id=public_id))
    if found is None:
        raise NotFound("没有这个席位。")
    return found


def free_seats(announcement: HearingAnnouncement) -> int:
    """How many seats are left."""
    taken = sa.select(sa.func.count(Observer.id)).where(Observer.announcement_id == announcement.id)
    return max(announcement.seats - (db.session.scalar(taken) or 0), 0)


def get_published_opinion(public_id: str) -> HearingOpinion:
    """One published opinion; NotFound otherwise."""
    statement = sa.select(HearingOpinion).where(
        HearingOpinion.public_id == public_id, HearingOpinion.published_at.is_not(None)
    )
    found = db.session.scalar(statement.options(joinedload(HearingOpinion.hearing)))
    if found is None:
        raise NotFound("没有这份公开的意见。")
    return found


def _public() -> sa.Select[Any]:
    return _with_hearing().where(
        HearingAnnouncement.published_at.is_not(None), HearingAnnouncement.withdrawn_at.is_(None)
    )


def _with_hearing() -> sa.Select[Any]:
    hearing = joinedload(HearingAnnouncement.hearing)
    return (
        sa.select(HearingAnnouncement)
        .join(HearingAnnouncement.hearing)
        .options(
            hearing.joinedload(Hearing.session).joinedload(BookedSession.room),
            hearing.joinedload(Hearing.organ),
            hearing.selectinload(Hearing.all_seats).joinedload(PanelSeat.account),
            hearing.selectinload(Hearing.parties).joinedload(HearingParty.party),
        )
    )
