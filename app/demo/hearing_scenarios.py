"""The scenarios with a hearing, at their dates: an old case heard at the recheck (S02), a fine reconsidered (S03)."""

from datetime import date

from app.demo.cast import Cast
from app.demo.disputes import Dispute, Stage, man, woman
from app.demo.hearing_story import HearingStory, HearingTable
from app.demo.mediation_story import scribble
from app.demo.office import Office
from app.demo.petition_story import PetitionStory
from app.demo.sitting_story import Said, SittingStory, delegated
from app.demo.story_time import StoryTime
from app.hearings.rules.opinions import OpinionText
from app.hearings.rules.words import AttendeeRole, LiveStage, Vote
from app.law import clock
from app.matters import actions as matters
from app.matters.queries import get_matter
from app.matters.rules import Channel, MatterKind, MatterResult, PartyKind, PartySide
from app.matters.rules.registration import NewMatter, NewParty, Registration
from app.remedies import actions as remedies
from app.remedies.models import ReconsiderationCase, Remedy
from app.remedies.queries import find_open_remedy, find_reconsideration, list_remedies
from app.remedies.rules import GraveGround, HelpKind, Outcome, Procedure
from app.signing.actions import current_digest
from app.signing.queries import get_round
from app.web.transaction import transaction

OLD_CASE = Dispute(
    "房屋拆迁补偿和过渡费",
    "D03",
    "请求增加房屋拆迁补偿 186,000 元。",
    "2011 年房屋拆迁时少算了面积，安置房晚交一年多，过渡费只发了十二个月。",
    18_600_000,
    woman("郑桂兰", 1957, 3, 8, needs="听力差"),
    None,
    0,
    Stage.OPINION_ISSUED,
    "housing",
)
PROPOSAL = "原处理程序有瑕疵，应补发过渡费 23,400 元。"
OLD_CASE_SAID = (
    Said(
        LiveStage.STATEMENT,
        AttendeeRole.APPLICANT,
        "2011 年拆迁时少算了面积，过渡费只发了十二个月，我实际过渡了二十五个月。",
    ),
    Said(LiveStage.RESPONSE, AttendeeRole.RESPONDENT, "面积以测绘成果为准，申请人签过确认单；过渡费按协议发放。"),
    Said(LiveStage.EVIDENCE_EXAMINATION, AttendeeRole.RESPONDENT, "出示面积确认单和安置房交付通知书。"),
    Said(LiveStage.EVIDENCE_EXAMINATION, AttendeeRole.APPLICANT, "确认单是我签的，交房通知书上写的就是晚交的日子。"),
    Said(LiveStage.DEBATE, AttendeeRole.APPLICANT, "安置房晚交不是我的原因，过渡费应当补到交房那天。"),
    Said(LiveStage.DEBATE, AttendeeRole.RESPONDENT, "晚交是施工单位造成的，协议没有写晚交怎么补。"),
    Said(LiveStage.FINAL_STATEMENT, AttendeeRole.APPLICANT, "我等了十四年，请把过渡费补给我。"),
    Said(LiveStage.FINAL_STATEMENT, AttendeeRole.RESPONDENT, "尊重听证意见，补发以区里的决定为准。"),
    Said(LiveStage.PANEL_COMMENTS, AttendeeRole.PANELIST, "交房日期的证据比较清楚。"),
)
OLD_CASE_OPINION = OpinionText(
    claim="请求增加房屋拆迁补偿，补发过渡费。",
    unit_view="面积以测绘成果为准，过渡费已按协议发放十二个月。",
    accepted_facts="采信面积确认单，面积没有少算。\n采信安置房交付通知书，实际过渡二十五个月。",
    rejected_facts="自建阁楼不采信。理由：没有列入当年的调查认定结果",
    law="《国有土地上房屋征收与补偿条例》第二十二条",
    conclusion=PROPOSAL,
    minority="过渡费已按协议结清，不应再补。",
    suggestion="由区住建委补发过渡费 23,400 元，当面说明计算过程。",
)
OLD_CASE_MASKED = "郑某某请求增加房屋拆迁补偿一事，经公开听证，听证组多数意见：原处理程序有瑕疵，应补发过渡费。"
FINE = Dispute(
    "不服八万元罚款",
    "",
    "请求撤销罚款决定。",
    "区市场监督管理局以标签不合格为由罚款 80,000 元，媒体报道过。",
    8_000_000,
    man("沈立群", 1972, 10, 19),
    None,
    0,
    Stage.REGISTERED,
    "market",
)
FINE_SAID = (
    Said(LiveStage.STATEMENT, AttendeeRole.APPLICANT, "标签的错误当天就改了，没有人受害，罚八万元过重。"),
    Said(LiveStage.RESPONSE, AttendeeRole.RESPONDENT, "违法事实清楚，处罚在法定幅度之内。"),
    Said(LiveStage.EVIDENCE_EXAMINATION, AttendeeRole.RESPONDENT, "出示现场检查笔录和抽样记录，证明货值。"),
    Said(LiveStage.DEBATE, AttendeeRole.APPLICANT, "同样的情形别处只罚了三万元。"),
    Said(LiveStage.FINAL_STATEMENT, AttendeeRole.APPLICANT, "请求撤销罚款，或者减轻。"),
    Said(LiveStage.FINAL_STATEMENT, AttendeeRole.RESPONDENT, "请求维持罚款决定，愿意听取调解意见。"),
)


