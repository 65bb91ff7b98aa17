"""Which way has a matter come: the path above its page."""

from typing import Any

from app.desk.next_step import REMEDY_STEPS, Situation
from app.law.dates import format_month_day
from app.linkage.rules import LinkageStatus
from app.matters.rules import ENDED, LABELS, MatterStatus
from app.remedies.rules import LABELS as REMEDY_LABELS

IN_THE_MIDDLE = frozenset(
    {MatterStatus.ACCEPTED, MatterStatus.HANDLING, MatterStatus.IN_LINKAGE, MatterStatus.IN_RECONSIDERATION}
)


def path_of(situation: Situation) -> list[dict[str, Any]]:
    """The path above the page: registered, routed, handled or mediated, answered, closed."""
    matter = situation.matter
    is_linked = situation.linkage is not None
    middle = "调解" if is_linked else "受理办理"
    words = ["登记", "甄别分流", middle, "调解结果" if is_linked else "处理意见", "办结"]
    notes = [format_month_day(matter.received_on), LABELS[matter.route] if matter.route else "", "", "", ""]
    if matter.accepted_on and not is_linked:
        notes[2] = f"{format_month_day(matter.accepted_on)}受理"
    if situation.linkage and situation.linkage.referred_on:
        notes[2] = f"{format_month_day(situation.linkage.referred_on)}发函"
    if situation.opinion:
        notes[3] = f"{format_month_day(situation.opinion.issued_on)}出具"
    if matter.closed_on:
        notes[4] = format_month_day(matter.closed_on)
    if situation.reconsideration is not None:
        words[2:4] = ["行政复议", "复议结果"]
        notes[2:4] = [f"{format_month_day(situation.reconsideration.received_on)}收到申请", ""]
    if situation.remedies:
        words.insert(4, "复查、复核")
        notes.insert(
            4,
            f"{format_month_day(situation.remedies[-1].requested_on)}请求{REMEDY_LABELS[situation.remedies[-1].stage]}",
        )
    now = len(words) if matter.status in ENDED else _place(situation)
    return [
        {"label": word, "note": note, "state": "done" if place < now else ("now" if place == now else "todo")}
        for place, (word, note) in enumerate(zip(words, notes, strict=True))
    ]


def _place(situation: Situation) -> int:
    matter = situation.matter
    if matter.status is MatterStatus.OPINION_ISSUED or matter.status in REMEDY_STEPS:
        return 4 + (matter.status is MatterStatus.RECHECK_DECIDED)
    if situation.linkage is not None and situation.linkage.status is LinkageStatus.FED_BACK:
        return 3
    if matter.status in IN_THE_MIDDLE:
        return 2
    if matter.status in (MatterStatus.TRANSFERRED, MatterStatus.ASSIGNED):
        return 2
    return 1
