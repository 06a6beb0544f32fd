"""Completion: food names from the diary, and what can be explained."""

from typing import Final

import typer

EXPLAINED: Final = (
    *("calcium-paradox", "k2-arteries", "k2-bones", "retracted-trials", "k2-amount", "k2-safety"),
    *("k2-absorption", "k1-k2", "mk4-mk7", "natto-egg-yolk", "cheese-k2", "vegan-k2"),
    *("unknown-figures", "calcium-heart", "calcium-stones", "calcium-upper-level", "single-dose"),
    *("with-food", "vitamin-d-upper-level", "units", "d2-d3", "large-doses", "sun"),
    *("reference-values", "magnesium-ratio", "warfarin", "doac", "levothyroxine", "timing"),
    *("conditions", "sources", "targets"),
)
"""The topics, here a second time because reading their file takes longer than a Tab key may."""


def food_name(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return names that begin with what was typed; nothing where there is no diary."""
    from k2log.errors import K2logError
    from k2log.paths import diary_path
    from k2log.store.diary import open_diary
    from k2log.store.foods import names_beginning

    path = diary_path(ctx.find_root().params.get("db"))
    if not incomplete or not path.exists():
        return []
    try:
        with open_diary(path, for_writing=False) as diary:
            return names_beginning(diary, incomplete)
    except K2logError:
        return []


def loggable(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return what ``add`` takes: routines for @, else food names."""
    return routine_name(ctx, incomplete) if incomplete[:1] == "@" else food_name(ctx, incomplete)


def routine_name(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the routines that begin with what was typed, with @ if that was typed."""
    from k2log.errors import K2logError
    from k2log.paths import diary_path
    from k2log.store.diary import open_diary
    from k2log.store.routines import held_routines

    path = diary_path(ctx.find_root().params.get("db"))
    sign, typed = incomplete[: incomplete[:1] == "@"], incomplete.lstrip("@").casefold()
    if not path.exists():
        return []
    try:
        with open_diary(path, for_writing=False) as diary:
            held = held_routines(diary)
    except K2logError:
        return []
    return [f"{sign}{routine.name}" for key, routine in held.items() if key.startswith(typed)]


def explainable(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return topics, then food names, that begin with what was typed."""
    topics = [name for name in EXPLAINED if name.startswith(incomplete.casefold())]
    return [*topics, *food_name(ctx, incomplete)]
