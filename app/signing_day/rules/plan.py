"""Who is invited when: so many in each half hour, none over noon; and which number stands on the ticket."""

import re
from datetime import time

from app.errors import RuleViolation

NOON, AFTER_NOON, EVENING = time(12), time(14), time(17, 30)
_SHORT = re.compile(r"第(\d+-\d+)号")


def slots(count: int, *, begins_at: time, per_slot: int) -> list[time]:
    """The local times for `count` people in order; refuses a day that would not end by half past five."""
    if per_slot < 1:
        raise RuleViolation("每半小时至少约 1 人。")
    found: list[time] = []
    at = begins_at
    while len(found) < count:
        if NOON <= at < AFTER_NOON:
            at = AFTER_NOON
        if at >= EVENING:
            raise RuleViolation(f"这一天约不下 {count} 人，只约得下 {len(found)} 人。请分几天，或者每半小时多约几个。")
        found += [at] * min(per_slot, count - len(found))
        at = _half_an_hour_later(at)
    return found


def ticket_number(agreement_number: str, position: int) -> str:
    """The short form of the agreement's number (12-207), so that paper, ticket and hall say the same."""
    found = _SHORT.search(agreement_number)
    return found.group(1) if found else str(position)


def _half_an_hour_later(at: time) -> time:
    minutes = at.hour * 60 + at.minute + 30
    return time(minutes // 60, minutes % 60)
