"""The settings there are: what each means, and which values it takes."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from k2log.errors import UnreadableError
from k2log.grammar.days import time
from k2log.grammar.numbers import number, written
from k2log.grammar.units import SYSTEMS
from k2log.text import shown


class Setting(NamedTuple):
    """One setting: its name, what it decides, which values it takes, its default, how it is read.

    ``takes`` and ``default`` are words for people; ``choices`` are all values, where they are few.
    """

    name: str
    meaning: str
    takes: str
    default: str
    example: str
    read: Callable[[str], str]
    choices: Sequence[str] = ()


class UnknownSettingError(UnreadableError):
    """A setting that does not exist."""

    def __init__(self, name: str) -> None:
        """Take the name as typed; list those there are."""
        super().__init__(f'no setting "{shown(name)}". There are: {", ".join(SETTINGS)}')


class NoValueError(UnreadableError):
    """A setting without a value to give it."""

    def __init__(self, setting: Setting) -> None:
        """Take the setting; say what it takes."""
        super().__init__(
            f"{setting.name} takes {setting.takes}."
            f" For example: k2log config set {setting.name} {setting.example}"
        )


def _chosen(what: str, choices: Sequence[str], remark: str = "") -> Callable[[str], str]:
    """Return what reads one of a few words."""

    def read(text: str) -> str:
        value = text.strip().lower()
        if value not in choices:
            raise UnreadableError(f'"{shown(text)}" is no {what}: {_words(choices)}{remark}')
        return value

    return read


def _words(choices: Sequence[str]) -> str:
    return f"{', '.join(choices[:-1])} or {choices[-1]}"


def _day_starts(text: str) -> str:
    value = time(text)
    if value.hour >= 12:
        raise UnreadableError(f'"{shown(text)}" is too late: a day begins before noon')
    return value.isoformat("minutes")


def _informal_k2(text: str) -> str:
    value = text.strip().lower()
    if value == "off":
        return value
    micrograms = number(value.removesuffix("mcg").removesuffix("µg").removesuffix("ug"))
    if not 1 <= micrograms <= 1000:
        raise UnreadableError(f'"{shown(text)}" is no daily figure for K2: 1 to 1000 µg, or off')
    return written(micrograms)


def _few(
    name: str, meaning: str, choices: Sequence[str], default: str, what: str, remark: str = ""
) -> Setting:
    """Return a setting that takes one of a few words; the last is its example."""
    read = _chosen(what, choices, remark)
    return Setting(name, meaning, _words(choices), default, choices[-1], read, choices)


DEFAULT_MILK: Final = "default-milk"

SETTINGS: Final = {
    setting.name: setting
    for setting in (
        _few(
            "region",
            "whose milk, bread and the like are meant",
            ("us", "uk", "eu"),
            "us, assumed",
            "region",
            " (uk uses eu figures)",
        ),
        _few(
            "measures",
            "whose cup, spoon, fluid ounce and pint are meant",
            SYSTEMS,
            "us",
            "system of measures",
        ),
        Setting(
            DEFAULT_MILK,
            "the food that milk means: a name of your own for it",
            "a food",
            "whole milk of your region",
            "skimmed milk",
            str.strip,
        ),
        Setting(
            "day-starts",
            "when a diary day begins; no entry moves",
            "a time before noon",
            "00:00",
            "04:00",
            _day_starts,
        ),
        _few(
            "colour",
            "colour on a terminal, never in a pipe; auto heeds NO_COLOR and TERM",
            ("auto", "always", "never"),
            "auto",
            "way to colour",
        ),
        Setting(
            "informal-k2",
            "K2 in µg a day, as articles quote it, below which reports may remark",
            "a figure or off",
            "90, informal",
            "off",
            _informal_k2,
        ),
    )
}


def checked(name: str, value: str) -> str:
    """Return a setting's value as it is stored. Raises UnreadableError."""
    return setting(name).read(value)


def setting(name: str) -> Setting:
    """Return a setting by its name. Raises UnknownSettingError."""
    if name not in SETTINGS:
        raise UnknownSettingError(name)
    return SETTINGS[name]
