"""The write-ahead log lost, cut short or garbled while it holds what the diary does not."""

from random import Random

import pytest
from judge import flaws, state
from logs import damaged, logged, only_a_beginning
from started import must

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def left(tmp_path_factory):
    """Make a diary whose four last adds are in its log alone; and what it held after each."""
    return logged(tmp_path_factory.mktemp("log"), adds=4)


def test_without_its_log_a_diary_holds_what_was_checkpointed(left, tmp_path):
    """The file alone is sound and as old as the last checkpoint: an incomplete copy."""
    path, states = left
    alone = tmp_path / path.name
    alone.write_bytes(path.read_bytes())

    assert flaws(alone) == []
    assert state(alone) == states[0]
    assert state(path) == states[-1]
    must(alone, "add", "egg 1")


@pytest.mark.parametrize("how", ["cut", "garbled"])
def test_a_damaged_log_gives_a_beginning_of_what_was_added(how, left, tmp_path):
    """Whole adds in their order, as far as the log is good; never a part of one."""
    path, states = left

    for number in range(12):
        copy = damaged(path, tmp_path / str(number), how, Random(number))
        assert only_a_beginning(copy, states) == []
