"""One value of a row: a text from CSV, or a value from JSON, checked. All raise UnreadableError.

A number is finite, from 0 to 1e9, with a decimal point. A day is ``2026-11-21``. A moment is UTC,
``2026-11-21T11:00:00Z``; a time of eating is local with its offset, ``2026-11-21T08:30+01:00``.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final, NoReturn

from k2log.amounts import DECIMALS
from k2log.diary.uid import is_uid
from k2log.errors import UnreadableError
from k2log.features.exchange.incoming import Moment
from k2log.grammar.days import FIRST_YEAR
from k2log.text import LIMIT, clean, shown

LARGEST: Final = 1e9
LONGEST_INTERVAL: Final = 366
_LONGEST_WORKING: Final = 50_000
_NUMBER = re.compile(r"\+?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_WHOLE = re.compile(r"[0-9]{1,3}")
_ROUNDED = re.compile(rf"[0-9]{{1,9}}(?:\.[0-9]{{1,{DECIMALS}}})?")
_LINE_ENDS = re.compile(r"[\r\n]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UTC = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_LOCAL = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?"
    r"[+-][0-9]{2}:[0-9]{2}(:[0-9]{2})?"
)
_ASCII = json.JSONEncoder(allow_nan=False)
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_cleaned = lru_cache(2048)(clean)  # foods, meals and sources come again and again


def _refuse(name: str, value: object, why: str) -> NoReturn:
    raise UnreadableError(f'{name} "{shown(str(value))}" {why}')


def text(value: object, name: str) -> str:
    """Return text that is safe to show, in one line."""
    if not isinstance(value, str):
        _refuse(name, value, "is not text")
    return _cleaned(value if value.isprintable() else _LINE_ENDS.sub(" ", value), name)


def figure(value: object, name: str) -> float:
    """Return a number from 0 to 1e9, rounded as all stored figures are."""
    if isinstance(value, float) and 0 <= value <= LARGEST:
        return round(value, DECIMALS) + 0.0
    if isinstance(value, str) and _ROUNDED.fullmatch(value):
        return float(value)
    return round(number(value, name), DECIMALS)


def number(value: object, name: str) -> float:
    """Return a finite number from 0 to 1e9."""
    if isinstance(value, str):
        if not _NUMBER.fullmatch(value):
            _refuse(name, value, _wrong_number(value))
        value = float(value)
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        _refuse(name, value, "is not a number")
    if not 0 <= value <= LARGEST:
        _refuse(name, value, "is negative" if value < 0 else "is more than 1e9")
    return float(value) + 0.0


def _wrong_number(value: str) -> str:
    if re.fullmatch(r"[0-9]+,[0-9]+", value):
        return f"has a comma: write {value.replace(',', '.')} or {value.replace(',', '')}"
    negative = value[:1] == "-" and _NUMBER.fullmatch(value[1:])
    return "is negative" if negative else "is not a number"


def whole_days(value: object, name: str) -> int:
    """Return an interval of 1 to 366 days."""
    digits = str(value)
    if isinstance(value, bool) or not _WHOLE.fullmatch(digits):
        _refuse(name, value, f"is not a number of days from 1 to {LONGEST_INTERVAL}")
    if not 1 <= int(digits) <= LONGEST_INTERVAL:
        _refuse(name, value, f"is not from 1 to {LONGEST_INTERVAL}")
    return int(digits)


def yes_or_no(value: object, name: str) -> bool:
    """Return what 0 or 1, in JSON also false or true, says."""
    said = str(value).casefold()
    if said not in ("0", "1", "false", "true"):
        _refuse(name, value, "is neither 0 nor 1")
    return said in ("1", "true")


def uid(value: object, name: str) -> str:
    """Return a uid: 1 to 100 characters, ASCII without spaces."""
    if not isinstance(value, str) or not is_uid(value):
        _refuse(name, value, "is not 1 to 100 letters, digits or signs without spaces")
    return value


def past_day(value: object, name: str, moment: Moment) -> date:
    """Return a day from 1900 to today."""
    found = _read(_DAY, value, name, "is not a day like 2026-11-21").date()
    if found > moment.today:
        _refuse(name, value, f"is yet to come: today is {moment.today}")
    if found.year < FIRST_YEAR:
        _refuse(name, value, f"is before {FIRST_YEAR}")
    return found


def utc(value: object, name: str) -> str:
    """Return a moment in UTC."""
    _read(_UTC, value, name, "is not a moment like 2026-11-21T11:00:00Z")
    return str(value)


def time_of_eating(value: object, name: str, day: date, moment: Moment) -> str:
    """Return a local time with its offset, on the diary day or in the night after it."""
    found = _read(_LOCAL, value, name, "is not a local time like 2026-11-21T08:30+01:00")
    if found.date() not in (day, day + timedelta(days=1)):
        _refuse(name, value, f"does not belong to {day}")
    if found > moment.now:
        _refuse(name, value, "is yet to come")
    return str(value)


def _read(pattern: re.Pattern[str], value: object, name: str, why: str) -> datetime:
    if not isinstance(value, str):
        _refuse(name, value, why)
    return _instant(pattern, value, name, why)


@lru_cache(2048)  # rows of one day follow each other
def _instant(pattern: re.Pattern[str], value: str, name: str, why: str) -> datetime:
    if not pattern.fullmatch(value):
        _refuse(name, value, why)
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        _refuse(name, value, why)


def working(value: object, name: str) -> str:
    """Return how figures came about as JSON text; given is a JSON object, as such or as text."""
    if isinstance(value, str) and len(value) <= LIMIT:
        return _kept_working(value, name)
    return _working(value, name)


def _working(value: object, name: str) -> str:
    found = json_value(value) if isinstance(value, str) else value
    if not isinstance(found, dict):
        _refuse(name, value, "is not a JSON object")
    if len(_written(found)) > _LONGEST_WORKING:
        raise UnreadableError(f"{name} is longer than {_LONGEST_WORKING} characters")
    for held in filter(str.strip, _strings(found)):
        (_cleaned if len(held) <= LIMIT else clean)(held, name, _LONGEST_WORKING)
    return _COMPACT.encode(found)


_kept_working = lru_cache(512)(_working)


def _written(value: object) -> str:
    try:
        return _ASCII.encode(value)
    except (ValueError, RecursionError):
        raise UnreadableError("working holds a number too large, or is nested too deep") from None


def json_value(written: str) -> Any:
    """Return the value of JSON text; it may not hold NaN or Infinity."""
    try:
        return json.loads(written, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise UnreadableError(f'"{shown(written.strip())}" is not JSON') from None


def _no_number(constant: str) -> NoReturn:
    raise ValueError(constant)


def _strings(value: object) -> Iterator[str]:
    waiting = [value]
    while waiting:
        held = waiting.pop()
        if isinstance(held, str):
            yield held
        elif isinstance(held, dict):
            waiting += [*held, *held.values()]
        elif isinstance(held, list):
            waiting += held