def tell_old_case(office: Office, cast: Cast, time: StoryTime) -> None:
    """S02: opinion, review, recheck, the hearing in between, the opinion after it, the help that is still owed."""
    story = PetitionStory(office, OLD_CASE, cast, time)
    answer_old_case(story)
    _review_old_case(story)
    hearing = _hear_old_case(story)
    _recheck_old_case(story, hearing)


def answer_old_case(story: PetitionStory) -> None:
    """S02 up to the answer of the unit, received on 3 March."""
    office, time = story.office, story.time
    time.at(date(2025, 1, 6))
    story.register()
    time.at(date(2025, 1, 7))
    story.transfer()
    time.at(date(2025, 1, 8))
    story.handle(Stage.HANDLING)
    issued_on, received_on = date(2025, 2, 28), date(2025, 3, 3)
    time.at(issued_on)
    with transaction():
        opinion = matters.issue_opinion(
            story.matter,
            result=MatterResult.NOT_SUPPORTED,
            opinion="拆迁补偿已经按当时的标准付清，不予支持。",
            basis="《国有土地上房屋征收与补偿条例》",
            number="滨澜建〔2025〕5号",
            issued_on=issued_on,
            by=office.actor("zhoumin"),
            now=time.now,
        )
    time.at(received_on)
    with transaction():
        matters.record_opinion_received(opinion, received_on, by=office.actor("zhoumin"), now=time.now)


def _review_old_case(story: PetitionStory) -> None:
    office, time = story.office, story.time
    by = office.actor("zhoumin")
    time.at(date(2025, 3, 31))
    with transaction():
        remedies.request_review(
            story.matter,
            organ=office.bodies["government"],
            claim="不服信访处理意见，请求复查：增加拆迁补偿 186,000 元。",
            requested_on=clock.today(),
            received_on=clock.today(),
            by=by,
            now=time.now,
        )
    time.at(date(2025, 4, 27))
    with transaction():
        remedies.decide_remedy(
            _open_remedy(story),
            outcome=Outcome.NOT_SUPPORTED,
            opinion="经复查，原信访处理意见认定的事实清楚。",
            basis="《信访工作条例》第三十五条",
            decided_on=clock.today(),
            by=by,
            now=time.now,
        )
    time.at(date(2025, 4, 28))
    with transaction():
        remedies.record_remedy_received(_newest_remedy(story), clock.today(), by=by, now=time.now)


