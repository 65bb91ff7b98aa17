"""Closing the signed revision: what a fault leaves, that it is finished later, and that one changed byte is found."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.agreements import actions as agreements
from app.agreements.rules import AgreementStatus
from app.documents.models import PaperRevision, RevisionKind
from app.documents.queries import read_bytes
from app.documents.storage import documents_dir
from app.errors import RuleViolation, Unavailable
from app.signing import actions, sealing
from app.signing.models import Signature, SigningRound
from app.signing.queries import get_round, missing_signers
from app.signing.rules import RoundState, WrongState
from app.web import faults
from app.web.transaction import transaction
from tests.agreements.helpers import (
    STROKES,
    at,
    fresh,
    issued_agreement,
    make_world,
    seal,
    sign_party,
    signed_agreement,
)

DAY = "2025-07-01"


def test_signed_revision_carries_the_centres_seal_and_a_changed_byte_is_found(db) -> None:
    world = make_world()
    agreement = seal(world, signed_agreement(world), DAY)
    content = read_bytes(agreement.paper.latest)

    assert [row.kind for row in agreement.paper.revisions] == [RevisionKind.ISSUED, RevisionKind.SIGNED]
    assert sealing.check_seal(content).intact
    for place in range(200, len(content), len(content) // 12):
        changed = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        assert not sealing.check_seal(changed).intact


@pytest.mark.parametrize("point", ["sign.after_commit", "sign.after_file_write", "sign.after_rename"])
def test_p12_fault_after_the_commit_leaves_the_act_and_the_worker_finishes_the_revision(db, point) -> None:
    world = make_world()
    agreement = signed_agreement(world)
    faults.arm(f"{point}:error@1")
    agreement = seal(world, agreement, DAY)

    assert agreement.status is AgreementStatus.EFFECTIVE
    assert get_round(agreement.paper).state is RoundState.CLOSING
    assert agreement.paper.latest.kind is RevisionKind.ISSUED

    assert actions.finish_signed_revisions(at(DAY) + timedelta(seconds=30)) == 0
    db.session.rollback()
    assert actions.finish_signed_revisions(at(DAY) + timedelta(minutes=2)) == 1
    agreement = fresh(agreement)
    assert get_round(agreement.paper).state is RoundState.CLOSED
    assert agreement.paper.latest.kind is RevisionKind.SIGNED
    assert sealing.check_seal(read_bytes(agreement.paper.latest)).intact
    assert not list(documents_dir().glob(".*.part"))


def test_p12_finishing_twice_makes_one_signed_revision(db) -> None:
    world = make_world()
    agreement = signed_agreement(world)
    faults.arm("sign.after_commit:error@1")
    seal(world, agreement, DAY)

    for _ in range(2):
        actions.finish_signed_revisions(at(DAY) + timedelta(minutes=2))

    signed = sa.select(sa.func.count()).select_from(PaperRevision).where(PaperRevision.kind == RevisionKind.SIGNED)
    assert db.session.scalar(signed) == 1


def test_p12_fault_before_the_commit_of_the_seal_leaves_nothing(db) -> None:
    world = make_world()
    agreement = signed_agreement(world)
    faults.arm("sign.before_commit:error@1")

    with pytest.raises(faults.FaultInjected):
        seal(world, agreement, DAY)

    agreement = fresh(agreement)
    assert agreement.status is AgreementStatus.SIGNED
    assert agreement.effective_on is None
    assert get_round(agreement.paper).seals == []
    assert seal(world, agreement, DAY).status is AgreementStatus.EFFECTIVE


def test_p12_fault_before_the_commit_of_a_signature_leaves_no_signature(db) -> None:
    world = make_world()
    agreement = issued_agreement(world)
    faults.arm("sign.before_commit:error@1")

    with pytest.raises(faults.FaultInjected):
        sign_party(world, agreement, "party-1", DAY)

    assert db.session.scalar(sa.select(sa.func.count()).select_from(Signature)) == 0
    sign_party(world, agreement, "party-1", DAY)
    assert fresh(agreement).status is AgreementStatus.SIGNING


def test_p32_without_an_audit_row_nothing_is_signed(db) -> None:
    world = make_world()
    agreement = issued_agreement(world)
    faults.arm("audit.append:error@*")

    with pytest.raises(faults.FaultInjected):
        sign_party(world, agreement, "party-1", DAY)

    assert db.session.scalar(sa.select(sa.func.count()).select_from(Signature)) == 0


def test_nothing_can_be_signed_before_the_bytes_exist(db) -> None:
    world = make_world()
    faults.arm("issue.after_commit:error@1")
    agreement = issued_agreement(world)

    with pytest.raises(WrongState, match="正在生成"), transaction():
        row = fresh(agreement)
        agreements.check_identity(row, "party-1", "id_card", by=world.clerk.as_actor(), now=at(DAY))
        agreements.sign(row, "party-1", STROKES, shown_sha256="", by=world.clerk.as_actor(), now=at(DAY))


def test_closed_paper_takes_no_more_signatures_and_no_second_seal(db) -> None:
    world = make_world()
    agreement = seal(world, signed_agreement(world), DAY)

    with pytest.raises(WrongState), transaction():
        actions.put_seal(fresh(agreement).paper, name="章", by=world.clerk.as_actor(), now=at(DAY))
    with pytest.raises(WrongState), transaction():
        actions.refuse_to_sign(fresh(agreement).paper, "party-1", "改主意了", by=world.clerk.as_actor(), now=at(DAY))


def test_a_given_signature_cannot_become_a_refusal(db) -> None:
    world = make_world()
    agreement = issued_agreement(world)
    sign_party(world, agreement, "party-1", DAY)

    with pytest.raises(WrongState, match="不能撤回"), transaction():
        actions.refuse_to_sign(fresh(agreement).paper, "party-1", "改主意了", by=world.clerk.as_actor(), now=at(DAY))


def test_refusal_with_reason_settles_a_place_on_minutes_but_not_on_an_agreement(db) -> None:
    world = make_world()
    agreement = signed_agreement(world)
    paper = issued_agreement(world).paper
    with transaction():
        actions.refuse_to_sign(db.session.merge(paper), "party-1", "听不明白", by=world.clerk.as_actor(), now=at(DAY))

    missing = {slot.key for slot in missing_signers(paper)}
    settled = {slot.key for slot in missing_signers(paper, refusal_settles=True)}
    assert missing - settled == {"party-1"}
    assert missing_signers(fresh(agreement).paper) == []


def test_signing_day_on_paper_lies_between_issue_and_today(db) -> None:
    world = make_world()
    agreement = issued_agreement(world)
    written = actions.write_scan(read_bytes(agreement.paper.latest))
    with transaction():
        scan = actions.add_scan(fresh(agreement).paper, written, by=world.clerk.as_actor(), now=at("2025-07-03"))
    for day in (date(2025, 6, 30), date(2025, 7, 4)):
        with pytest.raises(RuleViolation, match="签名日期"), transaction():
            actions.record_paper_signature(
                fresh(agreement).paper,
                "party-1",
                scan=scan,
                signed_on=day,
                by=world.clerk.as_actor(),
                now=at("2025-07-03"),
            )


def test_production_without_a_certificate_refuses_the_seal_before_anything_is_written(app, db) -> None:
    world = make_world()
    agreement = signed_agreement(world)
    settings = app.config["SETTINGS"]
    missing = settings.data_dir / "not-there.crt"
    app.config["SETTINGS"] = replace(settings, env="production", seal_certificate=missing)
    try:
        with pytest.raises(Unavailable, match="证书"):
            seal(world, agreement, DAY)
    finally:
        app.config["SETTINGS"] = settings

    assert db.session.scalars(sa.select(SigningRound.state)).all() == [RoundState.OPEN]


def test_demo_key_is_readable_by_its_owner_alone(app, db) -> None:
    sealing.check_can_seal()

    assert app.config["SETTINGS"].seal_key_file.stat().st_mode & 0o777 == 0o600
