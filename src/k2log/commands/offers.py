"""What the Tab key offers for the value of an option: days, meals, ids, words of a list.

An option says so by what its help calls the value: a DAY is offered days wherever it is typed.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum, EnumType
from typing import Any, Final

from k2log.commands.completing import food_name, from_diary, loggable, one_word
from k2log.commands.declaration import Context, Parameter
from k2log.store.diary import Diary

_DAYS: Final = ("today", "yesterday", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WINDOWS: Final = ("week", "month", "year", "last", "this")
_INTERVALS: Final = ("weekly", "monthly", "7d", "30d")
_MOST: Final = 20
_LONGEST: Final = 50
_LAST_ENTRIES: Final = """
SELECT id, food, amount, measure FROM entries
WHERE removed IS NULL AND CAST(id AS TEXT) LIKE ? || '%' ORDER BY id DESC LIMIT ?
"""
_LAST_MEALS: Final = """
SELECT DISTINCT meal FROM (
  SELECT meal FROM entries WHERE removed IS NULL ORDER BY id DESC LIMIT 500
) WHERE meal IS NOT NULL
"""

Offers = Sequence[str] | Sequence[tuple[str, str]]
"""Words, or words and what each is."""


def one_of(*words: str) -> Callable[[str], list[str]]:
    """Return what offers these words."""

    def beginning(incomplete: str) -> list[str]:
        typed = incomplete.casefold()
        return [word for word in words if word.casefold().startswith(typed)]

    return beginning


def entry_id(ctx: Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the ids of the last entries, each with what it is."""
    if not re.fullmatch(r"\d*", incomplete):
        return []

    def ids(diary: Diary) -> list[tuple[str, str]]:
        rows = diary.db.execute(_LAST_ENTRIES, (incomplete, _MOST))
        return [(str(id_), in_short(*words)) for id_, *words in rows]

    return from_diary(ctx, ids)


def in_short(food: str, amount: float | None, measure: str | None) -> str:
    """Return what an entry is, in words that no shell takes for anything else."""
    eaten = f" {amount:g} {measure or ''}" if amount is not None else ""
    words = re.sub(r"[^\w.,%/-]+", " ", f"{food}{eaten}").split()
    return " ".join(words)[:_LONGEST].strip()


def entry_id_or_food(ctx: Context, incomplete: str) -> Offers:
    """Return entry ids first, then, behind one, also foods and measures."""
    words = ctx.params.get("words") or []
    if not words:
        return entry_id(ctx, incomplete)
    foods = Context(None, "add", {"items": words[1:]}, ctx.find_root())
    return loggable(foods, incomplete)


def meal(ctx: Context, incomplete: str) -> list[str]:
    """Return the usual meals and those that were named lately."""
    from k2log.grammar.moments import USUAL_MEALS

    def named(diary: Diary) -> list[str]:
        return [name for (name,) in diary.db.execute(_LAST_MEALS)]

    return one_word(one_of(*dict.fromkeys([*USUAL_MEALS, *from_diary(ctx, named)]))(incomplete))


def authority(incomplete: str) -> list[str]:
    """Return the authorities whose references may be chosen."""
    from k2log.grammar.person import AUTHORITY_CHOICES

    return one_of(*AUTHORITY_CHOICES)(incomplete)


def life_stage(incomplete: str) -> list[str]:
    """Return the life stages."""
    from k2log.grammar.person import STAGE_CHOICES

    return one_of(*STAGE_CHOICES)(incomplete)


def sex(incomplete: str) -> list[str]:
    """Return what reference tables know."""
    from k2log.grammar.person import SEX_CHOICES

    return one_of(*SEX_CHOICES)(incomplete)


def medicine(incomplete: str) -> list[str]:
    """Return the medicines of the list by their names."""
    from k2log.science.name_lists import names_of_medicines

    return one_word(one_of(*names_of_medicines())(incomplete))


def condition(incomplete: str) -> list[str]:
    """Return the conditions that rules know."""
    from k2log.science.name_lists import names_of_conditions

    return one_word(one_of(*names_of_conditions())(incomplete))


def kind(incomplete: str) -> list[str]:
    """Return the kinds of food."""
    from k2log.catalogue.kinds import load_kinds

    return one_of(*load_kinds().by_key)(incomplete)


def file(incomplete: str) -> list[str]:
    """Return no word: the shell knows its files."""
    return []


def nothing(incomplete: str) -> list[str]:
    """Return no word: nobody knows what is typed here."""
    return []


BY_METAVAR: Final[Mapping[str, Callable[..., Any]]] = {
    "AUTHORITY": authority,
    "CONDITION": condition,
    "DAY": one_of(*_DAYS),
    "[DAY...]": one_of(*_DAYS),
    "DAY | ID...": one_of(*_DAYS),
    "FILE": file,
    "[FILE]": file,
    "FOOD": food_name,
    "ID...": entry_id,
    "ID... [ITEM]": entry_id_or_food,
    "INTERVAL": one_of(*_INTERVALS),
    "KIND": kind,
    "MEAL": meal,
    "MEDICINE": medicine,
    "ITEMS...": food_name,
    "[ITEMS]...": food_name,
    "PATH": file,
    "SEX": sex,
    "STAGE": life_stage,
    "TIME": one_of("now"),
    "WHEN...": one_of(*_WINDOWS, *_DAYS),
}
"""What is offered for a value, by its name in the help."""


def offers_for(parameter: Parameter) -> Callable[..., Any]:
    """Return what offers values of a parameter: its own, its list's, or by its name in the help."""
    settings = parameter.declared.settings if parameter.declared else {}
    if "autocompletion" in settings:
        own: Callable[..., Any] = settings["autocompletion"]
        return own
    kind = getattr(parameter.kind, "__args__", (parameter.kind,))[0]
    if isinstance(kind, EnumType):
        members: Mapping[str, Enum] = kind.__members__
        return one_of(*(each.value for each in members.values()))
    return BY_METAVAR.get(settings.get("metavar", ""), nothing)
