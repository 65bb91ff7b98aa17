"""The basket: what changes, who is told, taking out, publishing with ten seconds to take it back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.booking.actions import take_out as take_draft_out
from app.booking.queries.drafts import get_draft, list_fallen_out
from app.desk.calendar import actions
from app.desk.calendar.routes import bp
from app.desk.calendar.routes import presenting as show
from app.law import clock
from app.web.transaction import writes


@bp.get("/calendar/basket")
@permission_required(Permission.CALENDAR_SEE)
def show_basket() -> ResponseReturnValue:
    """Before and after of every draft, and who will be told by which channel."""
    return render_template("calendar/basket.html", basket=show.basket_of(current_actor()))


@bp.post("/calendar/basket/drafts/<public_id>/out")
@writes(reshow=lambda **_: show_basket())
@permission_required(Permission.CALENDAR_SEE)
def take_out(public_id: str) -> ResponseReturnValue:
    """Take one draft out of the basket."""
    actor = current_actor()
    take_draft_out(get_draft(public_id, actor.account_id), by=actor, now=clock.now())
    flash("已从草稿篮里拿出来，原来的安排没有变。", "ok")
    return redirect(url_for("calendar.show_day"))


@bp.post("/calendar/basket/publish")
@writes(reshow=show_basket)
@permission_required(Permission.CALENDAR_SEE)
def publish() -> ResponseReturnValue:
    """Publish the basket in ten seconds."""
    actions.announce_publishing(by=current_actor(), now=clock.now())
    return redirect(url_for("calendar.show_basket"))


@bp.post("/calendar/basket/hold")
@writes(reshow=show_basket)
@permission_required(Permission.CALENDAR_SEE)
def hold() -> ResponseReturnValue:
    """Take the publishing back."""
    held = actions.hold_publishing(by=current_actor(), now=clock.now())
    flash(
        "已撤销，还是草稿，没有通知任何人。" if held else "已经发布了，来不及撤销。要改请再改期。",
        "ok" if held else "warn",
    )
    return redirect(url_for("calendar.show_basket"))


@bp.post("/calendar/basket/send")
@writes(reshow=show_basket)
@permission_required(Permission.CALENDAR_SEE)
def send() -> ResponseReturnValue:
    """Carry out what was announced, now that the ten seconds are over."""
    placings = actions.publish_basket(by=current_actor(), now=clock.now())
    told = [row for placing in placings for row in placing.told()]
    by_hand = sum(1 for row in told if row.channel != "短信")
    in_person = f"{by_hand} 人收不到短信，请当面或电话告知。" if by_hand else ""
    if placings:
        flash(f"已发布 {len(placings)} 场，通知了 {len(told) - by_hand} 人。{in_person}", "ok")
    else:
        flash("已发布，消息正在发出。", "ok")
    return redirect(url_for("calendar.show_day"))


@bp.post("/calendar/basket/seen")
@writes(reshow=show_basket)
@permission_required(Permission.CALENDAR_SEE)
def mark_seen() -> ResponseReturnValue:
    """Note that one has read what fell out."""
    actions.mark_fallen_out_seen(list_fallen_out(current_actor().account_id), now=clock.now())
    return redirect(url_for("calendar.show_day"))
