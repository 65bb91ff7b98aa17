"""The pages of agreements: who may open them, what they refuse, and that what was typed stays."""

import json
import re
from io import BytesIO

from docx import Document

from app.access.permissions import Role
from app.agreements.models import Agreement
from app.agreements.rules import AgreementStatus
from app.documents.models import IssuedPaper
from app.extensions import db as database
from app.web.transaction import transaction
from tests.agreements.helpers import (
    STROKES,
    effective_agreement,
    fresh,
    issued_agreement,
    make_world,
    sign_mediator,
    sign_party,
    signed_agreement,
)
from tests.factories import make_account

TEXT = {
    "facts_and_issues": "冯志远家水管漏水，浸坏尤晓琴家天花板。",
    "payment_term": "冯志远赔偿尤晓琴漏水损失",
    "total": "42,000.00",
    "amount-0": "25,000.00",
    "payer-0": "party-1",
    "payee-0": "party-2",
    "due-0": "2025-07-31",
    "amount-1": "16,800.00",
    "payer-1": "party-1",
    "payee-1": "party-2",
    "due-1": "2025-12-31",
    "term-0": "尤晓琴今后不再就此事信访、起诉。",
    "performance_manner": "现金当面交付",
    "performance_place": "滨澜区",
    "copies": "3",
}


def begin(client, world) -> Agreement:
    """A draft begun through its page."""
    answer = client.post(
        f"/mediations/{world.case.public_id}/agreements/new",
        data={"form": "written", "idempotency_key": "begin-0001"},
    )
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return database.session.scalars(database.select(Agreement).order_by(Agreement.id.desc())).first()


def test_agreement_goes_from_draft_to_effect_through_its_pages(db, client_of, fake_now) -> None:
    fake_now("2025-07-01T10:00+08:00")
    world = make_world()
    clerk, mediator = client_of(world.clerk), client_of(world.mediator)
    agreement = begin(mediator, world)
    url = f"/agreements/{agreement.public_id}"

    page = mediator.post(f"{url}/edit", data={**TEXT, "version": agreement.version}, follow_redirects=True).text
    assert "两期相加 41,800 元，比总数少 200 元。第一期改成 25,200 元就对了。" in page
    assert "不能约定放弃起诉、信访" in page
    assert "定稿（先改完 2 处）" in page

    page = press(mediator, url, page, "改成 25,200")
    assert "定稿（先改完 1 处）" in page
    page = press(mediator, url, page, "删去这一项")
    assert "没有要改的。" in page

    assert mediator.get(f"{url}/preview").data.startswith(b"%PDF")
    draft = Document(BytesIO(mediator.get(f"{url}/preview/word").data))
    assert draft.sections[0].header.paragraphs[0].text == "工作稿 — 草稿，未编号、未核验，不得签署、送达"
    assert database.session.scalars(database.select(IssuedPaper)).all() == []
    finalise(mediator, url, agreement)
    assert mediator.get(f"{url}/issue").status_code == 200
    answer = mediator.post(f"{url}/issue", data={"idempotency_key": "issue-00001"})
    assert answer.location.endswith("/sign")
    for key in ("party-1", "party-2"):
        sign_on_pages(clerk, url, key, agreement)
    sign_on_pages(mediator, url, "mediator-1", agreement)
    assert "盖章，让协议生效" in clerk.get(f"{url}/seal").text
    answer = clerk.post(f"{url}/seal", data={"idempotency_key": "seal-000001"}, follow_redirects=True)

    assert "从 2025年7月1日 起有效" in answer.text
    assert fresh(agreement).status is AgreementStatus.EFFECTIVE
    assert clerk.get(f"{url}/file").data.startswith(b"%PDF")
    for page in ("", "/follow-ups", "/confirmation", "/seal", "/void"):
        assert clerk.get(f"{url}{page}").status_code == 200, page
    assert clerk.get("/agreements").status_code == 200


