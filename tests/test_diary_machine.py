"""Any course of add, repeat, edit, rm, undo and redo leaves the diary that a plain model says."""

import io
import json
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from math import fsum
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from k2log.cli import run
from k2log.store.diary import open_diary

FOODS = {"gouda": "Gouda", "natto": "Natto", "egg": "Egg", "eel": "Eel, cooked"}
DAYS = {"today": "2026-11-21", "-1": "2026-11-20", "-2": "2026-11-19"}
NUTRIENTS = ("calcium", "vitamin_k2")


class Item(NamedTuple):
    """What the model keeps of an entry."""

    food: str
    grams: int
    day: str
    meal: str | None = None


class Change(NamedTuple):
    """What the model keeps of a change: the entries it touched, before and after."""

    before: Mapping[int, Item | None]
    after: Mapping[int, Item | None]


@pytest.fixture
def empty(diary) -> Path:
    """Make a diary without entries, to be copied."""
    with open_diary(diary, create=True):
        return diary


def k2log(diary: Path, *arguments: str) -> tuple[int, str]:
    """Run a command line on one diary; return its exit code and what it wrote to stdout."""
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()):
        code = run(["--db", str(diary), *arguments])
    return code, out.getvalue()


def figures(diary: Path) -> dict[str, dict[str, float | None]]:
    """Return what 100 g of each food hold, as ``add`` says."""
    found = {}
    for food in FOODS:
        (entry,) = json.loads(k2log(diary, "add", f"{food} 100g", "--dry-run", "--json")[1])
        found[food] = {key: entry["nutrients"][key]["amount"] for key in NUTRIENTS}
    return found


