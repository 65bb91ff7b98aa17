"""How a demonstration dispute is mediated: accepted, met, recorded, agreed, signed, sealed, fed back."""

import json
from collections.abc import Callable
from datetime import date, timedelta

from app.access.permissions import Actor
from app.agreements import actions as agreements
from app.agreements.actions.issuing import paper_of
from app.agreements.forms import AgreementText
from app.agreements.models import Agreement
from app.agreements.rules import AgreementForm, DraftObligation, ObligationKind
from app.booking.queries.free import list_free_times
from app.booking.rules.need import SessionPlan
from app.booking.rules.search import Place
from app.demo.petition_story import PetitionStory
from app.documents.models import IssuedPaper
from app.extensions import db
from app.law import clock
from app.law.periods import add_working_days
from app.linkage.actions import accept_referral, close_as_settled, feed_back, return_to_petition
from app.linkage.models import Linkage
from app.linkage.rules import PartyResult
from app.matters.rules import PartySide
from app.mediation import actions as mediation
from app.mediation.actions.meetings import MeetingWish, need_of
from app.mediation.actions.records import NewAttendee, NewTurn
from app.mediation.models import MediationCase, MediationMeeting, MediationRecord
from app.mediation.queries.meetings import MEDIATOR_SEAT, RECORDER_SEAT
from app.mediation.rules import AttendeeKind, EndReason, ReadMode, RecordResult
from app.people.models import Account
from app.signing import actions as signing
from app.signing.queries import get_round
from app.web.transaction import transaction

MINUTES, DAYS_TRIED = 90, 5
MEDIATORS = ("dingguoan", "fangsuzhen", "shimingxuan")


def first_of(places: list[Place]) -> Place:
    """The first of several places."""
    return places[0]


