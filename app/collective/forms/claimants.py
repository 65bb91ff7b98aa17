"""One claimant's line as it was mended on his page: his own values and claims, one heir, the proxy."""

from dataclasses import replace

from app.collective.rules.roster import ClaimKind, HeirPart, Kinship
from app.collective.rules.roster_entry import ClaimantEntry, ClaimEntry, HeirEntry, ProxyEntry
from app.law import citizen_id
from app.web.forms import FormReader

CLAIM_FIELDS = ("claim_kind", "claim_period", "claim_years", "claim_yearly", "claim_amount")
MOST_CLAIMS = 12
MOST_YEARS = 60


def read_claimant(form: FormReader, old: ClaimantEntry) -> ClaimantEntry:
    """The line as it was mended; masked fields left empty keep their value, heirs and proxy stay."""
    number = form.citizen_id_number("id_number") or old.id_number
    found = citizen_id.parse(number, today=form.today)
    is_deceased = form.has("is_deceased")
    return replace(
        old,
        name=form.person_name("name", "姓名"),
        id_number=number,
        birth_date=found.birth_date,
        sex=citizen_id.SEX_WORDS[found.sex],
        phone=form.phone("phone") or old.phone,
        street=form.line("street", "街道", limit=40),
        address=form.line("address", "住址", required=False) or old.address,
        is_deceased=is_deceased,
        died_on=form.optional_date("died_on", "死亡日期") if is_deceased else None,
        has_death_proof=is_deceased and form.has("has_death_proof"),
        heirs=old.heirs if is_deceased else (),
        claims=_read_claims(form),
    )


def read_heir(form: FormReader) -> HeirEntry:
    """One heir as he was entered."""
    return HeirEntry(
        name=form.person_name("heir_name", "家属姓名"),
        id_number=form.citizen_id_number("heir_id_number", required=True),
        phone=form.phone("heir_phone"),
        kinship=form.choice("kinship", "和本人的关系", Kinship),
        has_kinship_proof=form.has("has_kinship_proof"),
        part=form.choice("part", "怎么签字", HeirPart),
    )


def read_proxy(form: FormReader) -> ProxyEntry:
    """The authority as it was filed."""
    return ProxyEntry(
        name=form.person_name("proxy_name", "代理人姓名"),
        id_number=form.citizen_id_number("proxy_id_number", required=True),
        relation=form.line("relation", "和本人的关系", limit=60),
        is_special=form.has("is_special"),
        powers=form.text("powers", "特别授权内容", limit=1000, required=False),
        filed_on=form.date("filed_on", "交存日期"),
    )


def _read_claims(form: FormReader) -> tuple[ClaimEntry, ...]:
    return tuple(
        ClaimEntry(
            kind=form.choice(f"claim_kind-{row['index']}", "请求", ClaimKind),
            period=form.line(f"claim_period-{row['index']}", "期间", limit=40, required=False),
            years=_optional_years(form, f"claim_years-{row['index']}"),
            yearly_fen=_optional_fen(form, f"claim_yearly-{row['index']}"),
            amount_fen=form.amount_fen(f"claim_amount-{row['index']}"),
        )
        for row in form.rows(*CLAIM_FIELDS, limit=MOST_CLAIMS)
        if row["claim_kind"] or row["claim_amount"]
    )


def _optional_years(form: FormReader, name: str) -> int | None:
    return form.number(name, "年数", low=1, high=MOST_YEARS) if form.has(name) else None


def _optional_fen(form: FormReader, name: str) -> int | None:
    return form.amount_fen(name, "每年金额") if form.has(name) else None
