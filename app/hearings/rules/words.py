"""The words of a hearing: procedure, states, people, papers, minutes and votes, with the Chinese of each."""

from enum import StrEnum

from app.web.labels import WordTable


class ProcedureKind(StrEnum):
    """Under which law a hearing is held; what differs stands in `procedures.py`."""

    PETITION = "petition_hearing"
    RECONSIDERATION = "reconsideration_hearing"


class ServedStage(StrEnum):
    """Which step of the matter the hearing serves (R-HEAR-02)."""

    HANDLING = "handling"
    REVIEW = "review"
    RECHECK = "recheck"
    RECONSIDERATION = "reconsideration"


class Initiative(StrEnum):
    """Who wants the hearing (R-HEAR-04, R-RECON-01)."""

    APPLICATION = "application"
    ORGAN = "organ"
    MANDATORY = "mandatory"


class HearingMode(StrEnum):
    """Open to observers or not (R-HEAR-10)."""

    PUBLIC = "public_hearing"
    CLOSED = "closed_hearing"


class HearingStatus(StrEnum):
    """Where a hearing stands."""

    PROPOSED = "proposed"
    APPLIED = "applied"
    APPROVED = "approved"
    NOTICED = "noticed"
    IN_PROGRESS = "in_progress"
    SUSPENDED = "suspended"
    POSTPONED = "postponed"
    DELIBERATING = "deliberating"
    HELD = "held"
    OPINION_ISSUED = "opinion_issued"
    CLOSED = "closed"
    REFUSED = "refused"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    WAIVED_BY_ABSENCE = "waived_by_absence"
    TERMINATED = "terminated"
    ENTERED_IN_ERROR = "entered_in_error"


class HearingAct(StrEnum):
    """What moves a hearing from one state to another."""

    CONSENT = "consent"
    DECLINE = "decline"
    APPROVE = "approve"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    GIVE_NOTICE = "give_notice"
    POSTPONE = "postpone"
    OPEN = "open"
    SUSPEND = "suspend"
    RESUME = "resume"
    ADJOURN = "adjourn"
    HOLD = "hold"
    ISSUE_OPINION = "issue_opinion"
    CLOSE = "close"
    WAIVE = "waive"
    TERMINATE = "terminate"
    MARK_AS_ERROR = "mark_as_error"


class HearingSide(StrEnum):
    """On which side a party takes part (R-HEAR-14)."""

    APPLICANT = "applicant"
    RESPONDENT = "respondent"
    THIRD_PARTY = "third_party"


class HeadAttendance(StrEnum):
    """Whether the head of the respondent comes himself (R-RECON-06)."""

    ATTENDS = "attends"
    DELEGATES = "delegates"
    NOT_EXPLAINED = "not_explained"


class SeatRole(StrEnum):
    """Who sits on the hearing's side of the table."""

    CHAIR = "hearing_chair"
    PANELIST = "hearing_panelist"
    RECORDER = "recorder"
    ALTERNATE = "alternate"


class PoolCategory(StrEnum):
    """Where a panelist of the pool comes from (R-HEAR-12)."""

    CONGRESS_DEPUTY = "congress_deputy"
    CONSULTATIVE_MEMBER = "consultative_member"
    LAWYER = "lawyer"
    EXPERT = "expert"
    COMMUNITY_DELEGATE = "community_delegate"
    EMPLOYEE_DELEGATE = "employee_delegate"
    WELL_KNOWN_CITIZEN = "well_known_citizen"


class SeatEnd(StrEnum):
    """Why somebody no longer sits in the hearing."""

    RECUSED = "recused"
    REPLACED = "replaced"


class ServiceMode(StrEnum):
    """How a paper reached somebody, each with its day of service (R-DOC-H13, 《民事诉讼法》87–95)."""

    IN_PERSON = "in_person"
    SUBSTITUTE = "substitute"
    BY_LEAVING = "service_by_leaving"
    BY_POST = "by_post"
    ELECTRONIC = "electronic"
    BY_PUBLIC_NOTICE = "service_by_public_notice"


class ChangeKind(StrEnum):
    """What happened to a hearing outside its plain course; each has its own grounds and paper (R-HEAR-21…24)."""

    MOVED = "moved"
    POSTPONED = "postponed"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    TERMINATED = "terminated"
    WAIVED_BY_ABSENCE = "waived_by_absence"
    WITHDRAWN = "withdrawn"
    ENTERED_IN_ERROR = "entered_in_error"


