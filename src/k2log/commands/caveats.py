"""``k2log caveats``: every rule on a window, why it speaks or not; and what to hide."""

from datetime import timedelta
from typing import Annotated

from k2log import clock
from k2log.commands.declaration import App, Argument, Context, Option
from k2log.commands.output import emit, page
from k2log.commands.report import built_report
from k2log.commands.window import WindowOptions, with_window
from k2log.errors import UnreadableError
from k2log.grammar.days import interval
from k2log.names import nearest
from k2log.paths import diary_path
from k2log.render.caveats import caveats_json, caveats_text
from k2log.science.rules import RULES
from k2log.store.diary import open_diary
from k2log.store.settings import hide_caveat
from k2log.text import pasted, shown

app = App(help="Show every remark in full, with its evidence.")


def rule_id(incomplete: str) -> list[str]:
    """Return the rules whose ids begin so."""
    return [rule.id for rule in RULES if rule.id.startswith(incomplete)]


Id = Annotated[
    str, Argument(metavar="ID", help="A rule, as named above it.", autocompletion=rule_id)
]


@app.callback(invoke_without_command=True)
@with_window
def caveats(
    ctx: Context,
    *,
    window: WindowOptions,
    as_json: Annotated[bool, Option("--json", help="Answer with JSON.")] = False,
) -> None:
    """Show every remark in full, with its evidence.

    And why the other rules are silent.
    """
    if ctx.invoked_subcommand:
        return
    now = clock.now()
    with open_diary(diary_path(ctx.obj.db)) as diary, diary.snapshot():
        period = window.period(diary.day_of(now), "week")
        built = built_report(diary, period, now)
    emit(caveats_json(built) if as_json else caveats_text(built, page(ctx.obj.plain).columns))


@app.command()
def hide(
    ctx: Context,
    name: Id,
    length: Annotated[
        str, Option("--for", metavar="INTERVAL", help="For how long: 90d, 4 weeks.")
    ] = "90d",
) -> None:
    """Keep a remark out of reports for a while; a warning is shortened, not silenced."""
    severity, days = _severity(name), interval(length)
    now = clock.now()
    with open_diary(diary_path(ctx.obj.db), create=True) as diary:
        until = diary.day_of(now) + timedelta(days=days - 1)
        hide_caveat(diary, name, until, pasted("caveats", "hide", name), clock.utc(now))
    done = "shortened in" if severity == "warning" else "left out of"
    emit(f"{name} is {done} reports until {until}. Back: k2log caveats unhide {name}\n")


@app.command()
def unhide(ctx: Context, name: Id) -> None:
    """Let a remark stand in reports again."""
    _severity(name)
    with open_diary(diary_path(ctx.obj.db), create=True) as diary:
        command = pasted("caveats", "unhide", name)
        hide_caveat(diary, name, None, command, clock.utc(clock.now()))
    emit(f"{name} is not hidden\n")


def _severity(name: str) -> str:
    severities = {rule.id: rule.severity for rule in RULES}
    if name not in severities:
        near = ", ".join([*nearest(name, severities, least=40)][:3])
        offer = f"Nearest: {near}. " if near else ""
        raise UnreadableError(f'no rule "{shown(name)}". {offer}All of them: k2log caveats')
    return severities[name]
