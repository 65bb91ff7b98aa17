"""What does binding a dossier of 300 pages with 76 MB of scans cost beside a plain merge?

Prints one JSON line: CPU seconds and peak memory of the product (digests, contents, page numbers, signed files kept
inside, marks of the archive, seal) and of the baseline: the library's own example of merging, which opens each file,
appends its pages and saves, with the scans made pages by Pillow. Each way runs in a process of its own, in turns; CPU
is user and system time of that process, and of the child that lays out cover and contents (`layout_cpu_s`) beside it;
`total_cpu_s` is both together.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.documents.binding import Bound

ROUNDS = 3
PICTURES, PICTURE_BYTES = 100, 760_000
PAPERS, PAPER_PAGES = 66, 3
NUMBER = "(2025)滨澜人调字第31号"


def main() -> None:
    """Make the material once, then both ways in turns."""
    if len(sys.argv) > 1:
        print(json.dumps({"bind": bind_once, "merge": merge_once}[sys.argv[1]](Path(sys.argv[2]))))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        scans = make_material(folder)
        runs = [(run("bind", folder), run("merge", folder)) for _ in range(ROUNDS)]
    bound, merged = ([row[way] for row in runs] for way in (0, 1))
    digests = {row["sha256"] for row in bound}
    print(
        json.dumps(
            {
                "pages": bound[0]["pages"],
                "scans_mb": round(scans / 1e6, 1),
                "total_cpu_s": round(median(row["cpu_s"] + row["layout_cpu_s"] for row in bound), 3),
                "cpu_s": median(row["cpu_s"] for row in bound),
                "layout_cpu_s": median(row["layout_cpu_s"] for row in bound),
                "seal_cpu_ms": round(median(row["seal_cpu_s"] for row in bound) * 1000),
                "rss_mb": max(row["rss_mb"] for row in bound),
                "file_mb": bound[0]["file_mb"],
                "byte_equal": len(digests) == 1,
                "merge_cpu_s": median(row["cpu_s"] for row in merged),
                "merge_rss_mb": max(row["rss_mb"] for row in merged),
                "ratio": round(median(row["cpu_s"] for row in merged) / median(row["cpu_s"] for row in bound), 2),
            }
        )
    )


def run(way: str, folder: Path) -> dict[str, float]:
    """One way in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.dossier", way, str(folder)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return dict(json.loads(answer.stdout))


def make_material(folder: Path) -> int:
    """Papers of three pages and noisy pictures; gives the bytes of the pictures."""
    from PIL import Image  # noqa: PLC0415

    from app.documents.rendering.composing import Paper, PaperState  # noqa: PLC0415  only the parent needs it
    from app.documents.rendering.engine import render_paper  # noqa: PLC0415
    from app.documents.rendering.pades import make_demo_certificate, seal_pdf  # noqa: PLC0415
    from app.documents.rendering.workers import pool  # noqa: PLC0415
    from tests.documents.samples import CHECK_URL, CODE, water_leak  # noqa: PLC0415

    use_fonts(folder)
    paper = Paper(type_name="mediation_agreement", number=NUMBER, facts=water_leak())
    plain = render_paper(paper, state=PaperState.ISSUED, code=CODE, check_url=CHECK_URL, marks=None).pdf
    pool.close()
    key, certificate = make_demo_certificate("演示")
    (folder / "seal.key").write_bytes(key)
    (folder / "seal.crt").write_bytes(certificate)
    signed = seal_pdf(
        plain, certificate=certificate, key=key, reason="签署", signed_at=datetime(2025, 7, 1, tzinfo=UTC)
    )
    for count in range(PAPERS):
        (folder / f"paper-{count:03}.pdf").write_bytes(signed)
    picture = Image.effect_noise((1240, 1754), 48).convert("RGB")
    picture.save(folder / "scan.jpg", quality=45)
    content = (folder / "scan.jpg").read_bytes()
    # What stands behind the end of a JPEG is not drawn: every scan gets the same size and bytes of its own.
    for count in range(PICTURES):
        rest = os.urandom(max(0, PICTURE_BYTES - len(content)))
        (folder / f"scan-{count:03}.jpg").write_bytes(content + rest)
    return sum(path.stat().st_size for path in folder.glob("scan-*.jpg"))


