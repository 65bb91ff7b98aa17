"""What is typed when the print of a paper was signed by hand: who signed, how, on which day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from app.signing.rules import Manner
from app.web.forms import FormReader


@dataclass(frozen=True)
class PaperSignatures:
    """Whose places on the print are signed, how, and on which day."""

    keys: tuple[str, ...]
    manner: Manner
    signed_on: date


def read_paper_signatures(form: FormReader, keys: Collection[str]) -> PaperSignatures:
    """The places, of those that may be signed, that the scan shows as signed; at least one."""
    signed = form.option_list("keys", "谁签了", {key: key for key in keys})
    manner = form.choice("manner", "怎么签的", Manner)
    signed_on = form.date("signed_on", "签名日期")
    if not signed:
        form.fail("keys", "请勾选纸上签了名的人。")
    if manner not in (Manner.PAPER, Manner.FINGERPRINT):
        form.fail("manner", "请选签名或者按指印。")
    form.finish()
    return PaperSignatures(signed, manner, signed_on)
