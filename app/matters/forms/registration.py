"""A registration as it was typed: petitioners and matters in repeated rows, as many as were added."""

from dataclasses import replace

from app.access.permissions import Actor, Permission, is_allowed
from app.errors import NotFound
from app.law.dispute_types import DISPUTE_TYPES
from app.matters.forms.parties import read_party
from app.matters.models import Matter
from app.matters.queries import get_matter
from app.matters.rules import Channel, MatterKind, PartySide
from app.matters.rules.registration import NewMatter, NewParty, Registration
from app.people.models import Organisation
from app.people.queries import get_organisation
from app.web.forms import FormReader

MOST_ROWS = 50
SUBJECT_LIMIT = 40


def read_registration(form: FormReader, by: Actor) -> Registration:
    """The whole form; notes every field to correct and refuses them together (FieldErrors)."""
    people = [index for index in range(row_count(form, "petitioners")) if _is_used(form, index)]
    claims = [index for index in range(row_count(form, "matters")) if _has_claim(form, index)]
    registration = Registration(
        channel=form.choice("channel", "怎么来的", Channel),
        received_on=form.date("received_on", "收到日期"),
        petitioners=tuple(_petitioner(form, index, people) for index in people),
        matters=tuple(_matter(form, index, by) for index in claims),
        head_count=form.number("head_count", "来访人数", low=1, high=100_000, required=False),
        is_collective=form.has("is_collective"),
        is_urgent=form.has("is_urgent"),
    )
    form.finish()
    return registration


def row_count(form: FormReader, name: str) -> int:
    """How many rows of a kind the form holds, one at least."""
    typed = form.raw(name)
    count = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 1
    return max(1, min(count, MOST_ROWS))


def _is_used(form: FormReader, index: int) -> bool:
    return index == 0 or any(form.has(f"p_{name}-{index}") for name in ("name", "id_number", "phone", "address"))


def _has_claim(form: FormReader, index: int) -> bool:
    return index == 0 or any(form.has(f"m_{name}-{index}") for name in ("subject", "claim", "facts"))


def _petitioner(form: FormReader, index: int, people: list[int]) -> NewParty:
    party = read_party(form, PartySide.PETITIONER, prefix="p_", suffix=f"-{index}")
    typed = form.raw(f"p_guardian-{index}").strip()
    if not typed:
        return party
    guardian = int(typed) - 1 if typed.isascii() and typed.isdigit() and len(typed) < 3 else -1
    if guardian == index or guardian not in people:
        form.fail(f"p_guardian-{index}", "请填监护人在第几行，不能是本人这一行。")
        return party
    return replace(party, guardian=people.index(guardian))


def _matter(form: FormReader, index: int, by: Actor) -> NewMatter:
    suffix = f"-{index}"
    earlier = _earlier(form, f"m_repeats{suffix}", by)
    return NewMatter(
        kind=form.choice(f"m_kind{suffix}", "事项类别", MatterKind),
        subject=form.line(f"m_subject{suffix}", "标题", limit=SUBJECT_LIMIT),
        claim=form.text(f"m_claim{suffix}", "请求", limit=5000),
        facts=form.text(f"m_facts{suffix}", "事实", required=False),
        reasons=form.text(f"m_reasons{suffix}", "理由", required=False),
        dispute_type=read_dispute_type(form, f"m_dispute_type{suffix}"),
        place=form.line(f"m_place{suffix}", "发生地", required=False),
        complained_unit_id=_unit_id(form, f"m_unit{suffix}"),
        repeats_id=earlier.id if earlier else None,
        has_new_facts=form.has(f"m_new_facts{suffix}"),
        opponents=_opponents(form, suffix),
    )


def read_dispute_type(form: FormReader, name: str) -> str:
    """A code of the statistics form, '' when nobody knows yet."""
    typed = form.raw(name)
    if typed and typed not in DISPUTE_TYPES:
        form.fail(name, "请从列表里选纠纷类型。")
        return ""
    return typed


def _opponents(form: FormReader, suffix: str) -> tuple[NewParty, ...]:
    if not form.has(f"o_name{suffix}"):
        return ()
    return (read_party(form, PartySide.RESPONDENT, prefix="o_", suffix=suffix),)


def _unit_id(form: FormReader, name: str) -> int | None:
    unit = find_unit(form, name)
    return unit.id if unit else None


def find_unit(form: FormReader, name: str) -> Organisation | None:
    """The organisation chosen by its public id, None when none was."""
    typed = form.raw(name).strip()
    if not typed:
        return None
    try:
        return get_organisation(typed)
    except NotFound:
        form.fail(name, "请从列表里选单位。")
        return None


def _may_know(by: Actor, matter: Matter) -> bool:
    """Who may not see a matter cannot tie anything to it, even if its id fell into his hands (R-PET-09)."""
    return is_allowed(by, Permission.MATTER_READ, matter.access_view())


def _earlier(form: FormReader, name: str, by: Actor) -> Matter | None:
    typed = form.raw(name).strip()
    if not typed:
        return None
    try:
        matter = get_matter(typed)
    except NotFound:
        matter = None
    if matter is None or matter.organisation_id != by.organisation_id or not _may_know(by, matter):
        form.fail(name, "选的原事项不在本单位，请重新核对。")
        return None
    return matter
