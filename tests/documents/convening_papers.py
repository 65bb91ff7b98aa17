"""Samples of the papers that convene a hearing: S02, from the application of 20 May 2025 to the announcement."""

from datetime import date, time

from app.documents.papers.hearing_announcement import AnnouncedParty, HearingAnnouncementFacts
from app.documents.papers.hearings import (
    HearingApplicationFacts,
    HearingChangeNoticeFacts,
    HearingConsultationFacts,
    HearingDecisionFacts,
    HearingNoticeFacts,
    HearingRightsNoticeFacts,
    NoticeWaiverFacts,
)
from app.documents.papers.people import OrganisationParty, PersonParty, Signer
from app.documents.papers.service import ServedDocument, ServiceReceiptFacts
from tests.documents.hearing_samples import CHAIR, HELD_ON, HOUSING, NUMBER, PANEL, RECORDER, REVIEW_OFFICE

MATTER = "郑桂兰房屋征收补偿信访事项复核"
MATTER_NUMBER = "滨信登〔2025〕77号"
RECONSIDERATION_OFFICE = "滨澜区人民政府"
REVIEW_BASIS = "《信访工作条例》第三十一条、第三十六条"
ZHENG_GUILAN = PersonParty(
    signer="p1",
    label="信访人",
    name="郑桂兰",
    sex="女",
    ethnic_group="汉族",
    age=68,
    occupation="退休",
    id_number="990101195702124428",
    address="滨澜区北埠街道老码头社区18号",
    phone="13600008118",
)
HOUSING_BODY = OrganisationParty(
    signer="p2",
    label="责任单位",
    name=HOUSING,
    credit_code="11990100MA00000017",
    legal_representative="陆海峰",
    post="主任",
    address="滨澜区澄江路20号",
    phone="0990-6000200",
)


def application() -> HearingApplicationFacts:
    """S02: with the request for recheck of 20 May 2025."""
    return HearingApplicationFacts(
        organ=REVIEW_OFFICE,
        subject=MATTER,
        matter_number=MATTER_NUMBER,
        applicants=(ZHENG_GUILAN,),
        respondent=HOUSING,
        claims=("增加房屋征收补偿186,000元", "补发2012年以后的过渡费"),
        reasons="2011年征收时房屋面积少计，阁楼没有计入；过渡费只发12个月，实际过渡25个月。\n对处理意见和复查意见都不服。",
        evidence=("照片6张", "安置房交付通知书复印件1份"),
        witnesses=("刘玉兰，老码头社区居民，邻居",),
        applied_on=date(2025, 5, 20),
    )


def consultation() -> HearingConsultationFacts:
    """The organ itself proposes a hearing."""
    return HearingConsultationFacts(
        organ=REVIEW_OFFICE,
        subject=MATTER,
        matter_number=MATTER_NUMBER,
        recipient=Signer(key="p1", name="郑桂兰"),
        reasons="事实争议大，涉及面积认定和过渡费两个问题，当面质证有利于查清事实",
        plan="公开听证，听证员五人，其中人大代表、政协委员、律师、专家和社区代表各一人",
        reply_by=date(2025, 5, 27),
        issued_on=date(2025, 5, 20),
        basis=REVIEW_BASIS,
        contact="何静",
        phone="0990-6000066",
    )


def decision() -> HearingDecisionFacts:
    """S02: the organ decides on 26 May 2025 to hold it."""
    return HearingDecisionFacts(
        organ=REVIEW_OFFICE,
        subject=MATTER,
        matter_number=MATTER_NUMBER,
        recipients=("郑桂兰", HOUSING),
        is_held=True,
        applicant="郑桂兰",
        applied_on=date(2025, 5, 20),
        reasons="本事项持续时间长、事实争议大，双方对面积认定和过渡费发放各执一词，符合听证条件。",
        hold_by=date(2025, 6, 25),
        issued_on=date(2025, 5, 26),
        basis=REVIEW_BASIS,
        contact="何静",
        phone="0990-6000066",
    )


