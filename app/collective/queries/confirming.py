"""Reading a sealed batch for judicial confirmation: who may apply, why another may not, what the court answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, selectinload

from app.agreements.actions import CourtChoice, check_may_apply
from app.agreements.models import Agreement, AgreementParty, Confirmation
from app.agreements.queries import find_open_confirmation, is_court_of_place, list_courts
from app.agreements.queries.confirmations import find_confirmation_target
from app.agreements.rules import ConfirmationStatus, CourtGround
from app.collective.models import Claimant, SealBatch, SettlementAgreement
from app.documents.queries import list_papers_of_many
from app.errors import NotFound, RuleViolation
from app.extensions import db
from app.people.models import Organisation

ORDER = ("confirmation_application", "confirmation_materials")


@dataclass(frozen=True)
class ConfirmationRow:
    """One agreement of a batch: its application, or why it can have none."""

    link: SettlementAgreement
    application: Confirmation | None
    reason: str

    @property
    def may_apply(self) -> bool:
        """Nothing stands against a joint application."""
        return self.application is None and not self.reason

    @property
    def is_waiting(self) -> bool:
        """The court has not answered yet."""
        return self.application is not None and self.application.status is ConfirmationStatus.APPLIED


@dataclass(frozen=True)
class Window:
    """The two dates of a batch: the last day by law, and the one the office means to keep (R-JC-01)."""

    effective_on: date | None
    legal_due_on: date | None
    target_on: date | None


def get_seal_batch(public_id: str) -> SealBatch:
    """The sealed batch with this public id; NotFound otherwise."""
    found = db.session.scalar(sa.select(SealBatch).filter_by(public_id=public_id))
    if found is None:
        raise NotFound("没有这一批盖章的协议，或者它不归您看。")
    return found


def list_to_confirm(batch: SealBatch, court: CourtChoice, *, applied_on: date, today: date) -> list[ConfirmationRow]:
    """The agreements of a batch in roster order, each with its application or what stands against one (INV-26)."""
    known = list_courts()
    return [_row(link, court, known, applied_on, today) for link in _links(batch)]


def reason_against(
    link: SettlementAgreement,
    court: CourtChoice,
    *,
    known_courts: Sequence[Organisation],
    respondent_applies: bool,
    applied_on: date,
    today: date,
) -> str:
    """Why no joint application of this agreement can be made; '' if it can."""
    try:
        check_may_apply(
            link.agreement,
            court,
            known_courts=known_courts,
            applicants=applicants_of(link, respondent_applies=respondent_applies),
            applied_on=applied_on,
            today=today,
        )
    except RuleViolation as refusal:
        return refusal.message
    return ""


def applicants_of(link: SettlementAgreement, *, respondent_applies: bool) -> frozenset[str]:
    """The keys of those who apply: the claimant, and the other side if it joins."""
    others = link.settlement.roster.respondent_id
    return frozenset(row.key for row in link.agreement.parties if respondent_applies or row.party_id != others)


def courts_for(batch: SealBatch) -> list[Organisation]:
    """The courts to choose from; for labour only the basic court of the committee's own place (R-JC-03)."""
    case = _first(batch).case
    known = list_courts()
    of_place = [court for court in known if is_court_of_place(court, case.committee)]
    return of_place if case.is_labour and of_place else [*of_place, *(c for c in known if c not in of_place)]


def grounds_for(batch: SealBatch) -> tuple[CourtGround, ...]:
    """Why a court may be competent; labour agreements have one ground only (R-JC-03)."""
    return (CourtGround.COMMITTEE_PLACE,) if _first(batch).case.is_labour else tuple(CourtGround)


def usual_court(batch: SealBatch) -> CourtChoice:
    """The first court to choose from; before one is named that of the committee's place."""
    found = next(iter(courts_for(batch)), None)
    return CourtChoice(found.name if found else "", CourtGround.COMMITTEE_PLACE, found)


def window_of(batch: SealBatch) -> Window:
    """Effect, last day by law and target of the batch; all of its agreements took effect on one day."""
    first = _first(batch)
    return Window(first.effective_on, first.window_ends_on, find_confirmation_target(first))


def packets_of(rows: Sequence[ConfirmationRow]) -> dict[int, str]:
    """The papers for the court in roster order, each with the name of its file: application, materials, agreement.

    NotFound while one of them is still being made.
    """
    found: dict[int, str] = {}
    of_application = list_papers_of_many(
        "judicial_confirmation", [row.application.id for row in rows if row.application is not None]
    )
    for row in rows:
        if row.application is None or row.link.agreement.paper is None:
            continue
        of_type = {paper.type_name: paper for paper in of_application.get(row.application.id, ())}
        papers = [*(of_type[name] for name in ORDER if name in of_type), row.link.agreement.paper]
        if not all(paper.is_ready for paper in papers):
            raise NotFound("申请材料还在生成，请过一会儿再下载。")
        stem = f"{row.link.claimant.position:04}-{row.link.agreement.paper.n:03}"
        found.update({paper.id: f"{stem}/{place}.pdf" for place, paper in enumerate(papers, start=1)})
    return found


def _row(
    link: SettlementAgreement, court: CourtChoice, known: Sequence[Organisation], applied_on: date, today: date
) -> ConfirmationRow:
    application = find_open_confirmation(link.agreement)
    if application is not None:
        return ConfirmationRow(link, application, "")
    reason = reason_against(
        link, court, known_courts=known, respondent_applies=True, applied_on=applied_on, today=today
    )
    return ConfirmationRow(link, None, reason)


def _first(batch: SealBatch) -> Agreement:
    statement = (
        sa.select(Agreement)
        .join(SettlementAgreement, SettlementAgreement.agreement_id == Agreement.id)
        .where(SettlementAgreement.batch_id == batch.id)
        .order_by(Agreement.effective_on, Agreement.id)
    )
    found = db.session.scalar(statement.limit(1))
    if found is None:
        raise NotFound("这一批里没有协议。")
    return found


def _links(batch: SealBatch) -> list[SettlementAgreement]:
    agreement = contains_eager(SettlementAgreement.agreement)
    statement = (
        sa.select(SettlementAgreement)
        .join(SettlementAgreement.claimant)
        .join(Claimant.party)
        .join(SettlementAgreement.agreement)
        .where(SettlementAgreement.batch_id == batch.id)
        .options(
            contains_eager(SettlementAgreement.claimant).contains_eager(Claimant.party),
            agreement.selectinload(Agreement.parties).joinedload(AgreementParty.party),
            agreement.selectinload(Agreement.obligations),
            agreement.selectinload(Agreement.terms),
            agreement.selectinload(Agreement.confirmations),
            agreement.joinedload(Agreement.paper),
            selectinload(SettlementAgreement.settlement),
        )
        .order_by(Claimant.position)
    )
    return list(db.session.scalars(statement))
