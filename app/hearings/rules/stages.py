"""The stages of a sitting in the order of R-HEAR-20: what the chair says in each, and what must stand in the minutes
before the next one may begin.

A duty is a sentence the law wants to hear. It is settled by its own sentence, put into the minutes by one click, or,
where somebody has to be heard, by his speaking. A stage that was left out says why.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from app.errors import RuleViolation, StaleVersion
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.words import HearingSide, LiveStage


@dataclass(frozen=True)
class Duty:
    """One sentence that must be in the minutes: said by the chair, or a note of the recorder."""

    key: str
    missing: str
    """What is missing, after 还没有."""
    text: str
    is_said_by_chair: bool = True
    voice: HearingSide | None = None
    """Whose speaking in this stage settles the duty as well."""

    @property
    def client_id(self) -> str:
        """The mark of the sentence in the minutes, so that two clerks put it in once."""
        return f"duty-{self.key}"


@dataclass(frozen=True)
class StageScript:
    """One stage: its title, what the chair says, its duties, and why it may be passed over without asking."""

    stage: LiveStage
    title: str
    prompt: str
    duties: tuple[Duty, ...] = ()
    is_needed: bool = False
    """Never left out, whatever the reason."""
    usual_reason: str = ""
    """The reason that goes without saying when the stage is passed over."""


@dataclass(frozen=True)
class StageState:
    """What the minutes hold of the stage that is to be left."""

    settled: frozenset[str]
    """Keys of the duties whose sentences are in the minutes."""
    voices: frozenset[HearingSide]
    turns: int
    open_objections: int = 0


@dataclass(frozen=True)
class ScriptWords:
    """What the sentences name: the subject of the hearing and the people at the front."""

    subject: str
    mode: str
    chair: str
    panelists: str
    recorders: str


SCRIPTS = (
    StageScript(
        LiveStage.ROLL_CALL,
        "核对到场和身份",
        "请记录员核对到场的人、身份和授权。",
        is_needed=True,
    ),
    StageScript(
        LiveStage.OPENING,
        "告知权利、问回避",
        "“{applicant}、{respondent}，听清楚了吗？是否申请主持人、听证员、记录员回避？”",
        duties=(
            Duty("opened", "宣布听证开始", "现在开始听证：{subject}。本次听证{mode}举行。"),
            Duty("people", "介绍主持人、听证员、记录员", "{chair}主持，听证员{panelists}，记录员{recorders}。"),
            Duty(
                "rights",
                "告知权利义务",
                "你们有权陈述、举证、质证、辩论和最后陈述，有权申请回避、委托代理人，有权核对笔录、要求更正；"
                "应当如实陈述，按要求提供证据。",
            ),
            Duty(
                "discipline",
                "宣布听证纪律",
                "请遵守听证纪律：听从主持人安排，一次一个人说；未经许可不录音、录像、拍照；"
                "旁听的同志不发言、不提问。违反的，可以制止或者请他退场。",
            ),
            Duty(
                "recusal_asked",
                "问是否申请回避",
                "{applicant}、{respondent}，是否申请主持人、听证员、记录员回避？申请的请说明理由。",
            ),
            Duty(
                "recusal_answered",
                "记下各方对回避的答复",
                "{applicant}、{respondent}均表示听清权利义务，不申请回避。",
                is_said_by_chair=False,
            ),
        ),
        is_needed=True,
    ),
    StageScript(
        LiveStage.STATEMENT,
        "{applicant}陈述",
        "“请{applicant}说明请求、事实和理由，有什么证据。”",
        duties=(
            Duty(
                "waived_statement",
                "记下{applicant}的陈述",
                "{applicant}表示以书面材料为准，不再陈述。",
                is_said_by_chair=False,
                voice=HearingSide.APPLICANT,
            ),
        ),
    ),
    StageScript(
        LiveStage.RESPONSE,
        "{respondent}答辩",
        "“请{respondent}说明怎么处理的，依据哪些事实、证据、法律和政策。”",
        duties=(
            Duty(
                "waived_response",
                "记下{respondent}的答辩",
                "{respondent}表示以书面答复为准，不再答辩。",
                is_said_by_chair=False,
                voice=HearingSide.RESPONDENT,
            ),
        ),
    ),
    StageScript(
        LiveStage.EVIDENCE_EXAMINATION,
        "举证质证",
        "“请出示下一份证据，说明要证明什么。对方对它的真实性、合法性、关联性有什么意见？”",
    ),
    StageScript(
        LiveStage.DEBATE,
        "辩论",
        "“请围绕争议焦点发表意见，先{applicant}，后{respondent}。说过的不用重复。”",
    ),
    StageScript(
        LiveStage.FINAL_STATEMENT,
        "最后陈述",
        "“请{applicant}作最后陈述。”然后：“请{respondent}作最后陈述。”",
        duties=(
            Duty(
                "waived_final_applicant",
                "记下{applicant}的最后陈述",
                "{applicant}放弃最后陈述。",
                is_said_by_chair=False,
                voice=HearingSide.APPLICANT,
            ),
            Duty(
                "waived_final_respondent",
                "记下{respondent}的最后陈述",
                "{respondent}放弃最后陈述。",
                is_said_by_chair=False,
                voice=HearingSide.RESPONDENT,
            ),
        ),
        is_needed=True,
    ),
    StageScript(
        LiveStage.PANEL_COMMENTS,
        "听证员点评",
        "“请听证员就事实和争议说说看法。结论要等评议，现在不表态。”",
        usual_reason="听证员没有点评",
    ),
    StageScript(
        LiveStage.DELIBERATION,
        "休会评议（不公开）",
        "“现在休会，听证员评议。”评议另作评议笔录，不记在这里。",
        usual_reason="听证结束后评议，另作评议笔录",
    ),
    StageScript(
        LiveStage.ANNOUNCEMENT,
        "宣布听证意见",
        "“评议有了结果，现在宣布。”还没有结果的，告知什么时候书面送达。",
        usual_reason="听证意见择期书面送达",
    ),
    StageScript(
        LiveStage.READ_BACK,
        "核对笔录、签名",
        "“请各位逐页看笔录，看不清的由记录员念。有记错、记漏的，现在提出更正。”",
        is_needed=True,
    ),
)
_BY_STAGE: Mapping[LiveStage, StageScript] = {script.stage: script for script in SCRIPTS}
_UNNAMED = ScriptWords("", "", "", "", "")


def script_of(procedure: Procedure, stage: LiveStage, words: ScriptWords = _UNNAMED) -> StageScript:
    """The script of one stage in the words of this hearing."""
    raw = _BY_STAGE[stage]
    fill = {**vars(words), "applicant": procedure.applicant_word, "respondent": procedure.respondent_word}
    return replace(
        raw,
        title=raw.title.format(**fill),
        prompt=raw.prompt.format(**fill),
        duties=tuple(
            replace(duty, missing=duty.missing.format(**fill), text=duty.text.format(**fill)) for duty in raw.duties
        ),
    )


def list_scripts(procedure: Procedure, words: ScriptWords = _UNNAMED) -> list[StageScript]:
    """The scripts of all stages of a procedure, in their order (R-HEAR-20, R-RECON-16)."""
    return [script_of(procedure, stage, words) for stage in procedure.stages]


def find_next(procedure: Procedure, stage: LiveStage) -> LiveStage | None:
    """The stage after this one; None after the last."""
    following = procedure.stages[procedure.stages.index(stage) + 1 :]
    return following[0] if following else None


def list_passed_over(procedure: Procedure, stage: LiveStage, target: LiveStage) -> list[StageScript]:
    """The stages that a step from `stage` to `target` would leave out."""
    order = procedure.stages
    return [script_of(procedure, between) for between in order[order.index(stage) + 1 : order.index(target)]]


def list_open_duties(script: StageScript, state: StageState) -> list[Duty]:
    """The duties of a stage that neither their sentence nor anybody's speaking has settled."""
    return [duty for duty in script.duties if duty.key not in state.settled and duty.voice not in state.voices]


