"""What waits for the staff: messages that did not leave, people to be told, dead links, questions and wishes."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import check_allowed, current_actor, permission_required
from app.access.permissions import Permission
from app.errors import NotFound
from app.extensions import db
from app.law import clock
from app.matters.models import Matter
from app.notices.actions import mark_told, retry_message, settle_wish
from app.notices.queries import get_message, get_wish
from app.notices.rules import MessageKind, MessageStatus, tell_in_person
from app.portal.queries import waiting_for_staff
from app.portal.routes import bp
from app.privacy.masking import mask_name, mask_phone
from app.web.transaction import writes


@bp.get("/messages")
@permission_required(Permission.ACCESS_LINK_ISSUE)
def show_messages() -> ResponseReturnValue:
    """Everything that waits in the matters one may read."""
    waiting = waiting_for_staff(current_actor())
    untold = [message for message in waiting.messages if message.status is MessageStatus.TO_TELL]
    return render_template(
        "notices/waiting.html",
        waiting=waiting,
        untold=untold,
        failed=[message for message in waiting.messages if message.status is MessageStatus.DEAD],
        tell_in_person=tell_in_person(len(untold)),
        link_kind=MessageKind.ACCESS_LINK,
        mask_name=mask_name,
        mask_phone=mask_phone,
    )


@bp.post("/messages/<public_id>/retry")
@writes
@permission_required(Permission.ACCESS_LINK_ISSUE)
def retry(public_id: str) -> ResponseReturnValue:
    """Send a message again that was given up."""
    message = get_message(public_id)
    _check_may_see_to(message.matter_id)
    retry_message(message, by=current_actor(), now=clock.now())
    flash("已重新排队发送。", "ok")
    return redirect(url_for("portal.show_messages"))


@bp.post("/messages/<public_id>/told")
@writes
@permission_required(Permission.ACCESS_LINK_ISSUE)
def told(public_id: str) -> ResponseReturnValue:
    """Note that the person was told in person or by telephone."""
    message = get_message(public_id)
    _check_may_see_to(message.matter_id)
    mark_told(message, by=current_actor(), now=clock.now())
    flash("记下了：已当面或电话告知。", "ok")
    return redirect(url_for("portal.show_messages"))


@bp.post("/messages/wishes/<public_id>/settle")
@writes
@permission_required(Permission.ACCESS_LINK_ISSUE)
def settle(public_id: str) -> ResponseReturnValue:
    """Note that a question was answered or a wish met."""
    wish = get_wish(public_id)
    _check_may_see_to(wish.matter_id)
    settle_wish(wish, by=current_actor(), now=clock.now())
    flash("记下了：已回复。", "ok")
    return redirect(url_for("portal.show_messages"))


def _check_may_see_to(matter_id: int | None) -> None:
    matter = db.session.get(Matter, matter_id) if matter_id else None
    if matter is None:
        raise NotFound("没有这条消息。")
    check_allowed(current_actor(), Permission.ACCESS_LINK_ISSUE, matter)
