"""Sample papers with the people of the acceptance scenarios, and marks as the signing pad sends them."""

from datetime import date, time
from math import cos, sin

from app.documents.papers.agreements import MediationAgreementFacts, PaperInstalment, PaymentAccount
from app.documents.papers.counsel import AnalysisPoint, LegalOpinionFacts, OpinionRoute
from app.documents.papers.linkage import LetterParty, ReferralLetterFacts
from app.documents.papers.mediation import MediationRecordFacts, RecordTurn
from app.documents.papers.people import Attendee, PersonParty, Signer
from app.documents.rendering.marks import Marks, SealMark, SignatureMark

COMMITTEE = "滨澜区矛调中心人民调解委员会"
CODE = "F3K79Q2MXN4T"
CHECK_URL = f"https://example.gov.cn/check/{CODE}"


def scribble(seed: int, signed_on: date = date(2025, 7, 1)) -> SignatureMark:
    """A hand signature of three strokes that differs with the seed."""
    strokes = tuple(
        tuple(
            (60 + stroke * 120 + 45 * cos(step / 3 + seed), 80 + 40 * sin(step / 2 + seed * stroke))
            for step in range(24)
        )
        for stroke in range(3)
    )
    return SignatureMark(strokes=strokes, width=480, height=160, signed_on=signed_on)


def water_leak() -> MediationAgreementFacts:
    """S06: 冯志远 pays 尤晓琴 12,000 yuan in three instalments."""
    payments = (
        (date(2025, 7, 1), "2025年7月1日", "当场转账"),
        (date(2025, 7, 15), "", "银行转账"),
        (date(2025, 7, 31), "", "银行转账"),
    )
    return MediationAgreementFacts(
        committee=COMMITTEE,
        parties=(
            PersonParty(
                signer="p1",
                label="甲方",
                name="冯志远",
                sex="男",
                ethnic_group="汉族",
                age=43,
                occupation="个体经营",
                id_number="990101198205171235",
                phone="13800005021",
                address="滨澜区临江街道澄波里社区澄波里12号楼2单元502室",
            ),
            PersonParty(
                signer="p2",
                label="乙方",
                name="尤晓琴",
                sex="女",
                ethnic_group="回族",
                age=36,
                id_number="990101198903062248",
                phone="13900004026",
                address="滨澜区临江街道澄波里社区澄波里12号楼2单元402室",
            ),
        ),
        facts_and_issues=(
            "甲方与乙方系上下楼邻居。2025年5月18日，甲方厨房进水管接头开裂，水渗入楼下，造成乙方厨房、客厅吊顶和墙面受损，"
            "木地板起翘约14平方米，部分家具浸湿。经小区物业服务人员现场查看，漏水点位于甲方户内管道。\n"
            "双方对漏水事实和原因没有争议，对修复费用的数额和付款期限有争议：乙方主张赔偿18,600元，甲方认为地板已使用九年，"
            "应当折旧，愿意承担9,000元。2025年6月9日，双方自愿申请本调解委员会调解。经共同选定的装修单位现场报价并扣除折旧，"
            "修复及家具损失合计12,000元，双方均表示认可。"
        ),
        payment_term="甲方因漏水赔偿乙方修复费用及家具损失",
        total_fen=1_200_000,
        instalments=tuple(
            PaperInstalment(
                payer="冯志远", payee="尤晓琴", amount_fen=400_000, due_on=due, due_text=words, method=method
            )
            for due, words, method in payments
        ),
        accounts=(PaymentAccount(holder="尤晓琴", bank="滨澜农村商业银行临江支行", number="6230000000004026118"),),
        terms=(
            "甲方已于2025年6月20日更换开裂管道；乙方自行组织修复，甲方对施工给予必要配合，乙方施工时间避开12时至14时及20时以后。",
            "甲方逾期支付任何一期的，乙方可以就全部未付款项一并主张权利。",
            "协议履行完毕后，双方就2025年5月18日漏水造成的财产损失再无其他争议。",
        ),
        performance_manner="款项付至上表所列账户，乙方收款后当日向甲方出具收条。",
        performance_place="滨澜区",
        last_performance_on=date(2025, 7, 31),
        copies=3,
        mediators=(Signer(key="m1", name="石明轩"),),
        recorder=Signer(key="r1", name="何静"),
    )


def all_signed(*keys: str, signed_on: date = date(2025, 7, 1)) -> Marks:
    """Hand signatures under these keys and the committee's seal."""
    signatures = {key: scribble(count, signed_on) for count, key in enumerate(keys)}
    return Marks(signatures=signatures, seals={"committee": SealMark(name=COMMITTEE, sealed_on=signed_on)})


