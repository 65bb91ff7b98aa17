"""Telling the parties of a meeting: by message, or by the staff where somebody has no phone or wants no messages."""

from dataclasses import dataclass
from datetime import datetime

from app.access.permissions import Actor
from app.matters.models import Party, PartyKind
from app.mediation.models import MediationMeeting
from app.mediation.queries.meetings import parties_at_the_table
from app.notices.actions import cancel_messages, queue_message
from app.notices.queries import list_messages_of_matter
from app.notices.rules import MessageKind, MessageStatus, greeting_of, when_words

REACHED = frozenset({MessageStatus.SENT, MessageStatus.TOLD})


@dataclass(frozen=True)
class Earlier:
    """What was said about this meeting before: how many times, and to whom it came or may come any moment."""

    times: int
    knowing: frozenset[int | None]


def tell_of_meeting(meeting: MediationMeeting, *, by: Actor, now: datetime) -> None:
    """Tell everybody who comes when and where; who knows of an earlier time is told that it moved."""
    earlier = _withdraw(meeting, by, now)
    for party in parties_at_the_table(meeting.case):
        kind = MessageKind.MEETING_MOVED if party.id in earlier.knowing else MessageKind.MEETING_BOOKED
        _tell(meeting, party, kind, earlier.times, by, now)


def tell_of_cancelling(meeting: MediationMeeting, *, by: Actor, now: datetime) -> None:
    """Tell those who know of the meeting that it is off; what has not left yet is withdrawn."""
    earlier = _withdraw(meeting, by, now)
    for party in parties_at_the_table(meeting.case):
        if party.id in earlier.knowing:
            _tell(meeting, party, MessageKind.MEETING_CANCELLED, earlier.times, by, now)


def _tell(meeting: MediationMeeting, party: Party, kind: MessageKind, times: int, by: Actor, now: datetime) -> None:
    office, committee = meeting.case.matter.organisation, meeting.case.committee
    queue_message(
        kind,
        to=party.phone if party.accepts_messages else "",
        variables={
            "centre": office.centre_name or office.short_name or committee.short_name or committee.name,
            "phone": committee.contact_phone or office.contact_phone,
            "name": greeting_of(party.name, is_person=party.kind is PartyKind.PERSON),
            "when": when_words(meeting.session.starts_at),
            "where": meeting.session.room.name,
        },
        business_key=f"{_prefix(meeting)}{times + 1}:{party.public_id}",
        matter_id=meeting.case.matter_id,
        party_id=party.id,
        by=by,
        now=now,
    )


def _withdraw(meeting: MediationMeeting, by: Actor, now: datetime) -> Earlier:
    prefix = _prefix(meeting)
    rows = [row for row in list_messages_of_matter(meeting.case.matter_id) if row.business_key.startswith(prefix)]
    on_the_way = [row for row in rows if row.leased_until is not None and row.leased_until > now]
    reached = [row for row in rows if row.status in REACHED]
    if rows:
        cancel_messages(prefix, by=by, now=now)
    times = {row.business_key.removeprefix(prefix).partition(":")[0] for row in rows}
    return Earlier(len(times), frozenset(row.party_id for row in (*reached, *on_the_way)))


def _prefix(meeting: MediationMeeting) -> str:
    return f"meeting:{meeting.public_id}:"