def check_stage_mark(seen: int, mark: int, title: str) -> None:
    """Refuse an act of a page that shows an older stage (StaleVersion)."""
    if seen != mark:
        raise StaleVersion(f"程序已经走到“{title}”，您看到的是旧的一步。请看清后再点。", rule="R-HEAR-20")


def check_may_leave(script: StageScript, state: StageState, reason: str) -> None:
    """Refuse to leave a stage with an open duty, an objection without ruling, or nothing in the minutes and no reason.

    A reason says why a stage that was not held is left out; what must be held is never left out (R-HEAR-20).
    """
    if state.open_objections:
        raise RuleViolation("还有异议没有裁定。请主持人裁定，记下来再往下走。", rule="R-HEAR-25")
    is_left_out = not state.turns and bool(reason.strip()) and not script.is_needed
    if is_left_out:
        return
    duties = list_open_duties(script, state)
    if duties:
        missing = "、".join(duty.missing for duty in duties)
        raise RuleViolation(f"“{script.title}”还没有{missing}。点旁边的“插入笔录”记上，再往下走。", rule="R-HEAR-20")
    if not state.turns:
        raise RuleViolation(f"“{script.title}”还没有记录。没有进行的，请写明理由再往下走。", rule="R-HEAR-20")


def check_may_pass_over(passed: Collection[StageScript], reason: str) -> None:
    """Refuse to leave out a stage that must be held, or one without a reason (R-HEAR-20)."""
    needed = [script.title for script in passed if script.is_needed]
    if needed:
        raise RuleViolation(f"“{needed[0]}”不能省略。请先走完这一步。依据《信访工作条例》第三十一条", rule="R-HEAR-20")
    silent = [script.title for script in passed if not script.usual_reason]
    if silent and not reason.strip():
        raise RuleViolation(f"跳过“{'”“'.join(silent)}”，请写明理由，会记进笔录。", rule="R-HEAR-20")


def check_may_go_back(reason: str, title: str) -> None:
    """Refuse to return to an earlier stage without saying why; the reason goes into the minutes."""
    if not reason.strip():
        raise RuleViolation(f"回到“{title}”，请写明为什么，会记进笔录。", rule="R-HEAR-20")
