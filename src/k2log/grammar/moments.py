"""When something was eaten, as it stands around items: ``yesterday: ``, ``at 8am``, ``lunch: ``.

What stands before a colon is a heading: a day, a time, a meal, or several of them. Without a colon
only these are read, so that no word of a food is ever taken for a day or a time:

- in front: a date like ``2026-11-19``, ``today`` and ``yesterday``; a time like ``08:30``, ``8am``
  or ``20h``, and any day in front of one; a weekday in front of an amount or a routine;
- behind: ``yesterday`` and ``today``, a weekday or date (``on monday``, ``on 19 nov``), a time
  after ``at``, a meal after ``for``.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, time
from typing import Final

from k2log.errors import UnreadableError
from k2log.grammar.days import WEEKDAYS, NotADayError, day, time_of_day
from k2log.grammar.items import ROUTINE_SIGN, is_only_amount
from k2log.grammar.numbers import leading
from k2log.named_tuple import NamedTuple
from k2log.text import shown

USUAL_MEALS: Final = ("breakfast", "lunch", "dinner", "snack")
"""The meals that are offered where none was named yet."""

MEALS: Final = frozenset(
    """
    brunch supper tea snacks elevenses dessert pudding starter main
    mains drinks drink supplements pills vitamins morning afternoon evening night brekkie brekky
    """.split()  # noqa: SIM905 - a list of 21 words
) | {
    *USUAL_MEALS,
    "late night", "late night snack", "midnight snack", "morning snack", "afternoon snack",
    "evening snack", "bedtime snack", "afternoon tea", "mid-morning", "mid morning",
    "mid-afternoon", "mid afternoon", "early morning", "first breakfast", "second breakfast",
    "main course", "side dish", "sunday roast", "roast dinner", "sunday lunch", "school lunch",
    "packed lunch", "pre workout", "post workout", "before bed", "bedtime", "in between",
    "frühstück", "mittagessen", "abendessen", "abendbrot", "petit-déjeuner", "petit déjeuner",
    "déjeuner", "dîner", "goûter", "ontbijt", "middageten", "avondeten", "desayuno", "almuerzo",
    "comida", "cena", "merienda", "colazione", "pranzo", "朝食", "昼食", "夕食", "朝", "昼", "夜",
}  # fmt: skip
"""What a meal may be called where it stands before a colon, or alone on a line."""

_FOODS_TOO: Final = frozenset({"tea", "pudding", "dessert", "snack", "snacks", "drink", "drinks"})
"""Meals that are foods as well: alone on a line they need a colon."""

_HALF = r"(?:am|pm|a\.m\.|p\.m\.)"
_TIME: Final = re.compile(
    rf"\d{{1,2}}:\d\d(?: ?{_HALF})?|\d{{1,2}}(?:\.\d\d)? ?{_HALF}|\d{{1,2}}h(?:\d\d)?",
    re.IGNORECASE,
)
_NAMED_TIMES: Final = frozenset({"noon", "midday", "midnight", "now"})
_CERTAIN_DAY: Final = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|today|yesterday|tomorrow", re.IGNORECASE)
_THIS: Final = frozenset({"this morning", "this afternoon", "this evening", "tonight"})
_MOST_WORDS: Final = 5
_MOST_HEADING: Final = 8


class Moment(NamedTuple):
    """A day, a time and a meal, each None where nothing says it."""

    day: date | None = None
    at: time | None = None
    meal: str | None = None

    def over(self, other: "Moment") -> "Moment":
        """Return this moment, and what the other says where this one does not."""
        day = self.day if self.day is not None else other.day
        at = self.at if self.at is not None else other.at
        return Moment(day, at, self.meal if self.meal is not None else other.meal)


class Reader:
    """Reads moments as they are meant today."""

    def __init__(self, now: datetime, today: date) -> None:
        """Take the moment that ``now`` names and the diary day that it is."""
        self.now = now
        self.today = today

    def around(self, words: Sequence[str]) -> tuple[Moment, int, int]:
        """Return when the items among words were eaten, and where they begin and end.

        Raises UnreadableError for a heading, or a day or time, that cannot be read.
        """
        colon = next((i for i, word in enumerate(words) if word.endswith(":")), None)
        if colon is not None:
            heading = [*words[:colon], words[colon][:-1]]
            if is_only_amount(" ".join(words[colon + 1 :])) and self._several(heading) is None:
                return Moment(), 0, len(words)  # gouda: 30g
            return self.heading(" ".join(heading).strip()), colon + 1, len(words)
        if (dash := _dash(words)) and (moment := self._several(words[:dash])):
            return moment, dash + 1, len(words)
        moment, start = self._in_front(words)
        end = len(words)
        while end - start > 1:
            behind, size = self._behind(words[start:end])
            if not size:
                break
            moment, end = moment.over(behind), end - size
        return moment, start, end

    def heading(self, text: str) -> Moment:
        """Return what stands before a colon, or alone on a line. Raises UnreadableError."""
        if not text:
            raise UnreadableError("a colon without a day, a time or a meal before it")
        words = text.split()
        moment = self._several(words)
        if moment is not None:
            return moment
        for size in range(len(words), 0, -1):  # say what is wrong with a day or time
            try:
                day(" ".join(words[:size]), self.today)
            except NotADayError:
                continue
        if _TIME.fullmatch(words[-1]):
            time_of_day(words[-1], self.now)
        *meals, last = USUAL_MEALS
        raise UnreadableError(
            f'"{shown(text)}" is not a day, time or meal: write yesterday, mon, 2026-11-19, 8am,'
            f" {', '.join(meals)} or {last} before the colon"
        )

    def alone(self, text: str) -> Moment | None:
        """Return the moment that a whole line is, if it is nothing else: Friday, 19 nov, Lunch."""
        words = text.split()
        if not words or len(words) > _MOST_HEADING or text.lower() in _FOODS_TOO:
            return None
        return self._several(words)

    def _several(self, words: Sequence[str]) -> Moment | None:
        """Return the days, times and meals that words are, each at most once."""
        if not words:
            return Moment()
        if len(words) > _MOST_HEADING:
            return None
        for size in range(min(_MOST_WORDS, len(words)), 0, -1):
            one = self._one(" ".join(words[:size]).strip(","))
            if one is None:
                continue
            rest = self._several(words[size:])
            if rest is not None and one.over(rest) == rest.over(one):  # none twice
                return one.over(rest)
        return None

    def _one(self, text: str) -> Moment | None:
        """Return the one day, time or meal that a text is."""
        lower = text.lower()
        if lower in MEALS:
            return Moment(meal=lower)
        if _TIME.fullmatch(text) or lower in _NAMED_TIMES:
            with suppress(UnreadableError):
                return Moment(at=time_of_day(text, self.now))
            return None
        on = self._day(text)
        return Moment(day=on) if on else None

    def _day(self, text: str) -> date | None:
        with suppress(UnreadableError):
            return day(text, self.today)
        return None

    def _in_front(self, words: Sequence[str]) -> tuple[Moment, int]:
        """Return what certainly says when in front of items, and where these begin."""
        moment, start = Moment(), 0
        if _CERTAIN_DAY.fullmatch(words[0]):
            moment, start = Moment(day=day(words[0], self.today)), 1
        else:
            for size in range(min(4, len(words) - 1)):
                before, on = " ".join(words[:size]), None
                if not self._time_at(words, size):
                    continue
                if size and (on := self._day(before)) is None:
                    break
                moment, start = Moment(day=on), size
                break
        if size := self._time_at(words, start):
            at = time_of_day(" ".join(words[start : start + size]), self.now)
            return moment._replace(at=at), start + size
        if start or len(words) < 2:
            return moment, start
        weekday = self._day(words[0]) if words[0].rstrip(".").isalpha() else None
        rest = " ".join(words[1:])
        if weekday and (rest.startswith(ROUTINE_SIGN) or leading(rest)):
            return Moment(day=weekday), 1
        return moment, 0

    def _time_at(self, words: Sequence[str], at: int) -> int:
        """Return how many words from one on are a time: ``8:30 pm`` two, ``8am`` one, else 0."""
        for size in (2, 1):
            if len(words) >= at + size and _TIME.fullmatch(" ".join(words[at : at + size])):
                return size
        return 0

    def _behind(self, words: Sequence[str]) -> tuple[Moment, int]:
        """Return what certainly says when behind items, and in how many words."""
        for size in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
            text = " ".join(words[-size:])
            first, _, rest = text.lower().partition(" ")
            if first == "for" and rest in MEALS:
                return Moment(meal=rest), size
            if first == "at" and rest and (moment := self._at(rest)):
                return moment, size
            if text.lower() in _THIS:
                return Moment(day=self.today), size
            named = rest if first in ("on", "last") and rest else ""
            certain = _CERTAIN_DAY.fullmatch(text) or text.lower() in WEEKDAYS
            if (named and self._day(named)) or certain:
                return Moment(day=day(named or text, self.today)), size
        return Moment(), 0

    def _at(self, text: str) -> Moment | None:
        """Return the time or meal after ``at``. Raises UnreadableError where it reads two ways."""
        if text in MEALS:
            return Moment(meal=text)
        if text.isdecimal() and 1 <= int(text) <= 12:
            raise UnreadableError(f'"at {text}" reads two ways: write {text}am or {text}pm')
        if _TIME.fullmatch(text) or text in _NAMED_TIMES:
            return Moment(at=time_of_day(text, self.now))
        return None

    def among(self, arguments: Sequence[str]) -> tuple[Moment, list[str]]:
        """Return when the items of a command line were eaten, and its arguments without that.

        Raises UnreadableError.
        """
        words = [(place, word) for place, text in enumerate(arguments) for word in text.split()]
        moment, start, end = self.around([word for _, word in words])
        kept: dict[int, list[str]] = {}
        for place, word in words[start:end]:
            kept.setdefault(place, []).append(word)
        return moment, [" ".join(kept[place]) for place in kept]


def _dash(words: Sequence[str]) -> int | None:
    """Return where a dash stands alone among the first words: breakfast - 2 eggs."""
    return next((i for i, word in enumerate(words[:5]) if i and word in ("-", "–", "—")), None)
