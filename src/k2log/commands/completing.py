"""Completion of food names, from the diary."""

import typer


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