def _hear_old_case(story: PetitionStory) -> HearingStory:
    office, time = story.office, story.time
    time.at(date(2025, 5, 20))
    with transaction():
        remedies.request_recheck(
            story.matter,
            organ=office.bodies["city_review"],
            claim="不服复查意见，请求复核：增加拆迁补偿 186,000 元。",
            requested_on=clock.today(),
            received_on=clock.today(),
            by=office.actor("zhoumin"),
            now=time.now,
        )
    table = HearingTable(
        panelists=("wanchunsheng", "kangxiulan", "songyuqing", "qiuzhengyuan", "fanyumei"), alternates=("gemin",)
    )
    hearing = HearingStory(office, story.matter_id, time, table)
    hearing.apply("2011 年的面积和过渡期没有查清，请求公开听证。", "安置房交付通知书")
    time.at(date(2025, 5, 26))
    hearing.decide("反复信访，事实争议大，有必要公开听证。", "面积是不是少算，过渡费应当发到哪天。")
    hearing.man()
    hearing.schedule(date(2025, 6, 11), served_on=date(2025, 5, 28))
    time.at(date(2025, 5, 28))
    hearing.serve()
    hearing.announce("郑某某请求增加房屋拆迁补偿", 16)
    sitting = SittingStory(hearing)
    sitting.call_roll()
    sitting.hold(OLD_CASE_SAID)
    sitting.close_minutes()
    sitting.sign_minutes({"郑桂兰": "记录不全"})
    sitting.add_note("郑桂兰", "我说过 2011 年就反映过面积少算，笔录没有写。")
    sitting.open_vote(PROPOSAL)
    sitting.vote(
        {
            "wanchunsheng": (Vote.AGREE, "交房日期清楚，过渡期确实长于协议。"),
            "kangxiulan": (Vote.AGREE, "晚交不是她的责任，过渡费应当补。"),
            "songyuqing": (Vote.AGREE, "协议没有约定晚交，按公平原则应补。"),
            "qiuzhengyuan": (Vote.DISAGREE, "面积没有问题，过渡费协议写得明白，已经结清。"),
            "fanyumei": (Vote.AGREE, "街坊都知道晚交了一年多，应当补。"),
        }
    )
    time.at(date(2025, 6, 13))
    sitting.issue_opinion(OLD_CASE_OPINION)
    time.at(date(2025, 6, 16))
    sitting.serve_opinion()
    sitting.publish_opinion(OLD_CASE_MASKED)
    sitting.close()
    return hearing


def _recheck_old_case(story: PetitionStory, hearing: HearingStory) -> None:
    office, time = story.office, story.time
    by = office.actor("zhoumin")
    time.at(date(2025, 7, 1))
    with transaction():
        remedy = _open_remedy(story)
        remedies.decide_remedy(
            remedy,
            outcome=Outcome.SUPPORTED,
            amount_fen=2_340_000,
            opinion=f"根据听证意见书（{remedy.hearing_number}），应补发过渡费 23,400 元，其余请求不予支持。",
            basis="《国有土地上房屋征收与补偿条例》第二十二条",
            decided_on=clock.today(),
            by=by,
            now=time.now,
        )
    time.at(date(2025, 7, 2))
    with transaction():
        remedies.record_remedy_received(_newest_remedy(story), clock.today(), by=by, now=time.now)
    time.at(date(2025, 7, 3))
    with transaction():
        remedies.publish_recheck_opinion(
            _newest_remedy(story),
            "郑某某请求复核拆迁补偿一事，经听证复核，应补发过渡费 23,400 元。",
            by=office.actor("chenguoliang"),
            now=time.now,
        )
    time.at(date(2025, 8, 4))
    with transaction():
        matters.finalise_matter(story.matter, by=by, now=time.now)
        text = "本人又来反映同一件事，讲清了复核意见，联系社区给予临时救助。"
        remedies.record_help(story.matter, HelpKind.COUNSELLING, text, helped_on=clock.today(), by=by, now=time.now)


def tell_fine(office: Office, cast: Cast, time: StoryTime) -> None:
    """S03: received by the body itself, answered, heard across National Day, settled by a mediation statement."""
    matter_id = receive_fine(office, cast, time)
    prepare_fine(office, matter_id, time)
    hearing = HearingStory(office, matter_id, time, FINE_TABLE)
    hearing.apply("处罚过重，事实有争议，请求听证。", "整改照片十二张")
    hearing.decide("社会关注度高，案情复杂，应当听证。", "处罚幅度是否适当。")
    hearing.man()
    hearing.schedule(date(2024, 10, 12), served_on=date(2024, 9, 26))
    time.at(date(2024, 9, 26))
    hearing.serve()
    sitting = SittingStory(hearing)
    sitting.call_roll(head=delegated("负责人出国公务，有书面说明。", FINE_TABLE.comes_for_unit))
    sitting.hold(FINE_SAID)
    sitting.close_minutes()
    sitting.sign_minutes()
    sitting.close()
    _settle_fine(office, matter_id, time)


