"""The electronic seal over a finished file: PAdES B-B with an EC P-256 key, and what a check of it must find.

After sealing only this signature may follow the bytes: the check fails for any changed byte and any later update.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

FIELD_NAME = "Seal"
CHUNK_BYTES = 1 << 20


@dataclass(frozen=True)
class SealCheck:
    """What a sealed file proves.

    `intact` is the bottom line: signature good, signer trusted, nothing changed, nothing appended.
    """

    intact: bool
    covers_whole_file: bool
    signer: str
    signed_at: datetime | None


NO_SEAL = SealCheck(intact=False, covers_whole_file=False, signer="", signed_at=None)


def seal_pdf(pdf: bytes, *, certificate: bytes, key: bytes, reason: str, signed_at: datetime) -> bytes:
    """`pdf` with an invisible certifying signature appended; certificate and key as PEM, `signed_at` aware."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415 - slow to import

    signer = _sealer(certificate, key, reason, signed_at)
    sealed: BytesIO = signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)))
    return sealed.getvalue()


def seal_pdf_file(path: Path, *, certificate: bytes, key: bytes, reason: str, signed_at: datetime) -> None:
    """Append the same signature to a file where it lies, however large it is, without reading it into memory."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415

    signer = _sealer(certificate, key, reason, signed_at)
    with path.open("r+b") as file:
        signer.sign_pdf(IncrementalPdfFileWriter(file), in_place=True, chunk_size=CHUNK_BYTES)


def _sealer(certificate: bytes, key: bytes, reason: str, signed_at: datetime) -> Any:
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter  # noqa: PLC0415
    from pyhanko.sign.signers import PdfSignatureMetadata  # noqa: PLC0415

    metadata = PdfSignatureMetadata(
        field_name=FIELD_NAME,
        md_algorithm="sha256",
        reason=reason,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
    )
    return _pdf_signer_class()(metadata, _signer(certificate, key), signed_at)


def verify_sealed_pdf(pdf: bytes, trusted_certificates: Iterable[bytes]) -> SealCheck:
    """Check the seal of a file against the certificates (PEM) that may seal; never raises for a damaged file."""
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    try:
        signatures = PdfFileReader(BytesIO(pdf)).embedded_signatures
        if len(signatures) != 1:
            return NO_SEAL
        if not _is_container_as_written(pdf, signatures[0]):
            return NO_SEAL
        return _check(signatures[0], trusted_certificates)
    except Exception:
        # A damaged file can break the parser anywhere; whatever it is, the seal does not hold.
        return NO_SEAL


def make_demo_certificate(name: str) -> tuple[bytes, bytes]:
    """A key and a certificate that vouches for itself, as PEM, for demonstration and tests only."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2050, 1, 1, tzinfo=UTC))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    key_pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return key_pem, certificate.public_bytes(serialization.Encoding.PEM)


def _check(signature: Any, trusted_certificates: Iterable[bytes]) -> SealCheck:
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    roots = [_certificate(pem) for pem in trusted_certificates]
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    status = validate_pdf_signature(signature, context)
    whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    return SealCheck(
        intact=bool(status.bottom_line) and whole,
        covers_whole_file=whole,
        signer=str(status.signing_cert.subject.native.get("common_name", "")),
        signed_at=status.signer_reported_dt,
    )


def _is_container_as_written(pdf: bytes, signature: Any) -> bool:
    # The signature cannot cover its own container, so its spelling is compared: capital digits, zeros behind.
    from asn1crypto.parser import peek  # noqa: PLC0415

    start, length, end, _ = (int(number) for number in signature.byte_range)
    digits = pdf[start + length + 1 : end - 1]
    container = bytes.fromhex(digits.decode("ascii"))
    size = peek(container)
    return digits == container.hex().upper().encode() and not any(container[size:])


def _signer(certificate: bytes, key: bytes) -> Any:
    from asn1crypto.keys import PrivateKeyInfo  # noqa: PLC0415
    from pyhanko.sign.signers import SimpleSigner  # noqa: PLC0415
    from pyhanko_certvalidator.registry import SimpleCertificateStore  # noqa: PLC0415

    private = serialization.load_pem_private_key(key, password=None).private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return SimpleSigner(
        signing_cert=_certificate(certificate),
        signing_key=PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),
    )


def _certificate(pem: bytes) -> Any:
    from asn1crypto.x509 import Certificate  # noqa: PLC0415

    return Certificate.load(x509.load_pem_x509_certificate(pem).public_bytes(serialization.Encoding.DER))


def _pdf_signer_class() -> Any:
    from pyhanko.sign.signers import PdfSigner  # noqa: PLC0415

    class DatedSigner(PdfSigner):
        """Signs with the moment it is handed instead of asking the system."""

        def __init__(self, metadata: Any, signer: Any, signed_at: datetime) -> None:
            super().__init__(metadata, signer)
            self._signed_at = signed_at

        def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
            session = super().init_signing_session(pdf_out, existing_fields_only)
            session.system_time = self._signed_at
            return session

    return DatedSigner