def use_fonts(folder: Path) -> None:
    """The product's fonts alone."""
    from app.documents.rendering.fontconfig import write_fontconfig  # noqa: PLC0415

    os.environ["FONTCONFIG_FILE"] = str(write_fontconfig(folder))


def bind_once(folder: Path) -> dict[str, float | str]:
    """The product's way."""
    from app.documents.binding import FrameFacts, Kept, Part, Piece, bind  # noqa: PLC0415
    from app.documents.rendering.pades import seal_pdf_file  # noqa: PLC0415
    from app.documents.rendering.workers import pool  # noqa: PLC0415
    from app.documents.storage import digest_of_file  # noqa: PLC0415

    use_fonts(folder)
    certificate, key = (folder / "seal.crt").read_bytes(), (folder / "seal.key").read_bytes()
    sealed_at = datetime(2025, 8, 8, tzinfo=UTC)
    made_on = date(2025, 7, 1)
    scans = [Piece(path, "jpeg", digest_of_file(folder, path.name)) for path in sorted(folder.glob("scan-*.jpg"))]
    papers = [
        Piece(path, "pdf", digest_of_file(folder, path.name), is_own=True, kept=Kept(f"{path.stem}.pdf", made_on))
        for path in sorted(folder.glob("paper-*.pdf"))
    ]
    parts = (Part("证据材料", "", tuple(scans)), Part("人民调解协议书", "", tuple(papers)))
    facts = FrameFacts(
        committee="滨澜区矛调中心人民调解委员会",
        title="漏水赔偿纠纷",
        number=NUMBER,
        volume="",
        dispute_type="邻里纠纷",
        source="当事人申请",
        mediators="石明轩",
        form="书面",
        begun_on=made_on,
        ended_on=made_on,
        compiled_by="何静",
        compiled_on=made_on,
        retention="30年",
        remarks="",
        notes=(),
        checked_by="方素珍",
        sealed_on=made_on,
    )
    target = folder / "bound.pdf"
    # A running office has its templates, fonts and libraries loaded: a small dossier goes first.
    to_the_end(bind(facts, (Part("证据材料", "", tuple(scans[:1])),), target))
    seal_pdf_file(target, certificate=certificate, key=key, reason="归档", signed_at=sealed_at)
    start, laid = time.process_time(), child_seconds()
    bound = to_the_end(bind(facts, parts, target))
    middle = time.process_time()
    seal_pdf_file(target, certificate=certificate, key=key, reason="归档", signed_at=sealed_at)
    bound.digest_with_seal(target)
    end, laid = time.process_time(), child_seconds() - laid
    pool.close()
    return {
        "cpu_s": round(end - start, 3),
        "seal_cpu_s": round(end - middle, 3),
        "layout_cpu_s": round(laid, 3),
        "rss_mb": peak(),
        "pages": bound.pages,
        "sha256": bound.sha256,
        "file_mb": round(target.stat().st_size / 1e6, 1),
    }


def to_the_end(steps: Generator[int, None, "Bound"]) -> "Bound":
    """What the binder gives back after its last step."""
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return done.value


def merge_once(folder: Path) -> dict[str, float]:
    """The plain way: pictures to pages with Pillow, pages appended one after the other, no numbers, no seal."""
    import pikepdf  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    start = time.process_time()
    merged = pikepdf.Pdf.new()
    for path in [*sorted(folder.glob("scan-*.jpg")), *sorted(folder.glob("paper-*.pdf"))]:
        source = path
        if path.suffix == ".jpg":
            source = path.with_suffix(".page.pdf")
            with Image.open(path) as picture:
                picture.save(source)
        merged.pages.extend(pikepdf.open(source).pages)
    merged.save(folder / "merged.pdf")
    return {"cpu_s": round(time.process_time() - start, 3), "rss_mb": peak()}


def peak() -> int:
    """The largest resident size of this process so far, in MB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def child_seconds() -> float:
    """CPU of the living children of this process."""
    me = os.getpid()
    pids = [int(pid) for pid in Path(f"/proc/{me}/task/{me}/children").read_text().split()]
    return sum(time.clock_gettime(~pid << 3 | 2) for pid in pids)


if __name__ == "__main__":
    main()
