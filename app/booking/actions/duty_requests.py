"""Swap, cover and leave: the asker asks, a colleague agrees, a coordinator approves; then the roster changes."""

from datetime import date, datetime

import sqlalchemy as sa

from app.access.permissions import Actor
from app.audit.actions import record
from app.booking.actions.duty import grant_leave
from app.booking.actions.off_duty import check_duty_may_end, flag_sessions_off_duty
from app.booking.models import DutyRequest, DutySlot
from app.booking.queries.own_duty import find_slot, standing_of
from app.booking.rules.duty_requests import (
    OPEN_STATUSES,
    HalfSlot,
    RequestKind,
    RequestStatus,
    check_cover,
    check_step,
    check_swap,
)
from app.booking.rules.rosters import Shift
from app.errors import NotPermitted, RuleViolation
from app.extensions import db
from app.law import clock
from app.people.models import Account


def ask_for_swap(
    asker: Account, colleague: Account, given: HalfSlot, taken: HalfSlot, reason: str, *, by: Actor, now: datetime
) -> DutyRequest:
    """Ask a colleague to exchange two half-days; refuses what could not be done today already."""
    _check_asker(asker, colleague, given, by)
    standing = standing_of(asker, colleague, given, taken)
    check_swap(given, taken, standing, asker=asker.name, colleague=colleague.name, today=clock.local_date(now))
    request = _new(RequestKind.SWAP, asker, given.day, reason, now)
    request.colleague, request.half = colleague, given.half
    request.other_day, request.other_half = taken.day, taken.half
    return _ask(request, by)


def ask_for_cover(
    asker: Account, colleague: Account, given: HalfSlot, reason: str, *, by: Actor, now: datetime
) -> DutyRequest:
    """Ask a colleague to take over half a day; refuses what could not be done today already."""
    _check_asker(asker, colleague, given, by)
    standing = standing_of(asker, colleague, given)
    check_cover(given, standing, asker=asker.name, colleague=colleague.name, today=clock.local_date(now))
    request = _new(RequestKind.COVER, asker, given.day, reason, now)
    request.colleague, request.half = colleague, given.half
    return _ask(request, by)


def ask_for_leave(asker: Account, first: date, last: date, reason: str, *, by: Actor, now: datetime) -> DutyRequest:
    """Ask the coordinator for whole days of leave; refuses days that are over."""
    if last < first or first < clock.local_date(now):
        raise RuleViolation("请假从今天起，最后一天不能早于第一天。请重新填。", rule="B083")
    request = _new(RequestKind.LEAVE, asker, first, reason, now)
    request.other_day, request.status = last, RequestStatus.AGREED
    return _ask(request, by)


def agree_to_request(request: DutyRequest, *, by: Actor, now: datetime) -> None:
    """The colleague agrees; refuses when either stands otherwise by now."""
    _check_colleague(request, by)
    check_step(request.status, RequestStatus.AGREED)
    _check_still_possible(request, now)
    _move(request, RequestStatus.AGREED, by, now)


def refuse_request(request: DutyRequest, *, by: Actor, now: datetime) -> None:
    """The colleague cannot."""
    _check_colleague(request, by)
    _move(request, RequestStatus.REFUSED, by, now)


def withdraw_request(request: DutyRequest, *, by: Actor, now: datetime) -> None:
    """The asker takes it back."""
    if by.account_id != request.asker_id:
        raise NotPermitted("只有提出的人可以撤回。")
    _move(request, RequestStatus.WITHDRAWN, by, now)


def decline_request(request: DutyRequest, *, by: Actor, now: datetime) -> None:
    """The coordinator does not approve; the roster stays."""
    _check_approver(request, by)
    _move(request, RequestStatus.DECLINED, by, now)


def approve_request(request: DutyRequest, *, by: Actor, now: datetime, is_confirmed: bool = False) -> None:
    """Approve, and change the roster at once.

    Refuses one's own request, what no longer fits, and duty on which booked sessions stand unless it is confirmed
    that they be flagged (R-DUTY-02).
    """
    _check_approver(request, by)
    check_step(request.status, RequestStatus.APPROVED)
    if request.kind is RequestKind.LEAVE:
        last = request.other_day or request.day
        grant_leave(request.asker, request.day, last, by=by, now=now, is_confirmed=is_confirmed)
    else:
        _check_still_possible(request, now)
        _hand_over(_moves(request), by=by, now=now, is_confirmed=is_confirmed)
    _move(request, RequestStatus.APPROVED, by, now)


