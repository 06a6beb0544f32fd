"""The settings there are: what each means, and which values it takes."""

from collections.abc import Callable
from typing import NamedTuple

from k2log.errors import UnreadableError
from k2log.grammar.days import time
from k2log.grammar.text import shown


class Setting(NamedTuple):
    """One setting: its name, what it decides, its default in words, and how a value is read."""

    name: str
    meaning: str
    default: str
    read: Callable[[str], str]


class UnknownSettingError(UnreadableError):
    """A setting that does not exist."""

    def __init__(self, name: str) -> None:
        """Take the name as typed; list those there are."""
        super().__init__(f'no setting "{shown(name)}". There are: {", ".join(SETTINGS)}')


def _region(text: str) -> str:
    value = text.strip().lower()
    if value not in {"us", "uk", "eu"}:
        raise UnreadableError(f'"{shown(text)}" is no region: us, uk or eu (uk uses eu figures)')
    return value


def _day_starts(text: str) -> str:
    value = time(text)
    if value.hour >= 12:
        raise UnreadableError(f'"{shown(text)}" is too late: a day begins before noon')
    return value.isoformat("minutes")


SETTINGS = {
    setting.name: setting
    for setting in (
        Setting("region", "whose milk, bread and the like are meant", "us, assumed", _region),
        Setting("day-starts", "when a diary day begins", "00:00", _day_starts),
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
