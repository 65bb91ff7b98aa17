"""How a demonstration dispute goes through the office: registered, screened, agreed to, referred, or handled."""

from datetime import date, timedelta

from app.demo.cast import Cast
from app.demo.disputes import Dispute, Side, Stage
from app.demo.office import Office
from app.demo.story_time import StoryTime
from app.extensions import db
from app.law import clock
from app.linkage.actions import decline_referral, refer
from app.linkage.models import Linkage
from app.linkage.rules import usual_kind
from app.matters import actions
from app.matters.models import Matter
from app.matters.queries import get_matter
from app.matters.rules import Channel, ConsentDecision, ConsentManner, MatterKind, MatterResult, PartySide, Route
from app.matters.rules.registration import NewMatter, NewParty, Registration
from app.matters.rules.screening import Page
from app.web.transaction import transaction

FACTS = {"aim": "civil", "opponent": "equal", "weight": "plain"}
PROCEDURES = {"procedure": "none", "special": "no", "same_facts": "no"}
CHANNELS = (Channel.VISIT, Channel.LETTER, Channel.ONLINE, Channel.VISIT, Channel.PHONE_CALL)


class PetitionStory:
    """One dispute at the office; every step is one act, committed by itself."""

    def __init__(self, office: Office, dispute: Dispute, cast: Cast, time: StoryTime, number: int = 0) -> None:
        self.office = office
        self.dispute = dispute
        self.cast = cast
        self.time = time
        self.channel = CHANNELS[number % len(CHANNELS)]
        self.matter_id = ""

    @property
    def matter(self) -> Matter:
        """The matter as it stands now."""
        return get_matter(self.matter_id)

    def register(self) -> None:
        """The reception desk registers the visit."""
        dispute = self.dispute
        petitioner = self.party(dispute.petitioner, PartySide.PETITIONER)
        opponents = (self.party(dispute.respondent, PartySide.RESPONDENT),) if dispute.respondent else ()
        is_accusation = dispute.kind is MatterKind.ACCUSATION
        entry = NewMatter(
            kind=dispute.kind,
            subject=dispute.subject,
            claim=dispute.claim,
            facts=dispute.facts,
            dispute_type=dispute.dispute_type,
            place="滨澜区织造街道",
            complained_unit_id=self.office.bodies[dispute.unit].id if is_accusation else None,
            opponents=opponents,
        )
        registration = Registration(
            channel=self.channel, received_on=clock.today(), petitioners=(petitioner,), matters=(entry,)
        )
        with transaction():
            visit = actions.register_visit(registration, by=self.office.actor("gongli"), now=self.time.now)
            self.matter_id = visit.matters[0].public_id

    def party(self, side: Side, which: PartySide) -> NewParty:
        """The person or body of one side."""
        if side.born is None:
            return self.cast.body(which, side.name, side.head)
        return self.cast.person(which, side.name, side.born, is_woman=side.is_woman, phone=side.phone, needs=side.needs)

    def screen(self, procedure: str = "none") -> None:
        """The coordinator answers both pages of the screening."""
        with transaction():
            for page, answers in ((Page.FACTS, FACTS), (Page.PROCEDURES, {**PROCEDURES, "procedure": procedure})):
                actions.answer_screening(
                    self.matter,
                    page,
                    answers,
                    dispute_type=self.dispute.dispute_type,
                    by=self.office.actor("zhoumin"),
                    now=self.time.now,
                )

    def consent(self) -> None:
        """Every side says yes."""
        with transaction():
            for party in self.matter.parties:
                actions.record_consent(
                    party,
                    ConsentDecision.CONSENTED,
                    manner=ConsentManner.WRITTEN,
                    given_on=clock.today(),
                    by=self.office.actor("zhoumin"),
                    now=self.time.now,
                )

    def refer(self) -> Linkage:
        """The coordinator decides for mediation and refers the dispute to the committee."""
        by, now = self.office.actor("zhoumin"), self.time.now
        with transaction():
            actions.decide_route(self.matter, Route.MEDIATION, by=by, now=now)
        with transaction():
            committee = self.office.bodies["committee"]
            return refer(
                self.matter, committee, kind=usual_kind(self.matter.status), summary=self.dispute.facts, by=by, now=now
            )

    def decline(self, linkage: Linkage) -> None:
        """The committee declines: no civil dispute it may mediate."""
        with transaction():
            decline_referral(
                db.session.get_one(Linkage, linkage.id),
                ground="争的是房屋归属，要由法院确认，人民调解不能确认产权。",
                basis="《民事诉讼法》第二百零五条、《最高人民法院关于适用〈民事诉讼法〉的解释》第三百五十五条",
                routes=("向人民法院起诉",),
                by=self.office.actor("panhui"),
                now=self.time.now,
            )

    def accept(self) -> None:
        """The office accepts the matter itself."""
        with transaction():
            by = self.office.actor("zhoumin")
            actions.accept_matter(self.matter, accepted_on=clock.today(), by=by, now=self.time.now)

    def transfer(self) -> None:
        """The coordinator transfers the matter to the unit with power."""
        with transaction():
            unit = self.office.bodies[self.dispute.unit]
            by = self.office.actor("zhoumin")
            actions.transfer_matter(self.matter, unit, received_on=clock.today(), by=by, now=self.time.now)

    def handle(self, upto: Stage) -> None:
        """The unit objects, or accepts, handles and answers."""
        unit_clerk = {"urban": "maoning", "housing": "luzhenbang", "labour": "luzhenbang"}[self.dispute.unit]
        if upto is Stage.OBJECTED:
            with transaction():
                reason = "补贴由街道核发，本单位没有名单，建议转织造街道办理。"
                actions.object_to_transfer(
                    self.matter, reason=reason, by=self.office.actor(unit_clerk), now=self.time.now
                )
        if upto < Stage.ACCEPTED or upto > Stage.OPINION_ISSUED:
            return
        by = self.office.actor("zhoumin")
        with transaction():
            actions.accept_matter(self.matter, accepted_on=clock.today(), by=by, now=self.time.now)
        if upto >= Stage.HANDLING:
            self.time.later()
            with transaction():
                actions.start_handling(self.matter, by=by, now=self.time.now)
        if upto >= Stage.OPINION_ISSUED:
            self._answer()

    def _answer(self) -> None:
        self.time.later(10)
        with transaction():
            actions.issue_opinion(
                self.matter,
                result=MatterResult.EXPLAINED,
                opinion="下乡时间已按政策计入，差额无依据补发，已当面说明算法。",
                basis="《国务院关于建立统一的企业职工基本养老保险制度的决定》",
                number="滨澜人社信〔2026〕8号",
                issued_on=clock.today(),
                by=self.office.actor("zhoumin"),
                now=self.time.now,
            )

    def end(self, upto: Stage) -> None:
        """Endings at the desk: entered in error, withdrawn, guided away."""
        by, now = self.office.actor("zhoumin"), self.time.now
        with transaction():
            if upto is Stage.ENTERED_IN_ERROR:
                actions.mark_entered_in_error(
                    self.matter, reason="同一件事登记了两次，以网上那件为准。", by=by, now=now
                )
            elif upto is Stage.WITHDRAWN:
                actions.withdraw_matter(self.matter, reason="物业已修好电梯，本人不再反映。", by=by, now=now)
            elif upto is Stage.GUIDED_AWAY:
                advice = "上诉期还没有过，请在收到判决十五日内向上一级法院上诉。"
                actions.guide_away(self.matter, advice=advice, by=by, now=now)


def start_day(office: Office, days_ago: int) -> date:
    """The working day so many working days before the telling."""
    day = clock.local_date(office.told_at)
    while days_ago > 0:
        day -= timedelta(days=1)
        days_ago -= office.calendar.is_working_day(day)
    return day
