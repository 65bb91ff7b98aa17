"""One sample of every paper type, with people of S01, S06 and S08, ready to print."""

from dataclasses import replace
from datetime import date

from app.documents.papers.agreements import (
    ConfirmationApplicationFacts,
    ConfirmationMaterialsFacts,
    CourtMaterial,
    FollowUpRecordFacts,
    OralAgreementFormFacts,
    PaperInstalment,
)
from app.documents.papers.linkage import (
    FeedbackLine,
    LinkageFeedbackLetterFacts,
    ReferralRefusalLetterFacts,
)
from app.documents.papers.matters import (
    AcceptanceNoticeFacts,
    AccessSlipFacts,
    MatterRouteMapFacts,
    RouteStep,
)
from app.documents.papers.mediation import (
    LabourRoutesNoticeFacts,
    MediationConsentFacts,
    MediationEndNoticeFacts,
    MediationIntakeFormFacts,
    RightsNoticeFacts,
)
from app.documents.papers.people import OrganisationParty, PersonParty, Signer
from app.documents.rendering.composing import Paper
from tests.documents.hearing_papers import petition_papers
from tests.documents.remedy_samples import remedy_papers
from tests.documents.samples import COMMITTEE, opinion, record, referral, water_leak

OFFICE = "滨澜区信访办公室"
DU = PersonParty(
    signer="p1", label="甲方", name="杜玉和", sex="男", ethnic_group="汉族", age=61, occupation="退休",
    address="滨澜区临江街道柳岸社区3号楼1单元101室", phone="13600003301",
)  # fmt: skip
JIN = PersonParty(
    signer="p2", label="乙方", name="靳小满", sex="女", ethnic_group="满族", age=29, occupation="配送员",
    address="滨澜区临江街道柳岸社区3号楼1单元202室", phone="13600003302",
)  # fmt: skip
TAO = PersonParty(
    signer="p1", label="申请人", name="陶玉芬", sex="女", ethnic_group="汉族", age=67, occupation="退休",
    id_number="990101195711094421", address="滨澜区纺机路纺机三村8幢3单元201室", phone="13700002201",
)  # fmt: skip
MILL = OrganisationParty(
    signer="p2", label="申请人", name="滨澜东方纺机有限公司", credit_code="91990100MA00000060",
    legal_representative="魏长河", post="执行董事", address="滨澜区纺机路1号", phone="0990-6000118",
)  # fmt: skip
FANG = Signer(key="m1", name="方素珍")


