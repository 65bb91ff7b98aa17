"""The time comes from the machine or from a file, and is refused when the file makes no sense."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from app.law import clock


@pytest.fixture
def fake_now(tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "now"
    clock.configure(file)
    yield file
    clock.configure(None)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-06-11T09:00:00+08:00", datetime(2025, 6, 11, 1, tzinfo=UTC)),
        ("2025-06-11T01:00:00Z\n", datetime(2025, 6, 11, 1, tzinfo=UTC)),
        ("2025-06-11T09:00", datetime(2025, 6, 11, 1, tzinfo=UTC)),
        ("2025-06-11 09:00:30", datetime(2025, 6, 11, 1, 0, 30, tzinfo=UTC)),
        ("2025-06-11", datetime(2025, 6, 10, 16, tzinfo=UTC)),
    ],
)
def test_now_when_the_file_holds_a_time_is_that_time(fake_now: Path, text: str, moment: datetime) -> None:
    fake_now.write_text(text)

    assert clock.now() == moment
    assert clock.now().tzinfo is UTC


@pytest.mark.parametrize(("text", "seconds"), [("+3600", 3600), ("-86400", -86400)])
def test_now_when_the_file_holds_seconds_is_shifted(fake_now: Path, text: str, seconds: int) -> None:
    fake_now.write_text(text)

    before, now, after = datetime.now(UTC), clock.now(), datetime.now(UTC)

    assert before <= now - timedelta(seconds=seconds) <= after


def test_now_reads_the_file_at_every_call(fake_now: Path) -> None:
    fake_now.write_text("2025-06-11")
    before = clock.today()
    fake_now.write_text("2025-06-12")

    assert (before, clock.today()) == (date(2025, 6, 11), date(2025, 6, 12))


@pytest.mark.parametrize("text", ["", "tomorrow", "2025-13-01", "+999999999999", "9999-12-31T23:59:59-23:00"])
def test_now_when_the_file_holds_no_time_is_refused(fake_now: Path, text: str) -> None:
    fake_now.write_text(text)

    with pytest.raises(clock.UnreadableClock, match="holds no time"):
        clock.now()


def test_now_when_the_file_is_missing_is_refused(fake_now: Path) -> None:
    with pytest.raises(clock.UnreadableClock, match="cannot read"):
        clock.now()


def test_now_when_nothing_is_configured_is_the_machine_time() -> None:
    before, now, after = datetime.now(UTC), clock.now(), datetime.now(UTC)

    assert before <= now <= after


def test_today_changes_at_midnight_in_shanghai(fake_now: Path) -> None:
    fake_now.write_text("2025-06-10T15:59:59Z")
    late_evening = clock.today()
    fake_now.write_text("2025-06-10T16:00:00Z")

    assert (late_evening, clock.today()) == (date(2025, 6, 10), date(2025, 6, 11))


def test_to_local_and_from_local_are_inverse() -> None:
    moment = clock.from_local(date(2025, 6, 11), time(9, 30))

    assert moment == datetime(2025, 6, 11, 1, 30, tzinfo=UTC)
    assert clock.to_local(moment).time() == time(9, 30)
    assert clock.local_date(moment) == date(2025, 6, 11)


def test_to_local_when_the_moment_is_naive_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        clock.to_local(datetime(2025, 6, 11))  # noqa: DTZ001 a naive time is the point
