"""What stands between a person and a seat in this hearing? (INV-09, 12, 13, 28; R-HEAR-11…13, 17)

Every finding names its source and date, so that whoever appoints sees why. A barring finding is a refusal; the others
are for judgement.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.law.dates import format_date
from app.matters.rules import LABELS, Capacity, RecusalGround, RecusalStatus
from app.matters.rules.recusing import is_barring
from app.web.labels import WordTable

ARTICLE_RECUSAL = "《信访工作条例》第二十八条第三款"
ARTICLE_LAWYER = "《律师法》第三十九条"
ARTICLE_LOCAL = "本区听证规则"

ADVISING = frozenset({Capacity.ADVISING_LAWYER, Capacity.OPINION_LAWYER})
HANDLING = frozenset({Capacity.HANDLER, Capacity.LEADER_RESPONSIBLE, Capacity.ROUTER, Capacity.MEDIATOR})
RECEIVING = frozenset({Capacity.REGISTRAR, Capacity.COORDINATOR, Capacity.DUTY_JUDGE, Capacity.COUNSELOR})


class FindingKind(StrEnum):
    """In which relation a person stands to the matter."""

    RECUSED = "recused"
    RELATIVE = "declared_relative"
    IS_PARTY = "is_party"
    RESPONSIBLE_UNIT = "responsible_unit"
    SAME_EMPLOYER = "same_employer"
    HANDLED = "handled"
    ADVISED = "advised"
    SAME_FIRM = "same_law_firm"
    RECEIVED = "received"


FINDING_WORDS = WordTable(
    (FindingKind.RECUSED, "回避"),
    (FindingKind.RELATIVE, "近亲属"),
    (FindingKind.IS_PARTY, "本人是当事人或者代理人"),
    (FindingKind.RESPONSIBLE_UNIT, "责任单位的人"),
    (FindingKind.SAME_EMPLOYER, "和当事人同一单位"),
    (FindingKind.HANDLED, "办理过这件事"),
    (FindingKind.ADVISED, "提供过咨询或者意见"),
    (FindingKind.SAME_FIRM, "同一律师事务所"),
    (FindingKind.RECEIVED, "接待过"),
)


@dataclass(frozen=True)
class Finding:
    """One relation: what it is, in words with source and date, and the rule and article it rests on."""

    kind: FindingKind
    text: str
    rule: str
    article: str
    is_barring: bool = True
    on: date | None = None


@dataclass(frozen=True)
class Candidate:
    """A person who might sit; `unit_ids` lead from the top down to his own unit."""

    account_id: int
    name: str
    unit_id: int
    unit_ids: frozenset[int]
    is_of_law_firm: bool = False
    working_unit: str = ""
    id_number_digest: str | None = None


@dataclass(frozen=True)
class PartyFact:
    """One party with the digests of its own and its proxies' ID numbers."""

    name: str
    unit_id: int | None = None
    digests: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PartFact:
    """Somebody's part in the matter, past or present, with his unit and whom he advised."""

    account_id: int
    capacity: Capacity
    since: date
    unit_id: int
    name: str = ""
    party: str = ""


@dataclass(frozen=True)
class RecusalFact:
    """One recusal of this matter."""

    account_id: int
    ground: RecusalGround
    status: RecusalStatus
    on: date


@dataclass(frozen=True)
class MatterFacts:
    """All of a matter that may speak against a seat in its hearing."""

    responsible_units: tuple[tuple[int, str], ...] = ()
    parties: tuple[PartyFact, ...] = ()
    parts: tuple[PartFact, ...] = ()
    recusals: tuple[RecusalFact, ...] = ()
    may_handlers_sit: bool = False
    """Reconsideration: its officers handle the case and hold the hearing (R-RECON-03)."""


