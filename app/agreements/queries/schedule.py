"""What is owed under many agreements: the schedule with its filters, sums and pages, and the lists it was paid by."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, selectinload

from app.access.permissions import Actor, Permission
from app.agreements.models import Agreement, AgreementParty, Obligation, Payment, PaymentList
from app.agreements.rules import AgreementStatus, ObligationKind, Performance
from app.agreements.rules.performing import Debt, Standing, last_due_in_default, standing_of
from app.agreements.rules.reconciling import Instalment, Reconciliation, reconcile, rows_from_json
from app.errors import NotFound
from app.extensions import db
from app.matters.models import Clock, Matter, Party
from app.matters.queries import visible_to
from app.mediation.models import MediationCase
from app.privacy.sealed import digest_of
from app.settings.queries import calendar, profile_on

PAGE_SIZE = 50
NEVER = date(9999, 12, 31)
RANKS = {Standing.DEFAULT: 0, Standing.LATE: 1, Standing.PARTLY: 2, Standing.NOT_YET: 2}
PAID_RANK = 3


@dataclass(frozen=True, kw_only=True)
class ScheduleFilter:
    """Which payments are wanted; a name is a whole name, because names are sealed."""

    case_id: int | None = None
    standing: Standing | None = None
    name: str = ""
    due_from: date | None = None
    due_until: date | None = None


@dataclass(frozen=True)
class ScheduleRow:
    """One payment with who pays, who receives, the how manieth of its agreement it is, and how it stands."""

    obligation: Obligation
    number: int
    payer: Party | None
    payee: Party | None
    standing: Standing


@dataclass(frozen=True)
class SchedulePage:
    """One page of the schedule and where the next one begins."""

    rows: list[ScheduleRow]
    next_key: str = ""


@dataclass(frozen=True)
class Sums:
    """How many payments, how much is owed under them and how much was paid, in fen."""

    count: int = 0
    owed_fen: int = 0
    paid_fen: int = 0

    @property
    def rest_fen(self) -> int:
        """What is still to be paid."""
        return self.owed_fen - self.paid_fen


class BookedKeys:
    """The payments on record, known by the keyed digest of what makes them the same."""

    def __init__(self, digests: Iterable[str | None]) -> None:
        self._digests = frozenset(digests)

    def __contains__(self, key: object) -> bool:
        return digest_of("payment", str(key)) in self._digests


def list_schedule(
    actor: Actor, wanted: ScheduleFilter, *, today: date, after: str = "", limit: int = PAGE_SIZE
) -> SchedulePage:
    """The payments under agreements in force that the actor may read: default first, then late, then by due date."""
    rank, due = _rank(today), sa.func.coalesce(Obligation.due_on, NEVER)
    statement = (
        _payments(actor, wanted, today)
        .options(
            contains_eager(Obligation.agreement).selectinload(Agreement.parties).selectinload(AgreementParty.party),
            contains_eager(Obligation.agreement).selectinload(Agreement.obligations),
            contains_eager(Obligation.agreement).selectinload(Agreement.case),
        )
        .order_by(rank, due, Obligation.id)
        .limit(limit + 1)
    )
    if key := _key_from(after):
        statement = statement.where(sa.tuple_(rank, due, Obligation.id) > sa.tuple_(*map(sa.literal, key)))
    found: list[Obligation] = list(db.session.scalars(statement))
    rows = [schedule_row(one, today) for one in found[:limit]]
    return SchedulePage(rows, _key_of(rows[-1]) if len(found) > limit else "")


def sum_schedule(actor: Actor, wanted: ScheduleFilter, *, today: date) -> dict[Standing, Sums]:
    """The sums of the wanted payments by standing; what has none is missing."""
    standing = _standing(today)
    chosen = _payments(actor, wanted, today).with_only_columns(
        standing.label("standing"),
        sa.func.count(),
        sa.func.sum(Obligation.amount_fen),
        sa.func.sum(Obligation.performed_fen),
        maintain_column_froms=True,
    )
    rows = db.session.execute(chosen.group_by(standing))
    return {Standing(word): Sums(count, int(owed or 0), int(paid or 0)) for word, count, owed, paid in rows}


def schedule_row(obligation: Obligation, today: date) -> ScheduleRow:
    """One payment as the schedule shows it."""
    parties = {row.key: row.party for row in obligation.agreement.parties}
    return ScheduleRow(
        obligation,
        instalment_number(obligation),
        parties.get(obligation.payer_key),
        parties.get(obligation.payee_key),
        standing_of(debt_of(obligation), today, calendar(), profile_on(today)),
    )


def debt_of(obligation: Obligation) -> Debt:
    """The payment as the rules see it."""
    return Debt(
        obligation.amount_fen or 0,
        obligation.performed_fen,
        obligation.due_on,
        obligation.performed_on,
        obligation.performance,
    )


def instalment_number(obligation: Obligation) -> int:
    """The how manieth payment of its agreement this is, from 1."""
    payments = [row for row in obligation.agreement.obligations if row.kind is ObligationKind.PAYMENT]
    return payments.index(obligation) + 1


def list_payments_of_case(case: MediationCase) -> list[Obligation]:
    """Every payment under the agreements of a case that are in force, in the order of the agreements."""
    statement = (
        sa.select(Obligation)
        .join(Obligation.agreement)
        .where(
            Agreement.case_id == case.id,
            Agreement.status == AgreementStatus.EFFECTIVE,
            Obligation.kind == ObligationKind.PAYMENT,
        )
        .options(
            contains_eager(Obligation.agreement).selectinload(Agreement.parties).selectinload(AgreementParty.party),
            contains_eager(Obligation.agreement).selectinload(Agreement.obligations),
        )
        .order_by(Agreement.id, Obligation.position, Obligation.id)
    )
    return list(db.session.scalars(statement))


def instalments_of(payments: Iterable[Obligation]) -> list[Instalment]:
    """The payments as the reconciliation sees them."""
    return [_instalment(row) for row in payments]


def booked_keys(case: MediationCase) -> BookedKeys:
    """The payments of a case on record."""
    statement = (
        sa.select(Payment.key_digest)
        .join(Payment.obligation)
        .join(Obligation.agreement)
        .where(Agreement.case_id == case.id)
    )
    return BookedKeys(db.session.scalars(statement))


def is_booked(key: str) -> bool:
    """Whether this payment is on record, whatever brought it."""
    digest = digest_of("payment", key)
    return db.session.scalar(sa.select(Payment.id).where(Payment.key_digest == digest)) is not None


def reconciliation_of(payments: PaymentList, *, today: date) -> Reconciliation:
    """An uploaded list against the schedule as it is now."""
    instalments = instalments_of(list_payments_of_case(payments.case))
    return reconcile(rows_from_json(payments.rows_json), instalments, booked=booked_keys(payments.case), today=today)


def list_payments_by(payments: PaymentList) -> list[Payment]:
    """What a list brought, in its order."""
    statement = (
        sa.select(Payment)
        .filter_by(list_id=payments.id)
        .options(
            selectinload(Payment.obligation)
            .selectinload(Obligation.agreement)
            .selectinload(Agreement.parties)
            .selectinload(AgreementParty.party)
        )
    )
    return list(db.session.scalars(statement.order_by(Payment.id)))


def list_payment_lists(case: MediationCase) -> list[PaymentList]:
    """The uploaded lists of a case, the newest first."""
    statement = sa.select(PaymentList).filter_by(case_id=case.id).options(selectinload(PaymentList.uploader))
    return list(db.session.scalars(statement.order_by(PaymentList.id.desc()).limit(PAGE_SIZE)))


def get_payment_list(case: MediationCase, public_id: str) -> PaymentList:
    """One uploaded list of a case; NotFound otherwise."""
    found = db.session.scalar(sa.select(PaymentList).filter_by(case_id=case.id, public_id=public_id))
    if found is None:
        raise NotFound("没有这份付款名单。")
    return found


@dataclass(frozen=True)
class Window:
    """Agreements of a case whose time to apply for judicial confirmation ends on one day."""

    legal_due_on: date
    target_on: date
    waiting: int


def count_windows(case: MediationCase, *, today: date) -> list[Window]:
    """Until when how many agreements of a case may still be brought to the court, the nearest day first."""
    statement = (
        sa.select(Clock.legal_due_on, Clock.target_on, sa.func.count())
        .join(Agreement, sa.and_(Clock.owner_kind == "agreement", Clock.owner_id == Agreement.id))
        .where(
            Agreement.case_id == case.id,
            Clock.clock == "judicial_confirmation",
            Clock.is_open,
            Clock.legal_due_on >= today,
        )
        .group_by(Clock.legal_due_on, Clock.target_on)
        .order_by(Clock.legal_due_on)
    )
    return [Window(*row) for row in db.session.execute(statement)]


def list_due_between(first: date, last: date) -> list[int]:
    """The ids of unpaid payments in force that are due from `first` to `last`."""
    statement = (
        sa.select(Obligation.id)
        .join(Obligation.agreement)
        .where(
            Agreement.status == AgreementStatus.EFFECTIVE,
            Obligation.kind == ObligationKind.PAYMENT,
            Obligation.due_on.between(first, last),
            Obligation.performed_fen < Obligation.amount_fen,
        )
        .order_by(Obligation.id)
    )
    return list(db.session.scalars(statement))


def list_untold_payments() -> list[int]:
    """The ids of payments of which the payee has not heard."""
    return list(db.session.scalars(sa.select(Payment.id).where(sa.text("not is_told")).order_by(Payment.id)))


def _payments(actor: Actor, wanted: ScheduleFilter, today: date) -> sa.Select[Obligation]:
    statement = (
        sa.select(Obligation)
        .join(Obligation.agreement)
        .join(Agreement.matter)
        .where(
            Agreement.status == AgreementStatus.EFFECTIVE,
            Obligation.kind == ObligationKind.PAYMENT,
            Obligation.amount_fen.is_not(None),
            visible_to(actor, Permission.AGREEMENT_READ),
            *_conditions(wanted),
        )
        .options(contains_eager(Obligation.agreement).contains_eager(Agreement.matter).load_only(Matter.id))
    )
    if wanted.standing is not None:
        statement = statement.where(_standing(today) == wanted.standing.value)
    return statement


def _conditions(wanted: ScheduleFilter) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.case_id is not None:
        conditions.append(Agreement.case_id == wanted.case_id)
    if wanted.name:
        is_named = sa.and_(
            AgreementParty.key.in_([Obligation.payer_key, Obligation.payee_key]),
            AgreementParty.party.has(Party.name_digest == digest_of("name", wanted.name)),
        )
        conditions.append(Agreement.parties.any(is_named))
    if wanted.due_from is not None:
        conditions.append(Obligation.due_on >= wanted.due_from)
    if wanted.due_until is not None:
        conditions.append(Obligation.due_on <= wanted.due_until)
    return conditions


def _standing(today: date) -> sa.Case[str]:
    """`standing_of` in the database's words; a test holds both against each other."""
    is_paid = Obligation.performed_fen >= Obligation.amount_fen
    is_over = sa.and_(Obligation.due_on.is_not(None), Obligation.due_on < today)
    in_default = sa.or_(
        Obligation.due_on <= last_due_in_default(today, calendar(), profile_on(today)),
        Obligation.performance == Performance.NOT_PERFORMED,
    )
    return sa.case(
        (sa.and_(is_paid, Obligation.performed_on > Obligation.due_on), Standing.PAID_LATE.value),
        (is_paid, Standing.PAID.value),
        (sa.and_(is_over, in_default), Standing.DEFAULT.value),
        (is_over, Standing.LATE.value),
        (Obligation.performed_fen > 0, Standing.PARTLY.value),
        else_=Standing.NOT_YET.value,
    )


def _rank(today: date) -> sa.Case[int]:
    standing = _standing(today)
    return sa.case(
        *((standing == word.value, rank) for word, rank in RANKS.items()),
        else_=PAID_RANK,
    )


def _instalment(row: Obligation) -> Instalment:
    agreement = row.agreement
    payee = next((each.party.name for each in agreement.parties if each.key == row.payee_key), "")
    return Instalment(
        key=row.id,
        agreement_number=agreement.number,
        number=instalment_number(row),
        payee=payee,
        account=row.account_number,
        amount_fen=row.amount_fen or 0,
        paid_fen=row.performed_fen,
        effective_on=agreement.effective_on or date.min,
        due_on=row.due_on,
    )


def _key_of(row: ScheduleRow) -> str:
    due = row.obligation.due_on or NEVER
    return f"{RANKS.get(row.standing, PAID_RANK)}~{due.isoformat()}~{row.obligation.id}"


def _key_from(after: str) -> tuple[int, date, int] | None:
    rank, _, rest = after.partition("~")
    due, _, number = rest.partition("~")
    try:
        return int(rank), date.fromisoformat(due), int(number)
    except ValueError:
        return None
