"""Personal values are sealed, bound to their place, and found again only by keyed digest."""

import stat
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy

from app.extensions import Base
from app.people.models import Account
from app.privacy.key_ring import DAMAGED, KeyRing, SealBroken
from app.privacy.masking import mask_address, mask_bank_card, mask_id_number, mask_name, mask_phone
from app.privacy.sealed import Sealed, digest_of
from app.web.transaction import transaction
from tests.factories import make_account, make_organisation

PHONE = "13800005678"


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing.create(tmp_path / "master.keys")


def test_ring_file_is_readable_by_its_owner_alone_and_is_kept(tmp_path: Path) -> None:
    first = KeyRing.create(tmp_path / "master.keys")
    assert stat.S_IMODE((tmp_path / "master.keys").stat().st_mode) == 0o600
    assert KeyRing.create(tmp_path / "master.keys").keys == first.keys


KEY = "A" * 43 + "="


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[]",
        '{"current": "k1", "keys": {"k1": "!"}, "index": 3}',
        f'{{"current": "k1", "keys": ["k1"], "index": "{KEY}"}}',
        f'{{"current": "k2", "keys": {{"k1": "{KEY}"}}, "index": "{KEY}"}}',
        f'{{"current": "k1", "keys": {{"k1": "{KEY}"}}, "index": ""}}',
        f'{{"current": "k1", "keys": {{"k1": "AAAA"}}, "index": "{KEY}"}}',
        f'{{"current": "k|1", "keys": {{"k|1": "{KEY}"}}, "index": "{KEY}"}}',
    ],
)
def test_ring_when_the_file_is_damaged_names_it(tmp_path: Path, content: str) -> None:
    file = tmp_path / "master.keys"
    file.write_text(content)
    with pytest.raises(ValueError, match=r"master\.keys"):
        KeyRing.load(file)


def test_seal_gives_other_bytes_each_time_and_opens(ring: KeyRing) -> None:
    sealed = [ring.seal("郑桂兰𠮷", "party.name.x") for _ in range(2)]
    assert sealed[0] != sealed[1]
    assert {ring.open(value, "party.name.x") for value in sealed} == {"郑桂兰𠮷"}


def test_b250_a_value_copied_to_another_place_does_not_open(ring: KeyRing) -> None:
    sealed = ring.seal(PHONE, "party.phone.a")
    for place in ("party.phone.b", "party.address.a", "proxy.phone.a"):
        with pytest.raises(SealBroken):
            ring.open(sealed, place)


@pytest.mark.parametrize("cut", [0, 1, 3, 10, -1])
def test_b251_a_cut_or_unknown_value_does_not_open(ring: KeyRing, cut: int) -> None:
    with pytest.raises(SealBroken):
        ring.open(ring.seal(PHONE, "p")[:cut], "p")
    with pytest.raises(SealBroken):
        ring.open(b"k9|" + ring.seal(PHONE, "p")[3:], "p")


def test_what_does_not_open_is_named_by_place_and_never_by_content(ring: KeyRing) -> None:
    for stored in (b"13800005678", "郑桂兰|漏水".encode(), ring.seal(PHONE, "p")[:-3]):
        with pytest.raises(SealBroken) as broken:
            ring.open(stored, "party.phone.x")
        assert "party.phone.x" in str(broken.value)
        assert not any(word in repr(broken.value) for word in ("1380000", "郑桂兰", "\\xe9"))


def test_keys_are_not_shown_by_the_ring(ring: KeyRing) -> None:
    shown = repr(ring)
    assert repr(ring.index_key) not in shown
    assert repr(ring.keys["k1"]) not in shown


def test_rotation_opens_old_values_and_seals_with_the_new_key(ring: KeyRing) -> None:
    old = ring.seal(PHONE, "p")
    rotated = KeyRing("k2", {**ring.keys, "k2": bytes(range(32))}, ring.index_key)
    assert rotated.open(old, "p") == PHONE
    assert rotated.seal(PHONE, "p").startswith(b"k2|")


def test_digest_depends_on_key_kind_and_value(ring: KeyRing, tmp_path: Path) -> None:
    other = KeyRing.create(tmp_path / "other.keys")
    digests = {
        ring.digest("phone", PHONE),
        ring.digest("phone", "13900005678"),
        ring.digest("id", PHONE),
        other.digest("phone", PHONE),
    }
    assert len(digests) == 4
    assert ring.digest("phone", PHONE) == ring.digest("phone", PHONE)


def test_t06_a_sealed_column_holds_no_plain_text_in_the_database(db: SQLAlchemy) -> None:
    with transaction():
        account = make_account(organisation=make_organisation())
        account.phone = PHONE
    stored = bytes(db.session.scalar(sa.text("select phone_sealed from account")))
    assert PHONE.encode() not in stored
    db.session.expire_all()
    assert account.phone == PHONE
    assert digest_of("phone", PHONE) != PHONE
    assert digest_of("phone", "") is None


def test_b251_a_damaged_value_is_said_to_be_so_and_the_list_goes_on(
    db: SQLAlchemy, caplog: pytest.LogCaptureFixture
) -> None:
    with transaction():
        organisation = make_organisation()
        accounts = [make_account(organisation=organisation) for _ in range(3)]
        for account in accounts:
            account.phone = PHONE
    other = bytes(db.session.scalar(sa.select(Account.phone_sealed).where(Account.id == accounts[0].id)))
    with transaction():
        db.session.execute(sa.update(Account).where(Account.id == accounts[1].id).values(phone_sealed=other))
    shown = [account.phone for account in db.session.scalars(sa.select(Account).order_by(Account.id))]
    assert shown == [PHONE, DAMAGED, PHONE]
    assert f"account.phone_sealed.{accounts[1].public_id}" in caplog.text
    assert PHONE not in caplog.text


def test_b251_a_damaged_value_is_neither_written_nor_searched_for_nor_masked(db: SQLAlchemy) -> None:
    account = make_account(organisation=make_organisation())
    with pytest.raises(SealBroken):
        account.phone = DAMAGED
    with pytest.raises(SealBroken):
        account.phone = f'{{"phone": "{DAMAGED}"}}'
    with pytest.raises(SealBroken):
        digest_of("phone", DAMAGED)
    for mask in (mask_name, mask_phone, mask_id_number, mask_address, mask_bank_card):
        assert mask(DAMAGED) == DAMAGED


def test_sealed_columns_are_bound_to_rows_that_cannot_be_told_apart_by_chance(db: SQLAlchemy) -> None:
    """Every table with a sealed column has a public id to bind to, unique in the table."""
    for mapper in Base.registry.mappers:
        if any(isinstance(value, Sealed) for value in vars(mapper.class_).values()):
            assert mapper.local_table.c.public_id.unique, mapper.class_
