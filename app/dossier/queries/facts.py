"""What the index asks of a case: outcome, referral, proxies, court; the proposed title and retention."""

import sqlalchemy as sa

from app.agreements.models import Agreement, Confirmation
from app.agreements.rules import AgreementForm, AgreementStatus, ConfirmationStatus
from app.dossier.rules import CaseFacts, Outcome, Retention, propose_retention
from app.extensions import db
from app.law.dispute_types import DISPUTE_TYPES
from app.matters.models import Party, Proxy
from app.matters.rules import PartySide
from app.mediation.models import CaseParty, MediationCase
from app.mediation.rules import CaseSource, CaseStatus

EFFECTIVE = (AgreementStatus.EFFECTIVE, AgreementStatus.REPLACED)
COURT_DECIDED = (ConfirmationStatus.CONFIRMED, ConfirmationStatus.REJECTED)


def case_facts(case: MediationCase) -> CaseFacts:
    """The case as the rules of completeness see it."""
    proxies = sa.select(Proxy.id).join(CaseParty, CaseParty.party_id == Proxy.party_id)
    return CaseFacts(
        outcome=_outcome(case),
        is_referred=case.source is CaseSource.REFERRED_IN,
        has_proxies=_exists(proxies.where(CaseParty.case_id == case.id)),
        is_court_decided=_has_confirmation(case, *COURT_DECIDED),
    )


def proposed_retention(case: MediationCase) -> Retention:
    """The retention the rules propose for this case (R-ARCH-02)."""
    oral = sa.select(Agreement.id).where(
        Agreement.case_id == case.id, Agreement.form == AgreementForm.ORAL, Agreement.is_performed_at_once
    )
    return propose_retention(
        is_oral_and_performed=_outcome(case) is Outcome.ORAL and _exists(oral),
        is_group=case.matter.visit.is_collective,
        is_confirmed=_has_confirmation(case, ConfirmationStatus.CONFIRMED),
    )


def default_title(case: MediationCase) -> str:
    """卷名: the sides and the kind of dispute."""
    sides = [_side(case, PartySide.PETITIONER), _side(case, PartySide.RESPONDENT)]
    kind = DISPUTE_TYPES.get(case.dispute_type, "")
    return f"{'与'.join(side for side in sides if side)}{kind}纠纷"


def _side(case: MediationCase, side: PartySide) -> str:
    statement = sa.select(Party).join(CaseParty, CaseParty.party_id == Party.id)
    statement = statement.where(CaseParty.case_id == case.id, Party.side == side)
    first = db.session.scalar(statement.order_by(Party.position, Party.id).limit(1))
    if first is None:
        return ""
    count = db.session.scalar(sa.select(sa.func.count()).select_from(statement.subquery())) or 1
    return f"{first.name}等{count}人" if count > 1 else first.name


def _outcome(case: MediationCase) -> Outcome:
    if case.status is CaseStatus.ENDED:
        return Outcome.ENDED
    if case.status is not CaseStatus.AGREED:
        return Outcome.OPEN
    written = sa.select(Agreement.id).where(
        Agreement.case_id == case.id, Agreement.form == AgreementForm.WRITTEN, Agreement.status.in_(EFFECTIVE)
    )
    oral = sa.select(Agreement.id).where(
        Agreement.case_id == case.id, Agreement.form == AgreementForm.ORAL, Agreement.status.in_(EFFECTIVE)
    )
    return Outcome.ORAL if _exists(oral) and not _exists(written) else Outcome.WRITTEN


def _has_confirmation(case: MediationCase, *statuses: ConfirmationStatus) -> bool:
    statement = sa.select(Confirmation.id).join(Confirmation.agreement)
    return _exists(statement.where(Agreement.case_id == case.id, Confirmation.status.in_(statuses)))


def _exists(statement: sa.Select[int]) -> bool:
    return bool(db.session.scalar(sa.select(statement.exists())))
