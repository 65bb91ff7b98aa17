"""Negotiating the model settlement: a version is begun, written, frozen; a later one takes its place."""

from datetime import datetime

import sqlalchemy as sa

from app.access.permissions import Actor
from app.audit.actions import record
from app.collective.models import Claimant, ModelSettlement, Roster, SealBatch, SettlementShare
from app.collective.queries.roster import find_heir_authority, signing_heirs
from app.collective.queries.settlement import (
    RowFindings,
    check_rows,
    find_case_of_roster,
    list_eligible,
    list_settlements,
    model_of,
)
from app.collective.rules import LABELS
from app.collective.rules.roster import HeirPart
from app.collective.rules.settlement import ModelText, SettlementStatus, check_draft, check_model, digest_of_model
from app.errors import RuleViolation
from app.extensions import db
from app.law import clock
from app.matters.actions import NewProxy, file_many_proxies, revoke_proxy
from app.matters.models import Party, Proxy
from app.web.transaction import check_seen_version

LEAST_REASON = 5


def begin_settlement(roster: Roster, *, by: Actor, now: datetime) -> ModelSettlement:
    """Begin the next version with the words of the last one; refuses beside an open draft and before mediation."""
    db.session.execute(sa.select(Roster.id).where(Roster.id == roster.id).with_for_update())
    case = find_case_of_roster(roster)
    if case is None:
        raise RuleViolation("这件事还没有受理调解，不能起草样本协议。请先受理。", rule="R-MED-06")
    versions = list_settlements(roster)
    if versions and versions[0].status is SettlementStatus.DRAFT:
        raise RuleViolation(f"第 {versions[0].number} 版还没有定稿。请接着改那一版。", rule="INV-24")
    settlement = ModelSettlement(
        roster=roster,
        roster_id=roster.id,
        case=case,
        case_id=case.id,
        number=versions[0].number + 1 if versions else 1,
        status=SettlementStatus.DRAFT,
        saved_by=by.account_id,
        saved_at=now,
        shares=[],
    )
    if versions:
        _write(settlement, model_of(versions[0]), versions[0].kept_reason)
    db.session.add(settlement)
    db.session.flush()
    record(by, "settlement.begin", settlement, after=settlement.status.value, number=settlement.number)
    return settlement


def save_settlement(
    settlement: ModelSettlement,
    model: ModelText,
    kept_reason: str,
    *,
    seen_version: int | None,
    by: Actor,
    now: datetime,
) -> None:
    """Keep what was negotiated; refuses a frozen version, unknown blanks and parts that are not the whole (INV-22).

    `kept_reason` answers the advice of the check-up for all agreements at once.
    """
    check_draft(settlement.status)
    check_seen_version(settlement, seen_version)
    check_model(model)
    _write(settlement, model, kept_reason.strip())
    settlement.saved_by, settlement.saved_at = by.account_id, now
    db.session.flush()
    record(by, "settlement.save", settlement, number=settlement.number)


def freeze_settlement(settlement: ModelSettlement, *, seen_version: int | None, by: Actor, now: datetime) -> None:
    """Close the text of a version for printing; an earlier one gives way, what was signed of it stands (INV-24).

    Refuses while the agreement of one claimant has something that must be changed or unanswered advice (INV-22).
    """
    check_draft(settlement.status)
    check_seen_version(settlement, seen_version)
    model = model_of(settlement)
    check_model(model)
    file_heir_authorities(settlement, by=by, now=now)
    _check_all(check_rows(settlement, by=by, now=now), settlement.kept_reason)
    for earlier in list_settlements(settlement.roster):
        if earlier.status is SettlementStatus.FROZEN:
            _move(earlier, SettlementStatus.REPLACED, "settlement.replace", by=by)
    settlement.digest, settlement.frozen_by, settlement.frozen_at = digest_of_model(model), by.account_id, now
    _move(settlement, SettlementStatus.FROZEN, "settlement.freeze", by=by)


def note_download(subject: ModelSettlement | SealBatch, kind: str, count: int, *, by: Actor) -> None:
    """Put on the log that papers of a settlement or a batch, with all personal data, were given out as one file."""
    record(by, "settlement.download", subject, number=subject.number, file=kind, count=count)


def file_heir_authorities(settlement: ModelSettlement, *, by: Actor, now: datetime) -> int:
    """File for each dead claimant the authority of the one heir who signs for all (INV-25, R-LINK-12); gives how many.

    Where several sign in person none is needed; that of an heir who no longer signs alone is revoked.
    """
    today = clock.local_date(now)
    filed: list[tuple[Party, NewProxy]] = []
    for claimant in list_eligible(settlement, today=today):
        authority = find_heir_authority(claimant, today=today)
        if claimant.is_deceased:
            _revoke_others(claimant, authority, by=by, now=now)
        if len(signing_heirs(claimant)) == 1 and authority is None:
            filed.append((claimant.party, _authority_of(claimant, now)))
    return len(file_many_proxies(settlement.roster.matter, filed, by=by, now=now)) if filed else 0


def _revoke_others(claimant: Claimant, kept: Proxy | None, *, by: Actor, now: datetime) -> None:
    for proxy in claimant.party.proxies:
        if proxy is not kept and proxy.is_valid_on(clock.local_date(now)):
            revoke_proxy(proxy, by=by, now=now)


def _authority_of(claimant: Claimant, now: datetime) -> NewProxy:
    (signer,) = signing_heirs(claimant)
    others = "、".join(heir.name for heir in claimant.heirs if heir.part is HeirPart.AUTHORISES)
    given = f"，继承人{others}的授权" if others else ""
    return NewProxy(
        name=signer.name,
        filed_on=clock.local_date(now),
        id_number=signer.id_number,
        phone=signer.phone,
        relation=f"继承人（{LABELS[signer.kinship]}）",
        is_special=True,
        powers=f"凭死亡证明、亲属关系证明{given}，代为和解、签订协议、收取款项",
    )


def _check_all(rows: list[RowFindings], kept_reason: str) -> None:
    wrong = [row for row in rows if row.musts]
    if wrong:
        first = wrong[0]
        raise RuleViolation(
            f"还有 {len(wrong)} 份协议有问题要改，例如第 {first.claimant.position} 行"
            f"{first.claimant.party.name}：{first.musts[0].title}。请看“问题”一栏。",
            rule="INV-22",
        )
    if not any(not row.reason for row in rows):
        raise RuleViolation("名册里还没有可以出协议的人。请先登记各人的同意。", rule="INV-05")
    if any(row.findings for row in rows) and len(kept_reason) < LEAST_REASON:
        title = next(row.findings[0].title for row in rows if row.findings)
        raise RuleViolation(f"检查时有提醒（{title}）。请改，或者在“保留理由”里写明为什么不改。", rule="INV-22")


def _write(settlement: ModelSettlement, model: ModelText, kept_reason: str) -> None:
    settlement.facts, settlement.payment_term = model.facts, model.payment_term
    settlement.clauses = "\n".join(model.clauses)
    settlement.manner, settlement.place, settlement.kept_reason = model.manner, model.place, kept_reason
    settlement.shares = [
        SettlementShare(position=place, part=share.part, due_on=share.due_on, due_after_days=share.due_after_days)
        for place, share in enumerate(model.shares)
    ]


def _move(settlement: ModelSettlement, target: SettlementStatus, act: str, *, by: Actor) -> None:
    before, settlement.status = settlement.status, target
    db.session.flush()
    record(by, act, settlement, before=before.value, after=target.value, digest=settlement.digest)
