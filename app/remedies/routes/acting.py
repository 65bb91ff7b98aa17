"""What the act pages of remedies and cases share: the page of one act, the version check, the way back."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.law import clock
from app.matters.models import Matter
from app.matters.routes.acting import Field
from app.remedies.models import ReconsiderationCase, Remedy
from app.web.forms import FormReader
from app.web.transaction import check_seen_version

Row = Matter | Remedy | ReconsiderationCase


def act_page(
    row: Row,
    title: str,
    button: str,
    *fields: Field,
    effects: tuple[str, ...] = (),
    basis: str = "",
    mend: str = "",
    notice: str = "",
) -> ResponseReturnValue:
    """The page of one act: what it will do, its questions, its basis, and the button that names it."""
    matter = row if isinstance(row, Matter) else row.matter
    return render_template(
        "remedies/act.html",
        row=row,
        matter=matter,
        home=home_of(row),
        title=title,
        button=button,
        fields=fields,
        effects=effects,
        basis=basis,
        mend=mend,
        notice=notice,
    )


def read_form(row: Row) -> FormReader:
    """The posted form, refused when somebody else changed the row in between."""
    form = FormReader(request.form, today=clock.today())
    check_seen_version(row, form.version())
    return form


def done(row: Row, message: str) -> ResponseReturnValue:
    """Back to the page of the row, with a line of what was done."""
    flash(message, "ok")
    return redirect(home_of(row)[1])


def home_of(row: Row) -> tuple[str, str]:
    """The page that an act belongs to: its name and address."""
    if isinstance(row, ReconsiderationCase):
        return row.number, url_for("remedies.show_case", public_id=row.public_id)
    matter = row.matter if isinstance(row, Remedy) else row
    return "复查复核", url_for("remedies.show_remedies", public_id=matter.public_id)


def today_field(name: str, label: str, help: str = "") -> Field:
    """A date that is today unless somebody types another."""
    return Field("date", name, label, clock.today().isoformat(), help=help)


def word_field(name: str, label: str, words: Any, labels: Any, *, first: tuple[tuple[str, str], ...] = ()) -> Field:
    """One word of an enumeration as radio buttons."""
    return Field("radios", name, label, options=(*first, *((word.value, labels[word]) for word in words)))
