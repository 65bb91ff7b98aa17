"""How far an uploaded stack of signed paper is, and what became of each of its pages."""

from enum import StrEnum


class StackState(StrEnum):
    """Where an uploaded stack stands."""

    READING = "reading"
    READ = "read"
    ENDED = "ended"


class PageFate(StrEnum):
    """What was seen on a scanned page, or what became of it."""

    BLANK = "blank"
    NO_CODE = "no_code"
    UNKNOWN_CODE = "unknown_code"
    UNSURE = "unsure"
    PLACED = "placed"
    FILED = "filed"
    LEFT_OUT = "left_out"


SCAN_LABELS: dict[StrEnum, str] = {
    StackState.READING: "正在认页",
    StackState.READ: "已认完",
    StackState.ENDED: "已了结",
    PageFate.BLANK: "空白页",
    PageFate.NO_CODE: "没认出二维码",
    PageFate.UNKNOWN_CODE: "不是这里的文书",
    PageFate.UNSURE: "认不准是第几页",
    PageFate.PLACED: "认出来了",
    PageFate.FILED: "已存档",
    PageFate.LEFT_OUT: "不用",
}