class Course(RuleBasedStateMachine):
    """One diary beside its model.

    ``standing`` holds the changes not undone, by number; ``undone`` those that redo may bring
    back, the latest last. Numbers are those of the journal, where undo and redo have one too.
    """

    template: Path
    per_100g: Mapping[str, Mapping[str, float | None]]

    @initialize()
    def open(self) -> None:
        """Begin with an empty diary."""
        self.folder = Path(tempfile.mkdtemp())
        self.diary = self.folder / "diary.db"
        shutil.copy(self.template, self.diary)
        self.items: dict[int, Item | None] = {}
        self.number = 0
        self.standing: dict[int, Change] = {}
        self.undone: list[tuple[int, Change]] = []

    def teardown(self) -> None:
        """Throw the diary away."""
        shutil.rmtree(self.folder)

    def live(self) -> list[int]:
        """Return the ids of what is in the diary."""
        return [id_ for id_, item in self.items.items() if item]

    def ran(self, *arguments: str) -> str:
        """Run a command that must go well."""
        code, out = k2log(self.diary, *arguments)
        assert code == 0, arguments
        return out

    def wrote(self, after: Mapping[int, Item | None]) -> None:
        """Let the model make a change, if it is one; nothing can be redone then."""
        before = {id_: self.items.get(id_) for id_ in after}
        touched = {id_: item for id_, item in after.items() if item != before[id_]}
        if touched:
            self.number += 1
            self.standing[self.number] = Change({id_: before[id_] for id_ in touched}, touched)
            self.items |= touched
            self.undone.clear()

    @rule(
        foods=st.lists(st.tuples(st.sampled_from(list(FOODS)), st.integers(1, 500)), min_size=1,
                       max_size=3),
        on=st.sampled_from(list(DAYS)),
    )  # fmt: skip
    def add(self, foods: list[tuple[str, int]], on: str) -> None:
        """Log one to three items."""
        typed = ", ".join(f"{food} {grams}g" for food, grams in foods)
        self.ran("add", typed, "--on", on, "--yes")
        first = len(self.items) + 1
        items = [Item(food, grams, DAYS[on]) for food, grams in foods]
        self.wrote(dict(enumerate(items, first)))

    @precondition(lambda self: self.live())
    @rule(data=st.data(), on=st.sampled_from(list(DAYS)))
    def repeat(self, data: Any, on: str) -> None:
        """Log one to three entries again."""
        ids = data.draw(st.lists(st.sampled_from(self.live()), min_size=1, max_size=3, unique=True))
        self.ran("repeat", *map(str, ids), "--on", on, "--yes")
        again = [item._replace(day=DAYS[on]) for id_ in sorted(ids) if (item := self.items[id_])]
        self.wrote(dict(enumerate(again, len(self.items) + 1)))

    @precondition(lambda self: self.live())
    @rule(data=st.data())
    def remove(self, data: Any) -> None:
        """Remove some entries."""
        ids = data.draw(st.lists(st.sampled_from(self.live()), min_size=1, max_size=3, unique=True))
        self.ran("rm", *map(str, ids))
        self.wrote(dict.fromkeys(ids))

    @precondition(lambda self: self.live())
    @rule(data=st.data())
    def remove_range(self, data: Any) -> None:
        """Remove what is there from one id to another."""
        first, last = sorted(data.draw(st.sampled_from(self.live())) for _ in range(2))
        self.ran("rm", f"{first}-{last}")
        self.wrote({id_: None for id_ in self.live() if first <= id_ <= last})

    @precondition(lambda self: self.live())
    @rule(
        data=st.data(),
        change=st.sampled_from([
            {"grams": 40}, {"grams": 7}, {"food": "natto"}, {"food": "eel"}, {"day": "-1"},
            {"day": "today"}, {"meal": "lunch"}, {"meal": None}, {"grams": 90, "meal": "supper"},
        ]),
    )  # fmt: skip
    def edit(self, data: Any, change: dict[str, Any]) -> None:
        """Correct one to three entries in the same way."""
        ids = data.draw(st.lists(st.sampled_from(self.live()), min_size=1, max_size=3, unique=True))
        options = {
            "grams": ("--amount", f"{change.get('grams')}g"),
            "food": ("--food", str(change.get("food"))),
            "day": ("--on", str(change.get("day"))),
            "meal": ("--meal", change.get("meal") or "none"),
        }
        words = [word for field in change for word in options[field]]
        self.ran("edit", *map(str, ids), *words, "--yes")
        fields = {k: DAYS[v] if k == "day" else v for k, v in change.items()}
        self.wrote({id_: self.items[id_]._replace(**fields) for id_ in ids})

    @rule()
    def undo(self) -> None:
        """Take the newest change back."""
        if not self.standing:
            assert k2log(self.diary, "undo")[0] == 1
            return
        self.ran("undo")
        self.taken_back(max(self.standing))

    @precondition(lambda self: self.standing)
    @rule(data=st.data())
    def undo_one(self, data: Any) -> None:
        """Take any change back; not under a later one that touched the same."""
        number = data.draw(st.sampled_from(list(self.standing)))
        touched = self.standing[number].after.keys()
        later = [n for n, c in self.standing.items() if n > number and c.after.keys() & touched]
        code, _ = k2log(self.diary, "undo", str(number))
        assert code == int(bool(later))
        if not later:
            self.taken_back(number)

    def taken_back(self, number: int) -> None:
        """Let the model take a change back."""
        change = self.standing.pop(number)
        self.items |= change.before
        self.undone.append((number, change))
        self.number += 1

    @rule()
    def redo(self) -> None:
        """Take the latest undo back, if nothing was written since."""
        if not self.undone:
            assert k2log(self.diary, "redo")[0] == 1
            return
        self.ran("redo")
        number, change = self.undone.pop()
        self.standing[number] = change
        self.items |= change.after
        self.number += 1

    @invariant()
    def log_is_as_the_model_says(self) -> None:
        """Find every entry, and its figures."""
        entries = json.loads(k2log(self.diary, "log", "--week", "--json")[1])
        assert {entry["id"]: kept(entry) for entry in entries} == {
            id_: self.expected(item) for id_, item in self.items.items() if item
        }

    def expected(self, item: Item) -> tuple[Any, ...]:
        """Return what the log must say of an item."""
        amounts = tuple(self.amount(item, key) for key in NUTRIENTS)
        return (FOODS[item.food], item.grams, item.day, item.meal, *amounts)

    def amount(self, item: Item, nutrient: str) -> float | None:
        """Return how much an item holds."""
        figure = self.per_100g[item.food][nutrient]
        return None if figure is None else pytest.approx(figure * item.grams / 100, abs=1e-6)

    @invariant()
    def report_is_as_the_model_says(self) -> None:
        """Find the sum of every day, and how many entries it does not cover."""
        report = json.loads(k2log(self.diary, "report", "--json")[1])
        days = {day["day"]: day for day in report["days"]}
        for day in DAYS.values():
            items = [item for item in self.items.values() if item and item.day == day]
            assert days[day]["entries"] == len(items)
            for nutrient in NUTRIENTS if items else ():
                amounts = [
                    None if figure is None else figure * item.grams / 100
                    for item in items
                    for figure in [self.per_100g[item.food][nutrient]]
                ]
                shown = days[day]["nutrients"][nutrient]
                known = [amount for amount in amounts if amount is not None]
                assert shown["unknown_entries"] == amounts.count(None)
                assert shown["amount"] == (pytest.approx(fsum(known)) if known else None)

    @invariant()
    def history_is_as_long_as_the_model_says(self) -> None:
        """Find a line for each change, and none for what changed nothing."""
        newest = json.loads(k2log(self.diary, "history", "-n", "1", "--json")[1])
        assert [change["id"] for change in newest] == [self.number][: self.number]


def kept(entry: dict[str, Any]) -> tuple[Any, ...]:
    """Return of an entry what the model knows."""
    amounts = tuple(entry["nutrients"][key]["amount"] for key in NUTRIENTS)
    return (entry["food"], entry["grams"], entry["day"], entry["meal"], *amounts)


@pytest.mark.slow
def test_any_course_leaves_the_diary_that_the_model_says(empty):
    """Entries, sums and history, after each step."""
    course = type("Course", (Course,), {"template": empty, "per_100g": figures(empty)})
    run_state_machine_as_test(
        course,
        settings=settings(
            max_examples=40,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
