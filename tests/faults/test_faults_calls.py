"""Commands killed, or failed by the disk, at a chosen call to the system."""

import pytest
from calls import built_shim, failed_at, faulted, traced
from scenes import scene, staged

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def shim(tmp_path_factory):
    """Compile what comes between k2log and the system."""
    built = built_shim(tmp_path_factory.mktemp("shim"))
    return built or pytest.skip("needs Linux and a C compiler")


@pytest.fixture
def stage(tmp_path):
    return staged(scene("add"), tmp_path)


@pytest.mark.parametrize("how", ["kill", "torn"])
def test_killed_between_two_calls(how, shim, stage, tmp_path):
    """Before a write, or in the middle of one: all of it is there or nothing."""
    tally = faulted(shim, stage, tmp_path / "run" / "diary.db", how, step=7)

    assert tally.faults > 1
    assert tally.wrong == ()


@pytest.mark.parametrize(
    "fault",
    [
        {"how": "full", "stays": True},
        {"how": "broken", "stays": True},
        {"how": "broken"},
        {"how": "broken", "reads": True},
    ],
    ids=["the disk fills up", "the disk breaks", "the disk stumbles", "reading fails"],
)
def test_a_failing_disk_is_told_truly(fault, shim, stage, tmp_path):
    """One line, exit code 1 or 4, and "nothing was written" only where nothing was."""
    tally = faulted(shim, stage, tmp_path / "run" / "diary.db", **fault, step=14)

    assert tally.faults > 1
    assert tally.wrong == ()


def test_a_commit_that_the_disk_did_not_confirm_is_told_as_open(shim, stage, tmp_path):
    """The log was written but not synced: k2log says that it cannot know."""
    diary = tmp_path / "run" / "diary.db"
    calls = traced(shim, stage, diary)
    sync = calls.index("sync diary.db-wal", after_last("write diary.db-wal", calls))

    result = failed_at(shim, stage, diary, sync + 1)

    assert result.code == 1
    assert "may be in it or not" in result.err


def test_nothing_is_acknowledged_before_it_is_synced(shim, stage, tmp_path):
    """The log is synced after its last write, and only then comes the answer."""
    calls = traced(shim, stage, tmp_path / "run" / "diary.db")
    written = after_last("write diary.db-wal", calls)

    assert "sync diary.db-wal" in calls[written : calls.index("answer ")]


def test_the_log_goes_only_when_the_diary_is_synced(shim, stage, tmp_path):
    """What the log held is in the file and synced before the log is removed."""
    calls = traced(shim, stage, tmp_path / "run" / "diary.db")
    written = after_last("write diary.db", calls)

    assert "sync diary.db" in calls[written : calls.index("unlink diary.db-wal")]


def after_last(call: str, calls: list[str]) -> int:
    return len(calls) - calls[::-1].index(call)
