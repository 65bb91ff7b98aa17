"""Is this panel rightly made up, who decides a recusal, and whom does the draw take? (INV-09…13, R-HEAR-11…19)"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from app.access.permissions import Role
from app.errors import NotPermitted, RuleViolation
from app.hearings.rules.conflicts import Finding, barring
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.words import LABELS, HearingStatus, PoolCategory, ProcedureKind, SeatRole
from app.law.profile import RecusalDecider
from app.people.rules import ROLE_LABELS

LONGEST_WORD = 40
MOST_SEATS = 15

ARRANGING = frozenset({HearingStatus.APPROVED, HearingStatus.NOTICED, HearingStatus.POSTPONED, HearingStatus.SUSPENDED})
REARRANGING = ARRANGING - {HearingStatus.NOTICED}
RECUSABLE = ARRANGING | {HearingStatus.IN_PROGRESS}


@dataclass(frozen=True)
class PanelMember:
    """Somebody in a seat, or about to take it."""

    account_id: int
    name: str
    role: SeatRole
    roles: frozenset[Role]
    is_in_office: bool = True
    pool_category: PoolCategory | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class PoolEntry:
    """One person of the pool as the draw sees him."""

    public_id: str
    category: PoolCategory | None


def check_panel(procedure: Procedure, members: Sequence[PanelMember]) -> None:
    """Refuse a panel as a whole: a person twice, somebody who may not sit, a wrong number (INV-09/10/11)."""
    _check_distinct(procedure, members)
    for member in members:
        check_member(procedure, member)
    _check_number(procedure, members)


def check_member(procedure: Procedure, member: PanelMember) -> None:
    """Refuse a person whom office, pool or a finding keeps from this seat (INV-09, 10, 12, 13, 28)."""
    wanted = roles_for(procedure, member.role)
    if not wanted & member.roles or not member.is_in_office:
        words = "、".join(ROLE_LABELS[role] for role in Role if role in wanted)
        where = "复议机构的人员" if procedure.kind is ProcedureKind.RECONSIDERATION else f"现任的{words}"
        raise RuleViolation(
            f"{member.name} 不能担任{LABELS[member.role]}：要从{where}里选。请换人。依据{procedure.article}",
            article=procedure.article,
            rule="INV-10" if procedure.kind is ProcedureKind.RECONSIDERATION else "INV-09",
        )
    for finding in barring(member.findings):
        raise RuleViolation(
            f"{member.name} 不能担任{LABELS[member.role]}：{finding.text}。请换人。依据{finding.article}",
            article=finding.article,
            rule=finding.rule,
        )


def roles_for(procedure: Procedure, role: SeatRole) -> frozenset[Role]:
    """From which roles of the staff a seat is filled."""
    if role is SeatRole.CHAIR:
        return procedure.chair_roles
    if role is SeatRole.RECORDER:
        return procedure.recorder_roles
    return procedure.panelist_roles


def check_may_arrange(status: HearingStatus, *, is_replacement: bool = False) -> None:
    """Refuse to touch the panel before the decision, during the sitting and after it; after notice only replace."""
    allowed = ARRANGING if is_replacement else REARRANGING
    if status in allowed:
        return
    if status is HearingStatus.NOTICED:
        raise RuleViolation(
            "通知已经发出，听证员不能整组重排。请换其中一人，或者先延期。依据本区听证规则",
            article="本区听证规则",
            rule="INV-15",
        )
    raise RuleViolation(f"这场听证现在是“{LABELS[status]}”，不能安排人员。请刷新看一看。", rule="R-HEAR-12")


def check_decider(procedure: Procedure, role: SeatRole, *, is_chair: bool, is_head: bool) -> None:
    """Refuse a decision on a recusal by the wrong person: the organ's head or the chair (R-HEAR-18)."""
    wanted = decider_of(procedure, role)
    if is_head if wanted is RecusalDecider.ORGAN_HEAD else is_chair:
        return
    who = "听证机关负责人" if wanted is RecusalDecider.ORGAN_HEAD else "主持人"
    raise NotPermitted(f"{LABELS[role]}的回避由{who}决定。请转给{who}。", rule="R-HEAR-18")


def decider_of(procedure: Procedure, role: SeatRole) -> RecusalDecider:
    """Who decides a recusal: the head on the chair, by profile on panelists, the chair on all others (R-HEAR-18)."""
    if role is SeatRole.CHAIR:
        return RecusalDecider.ORGAN_HEAD
    if role in (SeatRole.PANELIST, SeatRole.ALTERNATE):
        return procedure.recusal_decider
    return RecusalDecider.CHAIR


def draw(
    pool: Iterable[PoolEntry], *, size: int, alternates: int, minima: Mapping[PoolCategory, int], seed: str
) -> tuple[str, ...]:
    """Who comes out: first enough of each category, then the others; panelists first, then alternates.

    The order is that of SHA-256 over `seed:public_id`, so that anybody with seed and pool can draw again.
    Refuses minima that do not fit the size and a pool that is too small.
    """
    if sum(minima.values()) > size:
        raise RuleViolation("各类最少人数加起来超过了听证员人数。请改小。", rule="INV-09")
    order = sorted(pool, key=lambda entry: sha256(f"{seed}:{entry.public_id}".encode()).digest())
    panel = [entry for category, least in minima.items() for entry in _first_of(order, category, least)]
    others = [entry for entry in order if entry not in panel]
    panel += others[: size - len(panel)]
    reserve = [entry for entry in order if entry not in panel][:alternates]
    if len(panel) < size or len(reserve) < alternates:
        raise RuleViolation(
            f"名单里没有妨碍的只有 {len(order)} 人，抽不出 {size} 名听证员和 {alternates} 名候补。请改小人数。",
            rule="INV-09",
        )
    return tuple(entry.public_id for entry in [*(entry for entry in order if entry in panel), *reserve])


def _first_of(order: Sequence[PoolEntry], category: PoolCategory, least: int) -> list[PoolEntry]:
    found = [entry for entry in order if entry.category is category][:least]
    if len(found) < least:
        raise RuleViolation(f"名单里没有妨碍的{LABELS[category]}不到 {least} 人。请改小。", rule="INV-09")
    return found


def _check_distinct(procedure: Procedure, members: Sequence[PanelMember]) -> None:
    names = {member.account_id: member.name for member in members}
    for account_id, count in Counter(member.account_id for member in members).items():
        if count == 1:
            continue
        held = "、".join(LABELS[member.role] for member in members if member.account_id == account_id)
        raise RuleViolation(
            f"{names[account_id]} 一个人占了两个位置（{held}）。主持人、听证员、记录员要各是各的人，请换人。"
            f"依据{procedure.article}",
            article=procedure.article,
            rule="INV-11",
        )


def _check_number(procedure: Procedure, members: Sequence[PanelMember]) -> None:
    panelists = sum(1 for member in members if member.role is SeatRole.PANELIST)
    voters = panelists + procedure.may_chair_vote
    rule = "INV-09" if procedure.must_be_odd else "INV-10"
    if procedure.must_be_odd and voters % 2 == 0:
        counted = "（连主持人）" if procedure.may_chair_vote else ""
        raise RuleViolation(
            f"听证员要单数，现在是 {voters} 人{counted}。请再加一人或减一人。", article=procedure.article, rule=rule
        )
    if voters < procedure.panel_minimum:
        raise RuleViolation(
            f"听证员至少 {procedure.panel_minimum} 人，现在是 {voters} 人。请再加人。依据{procedure.article}",
            article=procedure.article,
            rule=rule,
        )
