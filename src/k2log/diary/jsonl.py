"""The whole diary as JSON Lines: one object a line, UTF-8, each ended by LF.

    {"schema": "k2log.diary/1"}
    {"uid": …, "day": …, …, "working": {…}, "calcium_mg": 24.0, …, "changed": …}
    {"uid": …, "removed": "2026-11-21T11:00:00Z", "day": …, …}
    {"day": "2026-11-20", "mark": "complete", "changed": "2026-11-21T11:00:00Z"}

That is a header, which may be missing; the entries; the entries that were removed; what the user
said of days. The keys of an entry are the columns of the CSV, and when it was last changed; null is
unknown. Each part is in the order of days. A whole diary goes on with its own foods and settings
(``features/exchange/definitions.py``).
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain
from math import isfinite
from operator import call
from typing import Any, Final

from k2log.diary.entry import COLUMNS, FIGURES
from k2log.named_tuple import NamedTuple

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
    marks: Iterable[Sequence[Any]],
    columns: Sequence[str] = COLUMNS,
) -> Iterator[str]:
    """Yield the lines of a file; of entries, the values for ``columns`` are given, of marks all.

    What another program put where it does not belong is written as text.
    """
    gone = ((values[0], removed, *values[1:]) for values, removed in removals)
    return chain(
        _lines(("schema",), [(SCHEMA,)]),
        _lines(columns, entries),
        _lines(("uid", "removed", *columns[1:]), gone),
        _lines(MARK_KEYS, marks),
    )


def _lines(keys: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    line = "{" + ", ".join(f'"{key}": %s' for key in keys) + "}\n"
    encoders = [_ENCODERS.get(key, _text) for key in keys]
    return (line % tuple(map(call, encoders, row)) for row in rows)


_encoded = json.JSONEncoder(ensure_ascii=False).encode


def _text(text: str | bytes | None) -> str:
    if isinstance(text, bytes):
        text = text.decode(errors="replace")
    return "null" if text is None else _encoded(text)


def _flag(value: Any) -> str:
    return _text(value) if isinstance(value, str | bytes) else "true" if value else "false"


@lru_cache(maxsize=4096)
def _number(value: float | str | bytes | None) -> str:
    if isinstance(value, str | bytes) or value is None:
        return _text(value)
    return repr(value) if isfinite(value) else _text(repr(value))


def _working(text: Any) -> str:
    try:
        return _respaced(text) if len(text) < _SHORT else _encoded(json.loads(text))
    except (ValueError, TypeError, RecursionError):
        return _text(text)


@lru_cache(maxsize=1024)
def _respaced(text: str) -> str:
    return _encoded(json.loads(text))


_ENCODERS: Final[Mapping[str, Callable[[Any], str]]] = {
    "supplement": _flag,
    "working": _working,
    **dict.fromkeys(("amount", "grams", "every_days", *FIGURES), _number),
}
