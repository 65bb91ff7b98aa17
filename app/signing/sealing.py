"""With which certificate the centre closes a signed paper electronically, and where it is kept.

In production certificate and key are files of the operator (`seal.crt`, `seal.key` in the data folder, or the paths of
`APP_SEAL_CERTIFICATE` and `APP_SEAL_KEY`); demonstrations and tests make a pair of their own at first need.
"""

import hashlib
import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from flask import current_app

from app.documents.rendering.engine import RenderedPaper
from app.documents.rendering.pades import SealCheck, make_demo_certificate, seal_pdf, seal_pdf_file, verify_sealed_pdf
from app.errors import Unavailable
from config import Settings

REASON = "文书签署完毕"
DEMO_NAME = "访调通演示电子印章（仅供演示）"


def seal_electronically(rendered: RenderedPaper, *, at: datetime) -> RenderedPaper:
    """The rendered paper with the centre's PAdES signature; every call gives other bytes."""
    certificate, key = _pair()
    pdf = seal_pdf(rendered.pdf, certificate=certificate, key=key, reason=REASON, signed_at=at)
    return replace(rendered, pdf=pdf, sha256=hashlib.sha256(pdf).hexdigest())


def seal_file(path: Path, *, reason: str, at: datetime) -> None:
    """Append the centre's PAdES signature to a large file where it lies."""
    certificate, key = _pair()
    seal_pdf_file(path, certificate=certificate, key=key, reason=reason, signed_at=at)


def check_can_seal() -> None:
    """Refuse (Unavailable) where the operator has not put a certificate in place."""
    _pair()


def check_seal(pdf: bytes) -> SealCheck:
    """What the electronic seal of a file proves against the centre's certificate."""
    return verify_sealed_pdf(pdf, [_pair()[0]])


def _pair() -> tuple[bytes, bytes]:
    settings: Settings = current_app.config["SETTINGS"]
    certificate, key = settings.seal_certificate_file, settings.seal_key_file
    if not settings.is_production and not certificate.exists():
        _make_pair(certificate, key)
    try:
        return certificate.read_bytes(), key.read_bytes()
    except OSError as error:
        raise Unavailable("电子印章的证书还没有配置好，现在不能盖章。请通知管理员。") from error


def _make_pair(certificate: Path, key: Path) -> None:
    """Write the pair so that a second process at the same moment keeps the first one's: the certificate comes last."""
    key_pem, certificate_pem = make_demo_certificate(DEMO_NAME)
    certificate.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "wb") as file:
        file.write(key_pem)
    temporary = certificate.with_suffix(".part")
    temporary.write_bytes(certificate_pem)
    temporary.rename(certificate)
