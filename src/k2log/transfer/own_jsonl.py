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
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from k2log.diary.entry import Entry
from k2log.diary.incoming import Mark, Moment, Remark, Row
from k2log.errors import UnreadableError
from k2log.grammar.text import shown
from k2log.transfer.cells import json_value
from k2log.transfer.rows import COLUMNS, FIELDS, mark, row, unknown_names

SCHEMA: Final = "k2log.diary/1"
_FIGURES = COLUMNS[len(FIELDS) :]
_ENTRY_KEYS = (*COLUMNS, "removed")
_MARK_KEYS = ("day", "mark", "changed")


def jsonl_lines(
    entries: Iterable[Entry], removals: Iterable[tuple[Entry, str]], marks: Iterable[Mark]
) -> Iterator[str]:
    """Yield the lines of a file."""
    yield _line({"schema": SCHEMA})
    for entry in entries:
        yield _line(_object(entry))
    for entry, removed in removals:
        yield _line({"uid": entry.uid, "removed": removed} | _object(entry))
    for marked in marks:
        yield _line(
            {"day": marked.day.isoformat(), "mark": marked.status, "changed": marked.changed}
        )


def _line(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def _object(entry: Entry) -> dict[str, object]:
    values: dict[str, object] = {field: getattr(entry, field) for field in FIELDS}
    values["day"] = entry.day.isoformat()
    figures = (value for amount in entry.nutrients.values() for value in amount[:3])
    return values | dict(zip(_FIGURES, figures, strict=True))


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
