"""Who was served with which notice, whether the day still holds, and whether the hearing may open (INV-14/15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.errors import NotFound, RuleViolation
from app.hearings.models import Hearing, HearingParty, HearingService
from app.hearings.queries.hearings import list_unnamed_seats
from app.hearings.queries.scheduling import earliest_for, session_day
from app.hearings.rules.notice import EarliestDay
from app.hearings.rules.procedures import Procedure
from app.law.dates import format_month_day


@dataclass(frozen=True)
class NoticeState:
    """How far the newest notice got: whom not yet, when the last party, and whether the day still holds."""

    held_on: date | None
    unserved: tuple[HearingParty, ...]
    last_served_on: date | None
    earliest: EarliestDay | None

    @property
    def holds(self) -> bool | None:
        """Whether the day is lawful by the days really served; None while a party is not served."""
        if self.earliest is None or self.held_on is None:
            return None
        return self.earliest.served_on < self.held_on and self.held_on >= self.earliest.day


def newest_round(hearing: Hearing) -> int:
    """The number of the newest notice, 0 before the first."""
    return max((row.round for row in hearing.services), default=0)


def services_of_newest_round(hearing: Hearing) -> list[HearingService]:
    """The notices that count now: parties first, in their order, then the panel."""
    newest = newest_round(hearing)
    rows = [row for row in hearing.services if row.round == newest]
    return sorted(rows, key=lambda row: (row.hearing_party_id is None, row.id))


def get_service(hearing: Hearing, public_id: str) -> HearingService:
    """One service of a hearing; NotFound otherwise."""
    found = next((row for row in hearing.services if row.public_id == public_id), None)
    if found is None:
        raise NotFound("没有这一次送达。")
    return found


def get_hearing_party(hearing: Hearing, public_id: str) -> HearingParty:
    """One party of a hearing; NotFound otherwise."""
    found = next((row for row in hearing.parties if row.public_id == public_id), None)
    if found is None:
        raise NotFound("这场听证没有这一方。")
    return found


def notice_state(hearing: Hearing, procedure: Procedure) -> NoticeState:
    """What was really served, and from which day on the hearing may be held because of it."""
    held_on = session_day(hearing)
    rows = [row for row in services_of_newest_round(hearing) if row.hearing_party is not None]
    served = [row.hearing_party_id for row in rows if row.served_on is not None]
    unserved = tuple(row for row in hearing.parties if row.id not in served)
    if not rows or unserved or hearing.session is None:
        return NoticeState(held_on, unserved, None, None)
    last = max(_learned_on(row, hearing.services, hearing.session.starts_at) for row in rows)
    return NoticeState(held_on, (), last, earliest_for(hearing, procedure, last, held_on=held_on))


def was_served(hearing: Hearing, party: HearingParty) -> bool:
    """True once the newest notice reached this party."""
    rows = services_of_newest_round(hearing)
    return any(row.hearing_party_id == party.id and row.served_on is not None for row in rows)


def check_may_open(hearing: Hearing, procedure: Procedure) -> None:
    """Refuse to open before every party was served in time, or with people whom no notice names (INV-14/15)."""
    state = notice_state(hearing, procedure)
    if state.unserved:
        names = "、".join(row.party.name for row in state.unserved)
        raise RuleViolation(f"{names} 的听证通知还没有送达，不能开。请先登记送达，没有送到的要改期。", rule="INV-14")
    if state.holds is False and state.earliest is not None:
        served = format_month_day(state.earliest.served_on)
        raise RuleViolation(
            f"通知 {served} 才送达最后一方，今天开太早。请改期。{state.earliest.message}",
            article=state.earliest.article,
            rule="INV-14",
        )
    if unnamed := list_unnamed_seats(hearing):
        names = "、".join(seat.account.name for seat in unnamed)
        raise RuleViolation(f"{names} 不在听证通知书的名单里，不能开。请先“变更”，重新通知各方。", rule="INV-15")


def _learned_on(row: HearingService, services: Sequence[HearingService], starts_at: datetime) -> date:
    """When this party first had a notice that names this very time."""
    same = (
        other.served_on
        for other in services
        if other.hearing_party_id == row.hearing_party_id and other.starts_at == starts_at and other.served_on
    )
    return min(same)
