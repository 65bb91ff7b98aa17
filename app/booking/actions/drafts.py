"""The basket: moves that hold their place at once, tell nobody, and fall out after the next working day.

What the basket moves or calls off lends its quarter hours to the other drafts of the same basket, and to nobody else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.access.permissions import Actor
from app.audit.actions import record
from app.booking.actions.limits import Touched, settle_loads, touched_by
from app.booking.actions.sessions import check_may_change, check_place, place_of, take_place, write_cells
from app.booking.models import BookedSession, DraftMove, Occupancy
from app.booking.queries.drafts import find_open_draft, held_among, lent_by, list_basket, list_expired, standing_on
from app.booking.queries.free import plan_of
from app.booking.queries.verifying import expected_cells
from app.booking.rules.limits import Period, Strain, first_day
from app.booking.rules.need import Owner, SessionNeed, SessionPlan
from app.booking.rules.words import DraftAct, DraftStatus, SessionStatus
from app.errors import Clash, RuleViolation
from app.extensions import db
from app.law import clock
from app.settings.queries import calendar
from app.web.faults import fault_point

MOST_IN_A_BASKET = 40


@dataclass(frozen=True)
class DraftWish:
    """Whose place it is, what stands booked now, and the words that the owner's act will ask for."""

    owner: Owner
    matter_id: int
    replaces: BookedSession | None = None
    details: dict[str, Any] = field(default_factory=dict)
    reason: str = field(default="", repr=False)


def put_in_place(
    wish: DraftWish, need: SessionNeed, plan: SessionPlan, *, by: Actor, now: datetime, is_confirmed: bool = False
) -> DraftMove:
    """Hold a place for what is to be booked or moved, or change the place it holds; refuses as `reserve` does.

    Refuses what lies in another's basket (Clash) and what has begun.
    """
    draft = _open(wish, DraftAct.MOVE if wish.replaces else DraftAct.PLACE, by, now)
    need = replace(need, owner=Owner("draft_move", draft.id))
    lent = lent_by(list_basket(by.account_id))
    own = frozenset({draft.session_id}) if draft.session_id else frozenset()
    check_place(need, plan, by, now, is_confirmed, ignoring=lent | own)
    session = draft.session or _new_session(draft, need, by, now)
    take_place(session, need, plan, by, now, from_sessions=lent)
    draft.session = session
    _give_back(list_basket(by.account_id))
    settle_loads(touched_by(session) | _touched(draft))
    fault_point("booking.before_commit")
    record(by, "draft.place", draft, after=draft.status, kind_of_act=draft.act.value, **place_of(session))
    return draft


def put_in_without_place(wish: DraftWish, act: DraftAct, *, by: Actor, now: datetime) -> DraftMove:
    """Put in that something booked is called off, or moved to a place still to be found; the basket may use its time.

    Refuses what lies in another's basket (Clash) and what has begun.
    """
    draft = _open(wish, act, by, now)
    _drop_session(draft)
    _give_back(list_basket(by.account_id))
    settle_loads(_touched(draft))
    record(by, "draft.lift", draft, after=draft.status, kind_of_act=draft.act.value)
    return draft


def take_out(draft: DraftMove, *, by: Actor, now: datetime) -> None:
    """Take one draft out; what is booked stays where it was. Refuses while another draft stands on its time."""
    _check_open(draft)
    if standing_on(draft):
        raise RuleViolation("篮子里另一场占着它原来的时间。请先把那一场拿出来，再拿这一场。", rule="INV-29")
    strains = _end(draft, DraftStatus.WITHDRAWN, by)
    # What a changed limit passes without the basket is no reason: the place was lent to nobody else.
    if strains and _leaning_on(draft, strains):
        raise RuleViolation("篮子里另一场用着它让出的名额或路上的时间。请先拿那一场，再拿这一场。", rule="H19")


def clear_the_way(drafts: Iterable[DraftMove]) -> dict[int, SessionPlan]:
    """Free every quarter hour of these drafts and of what they move, so that the owners' acts may run in any order.

    Answers the places by draft; belongs into the transaction that publishes.
    """
    from_plans: dict[int, SessionPlan] = {}
    for draft in drafts:
        _check_open(draft)
        if draft.session is not None:
            from_plans[draft.id] = plan_of(draft.session)
        if draft.replaces is not None and draft.act is not DraftAct.PLACE:
            _free(draft.replaces.id)
        _drop_session(draft)
    db.session.flush()
    return from_plans


def close_draft(draft: DraftMove, *, by: Actor) -> None:
    """Note that the owner's act was done."""
    _change(draft, DraftStatus.PUBLISHED, by)


def expire_drafts(now: datetime) -> int:
    """Let fall out whose time is over, with those that stand on their time; the count of them.

    Their owners see it on the calendar.
    """
    count = 0
    for draft in list_expired(clock.local_date(now)):
        if draft.status is DraftStatus.OPEN:
            count += _fall_out(draft)
    return count