def _others() -> tuple[Paper, ...]:
    return (
        Paper(
            type_name="oral_agreement_form",
            number="(2025)滨澜人调字第58号",
            facts=OralAgreementFormFacts(
                committee=COMMITTEE,
                parties=(DU, JIN),
                reached_on=date(2025, 11, 13),
                reached_at="柳岸社区警务室",
                facts_and_issues="乙方停放电动自行车时刮擦甲方电动自行车，双方对修理费用发生争执。",
                content="乙方赔偿甲方修理费并当面道歉；甲方接受道歉，双方再无其他争议。",
                performance="当场付清，当面道歉",
                amount_fen=80_000,
                is_performed=True,
                mediators=(FANG,),
            ),
        ),
        Paper(
            type_name="linkage_feedback_letter",
            number="(2025)滨澜人调函字第7号",
            facts=LinkageFeedbackLetterFacts(
                committee=COMMITTEE,
                office=OFFICE,
                referral_number="滨信函〔2025〕6号",
                matter_number="滨信登〔2025〕218号",
                dossier_number="(2025)滨澜人调字第12号",
                subject="退休职工安置费纠纷",
                accepted_on=date(2025, 2, 19),
                ended_on=date(2025, 4, 21),
                result="partly_agreed",
                summary="423人中421人签订协议；孙、杨两户因继承人有争议未能签订。",
                lines=(
                    FeedbackLine(
                        party="陶玉芬等421人",
                        result="达成协议",
                        agreement_number="(2025)滨澜人调字第12号",
                        amount_fen=1_670_400_000,
                    ),
                    FeedbackLine(party="孙、杨两户", result="未达成", note="继承人之间有争议"),
                ),
                mediators=("丁国安", "方素珍"),
                attachments=("人民调解协议书复印件",),
                issued_on=date(2025, 4, 23),
                contact="何静",
                phone="0990-6000066",
            ),
        ),
        Paper(
            type_name="mediation_end_notice",
            number="(2025)滨澜人调终字第3号",
            facts=MediationEndNoticeFacts(
                committee=COMMITTEE,
                recipients=("孙建民", "滨澜东方纺机有限公司"),
                subject="安置费纠纷",
                accepted_on=date(2025, 2, 19),
                ended_on=date(2025, 4, 21),
                ground="继承人之间有争议，调解期限届满未达成延期约定",
                issued_on=date(2025, 4, 21),
                is_labour=True,
                from_petition=True,
                contact="何静",
                phone="0990-6000066",
            ),
        ),
        Paper(
            type_name="follow_up_record",
            facts=FollowUpRecordFacts(
                committee=COMMITTEE,
                parties=("冯志远", "尤晓琴"),
                agreement_number="(2025)滨澜人调字第31号",
                reason="最后履行期限届满",
                visited_on=date(2025, 7, 31),
                manner="上门",
                performance="未履行",
                findings="冯志远称资金周转困难，尚未付款；已督促其按照协议履行，并告知尤晓琴可以依法起诉。",
                hidden_risk="双方情绪平稳",
                measures="8月7日再次回访",
                visitors=(Signer(key="m1", name="石明轩"),),
            ),
        ),
        Paper(
            type_name="mediation_consent",
            facts=MediationConsentFacts(
                committee=COMMITTEE,
                party=TAO,
                other_sides=("滨澜东方纺机有限公司",),
                subject="安置费纠纷",
                matter_number="滨信登〔2025〕218号",
                claims=("支付2018年至2024年安置费42,000元",),
            ),
        ),
        Paper(
            type_name="rights_notice",
            facts=RightsNoticeFacts(
                committee=COMMITTEE,
                recipient=Signer(key="p1", name="尤晓琴"),
                subject="房屋漏水损害赔偿纠纷",
                told_on=date(2025, 6, 9),
                teller=Signer(key="m1", name="石明轩"),
            ),
        ),
        Paper(
            type_name="mediation_intake_form",
            number="(2025)滨澜人调字第12号",
            facts=MediationIntakeFormFacts(
                committee=COMMITTEE,
                dossier_number="(2025)滨澜人调字第12号",
                accepted_on=date(2025, 2, 19),
                channel="书面",
                parties=(TAO, replace(MILL, label="被申请人")),
                dispute_type="其他劳动争议",
                source="委托移送调解",
                summary="2018年公司改制时约定每年支付安置费6,000元，至2024年未付。",
                claims=("支付安置费42,000元",),
                registrar=Signer(key="r1", name="何静"),
            ),
        ),
        Paper(
            type_name="referral_refusal_letter",
            number="(2025)滨澜人调函字第2号",
            facts=ReferralRefusalLetterFacts(
                committee=COMMITTEE,
                office=OFFICE,
                referral_number="滨信函〔2025〕9号",
                matter_number="滨信登〔2025〕231号",
                subject="宅基地使用权争议",
                received_on=date(2025, 3, 5),
                ground="已由人民法院受理，尚未审结",
                basis="《人民调解委员会工作若干规定》第二十二条",
                routes=("在人民法院的诉讼程序中请求调解",),
                issued_on=date(2025, 3, 7),
                contact="何静",
                phone="0990-6000066",
            ),
        ),
        Paper(
            type_name="labour_routes_notice",
            number="(2025)滨澜人调告字第1号",
            facts=LabourRoutesNoticeFacts(
                committee=COMMITTEE,
                recipient=Signer(key="p1", name="陶玉芬"),
                subject="安置费纠纷",
                applied_on=date(2025, 2, 19),
                fifteenth_day=date(2025, 3, 6),
                issued_on=date(2025, 3, 6),
                arbitration_body="滨澜区劳动人事争议仲裁委员会",
                contact="何静",
                phone="0990-6000066",
            ),
        ),
        Paper(
            type_name="acceptance_notice",
            number="滨国资信受〔2025〕4号",
            facts=AcceptanceNoticeFacts(
                unit="滨澜区人民政府国有资产监督管理委员会",
                recipient="陶玉芬",
                matter_number="滨信登〔2025〕218号",
                subject="支付安置费",
                received_on=date(2025, 2, 10),
                accepted_on=date(2025, 2, 20),
                handling_unit="滨澜区人民政府国有资产监督管理委员会",
                due_on=date(2025, 4, 21),
                issued_on=date(2025, 2, 20),
                claims=("支付2018年至2024年安置费",),
                contact="江越",
                phone="0990-6000077",
                enquiry_address="滨澜区矛调中心一楼大厅",
            ),
        ),
        Paper(
            type_name="confirmation_application",
            facts=ConfirmationApplicationFacts(
                court="滨澜区人民法院",
                applicants=(TAO, MILL),
                committee=COMMITTEE,
                agreement_number="(2025)滨澜人调字第12-001号",
                agreement_date=date(2025, 4, 11),
                effective_on=date(2025, 4, 11),
                reasons="申请人因安置费支付发生纠纷，经滨澜区矛调中心人民调解委员会主持调解，自愿达成协议，由滨澜东方纺机有限公司分两期支付陶玉芬安置费42,000.00元（大写：肆万贰仟元整）。",
            ),
        ),
        Paper(
            type_name="confirmation_materials",
            facts=ConfirmationMaterialsFacts(
                court="滨澜区人民法院",
                committee=COMMITTEE,
                parties=("陶玉芬", "滨澜东方纺机有限公司"),
                mediators=("丁国安", "方素珍"),
                agreement_number="(2025)滨澜人调字第12-001号",
                effective_on=date(2025, 4, 11),
                window_ends_on=date(2025, 5, 12),
                issued_on=date(2025, 5, 9),
                materials=(
                    CourtMaterial(name="司法确认申请书", brought_by="各方当事人", copies=3, note="各方签名、盖章"),
                    CourtMaterial(name="人民调解协议书", brought_by="调解委员会", copies=3, note="签署完毕的原件"),
                    CourtMaterial(name="身份证", brought_by="陶玉芬", copies=1, note="复印件，原件核对"),
                ),
            ),
        ),
        Paper(
            type_name="access_slip",
            facts=AccessSlipFacts(
                office=OFFICE,
                recipient="陶玉芬",
                matter_number="滨信登〔2025〕218号",
                link="https://example.gov.cn/p/6f2d9c1b7a5e4f80a1b2c3d4e5f60718",
                desk_code="4826-9173",
                issued_on=date(2025, 2, 10),
                valid_until=date(2026, 2, 9),
                phone="0990-6000066",
                address="滨澜区澄江路66号矛调中心一楼",
                opening_hours="工作日9时至17时",
            ),
        ),
        Paper(
            type_name="matter_route_map",
            facts=MatterRouteMapFacts(
                recipient="陶玉芬女士",
                subject="安置费一事",
                matter_number="滨信登〔2025〕218号",
                printed_on=date(2025, 3, 7),
                contact="何静",
                phone="0990-6000066",
                link="https://example.gov.cn/p/6f2d9c1b7a5e4f80a1b2c3d4e5f60718",
                steps=(
                    RouteStep(title="登记", when="2月10日", text="您提出的事已经登记。", state="done"),
                    RouteStep(title="受理", when="2月20日", text="区国资委受理，4月21日前答复。", state="done"),
                    RouteStep(
                        title="调解：",
                        when="3月21日前",
                        state="now",
                        details=(
                            "地点：澄江路66号矛调中心二楼，有电梯",
                            "带上：身份证、有关材料",
                            "不想调了，随时可以说。",
                        ),
                    ),
                    RouteStep(title="签协议", text="谈成了就签字，公司按约定付款。"),
                    RouteStep(title="没谈成怎么办", text="区国资委继续办，您也可以申请仲裁。", state="question"),
                ),
            ),
        ),
    )


