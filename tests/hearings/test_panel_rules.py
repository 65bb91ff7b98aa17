"""Panels, conflicts, deciders and the draw: tables without a database (INV-09…13, 28)."""

from dataclasses import replace
from datetime import date

import pytest

from app.access.permissions import Role
from app.errors import NotPermitted, RuleViolation
from app.hearings.rules.conflicts import (
    Candidate,
    FindingKind,
    MatterFacts,
    PartFact,
    PartyFact,
    RecusalFact,
    barring,
    list_findings,
)
from app.hearings.rules.panels import (
    PanelMember,
    PoolEntry,
    check_decider,
    check_may_arrange,
    check_panel,
    decider_of,
    draw,
)
from app.hearings.rules.procedures import procedure_of
from app.hearings.rules.words import HearingStatus, PoolCategory, ProcedureKind, SeatRole
from app.law.profile import Profile, RecusalDecider
from app.matters.rules import Capacity, RecusalGround, RecusalStatus

PETITION = procedure_of(ProcedureKind.PETITION, Profile())
CHAIR_VOTES = procedure_of(ProcedureKind.PETITION, Profile(may_chair_vote=True))
RECONSIDERATION = procedure_of(ProcedureKind.RECONSIDERATION, Profile())
DAY = date(2025, 4, 8)


def member(number: int, role: SeatRole = SeatRole.PANELIST, **values) -> PanelMember:
    kinds = {SeatRole.CHAIR: Role.HEARING_CHAIR, SeatRole.RECORDER: Role.RECORDER}
    roles = values.pop("roles", frozenset({kinds.get(role, Role.HEARING_PANELIST)}))
    return PanelMember(number, values.pop("name", f"听证员{number}"), role, roles, **values)


def panel(size: int) -> list[PanelMember]:
    people = [member(number) for number in range(size)]
    return [member(90, SeatRole.CHAIR), member(91, SeatRole.RECORDER), *people]


def officers(panelists: int) -> list[PanelMember]:
    officer = frozenset({Role.RECONSIDERATION_OFFICER})
    people = [member(number, roles=officer) for number in range(panelists)]
    return [member(90, SeatRole.CHAIR, roles=officer), member(91, SeatRole.RECORDER), *people]


@pytest.mark.parametrize("size", [3, 5, 7])
def test_inv_09_petition_panel_when_odd_and_large_enough_passes(size) -> None:
    check_panel(PETITION, panel(size))


@pytest.mark.parametrize(
    ("size", "message"), [(4, "听证员要单数，现在是 4 人。请再加一人或减一人。"), (1, "听证员至少 3 人"), (0, "单数")]
)
def test_inv_09_petition_panel_when_number_is_wrong_is_refused(size, message) -> None:
    with pytest.raises(RuleViolation, match=message) as refusal:
        check_panel(PETITION, panel(size))
    assert refusal.value.rule == "INV-09"


def test_inv_09_petition_panel_when_chair_votes_counts_him() -> None:
    check_panel(CHAIR_VOTES, panel(4))
    with pytest.raises(RuleViolation, match="现在是 6 人（连主持人）"):
        check_panel(CHAIR_VOTES, panel(5))


@pytest.mark.parametrize("panelists", [2, 3, 4])
def test_inv_10_reconsideration_panel_when_one_and_two_or_more_passes(panelists) -> None:
    check_panel(RECONSIDERATION, officers(panelists))


def test_inv_10_reconsideration_panel_when_one_panelist_is_refused() -> None:
    with pytest.raises(RuleViolation) as refusal:
        check_panel(RECONSIDERATION, officers(1))
    assert refusal.value.rule == "INV-10"


def test_inv_10_reconsideration_panel_when_outsider_sits_is_refused() -> None:
    with pytest.raises(RuleViolation, match="万春生 不能担任听证员：要从复议机构的人员里选") as refusal:
        check_panel(RECONSIDERATION, [*officers(2), member(7, name="万春生")])
    assert refusal.value.rule == "INV-10"


