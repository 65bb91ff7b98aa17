"""Taking the parties' signatures on a mediation statement: on the pad after a look at the document, or on paper."""

from datetime import date, datetime

from app.access.permissions import Actor
from app.errors import RuleViolation
from app.remedies.actions.concluding import statement_of
from app.remedies.models import ReconsiderationCase
from app.remedies.rules import CaseAct
from app.remedies.rules.reconsidering import FY
from app.remedies.rules.states import next_status
from app.signing import actions as signing
from app.signing.actions import WrittenScan
from app.signing.models import Signature, SigningSlot
from app.signing.queries import get_slot
from app.signing.rules import Manner

ARTICLE = f"{FY}第七十三条"


def check_signer(case: ReconsiderationCase, key: str, document: str, *, by: Actor, now: datetime) -> SigningSlot:
    """Record which document was compared with the person who is about to sign."""
    next_status(case.status, CaseAct.CONCLUDE_MEDIATION)
    return signing.check_identity(statement_of(case), key, document, by=by, now=now)


def sign_statement(
    case: ReconsiderationCase, key: str, strokes: str, *, shown_sha256: str, by: Actor, now: datetime
) -> Signature:
    """Keep a party's hand signature from the pad; refused before its document was looked at."""
    next_status(case.status, CaseAct.CONCLUDE_MEDIATION)
    paper = statement_of(case)
    slot = get_slot(paper, key)
    if slot.identity_checked_at is None:
        raise RuleViolation(f"请先核对{slot.name}的身份证件，再签名。依据{ARTICLE}", article=ARTICLE, rule="R-RECON-15")
    return signing.sign(paper, key, strokes, shown_sha256=shown_sha256, by=by, now=now)


def record_statement_on_paper(
    case: ReconsiderationCase,
    keys: tuple[str, ...],
    written: WrittenScan,
    *,
    document: str,
    signed_on: date,
    manner: Manner,
    by: Actor,
    now: datetime,
) -> None:
    """Record who signed or sealed the printed statement, as the scan shows."""
    next_status(case.status, CaseAct.CONCLUDE_MEDIATION)
    paper = statement_of(case)
    for key in keys:
        signing.check_identity(paper, key, document, by=by, now=now)
    scan = signing.add_scan(paper, written, by=by, now=now)
    for key in keys:
        signing.record_paper_signature(paper, key, scan=scan, signed_on=signed_on, manner=manner, by=by, now=now)
