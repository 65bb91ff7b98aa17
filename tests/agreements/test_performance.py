"""What is paid and late under an agreement like those of S01: schedule, lists, daily watch, court, enforcement."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest
import sqlalchemy as sa

from app.agreements import actions
from app.agreements.models import Agreement, Payment
from app.agreements.queries.packet import packet_of
from app.agreements.queries.schedule import (
    ScheduleFilter,
    count_windows,
    debt_of,
    list_schedule,
    reconciliation_of,
    sum_schedule,
)
from app.agreements.rules import ConfirmationStatus, CourtGround, Performance, StateConflict
from app.agreements.rules.performing import Standing, standing_of
from app.agreements.rules.reconciling import ListedPayment, RowVerdict
from app.audit.models import AuditEvent
from app.documents.queries import list_papers_of
from app.documents.rules import Owner
from app.errors import RuleViolation
from app.matters.models import Clock
from app.notices.models import OutboxMessage
from app.notices.rules import MessageKind
from app.settings.queries import calendar, profile_on
from app.web.transaction import transaction
from tests.agreements.helpers import World, at, effective_agreement, fresh, make_world, payment

BOTH = frozenset({"party-1", "party-2"})
FIRST, SECOND = 2_520_000, 1_680_000


@pytest.fixture
def world(db) -> World:
    """The labour case of S01 with one claimant."""
    return make_world(dispute_type="D11", accepted_on="2025-02-19")


@pytest.fixture
def agreement(world: World) -> Agreement:
    """42,000 yuan: 60 % within 30 days of effect, 40 % by the year's end; in force since 2025-04-11."""
    rows = (payment("party-1", "party-2", FIRST, None, due_after_days=30),)
    rows += (payment("party-1", "party-2", SECOND, "2025-12-31"),)
    return effective_agreement(world, "2025-04-11", total_fen=FIRST + SECOND, obligations=rows)


def listed(agreement: Agreement, fen: int, on: str, **values) -> ListedPayment:
    """A row of the finance office's list."""
    row = {"number": 4, "agreement_number": agreement.number, "instalment": 1, "payee": "尤晓琴"}
    return ListedPayment(**{**row, "amount_fen": fen, "paid_on": date.fromisoformat(on), **values})


def upload(world: World, *rows: ListedPayment, day: str = "2025-05-13", sha256: str = "a" * 64):
    """The list, kept for its preview."""
    with transaction():
        return actions.upload_payment_list(world.case, rows, sha256=sha256, by=world.clerk.as_actor(), now=at(day))


def book(world: World, payments, day: str = "2025-05-13") -> None:
    """The clerk confirms what he saw."""
    with transaction():
        actions.book_payment_list(payments, seen_version=payments.version, by=world.clerk.as_actor(), now=at(day))


def messages(db, kind: MessageKind) -> list[OutboxMessage]:
    """What is told of that kind."""
    return list(db.session.scalars(sa.select(OutboxMessage).filter_by(kind=kind).order_by(OutboxMessage.id)))


@pytest.mark.parametrize(
    ("paid", "day"),
    [
        (0, "2025-05-12"),
        (0, "2025-05-13"),
        (0, "2025-05-16"),
        (100, "2025-05-12"),
        (FIRST, "2025-05-12"),
        (FIRST, "2025-05-14"),
    ],
)
def test_r_med_22_the_database_ranks_payments_as_the_rule_does(db, world, agreement, paid, day) -> None:
    today = date.fromisoformat(day)
    if paid:
        book(world, upload(world, listed(agreement, paid, day), day=day), day)

    actor = world.mediator.as_actor()
    page = list_schedule(actor, ScheduleFilter(case_id=world.case.id), today=today)
    sums = sum_schedule(actor, ScheduleFilter(case_id=world.case.id), today=today)

    ruled = [standing_of(debt_of(row.obligation), today, calendar(), profile_on(today)) for row in page.rows]
    assert sorted(sums) == sorted(set(ruled))
    assert sum(each.owed_fen for each in sums.values()) == FIRST + SECOND
    assert sum(each.paid_fen for each in sums.values()) == paid
    for standing in sums:
        found = list_schedule(actor, ScheduleFilter(standing=standing), today=today).rows
        assert [row.standing for row in found] == [standing] * sums[standing].count


