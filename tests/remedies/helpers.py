"""The districts of S02 and S03, and short ways to bring a matter to the point that a test is about."""

import json
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.access.permissions import Role
from app.documents.models import IssuedPaper
from app.extensions import db
from app.matters import actions as matters
from app.matters.models import Clock, ClockState, HandlingOpinion, Matter, PartyKind, PartySide
from app.matters.rules import MatterResult, Route
from app.matters.rules.registration import NewParty
from app.people.models import Account, Organisation, OrganisationKind
from app.remedies import actions
from app.remedies.models import ReconsiderationCase, Remedy
from app.remedies.rules import GraveGround, Outcome, Procedure
from tests.factories import make_account, make_organisation, make_professional
from tests.matters.stage import Stage, at, claim, company, person, register, set_stage

MAR_3, MAR_31, APR_27, APR_28 = date(2025, 3, 3), date(2025, 3, 31), date(2025, 4, 27), date(2025, 4, 28)
MAY_20, MAY_26, JUN_13, JUL_1, JUL_2 = (
    date(2025, 5, 20),
    date(2025, 5, 26),
    date(2025, 6, 13),
    date(2025, 7, 1),
    date(2025, 7, 2),
)
HEARING_NUMBER = "海川信听字〔2025〕2号"
MINUTES_NUMBER = "滨澜复听〔2024〕1号"


@dataclass
class World:
    """A district with the organs above the handling unit and the reconsideration body."""

    stage: Stage
    district_government: Organisation
    city_office: Organisation
    body: Organisation
    officer: Account
    head: Account


def build_world() -> World:
    """Write the district's bodies and people."""
    stage = set_stage()
    kinds = OrganisationKind
    body = make_organisation(
        "滨澜区行政复议机构",
        kinds.RECONSIDERATION_ORGAN,
        stage.district,
        number_prefix="滨澜复",
        seal_name="滨澜区人民政府",
    )
    return World(
        stage=stage,
        district_government=make_organisation("滨澜区人民政府", kinds.OTHER_ORGAN, number_prefix="滨澜"),
        city_office=make_organisation("海川市信访事项复查复核办公室", kinds.OTHER_ORGAN, number_prefix="海川"),
        body=body,
        officer=make_professional(Role.RECONSIDERATION_OFFICER, organisation=body, name="段文涛"),
        head=make_account(Role.LEADER, organisation=body, name="谢为民"),
    )


def dates(matter: Matter) -> dict[str, tuple[date, ClockState]]:
    """Legal date and state of the newest clock of each name."""
    rows = db.session.scalars(sa.select(Clock).filter_by(matter_id=matter.id).order_by(Clock.id))
    return {row.clock: (row.legal_due_on, row.state) for row in rows}


def answered(world: World) -> Matter:
    """S02: the demolition compensation of 郑桂兰, answered by the unit; the opinion received on 3 March 2025."""
    stage = world.stage
    zheng = person("郑桂兰", phone="13800012345", address="织造街道锦江路12号3单元501室")
    (matter,) = register(
        stage, date(2025, 1, 6), claim("要求增加拆迁补偿", opponents=(company("区住建委"),)), petitioners=(zheng,)
    )
    clerk = stage.actor("unit_clerk")
    matters.transfer_matter(
        matter, stage.unit, received_on=date(2025, 1, 7), by=stage.actor("coordinator"), now=at(date(2025, 1, 7))
    )
    matters.accept_matter(matter, accepted_on=date(2025, 1, 8), by=clerk, now=at(date(2025, 1, 8)))
    opinion: HandlingOpinion = matters.issue_opinion(
        matter,
        result=MatterResult.NOT_SUPPORTED,
        opinion="补偿已经按当时的标准付清，不予支持。",
        basis="《国有土地上房屋征收与补偿条例》",
        number="滨澜建〔2025〕5号",
        issued_on=date(2025, 2, 28),
        by=clerk,
        now=at(date(2025, 2, 28)),
    )
    matters.record_opinion_received(opinion, MAR_3, by=stage.actor("coordinator"), now=at(MAR_3))
    return matter


def reviewing(world: World, matter: Matter, on: date = MAR_31) -> Remedy:
    """S02 step 2: she asks for 复查."""
    return actions.request_review(
        matter,
        organ=world.district_government,
        claim="请求增加拆迁补偿186000元",
        requested_on=on,
        received_on=on,
        by=world.stage.actor("coordinator"),
        now=at(on),
    )


def reviewed(world: World, matter: Matter) -> Remedy:
    """S02 step 3: the review opinion of 27 April, received on the 28th."""
    remedy = reviewing(world, matter)
    coordinator = world.stage.actor("coordinator")
    actions.decide_remedy(
        remedy,
        outcome=Outcome.NOT_SUPPORTED,
        opinion="原处理意见认定的事实清楚。",
        basis="《信访工作条例》第三十五条",
        decided_on=APR_27,
        by=coordinator,
        now=at(APR_27),
    )
    actions.record_remedy_received(remedy, APR_28, by=coordinator, now=at(APR_28))
    return remedy


