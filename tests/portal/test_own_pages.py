"""What a petitioner sees: his own way and papers; nothing of the other side, whatever he asks for."""

from collections.abc import Callable
from datetime import date
from urllib.parse import unquote

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app.agreements.actions import record_performance
from app.agreements.rules import Performance
from app.documents.queries import read_bytes
from app.matters.models import Party
from app.notices.models import Wish
from app.web.transaction import transaction
from tests.agreements.helpers import at, effective_agreement, fresh, issued_agreement
from tests.factories import make_matter, make_party
from tests.portal.helpers import CANARIES, OPINION, PHONE, House, let_in, link_for, text_of

OWN_PAGES = ("/p/progress", "/p/papers", "/p/question")


def test_n02_no_page_shows_anything_of_the_other_side(app: Flask, house: House) -> None:
    agreement = effective_agreement(house.world)
    visitor = let_in(app, link_for(house.own))
    base = f"/p/agreements/{agreement.public_id}"
    pages = [*OWN_PAGES, *(f"{base}/read?section={n}" for n in range(1, 8))]
    pages += [f"{base}/{name}" for name in ("done", "decline", "on-paper")]
    pages += [f"/verify/{agreement.paper.check_code}", "/verify"]
    for page in pages:
        answer = visitor.get(page)
        assert answer.status_code == 200, page
        html = answer.get_data(as_text=True)
        for hidden in (*CANARIES.values(), OPINION, PHONE):
            assert hidden not in html, (page, hidden)


def test_b231_papers_of_others_do_not_exist(app: Flask, db: SQLAlchemy, house: House) -> None:
    agreement = effective_agreement(house.world)
    with transaction():
        foreign_matter = make_matter(house.world.office, house.world.coordinator)
        stranger = make_party(foreign_matter, house.own.side, "外人", phone="13800007777")
    visitor = let_in(app, link_for(stranger), "7777")
    for path in (
        f"/p/agreements/{agreement.public_id}/read",
        f"/p/agreements/{agreement.public_id}/file",
        f"/p/agreements/{agreement.public_id}/sign",
        f"/p/papers/{agreement.paper.public_id}/file",
    ):
        assert visitor.get(path).status_code == 404, path
    assert visitor.post(f"/p/agreements/{agreement.public_id}/decline").status_code == 404
    assert "尤晓琴" not in visitor.get("/p/progress").get_data(as_text=True)


def test_b240_agreement_needs_the_code_before_it_is_downloaded(app: Flask, house: House) -> None:
    agreement = effective_agreement(house.world)
    path = f"/p/agreements/{agreement.public_id}/file"
    assert app.test_client().get(path).location.endswith("/p/enter")
    answer = let_in(app, link_for(house.own)).get(path)
    assert answer.data == read_bytes(agreement.paper.latest)
    assert answer.headers["Content-Type"] == "application/pdf"
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=\"agreement.pdf\"; filename*=UTF-8''")
    assert unquote(disposition.rpartition("''")[2]) == "人民调解协议书(2025)滨澜人调字第1号.pdf"


def test_progress_tells_the_steps_in_plain_words(app: Flask, house: House, fake_now: Callable[[str], None]) -> None:
    fake_now("2025-06-10T10:00+08:00")
    visitor = let_in(app, link_for(house.own, "2025-06-10"))
    text = text_of(visitor.get("/p/progress"))
    assert "现在到了第 4 步 正在约调解的时间 约好会发短信告诉您 调解最迟到 7月9日" in text
    for words in ("尤**", "漏水赔偿", "登记 6月9日", "您同意调解 6月9日", "看不明白？打给石明轩 0990-555-0123"):
        assert words in text
    issued_agreement(house.world, "2025-06-10")
    text = text_of(visitor.get("/p/progress"))
    assert "现在到了第 5 步 请您看协议、签名 签不签由您定，可以先回家商量 先看协议" in text
    assert "谈好了：共 12,000 元 6月10日" in text


def test_progress_after_effect_says_when_money_comes(app: Flask, house: House) -> None:
    effective_agreement(house.world)
    text = text_of(let_in(app, link_for(house.own)).get("/p/progress"))
    assert "都办完了 协议生效了 从 7月1日起生效" in text
    assert "第一笔 12,000 元 ，该您收 2025年7月31日前 还没到日子" in text
    assert "看给您的文书（1 份）" in text


