"""The announcement of a hearing and its observers: publish, take down, seats, the check at the door."""

from datetime import time, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.errors import NotFound
from app.hearings.actions import announcing as acts
from app.hearings.forms.convening import HOW_TO_REGISTER, read_announcement, read_observer
from app.hearings.models import Hearing, HearingAnnouncement
from app.hearings.queries.announcements import get_observer, masked_subject_of
from app.hearings.queries.hearings import get_hearing, procedure_for
from app.hearings.queries.scheduling import session_day
from app.hearings.routes import bp
from app.hearings.routes.applications import read_form
from app.hearings.routes.presenting import hearing_values
from app.law import clock
from app.privacy.masking import mask_id_number
from app.settings.queries import find_profile_by_id
from app.web.forms import FormReader
from app.web.transaction import writes

CLOSES_BEFORE = timedelta(days=2)
CLOSES_AT = time(17, 30)


@bp.get("/hearings/<public_id>/announcement")
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def show_announcement(hearing: Hearing, observer_id: str = "") -> ResponseReturnValue:
    """The form of the announcement, or what is up with its observers; `observer_id` is whom a refusal is about."""
    day = session_day(hearing)
    row = hearing.announcement
    return render_template(
        "hearings/announcement.html",
        **hearing_values(hearing),
        announcement=row,
        draft=row.masked_subject if row else masked_subject_of(hearing),
        until_day=day - CLOSES_BEFORE if day else None,
        until_time=CLOSES_AT,
        how=HOW_TO_REGISTER,
        period=find_profile_by_id(hearing.profile_id).hearing_announcement,
        mask_id_number=mask_id_number,
        refused_observer=observer_id,
        may_publish=day is not None and (row is None or not row.is_public),
    )


@bp.post("/hearings/<public_id>/announcement")
@writes(reshow=show_announcement)
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def publish(hearing: Hearing) -> ResponseReturnValue:
    """Put it up."""
    new, procedure = read_announcement(read_form(hearing)), procedure_for(hearing, clock.today())
    acts.publish_announcement(hearing, new, procedure=procedure, by=current_actor(), now=clock.now())
    flash("公告已发布，公众可以看到，旁听可以登记了。", "ok")
    return _back(hearing)


@bp.post("/hearings/<public_id>/announcement/withdraw")
@writes(reshow=show_announcement)
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def withdraw_announcement(hearing: Hearing) -> ResponseReturnValue:
    """Take it down."""
    row = _announcement(hearing)
    acts.withdraw_announcement(row, by=current_actor(), now=clock.now())
    flash(f"公告已撤下，{len(row.observers)} 位登记旁听的人会收到消息。", "ok")
    return _back(hearing)


@bp.post("/hearings/<public_id>/observers")
@writes(reshow=show_announcement)
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def add_observer(hearing: Hearing) -> ResponseReturnValue:
    """Register somebody who came to the window or telephoned."""
    new = read_observer(FormReader(request.form, today=clock.today()))
    observer = acts.register_observer(_announcement(hearing), new, now=clock.now())
    flash(f"已登记：{observer.seat_number} 号席。请提醒本人带身份证。", "ok")
    return _back(hearing)


@bp.post("/hearings/<public_id>/observers/<observer_id>")
@writes(reshow=show_announcement)
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def check_in(hearing: Hearing, observer_id: str) -> ResponseReturnValue:
    """Compare the ID card at the door."""
    form = FormReader(request.form, today=clock.today())
    shown = form.citizen_id_number("shown_id_number", "证件上的号码", required=True)
    form.finish()
    observer = get_observer(_announcement(hearing), observer_id)
    acts.check_in_observer(observer, shown, by=current_actor(), now=clock.now())
    flash(f"{observer.seat_number} 号席已入场。", "ok")
    return _back(hearing)


def _announcement(hearing: Hearing) -> HearingAnnouncement:
    if hearing.announcement is None:
        raise NotFound("这场听证还没有公告。")
    return hearing.announcement


def _back(hearing: Hearing) -> ResponseReturnValue:
    return redirect(url_for("hearings.show_announcement", public_id=hearing.public_id))
