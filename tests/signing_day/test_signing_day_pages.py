"""The pages of a signing day: who may, what the board says, who is told what, how many statements a refresh takes."""

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from app.extensions import db as database
from app.signing_day.models import SigningDay, SigningTicket
from app.signing_day.rules import TicketState
from tests.collective.settling import Wanted, frozen_settlement, make_settling, print_all
from tests.signing_day.staging import MORNING, make_hall, sign_ticket

SMALL = Wanted(seven_years=5, six_years=3, heirs=1, disputed=1, refusing=1)
MOST_STATEMENTS = 8
NAME = "申请二"


def text_of(answer) -> str:
    """The answer's text without line breaks between words."""
    return " ".join(answer.get_data(as_text=True).split())


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_day_planned_run_and_ended_by_pages(db, fake_now, client_of) -> None:
    fake_now("2025-04-07T10:00+08:00")
    world = make_settling(SMALL)
    print_all(world, frozen_settlement(world))
    clerk = client_of(world.clerk)
    plan = f"/rosters/{world.roster.public_id}/signing-days/new"
    assert "还有 7 人等着排" in text_of(clerk.get(plan))
    form = {"on": "2025-04-10", "place": "第一调解室", "begins_at": "9:00", "per_slot": "2", "desks": "2"}
    assert clerk.post(plan, data={**form, "per_slot": "0"}).status_code == 422
    assert clerk.post(plan, data={**form, "on": "2025-04-01"}).status_code == 422
    board = clerk.post(plan, data=form).location
    assert clerk.post(plan, data=form).status_code == 422
    assert clerk.post(f"{board}/open").status_code == 409
    fake_now(MORNING)
    clerk = client_of(world.clerk)
    assert clerk.post(f"{board}/open", data={"version": "99"}).status_code == 409
    assert clerk.post(f"{board}/open").status_code == 302
    assert "东方纺机" not in text_of(clerk.get(f"{board}/hall"))

    found = text_of(clerk.post(f"{board}/check-in/find", data={"text": "003"}))
    assert f"1-003 号 {NAME}" in found.replace("　", " ")
    claimant = world.claimants()[2]
    form = {"claimant": claimant.public_id, "needs": "poor_sight", "text": "003"}
    slip = clerk.post(f"{board}/check-in", data=form)
    assert "1-003" in text_of(clerk.get(slip.location))
    again = clerk.post(f"{board}/check-in", data=form)
    assert again.status_code == 409
    disputed = next(row for row in world.claimants() if row.is_deceased and row.status.value == "pending")
    refused = clerk.post(f"{board}/check-in", data={"claimant": disputed.public_id, "text": disputed.party.name})
    assert refused.status_code == 422
    assert "等材料：家属对由谁继承有争议" in text_of(refused)

    shown = text_of(clerk.get(f"{board}?show=help"))
    assert "看不清，用朗读" in shown
    database.session.rollback()
    desks = [desk.public_id for desk in database.session.scalars(sa.select(SigningDay)).one().desks]
    ticket = database.session.scalars(sa.select(SigningTicket).filter_by(number="1-003")).one()
    assert clerk.post(f"/signing-days/desks/{desks[0]}/call", data={"ticket": ticket.public_id}).location == board
    late = clerk.post(f"/signing-days/desks/{desks[1]}/call", data={"ticket": ticket.public_id})
    assert late.status_code == 409
    assert "1-003 号已经由一号桌叫走了" in text_of(late)
    assert clerk.post(f"/signing-days/desks/{desks[1]}/call").status_code == 404
    hall = text_of(clerk.get(f"{board}/hall"))
    assert "1-003 号" in hall
    assert "申*" in hall
    assert NAME not in hall
    assert "最多" not in text_of(clerk.get(f"{board}/list"))

    base = f"/signing-tickets/{ticket.public_id}"
    assert clerk.post(f"{base}/phase", data={"phase": "receipt"}).status_code == 409
    assert clerk.post(f"{base}/phase", data={"phase": "reading"}).status_code == 302
    assert clerk.post(f"{base}/refuse", data={"reason": "不"}).status_code == 422
    assert clerk.post(f"{base}/refuse", data={"reason": "他说金额算错了一年"}).status_code == 302
    database.session.rollback()
    assert ticket.state is TicketState.REFUSED
    others = [row.public_id for row in database.session.scalars(sa.select(SigningTicket)) if row.id != ticket.id]
    moved = clerk.post(
        f"{board}/second-round", data={"tickets": others[:2], "on": "2025-04-18", "reason": "away", "note": "在外地"}
    )
    assert moved.status_code == 302
    shown = text_of(clerk.get(moved.location))
    assert "2025年4月18日" in shown
    assert "在外地" in text_of(clerk.get(board))
    assert clerk.post(f"{board}/close").status_code == 302
    assert "已结束" in text_of(clerk.get(board))
    assert "1-003" in text_of(clerk.post(f"{board}/find", data={"text": NAME}))


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_pages_when_opened_by_those_who_may_not_are_refused(db, fake_now, client_of) -> None:
    hall = make_hall(fake_now, Wanted(seven_years=3, six_years=0))
    stage, board = hall.world.stage, f"/signing-days/{hall.day.public_id}"
    desk, ticket = hall.desks()[0].public_id, hall.tickets()[0].public_id
    stranger = client_of(stage.unit_clerk)
    for page in ("", "/live", "/hall", "/list", "/second-round", "/check-in"):
        assert stranger.get(board + page).status_code == 404, page
    for act in (f"{board}/close", f"{board}/check-in", f"{board}/second-round", f"/signing-days/desks/{desk}/call"):
        assert stranger.post(act).status_code == 404, act
    for act in ("phase", "finish", "back", "refuse"):
        assert stranger.post(f"/signing-tickets/{ticket}/{act}").status_code == 404, act
    listed = text_of(stranger.get("/signing-days"))
    assert "安置费" not in listed
    assert "安置费" in text_of(client_of(stage.mediator).get("/signing-days"))


def test_the_board_takes_few_statements_however_many_sign(db, app, fake_now, client_of) -> None:
    hall = make_hall(fake_now, Wanted(seven_years=12, six_years=6, heirs=2, disputed=1, refusing=2))
    hall.arrive(*range(8))
    sign_ticket(hall, hall.tickets()[0])
    clerk = client_of(hall.world.clerk)
    page = f"/signing-days/{hall.day.public_id}/live"
    assert clerk.get(page).status_code == 200
    statements: list[str] = []

    def count(_connection, _cursor, statement, *_rest) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            statements.append(statement)

    database.session.remove()
    event.listen(database.engine, "before_cursor_execute", count)
    try:
        shown = text_of(clerk.get(page))
    finally:
        event.remove(database.engine, "before_cursor_execute", count)
    assert "1 <small>/ 20 人已签" in shown
    assert "42,000.00 <small>元" in shown
    assert len(statements) <= MOST_STATEMENTS, "\n\n".join(statements)
