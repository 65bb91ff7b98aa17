"""The living matters of the demonstration district: who wants what from whom, and how far each has come."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from app.matters.rules import MatterKind


class Stage(IntEnum):
    """How far a story is told."""

    REGISTERED = 1
    SCREENED = 2
    CONSENTED = 3
    REFERRED = 4
    MEDIATING = 5
    MEETING_BOOKED = 6
    MEETING_HELD = 7
    AGREEMENT_DRAFTED = 8
    AGREEMENT_ISSUED = 9
    PARTLY_SIGNED = 10
    SIGNED = 11
    EFFECTIVE = 12
    CLOSED = 13
    TRANSFERRED = 20
    OBJECTED = 21
    ACCEPTED = 22
    HANDLING = 23
    OPINION_ISSUED = 24
    ENTERED_IN_ERROR = 30
    WITHDRAWN = 31
    GUIDED_AWAY = 32
    COMMITTEE_DECLINED = 33
    MEDIATION_FAILED = 34


@dataclass(frozen=True)
class Side:
    """A person (born, woman or not) or, without a birth date, a body with its head's name."""

    name: str
    born: date | None = None
    is_woman: bool = False
    head: str = ""
    phone: bool = True
    needs: str = ""


@dataclass(frozen=True)
class Dispute:
    """One matter: subject, dispute type, claim, facts, amount in fen, sides, working days since it began, stage."""

    subject: str
    dispute_type: str
    claim: str
    facts: str
    amount_fen: int
    petitioner: Side
    respondent: Side | None
    days_ago: int
    stage: Stage
    unit: str = ""
    kind: MatterKind = MatterKind.CLAIM_FOR_DECISION


def man(name: str, year: int, month: int, day: int, *, phone: bool = True, needs: str = "") -> Side:
    """A man."""
    return Side(name, date(year, month, day), phone=phone, needs=needs)


def woman(name: str, year: int, month: int, day: int, *, phone: bool = True, needs: str = "") -> Side:
    """A woman."""
    return Side(name, date(year, month, day), is_woman=True, phone=phone, needs=needs)


def firm(name: str, head: str) -> Side:
    """A firm and its legal representative."""
    return Side(name, head=head)


