"""The JSON documents among the settings, checked when they are read: anybody may have written them.

A shape is a type, a test of one value, a list of one shape, or a mapping from keys to shapes; the
key ``str`` stands for any. Keys that a shape does not know are left to who reads them.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from k2log.nutrients import NUTRIENTS
from k2log.science.profile import NOBODY, Profile, ShownNote


def _is_day(value: object) -> bool:
    return isinstance(value, str) and date.fromisoformat(value).isoformat() == value


def _is_birth(value: object) -> bool:
    year = isinstance(value, str) and re.fullmatch("(19|20)[0-9]{2}", value)
    return bool(year) or _is_day(value)


def _is_clock(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch("([01][0-9]|2[0-3]):[0-5][0-9]", value))


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_weekday(value: object) -> bool:
    return type(value) is int and 0 <= value <= 6


def _is_figure(value: object) -> bool:
    return type(value) in (int, float) and 0 < value <= 1e9  # type: ignore[operator]


_PROFILE: Final = {
    "born": _is_birth,
    "sex": lambda value: value in ("female", "male"),
    "life_stage": lambda value: value in ("pregnant", "breastfeeding"),
    "menopause": bool,
    "authority": _is_name,
    "medicines": [
        {
            "name": _is_name, "kind": str, "said": str, "times": [_is_clock],
            "days": [_is_weekday], "until": _is_day, "since": _is_day,
        }
    ],
    "conditions": [{"name": _is_name, "kind": str}],
    "targets": {str: _is_figure},
}  # fmt: skip
_HIDDEN: Final = {str: _is_day}


_SHOWN: Final = {"person": str, "notes": {str: list}}
_MEASURES: Final = {str: {str: _is_figure}}


def fits(value: Any, shape: Any) -> bool:
    """Whether a value from JSON has a shape."""
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(each, shape[0]) for each in value)
    if isinstance(shape, Mapping):
        return isinstance(value, dict) and all(
            fits(each, shape.get(key, shape.get(str, _anything))) for key, each in value.items()
        )
    if isinstance(shape, type):
        return isinstance(value, shape)
    test: Callable[[object], bool] = shape
    try:
        return test(value)
    except (ValueError, TypeError):
        return False


def _anything(_: object) -> bool:
    return True


def profile_from(document: Any) -> Profile:
    """Return the profile that a document holds; of None nobody's. Raises ValueError."""
    if document is None:
        return NOBODY
    try:
        stated = {key: value for key, value in document.items() if value is not None}
        if not fits(stated, _PROFILE) or stated.get("targets", {}).keys() - NUTRIENTS.keys():
            raise ValueError(document)
        return Profile.of(document)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(document) from error


def hidden_from(document: Any) -> dict[str, date]:
    """Return the hidden remarks, each with its last hidden day. Raises ValueError."""
    if not fits(document or {}, _HIDDEN):
        raise ValueError(document)
    return {id_: date.fromisoformat(until) for id_, until in (document or {}).items()}


def shown_from(document: Any) -> tuple[str, dict[str, ShownNote]]:
    """Return whom reports were shown to, and which notes, by rule. Raises ValueError."""
    if document is None:
        return "", {}
    if not fits(document, _SHOWN):
        raise ValueError(document)
    try:
        return document["person"], {
            id_: ShownNote(date.fromisoformat(until), str(gist))
            for id_, (until, gist) in document["notes"].items()
        }
    except (TypeError, KeyError) as error:
        raise ValueError(document) from error


def measures_from(document: Any) -> dict[str, dict[str, float]]:
    """Return the user's measures of foods, by the food's key. Raises ValueError."""
    if not fits(document or {}, _MEASURES):
        raise ValueError(document)
    return document or {}


def _routines_from(document: Any) -> object:
    from k2log.diary.routines import routines_of  # few commands read them

    return routines_of(document)


READERS: Final[Mapping[str, Callable[[Any], object]]] = {
    "profile": profile_from,
    "routines": _routines_from,
    "hidden-caveats": hidden_from,
    "shown-notes": shown_from,
    "own-measures": measures_from,
}
"""What reads each of ``config.DOCUMENTS``; it raises ValueError or K2logError for a wrong one."""