@pytest.mark.parametrize(
    "twice",
    [
        member(2),
        member(90),
        member(91),
        member(91, SeatRole.ALTERNATE),
    ],
)
def test_inv_11_panel_when_a_person_sits_twice_is_refused(twice) -> None:
    with pytest.raises(RuleViolation) as refusal:
        check_panel(PETITION, [*panel(4), twice])
    assert refusal.value.rule == "INV-11"


def test_inv_11_panel_when_chair_is_also_recorder_is_refused() -> None:
    both = frozenset({Role.HEARING_CHAIR, Role.RECORDER})
    people = [member(90, SeatRole.CHAIR, roles=both), member(90, SeatRole.RECORDER, roles=both)]
    with pytest.raises(RuleViolation) as refusal:
        check_panel(PETITION, [*people, *(member(number) for number in range(3))])
    assert refusal.value.rule == "INV-11"


def test_inv_09_panel_when_member_left_office_is_refused() -> None:
    with pytest.raises(RuleViolation) as refusal:
        check_panel(PETITION, [*panel(2), member(8, is_in_office=False)])
    assert refusal.value.rule == "INV-09"


CANDIDATE = Candidate(7, "宋雨晴", unit_id=20, unit_ids=frozenset({1, 20}))


def part(capacity: Capacity, account_id: int = 7, unit_id: int = 20) -> PartFact:
    return PartFact(account_id, capacity, DAY, unit_id, name="罗文斌", party="郑桂兰")


def recusal(status: RecusalStatus, ground: RecusalGround = RecusalGround.INTEREST) -> RecusalFact:
    return RecusalFact(7, ground, status, DAY)


@pytest.mark.parametrize(
    ("facts", "kind", "rule", "words"),
    [
        (MatterFacts(responsible_units=((20, "区住建委"),)), FindingKind.RESPONSIBLE_UNIT, "INV-09", "区住建委"),
        (MatterFacts(parties=(PartyFact("宏达物业", 20),)), FindingKind.SAME_EMPLOYER, "R-HEAR-17", "宏达物业"),
        (
            MatterFacts(parties=(PartyFact("郑桂兰", None, frozenset({"d"})),)),
            FindingKind.IS_PARTY,
            "R-HEAR-17",
            "郑桂兰",
        ),
        (MatterFacts(parts=(part(Capacity.HANDLER),)), FindingKind.HANDLED, "INV-13", "2025年4月8日"),
        (MatterFacts(parts=(part(Capacity.LEADER_RESPONSIBLE),)), FindingKind.HANDLED, "INV-13", "包案领导"),
        (MatterFacts(parts=(part(Capacity.ADVISING_LAWYER),)), FindingKind.ADVISED, "INV-28", "为 郑桂兰"),
        (MatterFacts(parts=(part(Capacity.OPINION_LAWYER),)), FindingKind.ADVISED, "INV-28", "意见"),
        (MatterFacts(recusals=(recusal(RecusalStatus.REQUESTED),)), FindingKind.RECUSED, "INV-12", "还没有决定"),
        (MatterFacts(recusals=(recusal(RecusalStatus.GRANTED),)), FindingKind.RECUSED, "INV-12", "已决定回避"),
        (
            MatterFacts(recusals=(recusal(RecusalStatus.DECLARED, RecusalGround.PARTY_OR_RELATIVE),)),
            FindingKind.RELATIVE,
            "INV-12",
            "近亲属",
        ),
    ],
)
def test_inv_09_12_13_28_candidate_when_related_to_the_matter_is_barred_by_name(facts, kind, rule, words) -> None:
    found = barring(list_findings(replace(CANDIDATE, id_number_digest="d"), facts))
    assert [(finding.kind, finding.rule) for finding in found] == [(kind, rule)]
    assert words in found[0].text


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        (MatterFacts(parts=(part(Capacity.REGISTRAR),)), FindingKind.RECEIVED),
        (MatterFacts(parts=(part(Capacity.ADVISING_LAWYER, account_id=8),)), FindingKind.SAME_FIRM),
    ],
)
def test_candidate_when_only_near_the_matter_is_named_but_not_barred(facts, kind) -> None:
    found = list_findings(replace(CANDIDATE, is_of_law_firm=True), facts)
    assert [finding.kind for finding in found] == [kind]
    assert barring(found) == ()


