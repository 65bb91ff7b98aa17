"""How a demonstration hearing is held: roll call, stages and words, minutes signed, votes, the opinion served."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.access.permissions import Actor
from app.demo.hearing_story import HearingStory
from app.demo.mediation_story import scribble
from app.documents.models import IssuedPaper
from app.extensions import db
from app.hearings.actions import afterwards, attendance, closing, deliberation, opinions, sitting, turns
from app.hearings.actions.attendance import Arrival, HeadAnswer
from app.hearings.actions.sitting import Step
from app.hearings.actions.turns import NewTurn
from app.hearings.models import HearingMinutes
from app.hearings.queries.minutes_facts import account_behind
from app.hearings.queries.opinions import list_opinion_services
from app.hearings.queries.sitting import find_responding_party, script_words, stage_state
from app.hearings.rules.opinions import OpinionText
from app.hearings.rules.service import ServiceProof
from app.hearings.rules.stages import find_next, list_open_duties, script_of
from app.hearings.rules.words import AttendeeRole, HeadAttendance, LiveStage, ServiceMode, Vote
from app.law import clock
from app.matters.models import PartyKind
from app.people.models import Account
from app.signing.actions import current_digest
from app.signing.queries import get_round
from app.web.transaction import transaction

BETWEEN_TURNS = timedelta(minutes=4)
WORK_CARD = "执法证、工作证"


@dataclass(frozen=True)
class Said:
    """One turn: in which stage, by whom, what."""

    stage: LiveStage
    role: AttendeeRole
    text: str


class SittingStory:
    """The day of a hearing and what follows; goes on where the hearing story served the notices."""

    def __init__(self, hearing: HearingStory) -> None:
        self.convened = hearing
        self.office = hearing.office
        self.time = hearing.time
        self.recorder = hearing.by("recorder")

    @property
    def minutes(self) -> HearingMinutes:
        """The minutes as they stand now."""
        minutes = self.convened.hearing.minutes
        assert minutes is not None
        return minutes

    def call_roll(self, *, head: HeadAnswer | None = None) -> None:
        """Half an hour before it begins everybody comes; the head of a respondent came, or sent somebody."""
        self._at(timedelta(minutes=-20))
        with transaction():
            sitting.start_roll_call(self.convened.hearing, by=self.recorder, now=self.time.now)
        for row in self.minutes.attendances:
            is_body = row.hearing_party is not None and row.hearing_party.party.kind is not PartyKind.PERSON
            name = self.convened.table.comes_for_unit if is_body else ""
            arrival = Arrival(WORK_CARD if is_body else "id_card", name, "副局长" if head else "信访专干")
            with transaction():
                attendance.record_arrival(row, arrival, by=self.recorder, now=self.time.now)
        party = find_responding_party(self.convened.hearing)
        if head is not None and party is not None:
            with transaction():
                attendance.record_head_attendance(self.minutes, party, head, by=self.recorder)

    def open(self) -> None:
        """The chair opens."""
        now = self._at(timedelta(0))
        with transaction():
            sitting.open_hearing(self.minutes, procedure=self.convened.procedure, by=self.recorder, now=now)

    def hold(self, said: Iterable[Said]) -> None:
        """The chair opens; the stages follow each other with their words; the sitting ends."""
        words = list(said)
        self.open()
        while True:
            here = self.minutes.stage
            for turn in words:
                if turn.stage is here:
                    self._record(turn)
            self._settle_duties()
            following = find_next(self.convened.procedure, here)
            if following is None:
                break
            self._go_to(following)
        self._later()
        with transaction():
            sitting.end_sitting(self.minutes, procedure=self.convened.procedure, by=self.recorder, now=self.time.now)

    def close_minutes(self) -> None:
        """The recorder closes the minutes for signing."""
        self._later()
        with transaction():
            closing.close_minutes(self.minutes, procedure=self.convened.procedure, by=self.recorder, now=self.time.now)

    def sign_minutes(self, refusals: Mapping[str, str] | None = None) -> None:
        """Everybody who stayed signs each page; who does not want to gives the reason in his own words."""
        paper = self.minutes.paper
        assert paper is not None
        for name, reason in (refusals or {}).items():
            key = next(slot.key for slot in get_round(paper).slots if slot.name == name)
            with transaction():
                closing.refuse_to_sign(self.convened.hearing, paper, key, reason, by=self.recorder, now=self.time.now)
        self._sign_all(paper, but=tuple(refusals or ()))

    def add_note(self, name: str, text: str) -> None:
        """Somebody has his own words appended; he, the chair and the recorder sign them."""
        author = next(row for row in self.minutes.attendances if row.name == name)
        with transaction():
            note = closing.add_note(
                self.minutes,
                text,
                attendance=author,
                procedure=self.convened.procedure,
                by=self.recorder,
                now=self.time.now,
            )
            db.session.flush()
            paper_id = note.paper_id
        self._sign_all(db.session.get_one(IssuedPaper, paper_id))

    def open_vote(self, proposal: str) -> None:
        """The chair puts a proposal to the panel."""
        self._later()
        with transaction():
            deliberation.open_deliberation(
                self.convened.hearing,
                proposal=proposal,
                place="评议室",
                procedure=self.convened.procedure,
                by=self.convened.by("chair"),
                now=self.time.now,
            )

    def vote(self, reasons: Mapping[str, tuple[Vote, str]]) -> None:
        """These panelists vote, each alone, by user name."""
        for username, (vote, reason) in reasons.items():
            by = self.office.actor(username)
            with transaction():
                deliberation.cast_vote(
                    self.convened.hearing,
                    vote,
                    reason,
                    procedure=self.convened.procedure,
                    by=by,
                    now=self.time.now,
                )

    def issue_opinion(self, text: OpinionText) -> None:
        """The chair writes and issues the opinion, the panel signs it, the organ seals it."""
        hearing, by = self.convened, self.convened.by("chair")
        with transaction():
            opinions.write_opinion(hearing.hearing, text, procedure=hearing.procedure, by=by, now=self.time.now)
        with transaction():
            opinions.issue_opinion(
                hearing.hearing, announced_on=None, procedure=hearing.procedure, by=by, now=self.time.now
            )
        opinion = hearing.hearing.opinion
        assert opinion is not None
        assert opinion.paper is not None
        self._sign_all(opinion.paper)
        with transaction():
            opinions.seal_opinion(hearing.hearing, by=hearing.by("clerk"), now=self.time.now)

    def serve_opinion(self) -> None:
        """Every party takes the opinion today."""
        for row in list_opinion_services(self.convened.hearing):
            party = row.hearing_party
            is_person = party is not None and party.party.kind is PartyKind.PERSON
            receiver = "" if is_person else self.convened.table.comes_for_unit
            with transaction():
                afterwards.serve_opinion(
                    row,
                    ServiceProof(ServiceMode.IN_PERSON, clock.today(), receiver=receiver),
                    procedure=self.convened.procedure,
                    by=self.convened.by("clerk"),
                    now=self.time.now,
                )

    def publish_opinion(self, masked: str) -> None:
        """The masked text is put up for everybody."""
        with transaction():
            afterwards.publish_opinion(self.convened.hearing, masked, by=self.convened.by("clerk"), now=self.time.now)

    def close(self) -> None:
        """The hearing is over and done."""
        with transaction():
            afterwards.close_hearing(self.convened.hearing, by=self.convened.by("clerk"), now=self.time.now)

    def _record(self, turn: Said) -> None:
        self._later()
        minutes = self.minutes
        speaker = next(row for row in minutes.attendances if row.role is turn.role)
        new = NewTurn(f"demo-{minutes.id}-{len(minutes.turns):04}", speaker.key, turn.text)
        with transaction():
            turns.record_turn(minutes, new, procedure=self.convened.procedure, by=self.recorder, now=self.time.now)

    def _settle_duties(self) -> None:
        minutes, procedure = self.minutes, self.convened.procedure
        script = script_of(procedure, minutes.stage, script_words(minutes.hearing))
        with transaction():
            for duty in list_open_duties(script, stage_state(minutes)):
                turns.insert_duty(minutes, duty, procedure=procedure, by=self.recorder, now=self.time.now)

    def _go_to(self, stage: LiveStage) -> None:
        self._later()
        minutes = self.minutes
        script = script_of(self.convened.procedure, minutes.stage)
        reason = "" if stage_state(minutes).turns else script.usual_reason or f"{script.title}没有人发言"
        with transaction():
            sitting.enter_stage(
                minutes,
                Step(stage, minutes.stage_mark, reason),
                procedure=self.convened.procedure,
                by=self.recorder,
                now=self.time.now,
            )
        db.session.expire(self.minutes)

    def _sign_all(self, paper: IssuedPaper, *, but: tuple[str, ...] = ()) -> None:
        hearing = self.convened.hearing
        for slot in list(get_round(paper).slots):
            if slot.name in but:
                continue
            by = self._signs(account_behind(hearing, slot.key))
            pages = paper.latest.pages if paper.latest else 1
            with transaction():
                closing.sign_at_tablet(
                    hearing,
                    paper,
                    slot.key,
                    scribble(slot.name),
                    shown_sha256=current_digest(paper),
                    pages_read=pages,
                    by=by,
                    now=self.time.now,
                )

    def _signs(self, account_id: int | None) -> Actor:
        return self.recorder if account_id is None else db.session.get_one(Account, account_id).as_actor()

    def _at(self, offset: timedelta) -> datetime:
        session = self.convened.hearing.session
        assert session is not None
        moment = clock.to_local(session.starts_at + offset)
        return self.time.at(moment.date(), moment.hour, moment.minute)

    def _later(self) -> None:
        moment = clock.to_local(self.time.now + BETWEEN_TURNS)
        self.time.at(moment.date(), moment.hour, moment.minute)


def delegated(reason: str, delegate: str) -> HeadAnswer:
    """The head of the respondent stays away with a reason and sends somebody (R-RECON-06)."""
    return HeadAnswer(HeadAttendance.DELEGATES, reason, delegate)
