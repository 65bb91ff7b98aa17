"""Reading the forms of scanned stacks: how the papers were signed, and by hand which page of which paper it is."""

from collections.abc import Sequence

from app.agreements.forms import read_document
from app.collective.models import SettlementAgreement
from app.signing.rules import Manner
from app.signing_day.actions.scan_filing import Filing
from app.signing_day.queries.scans import ScannedSet
from app.web.forms import FormReader

MANNERS = [(Manner.PAPER.value, "签名"), (Manner.FINGERPRINT.value, "按指印")]


def read_filing(form: FormReader, complete: Sequence[ScannedSet]) -> tuple[list[tuple[ScannedSet, list[str]]], Filing]:
    """The sets that were ticked with the places ticked as signed, and how they were signed."""
    offered = {each.paper.public_id: each for each in complete}
    chosen = form.option_list("papers", "协议", offered)
    signed = [(each, _keys_of(form, each)) for each in chosen]
    signed_on = form.date("signed_on", "签名日期")
    manner = form.choice("manner", "签名方式", Manner)
    document = read_document(form)
    if manner not in (Manner.PAPER, Manner.FINGERPRINT):
        form.fail("manner", "请选签名或者按指印。")
    if not form.has("has_looked"):
        form.fail("has_looked", "请先逐份看签名页，再存。")
    form.finish()
    return signed, Filing(signed_on, manner, document)


def read_place(form: FormReader, links: Sequence[SettlementAgreement]) -> tuple[SettlementAgreement, int]:
    """Which line of the roster and which page of its agreement was typed."""
    line = form.number("line", "名册第几号", low=1, high=100_000)
    number = form.number("number", "第几页", low=1, high=200)
    link = next((each for each in links if each.claimant.position == line), None)
    if link is None:
        form.fail("line", "这一号没有等着签的协议，请看名册上的序号。")
    form.finish()
    assert link is not None
    return link, number


def _keys_of(form: FormReader, each: ScannedSet) -> list[str]:
    keys = {slot.key: slot.key for slot in each.open_slots}
    return list(form.option_list(f"keys-{each.paper.public_id}", "谁签了", keys))
