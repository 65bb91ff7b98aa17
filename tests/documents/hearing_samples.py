"""The minutes of S02 and S03: a public petition hearing and a reconsideration hearing, short and of sixty pages."""

from dataclasses import replace
from datetime import date, time

from app.documents.papers.hearing_minutes import (
    EvidenceOpinion,
    HearingMinutesFacts,
    MinutesAttendance,
    MinutesBreak,
    MinutesCorrection,
    MinutesEvidence,
    MinutesRefusal,
    MinutesRoomNote,
    MinutesRuling,
    MinutesStage,
    MinutesStatement,
)
from app.documents.papers.hearings import HearingOfficer
from app.documents.papers.people import Attendee

REVIEW_OFFICE = "滨澜区信访事项复查复核委员会办公室"
HOUSING = "滨澜区住房和城乡建设委员会"
NUMBER = "滨信听字〔2025〕3号"
HELD_ON = date(2025, 6, 11)
CHAIR = HearingOfficer(name="毕建国", detail="复查复核办公室科长，不参加表决", key="chair")
RECORDER = HearingOfficer(name="何静", detail="区矛调中心", key="recorder1")
PANEL = tuple(
    HearingOfficer(name=name, detail=detail, key=f"panel{count}")
    for count, (name, detail) in enumerate(
        (
            ("万春生", "区人大代表"),
            ("康秀兰", "区政协委员"),
            ("宋雨晴", "律师"),
            ("邱正源", "测绘专家"),
            ("范玉梅", "北埠街道老码头社区代表"),
        ),
        start=1,
    )
)
ZHENG = Attendee(capacity="信访人", name="郑桂兰", detail="女，68岁，滨澜区北埠街道居民", key="p1")
DAUGHTER = Attendee(capacity="信访人代理人", name="郑小满", detail="信访人之女，一般授权", key="p2")
QIN = Attendee(capacity="责任单位", name="秦立业", detail="区住房和城乡建设委员会征收科科长", key="p3")
GULINAR = Attendee(capacity="责任单位", name="古丽娜尔·买买提", detail="区住房和城乡建设委员会工作人员", key="p4")


def says(speaker: str, text: str, *corrections: MinutesCorrection, name: str = "") -> MinutesStatement:
    """One statement."""
    return MinutesStatement(speaker=speaker, text=text, name=name, corrections=corrections)


