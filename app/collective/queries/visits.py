"""Which follow-up visits of a roster are due, one line a claimant (R-MED-22)."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from app.agreements.models import Agreement, AgreementParty, FollowUpVisit
from app.agreements.rules import AgreementStatus
from app.collective.models import Claimant, Roster, SettlementAgreement
from app.extensions import db

PAGE = 50


@dataclass(frozen=True)
class DueVisit:
    """The earliest visit of one claimant that is due and not made; recording it settles what else is due by then."""

    claimant: Claimant
    visit: FollowUpVisit


def list_due_visits(roster: Roster, *, until: date, after: int = 0) -> list[DueVisit]:
    """The claimants after a position with a visit due by that day, in roster order; one more than a page, if any."""
    first_due = (
        sa.select(sa.func.min(FollowUpVisit.id))
        .where(FollowUpVisit.is_open, FollowUpVisit.due_on <= until)
        .group_by(FollowUpVisit.agreement_id)
    )
    statement = (
        sa.select(Claimant, FollowUpVisit)
        .join(SettlementAgreement, SettlementAgreement.claimant_id == Claimant.id)
        .join(Agreement, SettlementAgreement.agreement_id == Agreement.id)
        .join(FollowUpVisit, FollowUpVisit.agreement_id == Agreement.id)
        .join(Claimant.party)
        .where(
            Claimant.roster_id == roster.id,
            Claimant.position > after,
            Agreement.status == AgreementStatus.EFFECTIVE,
            FollowUpVisit.id.in_(first_due),
        )
        .options(
            contains_eager(Claimant.party),
            contains_eager(FollowUpVisit.agreement).selectinload(Agreement.parties).joinedload(AgreementParty.party),
        )
        .order_by(Claimant.position)
    )
    rows = db.session.execute(statement.limit(PAGE + 1)).all()
    return [DueVisit(claimant, visit) for claimant, visit in rows]
