"""The package's table of foods: what k2log says and still does where it is missing or damaged."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import k2log as package
from k2log.store import food_table

NEEDING = ("add gouda 30g", "foods search gouda", "foods show gouda", "foods names",
           "foods alias cheesy gouda", "explain gouda", "explain sources")  # fmt: skip
READING = ("log", "log --week", "export", "report --week", "history", "rm 1", "undo", "backup")


def nothing(table: Path) -> None:
    table.unlink()


def empty(table: Path) -> None:
    table.write_bytes(b"")


def no_database(table: Path) -> None:
    table.write_text("These are no foods.\n" * 40)


def half(table: Path) -> None:
    table.write_bytes(table.read_bytes()[: table.stat().st_size // 2])


def without_end(table: Path) -> None:
    table.write_bytes(table.read_bytes()[:-4096])


def garbled(table: Path) -> None:
    """Leave the first page, which says what the file is, and overwrite the others."""
    content = bytearray(table.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    table.write_bytes(content)


def zeroed(table: Path) -> None:
    content = table.read_bytes()
    table.write_bytes(content[:4096] + bytes(len(content) - 4096))


def another_program(table: Path) -> None:
    table.unlink()
    with closing(sqlite3.connect(table)) as db:
        db.execute("CREATE TABLE foods (key, name)")


def another_version(table: Path) -> None:
    with closing(sqlite3.connect(table)) as db:
        db.execute(f"PRAGMA user_version = {food_table.LAYOUT + 1}")


def a_diary(table: Path) -> None:
    with closing(sqlite3.connect(table)) as db:
        db.execute("PRAGMA application_id = 1798466663")


def a_folder(table: Path) -> None:
    table.unlink()
    table.mkdir()


@pytest.fixture
def table(tmp_path, monkeypatch) -> Path:
    """Let k2log have a copy of its table, which a test may harm."""
    copy = tmp_path / "foods.db"
    shutil.copy(food_table.FILE, copy)
    monkeypatch.setattr(food_table, "FILE", copy)
    return copy


@pytest.mark.parametrize(
    "harm",
    [nothing, empty, no_database, half, without_end, garbled, zeroed, another_program,
     another_version, a_diary, a_folder],
    ids=lambda harm: harm.__name__,
)  # fmt: skip
def test_without_its_table_k2log_says_so_and_the_diary_stays_readable(harm, table, k2log, diary):
    """One line and exit 4 for what needs foods; entries are read, exported, taken back."""
    k2log("add gouda 30g")
    before = k2log("log --json").out
    harm(table)

    for line in NEEDING:
        result = k2log(line)
        assert result.code == 4, (line, result)
        assert result.err.startswith("k2log: the table of foods that comes with k2log "), line
        assert result.err.count("\n") == 1, line
        assert "reinstall" in result.err
    assert k2log("log --json").out == before
    for line in READING:
        assert k2log(line).code == 0, line
    doctor = k2log("doctor")
    assert doctor.code == 1
    assert "the table of foods that comes with k2log" in doctor.out
    assert k2log("undo").code == 0


def test_nothing_is_written_to_the_table_or_beside_it(table, k2log):
    """It may lie where nobody may write."""
    before = table.read_bytes()

    k2log("add", "gouda 30g, farmed atlantic salmon raw 100g")
    k2log("foods alias cheesy gouda")
    k2log("recipe", "add", "bowl", "gouda 30g")

    assert table.read_bytes() == before
    assert [file.name for file in table.parent.glob("foods.db*")] == ["foods.db"]


@pytest.mark.slow
def test_an_installed_package_without_its_table_is_told_to_be_reinstalled(tmp_path):
    """Away from its text nothing is made anew."""
    source = Path(package.__file__).parent
    ignored = shutil.ignore_patterns("foods.db*", "__pycache__", "sr28.tsv", "ciqual2020.tsv")
    shutil.copytree(source, tmp_path / "site" / "k2log", ignore=ignored)
    if not (source / "migrations").is_dir():
        shutil.copytree(source.parents[1] / "migrations", tmp_path / "site/k2log/migrations")

    done = subprocess.run(
        [sys.executable, "-m", "k2log", "--db", str(tmp_path / "d.db"), "add", "gouda"],
        cwd=tmp_path / "site",
        env={"PYTHONPATH": str(tmp_path / "site"), "HOME": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 4, done.stderr
    assert "is missing (" in done.stderr
    assert "please reinstall k2log" in done.stderr


def test_a_newer_package_brings_new_figures_without_touching_the_diary(diary, k2log, newer_foods):
    """What is logged from now on has them; what was logged stays, and so does the file."""
    k2log("add gouda 100g")
    before = diary.read_bytes()

    newer_foods(
        "UPDATE figures SET best = 900, low = 900, high = 900"
        " WHERE nutrient = 'calcium' AND food_id = (SELECT id FROM foods WHERE key = 'gouda')"
    )

    assert "calcium 900 mg" in k2log("add gouda 100g --dry-run").out
    assert diary.read_bytes() == before
    assert "calcium 700 mg" in k2log("log").out
