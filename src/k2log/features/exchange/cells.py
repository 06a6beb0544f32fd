"""One value of a row, checked. All raise UnreadableError.

k2log's own files, a text from CSV or a value from JSON: a number is finite, from 0 to 1e9, with a
decimal point. A day is ``2026-11-21``. A moment is UTC, ``2026-11-21T11:00:00Z``; a time of eating
is local with its offset, ``2026-11-21T08:30+01:00``.

Tables of other programs: days may also be 21/11/2026 or 11/21/2026, and which of the two it is the
whole file must show, or the user say. Figures may have groups of thousands and a decimal comma.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final, NoReturn

from k2log.amounts import DECIMALS
from k2log.diary.uid import is_uid
from k2log.errors import UnreadableError
from k2log.grammar.days import FIRST_YEAR
from k2log.grammar.numbers import leading
from k2log.grammar.units import GRAMS, unit
from k2log.named_tuple import NamedTuple
from k2log.text import LIMIT, clean, shown

LARGEST: Final = 1e9
LONGEST_INTERVAL: Final = 366
_LAST_YEAR: Final = 8999
_LONGEST_WORKING: Final = 50_000
_NUMBER: Final = re.compile(r"\+?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_WHOLE: Final = re.compile(r"[0-9]{1,3}")
_ROUNDED: Final = re.compile(rf"[0-9]{{1,9}}(?:\.[0-9]{{1,{DECIMALS}}})?")
_LINE_ENDS: Final = re.compile(r"[\r\n]+")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UTC: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_LOCAL: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?"
    r"[+-][0-9]{2}:[0-9]{2}(:[0-9]{2})?"
)
_ASCII: Final = json.JSONEncoder(allow_nan=False)
_COMPACT: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_cleaned = lru_cache(2048)(clean)  # foods, meals and sources come again and again


class Moment(NamedTuple):
    """When a file is read: the diary's today, and now.

    Nothing in a file may be later, unless it is k2log's own, ``ahead`` of this clock: what another
    clock or time zone wrote was true there. ``local`` gives a time the offset that this place has
    on its day, and puts a moment with another offset into the time of this place.
    """

    today: date
    now: datetime
    local: Callable[[datetime], datetime]
    ahead: bool = False


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
            if re.fullmatch(r"[0-9]+,[0-9]+", value):
                as_decimal, as_whole = value.replace(",", "."), value.replace(",", "")
                _refuse(name, value, f"has a comma: write {as_decimal} or {as_whole}")
            negative = value[:1] == "-" and _NUMBER.fullmatch(value[1:])
            _refuse(name, value, "is negative" if negative else "is not a number")
        value = float(value)
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        _refuse(name, value, "is not a number")
    if not 0 <= value <= LARGEST:
        _refuse(name, value, "is negative" if value < 0 else "is more than 1e9")
    return float(value) + 0.0


def is_iso_day(text: str) -> bool:
    """Whether a day is written as k2log writes it."""
    return bool(_DAY.fullmatch(text))


def is_local_time(text: str) -> bool:
    """Whether a time of eating is written as k2log writes it."""
    return bool(_LOCAL.fullmatch(text))


def is_number(text: str) -> bool:
    """Whether a number is written as k2log writes it."""
    return bool(_NUMBER.fullmatch(text))


def whole_days(value: object, name: str) -> int:
    """Return an interval of 1 to 366 days."""
    digits = str(value)
    if isinstance(value, bool) or not _WHOLE.fullmatch(digits):
        _refuse(name, value, f"is not a number of days from 1 to {LONGEST_INTERVAL}")
    if not 1 <= int(digits) <= LONGEST_INTERVAL:
        _refuse(name, value, f"is not from 1 to {LONGEST_INTERVAL}")
    return int(digits)


YES_OR_NO: Final = {"yes": "1", "y": "1", "x": "1", "no": "0", "n": "0"}
"""What people type for 1 and 0."""


def yes_or_no(value: object, name: str) -> bool:
    """Return what 0 or 1 says; in JSON also false or true."""
    word = str(value).casefold()
    if word not in ("0", "1", "false", "true"):
        _refuse(name, value, "is neither 0 nor 1")
    return word in ("1", "true")


def uid(value: object, name: str) -> str:
    """Return a uid: 1 to 100 characters, ASCII without spaces."""
    if not isinstance(value, str) or not is_uid(value):
        _refuse(name, value, "is not 1 to 100 letters, digits or signs without spaces")
    return value


def past_day(value: object, name: str, moment: Moment) -> date:
    """Return a day from 1900 to today, or later where the moment allows it."""
    day = _instant(_DAY, value, name, "is not a day like 2026-11-21").date()
    if day > moment.today and not moment.ahead:
        _refuse(name, value, f"is yet to come: today is {moment.today}")
    return _possible(day, value, name)


def _possible(day: date, value: object, name: str) -> date:
    if day.year < FIRST_YEAR:
        _refuse(name, value, f"is before {FIRST_YEAR}")
    if day.year > _LAST_YEAR:
        _refuse(name, value, f"is after {_LAST_YEAR}")
    return day


def utc(value: object, name: str) -> str:
    """Return a moment in UTC."""
    _instant(_UTC, value, name, "is not a moment like 2026-11-21T11:00:00Z")
    return str(value)


def time_of_eating(value: object, name: str, day: date, moment: Moment) -> str:
    """Return a local time with its offset, on the diary day or in the night after it."""
    at = _instant(_LOCAL, value, name, "is not a local time like 2026-11-21T08:30+01:00")
    if at.date() not in (day, day + timedelta(days=1)):
        _refuse(name, value, f"does not belong to {day}")
    if at > moment.now and not moment.ahead:
        _refuse(name, value, "is yet to come")
    return str(value)


def _instant(pattern: re.Pattern[str], value: object, name: str, why: str) -> datetime:
    if not isinstance(value, str):
        _refuse(name, value, why)
    return _parsed(pattern, value, name, why)


@lru_cache(2048)  # rows of one day follow each other
def _parsed(pattern: re.Pattern[str], value: str, name: str, why: str) -> datetime:
    if not pattern.fullmatch(value):
        _refuse(name, value, why)
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        _refuse(name, value, why)


def working(value: object, name: str) -> str:
    """Return how figures came about as JSON text; given is a JSON object, as such or as text."""
    if isinstance(value, str) and len(value) <= LIMIT:
        return _remembered_working(value, name)
    return _working(value, name)


def _working(value: object, name: str) -> str:
    document = json_value(value) if isinstance(value, str) else value
    if not isinstance(document, dict):
        _refuse(name, value, "is not a JSON object")
    try:
        length = len(_ASCII.encode(document))
    except (ValueError, RecursionError):
        raise UnreadableError("working holds a number too large, or is nested too deep") from None
    if length > _LONGEST_WORKING:
        raise UnreadableError(f"{name} is longer than {_LONGEST_WORKING} characters")
    for part in filter(str.strip, _strings(document)):
        (_cleaned if len(part) <= LIMIT else clean)(part, name, _LONGEST_WORKING)
    return _COMPACT.encode(document)


_remembered_working = lru_cache(512)(_working)


def json_value(written: str) -> Any:
    """Return the value of JSON text; it may not hold NaN or Infinity."""

    def refuse_constant(constant: str) -> NoReturn:
        raise ValueError(constant)

    try:
        return json.loads(written, parse_constant=refuse_constant)
    except (ValueError, RecursionError):
        raise UnreadableError(f'"{shown(written.strip())}" is not JSON') from None


def _strings(document: object) -> Iterator[str]:
    """Yield all texts in a JSON value, the keys included."""
    waiting = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value


_TIME_BEHIND: Final = re.compile(
    r"(.*?[0-9])[T ,]+([0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?: ?[AaPp]\.?[Mm]\.?)?)"
    r"(?: ?(?:[Zz]|[+-][0-9]{2}:?[0-9]{2}))?"
)
_OFFSET: Final = r"(?:[Zz]|[+-](?:0[0-9]|1[0-4]):?[0-5][0-9])"
_OFFSET_BEHIND: Final = re.compile(rf":[0-9]{{2}}(?:\.[0-9]+)? ?({_OFFSET})")
_NAMED: Final = re.compile(r"([0-9]{1,2})[-. ]+([^\W\d_]{3,})[-., ]+([0-9]{4}|[0-9]{2})")
_NAMED_FIRST: Final = re.compile(r"([^\W\d_]{3,})[. ]+([0-9]{1,2}),? +([0-9]{4})")
_WEEKDAY: Final = re.compile(r"[^\W\d_]{2,}[.,]+ +")
_SERIAL: Final = re.compile(r"[2-6][0-9]{4}(?:\.0*)?")
_FIRST_SERIAL: Final = date(1899, 12, 30)
_MONTHS: Final = (
    "jan janv ene gen", "feb fev fév févr", "mar mär mrz maa mrt mars", "apr avr abr",
    "may mai mei mag maj", "jun juin giu", "jul juil lug", "aug aoû aout ago", "sep set",
    "oct okt ott", "nov", "dec dez déc dic",
)  # fmt: skip


def day_and_time(text: str) -> tuple[str, str]:
    """Return the day and the time of day that a cell holds together; no time is empty.

    Midnight is none: so spreadsheets write a day.
    """
    match = _TIME_BEHIND.fullmatch(text)
    if match is None:
        return text, ""
    at = match[2]
    return match[1].rstrip(","), "" if re.fullmatch(r"0?0:00(:00(\.0+)?)?", at) else at


def written_offset(text: str) -> str:
    """Return the UTC offset behind the time in a cell, such as ``+01:00`` or Z; empty for none."""
    match = _OFFSET_BEHIND.search(text)
    return match[1] if match and match.end() == len(text) else ""


def _month(name: str) -> int:
    """Return the month that a name or its beginning means, in six languages; 0 for none."""
    word = name.lower()
    for number, names in enumerate(_MONTHS, 1):
        if any(word.startswith(each) for each in names.split()):
            return number
    return 0


def _named_day(text: str) -> date | None:
    """Return a day with its month by name, or as the number that Excel keeps."""
    text = _WEEKDAY.sub("", text, count=1) if text[:1].isalpha() else text
    if _SERIAL.fullmatch(text):
        return _FIRST_SERIAL + timedelta(days=int(float(text)))
    if match := _NAMED.fullmatch(text):
        day, name, year = match[1], match[2], match[3]
    elif match := _NAMED_FIRST.fullmatch(text):
        name, day, year = match[1], match[2], match[3]
    else:
        return None
    try:
        return date(int(_whole_year(year)), _month(name), int(day))
    except ValueError:
        return None


def _whole_year(year: str) -> str:
    return f"20{year}" if len(year) == 2 else year


_YEAR_FIRST: Final = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_YEAR_LAST: Final = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
DAY_ORDERS: Final = {"dmy": "21/11/2026", "mdy": "11/21/2026"}
"""The orders of day and month, each with a day written so."""


class AmbiguousDaysError(UnreadableError):
    """Days of which none shows whether the day or the month comes first."""

    def __init__(self, example: str) -> None:
        """Take one of the days."""
        super().__init__(
            f'"{shown(example)}" can be read as day/month or as month/day, and no other day of the'
            " file tells which: add --date-order dmy or --date-order mdy."
        )


def day_order(days: Iterable[str]) -> str | None:
    """Return "dmy" or "mdy", whichever the days allow; None if the first has its year first.

    Points between the numbers mean that the day comes first. Reading ends at the first day that
    tells. Raises AmbiguousDaysError.
    """
    example = ""
    for place, day in enumerate(days):
        day, _ = day_and_time(day)
        if not place and (_YEAR_FIRST.fullmatch(day) or _named_day(day)):
            return None
        match = _YEAR_LAST.fullmatch(day)
        first, second = (int(match[1]), int(match[3])) if match else (1, 1)
        if match and match[2] == ".":
            return "dmy"
        if max(first, second) > 12:
            return "dmy" if first > 12 else "mdy"
        if first != second:
            example = example or day
    if example:
        raise AmbiguousDaysError(example)
    return "dmy"


@lru_cache(512)  # rows of one day follow each other
def iso_day(text: str, order: str | None, name: str) -> str:
    """Return a possible day as 2026-11-21."""
    return _possible(_written_day(text, order, name), text, name).isoformat()


def _written_day(text: str, order: str | None, name: str) -> date:
    year = month = day = 0
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = int(match[1]), int(match[3]), int(match[4])
    elif order and (match := _YEAR_LAST.fullmatch(text)):
        first, second, year = int(match[1]), int(match[3]), int(_whole_year(match[4]))
        month, day = (second, first) if order == "dmy" else (first, second)
    elif named := _named_day(text):
        return named
    try:
        return date(year, month, day)
    except ValueError:
        like = f"{DAY_ORDERS[order]} or 2026-11-21" if order else "2026-11-21"
        raise UnreadableError(f'{name} "{shown(text)}" is not a day like {like}') from None


_UNKNOWN: Final = frozenset({"-", "--", "–", "—", "?", "n/a", "na"})
_PLAIN: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,15})?")
_COMMA_GROUPS: Final = re.compile(r"[0-9]{1,3}(?:(?:,[0-9]{3})+\.[0-9]+|(?:,[0-9]{3}){2,})")
_POINT_GROUPS: Final = re.compile(r"[0-9]{1,3}(?:(?:\.[0-9]{3})+,[0-9]+|(?:\.[0-9]{3}){2,})")
_DECIMAL_COMMA: Final = re.compile(r"[-+]?[0-9]*,[0-9]+")
_EITHER_WAY: Final = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")


def foreign_figure(text: str, name: str, *, decimal_comma: bool) -> float | None:
    """Return a number from 0 to 1e9; None where the cell says that there is none."""
    if _PLAIN.fullmatch(text) and not decimal_comma:
        return float(text)
    if text.lower() in _UNKNOWN:
        return None
    if _COMMA_GROUPS.fullmatch(text):
        return number(text.replace(",", ""), name)
    if not decimal_comma:
        return number(text, name)
    if _EITHER_WAY.fullmatch(text):
        whole, comma = text.replace(".", ""), text.replace(".", ",")
        raise UnreadableError(f'{name} "{text}" could be {whole} or {comma}: write one of them')
    if _POINT_GROUPS.fullmatch(text):
        text = text.replace(".", "")
    return number(text.replace(",", ".") if _DECIMAL_COMMA.fullmatch(text) else text, name)


_BELOW: Final = re.compile(r"[<≤] ?(.+)")
_WITH_UNIT: Final = re.compile(r"([0-9][0-9.,]*) ?([a-zµμ]{1,4})", re.IGNORECASE)
_TRACES: Final = frozenset(
    {"tr", "tr.", "trace", "traces", "spuren", "sp.", "spoor", "(tr)", "[tr]"}
)
MOST_OF_A_TRACE: Final = 0.5
"""What traces are at most, in the unit of the column; as Ciqual is read, too."""


class CellFigure(NamedTuple):
    """What a cell says: below a limit, a range from zero to it with the middle as best value.

    ``unit`` is the one that stands in the cell itself, empty where none does.
    """

    best: float
    low: float
    high: float
    unit: str = ""


def cell_figure(text: str, name: str, *, decimal_comma: bool) -> CellFigure | None:
    """Return what a cell says; None where it says that there is no figure."""
    if text.lower() in _TRACES:
        return CellFigure(MOST_OF_A_TRACE / 2, 0.0, MOST_OF_A_TRACE)
    below = _BELOW.fullmatch(text)
    plain = below[1] if below else text
    with_unit = _WITH_UNIT.fullmatch(plain)
    figure = foreign_figure(with_unit[1] if with_unit else plain, name, decimal_comma=decimal_comma)
    if figure is None:
        return None
    unit_text = with_unit[2] if with_unit else ""
    if below:
        return CellFigure(figure / 2, 0.0, figure, unit_text)
    return CellFigure(figure, figure, figure, unit_text)


def is_comma_decimal(cells: Iterable[str]) -> bool:
    """Whether the figures of a table have decimal commas: some must have, and none a point."""
    comma = False
    for cell in cells:
        if re.search(r"[0-9]\.[0-9]", cell):
            return False
        match = re.fullmatch(r"[<≤]? ?[0-9]+,([0-9]+)(?: ?[^\W\d]+)?", cell)
        comma = comma or bool(match and len(match[1]) != 3)
    return comma


_NEGATIVE: Final = re.compile(r"[-−–] ?[.,]?[0-9]")
_GRAMS: Final = re.compile(r"([1-9][0-9]{0,8}(?:\.[0-9]{1,2})?) g")  # as most are


class Serving(NamedTuple):
    """How much was eaten. ``text`` is what was written, where it could not be read."""

    amount: float | None = None
    measure: str | None = None
    grams: float | None = None
    text: str | None = None


@lru_cache(4096)  # servings come again and again
def serving(text: str) -> Serving:
    """Return what ``1.00 cup`` or ``30 g`` says; what cannot be read stays as it is written."""
    if plain := _GRAMS.fullmatch(text):
        return Serving(float(plain[1]), "g", float(plain[1]))
    words = " ".join(text.split())
    if _NEGATIVE.match(words):
        raise UnreadableError(f'"{shown(words)}" is negative')
    start = leading(words)
    if start is None or start[0].thousands is not None:
        return Serving(text=words or None)
    amount, rest = start[0].value, start[1]
    spelled = unit(rest)
    measure = spelled.name if spelled else rest
    grams = round(amount * GRAMS[measure], 6) if measure in ("g", "kg") else None
    return Serving(amount, measure or None, grams)


_CLOCK: Final = re.compile(
    r"([0-9]{1,2}):([0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?(?: ?([ap])\.?m\.?)?"
    rf"(?: ?{_OFFSET})?"
)


@lru_cache(2048)
def time_of_day(text: str, name: str) -> time:
    """Return the time of day that ``8:05 AM``, ``20:05:00`` or ``20:05+01:00`` is."""
    match = _CLOCK.fullmatch(" ".join(text.lower().split()))
    hour, minute = (int(match[1]), int(match[2])) if match else (99, 99)
    if match and match[3]:
        hour = hour % 12 + (12 if match[3] == "p" else 0) if 1 <= hour <= 12 else 99
    if hour > 23 or minute > 59:
        raise UnreadableError(f'{name} "{shown(text)}" is not a time like 08:05 or 8:05 PM')
    return time(hour, minute)


def clock_time(text: str, order: str | None, name: str) -> time | datetime:
    """Return the time of day that a cell holds; with its day, where that is in the cell, too."""
    match = _TIME_BEHIND.fullmatch(text)
    if match is None:
        return time_of_day(text, name)
    day = date.fromisoformat(iso_day(match[1].rstrip(","), order, name))
    return datetime.combine(day, time_of_day(match[2], name))


def moment_of_eating(day: str, at: time | datetime, offset: str, moment: Moment) -> datetime:
    """Return when something was eaten, with a UTC offset.

    That is the one that is written; else, as for a time in UTC (Z), the one of this place.
    """
    naive = at if isinstance(at, datetime) else datetime.fromisoformat(f"{day}T{at}")
    if not offset:
        return moment.local(naive)
    if offset in "Zz":
        return moment.local(naive.replace(tzinfo=UTC))
    return datetime.fromisoformat(f"{naive.isoformat()}{offset}")
