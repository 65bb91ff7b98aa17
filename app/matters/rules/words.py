"""The words of a petition matter: channels, kinds, states, sides, decisions, and their Chinese names.

信访工作条例 (R-PET-01, 02, 04).
"""

from enum import StrEnum

from app.web.labels import WordTable


class Channel(StrEnum):
    """How a petition arrived (R-PET-01)."""

    VISIT = "visit"
    LETTER = "letter"
    ONLINE = "online"
    PHONE_CALL = "phone_call"
    FAX = "fax"


class MatterKind(StrEnum):
    """The three kinds of matter (R-PET-02)."""

    SUGGESTION = "suggestion"
    ACCUSATION = "accusation"
    CLAIM_FOR_DECISION = "claim_for_decision"


class MatterStatus(StrEnum):
    """Where a matter stands."""

    REGISTERED = "registered"
    TRANSFERRED = "transferred"
    ASSIGNED = "assigned"
    GUIDED_AWAY = "guided_away"
    REPORTED = "reported"
    RETURNED_BY_OBJECTION = "returned_by_objection"
    ACCEPTED = "accepted"
    HANDLING = "handling"
    OPINION_ISSUED = "opinion_issued"
    REVIEW_REQUESTED = "review_requested"
    REVIEW_DECIDED = "review_decided"
    RECHECK_REQUESTED = "recheck_requested"
    RECHECK_DECIDED = "recheck_decided"
    IN_LINKAGE = "in_linkage"
    IN_RECONSIDERATION = "in_reconsideration"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    FINALISED = "finalised"
    ENTERED_IN_ERROR = "entered_in_error"


class Route(StrEnum):
    """Where screening sends a matter (R-PET-07/08/09/15, R-LINK-01/02)."""

    MEDIATION = "mediation"
    HEARING = "hearing"
    HANDLING = "handling"
    RECONSIDERATION = "reconsideration"
    LITIGATION_ORGAN = "litigation_organ"
    DISCIPLINE_ORGAN = "discipline_organ"
    ARBITRATION = "arbitration"
    COMPETENT_UNIT = "competent_unit"
    GUIDE_AWAY = "guide_away"


class PartySide(StrEnum):
    """Which side of the dispute."""

    PETITIONER = "petitioner"
    RESPONDENT = "respondent"
    THIRD_PARTY = "third_party"


class PartyKind(StrEnum):
    """A natural person or a body."""

    PERSON = "person"
    ORGANISATION = "organisation"


class IdDocument(StrEnum):
    """Which paper showed who the person is (R-ID-02)."""

    ID_CARD = "id_card"
    RESIDENCE_PERMIT = "residence_permit"
    PASSPORT = "passport"
    OTHER = "other"
    NONE = "none"


class ConsentDecision(StrEnum):
    """What a side said to mediation (INV-05)."""

    CONSENTED = "consented"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ConsentManner(StrEnum):
    """How a side's answer is kept (R-LINK-04)."""

    WRITTEN = "written"
    RECORDED = "recorded"
    BY_PHONE = "by_phone"


class UnitCapacity(StrEnum):
    """Why a unit may see a matter."""

    HANDLING_UNIT = "handling_unit"
    MEDIATION_COMMITTEE = "mediation_committee"
    COURT = "court"
    RECONSIDERATION_BODY = "reconsideration_body"


class ClockState(StrEnum):
    """Running, held, kept in time, kept late or not at all, or no longer needed. Missed is never erased."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    CANCELLED = "cancelled"


class ClockVariant(StrEnum):
    """Which length of a clock runs: the usual one, the summary procedure's, or that of an opinion announced at once."""

    STANDARD = "standard"
    SUMMARY = "summary"
    ANNOUNCED = "announced"


class Capacity(StrEnum):
    """In which capacity a person has to do with a matter."""

    REGISTRAR = "registrar"
    COORDINATOR = "coordinator"
    ROUTER = "router"
    HANDLER = "handler"
    LEADER_RESPONSIBLE = "leader_responsible"
    MEDIATOR = "mediator"
    RECORDER = "recorder"
    ADVISING_LAWYER = "advising_lawyer"
    OPINION_LAWYER = "opinion_lawyer"
    DUTY_JUDGE = "duty_judge"
    COUNSELOR = "counselor"
    HEARING_CHAIR = "hearing_chair"
    HEARING_PANELIST = "hearing_panelist"
    BARRED = "barred"


