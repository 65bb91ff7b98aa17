"""What does a paper cost beside a plain WeasyPrint call on the same HTML and fonts?

Prints one JSON line: CPU of the product (checks, template, layout in its child process) divided by the CPU of a fresh
`HTML(string).write_pdf()`, for an agreement and a meeting record, and the child's peak memory. CPU is user and
system time of all processes at work; the two ways take turns, so that a busy machine hits both.
"""

import json
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from app.documents.rendering.composing import Paper, PaperState, compose, make_sheet
from app.documents.rendering.engine import render_paper
from app.documents.rendering.fontconfig import write_fontconfig
from app.documents.rendering.workers import pool
from tests.documents.samples import CHECK_URL, CODE, record, water_leak

ROUNDS = 12
NUMBER = "(2025)滨澜人调字第31号"


def main() -> None:
    """Measure both papers and print the line."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FONTCONFIG_FILE"] = str(write_fontconfig(Path(folder)))
        agreement = compare(Paper(type_name="mediation_agreement", facts=water_leak(), number=NUMBER))
        minutes = compare(Paper(type_name="mediation_record", facts=record(), number=NUMBER))
        peak = max(peak_megabytes(pid) for pid in children())
    pool.close()
    print(json.dumps({"agreement_ratio": agreement, "record_ratio": minutes, "rss_mb": round(peak)}))


def compare(paper: Paper) -> float:
    """Median CPU of the product's way over the median of the plain way, in turns."""
    html = compose(
        paper, make_sheet(paper, state=PaperState.ISSUED, code=CODE, check_url=CHECK_URL, marks=None, void=None)
    )

    def product() -> None:
        render_paper(paper, state=PaperState.ISSUED, code=CODE, check_url=CHECK_URL, marks=None)

    plain = plain_call(html)
    product(), plain()
    costs = [(cpu_of(product), cpu_of(plain)) for _ in range(ROUNDS)]
    return round(median(cost for cost, _ in costs) / median(cost for _, cost in costs), 3)


def plain_call(html: str) -> Callable[[], bytes]:
    """A fresh WeasyPrint call without any of the product's preparations."""
    from weasyprint import HTML  # noqa: PLC0415  only after the fonts are set

    return lambda: HTML(string=html).write_pdf()


def cpu_of(act: Callable[[], object]) -> float:
    """Seconds of CPU that `act` took in this process and in its children."""
    before = cpu_seconds()
    act()
    return cpu_seconds() - before


def cpu_seconds() -> float:
    """CPU of this process and its living children so far; they live on between the papers."""
    return time.process_time() + sum(time.clock_gettime(~pid << 3 | 2) for pid in children())


def children() -> list[int]:
    """The processes started by this one and still alive."""
    me = os.getpid()
    return [int(pid) for pid in Path(f"/proc/{me}/task/{me}/children").read_text().split()]


def peak_megabytes(pid: int) -> float:
    """The largest resident size a process has had."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    main()
