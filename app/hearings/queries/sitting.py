"""Reading a sitting: its minutes, who is expected and who has come, which stage it is in, who may be given words."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from app.errors import NotFound
from app.extensions import db
from app.hearings.models import (
    Attendance,
    Exhibit,
    Hearing,
    HearingMinutes,
    HearingParty,
    MinutesTurn,
    PanelSeat,
    StagePassed,
)
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.sitting import Expected
from app.hearings.rules.stages import ScriptWords, StageState, list_scripts
from app.hearings.rules.turns import ROOM, Spoken, speaking_times
from app.hearings.rules.words import LABELS, AttendeeRole, HearingSide, LiveStage, SeatRole, TurnKind
from app.law import clock
from app.matters.models import Proxy

DUTY_PREFIX = "duty-"
SPEAKING_ORDER = (
    AttendeeRole.CHAIR,
    AttendeeRole.APPLICANT,
    AttendeeRole.RESPONDENT,
    AttendeeRole.THIRD_PARTY,
    AttendeeRole.PROXY,
    AttendeeRole.PANELIST,
    AttendeeRole.WITNESS,
    AttendeeRole.APPRAISER,
    AttendeeRole.INTERPRETER,
)
ROLE_OF_SEAT = {
    SeatRole.CHAIR: AttendeeRole.CHAIR,
    SeatRole.PANELIST: AttendeeRole.PANELIST,
    SeatRole.RECORDER: AttendeeRole.RECORDER,
}
ROLE_OF_SIDE = {
    HearingSide.APPLICANT: AttendeeRole.APPLICANT,
    HearingSide.RESPONDENT: AttendeeRole.RESPONDENT,
    HearingSide.THIRD_PARTY: AttendeeRole.THIRD_PARTY,
}


@dataclass(frozen=True)
class StageRow:
    """One stage as the page lists it; `state` is done, now, todo or skipped."""

    number: int
    stage: LiveStage
    title: str
    state: str
    entered_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class Floor:
    """How long one side has spoken, and its share of the longest in hundredths."""

    label: str
    minutes: int
    share: int


def get_minutes(hearing: Hearing) -> HearingMinutes:
    """The minutes of a hearing; NotFound before the roll was called."""
    if hearing.minutes is None:
        raise NotFound("这场听证还没有开始记录。")
    return hearing.minutes


def get_attendance(minutes: HearingMinutes, public_id: str) -> Attendance:
    """One line of the attendance sheet; NotFound otherwise."""
    found = next((row for row in minutes.attendances if row.public_id == public_id), None)
    if found is None:
        raise NotFound("到场名单里没有这个人。")
    return found


def planned_day(hearing: Hearing) -> date | None:
    """The day the notice names; None before it was scheduled."""
    return clock.local_date(hearing.session.starts_at) if hearing.session else None


def has_roll_call(minutes: HearingMinutes, today: date) -> bool:
    """Whether the roll was called today: a sitting that is resumed on another day calls it again."""
    calls = [row.entered_at for row in minutes.stages if row.stage is LiveStage.ROLL_CALL]
    return any(clock.local_date(at) == today for at in calls)


def seats_at_the_front(hearing: Hearing) -> list[PanelSeat]:
    """Chair, panelists and recorders who sit now; alternates wait elsewhere."""
    return [seat for role in ROLE_OF_SEAT for seat in hearing.seats_of(role)]


def valid_proxies(party: HearingParty, today: date) -> list[Proxy]:
    """Who may act for a party today under a filed authority (INV-16)."""
    return [proxy for proxy in party.party.proxies if proxy.is_valid_on(today)]


def list_expected(minutes: HearingMinutes) -> list[Expected]:
    """Everybody the opening waits for: the front one by one, each party with whoever speaks for it (INV-17)."""
    by_seat = {row.seat_id: row for row in minutes.attendances if row.seat_id is not None}
    front = [
        Expected(ROLE_OF_SEAT[seat.role], seat.account.name, seat.id in by_seat and by_seat[seat.id].is_present)
        for seat in seats_at_the_front(minutes.hearing)
    ]
    parties = [
        Expected(
            ROLE_OF_SIDE[party.side],
            party.party.name,
            any(row.is_present for row in _rows_of(minutes, party)),
            any(row.absence for row in _rows_of(minutes, party)),
            party.side,
        )
        for party in minutes.hearing.parties
    ]
    return [*front, *parties]


def _rows_of(minutes: HearingMinutes, party: HearingParty) -> list[Attendance]:
    return [row for row in minutes.attendances if row.hearing_party_id == party.id]


def has_come_today(hearing: Hearing, side: HearingSide, today: date) -> bool:
    """True if today's roll shows somebody of that side, or who speaks for it, in the room (R-HEAR-24)."""
    minutes = hearing.minutes
    if minutes is None or not has_roll_call(minutes, today):
        return False
    return any(who.is_present for who in list_expected(minutes) if who.side is side)


def find_responding_party(hearing: Hearing) -> HearingParty | None:
    """The unit whose head has to attend a reconsideration hearing (R-RECON-06)."""
    return next(iter(hearing.parties_of(HearingSide.RESPONDENT)), None)


def script_words(hearing: Hearing) -> ScriptWords:
    """What the chair's sentences name."""
    names = {role: "、".join(seat.account.name for seat in hearing.seats_of(role)) for role in SeatRole}
    return ScriptWords(
        subject=hearing.subject or hearing.matter.subject,
        mode=LABELS[hearing.mode],
        chair=names[SeatRole.CHAIR],
        panelists=names[SeatRole.PANELIST],
        recorders=names[SeatRole.RECORDER],
    )