def test_the_schedule_shows_what_is_late_first_page_by_page_and_finds_a_name(db, world, agreement) -> None:
    actor, today = world.clerk.as_actor(), date(2025, 5, 13)

    first = list_schedule(actor, ScheduleFilter(), today=today, limit=1)
    second = list_schedule(actor, ScheduleFilter(), today=today, after=first.next_key, limit=1)

    assert [(row.number, row.standing) for row in (*first.rows, *second.rows)] == [
        (1, Standing.LATE),
        (2, Standing.NOT_YET),
    ]
    assert second.next_key == ""
    assert first.rows[0].payer.name == "冯志远"
    assert list_schedule(actor, ScheduleFilter(name="别人"), today=today).rows == []
    assert len(list_schedule(actor, ScheduleFilter(due_until=date(2025, 6, 1)), today=today).rows) == 1


def test_a_list_is_booked_to_the_fen_tells_the_payee_and_comes_twice_without_harm(db, world, agreement) -> None:
    rows = (listed(agreement, FIRST, "2025-05-12"), listed(agreement, 500_000, "2025-05-13", number=5, instalment=2))
    book(world, upload(world, *rows))

    first, second = fresh(agreement).obligations
    assert (first.performance, first.performed_fen, first.performed_on) == (
        Performance.PERFORMED,
        FIRST,
        date(2025, 5, 12),
    )
    assert (second.performance, second.performed_fen) == (Performance.PARTLY, 500_000)
    assert (actions.tell_payees(at("2025-05-13")), actions.tell_payees(at("2025-05-13"))) == (2, 0)
    assert [row.party_id for row in messages(db, MessageKind.PAYMENT_RECEIVED)] == [world.payee.id] * 2
    with pytest.raises(StateConflict, match="已经入过账"):
        upload(world, *rows)
    again = upload(world, *rows, sha256="b" * 64)
    assert [row.verdict for row in reconciliation_of(again, today=date(2025, 5, 13)).rows] == [RowVerdict.BOOKED] * 2
    with pytest.raises(RuleViolation, match="没有新的付款"):
        book(world, again)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Payment)) == 2


def test_a_list_with_one_wrong_row_books_nothing(db, world, agreement) -> None:
    good, over = listed(agreement, FIRST, "2025-05-12"), listed(agreement, SECOND + 1, "2025-05-12", instalment=2)

    with pytest.raises(RuleViolation, match="有 1 行要先改好"):
        book(world, upload(world, good, over))

    assert [row.performed_fen for row in fresh(agreement).obligations] == [0, 0]
    assert actions.tell_payees(at("2025-05-13")) == 0


def test_an_export_holds_the_whole_account_and_goes_on_record(db, world, agreement) -> None:
    with transaction():
        sheet = actions.export_payment_list(world.case, by=world.clerk.as_actor())

    (first, second) = sheet.rows
    assert first[:4] == (agreement.number, "1", "冯志远", "尤晓琴")
    assert (first[7], second[7], second[8]) == ("25,200.00", "16,800.00", "2025-12-31")
    event = db.session.scalar(sa.select(AuditEvent).filter_by(act="agreement.export_payments"))
    assert event.actor_id == world.clerk.id


def test_what_was_recorded_wrongly_is_taken_back_and_may_come_by_list(db, world, agreement) -> None:
    def record(performance: Performance, fen: int) -> None:
        with transaction():
            actions.record_performance(
                fresh(agreement).obligations[0],
                performance,
                performed_fen=fen,
                on=date(2025, 5, 12),
                by=world.clerk.as_actor(),
                now=at("2025-05-13"),
            )

    record(Performance.PERFORMED, 0)
    record(Performance.NOT_PERFORMED, 0)
    book(world, upload(world, listed(agreement, FIRST, "2025-05-12")))

    amounts = list(db.session.scalars(sa.select(Payment.amount_fen).order_by(Payment.id)))
    assert amounts == [FIRST, -FIRST, FIRST]
    assert fresh(agreement).obligations[0].performed_fen == FIRST


