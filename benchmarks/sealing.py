"""How much CPU does the electronic seal on an agreement cost, once the process is warm?

Fifty agreements of a settlement are printed, then sealed one after another in this process, as the job of sealing does
it, and each seal is checked as the check page does it. Prints one JSON line in CPU milliseconds a paper; the first
seal of a process, which loads the library, stands beside. `--count N` changes the fifty.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import mean, median
from typing import TypeVar

from app import create_app
from app.documents.rendering.engine import RenderedPaper, render_batch
from app.documents.rendering.fontconfig import write_fontconfig
from app.documents.rendering.workers import pool
from app.signing.sealing import check_seal, seal_electronically
from benchmarks.roster import make_orders
from config import Settings

SEALED_AT = datetime(2025, 4, 11, 8, 0, tzinfo=UTC)
Result = TypeVar("Result")


def main() -> None:
    """Print the agreements, seal and check them, write the line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=50)
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["FONTCONFIG_FILE"] = str(write_fontconfig(folder))
        app = create_app(
            Settings(
                env="test",
                data_dir=folder,
                database_url=f"sqlite:///{folder / 'sealing.sqlite3'}",
                secret_key="a-secret-key-for-benchmarks-0123456789",
                master_key_file=folder / "master.keys",
            )
        )
        printed = [each for _, each in render_batch(make_orders(count + 1, 5)) if isinstance(each, RenderedPaper)]
        pool.close()
        with app.app_context():
            print(json.dumps(measure(printed)))


def measure(printed: list[RenderedPaper]) -> dict[str, float]:
    """The figures of these papers; the first of them warms the process."""
    _, first = timed(lambda: seal(printed[0]))
    sealed, seals = zip(*(timed(partial(seal, one)) for one in printed[1:]), strict=True)
    checks, checked = zip(*(timed(partial(check_seal, one.pdf)) for one in sealed), strict=True)
    return {
        "papers": len(sealed),
        "seal_ms": round(median(seals), 1),
        "seal_ms_most": round(max(seals), 1),
        "first_ms": round(first, 1),
        "check_ms": round(median(checked[1:]), 1),
        "intact": sum(check.intact for check in checks),
        "kb": round(mean(len(one.pdf) for one in printed) / 1000),
        "kb_sealed": round(mean(len(one.pdf) for one in sealed) / 1000),
    }


def seal(paper: RenderedPaper) -> RenderedPaper:
    """The product's own way."""
    return seal_electronically(paper, at=SEALED_AT)


def timed(act: Callable[[], Result]) -> tuple[Result, float]:
    """What the act gives, and its CPU milliseconds."""
    before = time.process_time()
    result = act()
    return result, (time.process_time() - before) * 1000


if __name__ == "__main__":
    main()
