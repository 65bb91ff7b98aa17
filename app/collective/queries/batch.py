"""Reading the agreements made of a model: whose they are, how far they are, who signs again, what was sealed."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, joinedload

from app.agreements.models import Agreement
from app.agreements.rules import AgreementStatus
from app.collective.models import Claimant, ModelSettlement, Roster, SealBatch, SettlementAgreement
from app.documents.models import IssuedPaper
from app.extensions import db
from app.jobs.models import Job

SIGNED_BY_SOMEBODY = frozenset({AgreementStatus.SIGNING, AgreementStatus.SIGNED, AgreementStatus.EFFECTIVE})


@dataclass(frozen=True)
class Made:
    """How far the agreements of one version are."""

    wanted: int
    numbered: int
    rendered: int
    total_fen: int


def list_links(settlement: ModelSettlement, *, street: str | None = None) -> list[SettlementAgreement]:
    """The agreements of this version with claimant and paper, in roster order."""
    statement = (
        sa.select(SettlementAgreement)
        .join(SettlementAgreement.claimant)
        .join(SettlementAgreement.agreement)
        .where(SettlementAgreement.settlement_id == settlement.id)
        .options(
            contains_eager(SettlementAgreement.claimant).joinedload(Claimant.party),
            contains_eager(SettlementAgreement.agreement).joinedload(Agreement.paper),
        )
        .order_by(Claimant.position)
    )
    if street is not None:
        statement = statement.where(Claimant.street == street)
    return list(db.session.scalars(statement))


def find_link(settlement: ModelSettlement, claimant: Claimant) -> SettlementAgreement | None:
    """The claimant's agreement of this version."""
    return db.session.scalar(
        sa.select(SettlementAgreement).filter_by(settlement_id=settlement.id, claimant_id=claimant.id)
    )


def list_links_of(claimant: Claimant) -> list[SettlementAgreement]:
    """The agreements of one claimant of every version that are neither void nor replaced, oldest first."""
    over = (AgreementStatus.VOID, AgreementStatus.REPLACED)
    statement = (
        sa.select(SettlementAgreement)
        .join(SettlementAgreement.agreement)
        .where(SettlementAgreement.claimant_id == claimant.id, Agreement.status.not_in(over))
        .options(contains_eager(SettlementAgreement.agreement))
        .order_by(SettlementAgreement.id)
    )
    return list(db.session.scalars(statement))


def list_unrendered(settlement: ModelSettlement) -> list[int]:
    """The papers of this version whose bytes are still to be made, in the order of their numbers."""
    return list(db.session.scalars(_papers(settlement).where(~IssuedPaper.is_rendered)))


def papers_in_the_making() -> frozenset[int]:
    """The papers without bytes that an open job of printing is going to make; one that ended makes none any more."""
    statement = (
        sa.select(Agreement.paper_id)
        .join(SettlementAgreement, SettlementAgreement.agreement_id == Agreement.id)
        .join(SettlementAgreement.settlement)
        .join(ModelSettlement.job)
        .join(Agreement.paper)
        .where(Job.is_open, ~IssuedPaper.is_rendered)
    )
    return frozenset(paper_id for paper_id in db.session.scalars(statement) if paper_id is not None)


def papers_being_sealed() -> frozenset[int]:
    """The papers of the batches on which an open job puts the seal; it makes their signed revisions too."""
    statement = (
        sa.select(Agreement.paper_id)
        .join(SettlementAgreement, SettlementAgreement.agreement_id == Agreement.id)
        .join(SettlementAgreement.batch)
        .join(SealBatch.job)
        .where(Job.is_open)
    )
    return frozenset(paper_id for paper_id in db.session.scalars(statement) if paper_id is not None)


def made_of(settlement: ModelSettlement, wanted: int) -> Made:
    """How many agreements of this version have their number, how many their bytes, and their sum."""
    statement = (
        sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(Agreement.total_fen), 0))
        .select_from(SettlementAgreement)
        .join(SettlementAgreement.agreement)
        .where(SettlementAgreement.settlement_id == settlement.id)
    )
    count, total = db.session.execute(statement).one()
    rendered = _papers(settlement).where(IssuedPaper.is_rendered).with_only_columns(sa.func.count()).order_by(None)
    return Made(wanted, int(count or 0), db.session.scalar(rendered) or 0, int(total or 0))


