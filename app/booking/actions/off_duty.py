"""Sessions whose people lose their duty: refused, or, when that is wanted, flagged on the board (R-DUTY-02)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.booking.models import BookedSession
from app.booking.queries.off_duty import find_unfit, has_flagged_ahead, list_sessions_ahead, list_sessions_needing
from app.booking.queries.snapshot import wall_clock
from app.booking.rules.rosters import Shift
from app.errors import RuleViolation
from app.law.dates import format_month_day
from app.web.transaction import after_commit, transaction

SHOWN_SESSIONS = 3


def check_duty_may_end(shifts: Iterable[Shift], *, now: datetime, is_confirmed: bool) -> None:
    """Refuse to end duty on which booked sessions stand, unless it is confirmed that they be flagged."""
    check_sessions_may_lose(list_sessions_needing(shifts, now), is_confirmed=is_confirmed)


def check_sessions_may_lose(sessions: Sequence[BookedSession], *, is_confirmed: bool) -> None:
    """Refuse while any of these sessions needs the person, unless it is confirmed that they be flagged."""
    if not sessions or is_confirmed:
        return
    shown = "；".join(_place_of(session) for session in sessions[:SHOWN_SESSIONS])
    more = f"等 {len(sessions)} 场" if len(sessions) > SHOWN_SESSIONS else ""
    raise RuleViolation(
        f"这几班上已排了会：{shown}{more}。请先改期或换人；确实要这样办，请勾选“场次先留着，标为不符值班”。",
        rule="R-DUTY-02",
    )


def flag_sessions_off_duty(now: datetime, *, by: Actor | None = None, accounts: Collection[int] | None = None) -> int:
    """Flag the sessions ahead with somebody off duty, recused or over his limits, unflag the others; the count of new.

    Run at once after every act that ends duty, bars somebody or changes a limit, and by the worker for everybody.
    """
    sessions = list_sessions_ahead(now, accounts)
    off_duty = find_unfit(sessions)
    fresh = 0
    for session in sessions:
        is_off = session.id in off_duty
        if is_off == (session.off_duty_since is not None):
            continue
        session.off_duty_since = now if is_off else None
        fresh += is_off
        record(by, "booking.off_duty" if is_off else "booking.on_duty", session, matter_id=session.matter_id)
    return fresh


def settle_flags(people: Collection[int], now: datetime, *, by: Actor) -> None:
    """After a session of these people went elsewhere: what was flagged because of it may fit again.

    Once the act is committed, because an act that runs beside others must not touch their sessions (ADR 0025), nor
    hold its turn for a question.
    """

    def flag_anew() -> None:
        if has_flagged_ahead(people, now):
            with transaction():
                flag_sessions_off_duty(now, by=by, accounts=people)

    after_commit(flag_anew)


def _place_of(session: BookedSession) -> str:
    starts = wall_clock(session.starts_at)
    return f"{format_month_day(starts.date())} {starts:%H:%M} {session.room.name}"
