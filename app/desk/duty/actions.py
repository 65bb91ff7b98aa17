"""Acts on duty that tell somebody: only those whose own duty changed, and who is asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.permissions import Actor
from app.booking import actions
from app.booking.models import DutyRequest, DutyRoster, DutySlot
from app.booking.queries.rooms import area_of, in_area
from app.booking.rules.duty_requests import REQUEST_KIND_LABELS, HalfSlot, RequestKind
from app.booking.rules.rosters import Change
from app.extensions import db
from app.notices.actions import queue_message
from app.notices.queries import count_told_in_person
from app.notices.rules import MessageKind, greeting_of
from app.people.models import Account, Organisation, OrganisationKind
from app.people.queries import get_account_by_id


@dataclass(frozen=True)
class Told:
    """How many people are told, and how many of them in person, because they have no mobile number."""

    people: int
    in_person: int


def publish_and_tell(roster: DutyRoster, *, by: Actor, now: datetime, is_confirmed: bool = False) -> Told:
    """Publish the draft of a month and tell those whose own duty changed; refuses as `publish_roster` does."""
    publication = actions.publish_roster(roster, by=by, now=now, is_confirmed=is_confirmed)
    accounts = db.session.scalars(sa.select(Account).where(Account.id.in_(publication.changes))).unique()
    words = {account: words_of_changes(publication.changes[account.id]) for account in accounts}
    return _tell(words, f"duty:{roster.public_id}:{publication.version.number}", by, now)


def tell_colleague(request: DutyRequest, *, by: Actor, now: datetime) -> Told:
    """Tell a colleague that he is asked to swap or to step in."""
    if request.colleague is None:
        return Told(0, 0)
    wish = "换班" if request.kind is RequestKind.SWAP else "顶班"
    return _tell({request.colleague: f"有同事请您{request.given}{wish}"}, f"duty-ask:{request.public_id}", by, now)


def approve_and_tell(request: DutyRequest, *, by: Actor, now: datetime, is_confirmed: bool = False) -> Told:
    """Approve a swap, a cover or leave and tell both; refuses as `approve_request` does."""
    actions.approve_request(request, by=by, now=now, is_confirmed=is_confirmed)
    return _tell_both(request, "已批准", by, now)


def decline_and_tell(request: DutyRequest, *, by: Actor, now: datetime) -> Told:
    """Do not approve, and tell both."""
    actions.decline_request(request, by=by, now=now)
    return _tell_both(request, "没有批准", by, now)


def cover_and_tell(slot: DutySlot, colleague: Account, *, by: Actor, now: datetime, is_confirmed: bool = False) -> Told:
    """Let somebody step in at once and tell both; refuses as `cover_duty` does."""
    given, relieved = HalfSlot(slot.day, slot.half), slot.account
    actions.cover_duty(slot, colleague, by=by, now=now, is_confirmed=is_confirmed)
    words = {relieved: f"您{given}的班由同事顶", colleague: f"请您{given}顶班"}
    return _tell(words, f"duty-cover:{slot.public_id}:{now:%Y%m%d%H%M%S}", by, now)


def words_of_changes(changes: Iterable[Change]) -> str:
    """What one person is told of a publication: the half-day, or how many of them."""
    changes = list(changes)
    first = changes[0].shift
    if len(changes) == 1:
        return f"您{HalfSlot(first.day, first.half)}{'值班' if changes[0].is_on else '不用值班了'}"
    return f"您{first.day.month}月的值班有{len(changes)}个半天变动"


def _tell_both(request: DutyRequest, outcome: str, by: Actor, now: datetime) -> Told:
    words = f"{request.given or ''}{REQUEST_KIND_LABELS[request.kind]}{outcome}"
    people = (person for person in (request.asker, request.colleague) if person is not None)
    return _tell({person: words for person in people}, f"duty-request:{request.public_id}", by, now)


def _tell(words: Mapping[Account, str], key: str, by: Actor, now: datetime) -> Told:
    centre = _centre_of(by)
    messages = [
        queue_message(
            MessageKind.DUTY_CHANGED,
            to=account.phone,
            variables={
                "centre": centre.centre_name or centre.short_name or centre.name,
                "phone": centre.contact_phone,
                "name": greeting_of(account.name),
                "what": what,
            },
            business_key=f"{key}:{account.public_id}",
            by=by,
            now=now,
        )
        for account, what in sorted(words.items(), key=lambda item: item[0].id)
    ]
    return Told(len(messages), count_told_in_person(messages))


def _centre_of(by: Actor) -> Organisation:
    """Who speaks: the petition office of the area, because a lawyer's firm or a court is not the centre."""
    own = get_account_by_id(by.account_id).organisation
    offices = sa.select(Organisation).where(
        Organisation.kind == OrganisationKind.PETITION_OFFICE, Organisation.is_active, in_area(area_of(own))
    )
    return db.session.scalar(offices.order_by(Organisation.id).limit(1)) or own
