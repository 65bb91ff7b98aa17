"""What is typed when chair, recorder and panel are named, drawn, replaced or asked to step aside."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import FieldErrors
from app.hearings.models import HearingParty, PanelSeat
from app.hearings.rules.panels import LONGEST_WORD, MOST_SEATS
from app.hearings.rules.words import LABELS, PoolCategory
from app.matters.rules import RecusalGround
from app.people.models import Account
from app.web.forms import FormReader

LONGEST_TEXT = 2000


@dataclass(frozen=True)
class DrawWish:
    """How many are drawn, with how many of each part of the pool at least."""

    size: int
    alternates: int
    minima: dict[PoolCategory, int]
    word: str


@dataclass(frozen=True)
class RecusalWish:
    """Who is to step aside, why, and which party says so."""

    seat: PanelSeat
    ground: RecusalGround
    facts: str
    party: HearingParty | None


@dataclass(frozen=True)
class RecusalRuling:
    """Granted or not, why, and who takes the seat."""

    is_granted: bool
    reason: str
    replacement: Account | None


def read_person(form: FormReader, name: str, label: str, people: Mapping[str, Account]) -> Account:
    """One person of those who may be chosen."""
    account = form.option(name, label, people)
    form.finish()
    if account is None:
        raise FieldErrors({name: f"请选择{label}。"})
    return account


def read_panel(form: FormReader, people: Mapping[str, Account]) -> tuple[tuple[Account, ...], tuple[Account, ...]]:
    """Panelists and alternates as ticked; a person twice is left to the rules to refuse."""
    panelists = form.option_list("panelist", "听证员", people)
    alternates = form.option_list("alternate", "候补听证员", people)
    if not panelists:
        form.fail("panelist", "请勾选听证员。")
    form.finish()
    return panelists, alternates


def read_draw(form: FormReader) -> DrawWish:
    """The numbers of a draw, and the word that was called out for it, if any."""
    minima = {
        category: form.number(f"least_{category.value}", LABELS[category], low=0, high=MOST_SEATS, required=False)
        for category in PoolCategory
    }
    wish = DrawWish(
        size=form.number("size", "听证员人数", low=1, high=MOST_SEATS),
        alternates=form.number("alternates", "候补人数", low=0, high=MOST_SEATS, required=False),
        minima={category: least for category, least in minima.items() if least},
        word=form.line("word", "当场报的数或字", limit=LONGEST_WORD, required=False),
    )
    form.finish()
    return wish


def read_replacement(
    form: FormReader, seats: Mapping[str, PanelSeat], people: Mapping[str, Account]
) -> tuple[PanelSeat, Account]:
    """Whose seat, and who takes it."""
    seat = form.option("seat", "换下谁", seats)
    account = form.option("replacement", "换上谁", people)
    form.finish()
    if seat is None or account is None:
        raise FieldErrors({"seat": "请把两项都选好。"})
    return seat, account


def read_recusal(form: FormReader, seats: Mapping[str, PanelSeat], parties: Mapping[str, HearingParty]) -> RecusalWish:
    """A request that somebody steps aside."""
    seat = form.option("seat", "请谁回避", seats)
    ground = form.choice("ground", "理由", RecusalGround)
    facts = form.text("facts", "事实", limit=LONGEST_TEXT)
    party = form.option("party", "谁提出", parties, required=False)
    form.finish()
    if seat is None:
        raise FieldErrors({"seat": "请选择请谁回避。"})
    return RecusalWish(seat, ground, facts, party)


def read_ruling(form: FormReader, people: Mapping[str, Account]) -> RecusalRuling:
    """The decision on a recusal; without a replacement the next alternate takes the seat."""
    is_granted = form.option("decision", "决定", {"granted": True, "refused": False})
    reason = form.text("reason", "理由", limit=LONGEST_TEXT)
    replacement = form.option("replacement", "换上谁", people, required=False)
    form.finish()
    return RecusalRuling(bool(is_granted), reason, replacement)
