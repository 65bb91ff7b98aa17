"""The child process that lays out one HTML text at a time with WeasyPrint and writes it as PDF.

It reads and writes length-prefixed frames on its standard streams, knows no paper and no database, may load nothing
but installed fonts, and limits its own memory and processor time.
"""

import json
import os
import resource
import struct
from typing import Any, BinaryIO

from app.documents.rendering.batch.printing import Printer
from app.documents.rendering.complaints import listen
from app.documents.rendering.places import LATIN_FONTS

CPU_SECONDS = 20
MEMORY_BYTES = 2 * 1024**3


def main() -> None:
    """Serve frames until the standard input closes."""
    source = os.fdopen(os.dup(0), "rb")
    target = os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not end up between two frames.
    os.dup2(2, 1)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _warm_up()
    _write_frame(target, {"ready": True}, b"")
    printer = Printer(_parse, _answer, _limit_cpu)
    while (request := read_frame(source)) is not None:
        _limit_cpu()
        # A list is a batch: one answer for each of its papers.
        answers = printer.print_all(json.loads(request)) if request[:1] == b"[" else [_answer(request.decode())]
        for head, body in answers:
            _write_frame(target, head, body)


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next frame, or None at the end of the stream."""
    prefix = stream.read(8)
    return stream.read(struct.unpack(">Q", prefix)[0]) if len(prefix) == 8 else None


def _write_frame(stream: BinaryIO, head: dict[str, Any], body: bytes) -> None:
    text = json.dumps(head, ensure_ascii=False).encode()
    for part in (text, body):
        stream.write(struct.pack(">Q", len(part)))
        stream.write(part)
    stream.flush()


def _limit_cpu() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (spent + CPU_SECONDS, resource.RLIM_INFINITY))


def _warm_up() -> None:
    from app.documents.rendering import repeating, typesetting  # noqa: PLC0415
    from app.documents.rendering.batch import layouts  # noqa: PLC0415

    typesetting.install()
    repeating.install()
    layouts.install()


def _answer(html: str) -> tuple[dict[str, Any], bytes]:
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415

    complaints = listen()
    try:
        pdf, pages = _press(html)
    except FatalURLFetchingError as error:
        return {"fault": f"refused to load {error}"}, b""
    except MemoryError:
        return {"exhausted": True}, b""
    except Exception as error:
        # The child stays useful: the parent turns this into an error of the act.
        return {"fault": f"{type(error).__name__}: {error}"}, b""
    if complaints:
        return {"fault": "; ".join(complaints[:5])}, b""
    return {"pages": pages}, pdf


def _press(html: str) -> tuple[bytes, int]:
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    document = _parse(html).render(font_config=FontConfiguration())
    pdf = document.write_pdf(finisher=lambda _document, file: file.info.pop("Producer", None))
    return pdf, len(document.pages)


def _parse(html: str) -> Any:
    from weasyprint import HTML  # noqa: PLC0415
    from weasyprint.urls import FatalURLFetchingError, URLFetcher  # noqa: PLC0415

    allowed = {font.as_uri() for font in LATIN_FONTS}

    class FontFetcher(URLFetcher):
        """Hands out the Latin fonts; only FatalURLFetchingError stops the layout instead of leaving a hole."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in allowed:
                raise FatalURLFetchingError(url)
            return super().fetch(url, headers)

    return HTML(string=html, url_fetcher=FontFetcher(), base_url=None)


if __name__ == "__main__":
    main()