class ChangeGround(StrEnum):
    """Why; which ground fits which change stands in `changes.py`."""

    PARTY_PREVENTED = "party_prevented"
    RECUSAL_RAISED = "recusal_raised"
    FACTS_TO_CHECK = "facts_to_check"
    UNIT_ABSENT = "unit_absent"
    NEW_WITNESS = "new_witness"
    APPRAISAL = "appraisal"
    FORCE_MAJEURE = "force_majeure"
    UNKNOWN_SUCCESSOR = "unknown_successor"
    CAUSE_ENDED = "cause_ended"
    APPLICATION_WITHDRAWN = "application_withdrawn"
    PETITIONER_WAIVES = "petitioner_waives"
    NO_SUCCESSOR = "no_successor"
    SETTLED = "settled"
    DISORDER = "disorder"
    PETITIONER_ABSENT = "petitioner_absent"
    PETITIONER_LEFT = "petitioner_left"
    ROOM_OR_PEOPLE = "room_or_people"
    OTHER = "other"


class LiveStage(StrEnum):
    """The steps of a sitting in the order of R-HEAR-20."""

    ROLL_CALL = "roll_call"
    OPENING = "opening"
    STATEMENT = "statement"
    RESPONSE = "response"
    EVIDENCE_EXAMINATION = "evidence_examination"
    DEBATE = "debate"
    FINAL_STATEMENT = "final_statement"
    PANEL_COMMENTS = "panel_comments"
    DELIBERATION = "deliberation"
    ANNOUNCEMENT = "announcement"
    READ_BACK = "read_back"


class TurnKind(StrEnum):
    """What a turn of the minutes is."""

    STATEMENT = "statement"
    EVIDENCE = "evidence"
    OBJECTION = "objection"
    RULING = "ruling"
    ROOM = "room"
    RECESS = "recess"
    RESUMPTION = "resumption"


class AttendeeRole(StrEnum):
    """In which capacity somebody is present at the sitting."""

    CHAIR = "hearing_chair"
    PANELIST = "hearing_panelist"
    RECORDER = "recorder"
    APPLICANT = "applicant"
    RESPONDENT = "respondent"
    THIRD_PARTY = "third_party"
    PROXY = "proxy"
    WITNESS = "witness"
    APPRAISER = "appraiser"
    INTERPRETER = "interpreter"


class Vote(StrEnum):
    """A panelist's word on the proposal; nobody abstains (R-HEAR-27)."""

    AGREE = "agree"
    DISAGREE = "disagree"


class Threshold(StrEnum):
    """How many must agree."""

    MAJORITY = "majority"
    TWO_THIRDS = "two_thirds"


