"""The tables of hearings, one topic a file."""

from app.hearings.models.convening import ChangeOfHearing, HearingAnnouncement, HearingService, Observer
from app.hearings.models.deciding import Deliberation, HearingOpinion, PanelVote
from app.hearings.models.hearing import Hearing, HearingApplication, HearingParty
from app.hearings.models.minutes import (
    Attendance,
    EarlierDay,
    Exhibit,
    HearingMinutes,
    MinutesNote,
    MinutesTurn,
    OpenLine,
    ReadBack,
    StagePassed,
)
from app.hearings.models.panel import PanelDraw, PanelSeat

__all__ = [
    "Attendance",
    "ChangeOfHearing",
    "Deliberation",
    "EarlierDay",
    "Exhibit",
    "Hearing",
    "HearingAnnouncement",
    "HearingApplication",
    "HearingMinutes",
    "HearingOpinion",
    "HearingParty",
    "HearingService",
    "MinutesNote",
    "MinutesTurn",
    "Observer",
    "OpenLine",
    "PanelDraw",
    "PanelSeat",
    "PanelVote",
    "ReadBack",
    "StagePassed",
]
