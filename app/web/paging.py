"""Where the next page of a list begins, as addresses write it: moment and key of the last row shown."""

from datetime import UTC, datetime

Cursor = tuple[datetime, int]
MICROSECONDS = 1_000_000


def read_cursor(text: str) -> Cursor | None:
    """The moment (UTC) and the key; None for the first page and for anything that no page of ours wrote."""
    stamp, _, row = text.partition(".")
    if not (stamp.isascii() and stamp.isdigit() and row.isascii() and row.isdigit()):
        return None
    if len(stamp) > 16 or len(row) > 18:
        return None
    return datetime.fromtimestamp(int(stamp) / MICROSECONDS, UTC), int(row)


def cursor_after(moment: datetime, row: int) -> str:
    """How an address says that the next page begins after this row."""
    return f"{round(moment.timestamp() * MICROSECONDS)}.{row}"
