"""What do many agreements of one case cost beside a plain WeasyPrint call for each?

Prints one JSON line. CPU is user and system time of all processes at work, from HTML to bytes, every layout included;
the baseline is a fresh `HTML(string).write_pdf()` on the same HTML and fonts, on papers spread evenly over the batch,
in the same run. Then the text of every paper and the pixels of at least forty are compared with the product's whole
print.
"""

import argparse
import json
import os
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import mean

from app.documents.rendering.batch.dealing import press_all
from app.documents.rendering.engine import Order, compose_order
from app.documents.rendering.fontconfig import write_fontconfig
from app.documents.rendering.workers import PROCESSES, Pressed, pool
from benchmarks.pdf import children, cpu_seconds, peak_megabytes, plain_call
from benchmarks.roster import make_orders

PIXELS_OF, BASELINE_OF, RESOLUTION = 40, 24, 100


def main() -> None:
    """Print the batch, compare it and write the line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--compare", type=int, help="compare only so many, spread evenly; all without it")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FONTCONFIG_FILE"] = str(write_fontconfig(Path(folder)))
        answer = measure(make_orders(asked.count, asked.seed), asked.compare or asked.count)
    pool.close()
    print(json.dumps(answer))


def measure(orders: Sequence[Order], compared: int) -> dict[str, object]:
    """The figures of one batch, so many of it compared."""
    before = time.process_time()
    papers = [compose_order(order) for order in orders]
    composing = (time.process_time() - before) / len(papers)
    # Processes that run already, as in a worker: their start is no part of either way.
    with ThreadPoolExecutor(PROCESSES) as threads:
        list(threads.map(lambda _: pool.press("<p>甲</p>"), range(PROCESSES)))
    before, began = cpu_seconds(), time.monotonic()
    done = {at: pressed for at, pressed in press_all(papers) if isinstance(pressed, Pressed)}
    each, wall = (cpu_seconds() - before) / len(papers), time.monotonic() - began
    peak = max(peak_megabytes(pid) for pid in children())
    sample = range(0, len(papers), max(len(papers) // BASELINE_OF, 1))
    cost, size = baseline([papers[at] for at in sample])
    ways = Counter(pressed.way for pressed in done.values())
    return {
        "count": len(papers),
        "ratio": round(cost / each, 2),
        "kb_ratio": round(mean(len(done[at].pdf) for at in sample) / size, 3),
        "rss_mb": round(peak),
        "fallbacks": ways["whole"] + len(papers) - len(done),
        "laid_out": ways["laid out"],
        **compare(papers, done, range(0, len(papers), max(len(papers) // compared, 1))),
        "ms_each": round(each * 1000, 1),
        "baseline_ms": round(cost * 1000, 1),
        "composing_ms": round(composing * 1000, 1),
        "wall_s": round(wall, 1),
    }


def baseline(papers: Sequence[str]) -> tuple[float, float]:
    """CPU seconds and bytes of one paper by a plain call."""
    calls = [plain_call(html) for html in papers]
    calls[0]()
    before = cpu_seconds()
    sizes = [len(call()) for call in calls]
    return (cpu_seconds() - before) / len(calls), mean(sizes)


def compare(papers: Sequence[str], done: dict[int, Pressed], chosen: range) -> dict[str, int]:
    """How many papers were compared with the product's whole print, and how many differ."""
    with_pixels = set(chosen[:: max(len(chosen) // PIXELS_OF, 1)])

    def differs(at: int) -> bool:
        whole, found = pool.press(papers[at]).pdf, done[at].pdf if at in done else b""
        if at in with_pixels and pictures_of(found) != pictures_of(whole):
            return True
        return text_of(found) != text_of(whole)

    with ThreadPoolExecutor(PROCESSES) as threads:
        differing = sum(threads.map(differs, chosen))
    return {"compared": len(chosen), "compared_pixels": len(with_pixels), "differing": differing}


def text_of(pdf: bytes) -> bytes:
    """The text layer in the order of the content."""
    return subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True).stdout


def pictures_of(pdf: bytes) -> list[bytes]:
    """The pages in colour."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["pdftoppm", "-r", str(RESOLUTION), "-", f"{folder}/page"]
        subprocess.run(command, input=pdf, capture_output=True, check=True)
        return [file.read_bytes() for file in sorted(Path(folder).iterdir())]


if __name__ == "__main__":
    main()
