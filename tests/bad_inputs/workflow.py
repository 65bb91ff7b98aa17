"""B106–B110, B151–B164, B181, B210–B232: agreements, signatures, scans and petitioners' links, sent to their pages."""

import json
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pikepdf
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from app.agreements.models import Agreement
from app.documents.actions import render_missing
from app.documents.models import IssuedPaper
from app.extensions import db
from app.web import faults
from tests.agreements.helpers import STROKES, issued_agreement
from tests.bad_inputs.case import LOG, Listing
from tests.bad_inputs.house import House
from tests.portal.helpers import link_for

LIST = Listing()
CASE: dict[str, Any] = {"setting": "case"}
DESK: dict[str, Any] = {**CASE, "by": "clerk"}
FACTS = "冯志远家水管漏水，浸坏尤晓琴家天花板。"
TEXT = {
    "facts_and_issues": FACTS,
    "payment_term": "冯志远赔偿尤晓琴漏水损失",
    "total": "42,000.00",
    "amount-0": "25,200.00",
    "payer-0": "party-1",
    "payee-0": "party-2",
    "due-0": "2025-07-31",
    "amount-1": "16,800.00",
    "payer-1": "party-1",
    "payee-1": "party-2",
    "due-1": "2025-12-31",
    "term-0": "双方再无其他金钱争议。",
    "performance_manner": "现金当面交付",
    "performance_place": "滨澜区",
    "copies": "3",
}


def newest(house: House, model: type) -> Any:
    """The row of that table that was written last."""
    with house.app.app_context():
        return db.session.scalars(db.select(model).order_by(model.id.desc()).limit(1)).one()  # type: ignore[attr-defined]


def has_draft(house: House) -> None:
    """A draft agreement, begun on its page."""
    form = {"form": "written", "idempotency_key": "begin-0001"}
    begun = house.client("clerk").post(f"/mediations/{house.world.case.public_id}/agreements/new", data=form)
    assert begun.status_code == 302


def has_issued(house: House) -> None:
    """An agreement issued for signing, with its bytes."""
    with house.app.app_context():
        paper = issued_agreement(house.world).paper
        house.found["digest"] = paper.latest.sha256


def page_of(house: House) -> str:
    """The address of the newest agreement."""
    return f"/agreements/{newest(house, Agreement).public_id}"


def save(house: House, client: FlaskClient, **values: str) -> TestResponse:
    """Send the editor's form."""
    row = newest(house, Agreement)
    form = {**TEXT, "version": row.version, **{name.replace("_", "-", 1): value for name, value in values.items()}}
    return client.post(f"/agreements/{row.public_id}/edit", data=form)


@LIST.sends("B106", "amounts that are no amounts", given=has_draft, says="金额", keeps=FACTS, **DESK)
def send_odd_amounts(house: House, client: FlaskClient) -> list[TestResponse]:
    odd = ("-1", "NaN", "Infinity", "1e400", "1_000", "0x10", "壹万")
    return [save(house, client, amount_0=amount) for amount in odd]


@LIST.sends("B107", "too fine and too large amounts", given=has_draft, keeps=FACTS, **DESK)
def send_extreme_amounts(house: House, client: FlaskClient) -> list[TestResponse]:
    return [save(house, client, amount_0=amount) for amount in ("0.001", "100.005", "10000000000000")]


@LIST.sends("B109", "instalments off by one fen", given=has_draft, says="0.01", keeps=FACTS, **DESK)
def send_one_fen_less(house: House, client: FlaskClient) -> TestResponse:
    return save(house, client, amount_0="25,199.99", act="finalise")


@LIST.sends("B110", "another amount after issue", given=has_issued, status=(302, 409), **DESK)
def send_amount_after_issue(house: House, client: FlaskClient) -> list[TestResponse]:
    kept = client.post(f"{page_of(house)}/autosave", data={**TEXT, "total": "42,001.00"})
    assert kept.status_code == 409
    return [kept, save(house, client, total="42,001.00", amount_0="25,201.00")]


