"""The answers behind `flask law due`."""

from datetime import date

import pytest

from app.errors import DomainError
from app.law.calendar import Calendar
from app.law.commandline import due_answer, fill_vectors
from app.law.profile import Profile


def test_due_answer_for_a_due_clock(calendar: Calendar, profile: Profile) -> None:
    assert due_answer("petition_handling", date(2025, 12, 1), 30, calendar, profile) == {
        "nominal": "2026-03-01",
        "legal_due": "2026-03-02",
        "internal_target": "2026-02-28",
        "article": "《信访工作条例》第三十四条",
        "provisional": False,
    }


def test_due_answer_for_a_notice_clock(calendar: Calendar, profile: Profile) -> None:
    assert due_answer("hearing_notice", date(2024, 9, 26), 0, calendar, profile) == {
        "earliest": "2024-10-12",
        "earliest_inclusive": "2024-10-11",
        "article": "本区听证规则",
        "provisional": False,
    }


def test_fill_vectors_keeps_what_was_given(calendar: Calendar, profile: Profile) -> None:
    vectors = [
        {"clock": "petition_routing", "trigger": "2025-09-18", "note": "T3"},
        {"clock": "recon_decision", "trigger": "2024-09-04", "extend": 30},
    ]

    first, second = fill_vectors(vectors, calendar, profile)

    assert first["note"] == "T3"
    assert (first["nominal"], first["legal_due"]) == ("2025-10-03", "2025-10-09")
    assert (second["extend"], second["legal_due"]) == (30, "2024-12-03")
    assert fill_vectors([], calendar, profile) == []


@pytest.mark.parametrize(
    ("vectors", "message"),
    [
        ({"clock": "petition_routing"}, "列表"),
        (["petition_routing"], "第 1 项不是"),
        ([{"clock": "petition_routing"}], "第 1 项要有"),
        ([{"clock": 1, "trigger": "2025-09-18"}], "第 1 项要有"),
        ([{"clock": "petition_routing", "trigger": "2025-09-18", "extend": True}], "第 1 项要有"),
        ([{"clock": "petition_routing", "trigger": "2025-09-18", "extend": "3"}], "第 1 项要有"),
        ([{"clock": "nonsense", "trigger": "2025-09-18"}], "第 1 项：没有“nonsense”"),
        ([{"clock": "petition_routing", "trigger": "2025-02-30"}], "第 1 项：没有“2025-02-30”这一天"),
        ([{"clock": "petition_routing", "trigger": "18.9.2025"}], "第 1 项：日期“18.9.2025”看不懂"),
        ([{"clock": "petition_routing", "trigger": "2025-09-18", "extend": 1}], "第 1 项：.*不能延长"),
    ],
)
def test_fill_vectors_when_an_item_is_wrong_names_it(
    calendar: Calendar, profile: Profile, vectors: object, message: str
) -> None:
    with pytest.raises(DomainError, match=message):
        fill_vectors(vectors, calendar, profile)
