"""``k2log add``: log what was eaten or swallowed."""

from typing import Annotated

from k2log.commands.completing import loggable
from k2log.commands.declaration import App, Argument, Context, Option
from k2log.paths import diary_path

app = App()


@app.command(
    context_settings={"ignore_unknown_options": True},
    examples=(
        "add natto 1tbsp",
        'add "2 eggs, gouda 30g, d3 2000IU"',
        "add salmon 150g --on yesterday --meal lunch",
    ),
)
def add(
    ctx: Context,
    items: Annotated[
        list[str] | None,
        Argument(
            metavar="ITEMS...",
            autocompletion=loggable,
            help='natto 1tbsp · 2 eggs · "gouda 30g, d3 2000IU" · "half an avocado" · @routine',
        ),
    ] = None,
    file: Annotated[
        str | None,
        Option(metavar="FILE", help="Lines of items from a file; - (or ITEMS -) is stdin."),
    ] = None,
    on: Annotated[
        str | None,
        Option(metavar="DAY", help="yesterday, mon…sun, -3, 2026-11-19, 19 nov. Else today."),
    ] = None,
    at: Annotated[
        str | None, Option(metavar="TIME", help="When it was eaten: 08:30, 8am, now.")
    ] = None,
    meal: Annotated[str | None, Option(metavar="MEAL", help="breakfast, lunch, …")] = None,
    remark: Annotated[str | None, Option("--note", metavar="TEXT", help="A remark.")] = None,
    every: Annotated[
        str | None, Option(metavar="INTERVAL", help="How long a dose lasts: 7d, weekly.")
    ] = None,
    dry_run: Annotated[
        bool, Option("--dry-run", help="Say what would be logged, and log nothing.")
    ] = False,
    yes: Annotated[
        bool, Option("--yes", "-y", help="Log amounts that look like a slip, too.")
    ] = False,
    as_json: Annotated[bool, Option("--json", help="Answer with JSON.")] = False,
    uid: Annotated[
        str | None, Option(metavar="UID", help="Makes a retry safe: logged once only.")
    ] = None,
) -> None:
    """Log food and supplements.

    Says what was understood, what it adds, and the day so far. All items are logged, or none.

    A line of a file is ITEMS, behind a day, a time or both if it needs them: 2026-11-19 08:30 2
    eggs, or yesterday: natto 1tbsp. A day alone is that of the lines below it. Where a line does
    not say, the options count.
    """
    from k2log.commands.adding import Wish, add_items  # what the Tab key does without

    wish = Wish(on, at, meal, remark, every, uid, dry_run=dry_run, yes=yes, as_json=as_json)
    add_items(diary_path(ctx.obj.db), items or [], file, wish, plain=ctx.obj.plain)
