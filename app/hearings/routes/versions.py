"""Reading the minutes back page by page, and comparing how they read at two moments."""

from datetime import datetime

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.errors import FieldErrors, NotFound
from app.hearings.actions.read_back import confirm_page
from app.hearings.forms.live import read_moment
from app.hearings.models import Attendance, Hearing, HearingMinutes
from app.hearings.queries.hearings import get_hearing
from app.hearings.queries.sitting import get_attendance, get_minutes, list_stages, role_word
from app.hearings.queries.turns import Page, compare_versions, count_confirmed, list_pages, list_turns
from app.hearings.routes import bp
from app.hearings.routes.live import procedure_of_today
from app.law import clock
from app.web.forms import FormReader
from app.web.transaction import writes

FIRST, NOW = "first", "now"


@bp.get("/hearings/<public_id>/live/read-back")
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def show_read_back(hearing: Hearing) -> ResponseReturnValue:
    """One page of the minutes for one person: 无误, or a correction; without a person, how far each has come."""
    minutes = get_minutes(hearing)
    reader = _reader(minutes, request.values.get("reader", ""))
    pages = list_pages(minutes, reader)
    readers = [row for row in minutes.attendances if row.is_present]
    return render_template(
        "hearings/live/read_back.html",
        hearing=hearing,
        minutes=minutes,
        reader=reader,
        readers=readers,
        counts=count_confirmed(minutes),
        pages=pages,
        page=_page(pages, request.values.get("page", "")),
        names={row.key: row.name for row in minutes.attendances},
        role_word=lambda row: role_word(row, procedure_of_today(hearing)),
    )


@bp.post("/hearings/<public_id>/live/read-back")
@writes(reshow=show_read_back)
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def confirm(hearing: Hearing) -> ResponseReturnValue:
    """Somebody found a page right; the next one follows."""
    minutes = get_minutes(hearing)
    form = FormReader(request.form, today=clock.today())
    reader = form.option("reader", "谁在看", {row.public_id: row for row in minutes.attendances})
    page = form.number("page", "页", low=1, high=10_000)
    form.finish()
    assert reader is not None  # finish() has refused
    confirm_page(minutes, reader, page, by=current_actor(), now=clock.now())
    return redirect(url_for("hearings.show_read_back", public_id=hearing.public_id, reader=reader.public_id))


@bp.get("/hearings/<public_id>/live/versions")
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def show_versions(hearing: Hearing) -> ResponseReturnValue:
    """What changed in the minutes between two moments."""
    minutes = get_minutes(hearing)
    turns = list_turns(minutes)
    moments = _moments(hearing, minutes)
    earlier, later = _asked(moments)
    return render_template(
        "hearings/live/versions.html",
        hearing=hearing,
        minutes=minutes,
        moments=moments,
        earlier=earlier,
        later=later,
        turns=compare_versions(turns, moments[earlier][1], moments[later][1]),
        names={row.key: row.name for row in minutes.attendances},
    )


def _reader(minutes: HearingMinutes, public_id: str) -> Attendance | None:
    return get_attendance(minutes, public_id) if public_id else None


def _page(pages: list[Page], typed: str) -> Page | None:
    """The page that was asked for, else the first that is not confirmed, else the last."""
    if typed:
        found = next((page for page in pages if str(page.number) == typed), None)
        if found is None:
            raise NotFound("笔录没有这一页。")
        return found
    return next((page for page in pages if not page.is_confirmed), pages[-1] if pages else None)


def _moments(hearing: Hearing, minutes: HearingMinutes) -> dict[str, tuple[str, datetime]]:
    """At which moments the minutes can be looked at: each stage's beginning, each correction, now."""
    stages = {
        f"stage-{row.stage.value}": (f"{clock.to_local(row.entered_at):%H:%M} 进入“{row.title}”", row.entered_at)
        for row in list_stages(minutes, procedure_of_today(hearing))
        if row.entered_at is not None
    }
    corrected = {
        f"correction-{row.correction_number}": (
            f"{clock.to_local(row.recorded_at):%H:%M} 更正 {row.correction_number} 之后",
            row.recorded_at,
        )
        for row in minutes.turns
        if row.correction_number is not None
    }
    moments = sorted({**stages, **corrected}.items(), key=lambda item: item[1][1])
    return {FIRST: ("刚开始", minutes.started_at), **dict(moments), NOW: ("现在", clock.now())}


def _asked(moments: dict[str, tuple[str, datetime]]) -> tuple[str, str]:
    """The two moments of the address; at first what the corrections changed."""
    first = next((key for key in moments if key.startswith("correction-")), NOW)
    before = list(moments)[max(list(moments).index(first) - 1, 0)]
    typed = MultiDict({"from": request.args.get("from", before), "to": request.args.get("to", NOW)})
    form = FormReader(typed, today=clock.today())
    times = {key: at for key, (_, at) in moments.items()}
    try:
        earlier, later = read_moment(form, "from", times), read_moment(form, "to", times)
    except FieldErrors:
        return FIRST, NOW
    keys = (typed["from"], typed["to"])
    return keys if earlier <= later else (keys[1], keys[0])
