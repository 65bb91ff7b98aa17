"""Reading a finished PDF back: its text layer, page by page, and its parts."""

import re
import subprocess
from io import BytesIO

import pikepdf


def text_of(pdf: bytes, *, page: int | None = None) -> str:
    """The text layer in the order of the content, which is the reading order."""
    pages = ["-f", str(page), "-l", str(page)] if page else []
    done = subprocess.run(["pdftotext", "-raw", *pages, "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def squeezed(text: str) -> str:
    """Text without any white space, so that line breaks do not matter."""
    return re.sub(r"\s+", "", text)


def parts_of(pdf: bytes) -> tuple[dict[str, str], int, set[str]]:
    """The document information, the number of attachments and the names in the document's root."""
    opened = pikepdf.open(BytesIO(pdf))
    info = {str(name): str(value) for name, value in opened.docinfo.items()}
    return info, len(opened.attachments), set(opened.Root.keys())
