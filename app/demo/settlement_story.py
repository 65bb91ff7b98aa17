"""What is agreed with the retirees: one model, many agreements, one seal for those signed, and what was paid since.

Told relative to today: the seal is old enough that the first payments are just due.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from app.access.permissions import Actor
from app.agreements import actions as agreements
from app.agreements.actions.issuing import paper_of
from app.agreements.forms import VisitReport
from app.agreements.models import Agreement, Obligation, PaymentList
from app.agreements.rules import AgreementStatus, ConfirmationStatus, CourtGround, Performance
from app.agreements.rules.reconciling import ListedPayment
from app.collective.actions.batch import print_agreements, seal_agreements, seal_batch, start_printing
from app.collective.actions.settlement import begin_settlement, freeze_settlement, save_settlement
from app.collective.models import ModelSettlement
from app.collective.queries.batch import list_links
from app.collective.rules.settlement import ModelText, Share
from app.demo.cast import Cast
from app.demo.mediation_story import scribble
from app.demo.office import Office
from app.demo.pictures import draw_receipt
from app.demo.retirees import RetireesStory
from app.demo.signing_story import SigningStory
from app.demo.story_time import StoryTime
from app.extensions import db
from app.jobs.running import run_job
from app.law import clock
from app.linkage.actions import accept_referral, refer
from app.linkage.models import Linkage
from app.linkage.rules import usual_kind
from app.matters import actions as matters
from app.matters.rules import Route
from app.mediation.actions import extend_mediation, record_labour_notice
from app.mediation.models import MediationCase
from app.signing import actions as signing
from app.web.transaction import transaction

JOBS = {"print_agreements": print_agreements, "seal_agreements": seal_agreements}
MEDIATORS = ("dingguoan", "fangsuzhen")
IN_FIRST_BATCH, WHOLLY_SIGNED, HALF_SIGNED = 13, 16, 18
PAID_BY_LIST = 10
MODEL = ModelText(
    facts=(
        "{姓名}是滨澜东方纺机有限公司退休职工，公司改制后尚欠其 {年数} 年安置费，每年 {每年金额} 元，"
        "双方对支付方式有争议。"
    ),
    payment_term="滨澜东方纺机有限公司支付{姓名}安置费（{年数} 年）",
    clauses=("安置费总额 {总额} 元（大写：{总额大写}）付清后，双方就安置费再无其他金钱争议。",),
    manner="银行代发至本人养老金账户",
    place="滨澜区矛调中心第一调解室",
    shares=(Share(part=6000, due_after_days=30), Share(part=4000, due_after_days=180)),
)


def tell_retirees(office: Office, cast: Cast, time: StoryTime) -> None:
    """The whole course of the retirees, as far as it has come today."""
    story = RetireesStory(office, cast, time)
    today = clock.local_date(office.told_at)

    def days_ago(days: int, hour: int = 9) -> None:
        day = today - timedelta(days=days)
        while not office.calendar.is_working_day(day):
            day -= timedelta(days=1)
        time.at(day, hour)

    days_ago(68)
    story.register()
    days_ago(65)
    story.petition.screen()
    story.petition.transfer()
    days_ago(63)
    story.list_everybody()
    days_ago(62)
    story.ask_everybody()
    settling = _Settling(story)
    days_ago(60)
    settling.refer()
    days_ago(58)
    settling.accept()
    days_ago(50)
    settling.go_on()
    days_ago(45)
    settling.agree()
    settling.print()
    days_ago(38)
    settling.sign(places=range(IN_FIRST_BATCH))
    days_ago(33, hour=16)
    settling.seal()
    days_ago(20)
    settling.apply_to_court()
    days_ago(7)
    settling.extend()
    settling.sign(places=range(IN_FIRST_BATCH, WHOLLY_SIGNED))
    settling.sign(places=range(WHOLLY_SIGNED, HALF_SIGNED), with_mediators=False)
    days_ago(4)
    settling.book_payments()
    days_ago(2)
    settling.record_the_rest()
    story.bring_corrections()
    hall = SigningStory(office, time, settling.settlement)
    hall.plan()
    time.at(today, 9)
    hall.hold()
    hall.move_one()


class _Settling:
    """The committee's side; every step is one act, the printing and the sealing are jobs run to their end."""

    def __init__(self, story: RetireesStory) -> None:
        self.story = story
        self.office = story.office
        self.time = story.time
        self.linkage_id = 0
        self.case_id = 0
        self.settlement_id = 0

    @property
    def clerk(self) -> Actor:
        """The committee's clerk."""
        return self.office.actor("panhui")

    @property
    def case(self) -> MediationCase:
        """The case as it stands now."""
        return db.session.get_one(MediationCase, self.case_id)

    @property
    def settlement(self) -> ModelSettlement:
        """The frozen version as it stands now."""
        return db.session.get_one(ModelSettlement, self.settlement_id)

    def refer(self) -> None:
        """The coordinator refers those who agreed."""
        by, now = self.office.actor("zhoumin"), self.time.now
        with transaction():
            matters.decide_route(self.story.petition.matter, Route.MEDIATION, by=by, now=now)
        with transaction():
            matter, committee = self.story.petition.matter, self.office.bodies["committee"]
            facts = self.story.petition.dispute.facts
            linkage = refer(matter, committee, kind=usual_kind(matter.status), summary=facts, by=by, now=now)
            self.linkage_id = linkage.id

    def accept(self) -> None:
        """The committee accepts with two mediators, the unit with power accepts the matter."""
        now = self.time.now
        with transaction():
            linkage = db.session.get_one(Linkage, self.linkage_id)
            mediators = [self.office.people[name] for name in MEDIATORS]
            case = accept_referral(linkage, mediators=mediators, accepted_on=clock.today(), by=self.clerk, now=now)
            db.session.flush()
            self.case_id = case.id
        with transaction():
            by = self.office.actor("zhanglei")
            matters.accept_matter(self.story.petition.matter, accepted_on=clock.today(), by=by, now=now)

    def go_on(self) -> None:
        """Everybody was told of arbitration, wants to go on, and agrees to a longer period."""
        now = self.time.now
        with transaction():
            court = "滨澜区劳动人事争议仲裁委员会"
            record_labour_notice(
                self.case, told_on=clock.today(), continues=True, arbitration_body=court, by=self.clerk, now=now
            )
        self.extend()

    def extend(self) -> None:
        """All parties agree to thirty days more."""
        with transaction():
            everybody = [party.id for party in self.case.parties]
            today = clock.today()
            extend_mediation(self.case, 30, agreed_on=today, agreeing=everybody, by=self.clerk, now=self.time.now)

    def agree(self) -> None:
        """The model is written and frozen."""
        by, now = self.clerk, self.time.now
        with transaction():
            settlement = begin_settlement(self.story.roster, by=by, now=now)
            save_settlement(settlement, MODEL, "", seen_version=None, by=by, now=now)
            self.settlement_id = settlement.id
        with transaction():
            freeze_settlement(self.settlement, seen_version=None, by=by, now=now)

    def print(self) -> None:
        """The agreements of all who may have one are numbered and their bytes made."""
        with transaction():
            job_id = start_printing(self.settlement, by=self.clerk, now=self.time.now).id
        run_job(job_id, JOBS)

    def sign(self, *, places: range, with_mediators: bool = True) -> None:
        """Company and claimant, or who stands for him, sign these agreements; the mediators too, or not yet."""
        ids = [link.agreement_id for link in list_links(self.settlement)]
        for place in places:
            self._sign(ids[place], with_mediators=with_mediators)

    def seal(self) -> None:
        """One moment for everything that is signed."""
        with transaction():
            batch = seal_batch(self.story.roster, by=self.clerk, now=self.time.now)
            job_id = batch.job_id
        assert job_id
        run_job(job_id, JOBS)

    def apply_to_court(self) -> None:
        """Two couples of parties ask the court to confirm their agreement."""
        with transaction():
            for agreement in self._effective()[:2]:
                agreements.apply_for_confirmation(
                    agreement,
                    agreements.CourtChoice(
                        self.office.bodies["court"].name, CourtGround.COMMITTEE_PLACE, self.office.bodies["court"]
                    ),
                    applicants=frozenset(row.key for row in agreement.parties),
                    applied_on=clock.today(),
                    by=self.clerk,
                    now=self.time.now,
                )

    def book_payments(self) -> None:
        """The finance office's list is booked; a second one, with a sum too high, waits to be looked at."""
        first = self._first_payments()
        with transaction():
            uploaded = self._upload(_listed(row) for row in first[:PAID_BY_LIST])
            agreements.book_payment_list(uploaded, seen_version=None, by=self.clerk, now=self.time.now)
        with transaction():
            too_much, unpaid = (_listed(row) for row in first[PAID_BY_LIST + 1 : PAID_BY_LIST + 3])
            rows = (
                replace(too_much, amount_fen=too_much.amount_fen + 100_000),
                replace(unpaid, amount_fen=0, paid_on=None, reference=""),
            )
            self._upload(rows)

    def record_the_rest(self) -> None:
        """One payment is proved by a receipt, the court answers, one visit is made; the others wait."""
        by, now, today = self.clerk, self.time.now, clock.today()
        proof = signing.write_scan(draw_receipt())
        with transaction():
            row = self._first_payments()[PAID_BY_LIST]
            agreements.record_performance(
                row, Performance.PERFORMED, performed_fen=0, on=today, proof=proof, by=by, now=now
            )
        with transaction():
            confirmation = self._effective()[0].confirmations[0]
            agreements.record_confirmation_result(
                confirmation,
                ConfirmationStatus.CONFIRMED,
                decided_on=today,
                ruling_number=f"（{today.year}）海川0199民特27号",
                by=by,
                now=now,
            )
        with transaction():
            visit = next(row for row in self._effective()[0].visits if row.is_open)
            report = VisitReport(
                visited_on=today,
                manner="phone",
                performance=Performance.PERFORMED,
                findings="第一期安置费已经到账，本人没有别的意见。",
                measures="",
                satisfaction="satisfied",
            )
            agreements.record_visit(visit, report, by=self.office.actor(MEDIATORS[0]), now=now)

    def _sign(self, agreement_id: int, *, with_mediators: bool) -> None:
        now = self.time.now
        with transaction():
            agreement = db.session.get_one(Agreement, agreement_id)
            paper = paper_of(agreement)
            shown = signing.current_digest(paper)
            for key in ("party-1", "party-2"):
                agreements.check_identity(agreement, key, "id_card", by=self.clerk, now=now)
                agreements.sign(
                    agreement, key, scribble(f"{agreement.number}{key}"), shown_sha256=shown, by=self.clerk, now=now
                )
            for number, name in enumerate(MEDIATORS if with_mediators else (), start=1):
                key, by = f"mediator-{number}", self.office.actor(name)
                agreements.sign(agreement, key, scribble(name), shown_sha256=shown, by=by, now=now)

    def _effective(self) -> list[Agreement]:
        links = list_links(self.settlement)
        return [link.agreement for link in links if link.agreement.status is AgreementStatus.EFFECTIVE]

    def _first_payments(self) -> list[Obligation]:
        return [row for agreement in self._effective() for row in agreement.obligations[:1]]

    def _upload(self, rows: Iterable[ListedPayment]) -> PaymentList:
        listed = [replace(row, number=number) for number, row in enumerate(rows, start=2)]
        digest = hashlib.sha256(repr(listed).encode()).hexdigest()
        return agreements.upload_payment_list(self.case, listed, sha256=digest, by=self.clerk, now=self.time.now)


def _listed(row: Obligation) -> ListedPayment:
    """A payment as the finance office's list names it, paid on the day it was due or before."""
    agreement = row.agreement
    payee = next(each.party.name for each in agreement.parties if each.key == row.payee_key)
    today = clock.today()
    return ListedPayment(
        number=0,
        agreement_number=agreement.number,
        instalment=1,
        payee=payee,
        amount_fen=row.amount_fen or 0,
        paid_on=min(row.due_on or today, today),
        reference=f"FJ{row.id:08}",
    )
