"""The words and the kind of the deadline lamp."""

from datetime import date, time

import pytest

from app.law.calendar import Calendar
from app.law.lamp import Lamp, LampKind, days_left, met_lamp, paused_lamp

OK, NEAR, LATE, PROVISIONAL = LampKind.OK, LampKind.NEAR, LampKind.LATE, LampKind.PROVISIONAL

LAMPS = [
    ("four working days", "2025-06-13", "2025-06-09", {}, OK, "还剩 4 个工作日"),
    ("three working days are near", "2025-06-13", "2025-06-10", {}, NEAR, "还剩 3 个工作日"),
    ("over a holiday", "2025-06-04", "2025-05-30", {}, NEAR, "还剩 2 个工作日"),
    ("thirty days are told in working days", "2025-06-13", "2025-05-14", {}, OK, "还剩 21 个工作日"),
    ("thirty-one days are told in days", "2025-06-13", "2025-05-13", {}, OK, "还剩 31 天"),
    ("last day", "2025-06-13", "2025-06-13", {}, NEAR, "今天 17:30 前"),
    ("last day, other hours", "2025-06-13", "2025-06-13", {"closes_at": time(18)}, NEAR, "今天 18:00 前"),
    ("one working day late", "2025-06-13", "2025-06-16", {}, LATE, "已超 1 个工作日"),
    ("late on a weekend", "2025-06-13", "2025-06-14", {}, LATE, "已超 1 天"),
    (
        "amber by the target",
        "2025-10-09",
        "2025-09-26",
        {"internal_target": date(2025, 9, 30)},
        NEAR,
        "还剩 4 个工作日",
    ),
    ("short period not yet in its last fifth", "2025-06-13", "2025-06-11", {"period_length": 5}, OK, "还剩 2 个工作日"),
    ("short period in its last fifth", "2025-06-13", "2025-06-12", {"period_length": 5}, NEAR, "还剩 1 个工作日"),
    ("period of ten is not short", "2025-06-13", "2025-06-11", {"period_length": 10}, NEAR, "还剩 2 个工作日"),
    ("provisional", "2027-03-01", "2026-12-01", {"is_provisional": True}, PROVISIONAL, "还剩 90 天（暂定）"),
    (
        "provisional and near",
        "2027-03-01",
        "2027-02-26",
        {"is_provisional": True},
        NEAR,
        "还剩 1 个工作日（暂定）",
    ),
    ("rest day before a rest-day date", "2025-06-08", "2025-06-07", {}, NEAR, "还剩 1 天"),
]


@pytest.mark.parametrize(
    ("legal_due", "today", "settings", "kind", "text"),
    [row[1:] for row in LAMPS],
    ids=[row[0] for row in LAMPS],
)
def test_days_left(
    calendar: Calendar, legal_due: str, today: str, settings: dict[str, object], kind: LampKind, text: str
) -> None:
    lamp = days_left(
        date.fromisoformat(legal_due),
        date.fromisoformat(today),
        calendar,
        **settings,  # type: ignore[arg-type]
    )

    assert lamp == Lamp(kind, text)


def test_paused_lamp_names_the_basis() -> None:
    assert paused_lamp("《行政复议法》第三十九条") == Lamp(LampKind.PAUSED, "已暂停 · 依据《行政复议法》第三十九条")


@pytest.mark.parametrize(
    ("met_on", "lamp"),
    [
        (date(2025, 6, 13), Lamp(LampKind.OK, "按期办结")),
        (date(2025, 6, 14), Lamp(LampKind.LATE, "迟 1 日办结")),
    ],
)
def test_met_lamp_keeps_lateness_on_record(met_on: date, lamp: Lamp) -> None:
    assert met_lamp(date(2025, 6, 13), met_on) == lamp
