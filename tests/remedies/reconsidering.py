"""Days and acts of the reconsideration of S03, and how an act is refused."""

from datetime import date
from typing import Any

import pytest

from app.errors import DomainError
from app.remedies import actions
from app.remedies.models import ReconsiderationCase
from app.remedies.rules import DecisionKind
from app.web.transaction import transaction
from tests.matters.stage import at
from tests.remedies.helpers import MINUTES_NUMBER, World, shown_of, strokes

AUG_28, SEP_4, SEP_10, OCT_25, OCT_28, OCT_30 = (
    date(2024, 8, 28),
    date(2024, 9, 4),
    date(2024, 9, 10),
    date(2024, 10, 25),
    date(2024, 10, 28),
    date(2024, 10, 30),
)
REASON = "双方都同意先调解，书面同意已经收下"
DECISION: dict[str, Any] = {"kind": DecisionKind.CHANGED, "operative": "变更罚款为30000元"}
CITING = f"根据听证笔录（{MINUTES_NUMBER}），罚款数额明显不当。"


def refused(rule: str, act: Any) -> None:
    """`act` is refused with this rule id and leaves nothing behind."""
    with pytest.raises(DomainError) as refusal, transaction():
        act()
    assert refusal.value.rule == rule


def draft(world: World, case: ReconsiderationCase) -> None:
    """S03 step 10: the statement is made."""
    actions.draft_mediation_statement(
        case,
        findings="情节轻微，已经改正。",
        terms=("罚款变更为30000元", "2024年11月29日前缴清"),
        by=world.officer.as_actor(),
        now=at(OCT_25),
    )


def sign(world: World, case: ReconsiderationCase, key: str) -> None:
    """One side shows its document and signs on the pad."""
    officer = world.officer.as_actor()
    assert case.statement is not None
    with transaction():
        actions.check_signer(case, key, "id_card", by=officer, now=at(OCT_25))
        shown = shown_of(case.statement)
        actions.sign_statement(case, key, strokes(), shown_sha256=shown, by=officer, now=at(OCT_25))
