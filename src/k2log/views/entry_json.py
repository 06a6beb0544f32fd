"""Entries as JSON: the same shape for ``add --json`` and ``log --json``, a promise to scripts."""

from collections.abc import Iterable, Iterator
from typing import Any

from k2log.diary.entry import Entry
from k2log.food.amount import Amount
from k2log.views.json_pieces import json_pieces


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
