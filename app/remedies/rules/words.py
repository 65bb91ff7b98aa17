"""The words of the remedies: stages, outcomes, states, grounds, and their Chinese names."""

from enum import StrEnum

from app.web.labels import WordTable


class RemedyStage(StrEnum):
    """The two remedies against a handling opinion (R-PET-20, R-PET-21)."""

    REVIEW = "review"
    RECHECK = "recheck"


class RemedyStatus(StrEnum):
    """Where one request stands."""

    REQUESTED = "requested"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What an opinion says to the claim (R-PET-16)."""

    SUPPORTED = "supported"
    EXPLAINED = "explained"
    NOT_SUPPORTED = "not_supported"


class HelpKind(StrEnum):
    """What local units still owe after the remedies are used (R-PET-24)."""

    COUNSELLING = "counselling"
    EXPLANATION = "explanation"
    RELIEF = "relief"


class CaseStatus(StrEnum):
    """Where a reconsideration case stands."""

    RECEIVED = "received"
    CORRECTION_ASKED = "correction_asked"
    UNDER_REVIEW = "under_review"
    SUSPENDED = "suspended"
    DECLINED = "declined"
    GIVEN_UP = "given_up"
    WITHDRAWN = "withdrawn"
    DECIDED = "decided"
    MEDIATED = "mediated"


class CaseAct(StrEnum):
    """What moves a reconsideration case."""

    ASK_FOR_CORRECTION = "ask_for_correction"
    RECORD_CORRECTION = "record_correction"
    GIVE_UP = "give_up"
    ACCEPT = "accept"
    DECLINE = "decline"
    SUSPEND = "suspend"
    RESUME = "resume"
    DECIDE = "decide"
    CONCLUDE_MEDIATION = "conclude_mediation"
    WITHDRAW = "withdraw"


class Procedure(StrEnum):
    """普通程序 or 简易程序 (FY 53)."""

    ORDINARY = "ordinary"
    SUMMARY = "summary"


class GraveGround(StrEnum):
    """Why a case is grave, difficult or complex (R-RECON-02)."""

    PUBLIC_INTEREST = "public_interest"
    GROUP_OR_ATTENTION = "group_or_attention"
    NEW_TYPE = "new_type"
    DISPUTED_FACTS = "disputed_facts"
    COMPLEX_RELATIONS = "complex_relations"
    OTHER = "other"


class DeclineGround(StrEnum):
    """Which condition of acceptance is missing (FY 30)."""

    NO_RESPONDENT = "no_respondent"
    NOT_CONCERNED = "not_concerned"
    NO_CLAIM = "no_claim"
    OUT_OF_TIME = "out_of_time"
    OUT_OF_SCOPE = "out_of_scope"
    OTHER_ORGAN = "other_organ"
    ALREADY_TAKEN = "already_taken"


class SuspensionGround(StrEnum):
    """Why the time for the decision stands still (FY 39; FYSS 34, 37)."""

    APPLICANT_DIED = "applicant_died"
    APPLICANT_INCAPABLE = "applicant_incapable"
    APPLICANT_MISSING = "applicant_missing"
    BODY_ENDED = "body_ended"
    FORCE_MAJEURE = "force_majeure"
    MEDIATION = "mediation"
    LAW_QUESTION = "law_question"
    OTHER_CASE = "other_case"
    RULE_REVIEW = "rule_review"
    OTHER = "other"
    APPRAISAL = "appraisal"
    INSPECTION = "inspection"


class DecisionKind(StrEnum):
    """What a reconsideration decision does to the act (FY 63–69)."""

    UPHELD = "upheld"
    CHANGED = "changed"
    REVOKED = "revoked"
    ORDERED = "ordered"
    ILLEGAL = "illegal"
    VOID = "void"
    DISMISSED = "dismissed"


LABELS = WordTable(
    (RemedyStage.REVIEW, "复查"),
    (RemedyStage.RECHECK, "复核"),
    (RemedyStatus.REQUESTED, "正在办"),
    (RemedyStatus.DECIDED, "已出具意见"),
    (RemedyStatus.WITHDRAWN, "已撤回"),
    (Outcome.SUPPORTED, "支持诉求"),
    (Outcome.EXPLAINED, "解释说明"),
    (Outcome.NOT_SUPPORTED, "不予支持"),
    (HelpKind.COUNSELLING, "疏导"),
    (HelpKind.EXPLANATION, "政策解释"),
    (HelpKind.RELIEF, "帮扶救助"),
    (CaseStatus.RECEIVED, "审查中"),
    (CaseStatus.CORRECTION_ASKED, "等补正"),
    (CaseStatus.UNDER_REVIEW, "审理中"),
    (CaseStatus.SUSPENDED, "已中止"),
    (CaseStatus.DECLINED, "不予受理"),
    (CaseStatus.GIVEN_UP, "视为放弃申请"),
    (CaseStatus.WITHDRAWN, "已撤回"),
    (CaseStatus.DECIDED, "已作决定"),
    (CaseStatus.MEDIATED, "已调解结案"),
    (Procedure.ORDINARY, "普通程序"),
    (Procedure.SUMMARY, "简易程序"),
    (GraveGround.PUBLIC_INTEREST, "涉及国家利益、重大公共利益"),
    (GraveGround.GROUP_OR_ATTENTION, "群体性纠纷，或者社会关注度高"),
    (GraveGround.NEW_TYPE, "新类型案件"),
    (GraveGround.DISPUTED_FACTS, "证据疑点多，事实争议大"),
    (GraveGround.COMPLEX_RELATIONS, "法律关系复杂"),
    (GraveGround.OTHER, "其他重大、疑难、复杂的情形"),
    (DeclineGround.NO_RESPONDENT, "没有明确的申请人或者被申请人"),
    (DeclineGround.NOT_CONCERNED, "和被申请的行政行为没有利害关系"),
    (DeclineGround.NO_CLAIM, "没有具体的复议请求和理由"),
    (DeclineGround.OUT_OF_TIME, "超过法定申请期限"),
    (DeclineGround.OUT_OF_SCOPE, "不属于行政复议范围"),
    (DeclineGround.OTHER_ORGAN, "不归本机关管辖"),
    (DeclineGround.ALREADY_TAKEN, "已经受理过同一申请，或者法院已经受理"),
    (SuspensionGround.APPLICANT_DIED, "申请人死亡，近亲属还没有确定是否参加"),
    (SuspensionGround.APPLICANT_INCAPABLE, "申请人丧失行为能力，还没有确定法定代理人"),
    (SuspensionGround.APPLICANT_MISSING, "申请人下落不明"),
    (SuspensionGround.BODY_ENDED, "申请人单位终止，还没有确定承受人"),
    (SuspensionGround.FORCE_MAJEURE, "不可抗力或者其他正当理由不能参加"),
    (SuspensionGround.MEDIATION, "调解、和解，双方同意中止"),
    (SuspensionGround.LAW_QUESTION, "法律适用问题要等有权机关解释"),
    (SuspensionGround.OTHER_CASE, "要以另一案的结果为依据"),
    (SuspensionGround.RULE_REVIEW, "一并审查规范性文件"),
    (SuspensionGround.OTHER, "其他需要中止的情形"),
    (SuspensionGround.APPRAISAL, "鉴定"),
    (SuspensionGround.INSPECTION, "现场勘验"),
    (DecisionKind.UPHELD, "维持"),
    (DecisionKind.CHANGED, "变更"),
    (DecisionKind.REVOKED, "撤销"),
    (DecisionKind.ORDERED, "责令限期履行"),
    (DecisionKind.ILLEGAL, "确认违法"),
    (DecisionKind.VOID, "确认无效"),
    (DecisionKind.DISMISSED, "驳回复议请求"),
)
