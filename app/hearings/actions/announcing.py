"""Announce a hearing to the public, give observers their seats, compare them at the door (R-HEAR-09/16, INV-34)."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.access.permissions import Actor
from app.audit.actions import record
from app.documents.actions import void_paper
from app.documents.papers.hearing_announcement import AnnouncedParty, HearingAnnouncementFacts
from app.documents.rules import NumberRequest
from app.errors import RuleViolation
from app.extensions import db
from app.hearings.actions.notices import issue_of
from app.hearings.models import Hearing, HearingAnnouncement, Observer
from app.hearings.queries.announcements import known_people
from app.hearings.queries.notice_facts import capacity_words, letter_facts, place_words, planned
from app.hearings.queries.scheduling import session_day
from app.hearings.rules.announcing import (
    AnnouncementPlan,
    check_announcement,
    check_names_nobody,
    check_nothing_personal,
    next_seat,
)
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.words import HearingStatus, ProcedureKind
from app.law import citizen_id, clock
from app.matters.models import PartyKind
from app.notices.actions import queue_message
from app.notices.rules import MessageKind, when_words
from app.privacy.sealed import digest_of
from app.settings.queries import calendar, find_profile_by_id

NUMBERS = {
    ProcedureKind.PETITION: NumberRequest("petition_hearing_announcement", "{prefix}信听公〔{year}〕{n}号"),
    ProcedureKind.RECONSIDERATION: NumberRequest("reconsideration_announcement", "{prefix}复听公〔{year}〕{n}号"),
}


@dataclass(frozen=True)
class NewAnnouncement:
    """What the public is to read, how many may come, until when and how they register."""

    masked_subject: str
    seats: int
    registration_ends_at: datetime
    register_how: str = "凭身份证在公告栏网页、窗口或者打电话登记"
    access: str = ""


@dataclass(frozen=True)
class NewObserver:
    """Who wants a seat; the ID card is compared at the door."""

    name: str
    id_number: str
    phone: str = ""
    is_journalist: bool = False


def publish_announcement(
    hearing: Hearing, new: NewAnnouncement, *, procedure: Procedure, by: Actor, now: datetime
) -> HearingAnnouncement:
    """Put the announcement up, or up again after a change; observers keep their seats.

    Refuses a hearing that is closed or not noticed, one too near (R-HEAR-09), and a text that tells who a person is,
    naming what stands there (INV-34).
    """
    if hearing.status is not HearingStatus.NOTICED or hearing.session is None:
        raise RuleViolation("排好时间、发了通知的听证才能公告。", rule="R-HEAR-09")
    row = hearing.announcement
    if row is not None and row.is_public:
        raise RuleViolation("这场听证已经公告了。要改的话，先撤回再发。", rule="R-HEAR-09")
    _check(hearing, new, now)
    if row is None:
        row = HearingAnnouncement(hearing=hearing, observers=[])
        db.session.add(row)
    row.masked_subject, row.seats = new.masked_subject, max(new.seats, len(row.observers))
    row.registration_ends_at, row.published_at, row.withdrawn_at = new.registration_ends_at, now, None
    row.published_by = by.account_id
    row.paper = issue_of(
        hearing, _facts(hearing, new, procedure, now), by=by, now=now, number=NUMBERS[hearing.procedure]
    )
    record(by, "hearing.announce", hearing, seats=row.seats)
    return row


def withdraw_announcement(announcement: HearingAnnouncement, *, by: Actor, now: datetime) -> None:
    """Take the announcement down; refuses one that is not up."""
    if not announcement.is_public:
        raise RuleViolation("这份公告没有在公布，不用撤回。", rule="R-HEAR-09")
    take_down(announcement.hearing, by=by, now=now)


def take_down(hearing: Hearing, *, by: Actor, now: datetime) -> None:
    """Take the announcement down because time, place or the hearing itself fell away; observers are told."""
    row = hearing.announcement
    if row is None or not row.is_public:
        return
    row.withdrawn_at = now
    if row.paper is not None and row.paper.void_at is None:
        void_paper(row.paper, replaced_by=None, by=by, now=now)
    for observer in row.observers:
        _tell(observer, row, by=by, now=now)
    record(by, "hearing.announcement_down", hearing, observers=len(row.observers))


def register_observer(announcement: HearingAnnouncement, new: NewObserver, *, now: datetime) -> Observer:
    """Give the next seat to one person with a valid ID number; the unique keys decide between two (R-HEAR-16).

    Refuses when all seats are taken, registration is over, or that number has a seat already.
    """
    number = citizen_id.parse(new.id_number, today=clock.local_date(now)).number
    row = db.session.get_one(HearingAnnouncement, announcement.id, with_for_update=True, populate_existing=True)
    if not row.is_public or row.registration_ends_at is None:
        raise RuleViolation("这场听证现在不登记旁听。请看最新的公告。", rule="R-HEAR-16")
    digest = digest_of("id_number", number)
    if db.session.scalar(sa.select(Observer.id).filter_by(announcement_id=row.id, id_number_digest=digest)):
        raise _used()
    taken = db.session.scalar(sa.select(sa.func.count(Observer.id)).filter_by(announcement_id=row.id)) or 0
    seat = next_seat(taken, row.seats, now=now, registration_ends_at=row.registration_ends_at)
    observer = Observer(announcement_id=row.id, seat_number=seat, is_journalist=new.is_journalist, registered_at=now)
    observer.name, observer.id_number, observer.phone = new.name, number, new.phone
    observer.id_number_digest = digest
    try:
        with db.session.begin_nested():
            db.session.add(observer)
    except IntegrityError as error:
        raise _used() from error
    record(None, "hearing.observe", row.hearing, seat=seat)
    return observer


def check_in_observer(observer: Observer, shown_id_number: str, *, by: Actor, now: datetime) -> None:
    """Let an observer in whose ID card is the one he registered with; refuses another one, and a second entry."""
    if observer.came_at is not None:
        raise RuleViolation("这个席位已经有人入场。请核对座位号。", rule="R-HEAR-16")
    number = citizen_id.parse(shown_id_number, today=clock.local_date(now)).number
    if digest_of("id_number", number) != observer.id_number_digest:
        raise RuleViolation("出示的证件和登记的不是同一个人，不能入场。请本人带登记时的身份证。", rule="R-HEAR-16")
    observer.came_at = now
    record(by, "hearing.observer_in", observer.announcement.hearing, seat=observer.seat_number)


def _check(hearing: Hearing, new: NewAnnouncement, now: datetime) -> None:
    """The one check of a publication: its day, its seats, its words."""
    assert hearing.session is not None
    profile, held_on = find_profile_by_id(hearing.profile_id), session_day(hearing)
    check_announcement(
        AnnouncementPlan(
            starts_at=hearing.session.starts_at,
            held_on=held_on or clock.local_date(hearing.session.starts_at),
            seats=new.seats,
            registration_ends_at=new.registration_ends_at,
        ),
        hearing.mode,
        now=now,
        today=clock.local_date(now),
        period=profile.hearing_announcement,
        counting=profile.notice_counting,
        calendar=calendar(),
    )
    people = known_people(hearing)
    check_nothing_personal("\n".join((new.masked_subject, new.access)), people)
    check_names_nobody(new.register_how, people)


def _facts(hearing: Hearing, new: NewAnnouncement, procedure: Procedure, now: datetime) -> HearingAnnouncementFacts:
    plan, until = planned(hearing), clock.to_local(new.registration_ends_at)
    return HearingAnnouncementFacts(
        **{**letter_facts(hearing, clock.local_date(now)), "subject": new.masked_subject},
        parties=tuple(
            AnnouncedParty(
                capacity=capacity_words(row, procedure),
                name=row.party.name,
                is_natural=row.party.kind is PartyKind.PERSON,
            )
            for row in hearing.parties
        ),
        held_on=plan.day,
        starts_at=plan.at,
        place=place_words(hearing),
        access=new.access,
        seats=new.seats,
        register_until=until.date(),
        register_until_at=until.time().replace(second=0, microsecond=0),
        register_how=new.register_how,
    )


def _tell(observer: Observer, row: HearingAnnouncement, *, by: Actor, now: datetime) -> None:
    hearing = row.hearing
    if hearing.session is None:
        return
    queue_message(
        MessageKind.OBSERVED_HEARING_OFF,
        to=observer.phone,
        variables={
            "centre": hearing.organ.centre_name or hearing.organ.short_name or hearing.organ.name,
            "phone": hearing.organ.contact_phone,
            "when": when_words(hearing.session.starts_at),
        },
        business_key=f"observer:{observer.public_id}:{now.isoformat()}",
        matter_id=hearing.matter_id,
        by=by,
        now=now,
    )


def _used() -> RuleViolation:
    return RuleViolation(
        "这个身份证号已经登记过一个席位。一人一席，请本人带身份证入场。不是您登记的，请打公告上的电话。",
        rule="R-HEAR-16",
    )