def notice() -> HearingNoticeFacts:
    """S02: the notice to the petitioner of 28 May 2025."""
    return HearingNoticeFacts(
        organ=REVIEW_OFFICE,
        subject="你申请复核的房屋征收补偿信访事项",
        matter_number=MATTER_NUMBER,
        recipient="郑桂兰",
        role="claimant",
        issue=f"{HOUSING}对你房屋征收补偿诉求的处理意见是否适当",
        held_on=HELD_ON,
        starts_at=time(9),
        place="滨澜区矛调中心三楼听证室",
        address="滨澜区澄江路66号",
        chair=CHAIR,
        panelists=PANEL,
        recorder=RECORDER,
        issued_on=date(2025, 5, 28),
        basis=REVIEW_BASIS,
        contact="何静",
        phone="0990-6000066",
    )


def receipt() -> ServiceReceiptFacts:
    """S02: for the notice to the petitioner, to be filled in by hand."""
    return ServiceReceiptFacts(
        organ=REVIEW_OFFICE,
        documents=(ServedDocument(title="听证通知书", number=NUMBER, copies=1, pages=2),),
        recipient=Signer(key="p1", name="郑桂兰"),
        capacity="信访人",
        address="滨澜区北埠街道老码头社区18号",
        mode="direct",
    )


def announcement() -> HearingAnnouncementFacts:
    """S02: published on 28 May 2025, the petitioner's name masked."""
    return HearingAnnouncementFacts(
        organ=REVIEW_OFFICE,
        subject=MATTER,
        parties=(
            AnnouncedParty(capacity="信访人", name="郑桂兰"),
            AnnouncedParty(capacity="责任单位", name=HOUSING, is_natural=False),
        ),
        held_on=HELD_ON,
        starts_at=time(9),
        opens_at=time(8, 40),
        place="滨澜区矛调中心三楼听证室",
        access="澄江路66号，3路、11路公交“矛调中心”站，一楼有电梯和轮椅通道",
        seats=20,
        register_until=date(2025, 6, 10),
        register_until_at=time(17),
        register_how="凭有效身份证件到中心一楼大厅登记，或者拨打电话0990-6000066预约",
        issued_on=date(2025, 5, 28),
        contact="何静",
        phone="0990-6000066",
    )


def rights_notice() -> HearingRightsNoticeFacts:
    """S02: to the petitioner."""
    return HearingRightsNoticeFacts(
        organ=REVIEW_OFFICE,
        subject=MATTER,
        recipient=Signer(key="p1", name="郑桂兰"),
        capacity="信访人",
        told_on=date(2025, 5, 28),
        teller=Signer(key="recorder1", name="何静"),
    )


def change_notice() -> HearingChangeNoticeFacts:
    """Postponed because a party cannot come."""
    return HearingChangeNoticeFacts(
        organ=REVIEW_OFFICE,
        subject=MATTER,
        matter_number=MATTER_NUMBER,
        kind="postponed",
        recipients=("郑桂兰", HOUSING),
        notice_number=NUMBER,
        ground="信访人因病住院，不能按时参加听证",
        held_on=HELD_ON,
        starts_at=time(9),
        new_held_on=date(2025, 6, 18),
        new_starts_at=time(14, 30),
        new_place="滨澜区矛调中心三楼听证室",
        issued_on=date(2025, 6, 10),
        contact="何静",
        phone="0990-6000066",
    )


def waiver() -> NoticeWaiverFacts:
    """S02: both sides agree to 6 June 2025."""
    return NoticeWaiverFacts(
        organ=REVIEW_OFFICE,
        subject=MATTER,
        parties=(ZHENG_GUILAN, HOUSING_BODY),
        served_on=date(2025, 5, 28),
        held_on=date(2025, 6, 6),
        starts_at=time(9),
        notice_days=5,
        period="七个工作日",
        earliest_on=date(2025, 6, 10),
        place="滨澜区矛调中心三楼听证室",
        notice_number=NUMBER,
    )
