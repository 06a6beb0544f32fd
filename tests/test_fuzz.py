"""A short run of ``python -m tests.fuzz``, and what once failed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fuzz

READERS = [target for target in fuzz.TARGETS if target not in fuzz.FRONT]
TEXTS = ("items", "days", "regimen", "ids", "person", "config", "labels", "lines")


@pytest.mark.parametrize("target", fuzz.TARGETS)
def test_whole_inputs_are_read(target):
    """What inputs are made from is good as it is; of commands, some want what is not there."""
    outcomes = [fuzz.outcome(target, data) for data in fuzz.seeds(target)]

    assert {"read", "exit 0"}.intersection(outcomes)


@pytest.mark.parametrize("target", fuzz.TARGETS)
def test_changed_inputs_are_read_or_refused(target):
    """No traceback, no hang, nothing raw on the terminal; the seed is the same on every run."""
    result = fuzz.tally(target, 40 if target in fuzz.FRONT else 150, seed=1)

    assert result.faults == {}


@pytest.mark.parametrize(("target", "file"), fuzz.failed(), ids=str)
def test_what_once_failed_does_no_more(target: str, file: Path):
    """Inputs that a long run found."""
    assert fuzz.outcome(target, file.read_bytes())


@pytest.mark.parametrize("target", TEXTS)
@given(text=st.text(max_size=200))
def test_any_text_is_read_or_refused(target, text):
    """Whatever Unicode holds."""
    assert fuzz.outcome(target, text.encode("utf-8", "replace"))


@given(st.data())
def test_texts_close_to_an_amount(data):
    """Numbers, units, signs and foods in any order, which is nearer to what people mistype."""
    words = data.draw(st.lists(st.sampled_from(fuzz.WORDS[:60]), max_size=7))

    assert fuzz.outcome("items", b" ".join(words))


def test_a_fault_is_found(monkeypatch):
    """The fuzzer tells a fault, a hang and a message without end from a refusal."""
    monkeypatch.setattr(fuzz, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(fuzz, "LONGEST_MESSAGE", 0)
    monkeypatch.setitem(fuzz.TARGETS, "days", lambda data: 1 / (len(data) % 2))
    monkeypatch.setitem(fuzz.TARGETS, "config", lambda _: [0 for _ in iter(int, 1)])

    kinds = {name.split()[0] for each in ("days", "config", "ids")
             for name in fuzz.tally(each, 3, seed=1).faults}  # fmt: skip

    assert kinds >= {"ZeroDivisionError", "Hang", "OutputError"}
