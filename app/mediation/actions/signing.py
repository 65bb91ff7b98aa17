"""Signing the closed record of a meeting: on the pad, on its print or not at all; the last one closes the paper."""

from collections.abc import Iterable
from datetime import date, datetime

from app.access.permissions import Actor
from app.audit.actions import record as log
from app.mediation.models import MediationRecord
from app.mediation.queries.meetings import get_record_paper
from app.signing import actions as signing
from app.signing.actions import WrittenScan
from app.signing.queries import missing_signers
from app.signing.rules import Manner


def sign_record(
    record: MediationRecord, key: str, strokes: str, *, shown_sha256: str, by: Actor, now: datetime
) -> bool:
    """Keep a hand signature; says whether it was the last one. Refuses other bytes than those shown."""
    signing.sign(get_record_paper(record), key, strokes, shown_sha256=shown_sha256, by=by, now=now)
    return finish_signing(record, by=by, now=now)


def sign_record_on_paper(
    record: MediationRecord,
    keys: Iterable[str],
    written: WrittenScan,
    *,
    signed_on: date,
    manner: Manner,
    by: Actor,
    now: datetime,
) -> bool:
    """Record who signed the print, as the scan shows; says whether these were the last ones."""
    paper = get_record_paper(record)
    scan = signing.add_scan(paper, written, by=by, now=now)
    for key in keys:
        signing.record_paper_signature(paper, key, scan=scan, signed_on=signed_on, manner=manner, by=by, now=now)
    return finish_signing(record, by=by, now=now)


def refuse_to_sign_record(record: MediationRecord, key: str, reason: str, *, by: Actor, now: datetime) -> bool:
    """Record that somebody does not sign, with his reason; says whether he was the last one."""
    signing.refuse_to_sign(get_record_paper(record), key, reason, by=by, now=now)
    return finish_signing(record, by=by, now=now)


def finish_signing(record: MediationRecord, *, by: Actor, now: datetime) -> bool:
    """Close the signed paper once everybody signed or refused with reason; says whether it did."""
    if record.paper is None or missing_signers(record.paper, refusal_settles=True):
        return False
    signing.close_signed_revision(record.paper, by=by, now=now)
    log(by, "record.signed", record)
    return True
