"""The scenarios at their own dates, told as far as somebody can go on by hand.

The fine (S03) is settled after its hearing, the old case (S02) ended after its own; the water leak (S06) is in force
and unpaid; the scratched e-bike (S08) lies before the mediator; the retirees (S01, in small) are accepted by the
committee, and the fifteenth day is near.
"""

from dataclasses import replace
from datetime import date

from app.demo.cast import Cast
from app.demo.disputes import Dispute, Stage, firm, man, woman
from app.demo.hearing_scenarios import tell_fine, tell_old_case
from app.demo.mediation_story import MediationStory
from app.demo.office import Office
from app.demo.petition_story import PetitionStory
from app.demo.story_time import StoryTime
from app.linkage.actions import refer
from app.linkage.rules import usual_kind
from app.matters import actions
from app.matters.rules import Channel, ConsentDecision, ConsentManner, MatterKind, PartySide, Route
from app.matters.rules.registration import NewMatter, NewParty, Registration
from app.mediation.rules import RecordResult
from app.web.transaction import transaction

FANG_SUZHEN, SHI_MINGXUAN = 1, 2

WATER_LEAK = Dispute(
    "楼上漏水赔偿",
    "D02",
    "请求赔偿漏水造成的损失 12,000 元。",
    "楼上水管接头开裂，水渗到楼下厨房和客厅，吊顶、墙面、木地板受损。",
    1_200_000,
    woman("尤晓琴", 1989, 3, 6),
    man("冯志远", 1982, 5, 17),
    0,
    Stage.EFFECTIVE,
)
SCRATCHED_BIKE = Dispute(
    "电动车被刮擦",
    "D06",
    "请求赔偿刮坏的电动车 800 元，并当面道歉。",
    "在楼下充电棚倒车时刮坏了邻居的电动车，两人为赔多少吵了起来。",
    80_000,
    man("杜玉和", 1960, 8, 21),
    woman("靳小满", 1994, 5, 21),
    0,
    Stage.MEDIATING,
)
RETIREES = (
    woman("陶玉芬", 1954, 2, 11),
    man("梁守田", 1951, 9, 30, needs="听力差"),
    woman("苗桂香", 1956, 6, 14),
    man("孔庆义", 1950, 12, 3, phone=False),
    woman("卞凤英", 1953, 3, 19),
    man("岑有福", 1949, 7, 27),
    woman("郝巧珍", 1957, 1, 8),
    man("闵长顺", 1952, 10, 16),
)
REPRESENTATIVES = 5
REFUSING = "闵长顺"
COMPANY = firm("滨澜东方纺机有限公司", "江东升")
COMPANY_CODE = "91990100MA00000060"


def tell_scenarios(office: Office, cast: Cast, time: StoryTime) -> None:
    """Tell the scenarios whose dates have come by the moment of telling, in the order of their dates."""
    for ends_on, tell in (
        (date(2024, 10, 28), tell_fine),
        (date(2025, 2, 19), _tell_retirees),
        (date(2025, 7, 1), _tell_water_leak),
        (date(2025, 8, 4), tell_old_case),
        (date(2025, 11, 13), _tell_scratched_bike),
    ):
        if ends_on < office.told_at.date():
            tell(office, cast, time)


def _tell_water_leak(office: Office, cast: Cast, time: StoryTime) -> None:
    story = PetitionStory(office, WATER_LEAK, cast, time)
    time.at(date(2025, 6, 5))
    story.register()
    story.screen()
    time.at(date(2025, 6, 6))
    story.consent()
    linkage = story.refer()
    time.at(date(2025, 6, 9))
    committee = MediationStory(story, linkage, SHI_MINGXUAN)
    committee.accept()
    committee.book(date(2025, 7, 1))
    committee.hold(RecordResult.AGREED)
    time.at(date(2025, 7, 1), 15)
    committee.draft(due_on=date(2025, 7, 31))
    committee.issue()
    committee.sign(everybody=True)
    time.at(date(2025, 7, 1), 17)
    committee.seal()
    time.at(date(2025, 7, 2))
    committee.close()


def _tell_scratched_bike(office: Office, cast: Cast, time: StoryTime) -> None:
    story = PetitionStory(office, SCRATCHED_BIKE, cast, time)
    time.at(date(2025, 11, 13))
    story.register()
    story.screen()
    story.consent()
    linkage = story.refer()
    MediationStory(story, linkage, FANG_SUZHEN).accept()


def _tell_retirees(office: Office, cast: Cast, time: StoryTime) -> None:
    dispute = Dispute(
        "六至七年安置费未付",
        "D11",
        "请求公司支付 2018 年改制以来拖欠的安置费，每人每年 6,000 元。",
        "滨澜东方纺机有限公司 2018 年改制，约定每年支付安置费，至 2024 年末没有支付。",
        0,
        RETIREES[0],
        COMPANY,
        0,
        Stage.MEDIATING,
        "sasac",
    )
    story = PetitionStory(office, dispute, cast, time)
    time.at(date(2025, 2, 10))
    _register_together(story)
    time.at(date(2025, 2, 14))
    story.screen()
    story.transfer()
    time.at(date(2025, 2, 17))
    _ask_for_consent(story)
    time.at(date(2025, 2, 18))
    by = office.actor("zhoumin")
    with transaction():
        actions.decide_route(story.matter, Route.MEDIATION, by=by, now=time.now)
    with transaction():
        kind = usual_kind(story.matter.status)
        committee = office.bodies["committee"]
        linkage = refer(story.matter, committee, kind=kind, summary=dispute.facts, by=by, now=time.now)
    time.at(date(2025, 2, 19))
    MediationStory(story, linkage, 0).accept()


def _register_together(story: PetitionStory) -> None:
    dispute, office = story.dispute, story.office
    petitioners = tuple(
        replace(story.party(side, PartySide.PETITIONER), is_representative=number < REPRESENTATIVES)
        for number, side in enumerate(RETIREES)
    )
    company: NewParty = replace(story.party(COMPANY, PartySide.RESPONDENT), credit_code=COMPANY_CODE)
    entry = NewMatter(
        kind=MatterKind.CLAIM_FOR_DECISION,
        subject=dispute.subject,
        claim=dispute.claim,
        facts=dispute.facts,
        dispute_type=dispute.dispute_type,
        opponents=(company,),
    )
    registration = Registration(
        channel=Channel.VISIT,
        received_on=date(2025, 2, 10),
        petitioners=petitioners,
        matters=(entry,),
        head_count=60,
        is_collective=True,
    )
    with transaction():
        visit = actions.register_visit(registration, by=office.actor("gongli"), now=story.time.now)
        story.matter_id = visit.matters[0].public_id


def _ask_for_consent(story: PetitionStory) -> None:
    with transaction():
        for party in story.matter.parties:
            decision = ConsentDecision.REFUSED if party.name == REFUSING else ConsentDecision.CONSENTED
            actions.record_consent(
                party,
                decision,
                manner=ConsentManner.WRITTEN,
                given_on=date(2025, 2, 17),
                by=story.office.actor("zhoumin"),
                now=story.time.now,
            )
