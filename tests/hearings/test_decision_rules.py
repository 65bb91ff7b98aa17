"""Tables of the rules after the sitting: who votes, what comes out, when an opinion goes out, when minutes close."""

from dataclasses import replace
from datetime import date

import pytest

from app.errors import DomainError, NotPermitted, RuleViolation
from app.hearings.rules.closing import (
    check_may_add_note,
    check_may_close,
    check_own_place,
    check_pages_read,
    check_required_present,
)
from app.hearings.rules.opinions import (
    OpinionText,
    check_announced,
    check_may_end,
    check_may_publish,
    check_may_seal,
    check_may_serve,
    check_minority_kept,
    check_vote_carried,
    check_written,
    split_rejected,
)
from app.hearings.rules.procedures import procedure_of
from app.hearings.rules.votes import (
    Sitter,
    check_may_deliberate,
    check_may_vote,
    check_panel_complete,
    count_votes,
    is_complete,
    opened_word,
    sealed_word,
    voters_among,
)
from app.hearings.rules.words import (
    AttendeeRole,
    HearingMode,
    HearingStatus,
    LiveStage,
    ProcedureKind,
    SeatRole,
    ServedStage,
    Threshold,
    Vote,
)
from app.law.profile import Profile

CHAIR = Sitter(1, 11, SeatRole.CHAIR)
PANEL = tuple(Sitter(seat, seat + 10, SeatRole.PANELIST) for seat in (2, 3, 4))
RECORDER = Sitter(5, 15, SeatRole.RECORDER)
ALTERNATE = Sitter(6, 16, SeatRole.ALTERNATE)
EVERYBODY = (CHAIR, *PANEL, RECORDER, ALTERNATE)
PETITION = procedure_of(ProcedureKind.PETITION, Profile())
FULL = OpinionText("请求", "单位意见", "采信", "阁楼。理由：没有登记", "", "意见", "", "建议")


def rule_of(act) -> str:
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.rule


@pytest.mark.parametrize(("may_chair_vote", "seats"), [(False, [2, 3, 4]), (True, [2, 3, 4, 1])])
def test_voters_when_the_profile_lets_the_chair_vote_include_him(may_chair_vote, seats) -> None:
    assert [voter.seat_id for voter in voters_among(EVERYBODY, may_chair_vote=may_chair_vote)] == seats


def test_voters_when_the_chair_sits_on_the_panel_count_him_once() -> None:
    double = (replace(CHAIR, account_id=12), *PANEL)
    assert [voter.seat_id for voter in voters_among(double, may_chair_vote=True)] == [2, 3, 4]


@pytest.mark.parametrize(
    ("agree", "disagree", "threshold", "is_adopted"),
    [
        (4, 1, Threshold.MAJORITY, True),
        (3, 2, Threshold.MAJORITY, True),
        (2, 3, Threshold.MAJORITY, False),
        (2, 2, Threshold.MAJORITY, False),
        (3, 2, Threshold.TWO_THIRDS, False),
        (4, 2, Threshold.TWO_THIRDS, True),
        (2, 1, Threshold.TWO_THIRDS, True),
        (0, 0, Threshold.MAJORITY, False),
    ],
)
def test_count_when_votes_are_in_follows_the_threshold(agree, disagree, threshold, is_adopted) -> None:
    count = count_votes([Vote.AGREE] * agree + [Vote.DISAGREE] * disagree, threshold)
    assert (count.agreeing, count.disagreeing, count.is_adopted) == (agree, disagree, is_adopted)


def test_sealed_words_when_compared_have_one_length_and_open_again() -> None:
    assert len({len(sealed_word(vote)) for vote in Vote}) == 1
    assert [opened_word(sealed_word(vote)) for vote in Vote] == list(Vote)


