"""``k2log recalculate``: entries by the figures that their foods have today."""

from typing import Annotated, Final

from k2log import clock
from k2log.amounts import Amount, Amounts
from k2log.commands import ManyError, consent
from k2log.commands.asking import chooser
from k2log.commands.declaration import App, Argument, Context, Option
from k2log.commands.output import emit, interactive, note, page
from k2log.commands.window import WindowOptions, with_window
from k2log.diary.recalculation import RecalculationTotals, recalculation_totals
from k2log.errors import UnreadableError
from k2log.features.recalculate.store import (
    ids_between,
    ids_in,
    ids_of_assumed_region,
    recalculations,
    save_recalculations,
)
from k2log.grammar.ids import entry_spans
from k2log.nutrients import NUTRIENTS
from k2log.paths import diary_path
from k2log.render.edits import Difference, difference_lines, entry_text
from k2log.render.entries import about, exactly
from k2log.render.layout import wrapped
from k2log.render.numbers import show
from k2log.render.page import Page
from k2log.store.diary import open_diary
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
) -> None:
    """Work entries out again, by today's figures.

    Food and amount stay as they were typed; the figures become those the foods have today. An
    entry whose food is gone stays as it is. One change, which k2log undo takes back.
    """
    options = [*window.typed(), *(["--region"] if region else [])]
    if (ids and options) or (region and len(options) > 1):
        raise UnreadableError("give either entry ids, a window or --region, not several.")
    if not ids and not options:
        raise UnreadableError(
            "which entries? Give ids or a window: k2log recalculate 12 14-16, or --week, or"
            " --from 1nov"
        )
    spans = entry_spans(ids) if ids else []
    command = pasted("recalculate", *(ids or []), *options)
    with open_diary(diary_path(ctx.obj.db)) as diary:
        settle = chooser(diary) if region else None
        if settle and settle.region is None:
            raise UnreadableError("no region is set: k2log config set region us, uk, eu or jp")
        if spans:
            chosen = ids_in(diary, spans)
        elif region:
            chosen = ids_of_assumed_region(diary)
        else:
            chosen = ids_between(diary, window.period(diary.day_of(clock.now()), "day"))
        totals = recalculation_totals(
            recalculations(diary, chosen, settle), None if every else _SHOWN
        )
        writes = bool(totals.changed) and not dry_run
        if writes and totals.changed > _MANY and not yes:
            _confirm(recalculation_text(totals, page(ctx.obj.plain), done=False), totals.changed)
        if writes:
            at = clock.utc(clock.now())
            save_recalculations(diary, chosen, totals.changed, command, at, settle)
    text = recalculation_text(totals, page(ctx.obj.plain), done=writes)
    emit(text, "the entries were changed" if writes else "")


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
                    entry_text(old, new, _differences(old.nutrients, new.nutrients, page), page)
                    for old, new, *_ in totals.shown
                ),
                *(f"{line}\n" for line in _more(totals.changed - len(totals.shown))),
            ]
        )
    ]
    if totals.changed:
        verb = "changed" if done else "would change"
        sums = difference_lines(_differences(totals.before, totals.after, page), page)
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


def _differences(before: Amounts, after: Amounts, page: Page) -> list[Difference]:
    """Return what differs, with more digits where the usual ones show no difference."""

    def usual(amount: Amount, unit: str) -> str:
        return show(amount, unit, with_unit=True, plain_words=page.plain_words)

    def exact(amount: Amount, unit: str) -> str:
        return exactly(amount, unit, plain_words=page.plain_words)

    differences = []
    for id_, kind in NUTRIENTS.items():
        old, new = before[id_], after[id_]
        if old[:3] != new[:3]:
            style = exact if usual(old, kind.unit) == usual(new, kind.unit) else usual
            texts = style(old, kind.unit), style(new, kind.unit)
            differences.append(Difference(kind.short, *texts))
    return differences