def scan(house: House, client: FlaskClient, content: bytes, name: str = "扫描.pdf") -> TestResponse:
    """Send a file as the scan of the paper that 冯志远 signed."""
    form = {"keys": ["party-1"], "manner": "paper", "document": "id_card", "signed_on": "2025-07-01"}
    data = {**form, "scan": (BytesIO(content), name)}
    return client.post(f"{page_of(house)}/paper", data=data, content_type="multipart/form-data")


def pdf(*, script: bool = False, password: str = "", size: float = 595) -> bytes:
    """A page, possibly with a script that runs on opening, a password, or a size no printer has."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(size, size))
    if script:
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        document.Root.OpenAction = document.make_indirect(action)
    target = BytesIO()
    lock = pikepdf.Encryption(owner=password, user=password) if password else None
    document.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, encryption=lock)
    return target.getvalue()


def picture(width: int, height: int) -> bytes:
    """A picture of one colour: few bytes, many points."""
    target = BytesIO()
    Image.new("1", (width, height)).save(target, "PNG")
    return target.getvalue()


SCANS = {"given": has_issued, **DESK}


@LIST.sends("B151", "an empty file, no file name", says="请", **SCANS)
def send_nothing(house: House, client: FlaskClient) -> list[TestResponse]:
    return [scan(house, client, b""), scan(house, client, b"", "")]


@LIST.sends("B153", "files of other kinds", says="PDF", **SCANS)
def send_other_kinds(house: House, client: FlaskClient) -> list[TestResponse]:
    kinds = {"a.pdf.exe": b"MZ", "a.php": b"<?php", "a.html": b"<html>", "a.svg": b"<svg xmlns='x'/>", "a": b"GIF89a"}
    return [scan(house, client, content, name) for name, content in kinds.items()]


@LIST.sends("B154", "content that is not what its name says", says="PDF", **SCANS)
def send_disguised(house: House, client: FlaskClient) -> list[TestResponse]:
    return [scan(house, client, content) for content in (b"<html>" + pdf(), b"PK\x03\x04", b"MZ" + pdf())]


@LIST.sends("B156", "a PDF with a script", says="自动运行", **SCANS)
def send_script(house: House, client: FlaskClient) -> TestResponse:
    return scan(house, client, pdf(script=True))


@LIST.sends("B157", "locked, cut and giant PDFs", says="请", **SCANS)
def send_broken_pdfs(house: House, client: FlaskClient) -> list[TestResponse]:
    return [scan(house, client, content) for content in (pdf(password="x"), pdf()[:200], pdf(size=9000))]


@LIST.sends("B158", "an image bomb", says="请", **SCANS)
def send_bomb(house: House, client: FlaskClient) -> list[TestResponse]:
    return [scan(house, client, content, "扫描.png") for content in (picture(9000, 9000), picture(40, 30)[:45])]


def shows_document(house: House) -> None:
    """冯志远 stands at the desk, read the paper and showed his ID card."""
    has_issued(house)
    form = {"has_read": "1", "document": "id_card", "shown_sha256": house.found["digest"]}
    assert house.client("clerk").post(f"{page_of(house)}/sign/party-1", data=form).status_code == 302


def sign(house: House, client: FlaskClient, strokes: str, digest: str = "") -> TestResponse:
    """Send what was drawn for 冯志远."""
    form = {"strokes": strokes, "shown_sha256": digest or house.found["digest"]}
    return client.post(f"{page_of(house)}/sign/party-1/pad", data=form)


def drawing(*strokes: Any) -> str:
    """What the pad sends for one character."""
    return json.dumps({"boxes": [{"char": "冯", "width": 400, "height": 400, "strokes": strokes}]})


@LIST.sends("B161", "empty, one dot, no numbers", given=shows_document, says="好像只点了一下", **DESK)
def send_poor_drawings(house: House, client: FlaskClient) -> list[TestResponse]:
    poor = ("", drawing(), drawing([[5, 5]]), drawing([[float("nan"), 1], [300, 300]]))
    return [sign(house, client, strokes) for strokes in poor]


@LIST.sends("B160", "a drawing that is markup", given=shows_document, says="好像只点了一下", hides="<svg xmlns", **DESK)
@LIST.sends("B162", "a drawing that is an address", given=shows_document, says="好像只点了一下", **DESK)
def send_markup(house: House, client: FlaskClient) -> list[TestResponse]:
    return [
        sign(house, client, strokes)
        for strokes in ('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "data:text/html;base64,PHNjcmlwdD4=")
    ]


@LIST.sends("B210", "signing other bytes than those shown", given=shows_document, status=409, says="重新打开", **DESK)
def send_other_digest(house: House, client: FlaskClient) -> TestResponse:
    return sign(house, client, STROKES, "0" * 64)


def is_final_and_disk_is_full(house: House) -> None:
    """The text is closed; the next line of the log finds no room."""
    has_draft(house)
    assert save(house, house.client("clerk"), act="finalise").status_code == 302
    faults.arm("audit.append:enospc@1")


@LIST.sends("B181", "a full disk while issuing", given=is_final_and_disk_is_full, status=503, says="磁盘满了", **DESK)
def send_issue_on_full_disk(house: House, client: FlaskClient) -> TestResponse:
    return client.post(f"{page_of(house)}/issue", data={"idempotency_key": "issue-00001"})


def is_final_and_no_room_for_bytes(house: House) -> None:
    """The text is closed; the bytes of the paper find no room."""
    is_final_and_disk_is_full(house)
    faults.arm("render.mid_write:enospc@1")


def worker_makes_the_bytes(house: House) -> None:
    """The act stands, one paper with its number; once there is room the worker makes its bytes."""
    with house.app.app_context():
        assert not db.session.scalars(db.select(IssuedPaper)).one().is_ready
        assert render_missing(datetime.now(UTC)) == 1
        db.session.expire_all()
        assert db.session.scalars(db.select(IssuedPaper)).one().is_ready


@LIST.sends(
    "B181",
    "no room for the bytes, and a second click",
    given=is_final_and_no_room_for_bytes,
    status=302,
    may_change=None,
    then=worker_makes_the_bytes,
    **DESK,
)
def send_issue_twice(house: House, client: FlaskClient) -> list[TestResponse]:
    form = {"idempotency_key": "issue-00001"}
    return [client.post(f"{page_of(house)}/issue", data=form) for _ in range(2)]


def has_link(house: House) -> None:
    """尤晓琴 has a link to her matter."""
    with house.app.app_context():
        house.found["token"] = link_for(house.world.payee).token


@LIST.sends("B221", "guessed links", given=has_link, status=404, hides="尤晓琴", **CASE)
def send_guesses(house: House, client: FlaskClient) -> list[TestResponse]:
    token = house.found["token"]
    return [client.get(f"/p/{guess}") for guess in ("A" * 22, token[:-1], token + ".", token.swapcase(), "x")]


@LIST.sends(
    "B224", "five wrong codes, then the right one", given=has_link, status=(404, 422), hides="尤晓琴",
    may_change=LOG | {"access_link", "outbox_message"}, **CASE,
)  # fmt: skip
def send_wrong_codes(house: House, client: FlaskClient) -> list[TestResponse]:
    codes = ["9999"] * 5 + ["0001"]
    answers = [client.post(f"/p/{house.found['token']}", data={"code": code}) for code in codes]
    assert answers[-1].status_code == 404
    return answers


def link_ran_out(house: House) -> None:
    """The link was handed out, and a year went by."""
    has_link(house)
    house.set_now("2026-07-02T10:00+08:00")


@LIST.sends("B227", "an expired link", given=link_ran_out, status=404, hides="尤晓琴", **CASE)
def send_expired(house: House, client: FlaskClient) -> list[TestResponse]:
    path = f"/p/{house.found['token']}"
    return [client.get(path), client.post(path, data={"code": "0001"})]


@LIST.sends("B232", "wrong check codes", given=has_issued, status=(200, 404, 422), hides="冯志远", **CASE)
def send_wrong_check_codes(house: House, client: FlaskClient) -> list[TestResponse]:
    number = newest(house, IssuedPaper).number
    return [client.get(f"/verify/{code}") for code in ("0000-0000-0000", "ABC", number, "1" * 500)]
