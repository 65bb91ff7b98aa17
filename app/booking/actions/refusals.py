"""Why could a place not be had, and where else would it go?"""

from datetime import datetime, timedelta
from functools import cached_property

from app.access.permissions import Actor
from app.booking.queries.free import Around, look_around, was_just_taken
from app.booking.queries.snapshot import Ignored
from app.booking.rules.explaining import Blocker
from app.booking.rules.need import SessionNeed, SessionPlan
from app.booking.rules.search import Place
from app.errors import Clash
from app.law.dates import format_month_day

JUST_NOW = timedelta(minutes=2)
GONE_AGAIN = "刚才有人占了这里，又让出来了。请再办一次。"


class NoPlace(Clash):
    """A plan cannot be carried out. Causes, words and the nearest other places are read when somebody asks for them.

    That is after the refused act has given its turn back: nobody waits for the search of another.
    """

    def __init__(
        self, need: SessionNeed, plan: SessionPlan, *, by: Actor, now: datetime, ignoring: Ignored = None
    ) -> None:
        Exception.__init__(self)
        self.article = ""
        self._need, self._plan, self._by, self._now, self._ignoring = need, plan, by, now, ignoring

    @cached_property
    def _around(self) -> Around:
        return look_around(self._need, self._plan, now=self._now, ignoring=self._ignoring)

    @cached_property
    def causes(self) -> tuple[Blocker, ...]:
        """What stands in the way, law first."""
        return self._around.blockers

    @cached_property
    def alternatives(self) -> tuple[Place, ...]:
        """The nearest places that satisfy everything, best first."""
        return self._around.places

    @cached_property
    def rule(self) -> str:
        """The rule of the first cause."""
        return self.causes[0].rule if self.causes else "INV-29"

    @cached_property
    def message(self) -> str:
        """Why, and where else it would go; what was freed meanwhile may be asked for again."""
        if not self.causes:
            return GONE_AGAIN
        causes = "，".join(str(blocker) for blocker in self.causes)
        taken = "刚刚被别人占了：" if self._is_race() else ""
        ways = _ways(len(self.alternatives))
        return f"{format_month_day(self._plan.day)} {self._plan.at:%H:%M} 放不下：{taken}{causes}。{ways}"

    def __str__(self) -> str:
        return self.message

    def _is_race(self) -> bool:
        return was_just_taken(self._need, self._plan, by_others_than=self._by.account_id, since=self._now - JUST_NOW)


def _ways(count: int) -> str:
    if not count:
        return "近十二周都放不下，请换人或换一间房。"
    return f"下面{ {1: '一', 2: '两', 3: '三'}.get(count, count) }个时间都行，点一下就放。"
