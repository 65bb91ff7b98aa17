"""The acts of the calendar: into the basket, out of it, and all of it published in one transaction."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from app.access.permissions import Actor
from app.audit.actions import record
from app.booking.actions import (
    DraftWish,
    clear_the_way,
    close_draft,
    put_in_place,
    put_in_without_place,
    take_out,
)
from app.booking.models import BookedSession, DraftMove
from app.booking.queries.drafts import has_published, list_basket, list_due_baskets
from app.booking.rules.need import SessionPlan
from app.booking.rules.words import DraftAct
from app.desk.calendar.placers import USUAL_DAYS_TO_SERVE, Details, Placing, placing_of, placing_of_draft
from app.errors import DomainError, RuleViolation
from app.law import clock
from app.people.queries import get_account_by_id
from app.web.transaction import transaction

UNDO_SECONDS = 10
LONGEST_FAILURE = 400
LONGEST_DRAFT = timedelta(days=14)
"""A draft lasts until the end of the next working day, over the longest holidays."""


def draft_place(placing: Placing, plan: SessionPlan, details: Details, *, by: Actor, now: datetime) -> DraftMove:
    """Hold this place for it in one's basket; refuses as `booking.reserve` and the owner's rules do."""
    _check_possible(placing)
    _check_ground(placing, details, is_calling_off=False)
    need = placing.need(plan, details, now)
    return put_in_place(_wish(placing, details), need, plan, by=by, now=now, is_confirmed=details.is_confirmed)


def draft_lifting(session: BookedSession, *, by: Actor, now: datetime) -> DraftMove:
    """Lift a booked session off its place, to find it another one: its time is free for this basket alone."""
    placing = placing_of(session.owner, by, now)
    details = Details(clock.local_date(now) + USUAL_DAYS_TO_SERVE)
    return put_in_without_place(_wish(placing, details), DraftAct.MOVE, by=by, now=now)


def make_room(draft: DraftMove, *, by: Actor, now: datetime) -> None:
    """Take a draft off the place it holds, for another link of the chain.

    What stands booked elsewhere waits in the basket for another place; what was never booked goes back to the list.
    """
    if draft.act is DraftAct.PLACE:
        take_out(draft, by=by, now=now)
        return
    wish = DraftWish(draft.owner, draft.matter_id, draft.replaces, draft.details, draft.reason or "")
    put_in_without_place(wish, DraftAct.MOVE, by=by, now=now)


def draft_calling_off(session: BookedSession, details: Details, *, by: Actor, now: datetime) -> DraftMove:
    """Put in that a booked session is called off; refuses without a reason."""
    placing = placing_of(session.owner, by, now)
    if not details.reason.strip():
        raise RuleViolation("请写明取消的原因，到场的人会问。", rule="R-DUTY-02")
    _check_ground(placing, details, is_calling_off=True)
    return put_in_without_place(_wish(placing, details), DraftAct.CANCEL, by=by, now=now)


def announce_publishing(*, by: Actor, now: datetime) -> datetime:
    """Let one's basket be published in ten seconds; until then `hold_publishing` takes it back.

    Refuses an empty basket and what was lifted and has no new place yet.
    """
    drafts = list_basket(by.account_id)
    if not drafts:
        raise RuleViolation("草稿篮是空的，没有要发布的。", rule="INV-29")
    homeless = [draft for draft in drafts if draft.is_homeless]
    if homeless:
        raise RuleViolation(
            f"还有 {len(homeless)} 场挪开了没有新时间。请先给它们排上，或从篮子里拿出来。", rule="INV-29"
        )
    due = now + timedelta(seconds=UNDO_SECONDS)
    for draft in drafts:
        draft.publish_at, draft.failure = due, ""
    record(by, "draft.announce", kind="draft_move", count=len(drafts))
    return due


def hold_publishing(*, by: Actor, now: datetime) -> int:
    """Take the publishing back before anybody was told; the count of drafts that stay drafts.

    Refuses where there was nothing to take back.
    """
    _check_has_basket(by, now)
    held = [draft for draft in list_basket(by.account_id) if draft.publish_at is not None]
    for draft in held:
        draft.publish_at = None
    if held:
        record(by, "draft.hold", kind="draft_move", count=len(held))
    return len(held)


def publish_basket(*, by: Actor, now: datetime) -> list[Placing]:
    """Carry out every draft that is due, all or none, each through its owner's own act; messages leave afterwards.

    Refuses as those acts do, then the whole basket stays as it was; refuses where there never was one. Published by
    the worker meanwhile, it answers with nothing.
    """
    _check_has_basket(by, now)
    drafts = [draft for draft in list_basket(by.account_id) if draft.publish_at is not None]
    if any(draft.publish_at is not None and draft.publish_at > now for draft in drafts):
        raise RuleViolation("还没有到发布的时候，请再等几秒；现在还能撤销。", rule="INV-29")
    placings = [placing_of_draft(draft, by, now) for draft in drafts]
    plans = clear_the_way(drafts)
    for draft, placing in zip(drafts, placings, strict=True):
        details = details_of(draft, now)
        if draft.act is DraftAct.CANCEL:
            placing.placer.call_off(placing.subject, details, by, now)
        else:
            placing.placer.place(placing.subject, plans[draft.id], details, by, now)
        close_draft(draft, by=by)
    return placings


def publish_due_baskets(now: datetime) -> int:
    """Publish the baskets whose ten seconds are over; one that is refused goes back to its owner with the reason."""
    count = 0
    for account_id in list_due_baskets(now):
        try:
            with transaction():
                count += len(publish_basket(by=get_account_by_id(account_id).as_actor(), now=now))
        except DomainError as refusal:
            with transaction():
                _note_failure(account_id, refusal.message)
    return count


def mark_fallen_out_seen(drafts: Sequence[DraftMove], *, now: datetime) -> None:
    """Note that somebody has read which drafts fell out; refuses when none did."""
    if not drafts:
        raise RuleViolation("没有退回的草稿。", rule="INV-29")
    for draft in drafts:
        draft.seen_at = now


def details_of(draft: DraftMove, now: datetime) -> Details:
    """What was said when the draft was put in."""
    served_on = str(draft.details.get("served_on", ""))
    return Details(
        served_on=date.fromisoformat(served_on) if served_on else clock.local_date(now) + USUAL_DAYS_TO_SERVE,
        ground=str(draft.details.get("ground", "")),
        reason=draft.reason or "",
        is_confirmed=bool(draft.details.get("is_confirmed")),
    )


def _wish(placing: Placing, details: Details) -> DraftWish:
    item = placing.item
    words = {
        "served_on": details.served_on.isoformat(),
        "ground": details.ground,
        "is_confirmed": details.is_confirmed,
    }
    return DraftWish(item.owner, item.matter_id, item.session, words, details.reason)


def _check_has_basket(by: Actor, now: datetime) -> None:
    if not list_basket(by.account_id) and not has_published(by.account_id, now - LONGEST_DRAFT):
        raise RuleViolation("草稿篮是空的，没有要发布的，也没有要撤销的。", rule="INV-29")


def _check_possible(placing: Placing) -> None:
    if placing.item.hindrance:
        raise RuleViolation(f"现在还不能排：{placing.item.hindrance.rstrip('。')}。", rule="R-DUTY-02")


def _check_ground(placing: Placing, details: Details, *, is_calling_off: bool) -> None:
    grounds = placing.grounds(is_calling_off=is_calling_off)
    if grounds and (details.ground not in {value for value, _ in grounds} or not details.reason.strip()):
        raise RuleViolation("通知过的听证要改期、恢复，请选理由，并写明具体情况：通知书上要写。", rule="INV-15")


def _note_failure(account_id: int, message: str) -> None:
    for draft in list_basket(account_id):
        draft.publish_at, draft.failure = None, message[:LONGEST_FAILURE]