def test_a_party_sees_that_its_money_came(app: Flask, house: House, fake_now: Callable[[str], None]) -> None:
    fake_now("2025-08-01T10:00+08:00")
    agreement = effective_agreement(house.world)
    visitor = let_in(app, link_for(house.own, "2025-07-31"))
    assert "过了日子还没付，我们在催" in text_of(visitor.get("/p/progress"))
    with transaction():
        record_performance(
            fresh(agreement).obligations[0],
            Performance.PERFORMED,
            performed_fen=0,
            on=date(2025, 8, 1),
            by=house.world.clerk.as_actor(),
            now=at("2025-08-01"),
        )
    assert "2025年7月31日前 已付到" in text_of(visitor.get("/p/progress"))


def test_draft_is_not_shown(app: Flask, house: House) -> None:
    visitor = let_in(app, link_for(house.own))
    assert "看协议" not in text_of(visitor.get("/p/progress")).replace("看协议、签名", "")
    assert "现在还没有给您的文书" in text_of(visitor.get("/p/papers"))


def test_agreement_is_read_section_by_section_with_explanation_and_bold_amounts(app: Flask, house: House) -> None:
    agreement = issued_agreement(house.world)
    visitor = let_in(app, link_for(house.own))
    base = f"/p/agreements/{agreement.public_id}/read"
    first, money = text_of(visitor.get(base)), visitor.get(f"{base}?section=3").get_data(as_text=True)
    assert "：尤晓琴（您）" in first
    assert "已读到第 1 段，共 6 段" in first
    assert "对方一次给您钱，一共 12,000 元。" in money
    assert "这是说明，以下面正文为准" in money
    assert "<b>12,000.00 元</b>" in money
    assert "<b>人民币壹万贰仟元整</b>" in money
    last = text_of(visitor.get(f"{base}?section=6"))
    assert "我看完了，去签名" in last
    assert "今天不签" in last
    for odd in ("0", "99", "x", "²", ""):
        assert visitor.get(f"{base}?section={odd}").status_code == 200


def test_question_reaches_the_staff_once(
    app: Flask, db: SQLAlchemy, house: House, client_of: Callable[..., FlaskClient]
) -> None:
    visitor = let_in(app, link_for(house.own))
    form = {"question": "<script>alert(1)</script>钱打到哪里？"}
    assert visitor.post("/p/question", data=form).status_code == 302
    assert visitor.post("/p/question", data=form).status_code == 302
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Wish)) == 1
    clerk = client_of(house.world.coordinator)
    page = clerk.get("/messages").get_data(as_text=True)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;钱打到哪里？" in page
    wish = db.session.scalar(sa.select(Wish))
    assert clerk.post(f"/messages/wishes/{wish.public_id}/settle").status_code == 302
    assert "钱打到哪里" not in clerk.get("/messages").get_data(as_text=True)


def test_empty_question_is_refused_and_what_was_typed_stays(app: Flask, house: House) -> None:
    visitor = let_in(app, link_for(house.own))
    answer = visitor.post("/p/question", data={"question": "  "})
    assert answer.status_code == 422
    assert "请填写您想问的" in text_of(answer)
    answer = visitor.post("/p/question", data={"question": "问" * 501})
    assert "问" * 501 in answer.get_data(as_text=True)


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_own_page_asks_for_the_link_first(app: Flask, house: House, method: str) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/p/")]
    open_to_all = {"portal.show_door", "portal.show_lock", "portal.open_lock", "portal.set_large_type"}
    guarded = [rule for rule in rules if rule.endpoint not in open_to_all and method.upper() in rule.methods]
    assert len(guarded) >= 4
    for rule in guarded:
        path = rule.rule.replace("<public_id>", "x" * 22)
        answer = getattr(app.test_client(), method)(path)
        assert (answer.status_code, answer.location) == (302, "/p/enter"), rule


def test_same_name_twice_in_a_matter_shows_no_paper_by_name(app: Flask, db: SQLAlchemy, house: House) -> None:
    agreement = effective_agreement(house.world)
    with transaction():
        twin = make_party(db.session.merge(house.matter), house.own.side, "尤晓琴", phone="13800008888")
    visitor = let_in(app, link_for(db.session.get_one(Party, twin.id)), "8888")
    assert "现在还没有给您的文书" in text_of(visitor.get("/p/papers"))
    assert visitor.get(f"/p/papers/{agreement.paper.public_id}/file").status_code == 404


def test_working_copy_when_a_petitioner_asks_is_for_the_staff_alone(app: Flask, house: House) -> None:
    agreement = effective_agreement(house.world)
    visitor = let_in(app, link_for(house.own))
    assert agreement.paper.public_id in visitor.get("/p/papers").text
    assert "Word" not in visitor.get("/p/papers").text
    answer = visitor.get(f"/papers/{agreement.paper.public_id}/word")
    assert (answer.status_code, answer.location) == (302, "/login")
    assert visitor.get(f"/p/papers/{agreement.paper.public_id}/word").status_code == 404
