"""Which agreements of a roster still wait for a mediator's own signature, or for the company's."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, joinedload

from app.agreements.models import Agreement
from app.agreements.rules.states import SIGNABLE
from app.collective.models import Claimant, Roster, SettlementAgreement
from app.collective.queries.settlement import PAYEE, PAYER
from app.extensions import db
from app.signing.models import Signature, SigningRound, SigningSlot
from app.signing.rules import Manner


@dataclass(frozen=True)
class ToCountersign:
    """One agreement with the place that waits, who is to sign there, and the digest of what is shown."""

    link: SettlementAgreement
    key: str
    name: str
    sha256: str


def list_to_countersign(roster: Roster, account_id: int | None, *, limit: int) -> list[ToCountersign]:
    """The first ones in roster order: of this mediator after the claimant signed, or of the company (None)."""
    of_whom = SigningSlot.key == PAYER if account_id is None else SigningSlot.account_id == account_id
    statement = (
        sa.select(SettlementAgreement, SigningSlot)
        .join(SettlementAgreement.agreement)
        .join(SettlementAgreement.claimant)
        .join(SigningRound, SigningRound.paper_id == Agreement.paper_id)
        .join(SigningSlot, SigningSlot.round_id == SigningRound.id)
        .where(
            Claimant.roster_id == roster.id,
            Agreement.status.in_(SIGNABLE),
            of_whom,
            SigningSlot.id.not_in(_signed()),
            sa.true() if account_id is None else ~_waits_for_claimant(),
        )
        .options(
            contains_eager(SettlementAgreement.claimant).joinedload(Claimant.party),
            contains_eager(SettlementAgreement.agreement).joinedload(Agreement.paper),
            joinedload(SettlementAgreement.settlement),
        )
        .order_by(Claimant.position)
        .limit(limit)
    )
    rows = ((link, slot, link.agreement.paper) for link, slot in db.session.execute(statement))
    return [
        ToCountersign(link, slot.key, slot.name, paper.latest.sha256)
        for link, slot, paper in rows
        if paper is not None and paper.is_ready and paper.latest is not None
    ]


def _signed() -> "sa.Select[int]":
    return sa.select(Signature.slot_id).where(Signature.manner != Manner.REFUSED)


def _waits_for_claimant() -> sa.Exists:
    place = aliased(SigningSlot)
    return (
        sa.select(place.id)
        .where(
            place.round_id == SigningRound.id,
            sa.or_(place.key == PAYEE, place.key.startswith(f"{PAYEE}-")),
            place.id.not_in(_signed()),
        )
        .correlate(SigningRound)
        .exists()
    )
