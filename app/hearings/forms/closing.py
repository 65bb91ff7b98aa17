"""What is typed when minutes are signed on paper, refused or added to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.hearings.models import Attendance
from app.signing.models import SigningSlot
from app.signing.rules import Manner
from app.web.forms import FormReader

LONGEST_REASON = 1_000
LONGEST_NOTE = 5_000


@dataclass(frozen=True)
class PaperSignatures:
    """Who signed the print, how, and on which day."""

    keys: tuple[str, ...]
    manner: Manner
    signed_on: date


def read_refusal(form: FormReader) -> tuple[str, bool]:
    """Why there is no signature, and whether he could not be reached; else the reason is in his own words."""
    reason = form.text("reason", "没有签名的理由", limit=LONGEST_REASON)
    is_unreached = form.has("is_unreached")
    form.finish()
    return reason, is_unreached


def read_paper_signatures(form: FormReader, slots: Mapping[str, SigningSlot]) -> PaperSignatures:
    """The places that the scan shows as signed; at least one."""
    signed = form.option_list("keys", "谁签了", slots)
    manner = form.choice("manner", "怎么签的", Manner)
    signed_on = form.date("signed_on", "签名日期")
    if not signed:
        form.fail("keys", "请勾选纸上签了名的人。")
    if manner not in (Manner.PAPER, Manner.FINGERPRINT):
        form.fail("manner", "请选签名或者按指印。")
    form.finish()
    return PaperSignatures(tuple(slot.key for slot in signed), manner, signed_on)


def read_note(form: FormReader, people: Mapping[str, Attendance]) -> tuple[str, Attendance | None]:
    """The note and whose words it is."""
    author = form.option("author", "谁的补充", people)
    text = form.text("text", "补充什么", limit=LONGEST_NOTE)
    form.finish()
    return text, author