def batch_copy() -> Paper:
    """S01: one of the 421 agreements, two instalments of 60 and 40 per cent."""
    company, claimant = replace(MILL, label="乙方"), replace(TAO, label="甲方")
    facts = replace(
        water_leak(),
        parties=(claimant, company),
        facts_and_issues="2018年乙方改制时约定每年向甲方支付安置费6,000元，2018年至2024年共七年未付。",
        payment_term="乙方向甲方支付2018年至2024年安置费",
        total_fen=4_200_000,
        instalments=(
            PaperInstalment(
                payer=company.name,
                payee="陶玉芬",
                amount_fen=2_520_000,
                due_text="协议生效之日起30日内",
                method="银行转账",
            ),
            PaperInstalment(
                payer=company.name, payee="陶玉芬", amount_fen=1_680_000, due_on=date(2025, 12, 31), method="银行转账"
            ),
        ),
        accounts=(),
        terms=("乙方逾期支付任何一期的，甲方可以就全部未付款项一并主张权利。",),
        performance_manner="",
        last_performance_on=date(2025, 12, 31),
        is_labour=True,
        registered_together=423,
        mediators=(Signer(key="m1", name="丁国安"), Signer(key="m2", name="方素珍")),
    )
    return Paper(type_name="mediation_agreement", number="(2025)滨澜人调字第12-001号", facts=facts)


def all_papers() -> tuple[Paper, ...]:
    """One paper of each type."""
    return (
        Paper(type_name="mediation_agreement", number="(2025)滨澜人调字第31号", facts=water_leak()),
        Paper(type_name="mediation_record", facts=record()),
        Paper(type_name="legal_opinion", number="滨访法意〔2025〕9号", facts=opinion()),
        Paper(type_name="referral_letter", number="滨信函〔2025〕6号", facts=referral()),
        *_others(),
        *remedy_papers(),
        *petition_papers(),
    )
