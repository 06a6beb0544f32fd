"""``k2log recalculate``: entries by the figures that their foods have today."""

from functools import partial
from typing import Annotated, Final

from k2log import clock
from k2log.commands import ManyError, consent
from k2log.commands.asking import chooser
from k2log.commands.completing import food_name
from k2log.commands.declaration import App, Argument, Context, Option
from k2log.commands.output import emit, interactive, note, page
from k2log.commands.window import WindowOptions, with_window
from k2log.diary import recalculation
from k2log.diary.recalculation import RecalculationTotals, recalculation_totals
from k2log.errors import UnreadableError
from k2log.grammar.ids import entry_spans
from k2log.paths import diary_path
from k2log.render.edits import difference_lines, differences, entry_text
from k2log.render.entries import about
from k2log.render.layout import wrapped
from k2log.render.page import Page
from k2log.store.diary import Diary, open_diary
from k2log.store.recalculations import (
    WorkOut,
    ids_between,
    ids_in,
    ids_of_assumed_region,
    ids_of_food,
    recalculations,
    save_recalculations,
)
from k2log.text import count, pasted, shown

_SHOWN: Final = 20
_MANY: Final = 20

app = App()


@app.command(examples=("recalculate 1-2 --dry-run", "recalculate --month --yes"))
@with_window
def recalculate(
    ctx: Context,
    *,
    ids: Annotated[
        list[str] | None,
        Argument(metavar="ID...", help="Entry ids, as `k2log log` shows: 12 14-16"),
    ] = None,
    window: WindowOptions,
    every: Annotated[
        bool, Option("--all", help=f"List every entry, not the first {_SHOWN}.")
    ] = False,
    dry_run: Annotated[
        bool, Option("--dry-run", help="Say what would change, and change nothing.")
    ] = False,
    yes: Annotated[bool, Option("--yes", "-y", help=f"Change more than {_MANY}, too.")] = False,
    region: Annotated[
        bool,
        Option("--region", help="Entries that assumed another country: its milk, bread, …"),
    ] = False,
    food: Annotated[
        str | None,
        Option(
            metavar="FOOD",
            help="Entries of a food, and those typed by that name that were another.",
            autocompletion=food_name,
        ),
    ] = None,
) -> None:
    """Work entries out again, by today's figures.

    Food and amount stay as they were typed; the figures become those the foods have today. An
    entry whose food is gone stays as it is. One change, which k2log undo takes back.
    """
    days = [*window.typed()]
    given = [each for each in (ids, days, region, food) if each]
    if len(given) > 1:
        raise UnreadableError("give either entry ids, a window, --region or --food, not several.")
    if not given:
        raise UnreadableError(
            "which entries? Give ids or a window: k2log recalculate 12 14-16, or --week, or"
            " --from 1nov"
        )
    spans = entry_spans(ids) if ids else []
    others = [*(["--region"] if region else []), *(["--food", food] if food else [])]
    command = pasted("recalculate", *(ids or []), *days, *others)
    with open_diary(diary_path(ctx.obj.db)) as diary:
        work_out: WorkOut = recalculation.recalculate
        if spans:
            chosen = ids_in(diary, spans)
        elif region:
            chosen, work_out = ids_of_assumed_region(diary), _in_region(diary)
        elif food:
            meant = chooser(diary).food(food).food
            chosen = ids_of_food(diary, meant.key, food)
            work_out = partial(recalculation.as_food, meant)
        else:
            chosen = ids_between(diary, window.period(diary.day_of(clock.now()), "day"))
        totals = recalculation_totals(
            recalculations(diary, chosen, work_out), None if every else _SHOWN
        )
        writes = bool(totals.changed) and not dry_run
        if writes and totals.changed > _MANY and not yes:
            _confirm(recalculation_text(totals, page(ctx.obj.plain), done=False), totals.changed)
        if writes:
            at = clock.utc(clock.now())
            save_recalculations(diary, chosen, totals.changed, command, at, work_out)
    text = recalculation_text(totals, page(ctx.obj.plain), done=writes)
    emit(text, "the entries were changed" if writes else "")


def _in_region(diary: Diary) -> WorkOut:
    """Return what gives an entry the food of the region that is set. Raises UnreadableError."""
    settle = chooser(diary)
    if settle.region is None:
        raise UnreadableError("no region is set: k2log config set region us, uk, eu or jp")
    return recalculation.by_region(settle)


def _confirm(text: str, changed: int) -> None:
    """Ask before many entries are changed. Raises ManyError where the answer is no."""
    many = f"{count(changed, 'entry', 'entries')} would be changed."
    if not interactive():
        raise ManyError(f"{many} If that is right, add --yes; --dry-run shows them.")
    for line in text.splitlines():
        note(line)
    if not consent(f"{many} Go on?"):
        raise ManyError(f"{many} Nothing was written.")


def recalculation_text(totals: RecalculationTotals, page: Page, *, done: bool) -> str:
    """Return each entry that changes, the sum of them all, and what stays as it is."""
    parts = [
        "".join(
            [
                *(
                    entry_text(old, new, differences(old.nutrients, new.nutrients, page), page)
                    for old, new, *_ in totals.shown
                ),
                *(f"{line}\n" for line in _more(totals.changed - len(totals.shown))),
            ]
        )
    ]
    if totals.changed:
        verb = "changed" if done else "would change"
        sums = difference_lines(differences(totals.before, totals.after, page), page)
        entries = count(totals.entries, "entry", "entries")
        parts.append("\n".join([f"{totals.changed} of {entries} {verb}; in all:", *sums, ""]))
    else:
        parts.append("Nothing to change: the figures are those of today.\n")
    if totals.left:
        lines = [
            f"{each.entry.id:>2}  {about(each.entry)}: {shown(each.why, 200)}"
            for each in totals.left_shown
        ]
        lines = ["left as they are:", *lines, *_more(totals.left - len(lines))]
        parts.append("\n".join([*wrapped(lines, page.columns), ""]))
    return "\n".join(filter(None, parts))


def _more(number: int) -> list[str]:
    return [f"    and {number} more: --all lists them"] if number > 0 else []
