"""Agreements of one case that differ as real ones do, for each structure of the paper."""

from dataclasses import replace
from datetime import date

from app.documents.papers.agreements import MediationAgreementFacts, PaperInstalment, PaymentAccount
from app.documents.papers.people import PaperProxy, PersonParty
from app.documents.rendering.composing import Paper
from app.documents.rendering.engine import Order
from tests.documents.more_samples import batch_copy

STREET = "滨澜区临江街道澄波里社区"


def person(name: str, number: int, **changes: object) -> PersonParty:
    """A claimant; the number makes the rest of the values differ."""
    claimant = batch_copy().facts.parties[0]  # type: ignore[attr-defined]
    own = replace(
        claimant,
        name=name,
        sex="男" if number % 2 else "女",
        age=60 + number,
        id_number=f"9901011958{number % 12 + 1:02d}1{number % 10}{number:04d}",
        phone=f"138{number * 7_654_321:08d}"[:11],
        address=f"{STREET}{number}号楼{number % 4 + 1}单元{number + 100}室",
    )
    return replace(own, **changes)


def agreement(claimant: PersonParty, *fens: int, **changes: object) -> MediationAgreementFacts:
    """The agreement of one claimant with as many payments as there are amounts."""
    facts = batch_copy().facts
    assert isinstance(facts, MediationAgreementFacts)
    company = facts.parties[1]
    payments = tuple(
        PaperInstalment(
            payer=company.name,
            payee=claimant.name,
            amount_fen=fen,
            due_text="" if at else "协议生效之日起30日内",
            due_on=date(2025, 12, 31) if at else None,
            method="银行转账",
        )
        for at, fen in enumerate(fens)
    )
    account = PaymentAccount(
        holder=claimant.name, bank="滨澜农村商业银行临江支行", number=f"623000000000{claimant.id_number[-7:]}"
    )
    base = replace(
        facts, parties=(claimant, company), instalments=payments, total_fen=sum(fens), accounts=(account,), copies=3
    )
    return replace(base, **changes)


def order(at: int, facts: MediationAgreementFacts) -> Order:
    """The paper as the batch gets it, with a number and a code of its own."""
    code = f"{at * 104_729:012d}"[:12]
    paper = Paper(type_name="mediation_agreement", number=f"(2025)滨澜人调字第12-{at:03d}号", facts=facts)
    return Order(id=at, paper=paper, code=code, check_url=f"https://example.gov.cn/verify/{code}")


NAMES = ("陶玉芬", "梁守田", "司马相")
HEIR = PaperProxy(name="孙建国", relation="儿子", authority="继承人")
AGENT = PaperProxy(name="卞凤英", relation="委托代理人", authority="特别授权", phone="13900000001")
PAIR = (2_520_000, 1_680_000)

STRUCTURES = {
    "one payment": [agreement(person(name, at), 4_200_000) for at, name in enumerate(NAMES, 1)],
    "two payments": [agreement(person(name, at), *PAIR) for at, name in enumerate(NAMES, 1)],
    "five payments": [
        agreement(person(name, at), *(700_000 + step * 1_000 for step in range(5))) for at, name in enumerate(NAMES, 1)
    ],
    "heirs": [
        agreement(person(name, at, proxy=replace(HEIR, name=f"孙{name}")), *PAIR) for at, name in enumerate(NAMES)
    ],
    "agents": [agreement(person(name, at, proxy=AGENT), *PAIR) for at, name in enumerate(NAMES, 1)],
    "long names": [
        agreement(person(name, at), *PAIR)
        for at, name in enumerate(
            ("尼格买提·热合曼江·吐尔逊", "阿卜杜热依木·买买提江·艾山", "古丽巴哈尔·阿卜杜热西提·艾力"), 1
        )
    ],
    "rare characters": [agreement(person(name, at), *PAIR) for at, name in enumerate(("陶喆", "苗𠮷", "孔䶮骉"), 1)],
    "amounts of all lengths": [
        agreement(person("陶玉芬", at), first, 100) for at, first in enumerate((1, 123_456_789, 98_765_432_199), 1)
    ],
    "addresses of one to three lines": [
        agreement(person("陶玉芬", at, address=f"{STREET}{'左手边第二栋楼' * at}"), *PAIR) for at in range(0, 9, 3)
    ],
    "words that move the page break": [
        agreement(person("陶玉芬", at), *PAIR, facts_and_issues="乙方未按约定支付安置费。" * (at * 9 + 1))
        for at in range(3)
    ],
    "letters and marks in a name": [
        agreement(person(name, at), *PAIR) for at, name in enumerate(("Anna Ⅳ", "“小”李", "赵（大）&<六>"), 1)
    ],
}


def orders_of(structure: str) -> list[Order]:
    """The orders of one structure."""
    return [order(at, facts) for at, facts in enumerate(STRUCTURES[structure], 1)]
