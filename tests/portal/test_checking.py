"""The check page: four answers, masked names, every revision; the same neutral answer for everything else."""

import io
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy
from werkzeug.test import TestResponse

from app.agreements import actions
from app.agreements.models import Agreement
from app.agreements.rules import AgreementForm, Supplement
from app.documents.actions import issue
from app.documents.models import IssuedPaper, RevisionKind
from app.documents.queries import read_bytes
from app.documents.rules import Owner
from app.web.transaction import transaction
from tests.agreements.helpers import (
    at,
    effective_agreement,
    fresh,
    issued_agreement,
    seal,
    sign_mediator,
    sign_party,
    signed_agreement,
)
from tests.agreements.helpers import (
    text_of as text_for,
)
from tests.documents.samples import referral
from tests.portal.helpers import House, text_of

NOT_FOUND = "查不到，或内容被改过，请不要相信，打 0990-555-0123"


def upload(client: FlaskClient, content: bytes, name: str = "协议.pdf") -> TestResponse:
    return client.post("/verify", data={"file": (io.BytesIO(content), name)}, content_type="multipart/form-data")


def bytes_of(paper: IssuedPaper, kind: RevisionKind) -> bytes:
    return read_bytes(next(revision for revision in paper.revisions if revision.kind is kind))


def replaced(house: House) -> Agreement:
    """An agreement in force that a later one replaced."""
    earlier = effective_agreement(house.world)
    clerk = house.world.clerk.as_actor()
    with transaction():
        earlier = fresh(earlier)
        later = actions.draft_agreement(
            earlier.case,
            form=AgreementForm.WRITTEN,
            supplement=Supplement.REPLACES,
            earlier=earlier,
            by=clerk,
            now=at("2025-07-02"),
        )
        actions.save_agreement(later, text_for(later), seen_version=None, by=clerk, now=at("2025-07-02"))
        actions.finalise_agreement(later, seen_version=None, by=clerk, now=at("2025-07-02"))
    with transaction():
        actions.issue_agreement(fresh(later), seen_version=None, by=clerk, now=at("2025-07-02"))
    for row in fresh(later).parties:
        sign_party(house.world, later, row.key, "2025-07-02")
    sign_mediator(house.world, later, "2025-07-02")
    seal(house.world, later, "2025-07-02")
    return fresh(earlier)


def test_effective_agreement_is_true_by_code_and_by_file(app: Flask, db: SQLAlchemy, house: House) -> None:
    paper = effective_agreement(house.world).paper
    client = app.test_client()
    for answer in (
        client.get(f"/verify/{paper.check_code}"),
        client.get(f"/verify/{paper.check_code[:4]}-{paper.check_code[4:8].lower()} {paper.check_code[8:]}"),
        upload(client, bytes_of(paper, RevisionKind.SIGNED)),
    ):
        text = text_of(answer)
        assert answer.status_code == 200
        assert "是真的，已生效 这份文书是本中心出的，内容没被改过。" in text
        assert "编号 （2025）滨澜人调字第1号" in text
        assert "出具 滨澜区矛调中心人民调解委员会" in text
        assert "当事人 冯** 尤**" in text
        assert "生效 2025年7月1日" in text
        assert "3 处签名，1 枚印章" in text
        assert " ".join(paper.check_code[start : start + 4] for start in (0, 4, 8)) in text
        assert paper.latest.sha256 in text
        assert "冯志远" not in text


def test_file_before_signing_is_true_and_named_as_the_older_one(app: Flask, db: SQLAlchemy, house: House) -> None:
    paper = effective_agreement(house.world).paper
    text = text_of(upload(app.test_client(), bytes_of(paper, RevisionKind.ISSUED)))
    assert "是真的，已生效" in text
    assert "较早的一版" in text


@pytest.mark.parametrize("state", ["issued", "signed"])
def test_agreement_without_seal_is_true_but_not_yet_effective(
    app: Flask, db: SQLAlchemy, house: House, state: str
) -> None:
    make = issued_agreement if state == "issued" else signed_agreement
    text = text_of(app.test_client().get(f"/verify/{make(house.world).paper.check_code}"))
    assert "是真的，还没生效（等盖章）" in text
    assert "已生效" not in text


