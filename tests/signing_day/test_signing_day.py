"""A signing day from the plan to its end: who is called where, who is counted as what, what survives a restart."""

from datetime import time, timedelta
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa

from app import create_app
from app.collective.rules import HeirPart
from app.errors import Clash, DomainError, NotFound, RuleViolation
from app.extensions import db as database
from app.law import clock
from app.signing_day.actions.arriving import check_in
from app.signing_day.actions.calling import (
    call_next,
    call_ticket,
    finish_ticket,
    refuse_at_desk,
    send_back,
    set_phase,
)
from app.signing_day.actions.planning import DayPlan, close_day, plan_day
from app.signing_day.actions.second_round import move_to_second_round
from app.signing_day.models import SigningDesk, SigningTicket
from app.signing_day.queries.board import Board, board_of
from app.signing_day.queries.planning import list_to_invite
from app.signing_day.queries.tickets import unsigned_keys
from app.signing_day.rules import Need, Phase, SecondRoundReason, TicketState
from app.signing_day.rules.standing import Standing
from app.signing_day.rules.states import WrongStep
from app.web.transaction import run_write, transaction
from tests.collective.settling import Wanted, day
from tests.signing_day.staging import MORNING, Hall, make_hall, sign_ticket

SMALL = Wanted(seven_years=5, six_years=3, heirs=1, disputed=1, refusing=1)
"""Of nine: four alive with seven years, one signed by an heir, one in dispute, three with six years, one refuses."""
EMPTY = DayPlan(on=day("04-11"), place="", begins_at=time(9), per_slot=4, clerks=())


def test_a_day_from_check_in_to_second_round_counts_everybody_once(db, fake_now) -> None:
    hall = make_hall(fake_now, SMALL)
    tickets = hall.tickets()
    assert [ticket.number for ticket in tickets] == [f"1-{place:03}" for place in range(1, 8)]
    local = [clock.to_local(ticket.invited_at).strftime("%H:%M") for ticket in tickets]
    assert local == ["09:00"] * 4 + ["09:30"] * 3
    hall.arrive(1, 0, 2)
    first, second, third = hall.desks()
    now = clock.now()
    with transaction():
        assert call_next(first, by=hall.by, now=now).number == "1-002"
    with transaction():
        assert call_ticket(second, tickets[2], by=hall.by, now=now).number == "1-003"
    with pytest.raises(Clash, match="1-003 号已经由二号桌叫走了"), transaction():
        call_ticket(third, tickets[2], by=hall.by, now=now)
    with pytest.raises(Clash, match="一号桌正在办 1-002 号"), transaction():
        call_next(first, by=hall.by, now=now)
    with pytest.raises(WrongStep, match="还没有“读协议”"), transaction():
        set_phase(tickets[1], Phase.SIGNING, by=hall.by, now=now)
    with pytest.raises(WrongStep, match="还没有签名"), transaction():
        finish_ticket(tickets[1], by=hall.by, now=now)
    sign_ticket(hall, tickets[1])
    for phase in (Phase.READING, Phase.SIGNING, Phase.RECEIPT):
        with transaction():
            set_phase(tickets[1], phase, by=hall.by, now=now)
    with transaction():
        finish_ticket(tickets[1], by=hall.by, now=now + timedelta(minutes=6))
    with transaction():
        refuse_at_desk(tickets[2], "他说金额不对，要再算一遍", by=hall.by, now=now)
    with transaction():
        later = move_to_second_round(
            hall.day, [tickets[5]], on=day("04-18"), reason=SecondRoundReason.HOSPITAL, by=hall.by, now=now
        )
    assert later.round == 2

    board = board_of(hall.day)
    assert board.tally.parts == {
        Standing.SIGNED: 1,
        Standing.REFUSED: 1,
        Standing.SECOND: 1,
        Standing.QUEUED: 4,
        Standing.HEIRS_OPEN: 1,
        Standing.NOT_CONSENTING: 1,
    }
    assert board.tally.whole == len(hall.world.claimants()) == 9
    assert board.tally.signed_fen == 4_200_000
    assert board.tally.different == 0
    assert board.tally.reasons == {SecondRoundReason.HOSPITAL: 1}
    assert len(board.open_families) == 1
    assert board.durations_of(hall.day) == [timedelta(minutes=6)]
    assert board.missing.agreements == 7
    assert (board.missing.signed, board.missing.of_company, board.missing.of_mediators) == (1, 0, 0)


