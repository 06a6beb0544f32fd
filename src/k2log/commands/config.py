"""``k2log config``: what the rows of ``k2log.config`` decide, kept in the diary."""

from collections.abc import Mapping
from typing import Annotated

from k2log import clock
from k2log.commands.asking import chooser
from k2log.commands.completing import food_words
from k2log.commands.consequences import consequences_lines
from k2log.commands.declaration import App, Argument, Context
from k2log.commands.output import emit, note, page
from k2log.config import SETTINGS, NoValueError, setting
from k2log.diary.recalculation import by_region
from k2log.paths import diary_path
from k2log.render.layout import wrapped
from k2log.render.numbers import clean
from k2log.render.page import Page
from k2log.store.diary import Diary, open_diary
from k2log.store.own_foods import mean_from_now_on, meant_by, remove_name
from k2log.store.recalculations import ids_of_assumed_region
from k2log.store.settings import change_setting
from k2log.text import clean as checked_text
from k2log.text import pasted

EXAMPLES = "\n".join(f"  k2log config set {row.name} {row.example}" for row in SETTINGS.values())

app = App(help="Show and change settings: region, measures.",
    no_args_is_help=True,
    epilog=f"\b\nFor example:\n{EXAMPLES}\nWhat each decides: k2log config list",
)  # fmt: skip


def setting_name(incomplete: str) -> list[str]:
    """Return the names of settings that begin so, for completion."""
    return [name for name in SETTINGS if name.startswith(incomplete)]


def setting_value(ctx: Context, incomplete: str) -> list[str]:
    """Return the values that the setting named before takes and that begin so."""
    row = SETTINGS.get(ctx.params.get("name") or "")
    if row and row.food_word:
        return food_words(ctx, incomplete)
    return [each for each in row.choices if each.startswith(incomplete.lower())] if row else []


Key = Annotated[str, Argument(metavar="SETTING", help="Its name.", autocompletion=setting_name)]


@app.command("list")
def list_(ctx: Context) -> None:
    """Show every setting, its value and what it decides."""
    with open_diary(diary_path(ctx.obj.db)) as diary:
        values = stored_values(diary)
    emit(settings_text(values, page(ctx.obj.plain)))


@app.command()
def get(ctx: Context, name: Key) -> None:
    """Print one setting's value; nothing if it is not set."""
    row = setting(name)
    with open_diary(diary_path(ctx.obj.db)) as diary:
        value = stored_values(diary).get(row.name)
    emit(f"{value}\n" if value is not None else "")


@app.command("set")
def set_(
    ctx: Context,
    name: Key,
    words: Annotated[
        list[str] | None,
        Argument(metavar="VALUE", help="Its value.", autocompletion=setting_value),
    ] = None,
) -> None:
    """Change a setting: config set region eu."""
    row, typed = setting(name), " ".join(words or ())
    if not typed.strip():
        raise NoValueError(row)
    value = row.read(typed)
    command, at = pasted("config", "set", name, *typed.split()), clock.utc(clock.now())
    with open_diary(diary_path(ctx.obj.db), create=True) as diary:
        if row.food_word:
            food = chooser(diary).food(checked_text(value, "food", 100)).food
            mean_from_now_on(diary, row.food_word, food.key, command, at)
            value = food.name
        else:
            change_setting(diary, name, value, command, at)
    emit(f"{name} is {value}\n", "the setting was changed")
    if row is SETTINGS["region"]:
        with open_diary(diary_path(ctx.obj.db)) as diary:  # which has the new one
            assumed, work_out = ids_of_assumed_region(diary), by_region(chooser(diary))
            lines = consequences_lines(diary, assumed, ["--region"], page(ctx.obj.plain), work_out)
        for line in lines:
            note(line)


@app.command()
def unset(ctx: Context, name: Key) -> None:
    """Let a setting be what it is without you."""
    row = setting(name)
    command, at = pasted("config", "unset", name), clock.utc(clock.now())
    with open_diary(diary_path(ctx.obj.db), create=True) as diary:
        if row.food_word:
            remove_name(diary, row.food_word, command, at)
        else:
            change_setting(diary, name, None, command, at)
    emit(f"{name} is not set ({row.default})\n", "the setting was changed")


def stored_values(diary: Diary) -> dict[str, str]:
    """Return the settings that are set, by name, as they were read; a food by its name."""
    stored = diary.settings.stored
    foods = {row.name: meant_by(diary, row.food_word) for row in SETTINGS.values() if row.food_word}
    values = {name: foods.get(name) or stored.get(name) for name in SETTINGS}
    return {name: value for name, value in values.items() if value is not None}


def settings_text(values: Mapping[str, str], page: Page) -> str:
    """Return each setting with its value, or in brackets its default, and what it takes."""
    wide = max(map(len, SETTINGS))
    lines = [
        line
        for name, row in SETTINGS.items()
        for line in (
            f"{name:<{wide}}  {clean(values.get(name, f'({row.default})'))}",
            f"  {row.meaning}",
            f"  {row.takes}; if not set: {row.default}",
        )
    ]
    return "".join(f"{line}\n" for line in wrapped(lines, page.columns))
