"""Which papers exist: type name, facts, template and its version, Chinese title, file slug."""

from dataclasses import dataclass

from app.documents.papers.agreements import (
    ConfirmationApplicationFacts,
    ConfirmationMaterialsFacts,
    FollowUpRecordFacts,
    MediationAgreementFacts,
    OralAgreementFormFacts,
)
from app.documents.papers.base import Facts
from app.documents.papers.counsel import LegalOpinionFacts
from app.documents.papers.hearing_announcement import HearingAnnouncementFacts
from app.documents.papers.hearing_minutes import HearingMinutesFacts, HearingMinutesNoteFacts
from app.documents.papers.hearing_opinion import DeliberationMinutesFacts, HearingOpinionFacts
from app.documents.papers.hearing_people import (
    AttendanceSheetFacts,
    PowerOfAttorneyFacts,
    RecusalDecisionFacts,
    RecusalRequestFacts,
    RepresentativeElectionFacts,
)
from app.documents.papers.hearings import (
    HearingApplicationFacts,
    HearingChangeNoticeFacts,
    HearingConsultationFacts,
    HearingDecisionFacts,
    HearingNoticeFacts,
    HearingRightsNoticeFacts,
    NoticeWaiverFacts,
)
from app.documents.papers.linkage import (
    LinkageFeedbackLetterFacts,
    ReferralLetterFacts,
    ReferralRefusalLetterFacts,
)
from app.documents.papers.matters import AcceptanceNoticeFacts, AccessSlipFacts, MatterRouteMapFacts
from app.documents.papers.mediation import (
    LabourRoutesNoticeFacts,
    MediationConsentFacts,
    MediationEndNoticeFacts,
    MediationIntakeFormFacts,
    MediationRecordFacts,
    RightsNoticeFacts,
)
from app.documents.papers.remedies import (
    ReconsiderationAcceptanceFacts,
    ReconsiderationCorrectionFacts,
    ReconsiderationDecisionFacts,
    ReconsiderationMediationStatementFacts,
    ReconsiderationRefusalFacts,
    ReviewOpinionFacts,
)
from app.documents.papers.service import ServiceReceiptFacts


@dataclass(frozen=True)
class PaperType:
    """One form; raise `version` whenever its template prints something else for the same facts.

    `is_closed`: never for the parties; only those who took part in what it records may open it (R-HEAR-25).
    `is_held`: the organ's alone, not the other side's; an opinion of a hearing until every party was served with it.
    """

    name: str
    title: str
    facts: type[Facts]
    slug: str
    version: int = 1
    is_closed: bool = False
    is_held: bool = False

    @property
    def template(self) -> str:
        """The template's file name under templates/documents."""
        return f"{self.name}.html"


