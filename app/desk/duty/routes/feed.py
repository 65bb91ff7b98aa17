"""The calendar feed: a secret address made and taken back by its owner, read by his calendar program."""

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.booking import actions
from app.booking.queries.own_duty import find_feed, list_feed_events
from app.booking.rules.ical import write_feed
from app.desk.duty.routes import bp
from app.desk.duty.routes.own import show_mine
from app.errors import NotFound
from app.law import clock
from app.web.installation import settings
from app.web.transaction import writes

FEED_NAME = "访调通值班"


@bp.post("/duty/mine/feed")
@writes(reshow=show_mine)
@permission_required(Permission.CALENDAR_SEE)
def issue_feed() -> ResponseReturnValue:
    """Make a new address and show it this once; it stands in no other page, cookie or log."""
    token = actions.issue_feed(by=current_actor(), now=clock.now())
    address = f"{settings().base_url}{url_for('duty.read_feed', token=token)}"
    return render_template("duty/feed.html", address=address)


@bp.post("/duty/mine/feed/revoke")
@writes(reshow=show_mine)
@permission_required(Permission.CALENDAR_SEE)
def revoke_feed() -> ResponseReturnValue:
    """Take the address back."""
    was_there = actions.revoke_feed(by=current_actor(), now=clock.now())
    flash("订阅地址已停用，原来的地址读不到了。" if was_there else "没有在用的订阅地址。", "ok")
    return redirect(url_for("duty.show_mine"))


@bp.get("/duty/feed/<token>.ics")
@permission_required(Permission.PUBLIC)
def read_feed(token: str) -> Response:
    """The feed of this secret; an unknown or revoked one is no page at all."""
    feed = find_feed(token)
    if feed is None:
        raise NotFound("没有这一页。")
    response = make_response(write_feed(FEED_NAME, list_feed_events(feed.account_id, clock.today()), now=clock.now()))
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = 'inline; filename="duty.ics"'
    return response