class RecusalStatus(StrEnum):
    """A declared recusal bars at once; a requested one bars until it is refused (INV-12)."""

    DECLARED = "declared"
    REQUESTED = "requested"
    GRANTED = "granted"
    REFUSED = "refused"


class RecusalGround(StrEnum):
    """Why a person steps aside (R-HEAR-17, R-PET-27)."""

    PARTY_OR_RELATIVE = "party_or_relative"
    INTEREST = "interest"
    TOOK_PART = "took_part"
    OTHER_RELATION = "other_relation"
    PARTY_OBJECTS = "party_objects"


class MatterResult(StrEnum):
    """How a matter ended; per claim 支持, 解释说明 or 不予支持 (R-PET-16), settled (R-LINK-10) or reconsidered."""

    SETTLED_BY_MEDIATION = "settled_by_mediation"
    SUPPORTED = "supported"
    EXPLAINED = "explained"
    NOT_SUPPORTED = "not_supported"
    ANSWERED = "answered"
    PASSED_ON = "passed_on"
    RECONSIDERED = "reconsidered"


class OpenProcedure(StrEnum):
    """A legal procedure that keeps a matter out of linkage (INV-03)."""

    COURT = "court"
    JUDGMENT = "judgment"
    POLICE = "police"
    RECONSIDERATION = "reconsideration"
    ARBITRATION = "arbitration"


class RevealReason(StrEnum):
    """Why a masked value is looked at in full (INV-32)."""

    CHECK = "办案核对"
    PAPERS = "制作文书"
    CONTACT = "联系当事人"
    OTHER = "其他"


ENDED = frozenset(
    {
        MatterStatus.GUIDED_AWAY,
        MatterStatus.NOT_ACCEPTED,
        MatterStatus.WITHDRAWN,
        MatterStatus.CLOSED,
        MatterStatus.FINALISED,
        MatterStatus.ENTERED_IN_ERROR,
    }
)

LABOUR_TYPES = frozenset({"D10", "D11"})

