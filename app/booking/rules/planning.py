"""The words of proposed plans, and what a shortcoming of a plan costs: data with a version, kept with each plan."""

from collections.abc import Mapping
from enum import StrEnum

from app.booking.planner.instance import Weights
from app.web.labels import WordTable

WEIGHTS_VERSION = "1"
WEIGHTS = Weights(
    unplaced=1000,
    late_day=10,
    preferred=30,
    continuity=40,
    overload_slot=2,
    half=5,
    room_kind=8,
    away_person=3,
    other_centre=15,
)
FAIR_SHARE = 1.3
"""So much of the mean load of a seat's people is still fair (S4)."""


class PlanKind(StrEnum):
    """A backlog planned for the first time, or a disturbed calendar mended."""

    BACKLOG = "backlog"
    REPLAN = "replan"


class PlanStatus(StrEnum):
    """Where a plan stands: being made, proposed, being carried out, carried out."""

    MAKING = "making"
    PROPOSED = "proposed"
    ACCEPTING = "accepting"
    ENDED = "ended"


class PlaceStatus(StrEnum):
    """What became of one session of a plan.

    Impossible is proven to have no place at all; waiting found none beside the others. Chosen is to be booked.
    """

    PROPOSED = "proposed"
    IMPOSSIBLE = "impossible"
    WAITING = "waiting"
    CHOSEN = "chosen"
    ACCEPTED = "accepted"
    REFUSED = "refused"


PLAN_KIND_LABELS: Mapping[StrEnum, str] = {PlanKind.BACKLOG: "一键排期", PlanKind.REPLAN: "重排"}
PLAN_STATUS_LABELS: Mapping[StrEnum, str] = {
    PlanStatus.MAKING: "正在排",
    PlanStatus.PROPOSED: "等您定",
    PlanStatus.ACCEPTING: "正在落实",
    PlanStatus.ENDED: "已落实",
}
PLACE_STATUS_LABELS: Mapping[StrEnum, str] = {
    PlaceStatus.PROPOSED: "建议",
    PlaceStatus.IMPOSSIBLE: "排不了",
    PlaceStatus.WAITING: "没排上",
    PlaceStatus.CHOSEN: "等落实",
    PlaceStatus.ACCEPTED: "已排定",
    PlaceStatus.REFUSED: "没排成",
}
LABELS = WordTable(*PLAN_KIND_LABELS.items(), *PLAN_STATUS_LABELS.items(), *PLACE_STATUS_LABELS.items())
