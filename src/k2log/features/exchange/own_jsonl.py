"""k2log's own JSON Lines, read back; ``diary.jsonl`` says what they hold and writes them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from k2log.diary.entry import COLUMNS
from k2log.diary.jsonl import MARK_KEYS, SCHEMA
from k2log.errors import UnreadableError
from k2log.features.exchange.cells import json_value
from k2log.features.exchange.incoming import MarkRow, Moment, Remark, Row
from k2log.features.exchange.rows import mark, row, unknown_names
from k2log.text import shown

_ENTRY_KEYS: Final = (*COLUMNS, "removed")


def read_jsonl(lines: Iterable[str], moment: Moment) -> Iterator[Row | MarkRow | Remark]:
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


def _read(line: int, value: Mapping[str, object], moment: Moment) -> Row | MarkRow | Remark:
    is_mark = "mark" in value
    if unknown := unknown_names(value, MARK_KEYS if is_mark else _ENTRY_KEYS):
        return Remark(line, f"unknown keys: {unknown}")
    return mark(line, value, moment) if is_mark else row(line, value, moment)
