"""Who sits: chair, recorder, panelists by hand or by lot, replacements; each person with what stands against him."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.hearings.actions import panel as acts
from app.hearings.forms.panel import read_draw, read_panel, read_person, read_replacement
from app.hearings.models import Hearing, PanelSeat
from app.hearings.queries.hearings import get_hearing, list_barred_seats, procedure_for
from app.hearings.queries.pool import PoolPerson, list_draws, list_pool
from app.hearings.routes import bp
from app.hearings.routes.applications import back_to, read_form
from app.hearings.routes.presenting import hearing_values, seat_choices
from app.hearings.rules.conflicts import FINDING_WORDS
from app.hearings.rules.panels import ARRANGING, REARRANGING
from app.hearings.rules.words import LABELS, PoolCategory, SeatRole
from app.law import clock
from app.people.models import Account
from app.people.queries import names_of
from app.web.transaction import writes


@bp.get("/hearings/<public_id>/chair")
@permission_required(Permission.HEARING_DECIDE, of=get_hearing)
def show_chair(hearing: Hearing) -> ResponseReturnValue:
    """Who may preside, with what stands against each."""
    return render_template(
        "hearings/chair.html",
        **hearing_values(hearing),
        pool=_pool(hearing, SeatRole.CHAIR),
        finding_words=FINDING_WORDS,
        may_arrange=hearing.status in ARRANGING,
    )


@bp.post("/hearings/<public_id>/chair")
@writes(reshow=show_chair)
@permission_required(Permission.HEARING_DECIDE, of=get_hearing)
def appoint_chair(hearing: Hearing) -> ResponseReturnValue:
    """Name the chair."""
    account = read_person(read_form(hearing), "chair", "主持人", _accounts(hearing, SeatRole.CHAIR))
    acts.appoint_chair(hearing, account, by=current_actor(), now=clock.now())
    flash(f"主持人已指定：{account.name}。", "ok")
    return back_to(hearing)


@bp.get("/hearings/<public_id>/panel")
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def show_panel(hearing: Hearing) -> ResponseReturnValue:
    """The pool with findings, the draw, the recorder, replacements."""
    draws = list_draws(hearing)
    pool = _pool(hearing, SeatRole.PANELIST)
    return render_template(
        "hearings/panel.html",
        **hearing_values(hearing),
        pool=pool,
        recorders=_pool(hearing, SeatRole.RECORDER),
        categories=[(category, LABELS[category], _count(pool, category)) for category in PoolCategory],
        draws=[(row, _drawn_names(hearing, row.drawn)) for row in draws],
        drawers=names_of(row.drawn_by for row in draws),
        finding_words=FINDING_WORDS,
        may_seat=hearing.status in REARRANGING,
        may_replace=hearing.status in ARRANGING,
        replaceable=seat_choices(list(_replaceable(hearing).values())),
    )


@bp.post("/hearings/<public_id>/panel")
@writes(reshow=show_panel)
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def seat_panelists(hearing: Hearing) -> ResponseReturnValue:
    """Seat the panel as ticked, whole or not at all."""
    panelists, alternates = read_panel(read_form(hearing), _accounts(hearing, SeatRole.PANELIST))
    acts.seat_panelists(hearing, panelists, alternates=alternates, by=current_actor(), now=clock.now())
    flash("听证员已定：" + "、".join(account.name for account in panelists) + "。", "ok")
    return _here(hearing)


@bp.post("/hearings/<public_id>/panel/draw")
@writes(reshow=show_panel)
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def draw_panel(hearing: Hearing) -> ResponseReturnValue:
    """Draw the panel by lot."""
    wish = read_draw(read_form(hearing))
    row = acts.draw_panel(
        hearing,
        size=wish.size,
        alternates=wish.alternates,
        minima=wish.minima,
        word=wish.word,
        by=current_actor(),
        now=clock.now(),
    )
    flash(f"已抽取并定下听证员。种子 {row.seed}，用它和名单可以重抽核对。", "ok")
    return _here(hearing)


@bp.post("/hearings/<public_id>/panel/recorder")
@writes(reshow=show_panel)
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def appoint_recorder(hearing: Hearing) -> ResponseReturnValue:
    """Name the recorder."""
    account = read_person(read_form(hearing), "recorder", "记录员", _accounts(hearing, SeatRole.RECORDER))
    acts.appoint_recorder(hearing, account, by=current_actor(), now=clock.now())
    flash(f"记录员已指定：{account.name}。", "ok")
    return _here(hearing)


@bp.post("/hearings/<public_id>/panel/replacement")
@writes(reshow=show_panel)
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def replace_seat(hearing: Hearing) -> ResponseReturnValue:
    """Put somebody else in a seat."""
    people = _accounts(hearing, SeatRole.PANELIST) | _accounts(hearing, SeatRole.RECORDER)
    seat, account = read_replacement(read_form(hearing), _replaceable(hearing), people)
    acts.replace_seat(seat, by_account=account, by=current_actor(), now=clock.now())
    flash(f"已换成{account.name}。{seat.account.name}不再参加，也看不到这场听证。", "ok")
    return _here(hearing)


def _here(hearing: Hearing) -> ResponseReturnValue:
    return redirect(url_for("hearings.show_panel", public_id=hearing.public_id))


def _pool(hearing: Hearing, role: SeatRole) -> list[PoolPerson]:
    today = clock.today()
    return list_pool(hearing, procedure_for(hearing, today), role, today)


def _accounts(hearing: Hearing, role: SeatRole) -> dict[str, Account]:
    """Everybody of the pool, those with findings too: choosing one of them is refused with the finding named."""
    return {person.account.public_id: person.account for person in _pool(hearing, role)}


def _count(pool: list[PoolPerson], category: PoolCategory) -> int:
    return sum(1 for person in pool if person.category is category and not any(f.is_barring for f in person.findings))


def _replaceable(hearing: Hearing) -> dict[str, PanelSeat]:
    """Panelists and recorder, those who stepped aside too; the chair is named by the person in charge."""
    seats: list[Any] = [*hearing.seats, *list_barred_seats(hearing)]
    wanted = (SeatRole.PANELIST, SeatRole.RECORDER)
    return {seat.public_id: seat for seat in seats if seat.role in wanted}


def _drawn_names(hearing: Hearing, drawn: list[str]) -> str:
    names = {seat.account.public_id: seat.account.name for seat in hearing.all_seats}
    return "、".join(names.get(public_id, "已不在名单的人") for public_id in drawn)
