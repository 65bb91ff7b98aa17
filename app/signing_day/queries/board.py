"""The board of a signing day in few statements: everybody's standing, who is in the list, the desks, the signatures."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.interfaces import ORMOption

from app.agreements.models import Agreement
from app.agreements.rules import AgreementStatus
from app.collective.models import Claimant, Heir, SettlementAgreement
from app.collective.queries.settlement import PAYER
from app.collective.rules import ClaimantStatus
from app.collective.rules.roster_entry import pending_reason
from app.extensions import db
from app.matters.models import Consent, Party
from app.matters.rules import ConsentDecision
from app.signing.models import Signature, SigningRound, SigningSlot
from app.signing.rules import Manner, SignerRole
from app.signing_day.models import SigningDay, SigningDesk, SigningTicket
from app.signing_day.queries.tickets import is_claimants_place
from app.signing_day.rules.standing import Signer, Standing, Tally, standing_of, tally
from app.signing_day.rules.states import SecondRoundReason, TicketState

OVER = (AgreementStatus.VOID, AgreementStatus.REPLACED)
EFFECTIVE = AgreementStatus.EFFECTIVE
COUNTS = ("places", "places_signed", "officials", "officials_signed")


DayFact = tuple[int, date, int]
"""A day's key, its date, and its round."""


@dataclass(frozen=True)
class TicketFact:
    """A ticket of the roster without a name: what the counts and the times need."""

    id: int
    claimant_id: int
    day_id: int
    on: date
    round: int
    state: TicketState
    needs_help: bool
    invited_at: datetime | None
    arrived_at: datetime | None
    called_at: datetime | None
    finished_at: datetime | None
    reason: SecondRoundReason | None


@dataclass(frozen=True)
class Missing:
    """What the agreements the claimants signed still lack before they can take effect."""

    agreements: int
    of_company: int
    of_mediators: int
    signed: int
    effective: int


@dataclass(frozen=True)
class Board:
    """Everything the board shows but the names."""

    tally: Tally
    open_families: tuple[str, ...]
    tickets: tuple[TicketFact, ...]
    missing: Missing
    days: tuple[DayFact, ...]

    def of_day(self, day: SigningDay) -> list[TicketFact]:
        """The tickets of one day."""
        return [ticket for ticket in self.tickets if ticket.day_id == day.id]

    def counts_of(self, day: SigningDay) -> dict[str, int]:
        """How many of the day are in each state, and how many who still wait or are to come need help."""
        found = {state.value: 0 for state in TicketState}
        found["help"] = 0
        for ticket in self.of_day(day):
            found[ticket.state.value] += 1
            found["help"] += ticket.needs_help and ticket.state in (TicketState.INVITED, TicketState.WAITING)
        return found

    def durations_of(self, day: SigningDay) -> list[timedelta]:
        """How long each who signed today sat at his desk."""
        return [
            ticket.finished_at - ticket.called_at
            for ticket in self.of_day(day)
            if ticket.state is TicketState.SIGNED and ticket.called_at and ticket.finished_at
        ]


@dataclass(frozen=True)
class _Line:
    """One claimant with the state of his newest agreement."""

    id: int
    status: ClaimantStatus
    is_deceased: bool
    has_death_proof: bool
    claim_fen: int
    consent: ConsentDecision | None
    agreed_fen: int | None
    agreement: AgreementStatus | None
    company: Manner | None
    places: int
    places_signed: int
    officials: int
    officials_signed: int

    @property
    def is_signed(self) -> bool:
        """Every place of the claimant, or of each of his heirs, holds a signature."""
        return 0 < self.places == self.places_signed


def board_of(day: SigningDay) -> Board:
    """The board in three statements: the roster's lines, its days with their tickets, the heirs of its dead."""
    lines = _lines(day.roster_id)
    days, tickets = _days_and_tickets(day.roster_id)
    heirs, names = _heirs(day.roster_id)
    last = {ticket.claimant_id: ticket for ticket in sorted(tickets, key=lambda each: each.on)}
    signers = {line.id: _signer(line, last.get(line.id), heirs[line.id]) for line in lines}
    families = (names[key] for key, signer in signers.items() if standing_of(signer) is Standing.HEIRS_OPEN)
    return Board(tally(signers.values()), tuple(families), tickets, _missing(lines), days)


def rows_of(
    day: SigningDay,
    states: Sequence[TicketState],
    *,
    limit: int | None = None,
    only_help: bool = False,
    with_seated: bool = False,
) -> list[SigningTicket]:
    """Tickets with names in these states, those at the desks first if wanted: who came first, then by invitation."""
    wanted: sa.ColumnElement[bool] = SigningTicket.state.in_(states)
    if only_help:
        wanted = wanted & SigningTicket.needs_help.is_(True)
    if with_seated:
        wanted = wanted | (SigningTicket.state == TicketState.AT_DESK)
    statement = (
        sa.select(SigningTicket)
        .where(SigningTicket.day_id == day.id, wanted)
        .options(joinedload(SigningTicket.claimant).joinedload(Claimant.party), *_with_agreement())
        .order_by(
            sa.case((SigningTicket.state == TicketState.AT_DESK, 0), else_=1),
            sa.nulls_last(SigningTicket.arrived_at.asc()),
            sa.nulls_last(SigningTicket.invited_at.asc()),
            SigningTicket.id,
        )
    )
    return list(db.session.scalars(statement.limit(limit) if limit else statement))


def desks_of(day: SigningDay) -> list[SigningDesk]:
    """The desks with who sits there."""
    statement = sa.select(SigningDesk).filter_by(day_id=day.id).options(joinedload(SigningDesk.account).lazyload("*"))
    return list(db.session.scalars(statement.order_by(SigningDesk.position)))


