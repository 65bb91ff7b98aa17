"""What the screening of a matter rests on: the answers kept, and each side's word on mediation."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.extensions import db
from app.matters.models import Matter, Party, Screening
from app.matters.rules import ConsentDecision, PartySide
from app.matters.rules.entering import SideAnswer, has_all_consents, has_refusal
from app.matters.rules.screening import ConsentState, ScreeningCase


def find_screening(matter_id: int) -> Screening | None:
    """The newest screening of the matter, decided or not."""
    statement = sa.select(Screening).where(Screening.matter_id == matter_id)
    return db.session.scalar(statement.order_by(Screening.id.desc()).limit(1))


def list_parties(matter_id: int) -> list[Party]:
    """The parties in order, with their consents and proxies."""
    statement = (
        sa.select(Party)
        .where(Party.matter_id == matter_id)
        .options(selectinload(Party.consents), selectinload(Party.proxies))
        .order_by(Party.position, Party.id)
    )
    return list(db.session.scalars(statement))


def answers_of_sides(parties: Sequence[Party]) -> list[SideAnswer]:
    """What every party said to mediation."""
    return [SideAnswer(party.name, party.side, party.consent) for party in parties]


def case_of(matter: Matter, screening: Screening | None, parties: Sequence[Party] | None = None) -> ScreeningCase:
    """All that a proposed route rests on."""
    sides = answers_of_sides(parties if parties is not None else list_parties(matter.id))
    agreed = sum(side.decision is ConsentDecision.CONSENTED for side in sides)
    return ScreeningCase(
        kind=matter.kind,
        answers=dict(screening.answers) if screening else {},
        dispute_type=matter.dispute_type,
        consent=_consent_state(sides, is_collective=matter.visit.is_collective),
        consent_text=f"{len(sides)} 方中 {agreed} 方同意",
    )


def _consent_state(sides: Sequence[SideAnswer], *, is_collective: bool) -> ConsentState:
    if has_all_consents(sides, is_collective=is_collective):
        return ConsentState.ALL_AGREED
    opponents_refuse = has_refusal(side for side in sides if side.side is not PartySide.PETITIONER)
    petitioners_refuse = has_refusal(side for side in sides if side.side is PartySide.PETITIONER)
    if opponents_refuse or (petitioners_refuse and not is_collective):
        return ConsentState.REFUSED
    return ConsentState.NOT_ASKED