def test_replaced_agreement_names_the_one_that_counts_for_every_revision(
    app: Flask, db: SQLAlchemy, house: House
) -> None:
    paper = replaced(house).paper
    expected = "是真的，但已被 （2025）滨澜人调字第2号 代替"
    client = app.test_client()
    assert expected in text_of(client.get(f"/verify/{paper.check_code}"))
    kinds = {revision.kind for revision in paper.revisions}
    assert kinds == {RevisionKind.ISSUED, RevisionKind.SIGNED, RevisionKind.VOID}
    for kind in kinds:
        assert expected in text_of(upload(client, bytes_of(paper, kind))), kind


def test_void_agreement_says_so(app: Flask, db: SQLAlchemy, house: House) -> None:
    agreement = issued_agreement(house.world)
    with transaction():
        actions.void_agreement(fresh(agreement), "金额写错了", by=house.world.clerk.as_actor(), now=at("2025-07-01"))
    paper = fresh(agreement).paper
    client = app.test_client()
    for answer in (client.get(f"/verify/{paper.check_code}"), upload(client, bytes_of(paper, RevisionKind.VOID))):
        assert "是真的，但已作废 2025年7月1日作废，不要再用。" in text_of(answer)


@pytest.mark.parametrize(
    "change",
    [
        lambda pdf: pdf[:100] + bytes([pdf[100] ^ 1]) + pdf[101:],
        lambda pdf: pdf[:-7] + bytes([pdf[-7] ^ 1]) + pdf[-6:],
        lambda pdf: pdf + b"\n",
        lambda pdf: pdf + b"\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n",
        lambda pdf: pdf[:-1],
    ],
    ids=["one bit near the start", "one bit near the end", "one byte more", "an update appended", "one byte less"],
)
def test_t21_changed_file_is_not_found(
    app: Flask, db: SQLAlchemy, house: House, change: Callable[[bytes], bytes]
) -> None:
    paper = effective_agreement(house.world).paper
    answer = upload(app.test_client(), change(bytes_of(paper, RevisionKind.SIGNED)))
    text = text_of(answer)
    assert answer.status_code == 404
    assert NOT_FOUND in text
    assert paper.number not in text


def test_b232_wrong_code_number_and_other_file_give_one_neutral_answer(
    app: Flask, db: SQLAlchemy, house: House
) -> None:
    paper = effective_agreement(house.world).paper
    wrong = paper.check_code[:-1] + ("0" if paper.check_code[-1] != "0" else "1")
    client = app.test_client()
    answers = [
        client.get(f"/verify/{typed}") for typed in (wrong, "1", paper.number, "(2025)滨澜人调字第1号", "A" * 12)
    ]
    answers.append(upload(client, b"%PDF-1.7 another"))
    pages = {(answer.status_code, text_of(answer)) for answer in answers}
    assert len(pages) == 1
    ((status, text),) = pages
    assert status == 404
    assert NOT_FOUND in text


def test_b232_thirty_wrong_answers_an_hour_are_enough(
    app: Flask, db: SQLAlchemy, house: House, fake_now: Callable[[str], None]
) -> None:
    paper = effective_agreement(house.world).paper
    client = app.test_client()
    for _ in range(30):
        assert client.get("/verify/000000000000").status_code == 404
    assert client.get(f"/verify/{paper.check_code}").status_code == 429
    assert upload(client, b"x").status_code == 429
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    assert client.get(f"/verify/{paper.check_code}", environ_base=elsewhere).status_code == 200
    fake_now("2025-07-01T11:01+08:00")
    assert client.get(f"/verify/{paper.check_code}").status_code == 200


def test_form_leads_to_the_address_of_the_code(app: Flask, db: SQLAlchemy, house: House) -> None:
    client = app.test_client()
    assert "查文书是不是真的" in text_of(client.get("/verify"))
    answer = client.get("/verify?code=7K4M-92QD-31TX")
    assert answer.location == "/verify/7K4M-92QD-31TX"


def test_missing_file_is_asked_for(app: Flask, db: SQLAlchemy, house: House) -> None:
    answer = app.test_client().post("/verify", data={}, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "请选一个文件" in text_of(answer)


def test_letter_is_true_once_it_is_issued_and_names_nobody_in_full(app: Flask, db: SQLAlchemy, house: House) -> None:
    facts = referral()
    with transaction():
        letter = issue(
            facts,
            owner=Owner("linkage", 1),
            matter_id=house.matter.id,
            organisation=house.world.office,
            by=None,
            now=at("2025-07-01"),
            fixed_number="滨澜信〔2025〕1号",
        )
    text = text_of(app.test_client().get(f"/verify/{letter.check_code}"))
    assert "是真的，已生效" in text
    assert "日期 2025年7月1日" in text
    for party in facts.parties:
        assert party.name not in text
