"""Entries as JSON: the same shape for ``add --json`` and ``log --json``, a promise to scripts.

JSON as it comes: what a long diary says is never held as one text.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from k2log.amounts import Amount
from k2log.diary.entry import Entry


def json_pieces(value: Mapping[str, object] | Iterator[object]) -> Iterator[str]:
    """Yield what ``json.dumps(value, indent=2)`` returns, and a newline.

    An iterator is a list that is written as it comes; it may be the value, a member of it, or of
    what such a list holds.
    """
    yield from _pieces(value, "\n")
    yield "\n"


def _pieces(value: object, line: str) -> Iterator[str]:
    """Yield the text of a value; ``line`` begins a line at its depth."""
    if isinstance(value, Iterator):
        yield from _in_brackets("[]", line, (("", item) for item in value))
    elif isinstance(value, Mapping) and any(isinstance(it, Iterator) for it in value.values()):
        members = ((f"{json.dumps(key)}: ", member) for key, member in value.items())
        yield from _in_brackets("{}", line, members)
    else:
        yield json.dumps(value, indent=2, allow_nan=False).replace("\n", line)


def _in_brackets(brackets: str, line: str, members: Iterable[tuple[str, object]]) -> Iterator[str]:
    before = brackets[0]
    for name, member in members:
        yield f"{before}{line}  {name}"
        yield from _pieces(member, f"{line}  ")
        before = ","
    yield brackets if before == brackets[0] else line + brackets[1]


def amount_json(amount: Amount) -> dict[str, Any]:
    """Return an amount with what is known of it; null is unknown."""
    return {
        "amount": amount.best,
        "low": amount.low,
        "high": amount.high,
        "all_known": amount.known,
        "unknown_entries": amount.unknown,
    }


def entry_json(entry: Entry) -> dict[str, Any]:
    """Return one entry; ``id`` is null for a dry run."""
    return {
        "id": entry.id,
        "uid": entry.uid,
        "day": entry.day.isoformat(),
        "time": entry.time,
        "meal": entry.meal,
        "food": entry.food,
        "food_key": entry.food_key,
        "amount": entry.amount,
        "measure": entry.measure,
        "grams": entry.grams,
        "supplement": entry.supplement,
        "every_days": entry.every_days,
        "note": entry.note,
        "assumed": bool(entry.working.get("assumed")),
        "nutrients": {
            nutrient: amount_json(amount) for nutrient, amount in entry.nutrients.items()
        },
    }


def entries_json(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield the text of a JSON list of entries."""
    return json_pieces(map(entry_json, entries))
