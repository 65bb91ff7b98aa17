"""The words of a mediation case, its meetings and its records, with the Chinese of each."""

from enum import StrEnum

from app.web.labels import WordTable


class CaseSource(StrEnum):
    """How a case came to the committee (R-MED-03, R-STAT)."""

    ON_APPLICATION = "on_application"
    OWN_MOTION = "own_motion"
    REFERRED_IN = "referred_in"


class CaseStatus(StrEnum):
    """Where a mediation stands."""

    MEDIATING = "mediating"
    SUSPENDED = "suspended"
    AGREED = "agreed"
    ENDED = "ended"


class CaseAct(StrEnum):
    """What changes the state of a case."""

    SUSPEND = "suspend"
    RESUME = "resume"
    AGREE = "agree"
    END = "end"


class ChosenBy(StrEnum):
    """Who named a mediator (R-MED-08)."""

    COMMITTEE = "committee"
    PARTIES = "parties"


class EndReason(StrEnum):
    """Why a mediation ends without agreement (R-MED-17)."""

    PARTY_QUITS = "party_quits"
    NO_AGREEMENT_POSSIBLE = "no_agreement_possible"
    PERIOD_OVER = "period_over"
    IMPOSSIBLE = "impossible"
    OTHER_LAW = "other_law"


class SuspensionBasis(StrEnum):
    """Why a mediation rests (R-MED-16)."""

    APPRAISAL = "appraisal"
    UNKNOWN_HEIRS = "unknown_heirs"
    FORCE_MAJEURE = "force_majeure"
    JOINT_REQUEST = "joint_request"


class MeetingStatus(StrEnum):
    """Where one sitting stands."""

    PLANNED = "planned"
    RUNNING = "running"
    HELD = "held"
    CANCELLED = "cancelled"
    ENTERED_IN_ERROR = "entered_in_error"


class AttendeeKind(StrEnum):
    """In which capacity somebody sits at the table."""

    PARTY = "party"
    PROXY = "proxy"
    MEDIATOR = "mediator"
    RECORDER = "recorder"
    INVITED = "invited"


class RecordResult(StrEnum):
    """What a sitting led to (R-DOC-M06)."""

    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    CONTINUE = "continue"


class ReadMode(StrEnum):
    """How the parties learned what was written (R-DOC-M06)."""

    BY_PARTIES = "by_parties"
    TO_PARTIES = "to_parties"


LABELS = WordTable(
    (CaseSource.ON_APPLICATION, "依申请"),
    (CaseSource.OWN_MOTION, "主动调解"),
    (CaseSource.REFERRED_IN, "委托移送"),
    (CaseStatus.MEDIATING, "正在调解"),
    (CaseStatus.SUSPENDED, "已中止"),
    (CaseStatus.AGREED, "达成协议"),
    (CaseStatus.ENDED, "未达成协议，已终止"),
    (ChosenBy.COMMITTEE, "调委会指定"),
    (ChosenBy.PARTIES, "当事人选定"),
    (EndReason.PARTY_QUITS, "当事人拒绝调解或者退出"),
    (EndReason.NO_AGREEMENT_POSSIBLE, "调委会认为达不成协议"),
    (EndReason.PERIOD_OVER, "调解期限届满，没有同意延期"),
    (EndReason.IMPOSSIBLE, "出现了没法调解的情况"),
    (EndReason.OTHER_LAW, "法律规定的其他情形"),
    (SuspensionBasis.APPRAISAL, "等鉴定、评估结果"),
    (SuspensionBasis.UNKNOWN_HEIRS, "继承人还没有确定"),
    (SuspensionBasis.FORCE_MAJEURE, "不可抗力"),
    (SuspensionBasis.JOINT_REQUEST, "各方共同申请"),
    (MeetingStatus.PLANNED, "已排定"),
    (MeetingStatus.RUNNING, "正在进行"),
    (MeetingStatus.HELD, "已开完"),
    (MeetingStatus.CANCELLED, "已取消"),
    (MeetingStatus.ENTERED_IN_ERROR, "录入错误"),
    (AttendeeKind.PARTY, "当事人"),
    (AttendeeKind.PROXY, "代理人"),
    (AttendeeKind.MEDIATOR, "调解员"),
    (AttendeeKind.RECORDER, "记录员"),
    (AttendeeKind.INVITED, "受邀参加人"),
    (RecordResult.AGREED, "达成协议"),
    (RecordResult.NOT_AGREED, "未达成协议"),
    (RecordResult.CONTINUE, "继续调解"),
    (ReadMode.BY_PARTIES, "当事人自己看过"),
    (ReadMode.TO_PARTIES, "已向当事人宣读"),
)