def _fall_out(draft: DraftMove) -> int:
    """First what stands on its time, so that all of it goes back to what is booked there."""
    count = 1
    while above := standing_on(draft):
        count += _fall_out(above[0])
    strains = _end(draft, DraftStatus.FALLEN_OUT, None)
    while strains and (other := _leaning_on(draft, strains)):
        count += _fall_out(other)
        strains = settle_loads(_touched(draft))
    return count


def _leaning_on(draft: DraftMove, strains: Sequence[tuple[int, Strain]]) -> DraftMove | None:
    """A draft of the same basket that has one of these people in the same week."""
    weeks = {(who, first_day(Period.WEEK, strain.starts_on)) for who, strain in strains}
    for other in list_basket(draft.account_id):
        touched = touched_by(other.session) if other.session else frozenset()
        if weeks & {(who, first_day(Period.WEEK, day)) for who, day in touched}:
            return other
    return None


def _open(wish: DraftWish, act: DraftAct, by: Actor, now: datetime) -> DraftMove:
    """The open draft of the owner in this basket, changed to the wish, or a new one."""
    if wish.replaces is not None:
        check_may_change(wish.replaces, now)
    draft = find_open_draft(wish.owner)
    if draft is not None and draft.account_id != by.account_id:
        raise Clash(f"这一场已在{draft.account.name}的草稿篮里。请和他商量，或等他发布。", rule="INV-29")
    if draft is None:
        draft = _new_draft(wish, by, now)
    draft.act, draft.replaces = act, wish.replaces
    draft.details, draft.publish_at, draft.failure = dict(wish.details), None, ""
    draft.reason = wish.reason
    db.session.flush()
    return draft


def _new_draft(wish: DraftWish, by: Actor, now: datetime) -> DraftMove:
    if len(list_basket(by.account_id)) >= MOST_IN_A_BASKET:
        raise RuleViolation(f"草稿篮最多放 {MOST_IN_A_BASKET} 场。请先发布一些。", rule="INV-29")
    today = clock.local_date(now)
    draft = DraftMove(
        account_id=by.account_id,
        owner_kind=wish.owner.kind,
        owner_id=wish.owner.id,
        open_key=f"{wish.owner.kind}:{wish.owner.id}",
        matter_id=wish.matter_id,
        act=DraftAct.PLACE,
        status=DraftStatus.OPEN,
        put_in_at=now,
        expires_on=calendar().next_working_day_on_or_after(today + timedelta(days=1)),
    )
    db.session.add(draft)
    return draft


def _new_session(draft: DraftMove, need: SessionNeed, by: Actor, now: datetime) -> BookedSession:
    return BookedSession(
        owner_kind=need.owner.kind,
        owner_id=need.owner.id,
        matter_id=draft.matter_id,
        organisation_id=need.organisation_id,
        purpose=need.purpose,
        booked_by=by.account_id,
        booked_at=now,
        status=SessionStatus.DRAFT,
        is_open=False,
        seats=[],
    )


def _check_open(draft: DraftMove) -> None:
    if draft.status is not DraftStatus.OPEN:
        raise RuleViolation("这份草稿已经不在篮子里了。请刷新看一看。", rule="INV-29")


def _end(draft: DraftMove, status: DraftStatus, by: Actor | None) -> list[tuple[int, Strain]]:
    """Take the draft away, what it moved stands again; which limits are passed now."""
    _drop_session(draft)
    _change(draft, status, by)
    rest = [draft, *list_basket(draft.account_id)]
    _give_back(rest)
    return settle_loads(_touched(draft))


def _touched(draft: DraftMove) -> Touched:
    return touched_by(draft.replaces) if draft.replaces else frozenset()


def _change(draft: DraftMove, status: DraftStatus, by: Actor | None) -> None:
    before, draft.status, draft.open_key, draft.publish_at = draft.status, status, None, None
    record(by, "draft.end", draft, before=before, after=status)


def _drop_session(draft: DraftMove) -> None:
    session, draft.session = draft.session, None
    db.session.flush()
    if session is not None:
        touched = touched_by(session)
        _free(session.id)
        db.session.delete(session)
        db.session.flush()
        settle_loads(touched)


def _free(session_id: int) -> None:
    db.session.execute(sa.delete(Occupancy).where(Occupancy.session_id == session_id))


def _give_back(drafts: Sequence[DraftMove]) -> None:
    """Quarter hours that no draft of the basket stands on any more belong to what is booked there again."""
    for session in {draft.replaces for draft in drafts if draft.replaces is not None}:
        if session.status is not SessionStatus.BOOKED:
            continue
        wanted = expected_cells(session)
        write_cells(sorted(wanted - held_among(wanted)), session.id)
