"""What the act pages share: their questions as data, the version check, the way back."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.law import clock
from app.matters.models import Matter
from app.web.forms import FormReader
from app.web.transaction import check_seen_version


@dataclass(frozen=True)
class Field:
    """One question of an act: kind is date, line, reason, number, select or radios."""

    kind: str
    name: str
    label: str
    default: str = ""
    options: tuple[tuple[str, str], ...] = ()
    required: bool = True
    help: str = ""


def act_page(
    matter: Matter, title: str, button: str, *fields: Field, effects: tuple[str, ...] = (), mend: str = ""
) -> ResponseReturnValue:
    """The page of one act: what it will do, its questions, and the button that names it."""
    return render_template(
        "matters/act.html", matter=matter, title=title, button=button, fields=fields, effects=effects, mend=mend
    )


def read_act(matter: Matter) -> FormReader:
    """The posted form, refused when somebody else changed the matter in between."""
    form = FormReader(request.form, today=clock.today())
    check_seen_version(matter, form.version())
    return form


def done(matter: Matter, message: str) -> ResponseReturnValue:
    """Back to the matter, with a line of what was done."""
    flash(message, "ok")
    return redirect(url_for("matters.show", public_id=matter.public_id))
