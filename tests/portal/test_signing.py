"""Signing on one's own phone: read first, the shown bytes, once; a helper never; a no is as easy."""

import json
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app.agreements.queries import get_agreement
from app.agreements.rules import AgreementStatus
from app.notices.models import Wish
from app.notices.rules import WishKind
from app.signing.models import Signature
from app.signing.rules import POOR_SIGNATURE, Manner
from tests.agreements.helpers import STROKES, fresh, issued_agreement, sign_mediator, sign_party
from tests.portal.helpers import House, let_in, link_for, look_again, text_of


def read_all(visitor: FlaskClient, base: str) -> None:
    for section in range(1, 7):
        visitor.get(f"{base}/read?section={section}")


@pytest.fixture
def ready(app: Flask, house: House) -> tuple[FlaskClient, str, str]:
    """A visitor who has read everything, the agreement's path and the digest of its file."""
    agreement = issued_agreement(house.world)
    visitor, base = let_in(app, link_for(house.own)), f"/p/agreements/{agreement.public_id}"
    read_all(visitor, base)
    return visitor, base, agreement.paper.latest.sha256


def test_pad_opens_only_after_everything_was_read(app: Flask, house: House) -> None:
    agreement = issued_agreement(house.world)
    visitor, base = let_in(app, link_for(house.own)), f"/p/agreements/{agreement.public_id}"
    visitor.get(f"{base}/read?section=6")
    answer = visitor.get(f"{base}/sign")
    assert answer.location.endswith("/read")
    assert "请先把协议看完，看完才能签" in text_of(visitor.get(answer.location))
    form = {"strokes": STROKES, "shown_sha256": agreement.paper.latest.sha256, "is_sure": "1"}
    assert visitor.post(f"{base}/sign", data=form).status_code == 422
    read_all(visitor, base)
    page = visitor.get(f"{base}/sign").get_data(as_text=True)
    assert agreement.paper.latest.sha256 in page
    assert "我要在纸上签" in page


def test_signature_is_looked_at_once_more_and_then_kept(
    db: SQLAlchemy, house: House, ready: tuple[FlaskClient, str, str]
) -> None:
    visitor, base, digest = ready
    look = visitor.post(f"{base}/sign", data={"strokes": STROKES, "shown_sha256": digest})
    assert look.status_code == 200
    assert "就是这样" in text_of(look)
    assert "<polyline" in look.get_data(as_text=True)
    look_again()
    assert db.session.scalar(sa.select(Signature)) is None
    done = visitor.post(f"{base}/sign", data={"strokes": STROKES, "shown_sha256": digest, "is_sure": "1"})
    assert done.location.endswith("/done")
    text = text_of(visitor.get(f"{base}/done"))
    assert "您签好了" in text
    assert "2025年7月1日 10:00" in text
    assert "协议 还没生效" in text
    assert "收钱 12,000 元 ：2025年7月31日前" in text
    look_again()
    signature = db.session.scalar(sa.select(Signature))
    assert (signature.manner, signature.shown_sha256, signature.taken_by) == (Manner.TABLET, digest, None)
    assert signature.signed_by == "尤晓琴"


def test_one_may_come_back_from_the_look_and_write_anew(ready: tuple[FlaskClient, str, str]) -> None:
    visitor, base, digest = ready
    page = visitor.get(f"{base}/sign").get_data(as_text=True)
    assert "idempotency_key" not in page
    other = STROKES.replace("400", "410")
    for strokes in (STROKES, other):
        assert visitor.post(f"{base}/sign", data={"strokes": strokes, "shown_sha256": digest}).status_code == 200
    form = {"strokes": other, "shown_sha256": digest, "is_sure": "1", "idempotency_key": "signed-once-0001"}
    first, second = (visitor.post(f"{base}/sign", data=form) for _ in range(2))
    assert first.location == second.location


def test_b228_two_devices_sign_once(
    app: Flask, db: SQLAlchemy, house: House, ready: tuple[FlaskClient, str, str]
) -> None:
    visitor, base, digest = ready
    second = let_in(app, link_for(house.own))
    form = {"strokes": STROKES, "shown_sha256": digest, "is_sure": "1"}
    read_all(second, base)
    assert visitor.get("/p/progress").status_code == 302, "the newer link took the older one back"
    assert second.post(f"{base}/sign", data=form).location.endswith("/done")
    assert second.post(f"{base}/sign", data=form).location.endswith("/done")
    assert second.get(f"{base}/sign").location.endswith("/done")
    look_again()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Signature)) == 1