FINE_TABLE = HearingTable(
    clerk="duanwentao",
    head="xieweimin",
    chair="duanwentao",
    recorder="wenning",
    panelists=("yinjie", "luhai"),
    comes_for_unit="卜志远",
)


def receive_fine(office: Office, cast: Cast, time: StoryTime) -> str:
    """S03 row 1: the application is registered and received at the body's own window; gives the matter."""
    time.at(date(2024, 8, 28))
    bureau = office.bodies["market"]
    petitioner = FINE.petitioner
    assert petitioner.born is not None
    applicant = cast.person(PartySide.PETITIONER, petitioner.name, petitioner.born, is_woman=petitioner.is_woman)
    respondent = NewParty(
        side=PartySide.RESPONDENT,
        kind=PartyKind.ORGANISATION,
        name=bureau.name,
        organisation_id=bureau.id,
        legal_representative="谷成林",
    )
    entry = NewMatter(
        kind=MatterKind.CLAIM_FOR_DECISION,
        subject=FINE.subject,
        claim=FINE.claim,
        facts=FINE.facts,
        dispute_type=FINE.dispute_type,
        opponents=(respondent,),
    )
    registration = Registration(
        channel=Channel.VISIT, received_on=clock.today(), petitioners=(applicant,), matters=(entry,)
    )
    by = office.actor("duanwentao")
    with transaction():
        visit = matters.register_visit(registration, by=by, now=time.now)
        matter_id = visit.matters[0].public_id
    with transaction():
        matter = get_matter(matter_id)
        remedies.receive_application(
            matter,
            organ=office.bodies["recon"],
            respondent=next(party for party in matter.parties if party.side is PartySide.RESPONDENT),
            act="罚款 80,000 元的行政处罚决定",
            received_on=clock.today(),
            by=by,
            now=time.now,
        )
    return str(matter_id)


def prepare_fine(office: Office, matter_id: str, time: StoryTime) -> None:
    """S03 rows 2 to 4: accepted as a grave case, copy, answer and evidence."""
    by = office.actor("duanwentao")
    time.at(date(2024, 9, 4))
    with transaction():
        remedies.accept_application(
            _case(matter_id),
            accepted_on=clock.today(),
            procedure=Procedure.ORDINARY,
            grave_ground=GraveGround.GROUP_OR_ATTENTION,
            by=by,
            now=time.now,
        )
    time.at(date(2024, 9, 9))
    with transaction():
        remedies.record_copy_sent(_case(matter_id), clock.today(), by=by, now=time.now)
    time.at(date(2024, 9, 10))
    with transaction():
        remedies.record_copy_received(_case(matter_id), clock.today(), by=by, now=time.now)
    time.at(date(2024, 9, 25))
    with transaction():
        remedies.record_answer(
            _case(matter_id), clock.today(), evidence_note="答复书一份，证据九份。", by=by, now=time.now
        )


def _settle_fine(office: Office, matter_id: str, time: StoryTime) -> None:
    by = office.actor("duanwentao")
    time.at(date(2024, 10, 25))
    with transaction():
        remedies.draft_mediation_statement(
            _case(matter_id),
            findings="标签错误情节轻微，当天已经改正；双方同意调解。",
            terms=("罚款变更为 30,000 元", "2024 年 11 月 29 日前缴清"),
            by=by,
            now=time.now,
        )
    paper = _case(matter_id).statement
    assert paper is not None
    for slot in list(get_round(paper).slots):
        with transaction():
            remedies.check_signer(_case(matter_id), slot.key, "id_card", by=by, now=time.now)
            shown = current_digest(paper)
            remedies.sign_statement(
                _case(matter_id), slot.key, scribble(slot.name), shown_sha256=shown, by=by, now=time.now
            )
    time.at(date(2024, 10, 28))
    with transaction():
        remedies.conclude_mediation_statement(_case(matter_id), by=by, now=time.now)


def _case(matter_id: str) -> ReconsiderationCase:
    case = find_reconsideration(get_matter(matter_id))
    assert case is not None
    return case


def _open_remedy(story: PetitionStory) -> Remedy:
    remedy = find_open_remedy(story.matter)
    assert remedy is not None
    return remedy


def _newest_remedy(story: PetitionStory) -> Remedy:
    return list_remedies(story.matter.id)[-1]
