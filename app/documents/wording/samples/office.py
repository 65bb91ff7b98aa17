"""Invented papers of the petition office and of the unit that handles a matter."""

from datetime import date

from app.documents.papers.base import Facts
from app.documents.papers.linkage import LetterParty, ReferralLetterFacts
from app.documents.papers.matters import AcceptanceNoticeFacts, AccessSlipFacts, MatterRouteMapFacts, RouteStep
from app.documents.wording.samples.people import ADDRESS, COMMITTEE, MATTER_NUMBER, OFFICE, PHONE, SUBJECT, WHOM

LINK = "https://example.gov.cn/p/sample"

OFFICE_SAMPLES: dict[str, dict[str, Facts]] = {
    "acceptance_notice": {
        WHOM: AcceptanceNoticeFacts(
            unit="滨澜区物业管理中心",
            recipient="王样例",
            matter_number=MATTER_NUMBER,
            subject=SUBJECT,
            received_on=date(2026, 3, 2),
            accepted_on=date(2026, 3, 5),
            handling_unit="滨澜区物业管理中心",
            due_on=date(2026, 5, 4),
            issued_on=date(2026, 3, 5),
            claims=("修复漏水的屋面", "赔偿吊顶损失"),
            contact="李示范",
            phone=PHONE,
            enquiry_address=ADDRESS,
        )
    },
    "access_slip": {
        WHOM: AccessSlipFacts(
            office=OFFICE,
            recipient="王样例",
            matter_number=MATTER_NUMBER,
            link=LINK,
            desk_code="0000-0000",
            issued_on=date(2026, 3, 2),
            valid_until=date(2027, 3, 1),
            phone=PHONE,
            address=ADDRESS,
            opening_hours="工作日9时至17时",
        )
    },
    "matter_route_map": {
        WHOM: MatterRouteMapFacts(
            recipient="王样例女士",
            subject=SUBJECT,
            matter_number=MATTER_NUMBER,
            printed_on=date(2026, 3, 12),
            contact="李示范",
            phone=PHONE,
            link=LINK,
            steps=(
                RouteStep(title="登记", when="3月2日", text="您提出的事已经登记。", state="done"),
                RouteStep(title="受理", when="3月5日", text="区物业管理中心受理，5月4日前答复。", state="done"),
                RouteStep(
                    title="调解：",
                    when="4月3日前",
                    state="now",
                    details=(f"地点：{ADDRESS}", "带上：身份证、有关材料", "不想调了，随时可以说。"),
                ),
                RouteStep(title="签协议", text="谈成了就签字，物业公司按约定修。"),
                RouteStep(title="没谈成怎么办", text="区物业管理中心继续办。", state="question"),
            ),
        )
    },
    "referral_letter": {
        "": ReferralLetterFacts(
            office=OFFICE,
            committee=COMMITTEE,
            kind="entrust",
            matter_number=MATTER_NUMBER,
            subject=SUBJECT,
            registered_on=date(2026, 3, 2),
            parties=(
                LetterParty(name="王样例", capacity="申请人", consent="2026年3月6日签名同意"),
                LetterParty(name="滨澜样例物业有限公司", capacity="被申请人", consent="2026年3月6日盖章同意"),
            ),
            summary="2026年1月以来屋面多次渗水，客厅吊顶受损。",
            claims=("修复漏水的屋面", "赔偿吊顶损失"),
            answer_by=date(2026, 3, 13),
            handling_due_on=date(2026, 5, 4),
            issued_on=date(2026, 3, 9),
            attachments=("信访登记表", "同意调解书2份"),
            contact="李示范",
            phone=PHONE,
        )
    },
}
