"""What is typed when somebody does not sign a paper of a hearing, or adds to its minutes."""

from collections.abc import Mapping

from app.hearings.models import Attendance
from app.web.forms import FormReader

LONGEST_REASON = 1_000
LONGEST_NOTE = 5_000


def read_refusal(form: FormReader) -> tuple[str, bool]:
    """Why there is no signature, and whether he could not be reached; else the reason is in his own words."""
    reason = form.text("reason", "没有签名的理由", limit=LONGEST_REASON)
    is_unreached = form.has("is_unreached")
    form.finish()
    return reason, is_unreached


def read_note(form: FormReader, people: Mapping[str, Attendance]) -> tuple[str, Attendance | None]:
    """The note and whose words it is."""
    author = form.option("author", "谁的补充", people)
    text = form.text("text", "补充什么", limit=LONGEST_NOTE)
    form.finish()
    return text, author
