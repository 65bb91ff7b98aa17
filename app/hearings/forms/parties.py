"""What is typed when a party names a proxy, or a group its representatives."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.hearings.actions.parties import NewAuthority
from app.hearings.rules.parties import Power
from app.matters.models import Party
from app.web.forms import FormReader


@dataclass(frozen=True)
class TypedAuthority:
    """An authority, and whether it was brought signed or is to be signed here."""

    new: NewAuthority
    is_written: bool


def read_authority(form: FormReader) -> TypedAuthority:
    """Who acts for the party, with which powers, how long; signed at home or to be signed now."""
    is_written = form.option("is_written", "委托书怎样来", {"yes": True, "no": False})
    filed_on = form.date("filed_on", "交来的日期") if is_written else form.today
    new = NewAuthority(
        name=form.person_name("name", "代理人姓名"),
        relation=form.line("relation", "和委托人的关系", limit=60),
        powers=form.choices("powers", "代理权限", Power),
        filed_on=filed_on,
        valid_until=form.date("valid_until", "委托到哪天"),
        id_number=form.citizen_id_number("id_number", required=True),
        phone=form.phone("phone"),
        address=form.line("address", "住址", required=False),
    )
    form.finish()
    return TypedAuthority(new, bool(is_written))


def read_election(form: FormReader, petitioners: Mapping[str, Party]) -> tuple[Party, ...]:
    """Who is elected."""
    elected = form.option_list("elected", "代表", petitioners)
    form.finish()
    return elected
