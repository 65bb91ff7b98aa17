"""The living hearings: each told relative to today as far as its stage says, so that any step can be tried by hand."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from app.demo.cast import Cast
from app.demo.disputes import Dispute, Stage, man, woman
from app.demo.hearing_story import HearingStory, HearingTable
from app.demo.office import Office
from app.demo.petition_story import PetitionStory, start_day
from app.demo.sitting_story import Said, SittingStory
from app.demo.story_time import StoryTime
from app.hearings.rules.opinions import OpinionText
from app.hearings.rules.words import AttendeeRole, LiveStage, Vote
from app.law import clock
from app.law.periods import add_working_days

WORKING_DAYS_TO_HEARING = 9
USUAL = HearingTable()


class HearingStage(IntEnum):
    """How far a hearing is told."""

    APPLIED = 1
    MANNED = 2
    ANNOUNCED = 3
    TODAY = 4
    VOTING = 5
    CLOSED = 6


@dataclass(frozen=True)
class LivingHearing:
    """One matter that is heard: why, masked for the public, how long ago the application came, how far it has come."""

    dispute: Dispute
    reasons: str
    decision: str
    masked: str
    days_ago: int
    stage: HearingStage
    table: HearingTable = USUAL


URBAN = "茅宁"
LIVING = (
    LivingHearing(
        Dispute(
            "早市搬迁",
            "D99",
            "请求保留纺东路早市，或者就近安置摊位。",
            "早市开了二十年，通知五天内搬到三公里外。",
            0,
            woman("芮素琴", 1966, 2, 14),
            None,
            6,
            Stage.HANDLING,
            "urban",
        ),
        "早市搬迁涉及六十多户摊贩，请求当面说清。",
        "",
        "",
        2,
        HearingStage.APPLIED,
    ),
    LivingHearing(
        Dispute(
            "小区加装电梯补偿",
            "D02",
            "请求对一楼采光受影响给予补偿 30,000 元。",
            "加装电梯离窗两米，屋里白天要开灯，补偿没有谈成。",
            3_000_000,
            man("蒲春和", 1953, 7, 21),
            None,
            12,
            Stage.HANDLING,
            "housing",
        ),
        "采光影响多大没有测过，请求公开听证。",
        "各方对采光影响各执一词，需要当面质证。",
        "",
        6,
        HearingStage.MANNED,
    ),
    LivingHearing(
        Dispute(
            "老码头停车场收费",
            "D99",
            "请求恢复居民包月停车 120 元的价格。",
            "停车场换了经营者，包月涨到 380 元，没有开过会。",
            0,
            woman("璩晓岚", 1984, 11, 8),
            None,
            10,
            Stage.HANDLING,
            "urban",
        ),
        "涨价没有听过居民意见，请求听证。",
        "涉及三百多户居民，有必要公开听证。",
        "璩某某等反映停车价格上涨",
        5,
        HearingStage.ANNOUNCED,
        HearingTable(
            recorder="wenning",
            panelists=("wanchunsheng", "gemin", "fanyumei", "kangxiulan", "qiuzhengyuan"),
            comes_for_unit=URBAN,
        ),
    ),
    LivingHearing(
        Dispute(
            "河道清淤淹没菜地",
            "D08",
            "请求赔偿菜地损失 8,800 元。",
            "去年十月清淤时把淤泥堆在菜地上，两亩菜全毁。",
            880_000,
            man("阚长林", 1958, 4, 2),
            None,
            18,
            Stage.HANDLING,
            "urban",
        ),
        "淤泥是谁堆的、毁了多少，各说各的，请求听证。",
        "事实有争议，同意公开听证查明。",
        "阚某某反映清淤淹没菜地",
        13,
        HearingStage.TODAY,
        HearingTable(panelists=("wanchunsheng", "gemin", "qiuzhengyuan"), comes_for_unit=URBAN),
    ),
    LivingHearing(
        Dispute(
            "廉租房退租结算",
            "D04",
            "请求退还多收的租金 4,320 元。",
            "搬走以后又扣了八个月租金，钥匙是当天交的。",
            432_000,
            woman("亓凤兰", 1949, 9, 9, phone=False),
            None,
            22,
            Stage.HANDLING,
            "housing",
        ),
        "交钥匙的日子单位不认，请求听证。",
        "退租日期有争议，决定听证。",
        "",
        17,
        HearingStage.VOTING,
    ),
    LivingHearing(
        Dispute(
            "菜场通风扰民",
            "D02",
            "请求改造菜场排风口，夜里不再开机。",
            "排风口正对三楼窗户，凌晨四点开机，油烟进屋。",
            0,
            man("昝立德", 1961, 12, 25),
            None,
            30,
            Stage.HANDLING,
            "urban",
        ),
        "排风口改过两次没有用，请求听证定方案。",
        "多次反映没有解决，决定公开听证。",
        "昝某某反映排风口噪声",
        26,
        HearingStage.CLOSED,
        HearingTable(panelists=("kangxiulan", "fanyumei", "gemin"), comes_for_unit=URBAN),
    ),
)


def tell_living_hearings(office: Office, cast: Cast, time: StoryTime) -> None:
    """Tell every living hearing, the oldest first."""
    for row in sorted(LIVING, key=lambda row: -row.days_ago):
        story = PetitionStory(office, row.dispute, cast, time)
        time.at(start_day(office, row.dispute.days_ago))
        story.register()
        time.later()
        story.transfer()
        time.later()
        story.handle(Stage.HANDLING)
        _tell(row, HearingStory(office, story.matter_id, time, row.table))


def _tell(row: LivingHearing, story: HearingStory) -> None:
    office, time = story.office, story.time
    time.at(start_day(office, row.days_ago))
    story.apply(row.reasons)
    if row.stage is HearingStage.APPLIED:
        return
    time.later()
    story.decide(row.decision, f"{row.dispute.subject}：事实和处理办法。")
    story.man()
    if row.stage is HearingStage.MANNED:
        return
    served_on = add_working_days(clock.today(), 1, office.calendar)
    story.schedule(_day_of(row, office, served_on), served_on=served_on)
    time.at(served_on)
    story.serve()
    if row.masked:
        story.announce(row.masked, 16)
    if row.stage is HearingStage.ANNOUNCED:
        story.observe("毋建平", "逄秀云", "隗永刚")
    if row.stage >= HearingStage.VOTING:
        _sit(row, SittingStory(story))


def _day_of(row: LivingHearing, office: Office, served_on: date) -> date:
    """Today, or the first working day after it, for the one that is held today; else as early as may be."""
    if row.stage is HearingStage.TODAY:
        return add_working_days(clock.local_date(office.told_at) - timedelta(days=1), 1, office.calendar)
    return add_working_days(served_on, WORKING_DAYS_TO_HEARING, office.calendar)


def _sit(row: LivingHearing, sitting: SittingStory) -> None:
    dispute, table = row.dispute, row.table
    sitting.call_roll()
    sitting.hold(
        (
            Said(LiveStage.STATEMENT, AttendeeRole.APPLICANT, f"{dispute.claim}{dispute.facts}"),
            Said(LiveStage.RESPONSE, AttendeeRole.RESPONDENT, f"关于{dispute.subject}，我们按规定办的，愿意再核。"),
            Said(LiveStage.EVIDENCE_EXAMINATION, AttendeeRole.APPLICANT, f"这是{dispute.subject}的照片和收据。"),
            Said(LiveStage.DEBATE, AttendeeRole.APPLICANT, f"{dispute.subject}拖了这么久，请给个准话。"),
            Said(LiveStage.FINAL_STATEMENT, AttendeeRole.APPLICANT, f"{dispute.subject}一事，坚持原来的请求。"),
            Said(LiveStage.FINAL_STATEMENT, AttendeeRole.RESPONDENT, f"{dispute.subject}一事，听取听证组的意见。"),
        )
    )
    sitting.close_minutes()
    sitting.sign_minutes()
    proposal = f"{dispute.subject}：请求合理，责任单位应当解决。"
    sitting.open_vote(proposal)
    votes = {
        name: (Vote.AGREE, f"{dispute.subject}的证据清楚（第{number}位）。")
        for number, name in enumerate(table.panelists, start=1)
    }
    if row.stage is HearingStage.VOTING:
        votes.pop(table.panelists[-1])
    sitting.vote(votes)
    if row.stage is HearingStage.CLOSED:
        _conclude(row, sitting, proposal)


def _conclude(row: LivingHearing, sitting: SittingStory, proposal: str) -> None:
    subject = row.dispute.subject
    sitting.time.later()
    sitting.issue_opinion(
        OpinionText(
            claim=row.dispute.claim,
            unit_view=f"{subject}已经改过两次，同意再改。",
            accepted_facts=f"采信双方提交的{subject}照片和记录。",
            law="《噪声污染防治法》第六十五条",
            conclusion=proposal,
            suggestion=f"由责任单位三十日内解决{subject}。",
        )
    )
    sitting.time.later()
    sitting.serve_opinion()
    sitting.close()
