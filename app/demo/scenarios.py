"""The scenarios at their own dates, told as far as somebody can go on by hand.

The fine (S03) is settled after its hearing, the old case (S02) ended after its own; the water leak (S06) is in force
and unpaid, its dossier archived; the scratched e-bike (S08) lies before the mediator. The retirees (S01, in small) are
told relative to today, in `settlement_story`.
"""

from datetime import date

from app.demo.cast import Cast
from app.demo.disputes import Dispute, Stage, man, woman
from app.demo.dossier_story import archive_dossier
from app.demo.hearing_scenarios import tell_fine, tell_old_case
from app.demo.mediation_story import MediationStory
from app.demo.office import Office
from app.demo.petition_story import PetitionStory
from app.demo.story_time import StoryTime
from app.law import clock
from app.mediation.rules import RecordResult

FANG_SUZHEN, SHI_MINGXUAN = 1, 2

WATER_LEAK = Dispute(
    "楼上漏水赔偿",
    "D02",
    "请求赔偿漏水造成的损失 12,000 元。",
    "楼上水管接头开裂，水渗到楼下厨房和客厅，吊顶、墙面、木地板受损。",
    1_200_000,
    woman("尤晓琴", 1989, 3, 6),
    man("冯志远", 1982, 5, 17),
    0,
    Stage.EFFECTIVE,
)
SCRATCHED_BIKE = Dispute(
    "电动车被刮擦",
    "D06",
    "请求赔偿刮坏的电动车 800 元，并当面道歉。",
    "在楼下充电棚倒车时刮坏了邻居的电动车，两人为赔多少吵了起来。",
    80_000,
    man("杜玉和", 1960, 8, 21),
    woman("靳小满", 1994, 5, 21),
    0,
    Stage.MEDIATING,
)


def tell_scenarios(office: Office, cast: Cast, time: StoryTime) -> None:
    """Tell the scenarios whose dates have come by the moment of telling, in the order of their dates."""
    for ends_on, tell in (
        (date(2024, 10, 28), tell_fine),
        (date(2025, 7, 1), _tell_water_leak),
        (date(2025, 8, 4), tell_old_case),
        (date(2025, 11, 13), _tell_scratched_bike),
    ):
        if ends_on < clock.local_date(office.told_at):
            tell(office, cast, time)


def _tell_water_leak(office: Office, cast: Cast, time: StoryTime) -> None:
    story = PetitionStory(office, WATER_LEAK, cast, time)
    time.at(date(2025, 6, 5))
    story.register()
    story.screen()
    time.at(date(2025, 6, 6))
    story.consent()
    linkage = story.refer()
    time.at(date(2025, 6, 9))
    committee = MediationStory(story, linkage, SHI_MINGXUAN)
    committee.accept()
    committee.book(date(2025, 7, 1))
    committee.hold(RecordResult.AGREED)
    time.at(date(2025, 7, 1), 15)
    committee.draft(due_on=date(2025, 7, 31))
    committee.issue()
    committee.sign(everybody=True)
    time.at(date(2025, 7, 1), 17)
    committee.seal()
    time.at(date(2025, 7, 2))
    committee.close()
    time.at(date(2025, 7, 10))
    archive_dossier(committee)


def _tell_scratched_bike(office: Office, cast: Cast, time: StoryTime) -> None:
    story = PetitionStory(office, SCRATCHED_BIKE, cast, time)
    time.at(date(2025, 11, 13))
    story.register()
    story.screen()
    story.consent()
    linkage = story.refer()
    MediationStory(story, linkage, FANG_SUZHEN).accept()