def _with_agreement() -> list[ORMOption]:
    return [joinedload(SigningTicket.link).joinedload(SettlementAgreement.agreement)]


def _lines(roster_id: int) -> list[_Line]:
    """Every claimant on the roster with his last word on mediation and the signatures of his newest agreement."""
    newest = (
        sa.select(SettlementAgreement.claimant_id, sa.func.max(SettlementAgreement.id).label("id"))
        .join(SettlementAgreement.agreement)
        .join(SettlementAgreement.claimant)
        .where(Claimant.roster_id == roster_id, Agreement.status.not_in(OVER))
        .group_by(SettlementAgreement.claimant_id)
        .subquery()
    )
    given = sa.case((Signature.manner != Manner.REFUSED, Signature.manner))
    is_official = SigningSlot.role.in_((SignerRole.MEDIATOR, SignerRole.RECORDER)) & SigningSlot.is_required
    signed = (
        sa.select(
            newest.c.claimant_id,
            sa.func.max(Agreement.total_fen).label("agreed_fen"),
            sa.func.max(Agreement.status).label("agreement"),
            sa.func.count(sa.case((is_claimants_place(), SigningSlot.id))).label("places"),
            sa.func.count(sa.case((is_claimants_place(), given))).label("places_signed"),
            sa.func.max(sa.case((SigningSlot.key == PAYER, given))).label("company"),
            sa.func.count(sa.case((is_official, SigningSlot.id))).label("officials"),
            sa.func.count(sa.case((is_official, given))).label("officials_signed"),
        )
        .select_from(newest)
        .join(SettlementAgreement, SettlementAgreement.id == newest.c.id)
        .join(Agreement, Agreement.id == SettlementAgreement.agreement_id)
        .outerjoin(SigningRound, SigningRound.paper_id == Agreement.paper_id)
        .outerjoin(SigningSlot, SigningSlot.round_id == SigningRound.id)
        .outerjoin(Signature, Signature.slot_id == SigningSlot.id)
        .group_by(newest.c.claimant_id)
        .subquery()
    )
    last_word = (
        sa.select(Consent.decision)
        .where(Consent.party_id == Claimant.party_id)
        .order_by(Consent.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    statement = (
        sa.select(
            Claimant.id,
            Claimant.status,
            Claimant.is_deceased,
            Claimant.has_death_proof,
            Claimant.total_fen,
            last_word,
            *(signed.c[name] for name in ("agreed_fen", "agreement", "company")),
            *(
                sa.func.coalesce(signed.c[name], 0)
                for name in ("places", "places_signed", "officials", "officials_signed")
            ),
        )
        .outerjoin(signed, signed.c.claimant_id == Claimant.id)
        .where(Claimant.roster_id == roster_id, Claimant.status != ClaimantStatus.REMOVED)
        .order_by(Claimant.position)
    )
    return [_Line(*row) for row in db.session.execute(statement)]


def _days_and_tickets(roster_id: int) -> tuple[tuple[DayFact, ...], tuple[TicketFact, ...]]:
    """The days of the roster and the tickets of them all, in one statement."""
    ticket = SigningTicket
    statement = (
        sa.select(
            ticket.id,
            ticket.claimant_id,
            SigningDay.id,
            SigningDay.on,
            SigningDay.round,
            ticket.state,
            ticket.needs_help,
            ticket.invited_at,
            ticket.arrived_at,
            ticket.called_at,
            ticket.finished_at,
            ticket.second_reason,
        )
        .outerjoin(ticket, ticket.day_id == SigningDay.id)
        .where(SigningDay.roster_id == roster_id)
        .order_by(SigningDay.on, ticket.id)
    )
    rows = [tuple(row) for row in db.session.execute(statement)]
    days = {row[2]: (row[2], row[3], row[4]) for row in rows}
    return tuple(days.values()), tuple(TicketFact(*row) for row in rows if row[0] is not None)


def _heirs(roster_id: int) -> tuple[dict[int, list[Heir]], dict[int, str]]:
    """The heirs of every dead claimant, and his name."""
    statement = (
        sa.select(Claimant.id, Party, Heir)
        .join(Claimant.party)
        .outerjoin(Heir, Heir.claimant_id == Claimant.id)
        .where(Claimant.roster_id == roster_id, Claimant.is_deceased)
        .order_by(Claimant.position, Heir.position)
    )
    heirs: dict[int, list[Heir]] = defaultdict(list)
    names: dict[int, str] = {}
    for claimant_id, party, heir in db.session.execute(statement):
        names[claimant_id] = party.name
        if heir is not None:
            heirs[claimant_id].append(heir)
    return heirs, names


def _signer(line: _Line, ticket: TicketFact | None, heirs: list[Heir]) -> Signer:
    pending = pending_reason(is_deceased=line.is_deceased, has_death_proof=line.has_death_proof, heirs=heirs)
    return Signer(
        is_signed=line.is_signed,
        is_out=line.status is ClaimantStatus.RETURNED or line.consent not in (None, ConsentDecision.CONSENTED),
        pending_reason=pending,
        ticket=ticket.state if ticket else None,
        round=ticket.round if ticket else 1,
        day_id=ticket.day_id if ticket else None,
        reason=ticket.reason if ticket else None,
        claim_fen=line.claim_fen,
        agreed_fen=line.agreed_fen or 0,
    )


def _missing(lines: Iterable[_Line]) -> Missing:
    made = [line for line in lines if line.agreement is not None]
    mine = [line for line in made if line.is_signed]
    return Missing(
        agreements=len(made),
        of_company=sum(1 for line in made if line.company is not None),
        of_mediators=sum(1 for line in made if line.officials and line.officials_signed == line.officials),
        signed=len(mine),
        effective=sum(1 for line in made if line.agreement == EFFECTIVE),
    )
