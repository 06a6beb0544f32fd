"""A long diary: what is said of it comes day by day, and takes no more memory than a short one."""

import csv
import io
import json
import os
import subprocess
import sys
from datetime import date, timedelta
from tempfile import TemporaryFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k2log.render.json import json_pieces

pytestmark = pytest.mark.long

LAST = date(2026, 11, 20)
DAYS = 1000
PER_DAY = 12
MEALS = "gouda 30g, natto 1tbsp, 2 eggs, spinach 80g, d3 1000IU, whole milk 200ml"
MOST_MIB = 12
WHOLE = ("--from", "2020-01-01", "--to", LAST.isoformat())
DAY = ("--on", LAST.isoformat())


@pytest.fixture
def long_diary(k2log, tmp_path) -> None:
    """Log a dozen entries on each of a thousand days: what was logged once, over and over."""
    for _ in range(PER_DAY // 6):
        assert k2log("add", MEALS, "--on", LAST.isoformat(), "--yes").code == 0
    logged = list(csv.DictReader(io.StringIO(k2log("export").out)))
    path = tmp_path / "long.csv"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, logged[0])
        writer.writeheader()
        for number in range(1, DAYS):
            day = (LAST - timedelta(days=number)).isoformat()
            writer.writerows(row | {"uid": "", "day": day} for row in logged)
    assert k2log("import", "--no-backup", str(path)).code == 0


def peak_mib(*arguments: str) -> float:
    """Run k2log on its own; return the most memory that it held."""
    argv = [sys.executable, "-m", "k2log", *arguments]
    with (
        TemporaryFile() as out,
        subprocess.Popen(argv, stdout=out, stderr=subprocess.PIPE) as process,
    ):
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, process.stderr and process.stderr.read()
        out.seek(0)
        said = out.read()
        assert len(said) > 400
        assert not said.startswith(b"Nothing logged")
    return used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def test_memory_does_not_grow_with_what_is_said(long_diary):
    """Whatever is asked about a thousand days, in whatever form."""
    for command in (
        ["log"], ["log", "--json"], ["report"], ["report", "--json"], ["report", "--by", "food"],
        ["report", "--format", "csv"], ["report", "--format", "html"], ["report", "--trend"],
    ):  # fmt: skip
        more = peak_mib(*command, *WHOLE) - peak_mib(*command, *DAY)
        assert more < MOST_MIB, f"k2log {' '.join(command)}: {more:.0f} MiB"


def test_who_has_seen_enough_waits_for_no_more(long_diary):
    """The first day is there before the second is read, and the rest is never read."""
    argv = [sys.executable, "-m", "k2log", "log", *WHOLE]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        first = process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (0, b"")
    assert first == b"Sun 25 Feb 2024\n"


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)  # fmt: skip


@given(st.dictionaries(st.text(), st.lists(values, max_size=3) | values, max_size=4))
def test_json_that_comes_in_pieces_is_json_as_it_is_written(said):
    """With lists that are written as they come, or at once, one in another."""
    coming = {key: iter(it) if isinstance(it, list) else it for key, it in said.items()}
    nested = {"all": iter([coming, said])}

    assert "".join(json_pieces(nested)) == json.dumps({"all": [said, said]}, indent=2) + "\n"


@given(st.lists(values, max_size=3))
def test_a_list_alone_comes_in_pieces(said):
    """As of entries."""
    assert "".join(json_pieces(iter(said))) == json.dumps(said, indent=2) + "\n"
