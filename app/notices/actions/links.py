"""Handing out a petitioner's link, opening it with the second factor, taking it back (T12, B221–B227)."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.access.permissions import Actor
from app.audit.actions import record
from app.extensions import db
from app.law import clock
from app.notices.actions.outbox import queue_message
from app.notices.models import AccessLink, OutboxMessage, PortalSession
from app.notices.queries import digest_of_secret, find_usable_link, list_open_links_of
from app.notices.rules import (
    MAX_TRIES,
    Factor,
    LinkState,
    MessageKind,
    last_four_digits,
    new_desk_code,
    new_token,
    normal_code,
)
from app.privacy.sealed import digest_of, key_ring
from app.settings.queries import profile_on
from app.web.faults import fault_point
from app.web.installation import settings
from app.web.limits import check_attempts, note_failure

NETWORK_SCOPE, NETWORK_LIMIT = "portal_code_network", 20
GLOBAL_SCOPE, GLOBAL_LIMIT = "portal_code_all", 200
WINDOW = timedelta(hours=1)


@dataclass(frozen=True)
class IssuedLink:
    """A fresh link; url and desk code are known now and never again. The code is empty where a phone opens it."""

    link: AccessLink
    token: str
    url: str
    desk_code: str


@dataclass(frozen=True)
class Trial:
    """What came of one try: a visit's token, or how many tries are left; both empty means the link is no more."""

    visit_token: str = ""
    tries_left: int = 0


def issue_access_link(
    *,
    party_id: int,
    matter_id: int,
    name: str,
    phone: str,
    by: Actor | None,
    now: datetime,
    at_desk: bool = False,
) -> IssuedLink:
    """Make a link for one party; every earlier one is taken back (B226).

    The last four digits of the phone open it; without a phone, or handed over at the desk, a fresh desk code.
    """
    for earlier in list_open_links_of(party_id):
        revoke_access_link(earlier, by=by, now=now)
    digits = "" if at_desk else last_four_digits(phone)
    desk_code = "" if digits else new_desk_code()
    token = new_token()
    link = AccessLink(
        matter_id=matter_id,
        party_id=party_id,
        token_digest=digest_of_secret(token),
        phone_digest=digest_of("phone", phone),
        factor=Factor.PHONE if digits else Factor.DESK_CODE,
        state=LinkState.ACTIVE,
        tries=0,
        issued_by=by.account_id if by else None,
        issued_at=now,
        expires_at=now + timedelta(days=profile_on(clock.local_date(now)).access_link_days),
    )
    link.name = name
    link.code_digest = _digest_of_code(link, digits or desk_code)
    db.session.add(link)
    db.session.flush()
    record(by, "access_link.issue", link, after=link.state.value, party_id=party_id, factor=link.factor.value)
    return IssuedLink(link=link, token=token, url=f"{settings().base_url}/p/{token}", desk_code=desk_code)


def send_access_link(issued: IssuedLink, *, to: str, centre: str, by: Actor | None, now: datetime) -> OutboxMessage:
    """Send a fresh link by text message; somebody without a mobile number is told in person."""
    return queue_message(
        MessageKind.ACCESS_LINK,
        to=to,
        variables={"centre": centre},
        business_key=f"access_link:{issued.link.public_id}",
        matter_id=issued.link.matter_id,
        party_id=issued.link.party_id,
        link=issued.url,
        by=by,
        now=now,
    )


def revoke_access_link(link: AccessLink, *, by: Actor | None, now: datetime) -> None:
    """Take a link back; visits that it opened end with the next page."""
    if link.state is not LinkState.ACTIVE:
        return
    link.state, link.ended_at = LinkState.REVOKED, now
    record(by, "access_link.revoke", link, before=LinkState.ACTIVE.value, after=link.state.value)


def try_code(token: str, typed: str, *, is_helper: bool, network: str, now: datetime) -> Trial:
    """Try to open a link; the caller commits what this notes, whatever came of it.

    Refuses when this network or all together tried wrong too often within the hour (TooManyAttempts, F30).
    """
    check_attempts(NETWORK_SCOPE, network, limit=NETWORK_LIMIT, now=now)
    check_attempts(GLOBAL_SCOPE, "", limit=GLOBAL_LIMIT, now=now)
    link = find_usable_link(token, now)
    if link is None:
        note_failure(NETWORK_SCOPE, network, window=WINDOW, now=now)
        return Trial()
    db.session.refresh(link, with_for_update=True)
    if not link.is_usable(now):
        return Trial()
    if not hmac.compare_digest(_digest_of_code(link, normal_code(typed)), link.code_digest):
        return _note_wrong_code(link, network, now)
    fault_point("link.before_consume")
    link.tries, link.last_opened_at = 0, now
    record(None, "access_link.open", link, is_helper=is_helper)
    return Trial(visit_token=_start_visit(link, is_helper, now))


def is_slip_secret(link: AccessLink, token: str, desk_code: str) -> bool:
    """Whether these are the secrets of this link, so that its slip may be printed while they are on the screen."""
    is_code = not desk_code or hmac.compare_digest(_digest_of_code(link, desk_code), link.code_digest)
    return hmac.compare_digest(link.token_digest, digest_of_secret(token)) and is_code


def mark_visit_seen(visit_id: int, *, now: datetime) -> None:
    """Note that the visitor is still there."""
    db.session.get_one(PortalSession, visit_id).last_seen_at = now


def end_visit(visit: PortalSession, *, now: datetime) -> None:
    """End a visit for good."""
    visit.ended_at = now
    record(None, "access_link.leave", visit.link)


def _note_wrong_code(link: AccessLink, network: str, now: datetime) -> Trial:
    note_failure(NETWORK_SCOPE, network, window=WINDOW, now=now)
    note_failure(GLOBAL_SCOPE, "", window=WINDOW, now=now)
    link.tries += 1
    if link.tries >= MAX_TRIES:
        link.state, link.ended_at = LinkState.DEAD, now
        record(None, "access_link.dead", link, before=LinkState.ACTIVE.value, after=link.state.value)
        return Trial()
    record(None, "access_link.wrong_code", link, tries=link.tries)
    return Trial(tries_left=MAX_TRIES - link.tries)


def _start_visit(link: AccessLink, is_helper: bool, now: datetime) -> str:
    token = new_token() + new_token()
    visit = PortalSession(
        token_digest=digest_of_secret(token),
        link_id=link.id,
        is_helper=is_helper,
        created_at=now,
        last_seen_at=now,
    )
    db.session.add(visit)
    db.session.flush()
    return token


def _digest_of_code(link: AccessLink, code: str) -> str:
    return key_ring().digest("access_code", f"{link.public_id}:{code}")
