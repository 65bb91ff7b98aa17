"""One sample of every paper of a hearing, with the people of S02."""

from datetime import date, time

from app.documents.papers.hearing_minutes import HearingMinutesNoteFacts
from app.documents.papers.hearing_opinion import (
    DeliberationMinutesFacts,
    HearingOpinionFacts,
    OpinionFinding,
    PanelView,
)
from app.documents.papers.hearing_people import (
    AttendanceSheetFacts,
    AuthorisedProxy,
    Elector,
    PowerOfAttorneyFacts,
    RecusalDecisionFacts,
    RecusalRequestFacts,
    RepresentativeElectionFacts,
    SheetRow,
)
from app.documents.papers.people import Attendee, PersonParty, Signer
from app.documents.rendering.composing import Paper
from tests.documents.convening_papers import (
    MATTER,
    MATTER_NUMBER,
    ZHENG_GUILAN,
    announcement,
    application,
    change_notice,
    consultation,
    decision,
    notice,
    receipt,
    rights_notice,
    waiver,
)
from tests.documents.hearing_samples import (
    CHAIR,
    HELD_ON,
    HOUSING,
    NUMBER,
    PANEL,
    RECORDER,
    REVIEW_OFFICE,
    minutes,
)


def attorney() -> PowerOfAttorneyFacts:
    """S02: the daughter, general authority."""
    return PowerOfAttorneyFacts(
        organ=REVIEW_OFFICE,
        subject=MATTER,
        matter_number=MATTER_NUMBER,
        principal=ZHENG_GUILAN,
        proxies=(
            AuthorisedProxy(
                key="x1",
                name="郑小满",
                relation="女儿",
                id_number="990101198610054421",
                address="滨澜区北埠街道老码头社区18号",
                phone="13600008119",
            ),
        ),
        is_special=False,
        powers=("代为陈述事实和理由、提交证据", "代为质证、辩论和作最后陈述", "代为核对并签署笔录"),
        valid_from=date(2025, 6, 3),
        valid_text="至本次听证结束之日止",
    )


def sheet() -> AttendanceSheetFacts:
    """S02: everybody called, two observers, three empty lines."""
    called = ("信访人", "郑桂兰", "北埠街道居民"), ("责任单位", "秦立业", "征收科科长")
    return AttendanceSheetFacts(
        organ=REVIEW_OFFICE,
        subject=MATTER,
        hearing_number=NUMBER,
        held_on=HELD_ON,
        starts_at=time(9),
        place="滨澜区矛调中心三楼听证室",
        rows=(
            *(
                SheetRow(
                    role=role,
                    name=name,
                    detail=detail,
                    document="身份证",
                    arrived_at=time(8, 45),
                    key=f"p{count}",
                )
                for count, (role, name, detail) in enumerate(called, start=1)
            ),
            *(SheetRow(role="听证员", name=row.name, detail=row.detail, key=row.key) for row in PANEL),
        ),
        observers=(
            SheetRow(role="旁听", name="杜兰", document="身份证"),
            SheetRow(role="旁听", name="迪丽努尔·艾合买提江", document="身份证"),
        ),
        blank_rows=3,
        clerk=Signer(key="recorder1", name="何静"),
    )


def recusal_request() -> RecusalRequestFacts:
    """The petitioner asks a panelist to step aside."""
    return RecusalRequestFacts(
        organ=REVIEW_OFFICE,
        subject=MATTER,
        hearing_number=NUMBER,
        applicant=Signer(key="p1", name="郑桂兰"),
        capacity="信访人",
        person="邱正源",
        post="听证员",
        ground="参加过本事项的调查",
        reasons="邱正源所在的测绘院承担了2010年11月的房屋测绘，成果表上有该院的印章。",
        requested_on=date(2025, 6, 5),
    )


def recusal_decision() -> RecusalDecisionFacts:
    """The head of the organ grants it and names an alternate."""
    return RecusalDecisionFacts(
        organ=REVIEW_OFFICE,
        subject=MATTER,
        hearing_number=NUMBER,
        recipients=("郑桂兰", HOUSING),
        person="邱正源",
        post="听证员",
        requested_by="郑桂兰",
        requested_on=date(2025, 6, 5),
        ground="参加过本事项的调查",
        is_granted=True,
        reasons="经核实，邱正源所在单位承担过本事项所涉房屋的测绘，可能影响公正。",
        decider="听证机关负责人",
        replacement="候补听证员黎敬之（高校教师）",
        issued_on=date(2025, 6, 6),
        contact="何静",
        phone="0990-6000066",
    )


def note() -> HearingMinutesNoteFacts:
    """S02: the petitioner's own page after she declined to sign."""
    return HearingMinutesNoteFacts(
        organ=REVIEW_OFFICE,
        subject=f"{MATTER}听证",
        minutes_number=NUMBER,
        held_on=HELD_ON,
        author=Attendee(capacity="信访人", name="郑桂兰", key="p1"),
        page=2,
        text="第二页第十行，我说的是“租了两年多，一共二十五个月”，笔录没有写月数。\n我还说过停发以后每个月都去问，没有人给过书面答复。",
        added_on=HELD_ON,
        signers=(
            Attendee(capacity="信访人", name="郑桂兰", key="p1"),
            Attendee(capacity="主持人", name="毕建国", key="chair"),
            Attendee(capacity="记录员", name="何静", key="recorder1"),
        ),
    )


