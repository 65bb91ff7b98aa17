"""What is typed on the live desk: turns, attendance, stages, exhibits, corrections, open lines."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from app.hearings.actions.attendance import Arrival, HeadAnswer, NewAttendee
from app.hearings.actions.open_lines import TypedLine
from app.hearings.actions.sitting import NewRecusal, Step
from app.hearings.actions.turns import NewCorrection, NewExhibit, NewTurn
from app.hearings.models import Attendance, HearingParty, PanelSeat
from app.hearings.rules.turns import DEVICE_LENGTHS, LONGEST_TURN
from app.hearings.rules.words import AttendeeRole, HeadAttendance, LiveStage, TurnKind
from app.matters.rules import IdDocument, RecusalGround
from app.web.forms import FormReader

LONGEST_AGE_MS = 90_000_000
OWN_DOCUMENTS = ("执法证、工作证", "律师证")
"""What officers and lawyers show besides the documents of a natural person."""


def read_turn(form: FormReader) -> NewTurn:
    """One turn; a plain form sends neither age nor device."""
    new = NewTurn(
        client_id=form.raw("client_id"),
        speaker=form.raw("speaker"),
        text=form.text("text", "说了什么", limit=LONGEST_TURN),
        kind=form.choice("kind", "这一段是什么", TurnKind) if form.has("kind") else TurnKind.STATEMENT,
        age=timedelta(milliseconds=form.number("age", "多久以前", low=0, high=LONGEST_AGE_MS, required=False)),
        device=_device(form),
    )
    form.finish()
    return new


def read_line(form: FormReader) -> TypedLine:
    """The line as it stands in the box; it may be empty."""
    line = TypedLine(
        device=_device(form),
        client_id=form.raw("client_id")[:64],
        speaker=form.raw("speaker")[:40],
        text=form.text("text", "正在写的", limit=LONGEST_TURN, required=False),
    )
    if not line.device:
        form.fail("device", "这一页不完整，请刷新后再写。")
    form.finish()
    return line


def _device(form: FormReader) -> str:
    typed = form.raw("device")
    return typed if typed.isascii() and typed.isalnum() and len(typed) in DEVICE_LENGTHS else ""


def read_step(form: FormReader) -> Step:
    """To which stage, seen from which, and why one is left out."""
    step = Step(
        target=form.choice("stage", "哪一步", LiveStage),
        seen_mark=form.number("stage_mark", "看到的是哪一步", low=0, high=1_000_000),
        reason=form.line("reason", "理由", required=False),
    )
    form.finish()
    return step


def read_exhibit(form: FormReader) -> NewExhibit:
    """A piece of evidence that is being shown."""
    new = NewExhibit(
        client_id=form.raw("client_id"),
        title=form.line("title", "证据名称"),
        presented_by=form.raw("presented_by"),
        proves=form.text("proves", "要证明什么", limit=2000, required=False),
    )
    form.finish()
    return new


def read_correction(form: FormReader, people: Mapping[str, Attendance]) -> NewCorrection:
    """Other words for a turn and who asked for them."""
    new = NewCorrection(
        client_id=form.raw("client_id"),
        text=form.text("text", "更正后的文字", limit=LONGEST_TURN),
        asked_by=form.option("asked_by", "谁提出的", people, required=False),
    )
    form.finish()
    return new


def read_arrival(form: FormReader) -> Arrival:
    """Which document was compared; of a body, who came for it."""
    arrival = Arrival(
        identity_document=_document(form),
        name=form.person_name("name", "来人姓名", required=False),
        post=form.line("post", "职务", limit=120, required=False),
        is_head=form.has("is_head"),
    )
    form.finish()
    return arrival


def _document(form: FormReader) -> str:
    words = {**{word.value: word.value for word in IdDocument}, **{word: word for word in OWN_DOCUMENTS}}
    return form.option("identity_document", "核对了什么证件", words, required=False) or ""


def read_attendee(form: FormReader, parties: Mapping[str, HearingParty]) -> NewAttendee:
    """Somebody who was not on the list."""
    new = NewAttendee(
        role=form.choice("role", "以什么身份", AttendeeRole),
        name=form.person_name("name", "姓名"),
        identity_document=_document(form),
        post=form.line("post", "单位、职务", limit=120, required=False),
        party=form.option("party", "代表哪一方", parties, required=False),
    )
    form.finish()
    return new


def read_head_answer(form: FormReader) -> HeadAnswer:
    """How the head of the respondent took part."""
    answer = HeadAnswer(
        attendance=form.choice("head_attendance", "负责人是否出席", HeadAttendance),
        reason=form.line("head_reason", "不能出席的理由", required=False),
        delegate=form.line("delegate", "委托谁来", required=False),
    )
    form.finish()
    return answer


def read_recusal(
    form: FormReader, seats: Mapping[str, PanelSeat], parties: Mapping[str, HearingParty]
) -> NewRecusal | None:
    """Who asks that whom steps aside, and why."""
    seat = form.option("seat", "申请谁回避", seats)
    party = form.option("party", "谁申请", parties)
    ground = form.choice("ground", "什么理由", RecusalGround)
    facts = form.text("facts", "事实", limit=2000)
    form.finish()
    return NewRecusal(seat, party, ground, facts) if seat and party else None


def read_moment(form: FormReader, name: str, moments: Mapping[str, datetime]) -> datetime:
    """One of the moments at which the minutes can be looked at."""
    chosen = form.option(name, "哪一个时刻", moments)
    form.finish()
    assert chosen is not None  # finish() has refused
    return chosen