def test_b229_another_digest_than_that_of_the_file_is_refused(
    db: SQLAlchemy, ready: tuple[FlaskClient, str, str]
) -> None:
    visitor, base, _ = ready
    answer = visitor.post(f"{base}/sign", data={"strokes": STROKES, "shown_sha256": "0" * 64, "is_sure": "1"})
    assert answer.status_code == 409
    assert "不是同一份文件" in text_of(answer)
    look_again()
    assert db.session.scalar(sa.select(Signature)) is None


@pytest.mark.parametrize(
    "strokes",
    [
        "",
        "not json",
        json.dumps({"boxes": []}),
        json.dumps({"boxes": [{"char": "尤", "width": 400, "height": 400, "strokes": [[[10, 10]]]}]}),
    ],
)
def test_poor_signature_is_refused_with_kind_words(
    db: SQLAlchemy, ready: tuple[FlaskClient, str, str], strokes: str
) -> None:
    visitor, base, digest = ready
    answer = visitor.post(f"{base}/sign", data={"strokes": strokes, "shown_sha256": digest})
    assert answer.status_code == 422
    assert POOR_SIGNATURE in text_of(answer)
    assert digest in answer.get_data(as_text=True)


def test_b230_fields_of_others_in_the_form_change_nothing(
    db: SQLAlchemy, house: House, ready: tuple[FlaskClient, str, str]
) -> None:
    visitor, base, digest = ready
    form = {"strokes": STROKES, "shown_sha256": digest, "is_sure": "1"}
    visitor.post(f"{base}/sign", data={**form, "party_id": str(house.other.id), "key": "party-1", "amount": "1"})
    look_again()
    (signature,) = db.session.scalars(sa.select(Signature))
    assert signature.slot.name == "尤晓琴"


def test_last_signature_by_phone_completes_the_agreement(
    db: SQLAlchemy, house: House, ready: tuple[FlaskClient, str, str]
) -> None:
    visitor, base, digest = ready
    issued = get_agreement(base.rpartition("/")[2])
    payer = next(row.key for row in issued.parties if row.party.name == "冯志远")
    sign_party(house.world, issued, payer, "2025-07-01")
    sign_mediator(house.world, issued, "2025-07-01")
    visitor.post(f"{base}/sign", data={"strokes": STROKES, "shown_sha256": digest, "is_sure": "1"})
    assert fresh(issued).status is AgreementStatus.SIGNED
    assert "都签好了，等委员会盖章" in text_of(visitor.get("/p/progress"))


def test_helper_reads_but_neither_signs_nor_declines(app: Flask, db: SQLAlchemy, house: House) -> None:
    agreement = issued_agreement(house.world)
    helper, base = let_in(app, link_for(house.own), is_helper="1"), f"/p/agreements/{agreement.public_id}"
    read_all(helper, base)
    assert "去签名" not in text_of(helper.get(f"{base}/read?section=6"))
    form = {"strokes": STROKES, "shown_sha256": agreement.paper.latest.sha256, "is_sure": "1"}
    for answer in (
        helper.get(f"{base}/sign"),
        helper.post(f"{base}/sign", data=form),
        helper.post(f"{base}/decline", data={"reason": "不想签"}),
    ):
        assert answer.status_code == 403
        assert "替家人看" in text_of(answer)
    look_again()
    assert db.session.scalar(sa.select(Signature)) is None


@pytest.mark.parametrize(("typed", "kept"), [("", "没有说明理由"), ("要先问问孩子", "要先问问孩子")])
def test_b211_declining_takes_no_reason_and_one_may_still_sign(
    db: SQLAlchemy, ready: tuple[FlaskClient, str, str], typed: str, kept: str
) -> None:
    visitor, base, digest = ready
    assert "不签不影响您继续信访" in text_of(visitor.get(f"{base}/decline"))
    assert visitor.post(f"{base}/decline", data={"reason": typed}).location.endswith("/p/progress")
    assert "您说了不签" in text_of(visitor.get("/p/progress"))
    look_again()
    signature = db.session.scalar(sa.select(Signature))
    assert (signature.manner, signature.refusal_reason) == (Manner.REFUSED, kept)
    visitor.post(f"{base}/sign", data={"strokes": STROKES, "shown_sha256": digest, "is_sure": "1"})
    look_again()
    assert db.session.scalar(sa.select(Signature.manner)) is Manner.TABLET


def test_wish_to_sign_on_paper_reaches_the_desk(
    db: SQLAlchemy, house: House, ready: tuple[FlaskClient, str, str], client_of: Callable[..., FlaskClient]
) -> None:
    visitor, base, _ = ready
    assert "在纸上签" in text_of(visitor.get(f"{base}/on-paper"))
    assert visitor.post(f"{base}/on-paper").status_code == 302
    look_again()
    assert db.session.scalar(sa.select(Wish.kind)) is WishKind.SIGN_ON_PAPER
    assert "要在纸上签" in text_of(client_of(house.world.coordinator).get("/messages"))