def press(client, url, page, label) -> str:
    """Press the button of a finding with everything typed still in the form."""
    value = re.search(rf'name="fix" value="([0-9a-f]+:\d)"[^>]*>{re.escape(label)}', page).group(1)
    agreement = fresh(database.session.scalars(database.select(Agreement)).first())
    data = {**form_of(agreement), "fix": value, "version": agreement.version}
    answer = client.post(f"{url}/edit", data=data, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return answer.text


def form_of(agreement) -> dict[str, str]:
    """The form as the editor shows it."""
    data = {name: value for name, value in TEXT.items() if not name.startswith(("amount", "term", "due"))}
    for place, row in enumerate(agreement.obligations):
        data |= {f"amount-{place}": f"{row.amount_fen / 100:.2f}", f"due-{place}": row.due_on.isoformat()}
    return data | {f"term-{place}": term.text for place, term in enumerate(agreement.terms)}


def finalise(client, url, agreement) -> None:
    """Close the text for issue."""
    agreement = fresh(agreement)
    data = {**form_of(agreement), "term-0": "双方再无其他金钱争议。", "act": "finalise", "version": agreement.version}
    answer = client.post(f"{url}/edit", data=data)
    assert answer.location.endswith("/issue"), answer.text


def sign_on_pages(client, url, key, agreement) -> None:
    """Read, show the document, write."""
    page = client.get(f"{url}/sign/{key}").text
    digest = fresh(agreement).paper.latest.sha256
    assert digest in page
    data = {"has_read": "1", "document": "id_card", "shown_sha256": digest}
    answer = client.post(f"{url}/sign/{key}", data=data)
    assert "/pad?shown=" in answer.location
    assert "请在格子里写您的名字" in client.get(answer.location).text
    answer = client.post(f"{url}/sign/{key}/pad", data={"strokes": STROKES, "shown_sha256": digest})
    assert answer.status_code == 302, answer.text


def test_b106_unreadable_amount_is_refused_and_stays_in_the_form(db, client_of, fake_now) -> None:
    fake_now("2025-07-01T10:00+08:00")
    world = make_world()
    client = client_of(world.mediator)
    url = f"/agreements/{begin(client, world).public_id}/edit"

    for typed in ("-5", "1e400", "NaN", "１２.５", "0x10", "壹万"):
        answer = client.post(url, data={**TEXT, "amount-0": typed})
        assert answer.status_code == 422
        assert f'value="{typed}"' in answer.text
        assert "金额看不懂" in answer.text


def test_stale_form_is_refused_and_keeps_what_was_typed(db, client_of, fake_now) -> None:
    fake_now("2025-07-01T10:00+08:00")
    world = make_world()
    client = client_of(world.mediator)
    agreement = begin(client, world)
    url = f"/agreements/{agreement.public_id}/edit"
    client.post(url, data={**TEXT, "version": 1})

    answer = client.post(url, data={**TEXT, "facts_and_issues": "另一个人写的", "version": 1})

    assert answer.status_code == 409
    assert "另一个人写的" in answer.text


def test_autosave_answers_with_the_new_version(db, client_of, fake_now) -> None:
    fake_now("2025-07-01T10:00+08:00")
    world = make_world()
    client = client_of(world.mediator)
    agreement = begin(client, world)

    answer = client.post(f"/agreements/{agreement.public_id}/autosave", data={**TEXT, "version": agreement.version})

    assert answer.json == {"version": fresh(agreement).version}
    assert fresh(agreement).facts == TEXT["facts_and_issues"]


STRANGERS = (
    (Role.ADMINISTRATOR, ""),
    (Role.COORDINATOR, ""),
    (Role.MEDIATOR, ""),
    (Role.MEDIATOR, "/edit"),
    (Role.LAWYER, "/sign"),
    (Role.COMMITTEE_CLERK, "/seal"),
)


def test_agreement_of_others_does_not_exist(db, client_of) -> None:
    agreement = issued_agreement(make_world())

    for role, page in STRANGERS:
        with transaction():
            stranger = make_account(role)
        answer = client_of(stranger).get(f"/agreements/{agreement.public_id}{page}")
        assert answer.status_code == 404, (role, page)


def test_coordinator_of_the_office_reads_but_does_not_act(db, client_of) -> None:
    world = make_world()
    url = f"/agreements/{issued_agreement(world).public_id}"
    client = client_of(world.coordinator)

    assert client.get(url).status_code == 200
    for act in ("seal", "sign/party-1", "edit", "void", "check", "visits"):
        assert client.post(f"{url}/{act}", data={}).status_code == 403, act


def test_mediator_may_not_put_the_seal_on(db, client_of) -> None:
    world = make_world()
    agreement = signed_agreement(world)

    answer = client_of(world.mediator).post(f"/agreements/{agreement.public_id}/seal", data={})

    assert answer.status_code == 403
    assert fresh(agreement).status is AgreementStatus.SIGNED


def test_b210_clerk_cannot_sign_as_the_mediator(db, client_of, fake_now) -> None:
    fake_now("2025-07-01T15:00+08:00")
    world = make_world()
    agreement = issued_agreement(world)

    answer = client_of(world.clerk).post(
        f"/agreements/{agreement.public_id}/sign/mediator-1/pad",
        data={"strokes": STROKES, "shown_sha256": agreement.paper.latest.sha256},
    )

    assert answer.status_code == 403


def test_b210_signing_under_other_bytes_is_refused(db, client_of, fake_now) -> None:
    fake_now("2025-07-01T15:00+08:00")
    world = make_world()
    agreement = issued_agreement(world)
    client = client_of(world.clerk)
    url = f"/agreements/{agreement.public_id}/sign/party-1"
    client.post(url, data={"has_read": "1", "document": "id_card", "shown_sha256": "0" * 64})

    answer = client.post(f"{url}/pad", data={"strokes": STROKES, "shown_sha256": "0" * 64})

    assert answer.status_code == 409
    assert "重新打开文件" in answer.text


POOR = {
    "empty": "",
    "B161 blank": json.dumps({"boxes": [{"char": "冯", "width": 400, "height": 400, "strokes": []}]}),
    "B161 dot": json.dumps({"boxes": [{"char": "冯", "width": 400, "height": 400, "strokes": [[[5, 5]]]}]}),
    "B161 NaN": '{"boxes": [{"char": "冯", "width": 400, "height": 400, "strokes": [[[NaN, 1], [300, 300]]]}]}',
    "B160 SVG": '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "B162 data URL": "data:text/html;base64,PHNjcmlwdD4=",
}


def test_b160_b161_b162_poor_signature_is_refused_with_message_18(db, client_of, fake_now) -> None:
    fake_now("2025-07-01T15:00+08:00")
    world = make_world()
    agreement = issued_agreement(world)
    client = client_of(world.clerk)
    url = f"/agreements/{agreement.public_id}/sign/party-1"
    digest = agreement.paper.latest.sha256
    client.post(url, data={"has_read": "1", "document": "id_card", "shown_sha256": digest})

    for name, strokes in POOR.items():
        answer = client.post(f"{url}/pad", data={"strokes": strokes, "shown_sha256": digest})
        assert answer.status_code == 422, name
        assert "这里好像只点了一下" in answer.text, name
    assert fresh(agreement).status is AgreementStatus.ISSUED


def test_b110_amount_cannot_change_after_the_first_signature(db, client_of, fake_now) -> None:
    fake_now("2025-07-01T15:00+08:00")
    world = make_world()
    agreement = issued_agreement(world)
    sign_party(world, agreement, "party-1", "2025-07-01")
    sign_mediator(world, agreement, "2025-07-01")

    answer = client_of(world.mediator).post(f"/agreements/{agreement.public_id}/autosave", data={**TEXT, "total": "9"})

    assert answer.status_code == 409
    assert fresh(agreement).total_fen == 1_200_000


def test_masked_account_in_the_editor_keeps_the_account_on_file(db, client_of, fake_now) -> None:
    fake_now("2025-07-01T10:00+08:00")
    world = make_world()
    client = client_of(world.mediator)
    agreement = begin(client, world)
    url = f"/agreements/{agreement.public_id}/edit"
    first = client.post(url, data={**TEXT, "account_number-0": "6222020200112233307"})
    assert first.status_code == 302, first.text

    page = client.get(url).text
    second = client.post(url, data={**TEXT, "account_number-0": "***************3307"})
    assert second.status_code == 302, second.text

    assert "6222020200112233307" not in page
    assert fresh(agreement).obligations[0].account_number == "6222020200112233307"


def test_scan_of_a_paper_signed_by_hand_counts_for_its_signers(db, client_of, fake_now) -> None:
    fake_now("2025-07-02T10:00+08:00")
    world = make_world()
    agreement = issued_agreement(world)
    client = client_of(world.clerk)
    data = {
        "keys": ["party-1", "party-2"],
        "manner": "paper",
        "document": "id_card",
        "signed_on": "2025-07-01",
        "scan": (BytesIO(agreement_bytes(client, agreement)), "扫描.pdf"),
    }
    answer = client.post(f"/agreements/{agreement.public_id}/paper", data=data, content_type="multipart/form-data")

    assert answer.status_code == 302, answer.text
    assert fresh(agreement).status is AgreementStatus.SIGNING
    scan = client.get(f"/agreements/{agreement.public_id}").text
    assert "扫描件" in scan


def agreement_bytes(client, agreement) -> bytes:
    """The issued paper itself, as somebody would scan it."""
    return client.get(f"/agreements/{agreement.public_id}/file").data


def test_upload_that_is_no_scan_is_refused_and_nothing_is_recorded(db, client_of, fake_now) -> None:
    fake_now("2025-07-02T10:00+08:00")
    world = make_world()
    agreement = issued_agreement(world)
    data = {"keys": ["party-1"], "manner": "paper", "document": "id_card", "scan": (BytesIO(b"<html>"), "a.pdf")}
    answer = client_of(world.clerk).post(
        f"/agreements/{agreement.public_id}/paper", data=data, content_type="multipart/form-data"
    )

    assert answer.status_code == 422
    assert "请交 PDF、JPG 或 PNG" in answer.text
    assert fresh(agreement).status is AgreementStatus.ISSUED


def test_follow_up_pages_record_performance_and_visit(db, client_of, fake_now) -> None:
    fake_now("2025-07-01T10:00+08:00")
    world = make_world()
    agreement = effective_agreement(world)
    fake_now("2025-07-31T16:00+08:00")
    client = client_of(world.mediator)
    url = f"/agreements/{agreement.public_id}"
    visit = agreement.visits[0].public_id
    obligation = agreement.obligations[0].public_id

    wrong = client.post(
        f"{url}/visits/{visit}",
        data={"visited_on": "2025-07-31", "manner": "visit", "performance": "not_performed", "findings": "没有付款"},
    )
    assert wrong.status_code == 422
    assert "请写明怎样督促" in wrong.text
    data = {"visited_on": "2025-07-31", "manner": "visit", "performance": "not_performed", "findings": "没有付款"}
    answer = client.post(f"{url}/visits/{visit}", data={**data, "measures": "当面督促履行"}, follow_redirects=True)
    assert "已记下回访" in answer.text
    answer = client.post(
        f"{url}/obligations/{obligation}",
        data={"performance": "partly", "performed": "2,000", "on": "2025-07-31"},
        follow_redirects=True,
    )
    assert "已记下履行情况" in answer.text
    assert fresh(agreement).obligations[0].performed_fen == 200_000


def test_b110_editor_when_the_agreement_was_issued_meanwhile_refuses_and_keeps_what_was_typed(client_of, db) -> None:
    world = make_world()
    agreement = issued_agreement(world)

    answer = client_of(world.mediator).post(f"/agreements/{agreement.public_id}/edit", data=TEXT)

    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert TEXT["facts_and_issues"] in page
    assert fresh(agreement).total_fen == 1_200_000
