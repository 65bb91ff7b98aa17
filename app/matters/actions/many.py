"""The same act for hundreds of parties at once: adding them, filing their authorities, recording their answers.

One statement a table and one row of the log an act, with the checks of the act for a single party.
"""

from collections.abc import Sequence
from datetime import date, datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.errors import RuleViolation
from app.extensions import db
from app.law import clock
from app.matters.actions.editing import NewProxy, new_proxy
from app.matters.actions.registering import add_parties
from app.matters.actions.screening import new_consent
from app.matters.models import Consent, Matter, Party, Proxy
from app.matters.rules import ConsentDecision, ConsentManner, PartyKind
from app.matters.rules.entering import check_consent_decision
from app.matters.rules.handling import check_day
from app.matters.rules.parties import Ward, check_guardians
from app.matters.rules.registration import NewParty
from app.matters.rules.states import check_open

CONSENTED = ConsentDecision.CONSENTED


def add_many_parties(matter: Matter, entries: Sequence[NewParty], *, by: Actor, now: datetime) -> list[Party]:
    """Add petitioners of a list; refuses minors (INV-37). Representatives are elected, not listed (INV-01)."""
    check_open(matter.is_open)
    check_guardians(
        [Ward(entry.name, entry.birth_date, False) for entry in entries if entry.kind is PartyKind.PERSON],
        today=clock.local_date(now),
    )
    if any(entry.is_representative for entry in entries):
        raise RuleViolation("代表要从来访的人里推选，不能按名单加。", rule="INV-01")
    parties = add_parties(matter, tuple(entries))
    record(by, "party.add_many", matter, count=len(parties))
    return parties


def file_many_proxies(
    matter: Matter, filed: Sequence[tuple[Party, NewProxy]], *, by: Actor, now: datetime
) -> list[Proxy]:
    """File one authority each for several parties of the matter; refuses what `add_proxy` refuses (INV-16)."""
    check_open(matter.is_open)
    proxies = [new_proxy(party, entry, today=clock.local_date(now)) for party, entry in filed]
    db.session.add_all(proxies)
    db.session.flush()
    record(by, "proxy.add_many", matter, count=len(proxies))
    return proxies


def record_many_consents(
    matter: Matter,
    answers: Sequence[tuple[Party, ConsentDecision]],
    *,
    manner: ConsentManner,
    given_on: date,
    by: Actor,
    now: datetime,
) -> list[Consent]:
    """Keep what each of several parties said on a list that went round (INV-05); refuses minors (INV-37)."""
    today = clock.local_date(now)
    check_open(matter.is_open)
    check_day(given_on, not_before=matter.received_on, today=today, what="表态日期")
    for party, decision in answers:
        check_consent_decision(party.consent, decision)
    check_guardians([_ward(party) for party, decision in answers if decision is CONSENTED], today=today)
    rows = [new_consent(party, decision, manner, given_on, by=by, now=now) for party, decision in answers]
    db.session.flush()
    refused = [party.id for party, decision in answers if decision is not CONSENTED]
    record(by, "consent.record_many", matter, count=len(rows), not_consented=refused)
    return rows


def _ward(party: Party) -> Ward:
    birth = date.fromisoformat(party.birth_date) if party.birth_date else None
    return Ward(party.name, birth, party.kind is not PartyKind.PERSON or party.guardian_id is not None)
