"""The settings there are, a row each: what each means, which values it takes, what reads it."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import time
from types import NoneType
from typing import Any, Final, Generic, Self, TypeVar, overload

from k2log.errors import DiaryError, UnreadableError
from k2log.grammar.days import time as read_time
from k2log.text import shown

T = TypeVar("T")

INFORMAL_K2_UG: Final = 90.0
"""The lowest daily figure for K2 that popular articles quote; no authority set it."""

MEASURES: Final = ("us", "metric", "uk")
REGIONS: Final = ("us", "uk", "eu", "jp")
"""The systems of measures; ``grammar.units`` has what each measure holds in them."""

LANGUAGES: Final = {
    "en": "English", "de": "German", "fr": "French", "nl": "Dutch", "es": "Spanish",
    "it": "Italian", "ja": "Japanese",
}  # fmt: skip
"""The languages whose words for foods are known, by their codes."""

DOCUMENTS: Final = {
    "profile": "the profile",
    "routines": "the routines",
    "hidden-caveats": "which remarks are hidden",
    "shown-notes": "which notes were shown in reports",
    "own-measures": "your measures of foods",
}
"""What is stored among the settings as JSON, by commands of its own; each as history names it."""


class Setting(Generic[T]):
    """A row of ``Settings``, and the attribute there that reads it: ``diary.settings.region``.

    ``takes`` and ``default`` are words for people; ``choices`` are all values, where they are few.
    ``read`` turns what is typed into the text to store, or raises UnreadableError. ``value`` turns
    the stored text into what the program works with; of None, where nothing is stored, it makes
    the default. A setting with a ``food_word`` is a food that this word shall mean: it is kept
    among the names of one's own, not among the settings.
    """

    def __init__(  # a dataclass would cost each start 2 ms
        self,
        name: str,
        meaning: str,
        takes: str,
        default: str,
        example: str,
        read: Callable[[str], str],
        value: Callable[[str | None], T],
        choices: Sequence[str] = (),
        food_word: str = "",
    ) -> None:
        """Take what the row says."""
        self.name, self.meaning, self.takes, self.default = name, meaning, takes, default
        self.example, self.choices, self.food_word = example, choices, food_word
        self.read, self.value = read, value

    @overload
    def __get__(self, settings: None, owner: type) -> Self: ...
    @overload
    def __get__(self, settings: "Settings", owner: type) -> T: ...
    def __get__(self, settings: "Settings | None", owner: type) -> Self | T:
        """Return the value that a diary's settings give; of the class, the row itself.

        Raises WrongSettingError where what is stored is no value of it.
        """
        if settings is None:
            return self
        stored = settings.stored.get(self.name)
        if stored is not None and not self.reads(stored):
            raise WrongSettingError(self.name, stored)
        return self.value(stored)

    def reads(self, stored: object) -> bool:
        """Whether a text that is stored is a value of this setting."""
        if not isinstance(stored, str):
            return False
        try:
            self.read(stored)
        except (UnreadableError, AttributeError):
            return False
        return True


class UnknownSettingError(UnreadableError):
    """A setting that does not exist."""

    def __init__(self, name: str) -> None:
        """Take the name as typed; list those there are."""
        super().__init__(f'no setting "{shown(name)}". There are: {", ".join(SETTINGS)}')


class WrongSettingError(DiaryError):
    """A setting that the diary holds and nobody can read."""

    def __init__(self, name: str, stored: object) -> None:
        """Take its name and what is stored."""
        way = f"k2log config unset {name}" if name in SETTINGS else "k2log doctor --fix"
        super().__init__(
            f"{DOCUMENTS.get(name, f'the setting {name}')} cannot be read:"
            f" {shown(str(stored))}. Another program wrote it. To mend it: {way}"
        )


class NoValueError(UnreadableError):
    """A setting without a value to give it."""

    def __init__(self, setting: Setting[Any]) -> None:
        """Take the setting; say what it takes."""
        super().__init__(
            f"{setting.name} takes {setting.takes}."
            f" For example: k2log config set {setting.name} {setting.example}"
        )


def _one_of(
    name: str,
    meaning: str,
    choices: Sequence[str],
    default: str,
    what: str,
    value: Callable[[str | None], T],
    remark: str = "",
    example: str = "",
) -> Setting[T]:
    """Return a setting that takes one of a few words; else the last is its example.

    ``what`` and ``remark`` word the refusal of another: "mars" is no region: us, uk or eu (...).
    """
    takes = f"{', '.join(choices[:-1])} or {choices[-1]}"

    def read(text: str) -> str:
        word = text.strip().lower()
        if word not in choices:
            raise UnreadableError(f'"{shown(text)}" is no {what}: {takes}{remark}')
        return word

    return Setting(name, meaning, takes, default, example or choices[-1], read, value, choices)


def _day_starts(text: str) -> str:
    value = read_time(text)
    if value.hour >= 12:
        raise UnreadableError(f'"{shown(text)}" is too late: a day begins before noon')
    return value.isoformat("minutes")


def _informal_k2(text: str) -> str:
    from k2log.grammar.numbers import number, written  # noqa: PLC0415 - read here alone

    value = text.strip().lower()
    if value == "off":
        return value
    micrograms = number(value.removesuffix("mcg").removesuffix("µg").removesuffix("ug"))
    if not 1 <= micrograms <= 1000:
        raise UnreadableError(f'"{shown(text)}" is no daily figure for K2: 1 to 1000 µg, or off')
    return written(micrograms)


def _informal_k2_ug(stored: str | None) -> float | None:
    return None if stored == "off" else float(stored or INFORMAL_K2_UG)


class Settings:
    """The settings of one diary, as values: ``diary.settings.region``; its rows are all there are.

    A row that is added here is listed, explained, completed and checked by ``k2log config``.
    """

    def __init__(self, stored: Mapping[str, str]) -> None:
        """Take the texts that the diary holds, by their keys."""
        self.stored = stored

    region = _one_of(
        "region",
        "whose milk, bread and the like are meant",
        REGIONS,
        "us, assumed",
        "region",
        lambda stored: stored,
        " (uk and jp use eu figures)",
    )
    measures = _one_of(
        "measures",
        "whose cup, spoon, fluid ounce and pint are meant",
        MEASURES,
        "us; uk where the region is uk",
        "system of measures",
        lambda stored: stored or "us",
        example="metric",
    )
    language = _one_of(
        "language",
        "whose words for foods and measures are meant, besides English",
        (*LANGUAGES,),
        "all, where a word means one food",
        "language that k2log knows",
        lambda stored: stored,
        example="de",
    )
    default_milk = Setting(
        "default-milk",
        "the food that milk means: a name of your own for it",
        "a food",
        "whole milk of your region",
        "skimmed milk",
        str.strip,
        lambda stored: stored,
        food_word="milk",
    )
    day_starts = Setting(
        "day-starts",
        "when a diary day begins; no entry moves",
        "a time before noon",
        "00:00",
        "04:00",
        _day_starts,
        lambda stored: time.fromisoformat(stored or "00:00"),
    )
    colour = _one_of(
        "colour",
        "colour on a terminal, never in a pipe; auto heeds NO_COLOR and TERM",
        ("auto", "always", "never"),
        "auto",
        "way to colour",
        lambda stored: stored or "auto",
    )
    informal_k2_ug = Setting(
        "informal-k2",
        "K2 in µg a day, as articles quote it, below which reports may remark",
        "a figure or off",
        f"{INFORMAL_K2_UG:.0f}, informal",
        "off",
        _informal_k2,
        _informal_k2_ug,
    )

    @property
    def system(self) -> str:
        """Whose cup, spoon, fluid ounce and pint are meant: as set, else those of the region."""
        return "uk" if "measures" not in self.stored and self.region == "uk" else self.measures

    def readable(self) -> "Settings":
        """Return the settings without those that cannot be read."""
        return Settings({name: text for name, text in self.stored.items() if _readable(name, text)})

    def read(self, name: str, reader: Callable[[Any], T]) -> T:
        """Return one of ``DOCUMENTS`` as a reader gives it, which takes None for none.

        The reader raises ValueError for what it cannot read. Raises WrongSettingError.
        """
        if name not in DOCUMENTS:
            raise KeyError(name)
        stored = self.stored.get(name, "null")
        try:
            return reader(json.loads(stored))
        except (ValueError, TypeError, RecursionError):
            raise WrongSettingError(name, stored) from None

    def stated(self, part: str, reader: Callable[[Any], T]) -> T:
        """Return one part of the stored profile as a reader gives it, the rest unread.

        For daily commands, which do without the rest where they can. The reader takes None where
        nothing was stated, and raises ValueError or TypeError. Raises WrongSettingError.
        """

        def part_of(document: Any) -> T:
            if not isinstance(document, dict | NoneType):
                raise TypeError(document)
            return reader((document or {}).get(part))

        return self.read("profile", part_of)


SETTINGS: Final = {row.name: row for row in vars(Settings).values() if isinstance(row, Setting)}


def _readable(name: str, stored: object) -> bool:
    return name not in SETTINGS or SETTINGS[name].reads(stored)


def setting(name: str) -> Setting[Any]:
    """Return a setting by its name. Raises UnknownSettingError."""
    if name not in SETTINGS:
        raise UnknownSettingError(name)
    return SETTINGS[name]
