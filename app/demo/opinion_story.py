"""How a demonstration opinion comes about: asked, no conflict declared, drafted, submitted, answered."""

from enum import IntEnum

from app.counsel import actions as counsel
from app.counsel.models import LegalOpinion
from app.counsel.rules import Adoption, AnalysisStep, OpenRoute, OpinionText, RouteWord
from app.demo.petition_story import PetitionStory
from app.extensions import db
from app.law import clock
from app.law.periods import add_working_days
from app.web.transaction import transaction


class OpinionStage(IntEnum):
    """How far an opinion has come."""

    ASKED = 1
    DRAFTED = 2
    SUBMITTED = 3
    ANSWERED = 4


OPINIONS = {
    "宠物咬伤赔偿": ("songyuqing", OpinionStage.ASKED),
    "工资拖欠": ("luowenbin", OpinionStage.DRAFTED),
    "拆迁过渡费": ("luowenbin", OpinionStage.SUBMITTED),
    "养老待遇核算": ("songyuqing", OpinionStage.ANSWERED),
}


def tell_opinion(story: PetitionStory) -> None:
    """Ask a lawyer about this matter, if the demonstration has an opinion on it, and tell how far that came."""
    if story.dispute.subject not in OPINIONS:
        return
    lawyer, stage = OPINIONS[story.dispute.subject]
    opinion_id = _ask(story, lawyer)
    if stage >= OpinionStage.DRAFTED:
        story.time.later()
        _draft(story, opinion_id, lawyer)
    if stage >= OpinionStage.SUBMITTED:
        with transaction():
            opinion = db.session.get_one(LegalOpinion, opinion_id)
            counsel.submit_opinion(opinion, _text(story), seen=None, by=story.office.actor(lawyer), now=story.time.now)
    if stage >= OpinionStage.ANSWERED:
        story.time.later()
        with transaction():
            opinion = db.session.get_one(LegalOpinion, opinion_id)
            reasons = "同意律师意见，已按意见向本人说明算法和复查途径。"
            by = story.office.actor("zhoumin")
            counsel.answer_opinion(opinion, Adoption.ADOPTED, reasons, by=by, now=story.time.now)


def _ask(story: PetitionStory, lawyer: str) -> int:
    office, today = story.office, clock.today()
    with transaction():
        opinion = counsel.request_opinion(
            story.matter,
            office.people[lawyer],
            f"{story.dispute.subject}：诉求有没有法律依据，还有哪些途径？",
            add_working_days(today, 5, office.calendar),
            by=office.actor("zhoumin"),
            today=today,
            now=story.time.now,
        )
        db.session.flush()
        return int(opinion.id)


def _draft(story: PetitionStory, opinion_id: int, lawyer: str) -> None:
    by, now = story.office.actor(lawyer), story.time.now
    with transaction():
        counsel.declare_no_conflict(db.session.get_one(LegalOpinion, opinion_id), by=by, now=now)
    with transaction():
        counsel.save_draft(db.session.get_one(LegalOpinion, opinion_id), _text(story), seen=None, now=now)


def _text(story: PetitionStory) -> OpinionText:
    dispute = story.dispute
    return OpinionText(
        facts=f"{dispute.facts}以上事实依据信访登记材料，未另行调查。",
        issues=f"一、{dispute.subject}的请求有没有依据；二、还有哪些途径。",
        analysis=(
            AnalysisStep(
                f"{dispute.subject}的请求要有约定或者规定作依据，现有材料能够证明基本事实。", "《民法典》第五百零九条"
            ),
            AnalysisStep("超过期限没有答复的，可以请求限期答复。", "《信访工作条例》第三十四条"),
        ),
        routes=(
            OpenRoute(RouteWord.PETITION_HANDLING, f"{dispute.subject}的材料齐全", "自受理之日起六十日", "责任单位"),
            OpenRoute(RouteWord.LITIGATION, "协商不成", "诉讼时效期间内", "滨澜区人民法院"),
        ),
        opinion=f"建议先就{dispute.subject}核对凭证，能补的当月补，不能补的书面说明理由。",
    )
