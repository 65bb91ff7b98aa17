"""The claimants of a large case as the benchmarks invent them, and their agreements ready to print (S01)."""

import random
from dataclasses import replace
from datetime import date

from app.documents.papers.agreements import MediationAgreementFacts, PaperInstalment, PaymentAccount
from app.documents.papers.people import OrganisationParty, PaperProxy, PersonParty, Signer
from app.documents.rendering.composing import Paper
from app.documents.rendering.engine import Order
from app.documents.rules import new_check_code

COMMITTEE = "滨澜区矛调中心人民调解委员会"
COMPANY = OrganisationParty(
    signer="p2",
    label="乙方",
    name="滨澜东方纺机有限公司",
    credit_code="91990100MA00000060",
    legal_representative="蔡国栋",
    post="总经理",
    address="滨澜区东方路88号",
    phone="0990-6000060",
)
FAMILY = (
    "陶梁苗孔卞王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
GIVEN = (
    "玉芬守田桂香庆义凤英建国秀兰志强淑珍文斌秀英海燕永福丽华国安素珍春生明轩晓琴志远玉梅正源雨晴德胜长贵金花银凤"
    "来福翠莲根生月娥宝山福来桂兰水生火根"
)
RARE = ("喆", "堃", "犇", "焜", "垚", "赟", "玥", "镕", "昇", "珺", "𠮷", "䶮", "骉")
LONG = ("阿依古丽·买买提江", "欧阳震华", "司马相宜", "迪丽努尔·艾尔肯", "尼格买提·热合曼江·吐尔逊")
STREETS = ("临江街道澄波里社区", "东湖街道纺机新村社区", "桥西街道", "滨北街道望江社区居民委员会")
BANKS = ("滨澜农村商业银行临江支行", "工商银行滨澜支行", "邮政储蓄银行滨澜区纺机新村营业所")
YEARS = {7: "七", 6: "六"}


def make_orders(count: int, seed: int) -> list[Order]:
    """The agreements of `count` claimants, always the same for a seed; about one in forty is an heir's."""
    chance = random.Random(seed)
    return [_order(number, chance) for number in range(1, count + 1)]


def _order(number: int, chance: random.Random) -> Order:
    code = new_check_code()
    return Order(
        id=number,
        paper=Paper(
            type_name="mediation_agreement",
            number=f"(2025)滨澜人调字第12-{number:03d}号",
            facts=_facts(_claimant(number, chance), chance),
        ),
        code=code,
        check_url=f"https://fangtiao.example.gov.cn/verify/{code}",
    )


def _claimant(number: int, chance: random.Random) -> PersonParty:
    home = f"{chance.randint(1, 60)}号楼{chance.randint(1, 4)}单元{chance.randint(101, 1802)}室"
    return PersonParty(
        signer="p1",
        label="甲方",
        name=_name(chance),
        sex=chance.choice("男女"),
        ethnic_group=chance.choices(("汉族", "回族", "维吾尔族"), (90, 8, 2))[0],
        age=chance.randint(55, 92),
        occupation=chance.choice(("退休", "退休工人", "")),
        id_number=f"9901011955{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}{number:04d}",
        phone=f"13{chance.randint(0, 999_999_999):09d}",
        address=f"滨澜区{chance.choice(STREETS)}{home}",
        proxy=_proxy(chance),
    )


def _name(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.02:
        return chance.choice(LONG)
    if kind < 0.06:
        return chance.choice(FAMILY) + chance.choice(RARE)
    return chance.choice(FAMILY) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2, 2))))


def _proxy(chance: random.Random) -> PaperProxy | None:
    kind = chance.random()
    if kind < 0.03:
        return PaperProxy(name=_name(chance), relation=chance.choice(("配偶", "儿子", "女儿")), authority="继承人")
    if kind < 0.06:
        phone = f"13{chance.randint(0, 999_999_999):09d}"
        return PaperProxy(name=_name(chance), relation="委托代理人", authority="特别授权", phone=phone)
    return None


def _facts(claimant: PersonParty, chance: random.Random) -> MediationAgreementFacts:
    years = chance.choices((7, 6), (258, 163))[0]
    total = years * 600_000
    first = total * 6 // 10
    span = f"{2025 - years}年至2024年"
    instalment = PaperInstalment(
        payer=COMPANY.name, payee=claimant.name, amount_fen=first, due_text="协议生效之日起30日内", method="银行转账"
    )
    rest = replace(instalment, amount_fen=total - first, due_text="", due_on=date(2025, 12, 31))
    return MediationAgreementFacts(
        committee=COMMITTEE,
        parties=(claimant, COMPANY),
        facts_and_issues=f"2018年乙方改制时约定每年向甲方支付安置费6,000元，{span}共{YEARS[years]}年未付。",
        payment_term=f"乙方向甲方支付{span}安置费",
        total_fen=total,
        instalments=(instalment, rest),
        accounts=_accounts(claimant, chance),
        terms=("乙方逾期支付任何一期的，甲方可以就全部未付款项一并主张权利。",),
        performance_place="滨澜区",
        last_performance_on=date(2025, 12, 31),
        copies=3,
        is_labour=True,
        registered_together=423,
        mediators=(Signer(key="m1", name="丁国安"), Signer(key="m2", name="方素珍")),
    )


def _accounts(claimant: PersonParty, chance: random.Random) -> tuple[PaymentAccount, ...]:
    number = "".join(chance.choices("0123456789", k=19))
    return (PaymentAccount(holder=claimant.name, bank=chance.choice(BANKS), number=number),)