LABELS = WordTable(
    (Channel.VISIT, "走访"),
    (Channel.LETTER, "书信"),
    (Channel.ONLINE, "网上"),
    (Channel.PHONE_CALL, "电话"),
    (Channel.FAX, "传真"),
    (MatterKind.SUGGESTION, "建议意见"),
    (MatterKind.ACCUSATION, "检举控告"),
    (MatterKind.CLAIM_FOR_DECISION, "申诉求决"),
    (MatterStatus.REGISTERED, "已登记"),
    (MatterStatus.TRANSFERRED, "已转送"),
    (MatterStatus.ASSIGNED, "已交办"),
    (MatterStatus.GUIDED_AWAY, "已引导"),
    (MatterStatus.REPORTED, "已报告"),
    (MatterStatus.RETURNED_BY_OBJECTION, "异议退回"),
    (MatterStatus.ACCEPTED, "已受理"),
    (MatterStatus.HANDLING, "办理中"),
    (MatterStatus.OPINION_ISSUED, "已出具意见"),
    (MatterStatus.REVIEW_REQUESTED, "复查中"),
    (MatterStatus.REVIEW_DECIDED, "已复查"),
    (MatterStatus.RECHECK_REQUESTED, "复核中"),
    (MatterStatus.RECHECK_DECIDED, "已复核"),
    (MatterStatus.IN_LINKAGE, "访调对接中"),
    (MatterStatus.IN_RECONSIDERATION, "行政复议中"),
    (MatterStatus.NOT_ACCEPTED, "不予受理"),
    (MatterStatus.WITHDRAWN, "已撤回"),
    (MatterStatus.CLOSED, "已办结"),
    (MatterStatus.FINALISED, "已终结"),
    (MatterStatus.ENTERED_IN_ERROR, "录入错误"),
    (Route.MEDIATION, "导入人民调解"),
    (Route.HEARING, "信访听证"),
    (Route.HANDLING, "信访办理"),
    (Route.RECONSIDERATION, "行政复议等法定途径"),
    (Route.LITIGATION_ORGAN, "政法机关"),
    (Route.DISCIPLINE_ORGAN, "纪检监察机关"),
    (Route.ARBITRATION, "劳动仲裁等仲裁"),
    (Route.COMPETENT_UNIT, "转有权处理的单位"),
    (Route.GUIDE_AWAY, "引导到其他途径"),
    (PartySide.PETITIONER, "信访人"),
    (PartySide.RESPONDENT, "对方当事人"),
    (PartySide.THIRD_PARTY, "第三人"),
    (PartyKind.PERSON, "个人"),
    (PartyKind.ORGANISATION, "单位"),
    (IdDocument.ID_CARD, "居民身份证"),
    (IdDocument.RESIDENCE_PERMIT, "港澳台居民居住证"),
    (IdDocument.PASSPORT, "护照"),
    (IdDocument.OTHER, "其他证件"),
    (IdDocument.NONE, "没有带证件"),
    (ConsentDecision.CONSENTED, "同意调解"),
    (ConsentDecision.REFUSED, "不同意调解"),
    (ConsentDecision.WITHDRAWN, "撤回同意"),
    (ConsentManner.WRITTEN, "书面《同意调解书》"),
    (ConsentManner.RECORDED, "口头，已记入笔录"),
    (ConsentManner.BY_PHONE, "电话，已记录"),
    (UnitCapacity.HANDLING_UNIT, "责任单位"),
    (UnitCapacity.MEDIATION_COMMITTEE, "调委会"),
    (UnitCapacity.COURT, "法院"),
    (UnitCapacity.RECONSIDERATION_BODY, "行政复议机构"),
    (ClockState.RUNNING, "正在计算"),
    (ClockState.PAUSED, "已暂停"),
    (ClockState.MET, "按期办结"),
    (ClockState.MISSED, "迟办"),
    (ClockState.CANCELLED, "不再需要"),
    (Capacity.REGISTRAR, "登记"),
    (Capacity.COORDINATOR, "排期"),
    (Capacity.ROUTER, "甄别分流"),
    (Capacity.HANDLER, "承办"),
    (Capacity.LEADER_RESPONSIBLE, "包案领导"),
    (Capacity.MEDIATOR, "调解员"),
    (Capacity.RECORDER, "记录"),
    (Capacity.ADVISING_LAWYER, "接待律师"),
    (Capacity.OPINION_LAWYER, "出具意见的律师"),
    (Capacity.DUTY_JUDGE, "驻点法官"),
    (Capacity.COUNSELOR, "心理疏导"),
    (Capacity.HEARING_CHAIR, "听证主持人"),
    (Capacity.HEARING_PANELIST, "听证员"),
    (Capacity.BARRED, "已回避"),
    (RecusalStatus.DECLARED, "本人回避"),
    (RecusalStatus.REQUESTED, "等决定"),
    (RecusalStatus.GRANTED, "已同意回避"),
    (RecusalStatus.REFUSED, "不用回避"),
    (RecusalGround.PARTY_OR_RELATIVE, "是当事人、代理人，或者他们的近亲属"),
    (RecusalGround.INTEREST, "和这件事有利害关系"),
    (RecusalGround.TOOK_PART, "办理、调查或者复查过这件事"),
    (RecusalGround.OTHER_RELATION, "有其他关系，可能影响公正"),
    (RecusalGround.PARTY_OBJECTS, "当事人不要这位调解员"),
    (MatterResult.SETTLED_BY_MEDIATION, "调解化解"),
    (MatterResult.SUPPORTED, "支持诉求"),
    (MatterResult.EXPLAINED, "解释说明"),
    (MatterResult.NOT_SUPPORTED, "不予支持"),
    (MatterResult.ANSWERED, "已书面答复"),
    (MatterResult.PASSED_ON, "有权机关已接收"),
    (MatterResult.RECONSIDERED, "行政复议办结"),
    (OpenProcedure.COURT, "法院正在审理，或者还在上诉期"),
    (OpenProcedure.JUDGMENT, "已有生效裁判，本人不服"),
    (OpenProcedure.POLICE, "公安、检察机关正在办"),
    (OpenProcedure.RECONSIDERATION, "正在行政复议"),
    (OpenProcedure.ARBITRATION, "正在仲裁"),
)
