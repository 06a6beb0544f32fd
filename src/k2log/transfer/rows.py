"""A row, as its named values, checked and made an entry; or a remark on all that is wrong with it.

What is not given is unknown. A figure without low and high has no published range: it is its own.
A figure with a low and no high is partial. Figures are rounded as all stored figures are.
"""

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, TypeVar
from uuid import UUID, uuid5

from k2log.diary.entry import Entry
from k2log.diary.incoming import Mark, Moment, Remark, Row
from k2log.errors import UnreadableError
from k2log.food.amount import DECIMALS, UNKNOWN, Amount
from k2log.food.nutrients import NUTRIENTS
from k2log.grammar.text import shown
from k2log.transfer import cells

T = TypeVar("T")

FIELDS: Final = (
    "uid", "day", "time", "meal", "food", "food_key", "amount", "measure", "grams", "supplement",
    "every_days", "note", "created", "working",
)  # fmt: skip
STATUSES: Final = ("complete", "incomplete", "skipped")
_FIGURES = {
    nutrient.id: (nutrient.column, f"{nutrient.column}_low", f"{nutrient.column}_high")
    for nutrient in NUTRIENTS.values()
}
COLUMNS: Final = (*FIELDS, *(column for names in _FIGURES.values() for column in names))
_NAMESPACE = UUID("c2d0c1f4-9a35-5f0e-8a57-0d1e5f8b9f36")


class _Values:
    """The values of one row by name, and what is wrong with them."""

    def __init__(self, raw: Mapping[str, object]) -> None:
        self.raw = raw
        self.wrong: list[str] = []

    def get(self, name: str, read: Callable[[object, str], T]) -> T | None:
        """Return a value that ``read`` accepts; None if it is missing or wrong."""
        value = self.raw.get(name)
        if value is None or value == "":
            return None
        try:
            return read(value, name)
        except UnreadableError as error:
            self.wrong.append(str(error).rstrip("."))
            return None

    def need(self, name: str, read: Callable[[object, str], T]) -> T | None:
        """Return a value that must be there."""
        if self.raw.get(name) in (None, ""):
            self.wrong.append(f"{name} is missing")
        return self.get(name, read)


def unknown_names(names: Mapping[str, object] | tuple[str, ...], known: tuple[str, ...]) -> str:
    """Return the names that are not known, the first few of them; empty if all are."""
    unknown = [name for name in names if name not in known]
    more = f" and {len(unknown) - 5} more" if len(unknown) > 5 else ""
    return ", ".join(shown(name, 40) for name in unknown[:5]) + more


def row(line: int, raw: Mapping[str, object], moment: Moment) -> Row | Remark:
    """Return the entry of a row; a removed one has a value ``removed``."""
    values = _Values(raw)
    removed = values.get("removed", cells.utc)
    if removed and not raw.get("uid"):
        values.wrong.append("a removal needs its uid")
    entry = _entry(values, moment)
    if values.wrong:
        return Remark(line, "; ".join(values.wrong))
    if entry.uid:
        return Row(line, entry, removed)
    return Row(line, entry._replace(uid=_made_uid(entry)), uid_made=True)


def _entry(values: _Values, moment: Moment) -> Entry:
    """Return the entry; one that makes sense only if nothing is wrong."""
    uid = values.get("uid", cells.uid) or ""
    day = values.need("day", partial(cells.past_day, moment=moment))
    food = values.need("food", cells.text)
    eaten = partial(cells.time_of_eating, day=day or moment.today, moment=moment)
    return Entry(
        id=None,
        uid=uid,
        day=day or moment.today,
        time=values.get("time", eaten) if day else None,
        meal=values.get("meal", cells.text),
        food=food or "",
        food_key=values.get("food_key", cells.text),
        amount=values.get("amount", cells.number),
        measure=values.get("measure", cells.text),
        grams=values.get("grams", cells.number),
        supplement=values.get("supplement", cells.yes_or_no) or False,
        every_days=values.get("every_days", cells.whole_days) or 1,
        note=values.get("note", cells.text),
        created=values.get("created", cells.utc) or "",
        nutrients={nutrient: _amount(values, nutrient) for nutrient in NUTRIENTS},
        working=values.get("working", cells.working) or {},
    )


def _amount(values: _Values, nutrient: str) -> Amount:
    names = _FIGURES[nutrient]
    given = [values.raw.get(name) for name in names]
    if given.count(None) + given.count("") == len(names):
        return UNKNOWN
    already_wrong = len(values.wrong)
    best, low, high = (values.get(name, _figure) for name in names)
    if len(values.wrong) > already_wrong:
        return UNKNOWN
    if best is None or (low is None and high is not None):
        values.wrong.append(f"{names[0]} lacks {'its figure' if best is None else 'its low end'}")
        return UNKNOWN
    if low is None:
        return Amount.of(best)
    if not low <= best <= (best if high is None else high):
        values.wrong.append(f"{names[0]}: {best:g} is not between its low and high end")
    return Amount.partial(best, low) if high is None else Amount(best, low, high)


def _figure(value: object, name: str) -> float:
    return round(cells.number(value, name), DECIMALS)


def _made_uid(entry: Entry) -> str:
    content = json.dumps(entry, default=str, sort_keys=True)
    return str(uuid5(_NAMESPACE, content))


def mark(line: int, raw: Mapping[str, object], moment: Moment) -> Mark | Remark:
    """Return what a row says of a whole day."""
    values = _Values(raw)
    day = values.need("day", partial(cells.past_day, moment=moment))
    changed = values.need("changed", cells.utc)
    status = values.need("mark", _status)
    if values.wrong or day is None or status is None or changed is None:
        return Remark(line, "; ".join(values.wrong))
    return Mark(line, day, status, changed)


def _status(value: object, name: str) -> str:
    if value not in STATUSES:
        raise UnreadableError(f'{name} "{shown(str(value))}" is none of {", ".join(STATUSES)}')
    return str(value)