OPENING = MinutesStage(
    title="核对身份，宣布开始",
    started_at=time(9, 2),
    turns=(
        says("记录员", "各方当事人、代理人和听证员均已到场，身份证件和授权委托书核验无误，代理权限为一般授权。"),
        says(
            "主持人",
            "现在开始听证。今天公开听证的事项是郑桂兰房屋征收补偿信访事项。我叫毕建国，没有参与过本事项的调查和办理，"
            "主持听证，不参加表决。听证员五人：万春生、康秀兰、宋雨晴、邱正源、范玉梅。记录员何静。",
        ),
        says(
            "主持人",
            "当事人的权利和义务已随听证通知书书面告知。听证纪律：未经许可不得发言、录音、录像；不得随意走动。双方是否申请回避？",
        ),
        says("信访人", "不申请。"),
        says("责任单位", "不申请。", name="秦立业"),
    ),
)
CLAIM = MinutesStage(
    title="信访人陈述",
    started_at=time(9, 14),
    turns=(
        says("主持人", "请信访人陈述请求、事实和理由。"),
        says(
            "信访人",
            "我家是2011年拆的。当时量房子，阁楼没有算进去，我签字的时候就提过。后来说先签了再说。\n"
            "过渡费说好给到交房，结果给了一年就停了，我们在外面租了两年多。我要求补偿186,000元。",
            MinutesCorrection(number=1, old="租了两年", new="租了两年多", asked_by="信访人郑桂兰", at=time(11, 40)),
        ),
        says(
            "信访人代理人",
            "补充两点：第一，阁楼在征收前就存在，有邻居证言和照片；第二，交房通知书是2013年6月才发的，过渡期一共25个月。",
        ),
    ),
)
ANSWER = MinutesStage(
    title="责任单位陈述",
    started_at=time(9, 31),
    turns=(
        says(
            "责任单位",
            "面积以2010年11月的测绘成果表为准，申请人当时签字确认。阁楼没有产权登记，调查认定结果公示时也没有人提出异议。"
            "过渡费按照协议第六条发放12个月，已经履行完毕。",
            name="秦立业",
        ),
        says("责任单位", "依据是《国有土地上房屋征收与补偿条例》第二十二条和区里当年公布的征收补偿方案第九条。"),
    ),
)
EXAMINATION = MinutesStage(
    title="举证质证",
    started_at=time(9, 48),
    turns=(
        MinutesEvidence(
            number=1,
            title="照片6张，拍摄时间2009年春节；邻居书面证言2份",
            presented_by="信访人",
            proves="证明阁楼在征收前已经存在",
            at=time(9, 50),
            opinions=(
                EvidenceOpinion(
                    speaker="责任单位", text="照片的真实性不持异议，但是不能证明面积；证人没有到场，不予认可。"
                ),
            ),
        ),
        MinutesEvidence(
            number=2,
            title="房屋测绘成果表（2010年11月）、面积确认单",
            presented_by="责任单位",
            proves="证明计补面积71.4平方米，信访人签字认可",
            opinions=(EvidenceOpinion(speaker="信访人", text="签字是我签的。当时工作人员说阁楼另算，我才签的。"),),
        ),
        MinutesEvidence(
            number=3,
            title="安置房交付通知书（2013年6月3日）",
            presented_by="信访人",
            opinions=(EvidenceOpinion(speaker="责任单位", text="真实性认可。"),),
        ),
        says("邱正源", "问责任单位：测绘时是否进入阁楼量过？"),
        says("责任单位", "现有材料看不出来，当时的测绘人员已经退休。"),
        MinutesRuling(
            objection="责任单位认为听证员的提问超出听证事项", text="提问与争议事实有关，允许继续。", at=time(10, 12)
        ),
        says("宋雨晴", "问责任单位：超过12个月以后的过渡费，有没有书面告知信访人停发的理由？"),
        says("责任单位", "没有找到书面告知的材料。"),
        MinutesRoomNote(text="旁听人员一人离场，秩序正常", at=time(10, 20)),
    ),
)
DEBATE = MinutesStage(
    title="辩论",
    started_at=time(10, 26),
    turns=(
        says(
            "信访人代理人",
            "协议写的是“过渡期限自搬迁之日起至交房之日止，暂按12个月计发”，“暂按”就说明超过了要补。",
        ),
        says("责任单位", "协议第六条是双方约定，应当按照约定执行。对方案第九条的理解，我们需要回去研究。"),
        says("信访人", "你们研究了十四年。"),
        says(
            "主持人",
            "请围绕争议问题发言。争议问题归纳为两个：一是阁楼应否计入补偿面积，二是超过12个月的过渡费应否补发。双方是否有补充？",
        ),
        says("信访人", "没有。"),
        says("责任单位", "没有。"),
    ),
)
LAST_WORDS = MinutesStage(
    title="最后陈述",
    started_at=time(10, 52),
    turns=(
        says("信访人", "请求按照事实把该给的给我。"),
        says("责任单位", "坚持处理意见，尊重听证组意见。"),
        says("主持人", "双方陈述完毕。现在休会，由听证组评议，评议不公开，另行记录。"),
        MinutesBreak(kind="recess", at=time(10, 55), reason="听证组评议"),
    ),
)
COMMENTS = MinutesStage(title="听证员发表意见", skipped_reason="听证员均表示待评议后书面发表意见，双方无异议")
CLOSING = MinutesStage(
    title="恢复听证",
    started_at=time(11, 38),
    turns=(
        MinutesBreak(kind="resume", at=time(11, 38)),
        says(
            "主持人",
            "现在恢复听证。听证组已经评议并表决，听证意见书将在十日内作出并送达双方。请各方核对笔录并逐页签名，"
            "认为有遗漏或者差错的，可以申请补正。现在听证结束。",
        ),
    ),
)
REFUSAL = MinutesRefusal(
    key="p1",
    capacity="信访人",
    name="郑桂兰",
    refused_on=HELD_ON,
    refused_at=time(12, 5),
    reason="记录不全",
    offered="记录员当场询问需要补充的内容，信访人另行书写补正意见一页，附于笔录之后",
    witnesses="主持人毕建国、见证人杜兰",
)


