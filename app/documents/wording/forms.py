"""What was typed into the passages of a paper."""

from app.documents.papers.passages import PASSAGES
from app.web.forms import FormReader

MOST = 2000


def read_texts(form: FormReader, type_name: str) -> dict[str, str]:
    """Every passage by name; the one whose button 恢复默认 was pressed has its usual text."""
    texts = {
        passage.name: form.text(passage.name, passage.label, limit=MOST, required=False)
        for passage in PASSAGES[type_name]
        if passage.name != form.raw("restore")
    }
    form.finish()
    return texts
