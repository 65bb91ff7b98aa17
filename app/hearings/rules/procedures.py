"""What differs between a petition hearing and a reconsideration hearing: one table, not two code paths.

Petition hearings follow the jurisdiction profile of the day on which they were noticed (R-HEAR-01…32); a
reconsideration hearing follows the statute, of which the profile may only lengthen the notice (R-RECON-01…16).
"""

from dataclasses import dataclass

from app.access.permissions import Role
from app.hearings.rules.words import LiveStage, ProcedureKind, Threshold
from app.law.periods import CountingMode, Period
from app.law.profile import RECONSIDERATION_NOTICE_FLOOR, Profile, RecusalDecider

PETITION_ARTICLE = "《信访工作条例》第三十一条、本区听证规则"
RECONSIDERATION_ARTICLE = "《行政复议法》第五十条、第五十一条"

PETITION_STAGES = tuple(LiveStage)
RECONSIDERATION_STAGES = tuple(
    stage
    for stage in LiveStage
    if stage not in (LiveStage.PANEL_COMMENTS, LiveStage.DELIBERATION, LiveStage.ANNOUNCEMENT)
)


@dataclass(frozen=True)
class Procedure:
    """How one hearing is held: the panel, the notice, the sitting, the outcome, and the words for its people."""

    kind: ProcedureKind
    article: str
    number_series: str
    number_pattern: str
    applicant_word: str
    respondent_word: str
    chair_roles: frozenset[Role]
    panelist_roles: frozenset[Role]
    recorder_roles: frozenset[Role]
    may_handlers_sit: bool
    """Whether those who handle the case may hold its hearing (R-RECON-03 against INV-13)."""
    panel_minimum: int
    must_be_odd: bool
    may_chair_vote: bool
    recusal_decider: RecusalDecider
    notice_clock: str
    notice: Period
    notice_counting: CountingMode
    waiver_floor: Period | None
    """Notice that no waiver may undercut; None where written waivers of all sides may drop it whole."""
    stages: tuple[LiveStage, ...]
    has_vote: bool
    threshold: Threshold
    must_head_attend: bool
    must_answer_first: bool
    answer_clock: str
    """The clock of the organ's answer to an application (R-HEAR-04, R-RECON-11)."""
    answer_within: Period
    withdrawal_notice: Period | None
    """How long before the hearing an application may be taken back at the latest; None where any time will do."""
    has_holding_clocks: bool
    """Whether the clocks `hearing_hold_by` and `hearing_opinion_service` run."""


def procedure_of(kind: ProcedureKind, profile: Profile) -> Procedure:
    """The procedure of a hearing under a jurisdiction profile; take the profile of the day it was noticed."""
    return _petition(profile) if kind is ProcedureKind.PETITION else _reconsideration(profile)


def _petition(profile: Profile) -> Procedure:
    return Procedure(
        kind=ProcedureKind.PETITION,
        article=PETITION_ARTICLE,
        number_series="petition_hearing",
        number_pattern="{prefix}信听字〔{year}〕{n}号",
        applicant_word="信访人",
        respondent_word="责任单位",
        chair_roles=frozenset({Role.HEARING_CHAIR}),
        panelist_roles=frozenset({Role.HEARING_PANELIST}),
        recorder_roles=frozenset({Role.RECORDER}),
        may_handlers_sit=False,
        panel_minimum=profile.panel_minimum,
        must_be_odd=True,
        may_chair_vote=profile.may_chair_vote,
        recusal_decider=profile.panelist_recusal_decider,
        notice_clock="hearing_notice",
        notice=profile.hearing_notice,
        notice_counting=profile.notice_counting,
        waiver_floor=None,
        stages=PETITION_STAGES,
        has_vote=True,
        threshold=Threshold.TWO_THIRDS if profile.is_two_thirds_needed else Threshold.MAJORITY,
        must_head_attend=False,
        must_answer_first=False,
        answer_clock="hearing_application_decision",
        answer_within=profile.hearing_application_decision,
        withdrawal_notice=None,
        has_holding_clocks=True,
    )


def _reconsideration(profile: Profile) -> Procedure:
    return Procedure(
        kind=ProcedureKind.RECONSIDERATION,
        article=RECONSIDERATION_ARTICLE,
        number_series="reconsideration_hearing",
        number_pattern="{prefix}复听字〔{year}〕{n}号",
        applicant_word="申请人",
        respondent_word="被申请人",
        chair_roles=frozenset({Role.RECONSIDERATION_OFFICER}),
        panelist_roles=frozenset({Role.RECONSIDERATION_OFFICER}),
        recorder_roles=frozenset({Role.RECORDER, Role.RECONSIDERATION_OFFICER}),
        may_handlers_sit=True,
        panel_minimum=2,
        must_be_odd=False,
        may_chair_vote=False,
        recusal_decider=RecusalDecider.ORGAN_HEAD,
        notice_clock="recon_hearing_notice",
        notice=profile.recon_hearing_notice,
        notice_counting=profile.notice_counting,
        waiver_floor=RECONSIDERATION_NOTICE_FLOOR,
        stages=RECONSIDERATION_STAGES,
        has_vote=False,
        threshold=Threshold.MAJORITY,
        must_head_attend=True,
        must_answer_first=True,
        answer_clock="recon_hearing_answer",
        answer_within=profile.recon_hearing_answer,
        withdrawal_notice=profile.recon_hearing_withdrawal,
        has_holding_clocks=False,
    )
