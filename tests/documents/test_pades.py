"""The electronic seal: what it proves, and that every later change is found (F29)."""

import random
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from app.documents.rendering.pades import make_demo_certificate, seal_pdf, verify_sealed_pdf

SIGNED_AT = datetime(2025, 7, 1, 8, 30, tzinfo=UTC)
NAME = "滨澜区矛调中心人民调解委员会"
KEY, CERTIFICATE = make_demo_certificate(NAME)


def _plain_pdf() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    target = BytesIO()
    pdf.save(target, deterministic_id=True)
    return target.getvalue()


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return seal_pdf(_plain_pdf(), certificate=CERTIFICATE, key=KEY, reason="加盖印章", signed_at=SIGNED_AT)


def test_seal_when_untouched_is_intact_and_names_signer_and_time(sealed: bytes) -> None:
    check = verify_sealed_pdf(sealed, [CERTIFICATE])

    assert check.intact
    assert check.covers_whole_file
    assert check.signer == NAME
    assert check.signed_at == SIGNED_AT


def test_seal_when_applied_only_appends(sealed: bytes) -> None:
    assert sealed.startswith(_plain_pdf())


def test_seal_when_certificate_is_not_trusted_is_not_intact(sealed: bytes) -> None:
    _, other = make_demo_certificate("别的单位")

    assert not verify_sealed_pdf(sealed, [other]).intact


def test_seal_when_another_key_takes_the_same_name_is_not_intact() -> None:
    key, certificate = make_demo_certificate(NAME)
    forged = seal_pdf(_plain_pdf(), certificate=certificate, key=key, reason="冒充", signed_at=SIGNED_AT)

    assert not verify_sealed_pdf(forged, [CERTIFICATE]).intact


@pytest.mark.parametrize("seed", range(40))
def test_f29_seal_when_one_bit_is_flipped_is_not_intact(sealed: bytes, seed: int) -> None:
    chance = random.Random(seed)
    damaged = bytearray(sealed)
    damaged[chance.randrange(len(sealed))] ^= 1 << chance.randrange(8)

    assert not verify_sealed_pdf(bytes(damaged), [CERTIFICATE]).intact


def test_f29_seal_when_an_update_is_appended_is_not_intact(sealed: bytes) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(sealed))
    writer.root["/Lang"] = generic.pdf_string("en")
    writer.update_root()
    target = BytesIO()
    writer.write(target)

    check = verify_sealed_pdf(target.getvalue(), [CERTIFICATE])

    assert not check.covers_whole_file
    assert not check.intact


def test_f29_seal_when_its_container_is_spelled_otherwise_is_not_intact(sealed: bytes) -> None:
    start = sealed.index(b"/Contents <") + len(b"/Contents <")
    end = sealed.index(b">", start)
    lower = sealed[:start] + sealed[start:end].lower() + sealed[end:]
    padded = sealed[: end - 1] + b"1" + sealed[end:]

    assert not verify_sealed_pdf(lower, [CERTIFICATE]).intact
    assert not verify_sealed_pdf(padded, [CERTIFICATE]).intact


@pytest.mark.parametrize("junk", [b"", b"not a pdf", _plain_pdf()])
def test_seal_when_there_is_none_is_not_intact(junk: bytes) -> None:
    assert not verify_sealed_pdf(junk, [CERTIFICATE]).intact


def test_seal_when_bytes_follow_the_end_is_not_intact(sealed: bytes) -> None:
    assert not verify_sealed_pdf(sealed + b"\n%more\n", [CERTIFICATE]).intact