@pytest.mark.parametrize(
    "facts",
    [
        MatterFacts(),
        MatterFacts(parts=(part(Capacity.HANDLER, account_id=8), part(Capacity.HEARING_PANELIST))),
        MatterFacts(parts=(part(Capacity.HANDLER),), may_handlers_sit=True),
        MatterFacts(recusals=(recusal(RecusalStatus.REFUSED),)),
        MatterFacts(parties=(PartyFact("滨澜宏达", 31),)),
    ],
)
def test_candidate_when_nothing_relates_him_has_no_finding(facts) -> None:
    assert list_findings(CANDIDATE, facts) == ()


@pytest.mark.parametrize(
    ("seat", "profile_decider", "decider"),
    [
        (SeatRole.CHAIR, RecusalDecider.CHAIR, RecusalDecider.ORGAN_HEAD),
        (SeatRole.PANELIST, RecusalDecider.ORGAN_HEAD, RecusalDecider.ORGAN_HEAD),
        (SeatRole.PANELIST, RecusalDecider.CHAIR, RecusalDecider.CHAIR),
        (SeatRole.RECORDER, RecusalDecider.ORGAN_HEAD, RecusalDecider.CHAIR),
    ],
)
def test_r_hear_18_recusal_when_asked_is_decided_by_the_right_person(seat, profile_decider, decider) -> None:
    procedure = procedure_of(ProcedureKind.PETITION, Profile(panelist_recusal_decider=profile_decider))
    assert decider_of(procedure, seat) is decider
    is_head = decider is RecusalDecider.ORGAN_HEAD
    check_decider(procedure, seat, is_chair=not is_head, is_head=is_head)
    with pytest.raises(NotPermitted):
        check_decider(procedure, seat, is_chair=is_head, is_head=not is_head)


@pytest.mark.parametrize("status", list(HearingStatus))
def test_inv_15_panel_when_noticed_may_only_be_replaced_one_by_one(status) -> None:
    free = status in (HearingStatus.APPROVED, HearingStatus.POSTPONED, HearingStatus.SUSPENDED)
    for is_replacement, allowed in ((False, free), (True, free or status is HearingStatus.NOTICED)):
        if allowed:
            check_may_arrange(status, is_replacement=is_replacement)
        else:
            with pytest.raises(RuleViolation):
                check_may_arrange(status, is_replacement=is_replacement)


CATEGORIES = list(PoolCategory)
POOL = [PoolEntry(f"person-{number}", CATEGORIES[number % len(CATEGORIES)]) for number in range(14)]


def test_draw_when_seed_and_pool_are_the_same_gives_the_same_panel() -> None:
    wanted = {"size": 5, "alternates": 2, "minima": {}, "seed": "2025-05-26"}
    first = draw(POOL, **wanted)
    assert draw(list(reversed(POOL)), **wanted) == first
    assert len(set(first)) == 7
    assert draw(POOL, **{**wanted, "seed": "2025-05-27"}) != first


@pytest.mark.parametrize("seed", [f"seed-{number}" for number in range(20)])
def test_draw_when_minima_are_set_keeps_them(seed) -> None:
    minima = {PoolCategory.LAWYER: 2, PoolCategory.CONGRESS_DEPUTY: 1}
    drawn = draw(POOL, size=5, alternates=2, minima=minima, seed=seed)
    categories = {entry.public_id: entry.category for entry in POOL}
    chosen = [categories[public_id] for public_id in drawn[:5]]
    assert chosen.count(PoolCategory.LAWYER) == 2
    assert chosen.count(PoolCategory.CONGRESS_DEPUTY) >= 1


@pytest.mark.parametrize(
    "wanted",
    [
        {"size": 3, "minima": {PoolCategory.LAWYER: 4}},
        {"size": 5, "minima": {PoolCategory.LAWYER: 3}},
        {"size": 15, "minima": {}},
        {"size": 13, "alternates": 2, "minima": {}},
    ],
)
def test_draw_when_pool_or_minima_do_not_fit_is_refused(wanted) -> None:
    with pytest.raises(RuleViolation) as refusal:
        draw(POOL, **{"alternates": 0, "seed": "s", **wanted})
    assert refusal.value.rule == "INV-09"
