"""How a file leaves the product under a Chinese name that every browser keeps (RFC 6266, RFC 5987)."""

from urllib.parse import quote

from flask import Response, make_response

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def disposition(name: str, *, fallback: str, way: str = "attachment") -> str:
    """The header that names the file; `fallback` is for programs that know ASCII alone."""
    return f"{way}; filename=\"{fallback}\"; filename*=UTF-8''{quote(name, safe='')}"


def word_file(content: bytes, name: str) -> Response:
    """A Word file to save, never kept by a cache."""
    response = make_response(content)
    response.headers["Content-Type"] = DOCX
    response.headers["Content-Disposition"] = disposition(name, fallback="working-copy.docx")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
