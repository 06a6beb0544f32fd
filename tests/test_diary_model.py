"""A plain-Python diary as model: random commands through the front door, and both stay alike.

Entries, marks, routines, the profile and the region are kept in dictionaries, undo as snapshots,
and totals are summed anew. Some commands are processes of their own, zones and regions change. A
failure shows the seed and all commands, to be run again.
"""

import json
import subprocess
import sys
import time
from copy import deepcopy
from datetime import timedelta
from random import Random

import pytest

from conftest import NOON

PER_GRAM_MG = 0.2
ZONES = ("Europe/Amsterdam", "America/New_York", "Asia/Tokyo", "UTC", "Africa/Nairobi")
EMPTY = {"entries": {}, "marks": {}, "routines": {}, "born": None, "region": None}


class Model:
    """What the diary ought to hold: the state, and the states that undo and redo lead to."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.state, self.past, self.future, self.last_id = deepcopy(EMPTY), [], [], 0

    def change(self, **parts) -> None:
        """Take a new state, as one change."""
        self.past.append(self.state)
        self.future.clear()
        self.state = {**deepcopy(self.state), **parts}

    def log(self, portions: list[tuple[str, float]]) -> None:
        """Log portions of the one food, each a day and grams."""
        entries = dict(self.state["entries"])
        for portion in portions:
            self.last_id += 1
            entries[self.last_id] = portion
        self.change(entries=entries)

    def undo(self) -> bool:
        """Go back; tell if there was a way."""
        if self.past:
            self.future.append(self.state)
            self.state = self.past.pop()
            return True
        return False

    def redo(self) -> bool:
        """Go forth again."""
        if self.future:
            self.past.append(self.state)
            self.state = self.future.pop()
            return True
        return False


def day(random: Random) -> str:
    """Return one of the last ten days."""
    return (NOON.date() - timedelta(days=random.randrange(10))).isoformat()


def step(random: Random, model: Model) -> tuple[list[str], bool]:
    """Choose a command and carry it out on the model; return it, and whether it shall succeed."""
    state, kind = model.state, random.choice(KINDS)
    ids, grams = [*state["entries"]], float(random.randint(1, 400))
    if kind in ("edit", "rm", "repeat") and not ids:
        kind = "add"
    id_ = random.choice(ids) if ids else 0
    if kind == "add":
        portions = [(day(random), grams + each) for each in range(random.randint(1, 3))]
        portions = [(portions[0][0], size) for _, size in portions]
        model.log(portions)
        items = [f"house bread {size:g}g" for _, size in portions]
        return ["add", *items, "--on", portions[0][0], "--yes"], True
    if kind == "edit":
        on, before = state["entries"][id_]
        grams += before == grams
        model.change(entries={**state["entries"], id_: (on, grams)})
        return ["edit", str(id_), "--amount", f"{grams:g}g", "--yes"], True
    if kind == "rm":
        model.change(entries={key: it for key, it in state["entries"].items() if key != id_})
        return ["rm", str(id_)], True
    if kind == "repeat":
        on = day(random)
        model.log([(on, state["entries"][id_][1])])
        return ["repeat", str(id_), "--on", on, "--yes"], True
    if kind == "@":
        name = random.choice("abc")
        if name in state["routines"]:
            model.log([(NOON.date().isoformat(), state["routines"][name])])
        return ["add", f"@{name}", "--yes"], name in state["routines"]
    return other_step(random, model, kind, grams)


def other_step(random: Random, model: Model, kind: str, grams: float) -> tuple[list[str], bool]:
    """Do the same for what is no entry."""
    state = model.state
    if kind == "day":
        on = day(random)
        status = random.choice([it for it in STATUSES if it != state["marks"].get(on)])
        model.change(marks={**state["marks"], on: status})
        return ["day", STATUSES[status], on], True
    if kind == "routine":
        name = random.choice("abc")
        if name in state["routines"]:
            model.change(routines={k: it for k, it in state["routines"].items() if k != name})
            return ["routine", "rm", name], True
        model.change(routines={**state["routines"], name: grams})
        return ["routine", "add", name, f"house bread {grams:g}g"], True
    if kind == "profile":
        born = str(random.choice([it for it in range(1940, 1960) if str(it) != state["born"]]))
        model.change(born=born)
        return ["profile", "set", "--born", born], True
    if kind == "config":
        model.change(region=random.choice(("us", "uk", "eu")))
        return ["config", "set", "region", model.state["region"]], True
    return [kind], model.undo() if kind == "undo" else model.redo()


STATUSES = {"complete": "complete", "incomplete": "incomplete", "skipped": "skip"}
KINDS = (
    *("add",) * 6, "edit", "edit", "rm", "repeat", "day", "routine", "@", "profile", "config",
    *("undo",) * 4, *("redo",) * 3,
)  # fmt: skip


def held(k2log, *db: str) -> list[tuple[int, str, float]]:
    """Return what the diary holds: id, day and grams of each entry."""
    entries = json.loads(k2log(*db, "log", "--from", "2026-11-01", "--json").out)
    return [(each["id"], each["day"], each["grams"]) for each in entries]


def compare(k2log, model: Model, tmp_path, number: int) -> None:
    """Hold the diary against the model: entries, totals, settings, and a copy by export."""
    entries = model.state["entries"]
    assert sorted(held(k2log)) == sorted((id_, *it) for id_, it in entries.items())
    file, copy = tmp_path / f"{number}.jsonl", str(tmp_path / f"{number}.db")
    assert k2log("export", "-o", str(file)).code == 0
    assert k2log("--db", copy, "import", str(file)).code == 0
    there = sorted(it[1:] for it in held(k2log, "--db", copy))
    assert there == sorted(entries.values())
    report = json.loads(k2log("report", "--from", "2026-11-12", "--format", "json").out)
    for each in report["days"]:
        eaten = [size for on, size in entries.values() if on == each["day"]]
        mark = model.state["marks"].get(each["day"])
        tracked = mark != "skipped" and bool(eaten)
        counts = tracked or mark == "complete"  # of nothing, on a whole day, there is zero
        assert counts == ("calcium" in each["nutrients"])
        if counts:
            amount = each["nutrients"]["calcium"]["amount"]
            assert amount == pytest.approx(sum(eaten) * PER_GRAM_MG, abs=1e-3)
    assert (k2log("config", "get", "region").out.strip() or None) == model.state["region"]
    assert json.loads(k2log("profile", "show", "--json").out)["born"] == model.state["born"]


def play(seed: int, commands: int, k2log, diary, monkeypatch, tmp_path) -> None:
    """Run so many random commands, and compare now and then."""
    random, model, ran = Random(seed), Model(), []
    assert k2log("foods", "add", "house bread", "--calcium", "20mg").code == 0
    floor = len(json.loads(k2log("history", "--all", "--json").out))
    assert floor == 1
    for number in range(1, commands + 1):
        if not model.past and not model.future:
            model.log([("2026-11-20", 5.0)])
            words, good = ["add", "house bread 5g", "--on", "2026-11-20"], True
        else:
            words, good = step(random, model)
            if words == ["undo"] and not good:  # it would take the food itself back
                continue
        ran.append(words)
        if random.random() < 0.1:
            monkeypatch.setenv("TZ", random.choice(ZONES))
            time.tzset()
        if random.random() < 0.01:
            done = subprocess.run(
                [sys.executable, "-m", "k2log", *words], capture_output=True, check=False
            )
            code = done.returncode
        else:
            code = k2log(*words).code
        assert (code == 0) == good, (seed, code, ran)
        if number % 50 == 0:
            try:
                compare(k2log, model, tmp_path, number)
            except AssertionError as error:
                raise AssertionError(f"seed {seed}, commands {ran}") from error


def test_a_hundred_commands_are_as_the_model_has_them(k2log, diary, monkeypatch, tmp_path):
    """One short life."""
    play(1, 100, k2log, diary, monkeypatch, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 12))
def test_five_thousand_commands_are_as_the_model_has_them(
    seed, k2log, diary, monkeypatch, tmp_path
):
    """Ten lives of five hundred commands."""
    play(seed, 500, k2log, diary, monkeypatch, tmp_path)
