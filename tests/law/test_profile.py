"""The profile keeps its floors and survives being stored."""

import json
from dataclasses import fields
from datetime import time

import pytest

from app.errors import RuleViolation
from app.law.periods import CountingMode, days, months, working_days
from app.law.profile import PARAMETERS, Profile, RecusalDecider, profile_from_values, profile_values


def test_every_parameter_has_a_label_and_a_source() -> None:
    assert set(PARAMETERS) == {parameter.name for parameter in fields(Profile)}
    assert all(parameter.label and parameter.source for parameter in PARAMETERS.values())


def test_profile_survives_json() -> None:
    local = Profile(
        mediation_period=months(1),
        notice_counting=CountingMode.INCLUSIVE,
        panelist_recusal_decider=RecusalDecider.CHAIR,
        business_closes_at=time(18),
        panel_minimum=5,
        may_chair_vote=True,
        pause_bases={"petition_handling": "某市规定第九条"},
    )

    assert profile_from_values(json.loads(json.dumps(profile_values(local)))) == local


def test_profile_when_values_are_missing_keeps_defaults() -> None:
    assert profile_from_values({"panel_minimum": 5}) == Profile(panel_minimum=5)


@pytest.mark.parametrize("notice", [working_days(4), days(30)])
def test_inv_14_reconsideration_notice_under_five_working_days_is_refused(notice: object) -> None:
    with pytest.raises(RuleViolation, match="5 个工作日") as refusal:
        Profile(recon_hearing_notice=notice)  # type: ignore[arg-type]

    assert refusal.value.rule == "INV-14"


@pytest.mark.parametrize("size", [0, -1, 4])
def test_inv_09_even_or_empty_panel_minimum_is_refused(size: int) -> None:
    with pytest.raises(RuleViolation, match="单数"):
        Profile(panel_minimum=size)


@pytest.mark.parametrize(
    "values",
    [
        {"unknown": 1},
        {"hearing_notice": 7},
        {"hearing_notice": {"length": "7", "unit": "day"}},
        {"hearing_notice": {"length": True, "unit": "day"}},
        {"hearing_notice": {"length": 7, "unit": "fortnight"}},
        {"hearing_notice": {"length": 0, "unit": "day"}},
        {"hearing_notice": {"unit": "day"}},
        {"panel_minimum": "3"},
        {"panel_minimum": True},
        {"may_chair_vote": 1},
        {"notice_counting": "guess"},
        {"business_closes_at": "half past five"},
        {"pause_bases": ["petition_handling"]},
    ],
)
def test_profile_when_values_are_wrong_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(RuleViolation, match=r"没有这些参数|的值不对"):
        profile_from_values(values)
