"""Recording the due visits of a roster together: what all share, own words where one differs (R-MED-22)."""

import sqlalchemy as sa

from app.agreements.models import FollowUpVisit
from app.agreements.rules import Performance
from app.collective.queries.batch import list_links
from app.collective.queries.visits import list_due_visits
from app.documents.actions import render_missing
from app.documents.queries import read_bytes
from app.law import clock
from tests.collective.settling import Wanted, frozen_settlement, make_settling, print_all
from tests.collective.test_confirming import sealed
from tests.documents.reading import squeezed, text_of


def test_r_med_22_visits_when_recorded_together_give_each_his_own_record(db, fake_now, client_of) -> None:
    fake_now("2025-04-11T10:00+08:00")
    world = make_settling(Wanted(seven_years=3, six_years=0))
    settlement = frozen_settlement(world)
    print_all(world, settlement)
    sealed(world, [link.agreement_id for link in list_links(settlement)])
    page, clerk = f"/rosters/{world.roster.public_id}/visits", client_of(world.clerk)
    assert list_due_visits(world.roster, until=clock.today()) == []
    assert "今天没有该回访的" in clerk.get(page).get_data(as_text=True)
    fake_now("2025-05-13T10:00+08:00")
    clerk = client_of(world.clerk)
    due = list_due_visits(world.roster, until=clock.today())
    assert [row.claimant.position for row in due] == [1, 2, 3]
    ids = [row.visit.public_id for row in due]
    form = {
        "visited_on": "2025-05-13",
        "manner": "phone",
        "performance": "performed",
        "findings": "第一期款已收到。",
        "visits": ids[:2],
        f"performance-{ids[1]}": "not_performed",
        f"findings-{ids[1]}": "银行卡注销，款退回。",
    }
    assert client_of(world.stage.coordinator).post(page, data=form).status_code in (403, 404)
    missing = clerk.post(page, data=form)
    assert (missing.status_code, "怎样督促" in missing.get_data(as_text=True)) == (422, True)
    nobody = clerk.post(page, data={**form, "visits": [], "measures": "已督促。"})
    assert (nobody.status_code, "请勾出回访过的人" in nobody.get_data(as_text=True)) == (422, True)

    answer = clerk.post(page, data={**form, "measures": "已督促公司重新付款。"})

    assert answer.status_code == 302
    db.session.rollback()
    assert [row.claimant.position for row in list_due_visits(world.roster, until=clock.today())] == [3]
    made = sa.select(FollowUpVisit).where(FollowUpVisit.visited_on.is_not(None)).order_by(FollowUpVisit.id)
    first, second = db.session.scalars(made)
    assert (first.performance, second.performance) == (Performance.PERFORMED, Performance.NOT_PERFORMED)
    assert (first.findings, second.findings) == ("第一期款已收到。", "银行卡注销，款退回。")
    assert clerk.post(page, data={**form, "measures": "再记一遍。"}).status_code == 422
    paper_ids = [first.paper_id, second.paper_id]
    db.session.rollback()
    render_missing(clock.now())
    made_papers = [visit.paper for visit in db.session.scalars(made)]
    assert [paper.id for paper in made_papers] == paper_ids
    assert "银行卡注销" in squeezed(text_of(read_bytes(made_papers[1].latest)))
