"""What is logged again: entries chosen by their day or ids, with figures of today."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from k2log.diary.editing import held_food, replaced, understood_anew
from k2log.diary.entry import Entry
from k2log.diary.understanding import Understood
from k2log.errors import K2logError, UnreadableError
from k2log.food.choosing import Chooser
from k2log.grammar.days import day
from k2log.grammar.ids import Span, entry_spans
from k2log.grammar.text import shown

_ID: Final = re.compile(r"#?\d+(?:-#?\d+)?")


class NothingToRepeatError(K2logError):
    """A day, or a meal of a day, on which nothing was logged."""

    def __init__(self, on: date, meal: str | None, meals: Sequence[str]) -> None:
        """Take the day, the meal asked for, and the meals that the day has."""
        said = f"{on:%a} {on.day} {on:%b} {on.year}"
        if meal is None:
            super().__init__(f"nothing was logged on {said}, so there is nothing to repeat.")
            return
        there = f"Its meals: {', '.join(map(shown, meals))}" if meals else "No entry has a meal"
        super().__init__(f'nothing on {said} was logged as "{shown(meal)}". {there}.')


class Again(NamedTuple):
    """An entry to log again, and how it is understood today; None where its food is gone."""

    entry: Entry
    item: Understood | None


def source(words: Sequence[str], today: date) -> list[Span] | date:
    """Return the ids or the day that words name. Raises UnreadableError."""
    if not words:
        raise UnreadableError("repeat what? A day or entries: k2log repeat yesterday, repeat 41 42")
    text = " ".join(words)
    if all(map(_ID.fullmatch, text.replace(",", " ").split())):
        return entry_spans(words)
    return day(text, today)


def of_meal(entries: Sequence[Entry], on: date, meal: str | None) -> list[Entry]:
    """Return the entries of one day, or of one of its meals. Raises NothingToRepeatError."""
    chosen = [
        entry
        for entry in entries
        if meal is None or (entry.meal or "").casefold() == meal.casefold()
    ]
    if not chosen:
        meals = dict.fromkeys(entry.meal for entry in entries if entry.meal)
        raise NothingToRepeatError(on, meal if entries else None, [*meals])
    return chosen


def again(entry: Entry, chooser: Chooser) -> Again:
    """Return an entry as it is understood today, if its food and measure still are."""
    try:
        return Again(entry, understood_anew(entry, held_food(entry, chooser), None))
    except K2logError:
        return Again(entry, None)


def copied(repeat: Again, on: date, at: str | None, uid: str, created: str) -> Entry:
    """Return the new entry: on another day, without the note of the old one."""
    entry = replaced(repeat.entry, repeat.item) if repeat.item else repeat.entry
    return entry._replace(id=None, uid=uid, day=on, time=at, note=None, created=created)


def remark(repeat: Again) -> list[str]:
    """Return what to say of how an entry was copied."""
    if repeat.item:
        return list(repeat.item.notes)
    entry = repeat.entry
    return [f"{shown(entry.food)}: no figures of today; those of entry {entry.id} were copied"]
