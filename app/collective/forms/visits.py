"""How the posted table of many visits becomes one report for each: what all share, and what one has of his own."""

from collections.abc import Mapping
from dataclasses import replace

from app.agreements.forms import VisitReport, read_visit
from app.agreements.rules import Performance
from app.agreements.rules.states import LABELS
from app.collective.queries.visits import DueVisit
from app.web.forms import FormReader

NOT_WHOLE = (Performance.NOT_PERFORMED, Performance.PARTLY)
OWN = {each.value: each for each in Performance if each is not Performance.DUE}
PERFORMANCES = [(value, LABELS[each]) for value, each in OWN.items()]


def read_visits(form: FormReader, offered: Mapping[str, DueVisit]) -> list[tuple[DueVisit, VisitReport]]:
    """The chosen visits with their reports; refuses none chosen, and unpaid money without what was done about it."""
    chosen = form.option_list("visits", "名单", {key: key for key in offered})
    if not chosen:
        form.fail("visits", "请勾出回访过的人。")
    own = {key: form.option(f"performance-{key}", "履行情况", OWN, required=False) for key in chosen}
    words = {key: form.text(f"findings-{key}", "回访情况", limit=2_000, required=False) for key in chosen}
    if any(value in NOT_WHOLE for value in own.values()) and not form.raw("measures").strip():
        form.fail("measures", "没有全部履行的，请写明怎样督促、告知了哪些途径。")
    shared = read_visit(form)
    return [(offered[key], _own(shared, own[key], words[key])) for key in chosen]


def _own(shared: VisitReport, performance: Performance | None, words: str) -> VisitReport:
    return replace(shared, performance=performance or shared.performance, findings=words or shared.findings)
