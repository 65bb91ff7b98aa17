"""Is everything there?  Per position: must it be filled, is it, and what is lacking (4A, INV-31)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.dossier.rules.positions import HEADINGS, ORDER, Position
from app.errors import RuleViolation

BASIS = "《人民调解法》第二十七条"


class Outcome(StrEnum):
    """How the mediation ended, as far as the index asks."""

    OPEN = "open"
    WRITTEN = "written"
    ORAL = "oral"
    ENDED = "ended"


@dataclass(frozen=True)
class CaseFacts:
    """What the index asks of a case: how it came, who acts for whom, how it ended, what the court decided."""

    outcome: Outcome
    is_referred: bool = False
    has_proxies: bool = False
    is_court_decided: bool = False


@dataclass(frozen=True)
class Found:
    """What lies at a position: papers by type and scans, how many are whole, which papers are not yet finished."""

    types: frozenset[str] = frozenset()
    scans: int = 0
    unfinished: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing that could be bound."""
        return not self.types and not self.scans


@dataclass(frozen=True)
class Lack:
    """One thing that is missing: where, in plain words, by which rule."""

    position: Position
    text: str
    rule: str


@dataclass(frozen=True)
class PositionState:
    """One line of the live index."""

    position: Position
    is_required: bool
    is_filled: bool
    lacks: tuple[Lack, ...]


_ALWAYS = frozenset({Position.APPLICATION, Position.RIGHTS, Position.IDENTITY, Position.RECORD, Position.RESULT})
_RULES: Mapping[Position, str] = {
    Position.APPLICATION: "R-DOC-M03",
    Position.REFERRAL: "R-DOC-M13",
    Position.RIGHTS: "R-DOC-M04",
    Position.AUTHORITY: "R-DOC-H06",
    Position.RECORD: "R-DOC-M06",
    Position.RESULT: "R-DOC-M07",
    Position.CONFIRMATION: "R-DOC-M10",
}
_MISSING: Mapping[Position, str] = {
    Position.APPLICATION: "人民调解申请书，或者受理登记表",
    Position.REFERRAL: "委托移送函或者各方的同意调解书",
    Position.RIGHTS: "有当事人签名的权利义务告知书",
    Position.IDENTITY: "当事人的身份证明（复印件要和原件核对）",
    Position.AUTHORITY: "代理人的授权委托书",
    Position.RECORD: "签完名的调解记录",
    Position.CONFIRMATION: "法院的裁定书",
}
_RESULTS: Mapping[Outcome, tuple[str, str]] = {
    Outcome.OPEN: ("", "调解的结果：达成协议，或者终止调解"),
    Outcome.WRITTEN: ("mediation_agreement", "签名、盖章的调解协议书"),
    Outcome.ORAL: ("oral_agreement_form", "签名、盖章的口头协议登记表"),
    Outcome.ENDED: ("mediation_end_notice", "终止调解通知书"),
}


def is_required(position: Position, case: CaseFacts) -> bool:
    """Whether the index demands this position in this case (4A)."""
    when = {
        Position.REFERRAL: case.is_referred,
        Position.AUTHORITY: case.has_proxies,
        Position.CONFIRMATION: case.is_court_decided,
    }
    return position in _ALWAYS or when.get(position, False)


def states_of(case: CaseFacts, found: Mapping[Position, Found]) -> list[PositionState]:
    """The live index: every position with what it still lacks."""
    return [_state(position, case, found.get(position, Found())) for position in ORDER]


def check_complete(case: CaseFacts, found: Mapping[Position, Found]) -> None:
    """Refuse to close a dossier while something is missing or unfinished; the message names it all (INV-31)."""
    lacks = [lack for state in states_of(case, found) for lack in state.lacks]
    if not lacks:
        return
    named = "；".join(lack.text for lack in lacks)
    raise RuleViolation(
        f"还不能归档，卷里还缺 {len(lacks)} 样：{named}。补齐以后再归档。", article=BASIS, rule="INV-31"
    )


def _state(position: Position, case: CaseFacts, found: Found) -> PositionState:
    required = is_required(position, case)
    lacks = list(_unfinished(position, found))
    if required and not _is_filled(position, case, found) and not lacks:
        lacks.append(_missing(position, case))
    return PositionState(position, required, not lacks and not found.is_empty, tuple(lacks))


def _unfinished(position: Position, found: Found) -> Iterable[Lack]:
    for title in found.unfinished:
        yield Lack(position, f"《{title}》还没有签完、盖完章", _RULES.get(position, "INV-31"))


def _is_filled(position: Position, case: CaseFacts, found: Found) -> bool:
    if position is Position.RESULT:
        wanted, _ = _RESULTS[case.outcome]
        return bool(wanted) and (wanted in found.types or found.scans > 0)
    if position is Position.CONFIRMATION:
        # The application is a paper of ours; the ruling is the court's and comes as a scan.
        return found.scans > 0
    return not found.is_empty


def _missing(position: Position, case: CaseFacts) -> Lack:
    if position is Position.RESULT:
        rule = {Outcome.OPEN: "INV-31", Outcome.ORAL: "R-DOC-M08", Outcome.ENDED: "R-DOC-M13"}
        return Lack(position, _RESULTS[case.outcome][1], rule.get(case.outcome, _RULES[position]))
    return Lack(position, _MISSING.get(position, HEADINGS[position]), _RULES.get(position, "INV-31"))
