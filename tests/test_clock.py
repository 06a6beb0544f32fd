"""The clock is read in one place; a test can stop it, also for the programs that it starts."""

import ast
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CLOCKS = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("time", "time"), ("time", "time_ns"), ("time", "localtime"), ("time", "gmtime"),
    ("time", "strftime"),
}  # fmt: skip


def days_logged(*arguments: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "k2log", *arguments, "--json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [entry["day"] for entry in json.loads(done.stdout)]


def test_a_program_starts_at_the_moment_of_the_test(k2log, set_now):
    """In a process of its own as in this one."""
    assert days_logged("add", "egg 1") == ["2026-11-21"]

    set_now("2028-02-29T00:30:00+01:00")

    assert days_logged("add", "egg 1") == ["2028-02-29"]
    assert json.loads(k2log("log --json").out)[0]["day"] == "2028-02-29"


def test_the_moment_is_told_in_the_local_zone(monkeypatch, set_now):
    """Noon in Amsterdam is the evening of the same day in Tokyo, and with 23:00 it is the next."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()

    assert days_logged("add", "egg 1") == ["2026-11-21"]
    set_now("2026-11-21T23:00:00+01:00")
    assert days_logged("add", "egg 1") == ["2026-11-22"]


def test_a_moment_without_an_offset_is_local(set_now):
    """As somebody at a keyboard writes it."""
    set_now("2027-03-28 00:10")

    assert days_logged("add", "egg 1") == ["2027-03-28"]


@pytest.mark.parametrize(
    "moment", ["noon", "2026-13-01T12:00", "9999-12-31T23:59:59-23:00", "\x1b"]
)
def test_a_moment_that_is_none_is_one_line(k2log, set_now, moment):
    """Nothing is logged on a day that nobody meant."""
    set_now(moment)

    result = k2log("add egg 1")

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("k2log: K2LOG_NOW is ")
    assert result.err.count("\n") == 1


def readers(folder: Path) -> list[str]:
    """Return the places below a folder that read the date or the time of day."""
    return [
        f"{file.relative_to(ROOT)}:{call.lineno}"
        for file in sorted(folder.rglob("*.py"))
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Attribute)
        and isinstance(call.value, ast.Name)
        and (call.value.id, call.attr) in CLOCKS
    ]


def test_nothing_else_reads_the_date(k2log):
    """Neither the program nor a test of it: both would mean something else tomorrow."""
    assert [place.partition(":")[0] for place in readers(ROOT / "src")] == ["src/k2log/clock.py"]
    assert readers(ROOT / "tests") == []


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="TZ of Unix")
@pytest.mark.parametrize("zone", ["UTC+99", "UTC-24", "UTC+24:00"])
@pytest.mark.parametrize("stopped", [True, False])
def test_a_zone_a_day_or_more_away_is_one_line(zone, stopped, k2log, monkeypatch):
    """It is named, whether the clock is stopped or runs."""
    monkeypatch.setenv("TZ", zone)
    if not stopped:
        monkeypatch.delenv("K2LOG_NOW")
    time.tzset()

    result = k2log("add egg 1")

    monkeypatch.setenv("TZ", "Europe/Amsterdam")
    time.tzset()
    assert (result.code, result.out) == (2, "")
    assert result.err == f"k2log: TZ is '{zone}', which is no time zone such as Europe/Amsterdam.\n"
