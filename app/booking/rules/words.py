"""The words of rooms, duty and sessions, with the Chinese of each."""

from collections.abc import Mapping
from enum import StrEnum

from app.web.labels import WordTable


class RoomKind(StrEnum):
    """What a room is for (R-DUTY-01)."""

    MEDIATION_ROOM = "mediation_room"
    HEARING_ROOM = "hearing_room"
    RECON_HEARING_ROOM = "recon_hearing_room"
    MEETING_ROOM = "meeting_room"
    SERVICE_WINDOW = "service_window"


class Equipment(StrEnum):
    """What stands in a room."""

    RECORDING = "recording"
    TABLET = "tablet"
    PROJECTOR = "projector"
    STEP_FREE = "step_free"


class HalfDay(StrEnum):
    """Half a day on duty."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


class SessionStatus(StrEnum):
    """A draft holds a place and tells nobody; booked, called off, or never meant (which is no postponement)."""

    DRAFT = "draft"
    BOOKED = "booked"
    CANCELLED = "cancelled"
    ENTERED_IN_ERROR = "entered_in_error"


class DraftAct(StrEnum):
    """What a draft is going to do: book a first place, move what is booked, or call it off."""

    PLACE = "place"
    MOVE = "move"
    CANCEL = "cancel"


class DraftStatus(StrEnum):
    """What became of a draft."""

    OPEN = "open"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    FALLEN_OUT = "fallen_out"


class BlockerKind(StrEnum):
    """Why a place cannot be had; the order is the order in which causes are told, law first."""

    LAW = "law"
    ROOM_UNFIT = "room_unfit"
    ROOM_CLOSED = "room_closed"
    ROOM_BUSY = "room_busy"
    PERSON_UNFIT = "person_unfit"
    PERSON_ELSEWHERE = "person_elsewhere"
    PERSON_OFF_DUTY = "person_off_duty"
    PERSON_ON_LEAVE = "person_on_leave"
    PERSON_BUSY = "person_busy"
    PERSON_ON_THE_WAY = "person_on_the_way"
    PERSON_FULL = "person_full"
    PARTY_BUSY = "party_busy"


ROOM_KIND_LABELS: Mapping[StrEnum, str] = {
    RoomKind.MEDIATION_ROOM: "调解室",
    RoomKind.HEARING_ROOM: "听证室",
    RoomKind.RECON_HEARING_ROOM: "行政复议听证室",
    RoomKind.MEETING_ROOM: "会议室",
    RoomKind.SERVICE_WINDOW: "窗口",
}
EQUIPMENT_LABELS: Mapping[StrEnum, str] = {
    Equipment.RECORDING: "录音录像",
    Equipment.TABLET: "签字平板",
    Equipment.PROJECTOR: "投影",
    Equipment.STEP_FREE: "无障碍通道",
}
HALF_DAY_LABELS: Mapping[StrEnum, str] = {HalfDay.MORNING: "上午", HalfDay.AFTERNOON: "下午"}
SESSION_STATUS_LABELS: Mapping[StrEnum, str] = {
    SessionStatus.DRAFT: "草稿",
    SessionStatus.BOOKED: "已排定",
    SessionStatus.CANCELLED: "已取消",
    SessionStatus.ENTERED_IN_ERROR: "录入错误",
}
DRAFT_ACT_LABELS: Mapping[StrEnum, str] = {
    DraftAct.PLACE: "新排",
    DraftAct.MOVE: "改期",
    DraftAct.CANCEL: "取消",
}
LABELS = WordTable(
    *ROOM_KIND_LABELS.items(), *EQUIPMENT_LABELS.items(), *HALF_DAY_LABELS.items(), *SESSION_STATUS_LABELS.items()
)
