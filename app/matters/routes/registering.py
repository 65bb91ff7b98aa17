"""Registering a visit or letter: one form, rows added without script, the hint that somebody was here before."""

from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.errors import DomainError
from app.law import citizen_id, clock, phone
from app.law.dispute_types import DISPUTE_TYPES
from app.matters.actions import register_visit
from app.matters.forms.registration import read_registration, row_count
from app.matters.queries.repeats import RepeatHint, find_repeats
from app.matters.routes import bp
from app.people.queries import list_organisations
from app.web.forms import FormReader
from app.web.limits import check_attempts, note_failure
from app.web.transaction import run_write, writes

HINTS_AN_HOUR = 60


@bp.get("/matters/new")
@permission_required(Permission.MATTER_REGISTER)
def show_registration() -> ResponseReturnValue:
    """The empty form, or the refused one with everything that was typed."""
    return _form_page()


@bp.post("/matters/new")
@writes(reshow=show_registration)
@permission_required(Permission.MATTER_REGISTER)
def register() -> ResponseReturnValue:
    """Register the visit with its matters; one matter leads to its page, several to the list."""
    by = current_actor()
    form = FormReader(request.form, today=clock.today())
    visit = register_visit(read_registration(form, by), by=by, now=clock.now())
    numbers = "、".join(matter.number for matter in visit.matters)
    flash(f"登记好了：{numbers}。", "ok")
    if len(visit.matters) == 1:
        return redirect(url_for("matters.show", public_id=visit.matters[0].public_id))
    return redirect(url_for("matters.show_list"))


@bp.post("/matters/new/rows")
@permission_required(Permission.MATTER_REGISTER)
def add_row() -> ResponseReturnValue:
    """Show the form again with one more petitioner or matter; nothing is kept."""
    form = FormReader(request.form, today=clock.today())
    wanted = request.form.get("add", "")
    petitioners = row_count(form, "petitioners") + (wanted == "petitioner")
    matters = row_count(form, "matters") + (wanted == "matter")
    return _form_page(petitioners=petitioners, matters=matters)


@bp.post("/matters/new/repeats")
@permission_required(Permission.MATTER_REGISTER)
def look_for_repeats() -> ResponseReturnValue:
    """Show the form again with the own office's earlier matters of these persons; so many an hour."""
    by = current_actor()
    now = clock.now()

    def count_look() -> None:
        check_attempts("repeats", str(by.account_id), limit=HINTS_AN_HOUR, now=now)
        note_failure("repeats", str(by.account_id), window=timedelta(hours=1), now=now)

    run_write(count_look)
    form = FormReader(request.form, today=clock.today())
    hints: dict[str, RepeatHint] = {}
    for index in range(row_count(form, "petitioners")):
        found = find_repeats(
            id_number=_plain_id_number(form, f"p_id_number-{index}"),
            phone=_plain_phone(form.raw(f"p_phone-{index}")),
            name=form.raw(f"p_name-{index}").strip(),
            by=by,
        )
        hints.update({hint.public_id: hint for hint in found})
    return _form_page(hints=list(hints.values()))


def _form_page(
    *, petitioners: int | None = None, matters: int | None = None, hints: list[RepeatHint] | None = None
) -> ResponseReturnValue:
    form = FormReader(request.form, today=clock.today())
    return render_template(
        "matters/new.html",
        petitioner_count=petitioners or row_count(form, "petitioners"),
        matter_count=matters or row_count(form, "matters"),
        hints=hints,
        hint_options=[(hint.public_id, f"{hint.number} {hint.subject}") for hint in hints or ()],
        value=_typed_value,
        units=[(unit.public_id, unit.name) for unit in list_organisations()],
        dispute_types=list(DISPUTE_TYPES.items()),
        today=clock.today(),
    )


def _typed_value(name: str, default: Any = "") -> Any:
    """What stands in a field: what was posted, on whichever way the form comes back."""
    return request.form.get(name, "") if request.method == "POST" else default


def _plain_id_number(form: FormReader, name: str) -> str:
    try:
        return citizen_id.parse(form.raw(name), today=form.today).number
    except DomainError:
        return form.raw(name).strip()


def _plain_phone(typed: str) -> str:
    try:
        return phone.parse(typed)
    except DomainError:
        return typed.strip()