@pytest.mark.parametrize(
    ("account_id", "voted", "is_disclosed", "error"),
    [
        (15, (), False, NotPermitted),
        (16, (), False, NotPermitted),
        (12, (2,), False, RuleViolation),
        (12, (), True, RuleViolation),
    ],
)
def test_inv_19_vote_when_outsider_second_or_late_is_refused(account_id, voted, is_disclosed, error) -> None:
    with pytest.raises(error):
        check_may_vote(account_id, PANEL, voted, is_disclosed=is_disclosed)


def test_inv_19_vote_when_one_is_missing_is_not_complete() -> None:
    assert not is_complete(PANEL, [2, 3])
    assert is_complete(PANEL, [2, 3, 4, 9])
    assert not is_complete((), ())


@pytest.mark.parametrize("voters", [0, 1, 2, 4])
def test_inv_09_vote_when_panel_is_even_or_small_is_refused(voters) -> None:
    assert rule_of(lambda: check_panel_complete(voters, PETITION)) == "INV-09"


@pytest.mark.parametrize(
    ("status", "stages", "stage", "is_open", "rule"),
    [
        (HearingStatus.IN_PROGRESS, [LiveStage.DEBATE], LiveStage.DEBATE, False, "INV-20"),
        (HearingStatus.IN_PROGRESS, [LiveStage.FINAL_STATEMENT], LiveStage.FINAL_STATEMENT, False, "INV-20"),
        (HearingStatus.IN_PROGRESS, [LiveStage.DEBATE], LiveStage.DELIBERATION, False, "INV-20"),
        (HearingStatus.NOTICED, [], None, False, "INV-20"),
        (HearingStatus.OPINION_ISSUED, [LiveStage.FINAL_STATEMENT], LiveStage.READ_BACK, False, "INV-20"),
        (HearingStatus.DELIBERATING, [LiveStage.FINAL_STATEMENT], LiveStage.READ_BACK, True, "INV-19"),
    ],
)
def test_inv_20_deliberation_when_too_early_or_late_is_refused(status, stages, stage, is_open, rule) -> None:
    assert rule_of(lambda: check_may_deliberate(status, stages, stage, is_open=is_open)) == rule


@pytest.mark.parametrize("stage", [LiveStage.PANEL_COMMENTS, LiveStage.DELIBERATION, LiveStage.READ_BACK])
def test_deliberation_when_final_statements_are_over_may_begin(stage) -> None:
    check_may_deliberate(HearingStatus.IN_PROGRESS, [LiveStage.FINAL_STATEMENT, stage], stage, is_open=False)


@pytest.mark.parametrize(
    ("has", "disclosed", "adopted", "rule", "words"),
    [
        (False, False, False, "INV-20", "还没有评议"),
        (True, False, False, "INV-19", "还有 1 名"),
        (True, True, False, "INV-19", "没有达到"),
    ],
)
def test_inv_19_20_opinion_when_vote_is_missing_or_lost_is_refused(has, disclosed, adopted, rule, words) -> None:
    with pytest.raises(RuleViolation, match=words) as refused:
        check_vote_carried(has_deliberation=has, is_disclosed=disclosed, is_adopted=adopted, missing=1)
    assert refused.value.rule == rule


@pytest.mark.parametrize("part", ["claim", "unit_view", "accepted_facts", "conclusion", "suggestion"])
def test_r_hear_28_opinion_when_a_part_is_missing_names_it(part) -> None:
    check_written(FULL)
    assert rule_of(lambda: check_written(replace(FULL, **{part: " "}))) == "R-HEAR-28"


@pytest.mark.parametrize("line", ["阁楼不采信", "阁楼。理由：", "理由：没有登记"])
def test_r_hear_28_rejected_fact_when_reason_is_missing_is_refused(line) -> None:
    assert rule_of(lambda: split_rejected(line)) == "R-HEAR-28"


def test_rejected_fact_when_written_in_one_line_is_parted() -> None:
    assert split_rejected("自建阁楼没有产权。理由：没有登记") == ("自建阁楼没有产权", "没有登记")


