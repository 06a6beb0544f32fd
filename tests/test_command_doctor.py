"""``k2log doctor``."""

import json
import shlex
import sqlite3
import stat
import time
from contextlib import closing
from pathlib import Path

import pytest

from k2log.cli import run
from k2log.store.diary import open_diary
from k2log.store.file import SCHEMA

PAGE = 4096


@pytest.fixture
def findings(k2log):
    """Return what the doctor finds, by id: how bad, what, and the way on."""

    def look(*options: str) -> dict[str, tuple[str, str, str]]:
        found = json.loads(k2log("doctor", "--json", *options).out)["findings"]
        return {each["id"]: (each["level"], each["said"], each["mend"]) for each in found}

    return look


@pytest.fixture
def many(diary, k2log) -> Path:
    """Log ninety entries, more than a page holds; remove one, mark a day."""
    for _ in range(9):
        k2log("add", ", ".join(["gouda 30g", "egg 1"] * 5), "--on", "-1")
    k2log("rm 90")
    k2log("day complete yesterday")
    return diary


def leaves(diary: Path) -> list[int]:
    """Return where pages with entries begin."""
    with closing(sqlite3.connect(diary)) as db:
        names = {name for (name,) in db.execute("SELECT name FROM pragma_module_list")}
        if "dbstat" not in names:
            pytest.skip("this SQLite cannot say which pages hold what")
        pages = db.execute("SELECT pageno FROM dbstat WHERE name = 'entries' AND pagetype = 'leaf'")
        return [(page - 1) * PAGE for (page,) in pages]


