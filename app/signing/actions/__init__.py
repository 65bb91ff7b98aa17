"""The acts on a paper that is signed, one topic a file.

A signature binds to the bytes that were shown; nothing is signed or changed after the seal (INV-21, INV-24).
"""

from app.signing.actions.closing import (
    close_signed_revision,
    finish_signed_revisions,
    finish_signed_revisions_of,
    put_seal,
)
from app.signing.actions.rounds import cancel_signing, open_signing
from app.signing.actions.scans import WrittenScan, add_scan, discard_scan, write_scan
from app.signing.actions.taking import check_identity, current_digest, record_paper_signature, refuse_to_sign, sign

__all__ = [
    "WrittenScan",
    "add_scan",
    "cancel_signing",
    "check_identity",
    "close_signed_revision",
    "current_digest",
    "discard_scan",
    "finish_signed_revisions",
    "finish_signed_revisions_of",
    "open_signing",
    "put_seal",
    "record_paper_signature",
    "refuse_to_sign",
    "sign",
    "write_scan",
]