def stage_state(minutes: HearingMinutes) -> StageState:
    """What the minutes hold of the present stage."""
    here = sa.select(MinutesTurn).filter_by(minutes_id=minutes.id, stage=minutes.stage, corrects_id=None)
    turns = list(db.session.scalars(here))
    sides = {row.key: side_of(row) for row in minutes.attendances}
    counts = {kind: sum(1 for turn in turns if turn.turn_kind is kind) for kind in TurnKind}
    return StageState(
        settled=settled_duties(minutes),
        voices=frozenset(side for turn in turns if (side := sides.get(turn.speaker)) is not None),
        turns=len(turns),
        open_objections=max(counts[TurnKind.OBJECTION] - counts[TurnKind.RULING], 0),
    )


def settled_duties(minutes: HearingMinutes) -> frozenset[str]:
    """The keys of the duties whose sentences are in the minutes."""
    marks = sa.select(MinutesTurn.client_id).where(
        MinutesTurn.minutes_id == minutes.id, MinutesTurn.client_id.startswith(DUTY_PREFIX)
    )
    return frozenset(mark.removeprefix(DUTY_PREFIX) for mark in db.session.scalars(marks))


def side_of(row: Attendance) -> HearingSide | None:
    """For which side somebody speaks: a party or its proxy."""
    if row.hearing_party is None or row.role not in (*ROLE_OF_SIDE.values(), AttendeeRole.PROXY):
        return None
    return row.hearing_party.side


def list_stages(minutes: HearingMinutes, procedure: Procedure) -> list[StageRow]:
    """All stages of the procedure with where the sitting stands."""
    last: dict[LiveStage, StagePassed] = {row.stage: row for row in minutes.stages}
    rows = []
    for number, script in enumerate(list_scripts(procedure), 1):
        passed = last.get(script.stage)
        state = "now" if script.stage is minutes.stage else _state_of(passed)
        at = passed.entered_at if passed else None
        rows.append(StageRow(number, script.stage, script.title, state, at, passed.skipped_reason if passed else ""))
    return rows


def _state_of(passed: StagePassed | None) -> str:
    if passed is None:
        return "todo"
    return "skipped" if passed.skipped_reason else "done"


def list_speakers(minutes: HearingMinutes) -> list[Attendance]:
    """Whom words can be given to: everybody present but the recorders, in the order of the table."""
    present = [row for row in minutes.attendances if row.is_present and row.role in SPEAKING_ORDER]
    return sorted(present, key=lambda row: (SPEAKING_ORDER.index(row.role), row.id))


def role_word(row: Attendance, procedure: Procedure) -> str:
    """In which capacity somebody is named beside his words."""
    words = {AttendeeRole.APPLICANT: procedure.applicant_word, AttendeeRole.RESPONDENT: procedure.respondent_word}
    if row.role is AttendeeRole.PROXY and row.hearing_party is not None:
        return f"{words.get(ROLE_OF_SIDE[row.hearing_party.side], LABELS[AttendeeRole.THIRD_PARTY])}代理人"
    return words.get(row.role, LABELS[row.role])


def list_waiting(minutes: HearingMinutes) -> list[Attendance]:
    """Who has asked for the floor, in the order of asking."""
    return sorted((row for row in list_speakers(minutes) if row.asked_at), key=lambda row: (row.asked_at, row.id))


def list_floors(minutes: HearingMinutes, procedure: Procedure, now: datetime) -> list[Floor]:
    """How long petitioner, unit and panel have spoken so far."""
    groups = {row.key: _floor_of(row, procedure) for row in minutes.attendances}
    columns = (MinutesTurn.speaker, MinutesTurn.started_at)
    said = sa.select(*columns).filter_by(minutes_id=minutes.id, corrects_id=None)
    rows = db.session.execute(said.order_by(MinutesTurn.started_at, MinutesTurn.id))
    spoken = [Spoken(at, groups.get(speaker) if speaker != ROOM else None) for speaker, at in rows]
    times = speaking_times(spoken, minutes.ended_at or now)
    order = (procedure.applicant_word, procedure.respondent_word, LABELS[AttendeeRole.PANELIST])
    longest = max(times.values(), default=timedelta(0)) or timedelta(minutes=1)
    return [
        Floor(label, times[label] // timedelta(minutes=1), round(times[label] / longest * 100))
        for label in order
        if label in times
    ]


def _floor_of(row: Attendance, procedure: Procedure) -> str | None:
    if row.role is AttendeeRole.PANELIST:
        return LABELS[row.role]
    side = side_of(row)
    words = {HearingSide.APPLICANT: procedure.applicant_word, HearingSide.RESPONDENT: procedure.respondent_word}
    return words.get(side) if side else None


def desk_mark(minutes: HearingMinutes) -> str:
    """Changes with everything on the desk but the turns, so that a second clerk's page knows when to look again."""
    present = sum(1 for row in minutes.attendances if row.is_present)
    asking = "".join(sorted(row.public_id[:4] for row in minutes.attendances if row.asked_at))
    exhibits = db.session.scalar(sa.select(sa.func.count(Exhibit.id)).filter_by(minutes_id=minutes.id))
    state = f"{minutes.stage_mark}.{int(minutes.is_in_recess)}.{len(minutes.attendances)}.{present}.{exhibits}.{asking}"
    return f"{minutes.hearing.status}.{state}.{len(settled_duties(minutes))}"