class MediationStory:
    """One dispute at the committee; goes on where the petition story referred it."""

    def __init__(self, petition: PetitionStory, linkage: Linkage, number: int = 0) -> None:
        self.petition = petition
        self.office = petition.office
        self.time = petition.time
        self.linkage_id = linkage.id
        self.mediator = MEDIATORS[number % len(MEDIATORS)]
        self.case_id = 0
        self.meeting_id = 0
        self.agreement_id = 0

    @property
    def case(self) -> MediationCase:
        """The case as it stands now."""
        return db.session.get_one(MediationCase, self.case_id)

    @property
    def agreement(self) -> Agreement:
        """The agreement as it stands now."""
        return db.session.get_one(Agreement, self.agreement_id)

    @property
    def meeting(self) -> MediationMeeting:
        """The meeting as it stands now."""
        return db.session.get_one(MediationMeeting, self.meeting_id)

    def accept(self) -> None:
        """The committee accepts and names the mediator."""
        with transaction():
            linkage = db.session.get_one(Linkage, self.linkage_id)
            mediators = [self.office.people[self.mediator]]
            by = self.office.actor("panhui")
            case = accept_referral(linkage, mediators=mediators, accepted_on=clock.today(), by=by, now=self.time.now)
            db.session.flush()
            self.case_id = case.id

    def book(self, day: date, pick: Callable[[list[Place]], Place] = first_of) -> None:
        """Book with mediator and recorder: a free place of the day, or of the next on which they can take it on.

        Of several places the first, unless told otherwise.
        """
        people = (
            (MEDIATOR_SEAT, self.office.people[self.mediator].id),
            (RECORDER_SEAT, self.office.people["hejing"].id),
        )
        now = self.time.now
        draft = SessionPlan(0, day, clock.to_local(now).time(), MINUTES, people)
        need = need_of(self.case, None, draft, now)
        days = (add_working_days(day, later, self.office.calendar) for later in range(DAYS_TRIED))
        places = next(filter(None, (list_free_times(need, each, wanted=people, now=now) for each in days)))
        with transaction():
            wish = MeetingWish(pick(places).plan, is_confirmed=True)
            meeting = mediation.book_meeting(self.case, wish, by=self.office.actor("zhoumin"), now=now)
            db.session.flush()
            self.meeting_id = meeting.id

    def hold(self, result: RecordResult) -> None:
        """Hold the meeting: attendance, rights, turns, result; everybody signs the record."""
        by, started = self.office.actor("hejing"), self.meeting.session.starts_at
        local = clock.to_local(started)
        now = self.time.at(local.date(), local.hour, local.minute)
        with transaction():
            record = mediation.start_meeting(self.meeting, by=by, now=now)
            db.session.flush()
            record_id = record.id
        self._attend(record_id)
        with transaction():
            record = db.session.get_one(MediationRecord, record_id)
            mediation.tell_rights(record, by=by, now=now)
            for number, (speaker, text) in enumerate(self._turns(), start=1):
                turn = NewTurn(f"demo-{record_id}-{number:03}", speaker, text)
                mediation.record_turn(record, turn, by=by, now=now + timedelta(minutes=number))
        with transaction():
            record = db.session.get_one(MediationRecord, record_id)
            mediation.close_record(
                record,
                result=result,
                result_text=f"{self.petition.dispute.subject}：{RESULTS[result]}",
                read_mode=ReadMode.TO_PARTIES,
                by=by,
                now=self.time.at(local.date(), local.hour + 1, local.minute),
            )
        self._sign_record(record_id)

    def _attend(self, record_id: int) -> None:
        with transaction():
            record = db.session.get_one(MediationRecord, record_id)
            for party in self.case.parties:
                name = party.name if party.kind == "person" else party.legal_representative
                attendee = NewAttendee(AttendeeKind.PARTY, name, "id_card", party=party)
                mediation.record_attendance(record, attendee, by=self.office.actor("hejing"), now=self.time.now)

    def _turns(self) -> list[tuple[str, str]]:
        dispute = self.petition.dispute
        present = self.meeting.attendees
        mediator = next(row.key for row in present if row.attendee_kind is AttendeeKind.MEDIATOR)
        sides = [row.key for row in present if row.attendee_kind is AttendeeKind.PARTY]
        return [
            (mediator, f"今天就{dispute.subject}一事调解，请双方分别说明情况。"),
            (sides[0], dispute.claim),
            (sides[-1], f"情况我知道，愿意就{dispute.subject}一事协商解决。"),
            (mediator, f"关于{dispute.subject}，双方说的我都记下了，请再想一想各自能让到哪一步。"),
        ]

    def _sign_record(self, record_id: int) -> None:
        record = db.session.get_one(MediationRecord, record_id)
        paper = record.paper
        if paper is None:
            return
        for key, account_id in self._places(paper):
            by = self._signing_actor(account_id, "hejing")
            with transaction():
                shown = signing.current_digest(paper)
                signing.sign(paper, key, scribble(key), shown_sha256=shown, by=by, now=self.time.now)
        with transaction():
            record = db.session.get_one(MediationRecord, record_id)
            mediation.finish_signing(record, by=self.office.actor("hejing"), now=self.time.now)

    def _places(self, paper: IssuedPaper) -> list[tuple[str, int | None]]:
        return [(slot.key, slot.account_id) for slot in get_round(paper).slots]

    def _signing_actor(self, account_id: int | None, clerk: str) -> Actor:
        if account_id is None:
            return self.office.actor(clerk)
        return db.session.get_one(Account, account_id).as_actor()

    def draft(self, due_on: date | None = None) -> None:
        """The mediator writes the agreement: one payment, or one act where no money is asked; due in 30 days."""
        due_on = due_on or clock.today() + timedelta(days=30)
        by, now = self.office.actor(self.mediator), self.time.now
        with transaction():
            agreement = agreements.draft_agreement(self.case, form=AgreementForm.WRITTEN, by=by, now=now)
            db.session.flush()
            self.agreement_id = agreement.id
            agreements.save_agreement(agreement, self._text(agreement, due_on), seen_version=None, by=by, now=now)

    def _text(self, agreement: Agreement, due_on: date) -> AgreementText:
        dispute = self.petition.dispute
        payee, payer = (self._key(agreement, side) for side in (PartySide.PETITIONER, PartySide.RESPONDENT))
        payment = DraftObligation(
            kind=ObligationKind.PAYMENT,
            payer_key=payer,
            payee_key=payee,
            amount_fen=dispute.amount_fen,
            due_on=due_on,
            method="现金",
        )
        act = DraftObligation(
            kind=ObligationKind.ACT,
            payer_key=payer,
            payee_key=payee,
            due_on=due_on,
            text=f"一次性解决{dispute.subject}",
        )
        return AgreementText(
            facts=f"{dispute.facts}双方对怎样解决有争议，经调解，责任由被申请人承担。",
            payment_term=f"被申请人支付{dispute.subject}款项" if dispute.amount_fen else "",
            total_fen=dispute.amount_fen or None,
            obligations=(payment,) if dispute.amount_fen else (act,),
            terms=(f"双方就{dispute.subject}再无其他民事争议。",),
            manner=f"{dispute.subject}：{'当面交付，收款人出具收条' if dispute.amount_fen else '申请人到场确认'}",
            place="滨澜区矛调中心第一调解室",
            copies=3,
        )

    def _key(self, agreement: Agreement, side: PartySide) -> str:
        return next(row.key for row in agreement.parties if row.party.side is side)

    def issue(self) -> None:
        """The text is closed and issued for signing."""
        by, now = self.office.actor(self.mediator), self.time.now
        with transaction():
            agreements.finalise_agreement(self.agreement, seen_version=None, by=by, now=now)
        with transaction():
            agreements.issue_agreement(self.agreement, seen_version=None, by=self.office.actor("panhui"), now=now)

    def sign(self, *, everybody: bool) -> None:
        """The parties sign at the desk, then the mediator; or the first party alone."""
        places = self._places(paper_of(self.agreement))
        for key, account_id in places if everybody else places[:1]:
            by = self._signing_actor(account_id, "panhui")
            with transaction():
                if account_id is None:
                    agreements.check_identity(self.agreement, key, "id_card", by=by, now=self.time.now)
                shown = signing.current_digest(paper_of(self.agreement))
                agreements.sign(self.agreement, key, scribble(key), shown_sha256=shown, by=by, now=self.time.now)

    def seal(self) -> None:
        """The committee's seal makes the agreement effective."""
        with transaction():
            agreements.seal_agreement(
                self.agreement, seen_version=None, by=self.office.actor("panhui"), now=self.time.now
            )

    def close(self) -> None:
        """The committee feeds the result back and the office closes the matter as settled."""
        self._feed_back(PartyResult.SIGNED, f"{self.petition.dispute.subject}：双方达成协议，协议已经生效。")
        with transaction():
            linkage = db.session.get_one(Linkage, self.linkage_id)
            close_as_settled(linkage, by=self.office.actor("zhoumin"), now=self.time.now)

    def fail(self) -> None:
        """No agreement is possible: the mediation ends, the matter returns to the office."""
        with transaction():
            mediation.end_without_agreement(
                self.case,
                EndReason.NO_AGREEMENT_POSSIBLE,
                note="双方差距太大，商家不接受退款。",
                ended_on=clock.today(),
                by=self.office.actor("panhui"),
                now=self.time.now,
            )
        self._feed_back(PartyResult.FAILED, f"{self.petition.dispute.subject}：双方未能达成协议，已告知可以起诉。")
        with transaction():
            linkage = db.session.get_one(Linkage, self.linkage_id)
            return_to_petition(linkage, by=self.office.actor("zhoumin"), now=self.time.now)

    def _feed_back(self, result: PartyResult, summary: str) -> None:
        with transaction():
            linkage = db.session.get_one(Linkage, self.linkage_id)
            petitioners = [row.id for row in linkage.parties if row.party.side is PartySide.PETITIONER]
            by = self.office.actor("panhui")
            feed_back(linkage, dict.fromkeys(petitioners, result), summary=summary, by=by, now=self.time.now)


RESULTS = {
    RecordResult.AGREED: "双方自愿达成协议，另行签订人民调解协议书。",
    RecordResult.NOT_AGREED: "双方未能达成协议，已告知可以仲裁、起诉。",
    RecordResult.CONTINUE: "双方同意回去商量，另行约定时间继续调解。",
}


def scribble(name: str) -> str:
    """A hand signature of two characters as the pad sends it; another one for another name."""
    boxes = []
    for number, char in enumerate((name * 2)[:2]):
        shift = sum(name.encode()) % 40 + 10 * number
        strokes = [
            [[60 + shift, 80], [180 + shift, 90], [300, 120 + shift]],
            [[200, 60 + shift], [190, 220], [120 + shift, 340]],
        ]
        boxes.append({"char": char, "width": 400, "height": 400, "strokes": strokes})
    return json.dumps({"boxes": boxes})
