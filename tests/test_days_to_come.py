"""Entries of days to come, as a clock that is ahead or another time zone leaves them.

They are shown when asked for, corrected, and taken where k2log itself wrote the file.
"""

import json
import time

import pytest

KIRITIMATI = ("Pacific/Kiritimati", "2026-11-22T09:00:00+14:00")
HONOLULU = ("Pacific/Honolulu", "2026-11-21T09:00:00-10:00")
TOKYO = ("Asia/Tokyo", "2026-11-22T08:00:00+09:00")
LOS_ANGELES = ("America/Los_Angeles", "2026-11-21T15:00:00-08:00")
AHEAD = ("Europe/Amsterdam", "2026-11-21T12:02:00+01:00")
HERE = ("Europe/Amsterdam", "2026-11-21T12:00:00+01:00")


@pytest.fixture
def be(monkeypatch, set_now):
    """Be in a time zone, at a moment."""

    def move(place: tuple[str, str]) -> None:
        monkeypatch.setenv("TZ", place[0])
        time.tzset()
        set_now(place[1])

    yield move
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("there", "here"), [(KIRITIMATI, HONOLULU), (TOKYO, LOS_ANGELES), (AHEAD, HERE)], ids=str
)
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_what_k2log_wrote_elsewhere_is_taken(there, here, form, be, k2log, tmp_path):
    """With the days and times that it had; again, nothing is new."""
    file, other = tmp_path / f"out.{form}", str(tmp_path / "other.db")
    be(there)
    assert k2log("add natto 1tbsp --at now").code == 0
    assert k2log("day complete").code == 0
    assert k2log("export", "-o", str(file)).code == 0
    before = k2log("log", "--json").out
    be(here)

    result = k2log("--db", other, "import", str(file))

    assert result.code == 0, result.err
    assert "imported 1 entry" in result.out
    day = "tomorrow" if there is not AHEAD else "today"
    assert ("to come by this clock" in result.err) == (day == "tomorrow")
    assert k2log("--db", other, "log", "--on", day, "--json").out == before
    assert "1 already there" in k2log("--db", other, "import", str(file)).out


@pytest.mark.parametrize(
    "columns",
    [
        ("When,Food,Amount", "2026-11-22T00:30:00+01:00", "When=day"),
        ("When,Food,Amount", "2026-11-22 00:30+0100", "When=day"),
        ("Day,Clock,Food,Amount", "2026-11-22,00:30+01:00", "Day=day", "Clock=time"),
    ],
    ids=str,
)
def test_another_program_wrote_just_past_midnight_further_east(columns, be, k2log, tmp_path):
    """On a machine on UTC the entry has the day and the time that are written; later is refused."""
    header, when, *places = columns
    options = [part for each in (*places, "Food=food", "Amount=amount") for part in ("--map", each)]
    file = tmp_path / "other.csv"
    file.write_text(f"{header}\n{when},natto,50 g\n", encoding="utf-8")
    be(("UTC", "2026-11-21T23:20:00+00:00"))
    assert "yet to come" in k2log("import", str(file), "--from", "csv", *options).err
    be(("UTC", "2026-11-21T23:45:00+00:00"))

    result = k2log("import", str(file), "--from", "csv", *options)

    assert result.code == 0, result.err
    (entry,) = json.loads(k2log("log", "--on", "2026-11-22", "--json").out)
    assert (entry["day"], entry["time"]) == ("2026-11-22", "2026-11-22T00:30+01:00")


def test_what_a_clock_that_was_ahead_left_is_seen_and_corrected(be, k2log):
    """A report shows the day, edit moves the entry, rm takes it out."""
    be(("Europe/Amsterdam", "2026-12-03T12:00:00+01:00"))
    k2log("add gouda 30g")
    k2log("add natto 1tbsp")
    be(HERE)

    assert "Gouda" in k2log("log --from tomorrow --to 2026-12-31").out
    assert "Gouda" in k2log("log --on 2026-12-03").out
    assert k2log("report --on 2026-12-03").code == 0
    assert "Thu  3" in k2log("report --from 2026-12-01 --to 2026-12-05").out
    assert k2log("edit 1 --on today").code == 0
    assert "Gouda" in k2log("log").out
    assert k2log("rm 2").code == 0
    assert "Natto" not in k2log("log --on 2026-12-03").out


def test_nothing_is_logged_in_the_future(k2log):
    """That stays so."""
    assert k2log("add egg 1 --on tomorrow").code == 2
    assert k2log("day complete tomorrow").code == 2