def test_r_med_22_the_watch_reminds_the_payer_and_tells_both_of_a_delay_once(db, world, agreement) -> None:
    assert actions.watch_performance(at("2025-05-04")) == 0
    assert actions.watch_performance(at("2025-05-05")) == 1
    assert actions.watch_performance(at("2025-05-12")) == 0
    assert actions.watch_performance(at("2025-05-13")) == 2
    assert actions.watch_performance(at("2025-05-14")) == 0

    kinds = (MessageKind.PAYMENT_DUE, MessageKind.PAYMENT_OVERDUE, MessageKind.PAYMENT_LATE)
    told = [messages(db, kind)[0].party_id for kind in kinds]
    assert told == [world.payer.id, world.payer.id, world.payee.id]


def apply(world: World, agreement: Agreement, day: str, **values):
    """Both sides apply at the court of the committee's place."""
    court = actions.CourtChoice(values.pop("court", "滨澜区人民法院"), CourtGround.COMMITTEE_PLACE)
    with transaction():
        return actions.apply_for_confirmation(
            fresh(agreement),
            court,
            applicants=values.get("applicants", BOTH),
            applied_on=date.fromisoformat(day),
            by=world.clerk.as_actor(),
            now=at(day),
        )


def test_s01_the_window_shows_both_dates_and_closes_after_the_last_day(db, world, agreement) -> None:
    (window,) = count_windows(world.case, today=date(2025, 5, 9))

    assert (window.legal_due_on, window.target_on, window.waiting) == (date(2025, 5, 12), date(2025, 5, 9), 1)
    with pytest.raises(RuleViolation, match="5月12日 已过"):
        apply(world, agreement, "2025-05-13")
    with pytest.raises(RuleViolation, match="还差"):
        apply(world, agreement, "2025-05-09", applicants=frozenset({"party-1"}))
    with pytest.raises(RuleViolation, match="白河区人民法院不是"):
        apply(world, agreement, "2025-05-09", court="白河区人民法院")


def test_s01_the_packet_is_one_file_and_a_ruling_opens_two_years_for_enforcement(db, world, agreement) -> None:
    application = apply(world, agreement, "2025-05-09")
    with pikepdf.open(BytesIO(packet_of(application))) as packet:
        pages = len(packet.pages)
    papers = [*list_papers_of(Owner("judicial_confirmation", application.id)), fresh(agreement).paper]
    assert pages == sum(paper.latest.pages for paper in papers)
    assert packet_of(application) == packet_of(application)
    assert count_windows(world.case, today=date(2025, 5, 9)) == []

    with transaction():
        actions.record_confirmation_result(
            fresh(agreement).confirmations[0],
            ConfirmationStatus.CONFIRMED,
            decided_on=date(2025, 5, 20),
            ruling_number="(2025)滨01民特8号",
            by=world.clerk.as_actor(),
            now=at("2025-05-20"),
        )
    clock = db.session.scalar(sa.select(Clock).filter_by(clock="enforcement_application"))
    assert (clock.trigger_on, clock.legal_due_on, clock.is_open) == (date(2025, 12, 31), date(2027, 12, 31), True)

    book(world, upload(world, listed(agreement, FIRST, "2025-05-20"), day="2025-05-20"), "2025-05-20")
    rest = listed(agreement, SECOND, "2025-12-30", instalment=2)
    book(world, upload(world, rest, day="2025-12-30", sha256="c" * 64), "2025-12-30")
    db.session.refresh(clock)
    assert (clock.is_open, clock.state) == (False, "cancelled")
    with pytest.raises(RuleViolation, match="没有到期还没付的款"), transaction():
        actions.ask_for_enforcement(
            fresh(agreement).confirmations[0],
            asked_on=date(2026, 1, 5),
            by=world.clerk.as_actor(),
            now=at("2026-01-05"),
        )


def test_r_jc_08_asking_for_enforcement_of_what_is_late_meets_the_clock(db, world, agreement) -> None:
    apply(world, agreement, "2025-05-09")
    with transaction():
        row, by = fresh(agreement).confirmations[0], world.clerk.as_actor()
        actions.record_confirmation_result(
            row, ConfirmationStatus.CONFIRMED, decided_on=date(2025, 5, 20), by=by, now=at("2025-05-20")
        )
        actions.ask_for_enforcement(row, asked_on=date(2025, 5, 21), by=by, now=at("2025-05-21"))

    clock = db.session.scalar(sa.select(Clock).filter_by(clock="enforcement_application"))
    assert (clock.state, clock.met_on) == ("met", date(2025, 5, 21))