LIVING: tuple[Dispute, ...] = (
    Dispute(
        "空调外机噪声扰民",
        "D02",
        "请求把空调外机移到北墙，夜里十点后不再开。",
        "外机正对卧室窗户，相距不到两米，去年夏天起每晚响到十二点，社区劝过两次。",
        0,
        woman("齐红霞", 1968, 4, 12),
        man("郭立军", 1979, 9, 3),
        1,
        Stage.REGISTERED,
    ),
    Dispute(
        "装修押金不退",
        "D04",
        "请求物业退还装修押金 3,000 元。",
        "三月装修验收合格，物业以楼道划痕为由不退押金，没有给出照片。",
        300_000,
        man("曹学林", 1985, 1, 22),
        firm("滨澜和居物业服务有限公司", "付敬东"),
        2,
        Stage.REGISTERED,
    ),
    Dispute(
        "楼道堆放杂物",
        "D02",
        "请求清走三楼楼道的旧家具，保证消防通道畅通。",
        "旧衣柜和纸箱占了半个楼道，轮椅过不去，四月提过三次没有结果。",
        0,
        woman("湛秀珍", 1949, 11, 5, phone=False, needs="轮椅；听力差，请当面说"),
        man("裘大勇", 1990, 6, 18),
        3,
        Stage.SCREENED,
    ),
    Dispute(
        "停车位被长期占用",
        "D14",
        "请求恢复产权车位的使用，赔偿占用期间的停车费 1,680 元。",
        "地下二层 117 号车位被同一辆车停了七个月，物业说联系不上车主。",
        168_000,
        man("耿祖德", 1974, 2, 8),
        man("鲍小军", 1988, 12, 30),
        4,
        Stage.CONSENTED,
    ),
    Dispute(
        "货款拖欠",
        "D05",
        "请求支付尾款 26,400 元。",
        "去年十月送了十一批布料，对方签了收条，尾款拖到现在。",
        2_640_000,
        man("谭国梁", 1971, 7, 19),
        firm("滨澜新梭纺织有限公司", "庞启明"),
        6,
        Stage.REFERRED,
    ),
    Dispute(
        "宠物咬伤赔偿",
        "D06",
        "请求赔偿医药费和误工费 4,350 元。",
        "五月早上在小区门口被没有拴绳的狗咬伤小腿，打了五针疫苗。",
        435_000,
        woman("柏若兰", 1992, 3, 27),
        woman("仇美凤", 1963, 8, 14),
        8,
        Stage.MEDIATING,
    ),
    Dispute(
        "租房合同解除",
        "D04",
        "请求退还押金 5,200 元和剩余租金 2,600 元。",
        "房东提前收房，只肯退一半押金，双方在微信里说过当天结清。",
        780_000,
        man("路星河", 1997, 10, 9),
        woman("娄桂英", 1958, 5, 2),
        9,
        Stage.MEETING_BOOKED,
    ),
    Dispute(
        "邻里排水纠纷",
        "D02",
        "请求改走排水管，不再往共用院子里排水。",
        "新装的洗衣机把水排进院子，冬天结冰，两家老人都摔过。",
        0,
        man("麻永康", 1956, 1, 30, needs="看不清小字"),
        man("司徒文", 1981, 4, 4),
        10,
        Stage.MEETING_BOOKED,
    ),
    Dispute(
        "工资拖欠",
        "D11",
        "请求支付三个月工资 18,900 元。",
        "在食品厂做包装，去年十二月到今年二月的工资没有发，工友可以作证。",
        1_890_000,
        woman("魏春梅", 1983, 9, 21),
        firm("滨澜味丰食品有限公司", "翁志强"),
        11,
        Stage.MEDIATING,
    ),
    Dispute(
        "阳台改建影响采光",
        "D02",
        "请求拆除加高的阳台雨棚，赔偿采光损失 2,000 元。",
        "雨棚加高六十厘米后，楼下客厅下午没有太阳，双方量过尺寸。",
        200_000,
        woman("阮碧君", 1970, 12, 11),
        man("屈振海", 1976, 6, 6),
        6,
        Stage.MEETING_HELD,
    ),
    Dispute(
        "家具质量纠纷",
        "D17",
        "请求换货，或者退款 7,999 元。",
        "沙发用了四个月塌陷，商家说不在三包范围，厂家没有回音。",
        799_900,
        man("蔺长青", 1989, 2, 17),
        firm("滨澜宜家美居商行", "祝家宝"),
        7,
        Stage.AGREEMENT_DRAFTED,
    ),
    Dispute(
        "吊顶发霉修复费",
        "D02",
        "请求赔偿吊顶和墙面修复费 8,600 元。",
        "楼上洗手间防水坏了，楼下书房吊顶发霉，物业看过现场。",
        860_000,
        woman("戚晓雯", 1987, 5, 29),
        man("毕小川", 1993, 11, 13),
        8,
        Stage.AGREEMENT_ISSUED,
    ),
    Dispute(
        "电动车碰撞赔偿",
        "D13",
        "请求赔偿修车费和医药费 2,730 元。",
        "在灯塔路口两辆电动车相撞，交警认定对方主要责任。",
        273_000,
        man("滕振宇", 1995, 8, 8),
        man("莫小北", 2001, 3, 3),
        9,
        Stage.PARTLY_SIGNED,
    ),
    Dispute(
        "合伙账目不清",
        "D05",
        "请求结清合伙开店的账，分得 33,500 元。",
        "两人合开早餐店两年，关店后账本在一方手里，另一方没有看过。",
        3_350_000,
        man("沙立群", 1978, 10, 25),
        man("鞠成栋", 1977, 4, 16),
        9,
        Stage.SIGNED,
    ),
    Dispute(
        "围墙越界",
        "D03",
        "请求把围墙退回到宅基地界线，补种被占的菜地。",
        "翻修围墙时多占了三十厘米，老界石还在。",
        0,
        man("隆福生", 1954, 7, 1, phone=False),
        man("迟广林", 1966, 9, 9),
        10,
        Stage.EFFECTIVE,
    ),
    Dispute(
        "劳务费结算",
        "D04",
        "请求支付粉刷工程劳务费 9,240 元。",
        "带三个人刷了两层楼，包工头说业主没有给钱。",
        924_000,
        man("储大海", 1980, 12, 24),
        man("荆有财", 1972, 2, 2),
        13,
        Stage.CLOSED,
    ),
    Dispute(
        "请求修好路灯",
        "D99",
        "请求修好染坊弄坏了半年的路灯。",
        "老人晚上出门看不见路，十二盏灯坏了七盏。",
        0,
        woman("苗雨荷", 1964, 6, 6),
        None,
        5,
        Stage.TRANSFERRED,
        "urban",
    ),
    Dispute(
        "旧房改造补贴",
        "D99",
        "请求按公告补发旧房改造补贴 6,000 元。",
        "去年九月交齐材料，街道说名单已报，补贴没有到账。",
        600_000,
        man("宿德厚", 1951, 3, 18),
        None,
        8,
        Stage.OBJECTED,
        "housing",
    ),
    Dispute(
        "工伤认定进度",
        "D11",
        "请求答复工伤认定为什么拖了四个月。",
        "三月交了申请，窗口收了材料，没有受理通知。",
        0,
        man("尚志远", 1986, 8, 28),
        None,
        12,
        Stage.ACCEPTED,
        "labour",
    ),
    Dispute(
        "拆迁过渡费",
        "D08",
        "请求补发六个月过渡费 14,400 元。",
        "过渡期过了半年，新房没有交付，过渡费停了。",
        1_440_000,
        woman("权秋菊", 1959, 9, 12),
        None,
        25,
        Stage.HANDLING,
        "housing",
    ),
    Dispute(
        "养老待遇核算",
        "D99",
        "请求重新核算工龄，补发养老金差额 5,160 元。",
        "下乡三年没有算进工龄，档案在原厂。",
        516_000,
        man("伍国栋", 1955, 5, 20),
        None,
        30,
        Stage.OPINION_ISSUED,
        "labour",
    ),
    Dispute(
        "重复登记的广场噪声",
        "D09",
        "请求晚上九点后广场不放音响。",
        "同一天在窗口和网上各登记了一次。",
        0,
        woman("车雅琴", 1975, 1, 15),
        None,
        3,
        Stage.ENTERED_IN_ERROR,
    ),
    Dispute(
        "电梯维修",
        "D14",
        "请求尽快修好 2 号楼电梯。",
        "登记后第二天物业修好了，本人不再反映。",
        0,
        man("晏清和", 1982, 7, 7),
        firm("滨澜安泰物业服务有限公司", "甘立新"),
        6,
        Stage.WITHDRAWN,
    ),
    Dispute(
        "不服一审判决",
        "D04",
        "认为借款案一审判得不对，请求改判。",
        "区法院上月判决，上诉期还没有过。",
        0,
        man("佟国安", 1969, 11, 11),
        None,
        4,
        Stage.GUIDED_AWAY,
    ),
    Dispute(
        "确认房屋归属",
        "D03",
        "请求确认老宅东屋归自己所有。",
        "兄弟两人对老宅东屋归谁有争议，没有分家文书。",
        0,
        man("邬长河", 1960, 10, 10),
        man("邬长江", 1964, 2, 14),
        6,
        Stage.COMMITTEE_DECLINED,
    ),
    Dispute(
        "健身卡退费",
        "D17",
        "请求退还没有用完的健身卡 2,988 元。",
        "健身房换了老板，说旧卡不认。",
        298_800,
        woman("习文静", 1998, 4, 23),
        firm("滨澜力搏健身有限公司", "敖翔"),
        10,
        Stage.MEDIATION_FAILED,
    ),
    Dispute(
        "建议延长大厅开放时间",
        "",
        "建议信访大厅周六上午也开放，方便上班的人。",
        "工作日请不了假，周六来过三次都关门。",
        0,
        man("初晓光", 1991, 5, 5),
        None,
        7,
        Stage.TRANSFERRED,
        "urban",
        MatterKind.SUGGESTION,
    ),
    Dispute(
        "反映收受财物",
        "",
        "检举区城管局一名副科长收受商户香烟和购物卡。",
        "去年中秋前，他让三家沿街商户各送两条烟和一张一千元的购物卡。",
        0,
        man("邵天明", 1962, 2, 20),
        None,
        5,
        Stage.REGISTERED,
        "urban",
        MatterKind.ACCUSATION,
    ),
)
