"""After the opinion: publishing a recheck opinion without personal data, and the help that is still owed."""

from collections.abc import Iterator
from datetime import date, datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.extensions import db
from app.law import clock
from app.matters.models import Matter, PartyKind
from app.matters.rules.handling import check_day, check_reason
from app.remedies.models import HelpRecord, Remedy
from app.remedies.rules import HelpKind, RemedyStatus
from app.remedies.rules.publishing import check_publishable
from app.remedies.rules.reviewing import check_may_publish, check_status


def publish_recheck_opinion(remedy: Remedy, text: str, *, by: Actor, now: datetime) -> None:
    """Publish the approved, masked text; only a recheck opinion after a hearing, without personal data (INV-34)."""
    check_status(remedy.status, RemedyStatus.DECIDED, "公示")
    check_may_publish(remedy.stage, has_hearing=bool(remedy.hearing_number))
    check_publishable(text, names=names_of_persons(remedy.matter), values=_values_of(remedy.matter))
    before = remedy.is_published
    remedy.is_published, remedy.published_on = True, clock.local_date(now)
    remedy.published_by = by.account_id
    remedy.published_text = text
    record(by, "remedy.publish", remedy, before=str(before), after="True")


def record_help(matter: Matter, kind: HelpKind, text: str, *, helped_on: date, by: Actor, now: datetime) -> HelpRecord:
    """Record counselling, explanation or relief given to the petitioner, on an ended matter too (R-PET-24)."""
    check_reason(text, "疏导、帮扶的情况")
    check_day(helped_on, not_before=matter.received_on, today=clock.local_date(now), what="日期")
    row = HelpRecord(
        matter=matter,
        matter_id=matter.id,
        help_kind=kind,
        helped_on=helped_on,
        helped_by=by.account_id,
        recorded_at=now,
    )
    row.text = text
    db.session.add(row)
    db.session.flush()
    record(by, "help.record", row, help_kind=kind.value)
    return row


def names_of_persons(matter: Matter) -> list[str]:
    """The natural persons of a matter: parties and those who act for them."""
    persons = [party.name for party in matter.parties if party.kind is PartyKind.PERSON]
    persons += [party.legal_representative for party in matter.parties if party.legal_representative]
    return persons + [proxy.name for party in matter.parties for proxy in party.proxies]


def _values_of(matter: Matter) -> Iterator[str]:
    for party in matter.parties:
        yield from (value for value in (party.id_number, party.phone, party.address) if value)
        for proxy in party.proxies:
            yield from (value for value in (proxy.id_number, proxy.phone) if value)
