"""Invented papers of a petition hearing."""

from dataclasses import replace
from datetime import date, time

from app.documents.papers.base import Facts
from app.documents.papers.hearing_announcement import AnnouncedParty, HearingAnnouncementFacts
from app.documents.papers.hearings import (
    HearingChangeNoticeFacts,
    HearingConsultationFacts,
    HearingDecisionFacts,
    HearingNoticeFacts,
    HearingOfficer,
    HearingRightsNoticeFacts,
)
from app.documents.papers.people import Signer
from app.documents.wording.samples.people import (
    ADDRESS,
    CLERK,
    COMPANY,
    MATTER_NUMBER,
    OFFICE,
    PERSON,
    PHONE,
    WHOM,
)

SUBJECT = "王样例屋面漏水信访事项"
UNIT = "滨澜区物业管理中心"
PLACE = "滨澜区矛调中心三楼听证室"
HELD_ON, STARTS_AT, ISSUED_ON = date(2026, 5, 20), time(9, 30), date(2026, 5, 8)
TOLD = Signer(key="p1", name=PERSON.name)
NOTICE = HearingNoticeFacts(
    organ=OFFICE,
    subject="你提出的屋面漏水信访事项",
    matter_number=MATTER_NUMBER,
    recipient=PERSON.name,
    role="claimant",
    issue="屋面由谁修、什么时候修好",
    held_on=HELD_ON,
    starts_at=STARTS_AT,
    place=PLACE,
    chair=HearingOfficer(name="陈示范", detail=OFFICE),
    panelists=(HearingOfficer(name="周示范", detail="律师"), HearingOfficer(name="吴示范", detail="社区代表")),
    recorder=HearingOfficer(name=CLERK.name),
    issued_on=ISSUED_ON,
    contact=CLERK.name,
    phone=PHONE,
)

HEARING_SAMPLES: dict[str, dict[str, Facts]] = {
    "hearing_consultation": {
        WHOM: HearingConsultationFacts(
            organ=OFFICE,
            subject=SUBJECT,
            matter_number=MATTER_NUMBER,
            recipient=TOLD,
            reasons="双方说法不一，当面说清有利于查明事实",
            plan="公开听证，听证员二人",
            reply_by=date(2026, 4, 24),
            issued_on=date(2026, 4, 17),
            contact=CLERK.name,
            phone=PHONE,
        )
    },
    "hearing_decision": {
        WHOM: HearingDecisionFacts(
            organ=OFFICE,
            subject=SUBJECT,
            matter_number=MATTER_NUMBER,
            recipients=(PERSON.name, UNIT),
            is_held=True,
            reasons="事实争议大，符合听证条件。",
            applicant=PERSON.name,
            applied_on=date(2026, 4, 20),
            hold_by=date(2026, 5, 25),
            issued_on=date(2026, 4, 27),
            contact=CLERK.name,
            phone=PHONE,
        )
    },
    "hearing_notice": {
        WHOM: NOTICE,
        "发给责任单位": replace(NOTICE, subject=SUBJECT, recipient=UNIT, role="unit"),
    },
    "hearing_rights_notice": {
        WHOM: HearingRightsNoticeFacts(
            organ=OFFICE, subject=SUBJECT, recipient=TOLD, capacity="信访人", told_on=ISSUED_ON, teller=CLERK
        )
    },
    "hearing_change_notice": {
        WHOM: HearingChangeNoticeFacts(
            organ=OFFICE,
            subject=SUBJECT,
            matter_number=MATTER_NUMBER,
            kind="postponed",
            recipients=(PERSON.name, UNIT),
            ground="信访人因病住院，不能按时参加听证",
            notice_number="滨信听字〔2026〕0号",
            held_on=HELD_ON,
            starts_at=STARTS_AT,
            new_held_on=date(2026, 5, 27),
            new_starts_at=STARTS_AT,
            new_place=PLACE,
            issued_on=date(2026, 5, 18),
            contact=CLERK.name,
            phone=PHONE,
        )
    },
    "hearing_announcement": {
        "": HearingAnnouncementFacts(
            organ=OFFICE,
            subject=SUBJECT,
            matter_number=MATTER_NUMBER,
            parties=(
                AnnouncedParty(capacity="信访人", name=PERSON.name),
                AnnouncedParty(capacity="责任单位", name=COMPANY.name, is_natural=False),
            ),
            held_on=HELD_ON,
            starts_at=STARTS_AT,
            opens_at=time(9),
            place=PLACE,
            access="一楼有电梯和轮椅通道",
            seats=20,
            register_until=date(2026, 5, 19),
            register_until_at=time(17),
            register_how=f"凭有效身份证件到{ADDRESS}登记",
            issued_on=ISSUED_ON,
            contact=CLERK.name,
            phone=PHONE,
        )
    },
}
