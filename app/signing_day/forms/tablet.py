"""What a tablet sends: the section to show, why the clerk is called."""

from werkzeug.datastructures import MultiDict

from app.law import clock
from app.signing_day.rules.tablet import Ask
from app.web.forms import FormReader

MOST_PAGES = 99


def read_page(form: "MultiDict[str, str]") -> int:
    """The section to show, counted from 1."""
    reader = FormReader(form, today=clock.today())
    page = reader.number("page", "第几段", low=1, high=MOST_PAGES)
    reader.finish()
    return page


def read_ask(form: "MultiDict[str, str]") -> Ask:
    """Why the clerk is called."""
    reader = FormReader(form, today=clock.today())
    ask = reader.choice("ask", "要什么", Ask)
    reader.finish()
    return ask
