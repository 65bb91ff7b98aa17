"""One sample of every paper of the remedies, with people of S02 and S03, ready to print."""

from datetime import date

from app.documents.papers.people import OrganisationParty, PersonParty
from app.documents.papers.remedies import (
    ReconsiderationAcceptanceFacts,
    ReconsiderationCorrectionFacts,
    ReconsiderationDecisionFacts,
    ReconsiderationMediationStatementFacts,
    ReconsiderationRefusalFacts,
    ReviewOpinionFacts,
)
from app.documents.rendering.composing import Paper

ORGAN = "滨澜区人民政府"
ACT = "80000元罚款的行政处罚决定（滨澜市监罚〔2024〕31号）"


def recheck_opinion() -> ReviewOpinionFacts:
    """S02 step 13: the recheck supports 23,400 yuan, after a hearing."""
    return ReviewOpinionFacts(
        kind="recheck",
        organ="海川市人民政府信访事项复查复核办公室",
        recipient="郑桂兰",
        matter_number="信访〔2025〕12号",
        subject="要求增加拆迁补偿",
        former="滨澜区人民政府2025年4月27日出具的复查意见（滨澜复查〔2025〕3号）",
        requested_on=date(2025, 5, 20),
        received_on=date(2025, 5, 20),
        claims=("请求增加拆迁补偿186000元",),
        opinion="经听证和调查，原处理程序有瑕疵，过渡费少算了六个月。\n听证意见书（海川信听字〔2025〕2号）以多数意见认为应当补发过渡费。",
        outcome="支持诉求",
        amount_fen=2_340_000,
        basis="《国有土地上房屋征收与补偿条例》第二十二条",
        hearing_number="海川信听字〔2025〕2号",
        hearing_on=date(2025, 6, 13),
        issued_on=date(2025, 7, 1),
        contact="毕建国",
        phone="0990-5550188",
    )


def acceptance() -> ReconsiderationAcceptanceFacts:
    """S03 step 2: accepted as a grave case under the ordinary procedure."""
    return ReconsiderationAcceptanceFacts(
        organ=ORGAN,
        applicants=("沈立群",),
        respondent="滨澜区市场监督管理局",
        act=ACT,
        received_on=date(2024, 8, 28),
        issued_on=date(2024, 9, 4),
        is_summary=False,
        decide_by=date(2024, 11, 4),
        must_be_heard=True,
        contact="段文涛",
        phone="0990-5550166",
    )


def correction() -> ReconsiderationCorrectionFacts:
    """S03 with papers missing: two things, one notice."""
    return ReconsiderationCorrectionFacts(
        organ=ORGAN,
        applicants=("沈立群",),
        respondent="滨澜区市场监督管理局",
        act=ACT,
        received_on=date(2024, 8, 28),
        issued_on=date(2024, 9, 2),
        missing="1.行政处罚决定书复印件一份\n2.写明申请行政复议的具体请求和理由，并由本人签名",
        contact="段文涛",
        phone="0990-5550166",
    )


def refusal() -> ReconsiderationRefusalFacts:
    """S03 come too late: not accepted."""
    return ReconsiderationRefusalFacts(
        organ=ORGAN,
        applicants=("沈立群",),
        respondent="滨澜区市场监督管理局",
        act=ACT,
        received_on=date(2024, 8, 28),
        issued_on=date(2024, 9, 4),
        ground="超过法定申请期限",
        reason="行政处罚决定书于2024年3月1日送达，并告知了申请行政复议的权利和六十日的期限。申请没有说明耽误期限的正当理由。",
        contact="段文涛",
        phone="0990-5550166",
    )


def decision() -> ReconsiderationDecisionFacts:
    """S03: a decision that rests on the minutes of the hearing."""
    return ReconsiderationDecisionFacts(
        organ=ORGAN,
        applicants=("沈立群",),
        respondent="滨澜区市场监督管理局",
        act=ACT,
        received_on=date(2024, 8, 28),
        accepted_on=date(2024, 9, 4),
        decision="听证笔录（滨澜复听〔2024〕1号）记明，被申请人没有证明违法所得的数额。\n罚款的数额明显不当。",
        outcome="变更罚款数额为30000元",
        hearing_number="滨澜复听〔2024〕1号",
        hearing_on=date(2024, 10, 12),
        issued_on=date(2024, 11, 1),
        contact="段文涛",
        phone="0990-5550166",
    )


def statement() -> ReconsiderationMediationStatementFacts:
    """S03 step 10: the fine is reduced to 30,000 yuan."""
    applicant = PersonParty(
        signer="p1", label="申请人", name="沈立群", sex="男", ethnic_group="汉族", age=46, occupation="个体经营",
        address="滨澜区港前街道渔港路9号", phone="13600003377",
    )  # fmt: skip
    respondent = OrganisationParty(
        signer="p2", label="被申请人", name="滨澜区市场监督管理局", legal_representative="谷成林", post="局长",
        address="滨澜区织造街道锦江路30号", phone="0990-5550170",
    )  # fmt: skip
    return ReconsiderationMediationStatementFacts(
        organ=ORGAN,
        parties=(applicant, respondent),
        act=ACT,
        accepted_on=date(2024, 9, 4),
        claims=("请求撤销80000元罚款",),
        findings="申请人没有及时办理变更登记，情节轻微，已经改正。",
        terms=("被申请人把罚款数额变更为30000元", "申请人在2024年11月29日前缴清罚款"),
        copies=3,
    )


def remedy_papers() -> tuple[Paper, ...]:
    """One paper of each type of the remedies."""
    return (
        Paper(type_name="review_opinion", number="海川复核〔2025〕4号", facts=recheck_opinion()),
        Paper(type_name="reconsideration_acceptance", number="滨澜复受字〔2024〕1号", facts=acceptance()),
        Paper(type_name="reconsideration_correction", number="滨澜复补字〔2024〕1号", facts=correction()),
        Paper(type_name="reconsideration_refusal", number="滨澜复不受字〔2024〕1号", facts=refusal()),
        Paper(type_name="reconsideration_decision", number="滨澜复字〔2024〕1号", facts=decision()),
        Paper(type_name="reconsideration_mediation_statement", number="滨澜复字〔2024〕1号", facts=statement()),
    )
