"""``k2log config``: settings, kept in the diary."""

from typing import Annotated

import typer

from k2log import clock
from k2log.commands.output import emit
from k2log.paths import diary_path

app = typer.Typer(
    rich_markup_mode=None, add_completion=False, help="Show and change settings.",
    no_args_is_help=True,
)  # fmt: skip


def setting_name(incomplete: str) -> list[str]:
    """Return the settings that begin so."""
    from k2log.config import SETTINGS

    return [name for name in SETTINGS if name.startswith(incomplete)]


Key = Annotated[
    str, typer.Argument(metavar="SETTING", help="Its name.", autocompletion=setting_name)
]


@app.command("list")
def list_(ctx: typer.Context) -> None:
    """Show every setting, its value and what it decides."""
    from k2log.config import SETTINGS
    from k2log.store.diary import open_diary

    with open_diary(diary_path(ctx.obj.db), for_writing=False) as diary:
        held = diary.settings
    emit("".join(
        f"{name:<12}{held.get(name, f'({setting.default})'):<16}{setting.meaning}\n"
        for name, setting in SETTINGS.items()
    ))  # fmt: skip


@app.command()
def get(ctx: typer.Context, name: Key) -> None:
    """Print one setting's value; nothing if it is not set."""
    from k2log.config import setting
    from k2log.store.diary import open_diary

    known = setting(name)
    with open_diary(diary_path(ctx.obj.db), for_writing=False) as diary:
        value = diary.settings.get(known.name)
    emit(f"{value}\n" if value is not None else "")


@app.command("set")
def set_(ctx: typer.Context, name: Key, value: str) -> None:
    """Change a setting."""
    from k2log.config import checked
    from k2log.store.diary import open_diary
    from k2log.store.settings import change_setting

    wanted = checked(name, value)
    with open_diary(diary_path(ctx.obj.db), for_writing=True) as diary:
        change_setting(diary, name, wanted, f"config set {name} {value}", clock.utc(clock.now()))
    emit(f"{name} is {wanted}\n", "the setting was changed")


@app.command()
def unset(ctx: typer.Context, name: Key) -> None:
    """Let a setting be what it is without you."""
    from k2log.config import setting
    from k2log.store.diary import open_diary
    from k2log.store.settings import change_setting

    known = setting(name)
    with open_diary(diary_path(ctx.obj.db), for_writing=True) as diary:
        change_setting(diary, name, None, f"config unset {name}", clock.utc(clock.now()))
    emit(f"{name} is not set ({known.default})\n", "the setting was changed")
