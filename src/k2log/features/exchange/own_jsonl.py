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
from functools import lru_cache
from itertools import chain
from math import isfinite
from operator import call
from typing import Any, Final

from k2log.diary.entry import COLUMNS, FIGURES
from k2log.errors import UnreadableError
from k2log.features.exchange.cells import json_value
from k2log.features.exchange.incoming import Mark, Moment, Remark, Row
from k2log.features.exchange.rows import mark, row, unknown_names
from k2log.text import shown

SCHEMA: Final = "k2log.diary/1"
_SHORT: Final = 1_000
_ENTRY_KEYS = (*COLUMNS, "removed")
_MARK_KEYS = ("day", "mark", "changed")


def jsonl_lines(
    entries: Iterable[Sequence[Any]],
    removals: Iterable[tuple[Sequence[Any], str]],
    marks: Iterable[Mark],
) -> Iterator[str]:
    """Yield the lines of a file; of entries, the values for COLUMNS are given."""
    gone = ((values[0], removed, *values[1:]) for values, removed in removals)
    said = ((each.day.isoformat(), each.status, each.changed) for each in marks)
    return chain(
        _lines(("schema",), [(SCHEMA,)]),
        _lines(COLUMNS, entries),
        _lines(("uid", "removed", *COLUMNS[1:]), gone),
        _lines(_MARK_KEYS, said),
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


def read_jsonl(lines: Iterable[str], moment: Moment) -> Iterator[Row | Mark | Remark]:
    """Yield entries and day marks, and remarks on bad lines. Raises UnreadableError."""
    numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    for count, (number, line) in enumerate(numbered):
        try:
            value = _value(line)
        except UnreadableError as error:
            if not count:
                raise UnreadableError(f"line {number}: {error}.") from None
            yield Remark(number, str(error))
            continue
        if not (count == 0 and _is_header(value)):
            yield _read(number, value, moment)


def _value(line: str) -> dict[str, Any]:
    value = json_value(line)
    if not isinstance(value, dict):
        raise UnreadableError(f'"{shown(line.strip())}" is not a JSON object')
    return value


def _is_header(value: Mapping[str, object]) -> bool:
    if "schema" in value and value["schema"] != SCHEMA:
        schema = shown(str(value["schema"]))
        raise UnreadableError(f'this k2log reads "{SCHEMA}", the file is "{schema}".')
    return "schema" in value


def _read(line: int, value: Mapping[str, object], moment: Moment) -> Row | Mark | Remark:
    is_mark = "mark" in value
    if unknown := unknown_names(value, _MARK_KEYS if is_mark else _ENTRY_KEYS):
        return Remark(line, f"unknown keys: {unknown}")
    return mark(line, value, moment) if is_mark else row(line, value, moment)
