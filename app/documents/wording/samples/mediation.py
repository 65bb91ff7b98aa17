"""Invented papers of the mediation committee."""

from datetime import date

from app.documents.papers.agreements import (
    ConfirmationMaterialsFacts,
    CourtMaterial,
    FollowUpRecordFacts,
    MediationAgreementFacts,
)
from app.documents.papers.base import Facts
from app.documents.papers.linkage import LinkageFeedbackLetterFacts, ReferralRefusalLetterFacts
from app.documents.papers.mediation import (
    LabourRoutesNoticeFacts,
    MediationConsentFacts,
    MediationEndNoticeFacts,
    MediationIntakeFormFacts,
    RightsNoticeFacts,
)
from app.documents.papers.people import Signer
from app.documents.wording.samples.people import (
    AGREEMENT_NUMBER,
    CLERK,
    COMMITTEE,
    COMPANY,
    MATTER_NUMBER,
    MEDIATOR,
    OFFICE,
    PERSON,
    PHONE,
    SUBJECT,
    WHOM,
)

TOLD = Signer(key="p1", name=PERSON.name)
LETTER = "滨信函〔2026〕0号"
ACCEPTED, ENDED = date(2026, 3, 10), date(2026, 4, 9)

MEDIATION_SAMPLES: dict[str, dict[str, Facts]] = {
    "referral_refusal_letter": {
        "": ReferralRefusalLetterFacts(
            committee=COMMITTEE,
            office=OFFICE,
            referral_number=LETTER,
            matter_number=MATTER_NUMBER,
            subject=SUBJECT,
            received_on=date(2026, 3, 9),
            ground="已由人民法院受理，尚未审结",
            basis="《人民调解委员会工作若干规定》第二十二条",
            routes=("在人民法院的诉讼程序中请求调解",),
            issued_on=date(2026, 3, 11),
            contact=CLERK.name,
            phone=PHONE,
        )
    },
    "linkage_feedback_letter": {
        "": LinkageFeedbackLetterFacts(
            committee=COMMITTEE,
            office=OFFICE,
            referral_number=LETTER,
            matter_number=MATTER_NUMBER,
            dossier_number=AGREEMENT_NUMBER,
            subject=SUBJECT,
            accepted_on=ACCEPTED,
            ended_on=ENDED,
            result="failed",
            summary="双方对赔偿数额没有谈成。",
            issued_on=date(2026, 4, 10),
            mediators=(MEDIATOR.name,),
            contact=CLERK.name,
            phone=PHONE,
        )
    },
    "mediation_consent": {
        WHOM: MediationConsentFacts(
            committee=COMMITTEE,
            party=PERSON,
            other_sides=(COMPANY.name,),
            subject=SUBJECT,
            matter_number=MATTER_NUMBER,
            claims=("修复漏水的屋面",),
        )
    },
    "rights_notice": {
        WHOM: RightsNoticeFacts(committee=COMMITTEE, recipient=TOLD, subject=SUBJECT, told_on=ACCEPTED, teller=MEDIATOR)
    },
    "mediation_intake_form": {
        "": MediationIntakeFormFacts(
            committee=COMMITTEE,
            dossier_number=AGREEMENT_NUMBER,
            accepted_on=ACCEPTED,
            channel="书面",
            parties=(PERSON, COMPANY),
            dispute_type="物业纠纷",
            source="委托移送调解",
            summary="2026年1月以来屋面多次渗水，客厅吊顶受损。",
            claims=("修复漏水的屋面",),
            registrar=CLERK,
        )
    },
    "mediation_agreement": {
        WHOM: MediationAgreementFacts(
            committee=COMMITTEE,
            parties=(PERSON, COMPANY),
            facts_and_issues="2026年1月以来屋面多次渗水，客厅吊顶受损。双方对修复时间有争议。",
            terms=("被申请人于2026年4月30日前修复屋面",),
            mediators=(MEDIATOR,),
            performance_manner="由被申请人自行组织施工",
            performance_place="滨澜区样例路1号",
            last_performance_on=date(2026, 4, 30),
        )
    },
    "mediation_end_notice": {
        WHOM: MediationEndNoticeFacts(
            committee=COMMITTEE,
            recipients=(PERSON.name, COMPANY.name),
            subject=SUBJECT,
            accepted_on=ACCEPTED,
            ended_on=ENDED,
            ground="调解期限届满，双方没有达成协议",
            issued_on=ENDED,
            from_petition=True,
            contact=CLERK.name,
            phone=PHONE,
        )
    },
    "labour_routes_notice": {
        WHOM: LabourRoutesNoticeFacts(
            committee=COMMITTEE,
            recipient=TOLD,
            subject="拖欠工资",
            applied_on=date(2026, 3, 10),
            fifteenth_day=date(2026, 3, 25),
            issued_on=date(2026, 3, 25),
            arbitration_body="滨澜区劳动人事争议仲裁委员会",
            contact=CLERK.name,
            phone=PHONE,
        )
    },
    "follow_up_record": {
        "": FollowUpRecordFacts(
            committee=COMMITTEE,
            parties=(PERSON.name, COMPANY.name),
            agreement_number=AGREEMENT_NUMBER,
            reason="最后履行期限届满",
            visited_on=date(2026, 4, 30),
            manner="上门",
            performance="已经履行",
            findings="屋面已经修好，当场试水不漏。",
            visitors=(MEDIATOR,),
        )
    },
    "confirmation_materials": {
        "": ConfirmationMaterialsFacts(
            court="滨澜区人民法院",
            committee=COMMITTEE,
            parties=(PERSON.name, COMPANY.name),
            mediators=(MEDIATOR.name,),
            agreement_number=AGREEMENT_NUMBER,
            effective_on=ENDED,
            window_ends_on=date(2026, 5, 9),
            issued_on=date(2026, 4, 20),
            materials=(CourtMaterial(name="人民调解协议书", brought_by="调解委员会", copies=3, note="签署完毕的原件"),),
        )
    },
}