def write(path: Path, place: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        file.write(data)


def test_a_diary_that_is_well(diary, k2log, findings):
    """Exit 0, and all that was looked at."""
    diary.parent.chmod(0o700)
    k2log("add egg 1")
    k2log("backup")

    result = k2log("doctor")

    assert result.code == 0, result
    assert result.out.startswith(f"{diary}\nok       the file is sound: 1 entry, the last of 2026-")
    assert result.out.endswith("The diary is well.\n")
    assert {level for level, *_ in findings().values()} == {"ok"}


def test_looking_changes_nothing(diary, k2log):
    """Not a byte, and no file is made."""
    k2log("add egg 1")
    before = {path: path.read_bytes() for path in diary.parent.iterdir()}

    k2log("doctor")

    assert {path: path.read_bytes() for path in diary.parent.iterdir()} == before


def test_there_may_be_no_diary_yet(diary, k2log):
    """It says so, and makes none."""
    result = k2log("doctor")

    assert (result.code, "There is no diary yet" in result.out) == (0, True)
    assert not diary.exists()


@pytest.mark.parametrize("options", [(), ("--fix",), ("--json",), ("--export", "x.jsonl")])
def test_a_foreign_file_is_left_alone(options, diary, k2log, tmp_path, monkeypatch):
    """Exit 4, not a byte changed."""
    monkeypatch.chdir(tmp_path)
    with closing(sqlite3.connect(diary)) as db:
        db.execute("CREATE TABLE recipes (name TEXT)")
    diary.chmod(0o644)
    before = diary.read_bytes()

    result = k2log("doctor", *options)

    assert result.code == 4, result
    assert "is not a k2log diary" in result.err
    assert diary.read_bytes() == before
    assert list(tmp_path.iterdir()) == [diary]


def test_a_newer_diary_is_left_alone(diary, k2log):
    """What this k2log does not know it does not judge."""
    with open_diary(diary, create=True) as opened:
        opened.db.execute(f"PRAGMA user_version = {SCHEMA + 1}")

    assert k2log("doctor").code == 4


@pytest.mark.parametrize("umask", [0, 0o022])
def test_what_others_can_read_is_closed(umask, diary, k2log, findings):
    """The diary, its backups and their folder; a problem until it is mended."""
    k2log("add egg 1")
    k2log("backup")
    folder = diary.parent / "backups"
    (backup,) = folder.iterdir()
    for path in (diary, backup):
        path.chmod(0o666 & ~umask)
    folder.chmod(0o777 & ~umask)

    worse = findings()["permissions"]
    code = run(["doctor", "--fix"])

    modes = [stat.S_IMODE(path.stat().st_mode) for path in (diary, backup, folder)]
    assert (worse[0], worse[2]) == ("problem", "k2log doctor --fix")
    assert (code, modes) == (0, [0o600, 0o600, 0o700])
    assert findings()["permissions"][0] == "ok"


def test_a_folder_that_k2log_did_not_make_is_only_reported(diary, k2log, findings):
    """It may be shared for a reason."""
    k2log("add egg 1")
    diary.parent.chmod(0o755)

    found = findings("--fix")["folder"]

    assert (found[0], f"chmod 700 {diary.parent}" in found[2]) == ("note", True)
    assert stat.S_IMODE(diary.parent.stat().st_mode) == 0o755


def test_the_folder_that_k2log_made_is_closed(k2log, monkeypatch, tmp_path, findings):
    """The data folder of one's own platform."""
    monkeypatch.delenv("K2LOG_DB")
    k2log("add egg 1")
    folder = tmp_path / "data" / "k2log"
    folder.chmod(0o755)

    findings("--fix")

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_an_index_out_of_step_is_rebuilt(diary, k2log, findings):
    """A name that is no longer found is found again."""
    k2log("foods alias goudje gouda")
    with closing(sqlite3.connect(diary)) as db:
        db.execute(
            "INSERT INTO food_names_fts (food_names_fts, rowid, name_key)"
            " SELECT 'delete', id, name_key FROM food_names"
        )
        db.commit()

    worse = findings()["index"]
    result = k2log("doctor --fix")

    assert worse[0] == "problem"
    assert "mended   rebuilt the index of food names" in result.out
    assert findings()["index"][0] == "ok"
    assert k2log("add gouda 30g").code == 0


OURS = [".k2log.abcdefgh.part", "backups/.k2log.abcd1234.part-journal", ".k2log.12345678.part"]
NOT_OURS = ["mine.part", ".k2log.notes.part", ".project.20261128.part", ".k2log.12345678.part.txt"]


def test_files_left_over_go_however_new_they_are(diary, k2log, findings):
    """Those that k2log names so; what only looks like it stays, files and folders."""
    k2log("add egg 1")
    k2log("backup")
    files = [diary.parent / name for name in (*OURS, *NOT_OURS)]
    for file in files:
        file.touch()
    salvage = diary.parent / ".k2log.0a1b2c3d.part"
    project = diary.parent / ".project.20261129.part"
    other = diary.parent / ".k2log.0a1b2c3e.part"
    for folder, name in ((salvage, "diary.db"), (project, "a"), (other, "diary.db"), (other, "b")):
        folder.mkdir(exist_ok=True)
        (folder / name).touch()

    worse = findings()["leftovers"]
    k2log("doctor --fix")

    assert worse[:2] == ("note", "4 temporary files left over by a program that was stopped")
    assert [file.exists() for file in files] == [False] * 3 + [True] * 4
    assert [each.exists() for each in (salvage, project, other)] == [False, True, True]


def test_a_folder_called_like_ours_keeps_its_permissions(diary, k2log, findings):
    """A folder `backups` with other things in it, and one `k2log` that is no data folder."""
    k2log("add egg 1")
    folder = diary.parent / "backups"
    folder.mkdir(mode=0o755)
    (folder / "photos").mkdir()
    k2log("backup")
    mine = diary.parent / "k2log"
    mine.mkdir(mode=0o755)
    k2log("--db", str(mine / "d.db"), "add", "egg 1")

    found = findings("--fix")
    k2log("--db", str(mine / "d.db"), "doctor", "--fix")

    assert [stat.S_IMODE(each.stat().st_mode) for each in (folder, mine)] == [0o755, 0o755]
    assert f"chmod 700 {folder}" in found["folder"][2]
    assert found["permissions"][0] == "ok"


def test_no_backup_or_an_old_one_is_noted(k2log, findings, set_now):
    """It says how to make one; it is no problem."""
    k2log("add egg 1")
    none = findings()["backup"]
    k2log("backup")
    fresh = findings()["backup"]
    set_now("2026-12-31T12:00:00+01:00")

    assert none == ("note", "there is no backup", "k2log backup")
    assert fresh[0] == "ok"
    assert findings()["backup"][0] == "note"
    assert k2log("doctor").code == 0


def test_a_backup_that_is_damaged_is_a_problem(diary, k2log, findings):
    """One would learn of it too late."""
    k2log("add egg 1")
    k2log("backup")
    (backup,) = (diary.parent / "backups").iterdir()
    write(backup, PAGE * 10, b"\xff" * PAGE * 10)

    assert findings()["backup"][0] == "problem"
    assert k2log("doctor").code == 1


@pytest.mark.parametrize(
    ("key", "value", "way"),
    [
        ("region", "mars", "k2log config unset region"),
        ("profile", "{", "k2log doctor --fix"),
        ("routines", "[1]", "k2log doctor --fix"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(key, value, way, diary, k2log, findings):
    """With the command that takes it away, where there is one."""
    k2log("add egg 1")
    with closing(sqlite3.connect(diary)) as db:
        db.execute("INSERT INTO settings (key, value) VALUES (?, ?)", (key, value))
        db.commit()

    assert findings()["settings"] == ("problem", f"the setting {key} cannot be read", way)


def test_every_setting_there_is_can_be_read(k2log, findings):
    """Whatever k2log keeps it reads again."""
    k2log("config set region eu")
    k2log("config set day-starts 04:00")
    k2log("config set informal-k2 off")
    k2log("profile set --born 1964-05-17 --sex female --medicine levothyroxine@07:00")
    k2log("routine", "add", "morning", "d3 1000IU")
    k2log("caveats hide k1-is-not-k2 --for 30d")

    assert findings()["settings"][0] == "ok"


@pytest.mark.parametrize(
    "more",
    [
        " (Ann's conflicted copy 2026-11-20)",
        " (in Konflikt stehende Kopie von Ann 2026-11-20)",
        ".sync-conflict-20261120-081500-ABCDEFG",
        "_conflict-20261120-081500",
        "-LAPTOP-4F2K",
        " 2",
        " (1)",
    ],
)
def test_a_copy_that_a_sync_program_left_is_told_and_comes_in(more, diary, k2log, tmp_path):
    """What another machine logged is not lost because the folder could keep one file only."""
    k2log("add egg 1")
    copy = diary.with_name(f"{diary.stem}{more}{diary.suffix}")
    with closing(sqlite3.connect(diary)) as db, closing(sqlite3.connect(copy)) as other:
        db.backup(other)
    k2log("--db", str(copy), "add", "gouda 30g")

    result = k2log("doctor --json")

    (note,) = [each for each in json.loads(result.out)["findings"] if each["id"] == "copy"]
    assert (note["level"], result.code) == ("note", 0)
    assert note["said"].startswith(str(copy))
    assert "2 entries, 1 of them not in the diary" in note["said"]
    taking, importing, _ = note["mend"].split("; ")
    file = str(tmp_path / "copy.jsonl")
    for line in (taking, importing):
        words = shlex.split(line.replace("copy.jsonl", shlex.quote(file)))
        assert k2log(*words[1:]).code == 0
    assert "Gouda" in k2log("log").out
    assert "2 entries, all here" in " ".join(k2log("doctor").out.split())


@pytest.mark.parametrize("name", ["{0}-mother.db", "{0}2.db", "{0} 2.txt", "other 2.db"])
def test_a_file_that_is_no_copy_of_the_diary_is_not_told_of(name, diary, k2log, findings):
    k2log("add egg 1")
    k2log("--db", str(diary.with_name(name.format(diary.stem))), "add", "gouda 30g")
    diary.with_name(f"{diary.stem} (a picture){diary.suffix}").write_bytes(b"\x89PNG")

    assert "copy" not in findings()


def test_days_to_come_are_noted(k2log, findings, set_now):
    """A clock that was wrong leaves entries and marks in the future."""
    set_now("2027-01-01T12:00:00+01:00")
    k2log("add egg 1")
    k2log("day complete")
    set_now("2026-11-21T12:00:00+01:00")

    level, said, _ = findings()["days"]
    assert (level, said[:37]) == ("note", "1 day mark and 1 entry of days to com")


def test_rows_that_are_gone_are_noted(diary, k2log, findings):
    """Another program deleted an entry: undo and foods are looked at."""
    k2log("add egg 1")
    k2log("add gouda 30g")
    with closing(sqlite3.connect(diary)) as db:
        db.execute("DELETE FROM entries WHERE id = 1")
        db.execute("UPDATE entries SET food_key = 'ambrosia'")
        db.commit()

    found = findings()
    assert found["journal"][:2] == (
        "note", "1 record of changes about rows that are not there; undo passes over them"
    )  # fmt: skip
    assert found["foods"][0] == "note"


def test_a_diary_that_is_locked_is_looked_at_as_far_as_can_be(diary, k2log, monkeypatch, findings):
    """What needs the lock is left out, and said."""
    k2log("add egg 1")
    monkeypatch.setattr("k2log.store.file.BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(diary, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        found = findings()

    assert found["lock"][0] == "note"
    assert found["file"][0] == "ok"


def exported(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_a_damaged_diary_is_saved_row_by_row(many, k2log, findings, tmp_path):
    """A page lost: the rows of all others come out, and the newest good backup is named."""
    k2log("backup")
    (backup,) = (many.parent / "backups").iterdir()
    pages = leaves(many)
    write(many, pages[len(pages) // 2], b"\x5a" * PAGE)
    target = tmp_path / "saved.jsonl"

    level, said, way = findings()["file"]
    code = k2log("doctor").code
    result = k2log("doctor", "--export", str(target))

    rows = exported(target)
    live = sum("uid" in row and "removed" not in row for row in rows)
    assert (level, code, result.code) == ("problem", 1, 0)
    assert 70 < live < 89
    assert f"{live} entries can be read, {89 - live} rows cannot" in said
    assert f"exported {live} entries to {target}; " in result.err
    assert way == f"k2log doctor --export FILE saves them; then: k2log restore {backup}"
    assert rows[-1]["mark"] == "complete"


def test_what_was_saved_comes_back(many, k2log, tmp_path):
    """Into the restored diary, entry by entry, none twice."""
    k2log("backup")
    (backup,) = (many.parent / "backups").iterdir()
    k2log("add natto 1tbsp")
    write(many, 0, b"\0" * 100)
    target = tmp_path / "saved.jsonl"
    k2log("doctor", "--export", str(target))
    k2log("restore", str(backup), "--yes")

    result = k2log("import", str(target))

    assert result.out == "imported 1 entry, 90 already there\n", result.err


@pytest.mark.parametrize(
    ("place", "data", "least"),
    [(0, b"\0" * 100, 89), (0, b"\xff" * PAGE, 0), (18, b"\x09\x09", 89), (40, b"\xff" * 60, 89)],
    ids=["header", "first page", "version", "schema"],
)
def test_a_diary_that_cannot_be_opened_is_told(place, data, least, many, k2log, tmp_path):
    """Never a traceback; what can be read is saved, and the file is as it was."""
    write(many, place, data)
    before = many.read_bytes()
    target = tmp_path / "saved.jsonl"

    result = k2log("doctor")
    saved = k2log("doctor", "--export", str(target))

    assert (result.code, result.err) == (1, "")
    assert "problem  the file is damaged" in result.out
    assert saved.code == 0, saved.err
    assert len(exported(target)) >= least
    assert many.read_bytes() == before


def test_a_diary_that_was_cut_off_is_read_as_far_as_it_goes(many, k2log, tmp_path):
    """A copy that stopped half way."""
    pages = leaves(many)
    with many.open("r+b") as file:
        file.truncate(pages[len(pages) // 2])
    target = tmp_path / "saved.jsonl"

    k2log("doctor", "--export", str(target))

    assert 20 < len(exported(target)) < 90


def test_wherever_a_page_is_lost_there_is_no_traceback(many, k2log):
    """Each in turn: exit 1 or, where nothing lay there, 0."""
    whole = many.read_bytes()
    began = time.monotonic()
    for page in range(0, len(whole) // PAGE, 17):
        many.write_bytes(whole[: page * PAGE] + b"\xa5" * PAGE + whole[(page + 1) * PAGE :])
        result = k2log("doctor")
        assert result.code in {0, 1}, (page, result)
        assert "Traceback" not in result.err
        if time.monotonic() - began > 20:
            break
