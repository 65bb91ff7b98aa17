"""The answers of the check page: true and effective, true but not yet, true but no longer, not found (brief §6)."""

from dataclasses import dataclass
from datetime import date

from app.law.dates import format_date


@dataclass(frozen=True)
class Verdict:
    """The answer: kind ok, warn or bad decides icon and colour; the words carry the meaning."""

    kind: str
    title: str
    text: str = ""


@dataclass(frozen=True)
class PaperState:
    """What decides the answer; a replaced paper names the one that counts now."""

    is_effective: bool
    void_on: date | None = None
    replaced_by: str = ""


def verdict_of(state: PaperState) -> Verdict:
    """The answer for a paper that is ours."""
    if state.replaced_by:
        return Verdict("warn", f"是真的，但已被 {state.replaced_by} 代替", "请以代替它的那一份为准。")
    if state.void_on:
        return Verdict("warn", "是真的，但已作废", f"{format_date(state.void_on)}作废，不要再用。")
    if not state.is_effective:
        return Verdict("warn", "是真的，还没生效（等盖章）", "这份文书是本中心出的，签名、盖章办齐后才生效。")
    return Verdict("ok", "是真的，已生效", "这份文书是本中心出的，内容没被改过。")


def not_found(phone: str) -> Verdict:
    """The one answer for everything else: never issued, mistyped, or a changed byte."""
    call = f"，打 {phone}" if phone else ""
    return Verdict("bad", f"查不到，或内容被改过，请不要相信{call}")
