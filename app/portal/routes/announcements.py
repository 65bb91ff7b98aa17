"""What anybody may read: hearings to come, opinions published; how one gets an observer's seat (R-HEAR-09/16/31)."""

from datetime import timedelta

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import permission_required
from app.access.permissions import Permission
from app.documents.actions import check_url
from app.documents.rules import grouped_code
from app.errors import NotFound
from app.hearings.actions.announcing import register_observer
from app.hearings.forms.convening import read_observer
from app.hearings.models import HearingAnnouncement
from app.hearings.queries.announcements import (
    free_seats,
    get_announcement,
    get_observer,
    get_published_opinion,
    list_public_announcements,
)
from app.hearings.queries.opinions import list_published_opinions
from app.hearings.rules.words import HearingSide, HearingStatus, SeatRole
from app.law import clock
from app.matters.models import PartyKind
from app.people.routes.login import network_of
from app.portal.routes import bp
from app.web.forms import FormReader
from app.web.limits import check_attempts, note_failure
from app.web.qr import qr_image
from app.web.transaction import run_write, writes

SCOPE, WRONG_TRIES, WINDOW = "observer", 30, timedelta(hours=1)


@bp.get("/notices")
@permission_required(Permission.PUBLIC)
def show_notices() -> ResponseReturnValue:
    """Hearings to come and opinions that were published."""
    return render_template(
        "portal/notices/list.html",
        announcements=list_public_announcements(clock.now()),
        opinions=list_published_opinions(),
    )


@bp.get("/notices/<public_id>")
@permission_required(Permission.PUBLIC)
def show_notice(public_id: str) -> ResponseReturnValue:
    """One announcement; one that was taken down is as if it had never been (B234)."""
    row = get_announcement(public_id)
    if not row.is_public or row.hearing.session is None:
        raise NotFound("没有这份公告。")
    seats = row.hearing.all_seats if row.hearing.status is not HearingStatus.NOTICED else row.hearing.seats
    return render_template(
        "portal/notices/notice.html",
        announcement=row,
        hearing=row.hearing,
        session=row.hearing.session,
        units=[
            one.party.name
            for one in row.hearing.parties_of(HearingSide.RESPONDENT)
            if one.party.kind is PartyKind.ORGANISATION
        ],
        chair=next((seat for seat in seats if seat.role is SeatRole.CHAIR), None),
        recorder=next((seat for seat in seats if seat.role is SeatRole.RECORDER), None),
        panelists=[seat for seat in seats if seat.role is SeatRole.PANELIST],
        alternates=[seat for seat in seats if seat.role is SeatRole.ALTERNATE],
        free=free_seats(row),
        is_open=_takes_observers(row),
        code=grouped_code(row.paper.check_code).replace("-", " ") if row.paper else "",
        check_address=check_url(row.paper) if row.paper else "",
        qr=qr_image(check_url(row.paper)) if row.paper else "",
    )


@bp.get("/notices/opinions/<public_id>")
@permission_required(Permission.PUBLIC)
def show_published_opinion(public_id: str) -> ResponseReturnValue:
    """One published opinion, masked."""
    return render_template("portal/notices/opinion.html", opinion=get_published_opinion(public_id))


@bp.get("/notices/<public_id>/seat")
@permission_required(Permission.PUBLIC)
def show_seat_form(public_id: str) -> ResponseReturnValue:
    """Ask for a seat."""
    row = get_announcement(public_id)
    if not row.is_public:
        raise NotFound("没有这份公告。")
    return render_template(
        "portal/notices/seat.html", announcement=row, session=row.hearing.session, free=free_seats(row)
    )


def show_refused_seat(public_id: str) -> ResponseReturnValue:
    """The form again; a refusal is counted, so that nobody tries out who comes."""
    run_write(lambda: note_failure(SCOPE, network_of(request.remote_addr), window=WINDOW, now=clock.now()))
    return show_seat_form(public_id=public_id)


@bp.post("/notices/<public_id>/seat")
@writes(reshow=show_refused_seat)
@permission_required(Permission.PUBLIC)
def take_seat(public_id: str) -> ResponseReturnValue:
    """Take the next seat."""
    now = clock.now()
    check_attempts(SCOPE, network_of(request.remote_addr), limit=WRONG_TRIES, now=now)
    new = read_observer(FormReader(request.form, today=clock.today()))
    observer = register_observer(get_announcement(public_id), new, now=now)
    return redirect(url_for("portal.show_seat", public_id=public_id, observer_id=observer.public_id))


@bp.get("/notices/<public_id>/seat/<observer_id>")
@permission_required(Permission.PUBLIC)
def show_seat(public_id: str, observer_id: str) -> ResponseReturnValue:
    """The number of the seat, when and where, what to bring; no name."""
    row = get_announcement(public_id)
    observer = get_observer(row, observer_id)
    return render_template("portal/notices/seated.html", announcement=row, session=row.hearing.session, seat=observer)


def _takes_observers(row: HearingAnnouncement) -> bool:
    is_early = row.registration_ends_at is not None and clock.now() < row.registration_ends_at
    return is_early and row.hearing.status is HearingStatus.NOTICED
