"""What is typed on the page of a dossier."""

from dataclasses import dataclass

from app.dossier.rules import Position, Retention
from app.web.forms import FormReader

LONGEST_TITLE = 60
LONGEST_NOTE = 600


@dataclass(frozen=True)
class ScanForm:
    """Where a scan belongs and what it is called in the contents."""

    position: Position
    title: str
    is_copy: bool


@dataclass(frozen=True)
class ArchiveForm:
    """What the cover and the notes say."""

    title: str
    note: str
    retention: Retention


def read_scan_form(form: FormReader) -> ScanForm:
    """The position and the name of a scan; without a name the position's own stands in the contents."""
    position = form.choice("position", "放在哪一项", Position)
    title = form.line("title", "名称", limit=LONGEST_TITLE, required=False)
    is_copy = form.has("is_copy")
    form.finish()
    return ScanForm(position, title, is_copy)


def read_archive_form(form: FormReader) -> ArchiveForm:
    """Title, notes and retention of the dossier to be archived."""
    title = form.line("title", "卷名", limit=LONGEST_TITLE)
    note = form.text("note", "情况说明", limit=LONGEST_NOTE, required=False)
    retention = form.choice("retention", "保管期限", Retention)
    form.finish()
    return ArchiveForm(title, note, retention)