def list_findings(candidate: Candidate, matter: MatterFacts) -> tuple[Finding, ...]:
    """Everything that relates the person to the matter, what bars first."""
    found = [
        *_recusals(candidate, matter),
        *_identity(candidate, matter),
        *_units(candidate, matter),
        *_own_parts(candidate, matter),
        *_firm(candidate, matter),
    ]
    return tuple(sorted(found, key=lambda finding: not finding.is_barring))


def barring(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Those findings that keep the person off the table."""
    return tuple(finding for finding in findings if finding.is_barring)


def _recusals(candidate: Candidate, matter: MatterFacts) -> Iterator[Finding]:
    for row in matter.recusals:
        if row.account_id != candidate.account_id or not is_barring(row.status):
            continue
        kind = FindingKind.RELATIVE if row.ground is RecusalGround.PARTY_OR_RELATIVE else FindingKind.RECUSED
        words = {
            RecusalStatus.DECLARED: "本人申报回避",
            RecusalStatus.REQUESTED: "有人申请其回避，还没有决定",
            RecusalStatus.GRANTED: "已决定回避",
        }[row.status]
        text = f"{format_date(row.on)}{words}：{LABELS[row.ground]}"
        yield Finding(kind, text, "INV-12", ARTICLE_RECUSAL, on=row.on)


def _identity(candidate: Candidate, matter: MatterFacts) -> Iterator[Finding]:
    for party in matter.parties:
        if candidate.id_number_digest is not None and candidate.id_number_digest in party.digests:
            yield Finding(FindingKind.IS_PARTY, f"本人是 {party.name} 或者其代理人", "R-HEAR-17", ARTICLE_RECUSAL)


def _units(candidate: Candidate, matter: MatterFacts) -> Iterator[Finding]:
    responsible = {unit_id for unit_id, _ in matter.responsible_units}
    for unit_id, name in matter.responsible_units:
        if unit_id in candidate.unit_ids or name == candidate.working_unit:
            yield Finding(FindingKind.RESPONSIBLE_UNIT, f"是{name}的人", "INV-09", ARTICLE_LOCAL)
    for party in matter.parties:
        is_same = (party.unit_id is not None and party.unit_id in candidate.unit_ids) or (
            candidate.working_unit != "" and candidate.working_unit == party.name
        )
        if is_same and party.unit_id not in responsible:
            text = f"和当事人 {party.name} 是同一单位"
            yield Finding(FindingKind.SAME_EMPLOYER, text, "R-HEAR-17", ARTICLE_RECUSAL)


def _own_parts(candidate: Candidate, matter: MatterFacts) -> Iterator[Finding]:
    for part in matter.parts:
        if part.account_id != candidate.account_id:
            continue
        day, word = format_date(part.since), LABELS[part.capacity]
        if part.capacity in ADVISING:
            whom = f"为 {part.party} " if part.party else "在这件事上"
            text = f"{day}{whom}提供过咨询或者意见（{word}）"
            yield Finding(FindingKind.ADVISED, text, "INV-28", ARTICLE_LAWYER, on=part.since)
        elif part.capacity in HANDLING and not matter.may_handlers_sit:
            text = f"{day}起办理过这件事（{word}）"
            yield Finding(FindingKind.HANDLED, text, "INV-13", ARTICLE_RECUSAL, on=part.since)
        elif part.capacity in RECEIVING:
            text = f"{day}接待过这件事（{word}）"
            yield Finding(FindingKind.RECEIVED, text, "R-HEAR-17", ARTICLE_RECUSAL, False, part.since)


def _firm(candidate: Candidate, matter: MatterFacts) -> Iterator[Finding]:
    if not candidate.is_of_law_firm:
        return
    for part in matter.parts:
        is_colleague = part.account_id != candidate.account_id and part.unit_id == candidate.unit_id
        if is_colleague and part.capacity in ADVISING:
            text = f"同所的 {part.name} {format_date(part.since)}为这件事提供过咨询或者意见"
            yield Finding(FindingKind.SAME_FIRM, text, "INV-28", ARTICLE_LAWYER, False, part.since)
