"""S03 rows 8 and 9: a reconsideration hearing ends with signed minutes and without any vote."""

from datetime import date

import pytest
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Role
from app.errors import NotFound
from app.extensions import db as database
from app.hearings.actions import afterwards, closing
from app.hearings.models import Attendance, Hearing, HearingMinutes, HearingParty, MinutesTurn, PanelSeat, StagePassed
from app.hearings.queries.deliberation import get_room
from app.hearings.queries.hearings import procedure_for
from app.hearings.rules.words import (
    AttendeeRole,
    HearingSide,
    HearingStatus,
    Initiative,
    LiveStage,
    ProcedureKind,
    SeatRole,
    ServedStage,
)
from app.matters.actions import involve
from app.matters.rules import Capacity
from app.people.models import Account
from app.remedies.models import ReconsiderationCase
from app.signing.actions import write_scan
from app.signing.queries import get_round
from app.signing.rules import Manner
from app.web.transaction import transaction
from tests.factories import make_professional
from tests.hearings.hall import at
from tests.hearings.sat import scan_bytes
from tests.remedies.helpers import World, build_world, with_answer

OCTOBER_12 = date(2024, 10, 12)
SEATS = ((SeatRole.CHAIR, AttendeeRole.CHAIR), (SeatRole.RECORDER, AttendeeRole.RECORDER))


@pytest.fixture
def world(db: SQLAlchemy) -> World:
    """The district of S03."""
    with transaction():
        return build_world()


@pytest.fixture
def held(world: World, db: SQLAlchemy) -> tuple[Hearing, Account]:
    """The hearing of 12 October 2024 after its sitting, and its recorder."""
    with transaction():
        case = with_answer(world)
        recorder = make_professional(Role.RECONSIDERATION_OFFICER, organisation=world.body, name="温宁")
        hearing = _hearing(case, world, recorder)
    return hearing, recorder


def _hearing(case: ReconsiderationCase, world: World, recorder: Account) -> Hearing:
    matter = case.matter
    hearing = Hearing(
        number="滨澜复听字〔2024〕1号",
        matter=matter,
        organ=world.body,
        procedure=ProcedureKind.RECONSIDERATION,
        served_stage=ServedStage.RECONSIDERATION,
        initiative=Initiative.MANDATORY,
        status=HearingStatus.HELD,
        registered_at=at(OCTOBER_12),
        registered_by=recorder.id,
    )
    database.session.add(hearing)
    database.session.flush()
    minutes = HearingMinutes(
        hearing_id=hearing.id,
        stage=LiveStage.READ_BACK,
        started_at=at(OCTOBER_12),
        started_by=recorder.id,
        ended_at=at(OCTOBER_12, 11),
    )
    database.session.add(minutes)
    database.session.flush()
    people = ((world.officer, SeatRole.CHAIR), (recorder, SeatRole.RECORDER))
    for account, role in people:
        involve(matter, account.id, Capacity.HEARING_CHAIR, since=OCTOBER_12)
        seat = PanelSeat(
            hearing_id=hearing.id, account_id=account.id, role=role, appointed_on=OCTOBER_12, appointed_by=recorder.id
        )
        database.session.add(seat)
        database.session.flush()
        _attend(minutes, dict(SEATS)[role], account.name, seat_id=seat.id)
    for party, side in zip(matter.parties, (HearingSide.APPLICANT, HearingSide.RESPONDENT), strict=False):
        row = HearingParty(hearing_id=hearing.id, party_id=party.id, side=side)
        database.session.add(row)
        database.session.flush()
        _attend(minutes, AttendeeRole(side.value), party.name, hearing_party_id=row.id)
    database.session.add(
        StagePassed(minutes_id=minutes.id, stage=LiveStage.STATEMENT, entered_at=at(OCTOBER_12), entered_by=recorder.id)
    )
    turn = MinutesTurn(
        minutes_id=minutes.id,
        client_id="turn-0001-abcdef",
        stage=LiveStage.STATEMENT,
        role_label="申请人",
        started_at=at(OCTOBER_12),
        recorded_at=at(OCTOBER_12),
        author_id=recorder.id,
    )
    turn.speaker_name, turn.text = "沈立群", "请求撤销八万元罚款。"
    database.session.add(turn)
    database.session.flush()
    database.session.expire_all()
    return hearing


def _attend(minutes: HearingMinutes, role: AttendeeRole, name: str, **values: int) -> None:
    row = Attendance(minutes_id=minutes.id, role=role, arrived_at=at(OCTOBER_12), **values)
    row.name = name
    database.session.add(row)
    database.session.flush()


def test_s03_row_9_minutes_when_signed_are_noted_with_the_case_and_the_hearing_closes(
    held: tuple[Hearing, Account],
) -> None:
    hearing, recorder = held
    by, procedure = recorder.as_actor(), procedure_for(hearing, OCTOBER_12)
    with transaction():
        paper = closing.close_minutes(hearing.minutes, procedure=procedure, by=by, now=at(OCTOBER_12, 12))
    with transaction():
        keys = tuple(slot.key for slot in get_round(paper).slots)
        closing.record_paper_signatures(
            hearing,
            paper,
            keys,
            write_scan(scan_bytes()),
            signed_on=OCTOBER_12,
            manner=Manner.PAPER,
            by=by,
            now=at(OCTOBER_12, 13),
        )
    case = database.session.query(ReconsiderationCase).one()
    assert (case.hearing_number, case.hearing_held_on) == ("滨澜复听字〔2024〕1号", OCTOBER_12)
    with transaction():
        afterwards.close_hearing(hearing, by=by, now=at(OCTOBER_12, 14))
    assert hearing.status is HearingStatus.CLOSED


def test_s03_row_9_vote_when_it_is_a_reconsideration_hearing_does_not_exist(
    held: tuple[Hearing, Account], client_of, world: World, fake_now
) -> None:
    hearing, _ = held
    with pytest.raises(NotFound):
        get_room(hearing.public_id)
    fake_now("2024-10-12T14:00+08:00")
    client = client_of(world.officer)
    base = f"/hearings/{hearing.public_id}"
    assert client.get(f"{base}/minutes").status_code == 200
    assert client.get(f"{base}/deliberation").status_code == 404
    assert client.get(f"{base}/opinion").status_code == 404
    for act in ("deliberation/open", "deliberation/vote", "opinion", "opinion/issue"):
        assert client.post(f"{base}/{act}", data={"vote": "agree", "reason": "x"}).status_code == 404
