"""``k2log routine``: items under a name, to log together."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Final

from k2log import clock
from k2log.commands import refuse_unknown_options
from k2log.commands.asking import chooser
from k2log.commands.completing import food_name, routine_name
from k2log.commands.declaration import App, Argument, Context, Option
from k2log.commands.output import emit, note
from k2log.diary.routines import (
    Routine,
    read_routine_name,
    routine_named,
    with_new,
    with_routine,
    without_routine,
)
from k2log.diary.understanding import check_plausible, understand
from k2log.errors import UnreadableError
from k2log.grammar.days import time as read_time
from k2log.grammar.items import MOST_ITEMS, ROUTINE_SIGN
from k2log.paths import diary_path
from k2log.render.numbers import clean
from k2log.store.diary import Diary, open_diary
from k2log.store.routines import all_routines, update_routines
from k2log.text import pasted

NO_ROUTINES: Final = (
    'There are no routines. To make one: k2log routine add morning "d3 2000IU" "mk7 100mcg"\n'
)

app = App(invoke_without_command=True,
)  # fmt: skip

_NONE = "none"
_WORDS = {"ignore_unknown_options": True}
Name = Annotated[str, Argument(metavar="NAME", help="Its name.", autocompletion=routine_name)]
Items = Argument(metavar="ITEMS...", autocompletion=food_name, help='"d3 2000IU" "mk7 100mcg"')


@app.callback()
def routine(ctx: Context) -> None:
    """Keep items under a name, to log together: k2log add @NAME. Alone: the routines there are."""
    if ctx.invoked_subcommand is None:
        list_(ctx)


@app.command(context_settings=_WORDS)
def add(
    ctx: Context,
    name: Annotated[str, Argument(metavar="NAME", help="One word, like morning.")],
    items: Annotated[list[str], Items],
    at: Annotated[
        str | None, Option(metavar="TIME", help="When it is usually taken: 07:30, 8am.")
    ] = None,
) -> None:
    """Make a routine: routine add morning "d3 2000IU" "calcium 500mg as citrate" --at 07:30.

    It is logged with k2log add @morning, by the figures of that day.
    """
    name, now = read_routine_name(name), clock.now()
    usual = read_time(at) if at else None
    with open_diary(diary_path(ctx.obj.db), create=True) as diary:
        with_new(all_routines(diary), Routine(name, ()))  # refused before anything is asked
        routine = Routine(name, _items(diary, items), usual)
        command = pasted("routine", "add", name, *items, *(["--at", at] if at else []))
        update_routines(diary, lambda it: with_new(it, routine), command, clock.utc(now))
    emit(routine_text(routine), "the routine was made")


@app.command("list")
def list_(ctx: Context) -> None:
    """Show all routines."""
    with open_diary(diary_path(ctx.obj.db)) as diary:
        routines = all_routines(diary)
    emit(routines_text(routines.values()))


@app.command()
def show(ctx: Context, name: Name) -> None:
    """Show one routine."""
    with open_diary(diary_path(ctx.obj.db)) as diary:
        routine = routine_named(name, all_routines(diary))
    emit(routine_text(routine))


@app.command(context_settings=_WORDS)
def edit(
    ctx: Context,
    name: Name,
    items: Annotated[list[str] | None, Items] = None,
    at: Annotated[
        str | None, Option(metavar="TIME", help="When it is usually taken, or none.")
    ] = None,
) -> None:
    """Give a routine other items, or another time. What was logged stays as it is."""
    if not items and at is None:
        raise UnreadableError("what is to change? Give items, or --at TIME, or --at none.")
    now = clock.now()
    with open_diary(diary_path(ctx.obj.db)) as diary:
        routine_named(name, all_routines(diary))
        new: dict[str, Any] = {"items": _items(diary, items)} if items else {}
        if at is not None:
            new["at"] = None if at.strip().lower() == _NONE else read_time(at)
        command = pasted("routine", "edit", name, *(items or []), *(["--at", at] if at else []))
        before, after = update_routines(
            diary,
            lambda it: with_routine(it, routine_named(name, it)._replace(**new)),
            command,
            clock.utc(now),
        )
    text = routine_text(routine_named(name, after))
    if after == before:
        emit(f"Nothing was changed.\n{text}")
    else:
        emit(text, "the routine was changed")


@app.command()
def rm(ctx: Context, name: Name) -> None:
    """Remove a routine. What was logged with it stays; k2log undo brings it back."""
    with open_diary(diary_path(ctx.obj.db)) as diary:
        routine = routine_named(name, all_routines(diary))
        command, at = pasted("routine", "rm", name), clock.utc(clock.now())
        update_routines(diary, lambda it: without_routine(it, routine_named(name, it)), command, at)
    emit(f"removed the routine {routine.name}\n", "it was removed")


def _items(diary: Diary, arguments: Sequence[str]) -> tuple[str, ...]:
    """Return the items as typed, each of which can be logged. Raises what add raises."""
    refuse_unknown_options(arguments)
    if any(argument.startswith(ROUTINE_SIGN) for argument in arguments):
        raise UnreadableError("a routine holds food and supplements, not other routines.")
    items = understand(arguments, chooser(diary))
    if len(items) > MOST_ITEMS:
        raise UnreadableError(f"{len(items)} items in a routine; {MOST_ITEMS} are the most.")
    check_plausible(items, 1, lambda _: True)  # a doubtful amount is asked about when it is logged
    for remark in dict.fromkeys(remark for item in items for remark in item.notes):
        note(remark)
    return tuple(item.text for item in items)


def routines_text(routines: Iterable[Routine]) -> str:
    """Return a line a routine: its name, its time, its items."""
    in_order = sorted(routines, key=lambda routine: routine.name.casefold())
    if not in_order:
        return NO_ROUTINES
    wide = max(len(routine.name) for routine in in_order) + 1
    times = 5 if any(routine.at for routine in in_order) else 0
    return "".join(
        f"{'@' + routine.name:<{wide}}  {_time(routine):<{times}}{'  ' * bool(times)}"
        f"{clean(', '.join(routine.items))}\n"
        for routine in in_order
    )


def routine_text(routine: Routine) -> str:
    """Return a routine, an item a line, and how it is logged."""
    at = f"  {_time(routine)}" if routine.at else ""
    items = "".join(f"    {clean(item)}\n" for item in routine.items)
    return f"@{routine.name}{at}\n{items}To log it: k2log add @{routine.name}\n"


def _time(routine: Routine) -> str:
    return f"{routine.at:%H:%M}" if routine.at else ""
