"""The mediation statement of a reconsideration on the screen: signed, sealed, or void."""

from datetime import date

from flask_sqlalchemy import SQLAlchemy

from app.documents.models import PaperRevision
from app.remedies.models import ReconsiderationCase
from app.remedies.rules import CaseStatus
from app.web.transaction import transaction
from tests.remedies.helpers import World, strokes, with_hearing
from tests.remedies.screen import Clockwork, Opener, fresh, text_of


def test_r_recon_15_statement_when_signed_by_both_and_sealed_on_the_pages_ends_the_case(
    world: World, client_of: Opener, fake_now: Clockwork, db: SQLAlchemy
) -> None:
    with transaction():
        case = with_hearing(world)
    fake_now("2024-10-25T10:00+08:00")
    officer = client_of(world.officer)
    home = f"/reconsiderations/{case.public_id}/statement"
    assert officer.get(home).status_code == 200
    assert officer.post(home, data={"findings": "情节轻微", "terms": ""}).status_code == 422
    assert officer.post(home, data={"findings": "情节轻微", "terms": "罚款30000元\n11月29日前缴清"}).status_code == 302
    assert "还差 2 方签名" in text_of(officer, home)
    early = officer.post(f"{home}/seal")
    assert early.status_code == 422
    assert "还没有签名" in early.get_data(as_text=True)
    shown = fresh(db, PaperRevision).sha256
    for key in ("p1", "p2"):
        assert officer.get(f"{home}/sign/{key}").status_code == 200
        signature = {"strokes": strokes(), "shown": shown, "document": "id_card"}
        assert officer.post(f"{home}/sign/{key}", data={**signature, "document": ""}).status_code == 422
        assert officer.post(f"{home}/sign/{key}", data={**signature, "shown": "0" * 64}).status_code == 409
        assert officer.post(f"{home}/sign/{key}", data=signature).status_code == 302
    assert officer.get(f"{home}/paper").status_code == 200
    fake_now("2024-10-28T10:00+08:00")
    officer = client_of(world.officer)
    assert "盖章，让调解书生效" in text_of(officer, home)
    assert officer.post(f"{home}/seal").status_code == 302
    found = fresh(db, ReconsiderationCase)
    assert (found.status, found.effective_on) == (CaseStatus.MEDIATED, date(2024, 10, 28))
    assert "已生效" in text_of(officer, home)


def test_r_recon_15_statement_when_a_side_goes_back_is_voided_on_the_page(
    world: World, client_of: Opener, fake_now: Clockwork, db: SQLAlchemy
) -> None:
    with transaction():
        case = with_hearing(world)
    fake_now("2024-10-25T10:00+08:00")
    officer = client_of(world.officer)
    home = f"/reconsiderations/{case.public_id}/statement"
    assert officer.post(home, data={"findings": "情节轻微", "terms": "罚款30000元"}).status_code == 302
    scan = {"keys": "p1", "manner": "paper", "document": "id_card", "signed_on": "2024-10-25"}
    assert officer.post(f"{home}/paper", data=scan).status_code == 422
    assert officer.post(f"{home}/void", data={"reason": "申请人反悔，不同意了"}).status_code == 302
    assert fresh(db, ReconsiderationCase).statement_id is None