def minutes() -> HearingMinutesFacts:
    """S02: 11 June 2025; the petitioner declines to sign."""
    people = (ZHENG, DAUGHTER, QIN, GULINAR)
    return HearingMinutesFacts(
        organ=REVIEW_OFFICE,
        subject="郑桂兰房屋征收补偿信访事项复核听证",
        hearing_number=NUMBER,
        held_on=HELD_ON,
        started_at=time(9, 2),
        ended_at=time(11, 47),
        place="区矛调中心听证室",
        chair=CHAIR,
        recorders=(RECORDER,),
        panelists=PANEL,
        attendance=(
            *(
                MinutesAttendance(role=row.capacity, name=row.name, detail=row.detail, document="已核验")
                for row in people
            ),
            *(MinutesAttendance(role="听证员", name=row.name, detail=row.detail, document="已核验") for row in PANEL),
            MinutesAttendance(
                role="旁听人员", name="（登记7人）", detail="名单另附签到表", presence="—", document="已登记"
            ),
        ),
        stages=(OPENING, CLAIM, ANSWER, EXAMINATION, DEBATE, LAST_WORDS, COMMENTS, CLOSING),
        signers=(ZHENG, DAUGHTER, QIN),
        refusals=(REFUSAL,),
        witnesses=(Attendee(capacity="见证人", name="杜兰", key="witness1"),),
    )


def long_minutes(turns: int = 400) -> HearingMinutesFacts:
    """A record of about sixty pages: that many turns of some eighty characters in the examination of evidence."""
    words = (
        "问责任单位：当年测绘时是否进入阁楼量过，记录在哪一份材料上？如果没有，为什么在认定结果里写明面积已经核对？请结合成果表逐项说明。",
        "现有材料看不出来，当时的测绘人员已经退休，我们回去以后再查一次2010年11月的原始记录，把结果书面告知听证组和申请人，"
        "同时把征收补偿方案第九条的说明一并提交，请听证组给我们三个工作日的时间，材料以复印件为准，原件备查。",
        "我不同意这个说法。2011年签字的时候工作人员讲得很清楚，阁楼另算，邻居也在场；过渡费停发以后我每个月都去问，没有人给过书面答复，"
        "我手里有租房合同和收据，一共25个月，请听证员看一看。",
    )
    speakers = ("宋雨晴", "责任单位", "信访人")
    talk = tuple(says(speakers[count % 3], f"第{count + 1}次发言：{words[count % 3]}") for count in range(turns))
    return replace(
        minutes(), stages=(OPENING, CLAIM, ANSWER, replace(EXAMINATION, turns=talk), DEBATE, LAST_WORDS, CLOSING)
    )


def reconsideration_minutes() -> HearingMinutesFacts:
    """S03: 12 October 2024; the head of the bureau is away and sent his deputy."""
    people = (
        Attendee(capacity="申请人", name="沈立群", detail="男，41岁，个体工商户", key="p1"),
        Attendee(capacity="被申请人", name="高岩", detail="区市场监督管理局副局长，持授权委托书", key="p2"),
    )
    return HearingMinutesFacts(
        organ="滨澜区人民政府行政复议办公室",
        subject="沈立群不服罚款80,000元行政处罚决定行政复议案听证",
        is_reconsideration=True,
        hearing_number="滨复听字〔2024〕8号",
        held_on=date(2024, 10, 12),
        started_at=time(14, 30),
        ended_at=time(16, 5),
        place="区行政复议听证室",
        chair=HearingOfficer(name="段文涛", detail="行政复议办公室主任", key="chair"),
        recorders=(HearingOfficer(name="温宁", key="recorder1"),),
        panelists=(
            HearingOfficer(name="殷洁", detail="行政复议人员", key="panel1"),
            HearingOfficer(name="卢海", detail="行政复议人员", key="panel2"),
        ),
        attendance=tuple(
            MinutesAttendance(role=row.capacity, name=row.name, detail=row.detail, document="已核验") for row in people
        ),
        head_attendance="被申请人负责人因公出国未能出席，已书面说明理由，委托副局长高岩参加听证",
        stages=(
            MinutesStage(
                title="核对身份，宣布开始",
                started_at=time(14, 30),
                turns=(says("主持人", "现在开始听证。双方对到场人员有无异议？"), says("申请人", "没有。")),
            ),
            MinutesStage(
                title="申请人陈述",
                started_at=time(14, 41),
                turns=(says("申请人", "罚款过重，请求撤销或者变更处罚决定。"),),
            ),
            MinutesStage(
                title="被申请人陈述",
                started_at=time(14, 58),
                turns=(says("被申请人", "处罚在法定幅度之内，证据已经随答复书提交。"),),
            ),
        ),
        signers=people,
    )
