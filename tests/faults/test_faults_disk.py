"""Disks that are full, limited or read-only: one line, and the diary as it was."""

import os
import re
import resource
import shutil
import subprocess
from pathlib import Path

import pytest
from judge import flaws, state
from scenes import fresh_folder, scene, staged
from started import K2LOG, Ended, environment, must, run

pytestmark = pytest.mark.long

ADD = ("add", "gouda 30g, 2 eggs", "--on", "2026-11-19")


@pytest.fixture
def filled(tmp_path):
    """Make a diary with entries in a folder of its own."""
    path = tmp_path / "disk" / "diary.db"
    path.parent.mkdir()
    must(path, *ADD)
    return path


@pytest.fixture
def small_disk(tmp_path):
    """Mount a disk of 4 MB: a diary, its log and its copy fit, and little more; only root may."""
    folder = tmp_path / "small"
    folder.mkdir()
    yield from mounted(folder)


def mounted(folder: Path):
    mount = shutil.which("mount")
    words = [mount, "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder]
    if not mount or subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def told(result: Ended) -> bool:
    """Whether an error is one line of ours with an exit code that fits."""
    one_line = result.err.startswith("k2log: ") and result.err.count("\n") == 1
    return result.code in (1, 4) and one_line and not result.out


def fill(folder: Path) -> Path:
    """Leave no room at all on a disk."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while file.write(b"x" * size):
                    pass
            except OSError:
                continue
    return filler


def limited(path: Path, most_bytes: int, *words: str) -> Ended:
    """Run a command that may make no file larger than this."""
    done = subprocess.run(
        [*K2LOG, "--db", path, *words],
        capture_output=True,
        encoding="utf-8",
        env=environment(path.parent),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes)),
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("most_bytes", [4096, 16384])
def test_a_file_that_may_not_grow_is_told(most_bytes, filled):
    """A limit on file sizes stops the log: nothing is written, and later all is well."""
    before = state(filled)

    assert told(limited(filled, most_bytes, *ADD))
    assert state(filled) == before
    must(filled, *ADD)
    assert flaws(filled) == []


def test_a_first_start_without_room_leaves_room_for_the_next(tmp_path):
    """The catalogue does not fit: one line, and once it does the diary is made."""
    path = tmp_path / "diary.db"

    assert told(limited(path, 100_000, *ADD))
    assert state(path) == {}
    must(path, *ADD)
    assert flaws(path) == []


def test_a_disk_that_fills_up_keeps_all_that_was_acknowledged(small_disk):
    """Entries until one is refused; it is not there, the others are, and undo still works."""
    path = small_disk / "diary.db"
    must(path, *ADD)
    filler = fill(small_disk)
    filler.write_bytes(b"x" * (filler.stat().st_size - 200_000))
    before = state(path)
    while (result := run(path, "add", "--file", str(lines(small_disk.parent)))).code == 0:
        before = state(path)

    assert told(result)
    assert state(path) == before
    filler.unlink()
    must(path, "undo")
    assert flaws(path) == []


def lines(folder: Path) -> Path:
    """Write a file of 100 entries."""
    file = folder / "meals.txt"
    file.write_text("2026-11-18 2 eggs\n" * 100, encoding="utf-8")
    return file


@pytest.mark.parametrize("words", [ADD, ("undo",), ("backup",), ("report", "--day")])
def test_a_disk_without_a_byte_left_is_told(words, small_disk):
    """Every command says so, changes nothing, and works once there is room."""
    path = small_disk / "diary.db"
    must(path, *ADD)
    before = state(path)
    filler = fill(small_disk)

    result = run(path, *words)

    assert told(result), result
    assert state(path) == before
    filler.unlink()
    must(path, *words)


def test_an_import_that_does_not_fit_changes_nothing(small_disk):
    """Thousands of rows on a disk that holds hundreds: none of them, and no backup cut short."""
    path = small_disk / "diary.db"
    must(path, *ADD)
    before = state(path)
    table = small_disk.parent / "table.csv"
    rows = "".join(f"2026-11-{1 + row % 20:02},cheese {row},5\n" for row in range(20_000))
    table.write_text(f"Date,Item,Ca\n{rows}", encoding="utf-8")
    maps = ("--map", "Date=day", "--map", "Item=food", "--map", "Ca=calcium_mg")

    result = run(path, "import", str(table), "--from", "csv", *maps, TMPDIR=str(small_disk.parent))

    assert told(result), result
    assert state(path) == before
    assert all(state(file) == before for file in small_disk.glob("backups/*.db"))
    must(path, *ADD)


@pytest.mark.parametrize("room", [0, 1_000_000, 2_000_000])
def test_a_restore_without_room_leaves_the_diary(room, small_disk, tmp_path):
    """Not for the copy made first, or not for the pages after it: it is as it was."""
    path = small_disk / "diary.db"
    must(path, *ADD)
    must(path, "backup", "-o", str(kept := tmp_path / "kept.db"))
    must(path, "add", "egg 1", "--on", "2026-11-19")
    before = state(path)
    filler = fill(small_disk)
    os.truncate(filler, max(0, filler.stat().st_size - room))

    result = run(path, "restore", str(kept), "--yes")

    assert told(result) or (room and result.code == 0), result
    assert flaws(path) == []
    assert result.code == 0 or state(path) == before
    assert all(state(file) == before for file in small_disk.glob("backups/*.db"))
    for file in (filler, *small_disk.glob("backups/*")):
        file.unlink()
    must(path, "restore", str(kept), "--yes")


def test_an_upgrade_without_room_leaves_the_old_diary(small_disk, tmp_path):
    """The copy that comes first does not fit: schema 1 still, upgraded once it does."""
    stage = staged(scene("upgrade"), tmp_path / "stage")
    path = fresh_folder(stage.diary, small_disk / "diary")
    filler = fill(small_disk)

    result = run(path, "log")

    assert told(result), result
    assert state(path) == stage.before
    filler.unlink()
    must(path, "log")
    assert state(path) == stage.after


def test_an_answer_that_cannot_be_written_says_what_was_done(filled):
    """Standard output is full: the entries are there, and the one line says so."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*K2LOG, "--db", filled, *ADD],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=environment(filled.parent),
            check=False,
        )

    assert done.returncode == 1
    assert "entries 3, 4 were logged, but" in done.stderr
    assert len(state(filled)["entries"]) == 4


@pytest.fixture
def read_only(small_disk):
    """Make a diary on a disk, and then the disk read-only."""
    path = small_disk / "diary.db"
    must(path, *ADD)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    return path


@pytest.mark.parametrize("words", [ADD, ("rm", "1"), ("undo",), ("backup",)])
def test_a_read_only_disk_is_told(words, read_only):
    """One line that says so, exit code 1 or 4."""
    before = state(read_only)

    result = run(read_only, *words)

    assert told(result), result
    assert re.search("write|read-only", result.err, re.IGNORECASE)
    assert state(read_only) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
@pytest.mark.parametrize("modes", [(0o400, 0o700), (0o600, 0o500)], ids=["file", "folder"])
def test_what_its_owner_made_read_only_is_told(modes, filled):
    """A diary or a folder without the right to write: exit code 4, nothing changed."""
    before = state(filled)
    file_mode, folder_mode = modes
    filled.chmod(file_mode)
    filled.parent.chmod(folder_mode)
    try:
        result = run(filled, *ADD)
    finally:
        filled.parent.chmod(0o700)

    assert told(result), result
    assert state(filled) == before