def deliberation() -> DeliberationMinutesFacts:
    """S02: four to one."""
    views = (
        "过渡费应当按实际过渡期补发，面积以测绘成果为准。",
        "同意补发过渡费。原处理没有书面告知停发理由，程序有瑕疵。",
        "协议写的是“暂按”，超过部分应当补发，数额为23,400元。",
        "测绘成果合法有效；同意补发过渡费。",
        "邻居证言和照片能够相互印证阁楼已经存在，应当先重新核查面积再作结论。",
    )
    return DeliberationMinutesFacts(
        organ=REVIEW_OFFICE,
        subject=MATTER,
        hearing_number=NUMBER,
        held_on=HELD_ON,
        started_at=time(10, 55),
        ended_at=time(11, 35),
        place="滨澜区矛调中心三楼合议室",
        chair=CHAIR,
        recorder=RECORDER,
        question="原处理意见是否适当；过渡费应否补发，补发多少；面积应否重新认定。",
        views=tuple(
            PanelView(name=row.name, key=row.key, text=text, vote="against" if count == 4 else "for")
            for count, (row, text) in enumerate(zip(PANEL, views, strict=True))
        ),
        result="原处理程序有瑕疵，应补发过渡费23,400元；增加面积补偿的请求不予支持。少数意见记入听证意见书。",
    )


def hearing_opinion() -> HearingOpinionFacts:
    """S02: the opinion of 13 June 2025."""
    return HearingOpinionFacts(
        organ=REVIEW_OFFICE,
        subject=MATTER,
        source=(
            f"信访人郑桂兰不服{HOUSING}（以下称区住建委）2025年3月3日送达的信访处理意见和2025年4月28日送达的复查意见，"
            "于2025年5月20日申请复核并申请听证。本机关于2025年5月26日决定听证。"
        ),
        held_on=HELD_ON,
        starts_at=time(9),
        place="滨澜区矛调中心三楼听证室",
        present="信访人及其代理人、区住建委承办人到场，听证员五人全部到场",
        chair=CHAIR,
        recorder=RECORDER,
        panelists=PANEL,
        claim="请求增加房屋征收补偿186,000元，理由是2011年征收时房屋面积少计，并且没有足额发放过渡费。",
        unit_view="区住建委认为，面积以2010年11月的测绘成果为准，信访人当时签字认可；过渡费已按协议发放12个月。",
        findings=(
            OpinionFinding(text="采信测绘成果表和信访人签字的面积确认单，认定计补面积为71.4平方米"),
            OpinionFinding(
                text="信访人提交的照片和邻居证言",
                is_accepted=False,
                reason="能够证明阁楼存在，不能证明面积；阁楼没有产权登记，也没有列入当年的调查认定结果",
            ),
            OpinionFinding(
                text="采信安置房交付通知书，认定实际过渡期为25个月，比协议约定的12个月多13个月；"
                "采信当年公布的过渡费标准为每月1,800元，13个月合计23,400元没有发放"
            ),
        ),
        law=("《国有土地上房屋征收与补偿条例》第二十二条", "滨澜区当年公布的征收补偿方案第九条"),
        opinion="原处理程序有瑕疵，应补发过渡费23,400.00元（大写：贰万叁仟肆佰元整）；增加面积补偿的请求不予支持。",
        suggestion="建议复核机关据此作出复核意见，并要求区住建委在复核意见送达后三十日内补发过渡费。",
        weighs_on="复核意见",
        votes_due=5,
        votes_for=4,
        votes_against=1,
        minority=(
            "信访人提供的邻居证言和当年照片可以相互印证阁楼在征收时已经存在，建议对该部分面积重新核查后再作结论。",
        ),
        issued_on=date(2025, 6, 13),
    )


def election() -> RepresentativeElectionFacts:
    """Seven residents elect two of them."""
    names = ("郑桂兰", "刘玉兰", "欧阳赟", "𠮷田䶮", "迪丽努尔·艾合买提江", "孟和", "石小川")
    return RepresentativeElectionFacts(
        organ=REVIEW_OFFICE,
        subject="老码头片区房屋征收过渡费信访事项",
        group="老码头片区七户居民",
        respondent=HOUSING,
        representatives=(
            ZHENG_GUILAN,
            PersonParty(signer="e5", label="代表", name="迪丽努尔·艾合买提江", sex="女", phone="13600008120"),
        ),
        electors=tuple(
            Elector(key=f"e{count}", name=name, detail=f"老码头{count}号") for count, name in enumerate(names, start=1)
        ),
        powers=("代表全体推选人参加听证，陈述事实和理由", "提交证据、质证和辩论", "签收与听证有关的文书"),
        elected_on=date(2025, 5, 18),
    )


def petition_papers() -> tuple[Paper, ...]:
    """One paper of each type, in the order of the forms."""
    numbered: tuple[tuple[str, str, object], ...] = (
        ("hearing_application", "", application()),
        ("hearing_consultation", "滨信听征字〔2025〕2号", consultation()),
        ("hearing_decision", "滨信听决字〔2025〕3号", decision()),
        ("hearing_notice", NUMBER, notice()),
        ("service_receipt", "滨信送字〔2025〕41号", receipt()),
        ("hearing_announcement", NUMBER, announcement()),
        ("hearing_rights_notice", "", rights_notice()),
        ("power_of_attorney", "", attorney()),
        ("attendance_sheet", "", sheet()),
        ("recusal_request", "", recusal_request()),
        ("recusal_decision", "滨信听避字〔2025〕1号", recusal_decision()),
        ("hearing_change_notice", "滨信听延字〔2025〕1号", change_notice()),
        ("notice_waiver", "", waiver()),
        ("hearing_minutes", NUMBER, minutes()),
        ("hearing_minutes_note", "", note()),
        ("deliberation_minutes", "", deliberation()),
        ("hearing_opinion", "滨信听字〔2025〕5号", hearing_opinion()),
        ("representative_election", "", election()),
    )
    return tuple(
        Paper(type_name=name, number=number or None, facts=facts)  # type: ignore[arg-type]
        for name, number, facts in numbered
    )
