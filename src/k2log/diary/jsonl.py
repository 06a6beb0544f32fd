"""The whole diary as JSON Lines: one object a line, UTF-8, each ended by LF.

    {"schema": "k2log.diary/1"}
    {"uid": …, "day": …, …, "working": {…}, "calcium_mg": 24.0, …}
    {"uid": …, "removed": "2026-11-21T11:00:00Z", "day": …, …}
    {"day": "2026-11-20", "mark": "complete", "changed": "2026-11-21T11:00:00Z"}

That is a header, which may be missing; the entries; the entries that were removed; what the user
said of days. The keys of an entry are the columns of the CSV; null is unknown. Each part is in the
order of days.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain
from math import isfinite
from operator import call
from typing import Any, Final, NamedTuple

from k2log.diary.entry import COLUMNS, FIGURES

SCHEMA: Final = "k2log.diary/1"
MARK_KEYS: Final = ("day", "mark", "changed")
_SHORT: Final = 1_000


class DayMark(NamedTuple):
    """What the user said of a day: complete, incomplete or skipped. ``changed`` is UTC."""

    day: date
    status: str
    changed: str


def jsonl_lines(
    entries: Iterable[Sequence[Any]],
    removals: Iterable[tuple[Sequence[Any], str]],
    marks: Iterable[DayMark],
) -> Iterator[str]:
    """Yield the lines of a file; of entries, the values for COLUMNS are given."""
    gone = ((values[0], removed, *values[1:]) for values, removed in removals)
    said = ((each.day.isoformat(), each.status, each.changed) for each in marks)
    return chain(
        _lines(("schema",), [(SCHEMA,)]),
        _lines(COLUMNS, entries),
        _lines(("uid", "removed", *COLUMNS[1:]), gone),
        _lines(MARK_KEYS, said),
    )


def _lines(keys: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    line = "{" + ", ".join(f'"{key}": %s' for key in keys) + "}\n"
    encoders = [_ENCODERS.get(key, _text) for key in keys]
    return (line % tuple(map(call, encoders, row)) for row in rows)


_encoded = json.JSONEncoder(ensure_ascii=False).encode


def _text(text: str | None) -> str:
    return "null" if text is None else _encoded(text)


def _flag(value: int) -> str:
    return "true" if value else "false"


@lru_cache(maxsize=4096)
def _number(value: float | None) -> str:
    return repr(value) if value is not None and isfinite(value) else _encoded(value)


def _working(text: str) -> str:
    return _respaced(text) if len(text) < _SHORT else _encoded(json.loads(text))


@lru_cache(maxsize=1024)
def _respaced(text: str) -> str:
    return _encoded(json.loads(text))


_ENCODERS: Final[Mapping[str, Callable[[Any], str]]] = {
    "supplement": _flag,
    "every_days": str,
    "working": _working,
    **dict.fromkeys(("amount", "grams", *FIGURES), _number),
}