PAPER_TYPES: dict[str, PaperType] = {
    kind.name: kind
    for kind in (
        PaperType("mediation_agreement", "人民调解协议书", MediationAgreementFacts, "agreement", version=2),
        PaperType("oral_agreement_form", "口头协议登记表", OralAgreementFormFacts, "oral-agreement"),
        PaperType("mediation_record", "调解记录", MediationRecordFacts, "mediation-record", version=2),
        PaperType("legal_opinion", "法律意见书", LegalOpinionFacts, "legal-opinion"),
        PaperType("referral_letter", "委托（移送）调解函", ReferralLetterFacts, "referral"),
        PaperType("referral_refusal_letter", "不予调解函", ReferralRefusalLetterFacts, "referral-refusal"),
        PaperType("linkage_feedback_letter", "调解结果反馈函", LinkageFeedbackLetterFacts, "feedback"),
        PaperType("mediation_end_notice", "终止调解通知书", MediationEndNoticeFacts, "end-notice"),
        PaperType("mediation_consent", "同意调解书", MediationConsentFacts, "consent"),
        PaperType("rights_notice", "当事人权利义务告知书", RightsNoticeFacts, "rights-notice"),
        PaperType("mediation_intake_form", "人民调解受理登记表", MediationIntakeFormFacts, "intake", version=2),
        PaperType("follow_up_record", "人民调解回访记录", FollowUpRecordFacts, "follow-up"),
        PaperType("confirmation_application", "司法确认申请书", ConfirmationApplicationFacts, "confirmation"),
        PaperType(
            "confirmation_materials", "司法确认申请材料清单", ConfirmationMaterialsFacts, "confirmation-materials"
        ),
        PaperType("labour_routes_notice", "劳动争议可申请仲裁告知书", LabourRoutesNoticeFacts, "labour-routes"),
        PaperType("access_slip", "查阅凭条", AccessSlipFacts, "access-slip"),
        PaperType("acceptance_notice", "信访事项受理告知书", AcceptanceNoticeFacts, "acceptance", version=2),
        PaperType("matter_route_map", "一案一图", MatterRouteMapFacts, "route-map"),
        PaperType("hearing_application", "听证申请书", HearingApplicationFacts, "hearing-application"),
        PaperType("hearing_consultation", "听证征询意见书", HearingConsultationFacts, "hearing-consultation"),
        PaperType("hearing_decision", "听证决定书", HearingDecisionFacts, "hearing-decision"),
        PaperType("hearing_notice", "听证通知书", HearingNoticeFacts, "hearing-notice"),
        PaperType("service_receipt", "送达回证", ServiceReceiptFacts, "service-receipt"),
        PaperType("hearing_announcement", "听证公告", HearingAnnouncementFacts, "hearing-announcement"),
        PaperType("hearing_rights_notice", "听证权利义务告知书", HearingRightsNoticeFacts, "hearing-rights"),
        PaperType("power_of_attorney", "授权委托书", PowerOfAttorneyFacts, "power-of-attorney", is_held=True),
        PaperType("attendance_sheet", "听证签到表", AttendanceSheetFacts, "attendance"),
        PaperType("recusal_request", "回避申请书", RecusalRequestFacts, "recusal-request"),
        PaperType("recusal_decision", "回避决定书", RecusalDecisionFacts, "recusal-decision"),
        PaperType("hearing_change_notice", "听证变更通知书", HearingChangeNoticeFacts, "hearing-change"),
        PaperType("notice_waiver", "同意缩短通知期限书", NoticeWaiverFacts, "notice-waiver"),
        PaperType("hearing_minutes", "听证笔录", HearingMinutesFacts, "hearing-minutes", version=2),
        PaperType("hearing_minutes_note", "笔录补充说明", HearingMinutesNoteFacts, "minutes-note", version=2),
        PaperType(
            "deliberation_minutes", "评议笔录", DeliberationMinutesFacts, "deliberation", version=2, is_closed=True
        ),
        PaperType("hearing_opinion", "听证意见书", HearingOpinionFacts, "hearing-opinion", is_held=True),
        PaperType("review_opinion", "复查、复核意见书", ReviewOpinionFacts, "review-opinion"),
        PaperType(
            "reconsideration_acceptance",
            "行政复议受理通知书",
            ReconsiderationAcceptanceFacts,
            "reconsideration-acceptance",
        ),
        PaperType(
            "reconsideration_correction",
            "行政复议补正通知书",
            ReconsiderationCorrectionFacts,
            "reconsideration-correction",
        ),
        PaperType(
            "reconsideration_refusal",
            "行政复议不予受理决定书",
            ReconsiderationRefusalFacts,
            "reconsideration-refusal",
        ),
        PaperType(
            "reconsideration_decision", "行政复议决定书", ReconsiderationDecisionFacts, "reconsideration-decision"
        ),
        PaperType(
            "reconsideration_mediation_statement",
            "行政复议调解书",
            ReconsiderationMediationStatementFacts,
            "reconsideration-statement",
        ),
        PaperType(
            "representative_election",
            "代表推选书",
            RepresentativeElectionFacts,
            "representatives",
            version=2,
            is_held=True,
        ),
    )
}


def get_paper_type(name: str) -> PaperType:
    """The form of that name; LookupError when there is none (a programming mistake, not a refusal)."""
    return PAPER_TYPES[name]