def test_three_desks_in_parallel_never_take_one_number_twice(app, db, fake_now) -> None:
    hall = make_hall(fake_now, SMALL)
    hall.arrive(0, 1, 2, 3)
    desk_ids = [desk.id for desk in hall.desks()]
    ticket_ids = [ticket.id for ticket in hall.tickets()[:4]]
    database.session.rollback()
    outcomes: list[tuple[int, int]] = []
    losers: list[str] = []

    def work(desk_id: int, start: Barrier) -> None:
        """One desk: everybody reaches for the same number first, then for the next one."""
        with app.app_context():
            for attempt in range(4):
                start.wait(30)
                try:
                    outcomes.append((desk_id, run_write(lambda place=attempt: reach(desk_id, ticket_ids[place]))))
                except Clash as refusal:
                    losers.append(str(refusal))
                start.wait(30)
            database.session.remove()

    def reach(desk_id: int, ticket_id: int) -> int:
        desk = database.session.get_one(SigningDesk, desk_id)
        ticket = database.session.get_one(SigningTicket, ticket_id)
        called = call_ticket(desk, ticket, by=None, now=clock.now())
        send_back_others(called)
        return called.id

    def send_back_others(called: SigningTicket) -> None:
        database.session.flush()
        busy = sa.select(sa.func.count()).select_from(SigningTicket).filter_by(state=TicketState.AT_DESK)
        assert database.session.scalar(busy) <= 3
        assert called.desk_id is not None

    start = Barrier(3)
    threads = [Thread(target=work, args=(desk_id, start)) for desk_id in desk_ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    taken = [ticket_id for _, ticket_id in outcomes]
    assert sorted(taken) == sorted(set(taken))
    assert len(outcomes) == 3
    assert len(losers) == 12 - 3
    assert all("叫走了" in text or "正在办" in text for text in losers)


def test_check_in_when_papers_of_heirs_are_missing_names_them(db, fake_now) -> None:
    hall = make_hall(fake_now, SMALL)
    heir_ticket = next(ticket for ticket in hall.tickets() if ticket.claimant.is_deceased)
    with transaction():
        heir = heir_ticket.claimant.heirs[1]
        heir.has_kinship_proof, name = False, heir.name
    with pytest.raises(RuleViolation, match=f"等材料：缺亲属关系证明：{name}") as refusal, transaction():
        check_in(hall.day, heir_ticket.claimant, (), by=hall.by, now=clock.now())
    assert refusal.value.rule == "INV-25"
    with transaction():
        heir_ticket.claimant.heirs[1].has_kinship_proof = True
    with transaction():
        ticket = check_in(hall.day, heir_ticket.claimant, (Need.WHEELCHAIR,), by=hall.by, now=clock.now())
    assert ticket.needs == (Need.WHEELCHAIR, Need.HEIR)
    with pytest.raises(WrongStep, match="已经签到"), transaction():
        check_in(hall.day, heir_ticket.claimant, (), by=hall.by, now=clock.now())
    disputed = next(row for row in hall.world.claimants() if any(h.part is HeirPart.DISPUTES for h in row.heirs))
    with pytest.raises(RuleViolation, match="家属对由谁继承有争议"), transaction():
        check_in(hall.day, disputed, (), by=hall.by, now=clock.now())
    refusing = hall.world.claimants()[-1]
    with pytest.raises(RuleViolation, match="没有可以签的协议"), transaction():
        check_in(hall.day, refusing, (), by=hall.by, now=clock.now())


def test_the_day_after_a_restart_stands_as_it_stood(app, db, fake_now) -> None:
    hall = make_hall(fake_now, SMALL)
    hall.arrive(0, 1)
    desk_id = hall.desks()[0].id
    with transaction():
        ticket = call_next(hall.desks()[0], by=hall.by, now=clock.now())
        set_phase(ticket, Phase.READING, by=hall.by, now=clock.now())
    before = board_of(hall.day)
    database.session.rollback()
    again = create_app(app.config["SETTINGS"])
    fake_now(MORNING)
    with again.app_context():
        try:
            check_after_restart(hall, before, desk_id)
        finally:
            database.session.remove()
            database.engine.dispose()


def check_after_restart(hall: Hall, before: Board, desk_id: int) -> None:
    """The board is the same, and the desk goes on with the same claimant."""
    assert board_of(hall.day) == before
    seated = database.session.get_one(SigningDesk, desk_id).current_ticket
    assert (seated.number, seated.phase) == ("1-001", Phase.READING)
    with transaction():
        send_back(seated, by=hall.by, now=clock.now())
    with transaction():
        assert call_next(hall.desks()[1], by=hall.by, now=clock.now()).number == "1-001"


def test_closing_the_day_notes_who_did_not_come_and_lets_them_be_invited_again(db, fake_now) -> None:
    hall = make_hall(fake_now, SMALL)
    hall.arrive(0)
    with pytest.raises(WrongStep, match="1-001 号还在等候"), transaction():
        close_day(hall.day, by=hall.by, now=clock.now())
    with transaction():
        call_next(hall.desks()[0], by=hall.by, now=clock.now())
    with pytest.raises(WrongStep, match="还有人在桌前"), transaction():
        close_day(hall.day, by=hall.by, now=clock.now())
    sign_ticket(hall, hall.tickets()[0])
    with transaction():
        finish_ticket(hall.tickets()[0], by=hall.by, now=clock.now())
    with transaction():
        assert close_day(hall.day, by=hall.by, now=clock.now()) == 6
    assert {ticket.state for ticket in hall.tickets()[1:]} == {TicketState.NO_SHOW}
    assert board_of(hall.day).tally.parts[Standing.UNPLANNED] == 6
    assert len(list_to_invite(hall.world.roster)) == 6
    with pytest.raises(DomainError), transaction():
        call_next(hall.desks()[0], by=hall.by, now=clock.now())
    with transaction():
        absent = hall.tickets()[1:]
        move_to_second_round(
            hall.day, absent, on=day("04-18"), reason=SecondRoundReason.NO_SHOW, by=hall.by, now=clock.now()
        )
    assert board_of(hall.day).tally.parts[Standing.SECOND] == 6
    with pytest.raises(RuleViolation, match="以后"), transaction():
        move_to_second_round(
            hall.day, absent, on=day("04-10"), reason=SecondRoundReason.OTHER, by=hall.by, now=clock.now()
        )


def test_calling_when_nobody_waits_says_so(db, fake_now) -> None:
    hall = make_hall(fake_now, Wanted(seven_years=2, six_years=0), desks=1)
    with pytest.raises(NotFound, match="没有人在等候"), transaction():
        call_next(hall.desks()[0], by=hall.by, now=clock.now())
    with pytest.raises(RuleViolation, match="没有可以请来"), transaction():
        plan_day(hall.world.roster, [], EMPTY, by=hall.by, now=clock.now())


def test_of_several_heirs_all_must_sign_before_the_claimant_counts_as_signed(db, fake_now) -> None:
    hall = make_hall(fake_now, Wanted(seven_years=3, six_years=0, heirs=1), all_heirs=True)
    hall.arrive(2)
    with transaction():
        ticket = call_next(hall.desks()[0], by=hall.by, now=clock.now())
    assert len(unsigned_keys(ticket)) == 2
    sign_ticket(hall, ticket, most=1)
    assert board_of(hall.day).tally.parts[Standing.SIGNED] == 0
    with pytest.raises(WrongStep, match="还没有签名"), transaction():
        finish_ticket(ticket, by=hall.by, now=clock.now())
    sign_ticket(hall, ticket)
    with transaction():
        finish_ticket(ticket, by=hall.by, now=clock.now())
    assert board_of(hall.day).tally.parts[Standing.SIGNED] == 1
    assert len(list_to_invite(hall.world.roster)) == 0


def test_who_signed_on_paper_meanwhile_is_not_called_and_leaves_the_list(db, fake_now) -> None:
    hall = make_hall(fake_now, SMALL)
    hall.arrive(0, 1)
    waiting, expected = hall.tickets()[0], hall.tickets()[2]
    sign_ticket(hall, waiting)
    sign_ticket(hall, expected)
    first, second, _ = hall.desks()
    with pytest.raises(Clash, match="已经在纸上签过了"), transaction():
        call_ticket(first, waiting, by=hall.by, now=clock.now())
    with transaction():
        assert call_next(first, by=hall.by, now=clock.now()).number == hall.tickets()[1].number
    states = [ticket.state for ticket in hall.tickets()[:3]]
    assert states == [TicketState.SIGNED, TicketState.AT_DESK, TicketState.SIGNED]
    with pytest.raises(NotFound, match="没有人在等候"), transaction():
        call_next(second, by=hall.by, now=clock.now())