def record() -> MediationRecordFacts:
    """S06: the meeting of 1 July 2025 that ends in an agreement."""
    return MediationRecordFacts(
        committee=COMMITTEE,
        dossier_number="(2025)滨澜人调字第31号",
        subject="房屋漏水损害赔偿纠纷",
        held_on=date(2025, 7, 1),
        started_at=time(9, 0),
        ended_at=time(10, 40),
        place="滨澜区矛调中心二楼第一调解室",
        parties=(
            Attendee(capacity="甲方", name="冯志远", detail="502室住户", key="p1"),
            Attendee(capacity="乙方", name="尤晓琴", detail="402室住户", key="p2"),
        ),
        participants=(Attendee(capacity="社区工作者", name="范玉梅", detail="澄波里社区", key="h1"),),
        mediators=(Signer(key="m1", name="石明轩"),),
        recorder=Signer(key="r1", name="何静"),
        turns=(
            RecordTurn(speaker="石明轩", text="今天就5月18日漏水一事进行调解，请双方分别陈述。"),
            RecordTurn(speaker="尤晓琴", text="楼上水管开裂，我家吊顶、墙面和地板都泡坏了，要求赔偿18,600元。"),
            RecordTurn(
                speaker="冯志远", text="漏水是我家的责任，我认。地板已经用了九年，应当折旧，我愿意承担9,000元。"
            ),
            RecordTurn(
                speaker="石明轩",
                text="双方共同选定的装修单位现场报价，扣除折旧后修复及家具损失合计12,000元，双方是否认可？",
            ),
            RecordTurn(speaker="尤晓琴", text="认可，但是希望7月底前付清。"),
            RecordTurn(speaker="冯志远", text="认可，分三次付清可以。"),
        ),
        result="agreed",
        result_text="甲方分三期赔偿乙方12,000元，最后一期于2025年7月31日前付清，双方当场签订人民调解协议书。",
        read_mode="by_parties",
    )


def opinion() -> LegalOpinionFacts:
    """S01: the lawyer's opinion on the retirees' allowance."""
    return LegalOpinionFacts(
        entrusting_unit="滨澜区信访办公室",
        matter_number="滨信登〔2025〕218号",
        subject="428名退休职工安置费纠纷：能否调解、协议如何签、期限如何计算",
        question="（一）安置费纠纷能否导入人民调解？（二）五名代表能否代其他人签订协议？（三）司法确认的期限和法院如何确定？",
        facts_relied_on="2018年滨澜东方纺机有限公司改制时约定每年支付安置费6,000元，至2024年未付，涉及428人，其中11人已去世。",
        analysis=(
            AnalysisPoint(
                text="本事项属于申诉求决类，双方是公民与法人，争议内容是金钱给付，可以在双方自愿的前提下导入人民调解。",
                basis="《信访工作条例》第三十三条；《人民调解法》第十七条：当事人一方明确拒绝调解的，不得调解",
            ),
            AnalysisPoint(
                text="推选代表只便于协商，不当然有权处分他人权利。每名当事人应当本人签名，或者出具载明代为承认、放弃、变更请求和进行和解的特别授权。",
                basis="《民法典》第一百六十五条；《民事诉讼法》第六十二条",
            ),
            AnalysisPoint(
                text="协议自当事人、人民调解员签名并加盖委员会印章之日起生效，三者日期不一致的，以最后一项为准。自生效之日起三十日内由双方共同申请司法确认。",
                basis="《人民调解法》第二十九条、第三十三条；《民事诉讼法》第二百零五条",
            ),
        ),
        routes=(
            OpinionRoute(
                route="人民调解",
                condition="双方书面同意",
                period="一般三十日，经同意可延长",
                body="区矛调中心人民调解委员会",
            ),
            OpinionRoute(
                route="劳动仲裁", condition="调解不成或者不愿调解", period="依法定时效", body="区劳动人事争议仲裁委员会"
            ),
            OpinionRoute(
                route="支付令", condition="协议约定给付、到期不付", period="期满后", body="有管辖权的基层人民法院"
            ),
        ),
        opinion="建议对书面同意的423人导入人民调解，分别签订协议；其余5人继续按信访程序办理。协议中不写入与给付无关的内容。",
        lawyer=Signer(key="l1", name="罗文斌"),
        licence_number="19901201810000001",
        opinion_on=date(2025, 2, 17),
    )


def referral() -> ReferralLetterFacts:
    """S01: the office entrusts the committee on 18 February 2025."""
    return ReferralLetterFacts(
        office="滨澜区信访办公室",
        committee=COMMITTEE,
        kind="entrust",
        matter_number="滨信登〔2025〕218号",
        subject="退休职工安置费纠纷",
        registered_on=date(2025, 2, 10),
        parties=(
            LetterParty(name="陶玉芬等423人", capacity="申请人", consent="2025年2月17日签名同意"),
            LetterParty(name="滨澜东方纺机有限公司", capacity="被申请人", consent="2025年2月17日盖章同意"),
        ),
        summary="2018年公司改制时约定每年支付安置费6,000元，至2024年未付。",
        claims=("支付六至七年安置费",),
        answer_by=date(2025, 2, 21),
        handling_due_on=date(2025, 4, 21),
        issued_on=date(2025, 2, 18),
        attachments=("信访登记表", "同意调解书423份", "证据材料一册"),
        contact="江越",
        phone="0990-6000066",
    )
