"""The hearing of S02 after its sitting on 11 June 2025: heard for the recheck, with minutes that can be closed."""

import io
import json
from datetime import date, timedelta

from PIL import Image

from app.documents.models import IssuedPaper
from app.extensions import db
from app.hearings.actions import deliberation
from app.hearings.actions.sitting import end_sitting
from app.hearings.models import Hearing, HearingMinutes
from app.hearings.queries.hearings import procedure_for
from app.hearings.queries.sitting import stage_state
from app.hearings.rules.opinions import OpinionText
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.stages import find_next
from app.hearings.rules.words import AttendeeRole, LiveStage, Vote
from app.matters.actions import start_clock
from app.matters.models import Matter
from app.matters.rules import MatterStatus
from app.people.models import Account
from app.remedies.models import Remedy
from app.remedies.rules import RemedyStage, RemedyStatus
from app.web.transaction import transaction
from tests.factories import make_hearing, make_panel
from tests.hearings import desk
from tests.hearings.hall import FIVE, Hall, at, make_petition

JUNE_11, JUNE_13 = date(2025, 6, 11), date(2025, 6, 13)
PROPOSAL = "原处理程序有瑕疵，应补发过渡费 23,400元"
TEXT = OpinionText(
    claim="请求增加房屋征收补偿186,000元。",
    unit_view="面积以2010年11月的测绘成果为准，过渡费已按协议发放12个月。",
    accepted_facts="采信测绘成果表和申请人签字的面积确认单，认定计补面积为71.4平方米。\n采信安置房交付通知书，认定实际过渡期为25个月。",
    rejected_facts="自建阁楼没有产权登记。理由：没有列入当年的调查认定结果",
    law="《国有土地上房屋征收与补偿条例》第二十二条",
    conclusion=PROPOSAL,
    minority="过渡费已按协议结清，不应再补。",
    suggestion="由区住建委补发过渡费23,400元，并当面说明计算过程。",
)
SAID = (
    (LiveStage.OPENING, AttendeeRole.CHAIR, "现在开始听证。是否申请主持人、听证员、记录员回避？"),
    (LiveStage.STATEMENT, AttendeeRole.APPLICANT, "2011年拆迁时少算了面积，过渡费只发了12个月，实际过渡了25个月。"),
    (LiveStage.RESPONSE, AttendeeRole.RESPONDENT, "面积以测绘成果为准，过渡费按协议发放。"),
    (LiveStage.EVIDENCE_EXAMINATION, AttendeeRole.RESPONDENT, "出示面积确认单。"),
    (LiveStage.DEBATE, AttendeeRole.APPLICANT, "安置房晚交房一年多，过渡费应当补。"),
    (LiveStage.FINAL_STATEMENT, AttendeeRole.APPLICANT, "请求补发过渡费。"),
    (LiveStage.FINAL_STATEMENT, AttendeeRole.RESPONDENT, "没有补充。"),
    (LiveStage.PANEL_COMMENTS, AttendeeRole.PANELIST, "交房日期的证据比较清楚。"),
)


def recheck_hearing(hall: Hall, **values: object) -> Hearing:
    """The recheck asked for on 20 May and the hearing decided on 26 May, with its panel; runs within a transaction."""
    matter = make_petition(hall, status=MatterStatus.RECHECK_REQUESTED)
    _ask_for_recheck(hall, matter)
    on = date(2025, 5, 26)
    hearing = make_hearing(
        matter, leader=hall.head, clerk=hall.clerk, applied_on=date(2025, 5, 20), decided_at=at(on), **values
    )
    names = hall.people(*FIVE)
    make_panel(
        hearing,
        chair=hall.chair,
        recorder=hall.recorder,
        panelists=names,
        alternates=hall.people("葛敏"),
        by=hall.head,
        now=at(on),
    )
    return hearing


def _ask_for_recheck(hall: Hall, matter: Matter) -> None:
    asked = date(2025, 5, 20)
    remedy = Remedy(
        matter=matter,
        stage=RemedyStage.RECHECK,
        status=RemedyStatus.REQUESTED,
        organ=hall.office,
        requested_on=asked,
        received_on=asked,
        registered_by=hall.coordinator.id,
        registered_at=at(asked),
    )
    remedy.claim = "请求增加拆迁补偿186000元"
    db.session.add(remedy)
    db.session.flush()
    start_clock(matter, "recheck_decision", asked, owner=remedy, now=at(asked))


def sit(hearing: Hearing, hall: Hall, *, to: LiveStage = LiveStage.READ_BACK, is_over: bool = True) -> HearingMinutes:
    """Hold the sitting up to a stage, each step in a transaction of its own; over, the panel deliberates."""
    with desk.files_left_to_the_worker():
        minutes = desk.sit_down(hearing, hall)
    now, procedure = desk.NINE, procedure_of(hearing)
    while True:
        now += timedelta(minutes=5)
        for _, role, text in (row for row in SAID if row[0] is minutes.stage):
            desk.say(minutes, desk.person(minutes, role).key, text, hall.recorder, now=now)
        desk.settle_duties(minutes, hall, now=now)
        following = find_next(procedure, minutes.stage)
        if minutes.stage is to or following is None:
            break
        is_silent = not stage_state(minutes).turns
        desk.go_to(minutes, following, hall, reason="没有人发言" if is_silent else "", now=now)
        db.session.expire(minutes)
    if is_over:
        with transaction():
            end_sitting(minutes, procedure=procedure, by=hall.recorder.as_actor(), now=at(JUNE_11, 11, 20))
    return minutes


def procedure_of(hearing: Hearing) -> Procedure:
    """How this hearing is held."""
    return procedure_for(hearing, JUNE_11)


def open_vote(hearing: Hearing, hall: Hall) -> None:
    """The chair puts the proposal of S02 to the panel."""
    deliberation.open_deliberation(
        hearing,
        proposal=PROPOSAL,
        place="评议室",
        procedure=procedure_of(hearing),
        by=hall.chair.as_actor(),
        now=at(JUNE_11, 14),
    )


def vote(hearing: Hearing, account: Account, word: Vote, reason: str = "证据清楚。") -> None:
    """One panelist votes, in a transaction of his own."""
    with transaction():
        deliberation.cast_vote(
            hearing, word, reason, procedure=procedure_of(hearing), by=account.as_actor(), now=at(JUNE_11, 15)
        )


def vote_all(hearing: Hearing, hall: Hall, *, against: tuple[str, ...] = ("邱正源",)) -> None:
    """All five vote: 4 : 1 as in S02 row 11."""
    for name in FIVE:
        disagrees = name in against
        reason = "过渡费已按协议结清，不应再补。" if disagrees else "交房日期清楚，过渡期确实长于协议。"
        vote(hearing, hall.pool[name], Vote.DISAGREE if disagrees else Vote.AGREE, reason)


def strokes() -> str:
    """A signature as the pad sends it."""
    line = [[20 + step * 9, 40 + (step % 5) * 30] for step in range(30)]
    return json.dumps({"boxes": [{"char": "郑", "width": 400, "height": 400, "strokes": [line, line[::-1]]}]})


def shown_of(paper: IssuedPaper) -> str:
    """The digest of the bytes that a signer is shown."""
    fresh = db.session.get_one(IssuedPaper, paper.id, populate_existing=True)
    assert fresh.latest is not None
    return fresh.latest.sha256


def scan_bytes() -> bytes:
    """A picture as a scanner makes it."""
    target = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(target, "PNG")
    return target.getvalue()