def test_r_hear_27_opinion_when_minority_is_left_out_is_refused() -> None:
    check_minority_kept(disagreeing=0, minority="")
    check_minority_kept(disagreeing=1, minority="不应再补")
    assert rule_of(lambda: check_minority_kept(disagreeing=1, minority=" ")) == "R-HEAR-27"


@pytest.mark.parametrize("day", [date(2025, 6, 10), date(2025, 6, 14)])
def test_r_hear_29_announcement_when_outside_of_sitting_and_issue_is_refused(day) -> None:
    sat, issued = date(2025, 6, 11), date(2025, 6, 13)
    check_announced(sat, sat_on=sat, issued_on=issued)
    check_announced(None, sat_on=sat, issued_on=issued)
    assert rule_of(lambda: check_announced(day, sat_on=sat, issued_on=issued)) == "R-HEAR-29"


def test_opinion_when_unsigned_unsealed_or_unserved_goes_no_further() -> None:
    assert rule_of(lambda: check_may_seal(is_issued=False, missing=[])) == "R-HEAR-28"
    assert rule_of(lambda: check_may_seal(is_issued=True, missing=["何静"])) == "R-HEAR-28"
    assert rule_of(lambda: check_may_serve(is_sealed=False)) == "R-HEAR-28"
    ended = HearingStatus.OPINION_ISSUED
    assert rule_of(lambda: check_may_end(ended, is_minutes_final=False, is_served=True)) == "INV-18"
    assert rule_of(lambda: check_may_end(ended, is_minutes_final=True, is_served=False)) == "R-HEAR-29"
    check_may_end(HearingStatus.HELD, is_minutes_final=True, is_served=False)


@pytest.mark.parametrize(
    ("mode", "stage", "is_served"),
    [
        (HearingMode.CLOSED, ServedStage.RECHECK, True),
        (HearingMode.PUBLIC, ServedStage.HANDLING, True),
        (HearingMode.PUBLIC, ServedStage.RECHECK, False),
    ],
)
def test_r_hear_31_publication_when_closed_or_no_recheck_or_unserved_is_refused(mode, stage, is_served) -> None:
    check_may_publish(HearingMode.PUBLIC, ServedStage.RECHECK, is_served=True)
    assert rule_of(lambda: check_may_publish(mode, stage, is_served=is_served)) == "R-HEAR-31"


@pytest.mark.parametrize(("is_ended", "is_closed", "rule"), [(False, False, "R-HEAR-26"), (True, True, "INV-18")])
def test_inv_18_closing_when_sitting_goes_on_or_closed_is_refused(is_ended, is_closed, rule) -> None:
    assert rule_of(lambda: check_may_close(is_ended=is_ended, is_closed=is_closed)) == rule


@pytest.mark.parametrize("gone", [AttendeeRole.CHAIR, AttendeeRole.RECORDER, AttendeeRole.APPLICANT])
def test_r_hear_26_closing_when_nobody_could_sign_is_refused(gone) -> None:
    roles = [AttendeeRole.CHAIR, AttendeeRole.RECORDER, AttendeeRole.APPLICANT]
    check_required_present(roles)
    assert rule_of(lambda: check_required_present([role for role in roles if role is not gone])) == "R-HEAR-26"


def test_r_hear_26_signature_when_pages_are_unread_or_place_is_anothers_is_refused() -> None:
    check_pages_read(4, 4)
    assert rule_of(lambda: check_pages_read(3, 4)) == "R-HEAR-26"
    check_own_place(None, 7)
    check_own_place(7, 7)
    with pytest.raises(NotPermitted):
        check_own_place(8, 7)


def test_r_hear_26_note_when_minutes_are_open_or_empty_is_refused() -> None:
    assert rule_of(lambda: check_may_add_note(is_closed=False, text="少记一句")) == "R-HEAR-26"
    assert rule_of(lambda: check_may_add_note(is_closed=True, text=" ")) == "R-HEAR-26"
