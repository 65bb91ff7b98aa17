"""Pairing a tablet with a desk: a code for ten minutes, a token that only the tablet has, an end to both.

A tablet is no log-in: its token names one desk and nothing else.
"""

import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.access.permissions import Actor
from app.audit.actions import record
from app.extensions import db
from app.signing_day.models import SigningDesk
from app.signing_day.queries.tablet import digest_of_code, digest_of_token, find_desk_of_code
from app.signing_day.rules.states import ARTICLE, DayState, WrongStep
from app.signing_day.rules.tablet import CODE_LASTS, new_code, normal_code
from app.web.limits import check_attempts, note_failure

NETWORK_SCOPE, NETWORK_LIMIT = "tablet_code_network", 20
GLOBAL_SCOPE, GLOBAL_LIMIT = "tablet_code_all", 100
WINDOW = timedelta(hours=1)


def open_pairing(desk: SigningDesk, *, by: Actor, now: datetime) -> str:
    """A fresh code for this desk's tablet, known now and never again; an earlier one no longer holds.

    Refuses a day that is closed (WrongStep).
    """
    if desk.day.state is DayState.CLOSED:
        raise WrongStep("这一天的签约已经结束，不能再接平板。", article=ARTICLE)
    code = new_code()
    desk.pairing_code_digest, desk.pairing_until = digest_of_code(code), now + CODE_LASTS
    record(by, "signing_day.open_pairing", desk, desk=desk.position)
    return code


def pair_tablet(typed: str, *, network: str, now: datetime) -> str:
    """The token of a freshly paired tablet, '' for a wrong code; the caller commits what this notes either way.

    Another tablet of the desk is replaced. Refuses who tried wrong too often within the hour (TooManyAttempts).
    """
    check_attempts(NETWORK_SCOPE, network, limit=NETWORK_LIMIT, now=now)
    check_attempts(GLOBAL_SCOPE, "", limit=GLOBAL_LIMIT, now=now)
    code = normal_code(typed)
    desk = find_desk_of_code(code, now)
    if desk is not None:
        db.session.refresh(desk, ["pairing_code_digest", "version"], with_for_update=True)
    if desk is None or desk.pairing_code_digest != digest_of_code(code):
        note_failure(NETWORK_SCOPE, network, window=WINDOW, now=now)
        note_failure(GLOBAL_SCOPE, "", window=WINDOW, now=now)
        return ""
    token = secrets.token_urlsafe(32)
    is_replacing = desk.device_digest is not None
    desk.device_digest, desk.paired_at, desk.last_seen_at = digest_of_token(token), now, now
    desk.pairing_code_digest = desk.pairing_until = None
    record(None, "signing_day.pair", desk, desk=desk.position, replaces=is_replacing)
    return token


def unpair_tablet(desk: SigningDesk, *, by: Actor, now: datetime) -> None:
    """Take the tablet off the desk, and an open code with it; what was signed stays signed."""
    was_paired = desk.device_digest is not None
    desk.device_digest = desk.paired_at = desk.last_seen_at = None
    desk.pairing_code_digest = desk.pairing_until = None
    record(by, "signing_day.unpair", desk, desk=desk.position, was_paired=was_paired)


def note_tablet_seen(desk_id: int, device_digest: str, *, now: datetime) -> None:
    """Note that this tablet is still there; the desk's version stays, so that no clerk's form is refused for it."""
    mine = (SigningDesk.id == desk_id, SigningDesk.device_digest == device_digest)
    db.session.execute(sa.update(SigningDesk).where(*mine).values(last_seen_at=now))
