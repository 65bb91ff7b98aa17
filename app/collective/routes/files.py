"""How many papers at once leave the product: one file to print in their order, or a ZIP file."""

import tempfile
from collections.abc import Mapping

from flask import Response, send_file

from app.documents.queries import merge_papers, zip_papers


def send_papers(names: Mapping[int, str], *, kind: str, name: str) -> Response:
    """The papers (id: name of the file) put together as `zip`, else as one PDF; never kept by a cache."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # closed by the response
    if kind == "zip":
        zip_papers(names, file)
    else:
        merge_papers([*names], file)
    file.seek(0)
    response: Response = send_file(file, as_attachment=True, download_name=f"{name}.{kind}")
    response.headers["Cache-Control"] = "no-store"
    return response
