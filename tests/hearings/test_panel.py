"""The panel through the acts: appointed, refused as a whole, drawn, replaced, recused (S02 row 8, S03 row 7)."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import AccessView, Permission, Role, is_allowed
from app.documents.models import IssuedPaper
from app.documents.queries import facts_of
from app.errors import NotPermitted, RuleViolation
from app.hearings.actions.panel import appoint_chair, appoint_recorder, draw_panel, replace_seat, seat_panelists
from app.hearings.actions.recusals import decide_seat_recusal, request_seat_recusal
from app.hearings.models import Hearing, PanelDraw, PanelSeat
from app.hearings.queries.hearings import HearingFilter, list_barred_seats, list_hearings
from app.hearings.rules import panels
from app.hearings.rules.panels import PoolEntry
from app.hearings.rules.words import HearingStatus, PoolCategory, ProcedureKind, SeatEnd, SeatRole
from app.matters.actions import request_recusal
from app.matters.models import Capacity
from app.matters.rules import RecusalGround, RecusalStatus
from app.people.models import Account
from app.web.transaction import transaction
from tests.factories import actor_of, involve, make_account
from tests.hearings.hall import FIVE, Hall, at

pytestmark = pytest.mark.usefixtures("unprinted")

DAY = date(2025, 5, 26)
EVE = date(2025, 6, 10)


def seat(hall: Hall, hearing: Hearing, *names: str, alternates: tuple[str, ...] = ()) -> None:
    with transaction():
        seat_panelists(hearing, hall.people(*names), alternates=hall.people(*alternates), by=hall.clerk, now=at(DAY))


def names_of(hearing: Hearing, role: SeatRole = SeatRole.PANELIST) -> list[str]:
    return [row.account.name for row in hearing.seats_of(role)]


def seat_of(hearing: Hearing, name: str) -> PanelSeat:
    return next(row for row in hearing.all_seats if row.account.name == name and row.ended_on is None)


def refused(act: Any, *arguments: Any, **values: Any) -> str:
    with pytest.raises(RuleViolation) as refusal, transaction():
        act(*arguments, **values)
    return refusal.value.rule


@pytest.fixture
def bare(make_approved) -> Hearing:
    """The hearing of S02 before anybody was named."""
    return make_approved(with_panel=False)


def test_s02_row_8_panel_when_four_is_refused_and_with_a_fifth_accepted(hall, bare) -> None:
    with pytest.raises(RuleViolation) as refusal:
        seat(hall, bare, "万春生", "康秀兰", "宋雨晴", "邱正源")
    assert refusal.value.message == "听证员要单数，现在是 4 人。请再加一人或减一人。"
    assert refusal.value.rule == "INV-09"
    assert bare.all_seats == []
    seat(hall, bare, *FIVE)
    assert names_of(bare) == list(FIVE)
    assert [row.position for row in bare.seats] == [1, 2, 3, 4, 5]
    capacities = {row.account_id: row.capacity for row in bare.matter.involvements}
    assert all(capacities[account.id] is Capacity.HEARING_PANELIST for account in hall.people(*FIVE))


@pytest.mark.parametrize(
    ("panelists", "alternates", "rule"),
    [
        (("万春生", "万春生", "康秀兰"), (), "INV-11"),
        (("万春生", "康秀兰", "邱正源"), ("康秀兰",), "INV-11"),
        (("万春生",), (), "INV-09"),
    ],
)
def test_inv_09_11_panel_when_wrong_is_refused_as_a_whole(hall, bare, panelists, alternates, rule) -> None:
    with pytest.raises(RuleViolation) as refusal:
        seat(hall, bare, *panelists, alternates=alternates)
    assert refusal.value.rule == rule
    assert bare.all_seats == []


def test_inv_09_panel_when_a_member_is_of_the_responsible_unit_is_refused(hall, bare, db) -> None:
    hall.pool["葛敏"].organisation_id = hall.unit.id
    db.session.commit()
    with pytest.raises(RuleViolation, match="葛敏 不能担任听证员：是滨澜区住房和城乡建设委员会的人") as refusal:
        seat(hall, bare, "万春生", "康秀兰", "葛敏")
    assert refusal.value.rule == "INV-09"


@pytest.mark.parametrize(
    ("capacity", "rule"),
    [(Capacity.ADVISING_LAWYER, "INV-28"), (Capacity.OPINION_LAWYER, "INV-28"), (Capacity.HANDLER, "INV-13")],
)
def test_inv_13_28_panel_when_a_member_had_to_do_with_the_matter_is_refused(hall, bare, db, capacity, rule) -> None:
    involve(bare.matter, hall.pool["宋雨晴"], capacity)
    db.session.commit()
    with pytest.raises(RuleViolation, match="2025年6月3日") as refusal:
        seat(hall, bare, "万春生", "康秀兰", "宋雨晴")
    assert refusal.value.rule == rule


def test_inv_12_panel_when_a_recusal_is_undecided_is_refused(hall, bare) -> None:
    with transaction():
        request_recusal(
            bare.matter,
            hall.pool["万春生"],
            ground=RecusalGround.INTEREST,
            facts="和当事人合伙",
            by=hall.clerk,
            now=at(DAY),
        )
    with pytest.raises(RuleViolation, match="还没有决定") as refusal:
        seat(hall, bare, "万春生", "康秀兰", "邱正源")
    assert refusal.value.rule == "INV-12"


def test_inv_11_chair_when_also_recorder_or_panelist_is_refused(hall, hearing, db) -> None:
    hall.chair.role_rows.extend(make_account(Role.RECORDER).role_rows)
    db.session.commit()
    assert refused(appoint_recorder, hearing, hall.chair, by=hall.head, now=at(DAY)) == "INV-11"
    assert names_of(hearing, SeatRole.RECORDER) == ["何静"]


def test_inv_13_chair_when_he_handled_the_matter_is_refused(hall, bare, db) -> None:
    involve(bare.matter, hall.chair, Capacity.HANDLER)
    db.session.commit()
    assert refused(appoint_chair, bare, hall.chair, by=hall.head, now=at(DAY)) == "INV-13"


def test_chair_when_named_anew_ends_the_former_one(hall, hearing, db) -> None:
    other = make_account(Role.HEARING_CHAIR, organisation=hall.office, name="段文涛")
    db.session.commit()
    with transaction():
        appoint_chair(hearing, other, by=hall.head, now=at(DAY))
    assert names_of(hearing, SeatRole.CHAIR) == ["段文涛"]
    former = next(row for row in hearing.all_seats if row.account_id == hall.chair.id)
    assert (former.ended_on, former.ended_why) == (DAY, SeatEnd.REPLACED)
    assert not may_read(hall.chair, hearing)
    assert may_read(other, hearing)


def may_read(account: Account, hearing: Hearing) -> bool:
    view: AccessView = hearing.access_view()
    listed = list_hearings(actor_of(account), HearingFilter()).hearings
    allowed = is_allowed(actor_of(account), Permission.HEARING_READ, view)
    assert allowed == (hearing in listed)
    return allowed


def test_panel_when_seated_anew_keeps_who_stays_and_blinds_who_goes(hall, hearing) -> None:
    before = seat_of(hearing, "万春生")
    seat(hall, hearing, "万春生", "康秀兰", "葛敏")
    assert names_of(hearing) == ["万春生", "康秀兰", "葛敏"]
    assert seat_of(hearing, "万春生") is before
    assert not may_read(hall.pool["邱正源"], hearing)
    assert may_read(hall.pool["葛敏"], hearing)


@pytest.mark.parametrize("status", [HearingStatus.APPLIED, HearingStatus.IN_PROGRESS, HearingStatus.CLOSED])
def test_panel_when_it_is_not_the_time_is_refused(hall, hearing, db, status) -> None:
    hearing.status = status
    db.session.commit()
    assert refused(seat_panelists, hearing, hall.people(*FIVE), by=hall.clerk, now=at(DAY)) == "R-HEAR-12"
    assert refused(appoint_chair, hearing, hall.chair, by=hall.head, now=at(DAY)) == "R-HEAR-12"


def test_inv_15_panel_when_noticed_is_not_seated_anew_but_one_is_replaced(hall, hearing, db) -> None:
    hearing.status = HearingStatus.NOTICED
    db.session.commit()
    assert refused(seat_panelists, hearing, hall.people(*FIVE), by=hall.clerk, now=at(DAY)) == "INV-15"
    with transaction():
        replace_seat(seat_of(hearing, "邱正源"), by_account=hall.pool["葛敏"], by=hall.clerk, now=at(EVE))
    assert names_of(hearing) == ["万春生", "康秀兰", "宋雨晴", "范玉梅", "葛敏"]
    assert names_of(hearing, SeatRole.ALTERNATE) == []
    assert not may_read(hall.pool["邱正源"], hearing)


def test_replacement_when_the_seat_ended_or_the_person_sits_already_is_refused(hall, hearing) -> None:
    row = seat_of(hearing, "邱正源")
    sitting = hall.pool["万春生"]
    assert refused(replace_seat, row, by_account=sitting, by=hall.clerk, now=at(DAY)) == "INV-11"
    with transaction():
        replace_seat(row, by_account=hall.pool["罗文斌"], by=hall.clerk, now=at(DAY))
    assert refused(replace_seat, row, by_account=hall.pool["葛敏"], by=hall.clerk, now=at(DAY)) == "R-HEAR-19"


def draw(hall: Hall, hearing: Hearing, **values: Any) -> PanelDraw:
    wanted = {"size": 5, "alternates": 1, "minima": {PoolCategory.LAWYER: 1}, "word": "滨澜 2025-05-26", **values}
    with transaction():
        return draw_panel(hearing, **wanted, by=hall.clerk, now=at(DAY))


def test_draw_when_repeated_with_its_seed_gives_the_same_panel(hall, bare) -> None:
    row = draw(hall, bare)
    panel = names_of(bare)
    assert len(panel) == 5
    assert {"宋雨晴", "罗文斌"} & set(panel)
    assert all(seat.draw_id == row.id for seat in bare.seats)
    pool = [PoolEntry(public_id, PoolCategory(word) if word else None) for public_id, word in row.pool]
    minima = {PoolCategory(word): least for word, least in row.minima.items()}
    again = panels.draw(pool, size=row.size, alternates=row.alternates, minima=minima, seed=row.seed)
    assert list(again) == row.drawn


def test_draw_when_the_same_word_is_called_again_has_another_seed(hall, bare) -> None:
    seeds = [draw(hall, bare).seed for _ in range(2)]
    assert all(seed.startswith("滨澜 2025-05-26 ") for seed in seeds)
    assert seeds[0] != seeds[1]


def test_draw_when_somebody_is_barred_never_takes_him(hall, bare, db) -> None:
    involve(bare.matter, hall.pool["宋雨晴"], Capacity.ADVISING_LAWYER)
    db.session.commit()
    row = draw(hall, bare, word="")
    assert hall.pool["宋雨晴"].public_id not in [public_id for public_id, _ in row.pool]
    assert "宋雨晴" not in names_of(bare)
    assert len(row.seed) == 16


def test_draw_when_refused_leaves_no_trace(hall, bare, db) -> None:
    with pytest.raises(RuleViolation):
        draw(hall, bare, size=4)
    with pytest.raises(RuleViolation):
        draw(hall, bare, size=9)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PanelDraw)) == 0
    assert bare.all_seats == []


def ask(hall: Hall, hearing: Hearing, name: str, **values: Any) -> Any:
    given = {"ground": RecusalGround.INTEREST, "facts": "和责任单位负责人是亲家", **values}
    with transaction():
        return request_seat_recusal(hearing, seat_of(hearing, name), **given, by=hall.clerk, now=at(EVE, 16))


def decide(hearing: Hearing, recusal: Any, by: Any, **values: Any) -> Any:
    given = {"is_granted": True, "decision": "确有亲属关系", **values}
    with transaction():
        return decide_seat_recusal(hearing, recusal, **given, by=by, now=at(EVE, 17))


def test_inv_12_recusal_on_the_eve_when_asked_blocks_at_once_and_alternate_takes_the_seat(hall, hearing, db) -> None:
    hearing.status = HearingStatus.NOTICED
    db.session.commit()
    recusal = ask(hall, hearing, "邱正源", party=hearing.parties[0])
    assert recusal.status is RecusalStatus.REQUESTED
    assert "邱正源" not in names_of(hearing)
    assert [row.account.name for row in list_barred_seats(hearing)] == ["邱正源"]
    assert not may_read(hall.pool["邱正源"], hearing)
    fresh = decide(hearing, recusal, hall.head)
    assert fresh.account.name == "葛敏"
    assert names_of(hearing) == ["万春生", "康秀兰", "宋雨晴", "范玉梅", "葛敏"]
    assert list_barred_seats(hearing) == []
    issued = {row.type_name: facts_of(row) for row in db.session.scalars(sa.select(IssuedPaper))}
    assert issued["recusal_request"].applicant.name == "郑桂兰"
    paper = issued["recusal_decision"]
    assert (paper.person, paper.replacement, paper.decider) == ("邱正源", "葛敏", "听证机关负责人")
    assert not may_read(hall.pool["邱正源"], hearing)


def test_recusal_when_refused_brings_the_person_back(hall, hearing) -> None:
    recusal = ask(hall, hearing, "邱正源")
    assert decide(hearing, recusal, hall.head, is_granted=False, decision="没有证据") is None
    assert "邱正源" in names_of(hearing)
    assert may_read(hall.pool["邱正源"], hearing)


def test_r_hear_19_recusal_when_nobody_is_left_leaves_the_seat_empty(hall, hearing) -> None:
    first, second = (ask(hall, hearing, name) for name in ("邱正源", "万春生"))
    assert decide(hearing, first, hall.head).account.name == "葛敏"
    assert decide(hearing, second, hall.head) is None
    assert len(names_of(hearing)) == 4


def test_r_hear_18_recusal_when_the_wrong_person_decides_is_refused(hall, hearing) -> None:
    panelist = ask(hall, hearing, "邱正源")
    for wrong in (hall.clerk, actor_of(hall.chair)):
        with pytest.raises(NotPermitted):
            decide(hearing, panelist, wrong)
    recorder = ask(hall, hearing, "何静")
    with pytest.raises(NotPermitted, match="主持人决定"):
        decide(hearing, recorder, hall.head)
    assert decide(hearing, recorder, actor_of(hall.chair)) is None
    assert names_of(hearing, SeatRole.RECORDER) == []


def test_recusal_when_facts_are_missing_or_hearing_is_over_is_refused(hall, hearing, db) -> None:
    with pytest.raises(RuleViolation):
        ask(hall, hearing, "邱正源", facts=" ")
    hearing.status = HearingStatus.DELIBERATING
    db.session.commit()
    with pytest.raises(RuleViolation) as refusal:
        ask(hall, hearing, "邱正源")
    assert refusal.value.rule == "R-HEAR-18"


def test_recusal_when_replacement_is_unfit_is_refused_and_nothing_is_decided(hall, hearing) -> None:
    recusal = ask(hall, hearing, "邱正源")
    with pytest.raises(RuleViolation):
        decide(hearing, recusal, hall.head, replacement=hall.chair)
    assert recusal.status is RecusalStatus.REQUESTED


@pytest.fixture
def reconsideration(hall: Hall, bare: Hearing, db: SQLAlchemy) -> Hearing:
    """A reconsideration hearing, with its officers in the pool (S03)."""
    bare.procedure = ProcedureKind.RECONSIDERATION
    for name in ("段文涛", "殷洁", "卢海", "邵岩"):
        officer = make_account(Role.RECONSIDERATION_OFFICER, organisation=hall.office, name=name)
        involve(bare.matter, officer, Capacity.HANDLER)
        hall.pool[name] = officer
    hall.pool["温宁"] = make_account(Role.RECORDER, organisation=hall.office, name="温宁")
    db.session.commit()
    return bare


def test_s03_row_7_reconsideration_panel_takes_officers_only_and_any_number(hall, reconsideration) -> None:
    with transaction():
        appoint_chair(reconsideration, hall.pool["段文涛"], by=hall.head, now=at(DAY))
        appoint_recorder(reconsideration, hall.pool["温宁"], by=hall.clerk, now=at(DAY))
    seat(hall, reconsideration, "殷洁", "卢海")
    with pytest.raises(RuleViolation, match="万春生 不能担任听证员") as refusal:
        seat(hall, reconsideration, "殷洁", "卢海", "万春生")
    assert refusal.value.rule == "INV-10"
    assert names_of(reconsideration) == ["殷洁", "卢海"]
    seat(hall, reconsideration, "殷洁", "卢海", "邵岩")
    with pytest.raises(RuleViolation) as too_few:
        seat(hall, reconsideration, "殷洁")
    assert too_few.value.rule == "INV-10"
    assert names_of(reconsideration) == ["殷洁", "卢海", "邵岩"]
