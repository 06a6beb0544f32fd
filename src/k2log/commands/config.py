"""``k2log config``: settings, kept in the diary.

The settings, their values, and what each decides.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from k2log import clock
from k2log.commands.asking import chooser
from k2log.commands.completing import food_words
from k2log.commands.output import emit, page
from k2log.config import SETTINGS
from k2log.paths import diary_path
from k2log.render.numbers import clean, wrapped
from k2log.render.page import Page

if TYPE_CHECKING:
    from k2log.store.diary import Diary


def settings_text(held: Mapping[str, str], page: Page) -> str:
    """Return each setting with its value, or in brackets its default, and what it takes."""
    wide = max(map(len, SETTINGS))
    lines = [
        line
        for name, setting in SETTINGS.items()
        for line in (
            f"{name:<{wide}}  {clean(held.get(name, f'({setting.default})'))}",
            f"  {setting.meaning}",
            f"  {setting.takes}; if not set: {setting.default}",
        )
    ]
    return "".join(f"{line}\n" for line in wrapped(lines, page.columns))


_MILK = "milk"

app = typer.Typer(
    rich_markup_mode=None, add_completion=False, help="Show and change settings.",
    no_args_is_help=True,
    epilog="""\b
For example:
  k2log config set region eu
  k2log config set measures metric
  k2log config set default-milk skimmed milk
  k2log config set day-starts 04:00
  k2log config set colour never
  k2log config set informal-k2 off
What each decides: k2log config list""",
)  # fmt: skip


def setting_name(incomplete: str) -> list[str]:
    """Return the settings that begin so."""
    from k2log.config import SETTINGS

    return [name for name in SETTINGS if name.startswith(incomplete)]


def setting_value(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the values that the setting named before takes and that begin so."""
    from k2log.config import DEFAULT_MILK, SETTINGS

    name = ctx.params.get("name") or ""
    if name == DEFAULT_MILK:
        return food_words(ctx, incomplete)
    choices = SETTINGS[name].choices if name in SETTINGS else ()
    return [value for value in choices if value.startswith(incomplete.lower())]


Key = Annotated[
    str, typer.Argument(metavar="SETTING", help="Its name.", autocompletion=setting_name)
]


@app.command("list")
def list_(ctx: typer.Context) -> None:
    """Show every setting, its value and what it decides."""
    from k2log.store.diary import open_diary

    with open_diary(diary_path(ctx.obj.db), for_writing=False) as diary:
        held = _held(diary)
    emit(settings_text(held, page(ctx.obj.plain)))


@app.command()
def get(ctx: typer.Context, name: Key) -> None:
    """Print one setting's value; nothing if it is not set."""
    from k2log.config import setting
    from k2log.store.diary import open_diary

    known = setting(name)
    with open_diary(diary_path(ctx.obj.db), for_writing=False) as diary:
        value = _held(diary).get(known.name)
    emit(f"{value}\n" if value is not None else "")


@app.command("set")
def set_(
    ctx: typer.Context,
    name: Key,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="VALUE", help="Its value.", autocompletion=setting_value),
    ] = None,
) -> None:
    """Change a setting: config set region eu."""
    from k2log.config import DEFAULT_MILK, NoValueError, setting
    from k2log.store.diary import open_diary
    from k2log.store.settings import change_setting

    known, value = setting(name), " ".join(words or ())
    if not value.strip():
        raise NoValueError(known)
    wanted = known.read(value)
    command, at = f"config set {name} {value}", clock.utc(clock.now())
    with open_diary(diary_path(ctx.obj.db), for_writing=True) as diary:
        if name == DEFAULT_MILK:
            wanted = _milk_means(diary, wanted, command, at)
        else:
            change_setting(diary, name, wanted, command, at)
    emit(f"{name} is {wanted}\n", "the setting was changed")


@app.command()
def unset(ctx: typer.Context, name: Key) -> None:
    """Let a setting be what it is without you."""
    from k2log.config import DEFAULT_MILK, setting
    from k2log.store.diary import open_diary
    from k2log.store.own_foods import remove_name
    from k2log.store.settings import change_setting

    known = setting(name)
    command, at = f"config unset {name}", clock.utc(clock.now())
    with open_diary(diary_path(ctx.obj.db), for_writing=True) as diary:
        if name == DEFAULT_MILK:
            remove_name(diary, _MILK, command, at)
        else:
            change_setting(diary, name, None, command, at)
    emit(f"{name} is not set ({known.default})\n", "the setting was changed")


def _held(diary: "Diary") -> Mapping[str, str]:
    """Return the settings there are; default-milk is kept as a name of one's own."""
    from k2log.config import DEFAULT_MILK
    from k2log.store.own_foods import meant_by

    milk = meant_by(diary, _MILK)
    return {**diary.settings, DEFAULT_MILK: milk} if milk else diary.settings


def _milk_means(diary: "Diary", typed: str, command: str, at: str) -> str:
    """Let milk mean a food; return the name of that. Raises FoodError."""
    from k2log.store.own_foods import mean_from_now_on
    from k2log.text import clean

    food = chooser(diary).food(clean(typed, "food", 100)).food
    mean_from_now_on(diary, _MILK, food.key, command, at)
    return food.name