def cover_duty(slot: DutySlot, colleague: Account, *, by: Actor, now: datetime, is_confirmed: bool = False) -> None:
    """Somebody steps in for half a day, as the coordinator says; refuses as a cover that is asked for does."""
    given = HalfSlot(slot.day, slot.half)
    asker = slot.account
    standing = standing_of(asker, colleague, given)
    check_cover(given, standing, asker=asker.name, colleague=colleague.name, today=clock.local_date(now))
    _hand_over([(slot, colleague.id)], by=by, now=now, is_confirmed=is_confirmed)


def _new(kind: RequestKind, asker: Account, day: date, reason: str, now: datetime) -> DutyRequest:
    request = DutyRequest(kind=kind, status=RequestStatus.ASKED, is_open=True, asker=asker, day=day, asked_at=now)
    request.reason = reason
    return request


def _ask(request: DutyRequest, by: Actor) -> DutyRequest:
    db.session.add(request)
    db.session.flush()
    record(by, "duty_request.ask", request, after=request.status, what=request.kind)
    return request


def _check_asker(asker: Account, colleague: Account, given: HalfSlot, by: Actor) -> None:
    if by.account_id != asker.id or colleague.id == asker.id:
        raise NotPermitted("换班、顶班要本人提出，对方是另一位同事。")
    open_before = sa.select(DutyRequest.id).filter_by(asker_id=asker.id, day=given.day, half=given.half, is_open=True)
    if db.session.scalar(open_before.limit(1)) is not None:
        raise RuleViolation(f"{given}这一班已经提过，还没有结果。要另找人，请先撤回那一条。", rule="R-DUTY-02")


def _check_colleague(request: DutyRequest, by: Actor) -> None:
    if by.account_id != request.colleague_id:
        raise NotPermitted("这一条要由被问的同事答复。")


def _check_approver(request: DutyRequest, by: Actor) -> None:
    if by.account_id in (request.asker_id, request.colleague_id):
        raise NotPermitted("自己的换班、顶班、请假要由另一位排期员批。")


def _check_still_possible(request: DutyRequest, now: datetime) -> None:
    given, taken = request.given, request.taken
    if given is None or request.colleague is None:
        return
    names = {"asker": request.asker.name, "colleague": request.colleague.name}
    standing = standing_of(request.asker, request.colleague, *([given, taken] if taken else [given]))
    if taken is None:
        check_cover(given, standing, today=clock.local_date(now), **names)
    else:
        check_swap(given, taken, standing, today=clock.local_date(now), **names)


def _moves(request: DutyRequest) -> list[tuple[DutySlot, int]]:
    """The slots that change hands, each with its new owner."""
    asker_id, colleague_id = request.asker_id, request.colleague_id
    moves = []
    for giver, when, taker in ((asker_id, request.given, colleague_id), (colleague_id, request.taken, asker_id)):
        slot = find_slot(giver, when) if giver and when else None
        if slot is not None and taker is not None:
            moves.append((slot, taker))
    return moves


def _hand_over(moves: list[tuple[DutySlot, int]], *, by: Actor, now: datetime, is_confirmed: bool) -> None:
    ended = [Shift(slot.account_id, slot.day, slot.half, slot.post_id) for slot, _ in moves]
    check_duty_may_end(ended, now=now, is_confirmed=is_confirmed)
    for slot, taker_id in moves:
        record(by, "duty.hand_over", slot, day=slot.day.isoformat(), half=slot.half, giver=slot.account_id, to=taker_id)
        slot.account_id = taker_id
    db.session.flush()
    for slot, _ in moves:
        db.session.expire(slot, ["account"])
    people = {shift.account_id for shift in ended} | {taker_id for _, taker_id in moves}
    flag_sessions_off_duty(now, by=by, accounts=people)


def _move(request: DutyRequest, target: RequestStatus, by: Actor, now: datetime) -> None:
    check_step(request.status, target)
    before = request.status
    request.status, request.is_open = target, target in OPEN_STATUSES
    request.decided_by, request.decided_at = by.account_id, now
    record(by, "duty_request.move", request, before=before, after=target)
