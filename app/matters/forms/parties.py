"""One party or proxy as it was typed: with checks of ID number, phone, credit code and dates."""

from collections.abc import Callable
from datetime import date

from app.errors import DomainError
from app.law import citizen_id
from app.matters.actions import NewProxy
from app.matters.rules import IdDocument, PartyKind, PartySide
from app.matters.rules.registration import NewParty
from app.web.forms import FormReader

SEX_WORDS = {"male": "男", "female": "女"}
ID_CARD_LIKE = (IdDocument.ID_CARD, IdDocument.RESIDENCE_PERMIT)


def read_party(form: FormReader, side: PartySide, *, prefix: str = "", suffix: str = "") -> NewParty:
    """One party from the fields `{prefix}name{suffix}` …; an ID card tells sex and birth date (R-ID-02)."""

    def field(name: str) -> str:
        return f"{prefix}{name}{suffix}"

    kind = form.choice(field("kind"), "个人还是单位", PartyKind, required=False)
    if kind is PartyKind.ORGANISATION:
        return _organisation(form, side, field("name"), field)
    document, number, birth, sex = _identity(form, field)
    return NewParty(
        side=side,
        kind=kind,
        name=form.person_name(field("name"), "姓名"),
        id_document=document,
        id_number=number,
        birth_date=birth,
        sex=sex,
        phone=form.phone(field("phone")),
        address=form.line(field("address"), "住址", required=False),
        special_needs=form.line(field("needs"), "特别需要", required=False),
        is_representative=form.has(field("representative")),
        accepts_messages=form.has(field("messages")),
    )


def read_proxy(form: FormReader) -> NewProxy:
    """One authority as it was filed."""
    return NewProxy(
        name=form.person_name("name", "代理人姓名"),
        id_number=form.citizen_id_number("id_number"),
        phone=form.phone("phone"),
        relation=form.line("relation", "和当事人的关系", limit=60),
        is_special=form.has("is_special"),
        powers=form.text("powers", "权限", limit=1000, required=False),
        filed_on=form.date("filed_on", "交存日期"),
        valid_until=form.optional_date("valid_until", "有效期至"),
    )


def _organisation(form: FormReader, side: PartySide, name_field: str, field: Callable[[str], str]) -> NewParty:
    return NewParty(
        side=side,
        kind=PartyKind.ORGANISATION,
        name=form.line(name_field, "单位名称", limit=120),
        credit_code=form.credit_code(field("credit_code")),
        legal_representative=form.line(field("legal_representative"), "法定代表人", limit=60, required=False),
        phone=form.phone(field("phone")),
        address=form.line(field("address"), "地址", required=False),
        is_representative=form.has(field("representative")),
        accepts_messages=form.has(field("messages")),
    )


def _identity(form: FormReader, field: Callable[[str], str]) -> tuple[IdDocument, str, date | None, str]:
    number = form.raw(field("id_number")).strip()
    document = form.choice(field("id_document"), "证件", IdDocument, required=False)
    birth = form.optional_date(field("birth_date"), "出生日期")
    sex = SEX_WORDS.get(form.raw(field("sex")), "")
    if not number:
        return IdDocument.NONE, "", birth, sex
    if document not in ID_CARD_LIKE:
        return document, form.line(field("id_number"), "证件号", limit=40), birth, sex
    typed = form.citizen_id_number(field("id_number"))
    if not typed:
        return document, "", birth, sex
    found = citizen_id.parse(typed, today=form.today)
    try:
        citizen_id.check_matches_id(
            found, sex=citizen_id.Sex(form.raw(field("sex"))) if sex else None, birth_date=birth
        )
    except DomainError as refusal:
        form.fail(field("id_number"), refusal.message)
    return document, found.number, found.birth_date, citizen_id.SEX_WORDS[found.sex]