LABELS = WordTable(
    (ProcedureKind.PETITION, "信访听证"),
    (ProcedureKind.RECONSIDERATION, "行政复议听证"),
    (ServedStage.HANDLING, "办理"),
    (ServedStage.REVIEW, "复查"),
    (ServedStage.RECHECK, "复核"),
    (ServedStage.RECONSIDERATION, "行政复议"),
    (Initiative.APPLICATION, "依申请"),
    (Initiative.ORGAN, "机关提出"),
    (Initiative.MANDATORY, "依法应当听证"),
    (HearingMode.PUBLIC, "公开"),
    (HearingMode.CLOSED, "不公开"),
    (HearingStatus.PROPOSED, "等信访人答复"),
    (HearingStatus.APPLIED, "等决定"),
    (HearingStatus.APPROVED, "待排期"),
    (HearingStatus.NOTICED, "已通知"),
    (HearingStatus.IN_PROGRESS, "正在进行"),
    (HearingStatus.SUSPENDED, "已中止"),
    (HearingStatus.POSTPONED, "已延期，待重排"),
    (HearingStatus.DELIBERATING, "评议中"),
    (HearingStatus.HELD, "已开完，笔录签名中"),
    (HearingStatus.OPINION_ISSUED, "已出听证意见"),
    (HearingStatus.CLOSED, "已办结"),
    (HearingStatus.REFUSED, "决定不听证"),
    (HearingStatus.DECLINED, "信访人不同意听证"),
    (HearingStatus.WITHDRAWN, "申请已撤回"),
    (HearingStatus.WAIVED_BY_ABSENCE, "缺席，视为放弃"),
    (HearingStatus.TERMINATED, "已终止"),
    (HearingStatus.ENTERED_IN_ERROR, "录入错误"),
    (HearingSide.APPLICANT, "申请人一方"),
    (HearingSide.RESPONDENT, "责任单位一方"),
    (HearingSide.THIRD_PARTY, "第三人"),
    (HeadAttendance.ATTENDS, "负责人出席"),
    (HeadAttendance.DELEGATES, "负责人不能出席，已说明理由并委托"),
    (HeadAttendance.NOT_EXPLAINED, "负责人未出席，没有说明"),
    (SeatRole.CHAIR, "主持人"),
    (SeatRole.PANELIST, "听证员"),
    (SeatRole.RECORDER, "记录员"),
    (SeatRole.ALTERNATE, "候补听证员"),
    (PoolCategory.CONGRESS_DEPUTY, "人大代表"),
    (PoolCategory.CONSULTATIVE_MEMBER, "政协委员"),
    (PoolCategory.LAWYER, "律师、基层法律服务工作者"),
    (PoolCategory.EXPERT, "专家学者"),
    (PoolCategory.COMMUNITY_DELEGATE, "社区（村）代表"),
    (PoolCategory.EMPLOYEE_DELEGATE, "职工、行业代表"),
    (PoolCategory.WELL_KNOWN_CITIZEN, "社会公信人士"),
    (SeatEnd.RECUSED, "已回避"),
    (SeatEnd.REPLACED, "已更换"),
    (ServiceMode.IN_PERSON, "直接送达"),
    (ServiceMode.SUBSTITUTE, "同住成年家属或单位收发人员代收"),
    (ServiceMode.BY_LEAVING, "留置送达"),
    (ServiceMode.BY_POST, "邮寄送达"),
    (ServiceMode.ELECTRONIC, "电子送达"),
    (ServiceMode.BY_PUBLIC_NOTICE, "公告送达"),
    (ChangeKind.MOVED, "变更"),
    (ChangeKind.POSTPONED, "延期"),
    (ChangeKind.SUSPENDED, "中止"),
    (ChangeKind.RESUMED, "恢复"),
    (ChangeKind.TERMINATED, "终止"),
    (ChangeKind.WAIVED_BY_ABSENCE, "缺席视为放弃"),
    (ChangeKind.WITHDRAWN, "撤回申请"),
    (ChangeKind.ENTERED_IN_ERROR, "录入错误"),
    (ChangeGround.PARTY_PREVENTED, "当事人因不可抗力不能到场"),
    (ChangeGround.RECUSAL_RAISED, "当场申请回避，需要决定或换人"),
    (ChangeGround.FACTS_TO_CHECK, "有新的事实需要核实"),
    (ChangeGround.UNIT_ABSENT, "责任单位没有到场"),
    (ChangeGround.NEW_WITNESS, "需要通知新的证人到场"),
    (ChangeGround.APPRAISAL, "需要鉴定、勘验"),
    (ChangeGround.FORCE_MAJEURE, "当事人因不可抗力不能继续参加"),
    (ChangeGround.UNKNOWN_SUCCESSOR, "信访人死亡或单位终止，承受人还没有确定"),
    (ChangeGround.CAUSE_ENDED, "中止、延期的原因已经消除"),
    (ChangeGround.APPLICATION_WITHDRAWN, "撤回听证申请"),
    (ChangeGround.PETITIONER_WAIVES, "明确表示放弃听证"),
    (ChangeGround.NO_SUCCESSOR, "信访人死亡，没有人承受权利"),
    (ChangeGround.SETTLED, "双方达成协议，事情已解决"),
    (ChangeGround.DISORDER, "秩序混乱，无法继续"),
    (ChangeGround.PETITIONER_ABSENT, "没有正当理由不到场"),
    (ChangeGround.PETITIONER_LEFT, "没有正当理由中途退场"),
    (ChangeGround.ROOM_OR_PEOPLE, "场地或人员调整"),
    (ChangeGround.OTHER, "其他情形"),
    (LiveStage.ROLL_CALL, "核对到场、身份和授权"),
    (LiveStage.OPENING, "宣布开始、告知权利、问回避"),
    (LiveStage.STATEMENT, "信访人陈述"),
    (LiveStage.RESPONSE, "责任单位答辩"),
    (LiveStage.EVIDENCE_EXAMINATION, "举证质证"),
    (LiveStage.DEBATE, "辩论"),
    (LiveStage.FINAL_STATEMENT, "最后陈述"),
    (LiveStage.PANEL_COMMENTS, "听证员点评"),
    (LiveStage.DELIBERATION, "休会评议（不公开）"),
    (LiveStage.ANNOUNCEMENT, "宣布听证意见"),
    (LiveStage.READ_BACK, "核对笔录、签名"),
    (TurnKind.STATEMENT, "发言"),
    (TurnKind.EVIDENCE, "出示证据"),
    (TurnKind.OBJECTION, "提出异议"),
    (TurnKind.RULING, "主持人裁定"),
    (TurnKind.ROOM, "场上情况"),
    (TurnKind.RECESS, "休会"),
    (TurnKind.RESUMPTION, "复会"),
    (AttendeeRole.CHAIR, "主持人"),
    (AttendeeRole.PANELIST, "听证员"),
    (AttendeeRole.RECORDER, "记录员"),
    (AttendeeRole.APPLICANT, "信访人"),
    (AttendeeRole.RESPONDENT, "责任单位"),
    (AttendeeRole.THIRD_PARTY, "第三人"),
    (AttendeeRole.PROXY, "委托代理人"),
    (AttendeeRole.WITNESS, "证人"),
    (AttendeeRole.APPRAISER, "鉴定人"),
    (AttendeeRole.INTERPRETER, "翻译"),
    (Vote.AGREE, "同意"),
    (Vote.DISAGREE, "不同意"),
    (Threshold.MAJORITY, "过半数"),
    (Threshold.TWO_THIRDS, "三分之二以上"),
)
