"""What is known of a statutory clock before it runs: the shape of one line of the table."""

from dataclasses import dataclass
from enum import StrEnum

from app.law.periods import Period
from app.law.profile import Profile


class Direction(StrEnum):
    """Whether a clock says until when something is due or from when on it is allowed."""

    DUE = "due"
    EARLIEST = "earliest"


@dataclass(frozen=True)
class Extension:
    """Who extends a clock, by how many days each time (None: what is reasonable), once or again and again.

    `latest` bounds the whole period, counted from the trigger.
    """

    approver: str
    longest: int | None = None
    profile: str = ""
    is_renewable: bool = False
    latest: Period | None = None

    def longest_days(self, profile: Profile) -> int | None:
        """The most days one extension may have, from the profile where the jurisdiction sets it."""
        return getattr(profile, self.profile) if self.profile else self.longest


@dataclass(frozen=True)
class Pause:
    """What time is not counted, and the article that says so."""

    ground: str
    article: str


@dataclass(frozen=True)
class Variant:
    """Another length of the same clock, never extended: summary procedure, opinion announced on the spot."""

    ground: str
    period: Period
    article: str
    profile: str = ""

    def length(self, profile: Profile) -> Period:
        """The period, taken from the profile where the jurisdiction sets it."""
        return _setting(profile, self.profile, self.period)


@dataclass(frozen=True)
class ClockRule:
    """One line of the table; `trigger` and `due` are words for the page."""

    code: str
    trigger: str
    period: Period
    due: str
    article: str
    profile: str = ""
    extension: Extension | None = None
    pause: Pause | None = None
    summary: Variant | None = None
    announced: Variant | None = None
    direction: Direction = Direction.DUE

    def length(self, profile: Profile) -> Period:
        """The period, taken from the profile where the jurisdiction sets it."""
        return _setting(profile, self.profile, self.period)


def _setting(profile: Profile, name: str, default: Period) -> Period:
    return getattr(profile, name) if name else default