def list_to_sign_again(settlement: ModelSettlement) -> list[SettlementAgreement]:
    """Agreements of earlier versions that somebody signed and this version has not replaced yet, in roster order."""
    later = aliased(SettlementAgreement)
    of_later = aliased(Agreement)
    done = (
        sa.select(later.id)
        .join(of_later, of_later.id == later.agreement_id)
        .where(
            later.claimant_id == SettlementAgreement.claimant_id,
            later.settlement_id == settlement.id,
            of_later.status.in_((AgreementStatus.SIGNED, AgreementStatus.EFFECTIVE)),
        )
        .correlate(SettlementAgreement)
    )
    statement = (
        sa.select(SettlementAgreement)
        .join(SettlementAgreement.settlement)
        .join(SettlementAgreement.agreement)
        .join(SettlementAgreement.claimant)
        .where(
            ModelSettlement.roster_id == settlement.roster_id,
            ModelSettlement.number < settlement.number,
            Agreement.status.in_(SIGNED_BY_SOMEBODY),
            ~done.exists(),
        )
        .options(
            contains_eager(SettlementAgreement.settlement),
            contains_eager(SettlementAgreement.agreement),
            contains_eager(SettlementAgreement.claimant).joinedload(Claimant.party),
        )
        .order_by(Claimant.position, ModelSettlement.number)
    )
    return list(db.session.scalars(statement))


def list_ready_to_seal(roster: Roster) -> list[SettlementAgreement]:
    """The agreements everybody signed and no later one of the same claimant stands beside, in roster order."""
    statement = (
        sa.select(SettlementAgreement)
        .join(SettlementAgreement.agreement)
        .join(SettlementAgreement.claimant)
        .where(
            Claimant.roster_id == roster.id,
            Agreement.status == AgreementStatus.SIGNED,
            SettlementAgreement.id.in_(
                sa.select(sa.func.max(SettlementAgreement.id)).group_by(SettlementAgreement.claimant_id)
            ),
        )
        .order_by(Claimant.position)
    )
    return list(db.session.scalars(statement))


def list_batches(roster: Roster) -> list[tuple[SealBatch, int, int]]:
    """The sealed batches, oldest first, each with how many agreements it holds and their sum in fen."""
    statement = (
        sa.select(SealBatch, sa.func.count(SettlementAgreement.id), sa.func.sum(Agreement.total_fen))
        .join(SettlementAgreement, SettlementAgreement.batch_id == SealBatch.id)
        .join(SettlementAgreement.agreement)
        .where(SealBatch.roster_id == roster.id)
        .group_by(SealBatch.id)
        .order_by(SealBatch.number)
        .options(joinedload(SealBatch.sealer))
    )
    return [(batch, count, int(total or 0)) for batch, count, total in db.session.execute(statement)]


def list_links_of_batch(batch: SealBatch) -> list[SettlementAgreement]:
    """The agreements of one sealed batch, in roster order."""
    statement = (
        sa.select(SettlementAgreement)
        .join(SettlementAgreement.claimant)
        .where(SettlementAgreement.batch_id == batch.id)
        .options(contains_eager(SettlementAgreement.claimant), joinedload(SettlementAgreement.agreement))
        .order_by(Claimant.position)
    )
    return list(db.session.scalars(statement))


def last_effective_day(roster: Roster) -> date | None:
    """The day on which the last of the roster's agreements took effect."""
    statement = (
        sa.select(sa.func.max(Agreement.effective_on))
        .select_from(SettlementAgreement)
        .join(SettlementAgreement.agreement)
        .join(SettlementAgreement.claimant)
        .where(Claimant.roster_id == roster.id, Agreement.status == AgreementStatus.EFFECTIVE)
    )
    return db.session.scalar(statement)


def _papers(settlement: ModelSettlement) -> "sa.Select[int]":
    return (
        sa.select(IssuedPaper.id)
        .join(Agreement, Agreement.paper_id == IssuedPaper.id)
        .join(SettlementAgreement, SettlementAgreement.agreement_id == Agreement.id)
        .where(SettlementAgreement.settlement_id == settlement.id)
        .order_by(IssuedPaper.id)
    )