def rechecking(world: World, matter: Matter, on: date = MAY_20) -> Remedy:
    """S02 step 4: she asks for 复核."""
    return actions.request_recheck(
        matter,
        organ=world.city_office,
        claim="请求增加拆迁补偿186000元",
        requested_on=on,
        received_on=on,
        by=world.stage.actor("coordinator"),
        now=at(on),
    )


def heard(world: World, remedy: Remedy) -> None:
    """S02 steps 5 and 12: what a hearing does to the recheck: its clock rests from decision to opinion."""
    leader = world.stage.actor("leader")
    clock = matters.get_running_clock(remedy, "recheck_decision")
    matters.pause_clock(clock, basis="听证。《信访工作条例》第三十六条第二款", by=leader, on=MAY_26)
    matters.resume_clock(clock, by=leader, on=JUN_13)
    actions.note_remedy_hearing(remedy, opinion_number=HEARING_NUMBER, formed_on=JUN_13, by=leader, now=at(JUN_13))


def rechecked(world: World, matter: Matter) -> Remedy:
    """S02 step 13: the recheck opinion after the hearing, served on 2 July."""
    remedy = rechecking(world, matter)
    heard(world, remedy)
    coordinator = world.stage.actor("coordinator")
    actions.decide_remedy(
        remedy,
        outcome=Outcome.SUPPORTED,
        amount_fen=2_340_000,
        opinion=f"根据听证意见书（{HEARING_NUMBER}），应补发过渡费。",
        basis="《国有土地上房屋征收与补偿条例》第二十二条",
        decided_on=JUL_1,
        by=coordinator,
        now=at(JUL_1),
    )
    actions.record_remedy_received(remedy, JUL_2, by=coordinator, now=at(JUL_2))
    return remedy


def routed(world: World, day: date = date(2024, 8, 28)) -> Matter:
    """S03: the fine of 沈立群, registered at the office and routed to reconsideration."""
    bureau = NewParty(
        side=PartySide.RESPONDENT,
        kind=PartyKind.ORGANISATION,
        name="滨澜区市场监督管理局",
        legal_representative="谷成林",
    )
    (matter,) = register(world.stage, day, claim("不服8万元罚款", opponents=(bureau,)), petitioners=(person("沈立群"),))
    matter.route = Route.RECONSIDERATION
    return matter


def received(world: World, day: date = date(2024, 8, 28)) -> ReconsiderationCase:
    """S03 step 1: the application is received."""
    matter = routed(world, day)
    return actions.receive_application(
        matter,
        organ=world.body,
        respondent=matter.parties[1],
        act="80000元罚款的行政处罚决定",
        received_on=day,
        by=world.stage.actor("coordinator"),
        now=at(day),
    )


def accepted(world: World, **values: object) -> ReconsiderationCase:
    """S03 step 2: accepted on 4 September as a grave case under the ordinary procedure."""
    case = received(world)
    day = date(2024, 9, 4)
    options = {"procedure": Procedure.ORDINARY, "grave_ground": GraveGround.GROUP_OR_ATTENTION, **values}
    actions.accept_application(case, accepted_on=day, **options, by=world.officer.as_actor(), now=at(day))  # type: ignore[arg-type]
    return case


def with_answer(world: World, **values: object) -> ReconsiderationCase:
    """S03 steps 3 and 4: copy, answer and evidence."""
    case, officer = accepted(world, **values), world.officer.as_actor()
    sent, got, back = date(2024, 9, 9), date(2024, 9, 10), date(2024, 9, 25)
    actions.record_copy_sent(case, sent, by=officer, now=at(sent))
    actions.record_copy_received(case, got, by=officer, now=at(got))
    actions.record_answer(case, back, evidence_note="卷宗1册，证据9份", by=officer, now=at(back))
    return case


def with_hearing(world: World) -> ReconsiderationCase:
    """S03 steps 8 and 9: the hearing of 12 October with its minutes."""
    case, day = with_answer(world), date(2024, 10, 12)
    actions.note_hearing_held(case, MINUTES_NUMBER, day, by=world.officer.as_actor(), now=at(day))
    return case


def strokes() -> str:
    """A signature as the pad sends it."""
    line = [[20 + step * 9, 40 + (step % 5) * 30] for step in range(30)]
    return json.dumps({"boxes": [{"char": "沈", "width": 400, "height": 400, "strokes": [line, line[::-1]]}]})


def shown_of(paper: IssuedPaper) -> str:
    """The digest of the bytes that a signer is shown."""
    fresh = db.session.get_one(IssuedPaper, paper.id, populate_existing=True)
    assert fresh.latest is not None
    return fresh.latest.sha256
