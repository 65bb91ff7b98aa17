"""The living matters: each dispute is told from its beginning as far as its stage says, relative to today."""

from datetime import date, timedelta

from app.demo.cast import Cast
from app.demo.disputes import LIVING, Dispute, Stage
from app.demo.dossier_story import begin_dossier
from app.demo.mediation_story import MediationStory
from app.demo.office import Office
from app.demo.opinion_story import tell_opinion
from app.demo.petition_story import PetitionStory, start_day
from app.demo.story_time import StoryTime
from app.law import clock
from app.law.periods import add_working_days
from app.mediation.rules import RecordResult


def tell_living_matters(office: Office, cast: Cast, time: StoryTime) -> None:
    """Tell every living matter, the oldest first, so that numbers follow the days."""
    for number, dispute in enumerate(sorted(LIVING, key=lambda dispute: -dispute.days_ago)):
        story = PetitionStory(office, dispute, cast, time, number)
        time.at(start_day(office, dispute.days_ago), 9, number % 6 * 10)
        story.register()
        if dispute.stage >= Stage.ENTERED_IN_ERROR and dispute.stage <= Stage.GUIDED_AWAY:
            time.later()
            story.end(dispute.stage)
        elif Stage.TRANSFERRED <= dispute.stage <= Stage.OPINION_ISSUED:
            time.later()
            story.transfer()
            time.later(2)
            story.handle(dispute.stage)
        elif dispute.stage > Stage.REGISTERED:
            _tell_mediation(story, dispute, number)
        tell_opinion(story)


def _tell_mediation(story: PetitionStory, dispute: Dispute, number: int) -> None:
    time, stage = story.time, dispute.stage
    story.screen()
    if stage is Stage.SCREENED:
        return
    time.later()
    story.consent()
    if stage is Stage.CONSENTED:
        return
    linkage = story.refer()
    if stage is Stage.COMMITTEE_DECLINED:
        time.later()
        story.decline(linkage)
    if stage in (Stage.REFERRED, Stage.COMMITTEE_DECLINED):
        return
    committee = MediationStory(story, linkage, number)
    time.later()
    committee.accept()
    if stage is Stage.MEDIATION_FAILED:
        time.later(5)
        committee.fail()
    elif stage > Stage.MEDIATING:
        _tell_meeting(committee, stage, _meeting_day(story.office, stage))


def _meeting_day(office: Office, stage: Stage) -> date:
    """Meetings to come stand today or on the next working days; those held stand two working days after acceptance."""
    today = clock.local_date(office.told_at)
    if stage is not Stage.MEETING_BOOKED:
        return add_working_days(clock.today(), 2, office.calendar)
    return add_working_days(today - timedelta(days=1), 1, office.calendar)


def _tell_meeting(story: MediationStory, stage: Stage, day: date) -> None:
    story.book(day)
    if stage is Stage.MEETING_BOOKED:
        return
    story.hold(RecordResult.CONTINUE if stage is Stage.MEETING_HELD else RecordResult.AGREED)
    if stage is Stage.MEETING_HELD:
        return
    story.time.later()
    story.draft()
    for reached, act in (
        (Stage.AGREEMENT_ISSUED, story.issue),
        (Stage.PARTLY_SIGNED, lambda: story.sign(everybody=stage > Stage.PARTLY_SIGNED)),
        (Stage.EFFECTIVE, story.seal),
        (Stage.CLOSED, story.close),
    ):
        if stage >= reached:
            story.time.later()
            act()
    if stage is Stage.CLOSED:
        begin_dossier(story)
