"""The rules of the live desk: who must be there, what each stage needs, in which order turns stand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.errors import Clash, RuleViolation, StaleVersion
from app.hearings.rules import sitting, stages, turns
from app.hearings.rules.procedures import procedure_of
from app.hearings.rules.sitting import Expected
from app.hearings.rules.stages import ScriptWords, StageState
from app.hearings.rules.turns import Piece, PieceKind, Spoken
from app.hearings.rules.words import (
    AttendeeRole,
    HeadAttendance,
    HearingSide,
    LiveStage,
    ProcedureKind,
    TurnKind,
)
from app.law.profile import Profile

PETITION = procedure_of(ProcedureKind.PETITION, Profile())
RECONSIDERATION = procedure_of(ProcedureKind.RECONSIDERATION, Profile())
NINE = datetime(2025, 6, 11, 1, 0, tzinfo=UTC)
ROLE, SIDE, STAGE, KIND = AttendeeRole, HearingSide, LiveStage, TurnKind
FRONT = [
    Expected(ROLE.CHAIR, "毕建国", True),
    Expected(ROLE.PANELIST, "万春生", True),
    Expected(ROLE.RECORDER, "何静", True),
]
ZHENG = Expected(ROLE.APPLICANT, "郑桂兰", True, side=SIDE.APPLICANT)
UNIT = Expected(ROLE.RESPONDENT, "区住建委", True, side=SIDE.RESPONDENT)
EVERYBODY = [*FRONT, ZHENG, UNIT]
EMPTY = StageState(frozenset(), frozenset(), 0)


def away(who: Expected, *, is_recorded: bool = False) -> Expected:
    return replace(who, is_present=False, is_absence_recorded=is_recorded)


@pytest.mark.parametrize(
    ("people", "says", "rule"),
    [
        (EVERYBODY, None, None),
        ([away(FRONT[0]), *EVERYBODY[1:]], "主持人毕建国还没到", "INV-17"),
        ([FRONT[0], away(FRONT[1]), *EVERYBODY[2:]], "听证员万春生还没到", "INV-17"),
        ([*FRONT[:2], away(FRONT[2]), ZHENG, UNIT], "记录员何静还没到", "INV-17"),
        ([*FRONT[:1], *EVERYBODY[2:]], "还没有听证员", "INV-17"),
        ([*FRONT, away(ZHENG), UNIT], "郑桂兰还没到，也没有记下缺席", "INV-17"),
        ([*FRONT, away(ZHENG, is_recorded=True), UNIT], "视为放弃", "R-HEAR-24"),
        ([*FRONT, ZHENG, away(UNIT, is_recorded=True)], "报告它的上级机关", "R-HEAR-24"),
        ([*FRONT, ZHENG, away(replace(ZHENG, name="梁二"), is_recorded=True), UNIT], None, None),
    ],
)
def test_inv_17_opening_when_somebody_is_missing_is_refused_by_name(people, says, rule) -> None:
    if says is None:
        sitting.check_may_open(PETITION, people, None)
        return
    with pytest.raises(RuleViolation, match=says) as refusal:
        sitting.check_may_open(PETITION, people, None)
    assert refusal.value.rule == rule


def test_r_recon_06_opening_when_the_head_was_not_asked_about_is_refused() -> None:
    with pytest.raises(RuleViolation, match="被申请人负责人是否出席"):
        sitting.check_may_open(RECONSIDERATION, EVERYBODY, None)
    sitting.check_may_open(RECONSIDERATION, EVERYBODY, HeadAttendance.DELEGATES)


def test_r_recon_05_opening_when_the_applicant_is_absent_is_a_waiver() -> None:
    with pytest.raises(RuleViolation, match="申请人一方没有人到场") as refusal:
        sitting.check_may_open(RECONSIDERATION, [*FRONT, away(ZHENG, is_recorded=True), UNIT], HeadAttendance.ATTENDS)
    assert refusal.value.rule == "R-RECON-05"


@pytest.mark.parametrize(
    ("answer", "reason", "delegate", "is_refused"),
    [
        (HeadAttendance.ATTENDS, "", "", False),
        (HeadAttendance.NOT_EXPLAINED, "", "", False),
        (HeadAttendance.DELEGATES, "出国", "副局长", False),
        (HeadAttendance.DELEGATES, "", "副局长", True),
        (HeadAttendance.DELEGATES, "出国", " ", True),
    ],
)
def test_r_recon_06_delegation_when_reason_or_delegate_is_missing_is_refused(
    answer, reason, delegate, is_refused
) -> None:
    if is_refused:
        with pytest.raises(RuleViolation, match="第五十一条"):
            sitting.check_head_answer(answer, reason, delegate)
    else:
        sitting.check_head_answer(answer, reason, delegate)


@pytest.mark.parametrize(
    ("planned", "says"),
    [
        (date(2025, 6, 11), None),
        (None, "还没有排时间"),
        (date(2025, 6, 12), "还没到日子"),
        (date(2025, 6, 10), "日子已过"),
    ],
)
def test_inv_15_sitting_when_the_notice_names_another_day_is_refused(planned, says) -> None:
    if says is None:
        sitting.check_is_the_day(planned, date(2025, 6, 11))
        return
    with pytest.raises(RuleViolation, match=says):
        sitting.check_is_the_day(planned, date(2025, 6, 11))


@pytest.mark.parametrize(
    ("stage", "recess", "says"),
    [(STAGE.READ_BACK, False, None), (STAGE.READ_BACK, True, "复会"), (STAGE.DEBATE, False, "核对笔录")],
)
def test_end_when_the_minutes_were_not_read_back_is_refused(stage, recess, says) -> None:
    if says is None:
        sitting.check_may_end(stage, is_in_recess=recess)
        return
    with pytest.raises(RuleViolation, match=says):
        sitting.check_may_end(stage, is_in_recess=recess)


@pytest.mark.parametrize("procedure", [PETITION, RECONSIDERATION])
def test_r_hear_20_scripts_name_the_parties_of_the_procedure_in_every_stage(procedure) -> None:
    words = ScriptWords("拆迁补偿", "公开", "毕建国", "万春生、康秀兰", "何静")
    scripts = stages.list_scripts(procedure, words)
    texts = [
        text
        for s in scripts
        for text in (s.title, s.prompt, *(d.text for d in s.duties), *(d.missing for d in s.duties))
    ]
    assert [script.stage for script in scripts] == list(procedure.stages)
    assert not any("{" in text for text in texts)
    assert any(procedure.applicant_word in text for text in texts)


def duty_keys(stage: LiveStage) -> set[str]:
    return {duty.key for duty in stages.script_of(PETITION, stage).duties}


OPENED = frozenset(duty_keys(STAGE.OPENING))


@pytest.mark.parametrize(
    ("stage", "state", "reason", "says"),
    [
        (STAGE.OPENING, replace(EMPTY, turns=1), "", "还没有宣布听证开始"),
        (STAGE.OPENING, StageState(OPENED - {"recusal_asked"}, frozenset(), 5), "", "问是否申请回避"),
        (STAGE.OPENING, StageState(OPENED, frozenset(), 6), "", None),
        (STAGE.OPENING, EMPTY, "赶时间", "还没有"),
        (STAGE.STATEMENT, replace(EMPTY, turns=1), "", "信访人的陈述"),
        (STAGE.STATEMENT, StageState(frozenset(), frozenset({SIDE.APPLICANT}), 1), "", None),
        (STAGE.STATEMENT, StageState(frozenset({"waived_statement"}), frozenset(), 1), "", None),
        (STAGE.STATEMENT, EMPTY, "以书面为准", None),
        (STAGE.DEBATE, EMPTY, "", "请写明理由"),
        (STAGE.DEBATE, EMPTY, "双方没有争议", None),
        (STAGE.FINAL_STATEMENT, StageState(frozenset(), frozenset({SIDE.APPLICANT}), 1), "", "责任单位的最后陈述"),
        (STAGE.FINAL_STATEMENT, EMPTY, "不想说了", "最后陈述"),
        (STAGE.EVIDENCE_EXAMINATION, StageState(frozenset(), frozenset(), 2, open_objections=1), "", "异议没有裁定"),
    ],
)
def test_r_hear_20_leaving_a_stage_when_a_duty_is_open_is_refused(stage, state, reason, says) -> None:
    script = stages.script_of(PETITION, stage)
    if says is None:
        stages.check_may_leave(script, state, reason)
        return
    with pytest.raises(RuleViolation, match=says):
        stages.check_may_leave(script, state, reason)


@pytest.mark.parametrize(
    ("here", "target", "reason", "says"),
    [
        (STAGE.EVIDENCE_EXAMINATION, STAGE.FINAL_STATEMENT, "", "请写明理由"),
        (STAGE.EVIDENCE_EXAMINATION, STAGE.FINAL_STATEMENT, "双方没有争议", None),
        (STAGE.DEBATE, STAGE.PANEL_COMMENTS, "赶时间", "“最后陈述”不能省略"),
        (STAGE.FINAL_STATEMENT, STAGE.READ_BACK, "", None),
    ],
)
def test_r_hear_20_skipping_when_no_reason_is_given_is_refused(here, target, reason, says) -> None:
    passed = stages.list_passed_over(PETITION, here, target)
    if says is None:
        stages.check_may_pass_over(passed, reason)
        return
    with pytest.raises(RuleViolation, match=says):
        stages.check_may_pass_over(passed, reason)


def test_step_when_the_page_shows_an_older_stage_is_stale() -> None:
    stages.check_stage_mark(4, 4, "辩论")
    with pytest.raises(StaleVersion, match="程序已经走到“辩论”"):
        stages.check_stage_mark(3, 4, "辩论")


def test_going_back_when_no_reason_is_given_is_refused() -> None:
    stages.check_may_go_back("有新的证据", "举证质证")
    with pytest.raises(RuleViolation, match="回到“举证质证”"):
        stages.check_may_go_back(" ", "举证质证")


@pytest.mark.parametrize(
    ("kind", "speaker", "stage", "says"),
    [
        (KIND.STATEMENT, ROLE.APPLICANT, STAGE.DEBATE, None),
        (KIND.STATEMENT, None, STAGE.DELIBERATION, None),
        (KIND.STATEMENT, ROLE.PANELIST, STAGE.DELIBERATION, "评议不公开"),
        (KIND.RULING, ROLE.CHAIR, STAGE.DEBATE, None),
        (KIND.RULING, ROLE.APPLICANT, STAGE.DEBATE, "裁定由主持人作出"),
        (KIND.OBJECTION, ROLE.RESPONDENT, STAGE.DEBATE, None),
        (KIND.OBJECTION, ROLE.CHAIR, STAGE.DEBATE, "异议由到场的人"),
        (KIND.RECESS, ROLE.CHAIR, STAGE.DEBATE, "各自的按钮"),
        (KIND.EVIDENCE, ROLE.APPLICANT, STAGE.DEBATE, "各自的按钮"),
    ],
)
def test_r_hear_25_turn_when_its_kind_does_not_fit_the_speaker_is_refused(kind, speaker, stage, says) -> None:
    if says is None:
        turns.check_kind(kind, speaker, stage)
        return
    with pytest.raises(RuleViolation, match=says):
        turns.check_kind(kind, speaker, stage)


@pytest.mark.parametrize("mark", ["", "short", "x" * 65, "带汉字的标记很长", "tab\tin-it"])
def test_turn_when_its_mark_is_spoilt_is_refused(mark) -> None:
    with pytest.raises(RuleViolation, match="您写的还在"):
        turns.check_client_id(mark)


def test_turn_when_other_words_come_under_a_known_mark_is_a_clash() -> None:
    turns.check_same_turn(("a", "同样"), ("a", "同样"))
    with pytest.raises(Clash, match="已放回下面"):
        turns.check_same_turn(("a", "同样"), ("a", "别的"))


def test_inv_18_writing_when_minutes_are_closed_is_refused() -> None:
    turns.check_is_open(is_closed=False)
    with pytest.raises(RuleViolation, match="另写补充说明"):
        turns.check_is_open(is_closed=True)


@pytest.mark.parametrize(
    ("author", "by", "reading_back", "is_refused"), [(1, 1, False, False), (1, 2, True, False), (1, 2, False, True)]
)
def test_r_hear_26_correction_when_it_is_anothers_turn_waits_for_reading_back(
    author, by, reading_back, is_refused
) -> None:
    if is_refused:
        with pytest.raises(RuleViolation, match="另一位记录员"):
            turns.check_may_correct(author, by, is_reading_back=reading_back)
    else:
        turns.check_may_correct(author, by, is_reading_back=reading_back)


@pytest.mark.parametrize(
    ("age", "last", "said"),
    [
        (timedelta(seconds=30), None, NINE + timedelta(minutes=59, seconds=30)),
        (timedelta(hours=3), None, NINE),
        (timedelta(seconds=-5), None, NINE + timedelta(hours=1)),
        (timedelta(minutes=9), NINE + timedelta(minutes=55), NINE + timedelta(minutes=55)),
    ],
)
def test_moment_said_when_a_turn_comes_late_keeps_its_place(age, last, said) -> None:
    now = NINE + timedelta(hours=1)
    assert turns.moment_said(now, age, opened_at=NINE, last=last) == said


def test_stage_at_when_a_turn_comes_late_is_the_stage_of_its_time() -> None:
    entered = [(STAGE.OPENING, NINE), (STAGE.DEBATE, NINE + timedelta(minutes=30))]
    assert turns.stage_at(entered, NINE + timedelta(minutes=29)) is STAGE.OPENING
    assert turns.stage_at(entered, NINE + timedelta(minutes=30)) is STAGE.DEBATE
    assert turns.stage_at(entered, NINE - timedelta(minutes=1)) is STAGE.OPENING


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("写的是68平方米，他们按71算。", "写的是86平方米，他们按71算。"),
        ("没有", "没有收到"),
        ("收到了", ""),
        ("", "补上"),
        ("aaaa", "aa"),
        ("一" * 3000 + "二" * 3000, "二" * 3000 + "一" * 3000),
    ],
)
def test_mark_changes_gives_both_texts_back(before, after) -> None:
    pieces = turns.mark_changes(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind is not PieceKind.ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.kind is not PieceKind.STRUCK) == after


def test_mark_changes_when_a_number_is_corrected_strikes_the_whole_number() -> None:
    assert turns.mark_changes("面积68平方米", "面积86平方米") == (
        Piece(PieceKind.KEPT, "面积"),
        Piece(PieceKind.STRUCK, "68"),
        Piece(PieceKind.ADDED, "86"),
        Piece(PieceKind.KEPT, "平方米"),
    )


def test_speaking_times_when_nobody_has_the_floor_count_nothing() -> None:
    minute = timedelta(minutes=1)
    spoken = [Spoken(NINE, "信访人"), Spoken(NINE + 4 * minute, None), Spoken(NINE + 9 * minute, "责任单位")]
    assert turns.speaking_times(spoken, NINE + 60 * minute) == {"信访人": 4 * minute, "责任单位": turns.LONGEST_FLOOR}
    assert turns.speaking_times([], NINE) == {}


@pytest.mark.parametrize(
    ("lengths", "pages"),
    [
        ([], []),
        ([10], [range(0, 1)]),
        ([5000], [range(0, 1)]),
        ([260, 260, 10], [range(0, 2), range(2, 3)]),
        ([10, 5000, 10], [range(0, 1), range(1, 2), range(2, 3)]),
    ],
)
def test_pages_of_hold_every_turn_once(lengths, pages) -> None:
    assert turns.pages_of(lengths) == pages


def test_confirmation_when_something_on_the_page_changed_later_counts_no_more() -> None:
    assert turns.has_confirmed(NINE, [NINE - timedelta(minutes=1), NINE])
    assert not turns.has_confirmed(NINE, [NINE + timedelta(seconds=1)])
    assert not turns.has_confirmed(None, [])
