"""Turns of the minutes: written once, in order, by two clerks; exhibits, corrections, open lines, reading back."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.access.permissions import Role
from app.errors import Clash, RuleViolation
from app.extensions import db as database
from app.hearings.actions import open_lines, read_back, sitting, turns
from app.hearings.actions.open_lines import TypedLine
from app.hearings.actions.turns import NewCorrection, NewExhibit
from app.hearings.models import MinutesTurn, OpenLine
from app.hearings.queries import sitting as sittings
from app.hearings.queries import turns as reading
from app.hearings.rules.turns import PieceKind
from app.hearings.rules.words import AttendeeRole, LiveStage, TurnKind
from app.web.transaction import transaction
from tests.factories import make_account
from tests.hearings.convening import HELD_ON
from tests.hearings.desk import (
    NINE,
    files_left_to_the_worker,
    go_to,
    person,
    procedure_of,
    say,
    settle_duties,
    sit_down,
    walk_to,
)
from tests.hearings.hall import at

STAGE, ROLE, KIND = LiveStage, AttendeeRole, TurnKind
MINUTE = timedelta(minutes=1)
HE, WEN = "hejingdevice1", "wenningdevice1"


@pytest.fixture(autouse=True)
def without_files() -> Iterator[None]:
    """No paper is set in type here."""
    with files_left_to_the_worker():
        yield


@pytest.fixture
def minutes(hearing, hall):
    """An open sitting."""
    return sit_down(hearing, hall)


@pytest.fixture
def second(hall, db):
    """A second clerk at the same sitting."""
    account = make_account(Role.RECORDER, organisation=hall.office, name="温宁")
    db.session.commit()
    return account


def zheng(minutes) -> str:
    return person(minutes, ROLE.APPLICANT).key


def texts_of(minutes) -> list[str]:
    return [shown.turn.text for shown in reading.list_turns(minutes)]


def test_turn_when_sent_again_is_written_once(minutes, hall) -> None:
    first = say(minutes, zheng(minutes), "收条在这里", hall.recorder, client_id="mark-0001")
    again = say(minutes, zheng(minutes), "收条在这里", hall.recorder, client_id="mark-0001", now=NINE + MINUTE)
    assert again.id == first.id
    assert texts_of(minutes).count("收条在这里") == 1


def test_turn_when_other_words_come_under_its_mark_loses_neither(minutes, hall) -> None:
    say(minutes, zheng(minutes), "原来的话", hall.recorder, client_id="mark-0001")
    with pytest.raises(Clash):
        say(minutes, zheng(minutes), "另外的话", hall.recorder, client_id="mark-0001")
    assert "原来的话" in texts_of(minutes)


def test_turn_when_it_comes_late_stands_where_it_was_said(minutes, hall) -> None:
    settle_duties(minutes, hall)
    say(minutes, zheng(minutes), "后来说的", hall.recorder, client_id=f"{WEN}-1", device=WEN, now=NINE + 8 * MINUTE)
    go_to(minutes, STAGE.STATEMENT, hall, now=NINE + 9 * MINUTE)
    late = say(
        minutes,
        zheng(minutes),
        "断网时说的",
        hall.recorder,
        client_id=f"{HE}-1",
        device=HE,
        age=5 * MINUTE,
        now=NINE + 12 * MINUTE,
    )
    assert late.started_at == NINE + 7 * MINUTE
    assert late.stage is STAGE.OPENING
    assert texts_of(minutes)[-2:] == ["断网时说的", "后来说的"]


def test_turns_of_one_page_when_ages_disagree_keep_the_order_of_recording(minutes, hall) -> None:
    for number, age in enumerate((1, 5, 2, 0, 3)):
        say(
            minutes,
            zheng(minutes),
            f"第{number}段",
            hall.recorder,
            client_id=f"{HE}-{number:04}",
            device=HE,
            age=timedelta(seconds=age),
            now=NINE + MINUTE,
        )
    assert texts_of(minutes)[-5:] == [f"第{number}段" for number in range(5)]


def test_two_clerks_with_two_hundred_turns_each_give_four_hundred_in_order(minutes, hall, second) -> None:
    key = zheng(minutes)
    for number in range(200):
        for account, device in ((hall.recorder, HE), (second, WEN)):
            words = f"{account.name}第{number:03}段"
            now = NINE + timedelta(seconds=10 * number)
            for _ in range(2 if number % 50 == 0 else 1):
                say(minutes, key, words, account, client_id=f"{device}-{number:04}", device=device, now=now)
    shown = [row for row in reading.list_turns(minutes) if row.turn.speaker == key]
    texts = [row.turn.text for row in shown]
    assert len(texts) == len(set(texts)) == 400
    assert [text for text in texts if text.startswith("何静")] == [f"何静第{number:03}段" for number in range(200)]
    assert [text for text in texts if text.startswith("温宁")] == [f"温宁第{number:03}段" for number in range(200)]
    assert [row.turn.started_at for row in shown] == sorted(row.turn.started_at for row in shown)
    assert {row.turn.author.name for row in shown} == {"何静", "温宁"}


def test_turn_of_somebody_who_has_not_come_is_refused(minutes, hall) -> None:
    with pytest.raises(RuleViolation, match="先记下这个人到场"):
        say(minutes, "attendance-nobody", "谁说的", hall.recorder)


@pytest.mark.parametrize(
    ("kind", "role", "says"), [(KIND.RULING, ROLE.APPLICANT, "主持人作出"), (KIND.OBJECTION, ROLE.CHAIR, "异议")]
)
def test_r_hear_25_ruling_and_objection_of_the_wrong_person_are_refused(minutes, hall, kind, role, says) -> None:
    with pytest.raises(RuleViolation, match=says):
        say(minutes, person(minutes, role).key, "反对", hall.recorder, kind=kind)


def test_r_hear_25_stage_when_an_objection_is_not_ruled_on_is_refused(minutes, hall) -> None:
    walk_to(minutes, STAGE.EVIDENCE_EXAMINATION, hall)
    say(minutes, zheng(minutes), "这样提问不公平", hall.recorder, kind=KIND.OBJECTION)
    with pytest.raises(RuleViolation, match="异议没有裁定"):
        go_to(minutes, STAGE.DEBATE, hall)
    say(minutes, person(minutes, ROLE.CHAIR).key, "异议成立，请换个问法", hall.recorder, kind=KIND.RULING)
    go_to(minutes, STAGE.DEBATE, hall)
    assert minutes.stage is STAGE.DEBATE


def test_exhibits_when_shown_are_numbered_in_order_and_once(minutes, hall) -> None:
    by, procedure = hall.recorder.as_actor(), procedure_of(minutes.hearing)
    for mark, title in (("exhibit-1", "房产证复印件"), ("exhibit-2", "补偿协议"), ("exhibit-2", "补偿协议")):
        with transaction():
            new = NewExhibit(mark, title, zheng(minutes), "面积是86平方米" if mark == "exhibit-1" else "")
            turns.show_exhibit(minutes, new, procedure=procedure, by=by, now=NINE)
    assert [(row.number, row.title) for row in reading.list_exhibits(minutes)] == [(1, "房产证复印件"), (2, "补偿协议")]
    assert texts_of(minutes)[-2:] == ["面积是86平方米", "补偿协议"]
    with transaction(), pytest.raises(RuleViolation, match="谁出示"):
        turns.show_exhibit(minutes, NewExhibit("exhibit-3", "收条", "room"), procedure=procedure, by=by, now=NINE)


def test_correction_when_asked_for_keeps_the_old_words_and_is_numbered(minutes, hall) -> None:
    turn = say(minutes, zheng(minutes), "写的是68平方米。", hall.recorder)
    for number, text in enumerate(("写的是86平方米。", "写的是86.5平方米。"), 1):
        new = NewCorrection(f"correct-{number}", text, person(minutes, ROLE.APPLICANT))
        for _ in range(2):
            with transaction():
                turns.correct_turn(turn, new, by=hall.recorder.as_actor(), now=NINE + number * MINUTE)
    shown = reading.show_turn(turn)
    assert [row.correction_number for row in shown.corrections] == [1, 2]
    assert {row.asked_by for row in shown.corrections} == {zheng(minutes)}
    assert "".join(piece.text for piece in shown.pieces if piece.kind is not PieceKind.ADDED) == "写的是68平方米。"
    assert shown.latest == "写的是86.5平方米。"
    assert texts_of(minutes).count("写的是68平方米。") == 1


def test_r_hear_26_correction_of_anothers_turn_waits_for_reading_back(minutes, hall, second) -> None:
    turn = say(minutes, zheng(minutes), "温宁记的", second)
    with transaction(), pytest.raises(RuleViolation, match="另一位记录员"):
        turns.correct_turn(turn, NewCorrection("correct-1", "何静改的"), by=hall.recorder.as_actor(), now=NINE)
    walk_to(minutes, STAGE.READ_BACK, hall)
    with transaction():
        turns.correct_turn(turn, NewCorrection("correct-1", "何静改的"), by=hall.recorder.as_actor(), now=NINE)
    assert reading.show_turn(turn).latest == "何静改的"


def test_inv_18_closed_minutes_take_nothing_but_what_they_have(minutes, hall) -> None:
    turn = say(minutes, zheng(minutes), "说过的话", hall.recorder, client_id="mark-0001")
    minutes.closed_at = NINE
    database.session.commit()
    assert say(minutes, zheng(minutes), "说过的话", hall.recorder, client_id="mark-0001").id == turn.id
    with pytest.raises(RuleViolation, match="补充说明"):
        say(minutes, zheng(minutes), "新的话", hall.recorder, client_id="mark-0002")
    with transaction(), pytest.raises(RuleViolation, match="补充说明"):
        turns.correct_turn(turn, NewCorrection("correct-1", "改"), by=hall.recorder.as_actor(), now=NINE)


def keep(minutes, account, text: str, *, device: str = HE, mark: str = "line-0001") -> None:
    with transaction():
        line = TypedLine(device, mark, "room", text)
        open_lines.keep_line(minutes, line, by=account.as_actor(), now=NINE)


def test_open_lines_of_two_clerks_stand_side_by_side(minutes, hall, second) -> None:
    keep(minutes, hall.recorder, "何静正")
    keep(minutes, second, "温宁正", device=WEN, mark="line-0002")
    keep(minutes, hall.recorder, "何静正在写")
    assert [(row.account.name, row.text) for row in reading.list_open_lines(minutes)] == [
        ("何静", "何静正在写"),
        ("温宁", "温宁正"),
    ]


def test_open_line_when_its_turn_is_recorded_is_gone_and_stays_gone(minutes, hall) -> None:
    keep(minutes, hall.recorder, "写到一半", mark=f"{HE}-0001")
    say(minutes, zheng(minutes), "写到一半，写完了", hall.recorder, client_id=f"{HE}-0001")
    assert reading.list_open_lines(minutes) == []
    keep(minutes, hall.recorder, "写到一半", mark=f"{HE}-0001")
    assert reading.list_open_lines(minutes) == []


def test_open_line_when_emptied_or_dropped_is_deleted(minutes, hall, second) -> None:
    keep(minutes, hall.recorder, "不要的")
    keep(minutes, hall.recorder, "  ")
    assert database.session.scalar(sa.select(sa.func.count(OpenLine.id))) == 0
    keep(minutes, hall.recorder, "另一台电脑上的")
    with transaction():
        open_lines.drop_line(minutes, HE, by=second.as_actor())
    assert len(reading.list_open_lines(minutes)) == 1
    with transaction():
        open_lines.drop_line(minutes, HE, by=hall.recorder.as_actor())
    assert reading.list_open_lines(minutes) == []


def test_news_since_a_cursor_are_new_turns_and_corrected_ones(minutes, hall) -> None:
    first = say(minutes, zheng(minutes), "第一段", hall.recorder, client_id="mark-0001")
    cursor = reading.newest_cursor(minutes)
    assert reading.list_turns_since(minutes, cursor) == []
    say(minutes, zheng(minutes), "第二段", hall.recorder, client_id="mark-0002", now=NINE + MINUTE)
    with transaction():
        turns.correct_turn(first, NewCorrection("correct-1", "第一段，改过"), by=hall.recorder.as_actor(), now=NINE)
    news = reading.list_turns_since(minutes, cursor)
    assert [shown.latest for shown in news] == ["第一段，改过", "第二段"]
    assert len(reading.list_turns_since(minutes, "unknown")) == 3


def test_read_back_when_a_page_is_corrected_has_to_be_read_again(minutes, hall) -> None:
    for number in range(12):
        say(minutes, zheng(minutes), f"第{number:02}段" + "话" * 150, hall.recorder, client_id=f"mark-{number:04}")
    walk_to(minutes, STAGE.READ_BACK, hall)
    reader, by = person(minutes, ROLE.APPLICANT), hall.recorder.as_actor()
    pages = reading.list_pages(minutes)
    assert len(pages) > 3
    assert sum(len(page.turns) for page in pages) == len(reading.list_turns(minutes))
    later = at(HELD_ON, 11)
    with transaction():
        for page in pages:
            read_back.confirm_page(minutes, reader, page.number, by=by, now=later)
    assert reading.count_confirmed(minutes)[reader.id] == len(pages)
    turn = pages[1].turns[0].turn
    with transaction():
        turns.correct_turn(turn, NewCorrection("correct-1", "改"), by=by, now=later + MINUTE)
    unread = [page.number for page in reading.list_pages(minutes, reader) if not page.is_confirmed]
    assert unread == [2]
    assert reading.count_confirmed(minutes)[reader.id] == len(pages) - 1
    late = say(minutes, zheng(minutes), "补传的", hall.recorder, age=timedelta(hours=3), now=later + 2 * MINUTE)
    assert late.started_at == minutes.started_at
    assert reading.count_confirmed(minutes)[reader.id] == 0
    with transaction(), pytest.raises(RuleViolation, match="没有这一页"):
        read_back.confirm_page(minutes, reader, 99, by=by, now=later)


def test_read_back_before_its_stage_is_refused(minutes, hall) -> None:
    with transaction(), pytest.raises(RuleViolation, match="还没有走到核对笔录"):
        read_back.confirm_page(minutes, person(minutes, ROLE.CHAIR), 1, by=hall.recorder.as_actor(), now=NINE)


def test_versions_when_compared_show_what_changed_between_two_moments(minutes, hall) -> None:
    turn = say(minutes, zheng(minutes), "68平方米", hall.recorder, client_id="mark-0001", now=NINE + MINUTE)
    with transaction():
        new = NewCorrection("correct-1", "86平方米")
        turns.correct_turn(turn, new, by=hall.recorder.as_actor(), now=NINE + 5 * MINUTE)
    say(minutes, zheng(minutes), "后来的话", hall.recorder, client_id="mark-0002", now=NINE + 9 * MINUTE)
    shown = reading.list_turns(minutes)
    corrected = reading.compare_versions(shown, NINE + 2 * MINUTE, NINE + 6 * MINUTE)
    assert [[(piece.kind, piece.text) for piece in row.pieces] for row in corrected] == [
        [(PieceKind.STRUCK, "68"), (PieceKind.ADDED, "86"), (PieceKind.KEPT, "平方米")]
    ]
    added = reading.compare_versions(shown, NINE + 6 * MINUTE, NINE + 10 * MINUTE)
    assert [row.pieces[0].text for row in added] == ["后来的话"]
    assert reading.compare_versions(shown, NINE + 6 * MINUTE, NINE + 7 * MINUTE) == []


def test_speaking_times_when_sides_spoke_are_listed_in_minutes(minutes, hall) -> None:
    unit = person(minutes, ROLE.RESPONDENT).key
    say(minutes, zheng(minutes), "我说", hall.recorder, client_id="mark-0001", now=NINE + MINUTE)
    say(minutes, unit, "我们答", hall.recorder, client_id="mark-0002", now=NINE + 5 * MINUTE)
    with transaction():
        sitting.take_recess(minutes, "recess-1-abcdef", "", by=hall.recorder.as_actor(), now=NINE + 7 * MINUTE)
    floors = sittings.list_floors(minutes, procedure_of(minutes.hearing), NINE + 60 * MINUTE)
    assert [(floor.label, floor.minutes, floor.share) for floor in floors] == [("信访人", 4, 100), ("责任单位", 2, 50)]


def test_database_refuses_the_same_mark_twice(minutes, hall) -> None:
    turn = say(minutes, zheng(minutes), "一", hall.recorder, client_id="mark-0001")
    same = {name: getattr(turn, name) for name in ("minutes_id", "client_id", "stage", "started_at", "recorded_at")}
    database.session.add(MinutesTurn(**same, author_id=turn.author_id))
    with pytest.raises(sa.exc.IntegrityError):
        database.session.flush()
