"""The secret address of one's own calendar feed: made new, taken back."""

import secrets
from datetime import datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.booking.models import DutyFeed
from app.booking.queries.own_duty import digest_of_feed, find_own_feed
from app.extensions import db

TOKEN_BYTES = 24


def issue_feed(*, by: Actor, now: datetime) -> str:
    """Make a new address for the person's own duty and give its secret, this once; an earlier one dies."""
    revoke_feed(by=by, now=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    feed = DutyFeed(account_id=by.account_id, token_digest=digest_of_feed(token), issued_at=now)
    db.session.add(feed)
    db.session.flush()
    record(by, "duty_feed.issue", feed)
    return token


def revoke_feed(*, by: Actor, now: datetime) -> bool:
    """Take the person's own address back; whether there was one."""
    feed = find_own_feed(by.account_id)
    if feed is None:
        return False
    feed.revoked_at = now
    db.session.flush()
    record(by, "duty_feed.revoke", feed)
    return True
