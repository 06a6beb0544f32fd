"""``k2log edit``: correct what was logged.

``k2log rm``: remove entries by their ids.

The entries that a command is about: those of ids and ranges, confirmed where they are many.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Final

import typer

from k2log import clock
from k2log.commands.asking import chooser, confirm
from k2log.commands.completing import food_name
from k2log.commands.output import emit, interactive, note, page
from k2log.errors import K2logError, UnreadableError
from k2log.paths import diary_path
from k2log.text import pasted

if TYPE_CHECKING:
    from k2log.diary.entry import Entry
    from k2log.diary.understanding import Item
    from k2log.food.chooser import Chooser
    from k2log.grammar.ids import Span
    from k2log.store.diary import Diary

_MOST: Final = 1000
_MANY: Final = 50


class ManyError(K2logError):
    """More entries than one means by a slip, and nobody confirmed them."""


def selected(diary: "Diary", spans: "Sequence[Span]", verb: str, *, yes: bool) -> "list[Entry]":
    """Return the live entries of ids and ranges; ask where they are many.

    Raises NoEntryError, UnreadableError, ManyError.
    """
    from k2log.store.entries import entries_in

    entries = entries_in(diary, spans, _MOST + 1)
    if len(entries) > _MOST:
        raise UnreadableError(f"these are more than {_MOST} entries, too many for one command.")
    many = f"{len(entries)} entries would be {verb}."
    if len(entries) > _MANY and not (yes or _confirmed(many)):
        raise ManyError(f"{many} If that is right, add --yes.")
    return entries


def _confirmed(many: str) -> bool:
    return interactive() and typer.confirm(f"{many} Go on?", err=True)


app = typer.Typer(rich_markup_mode=None, add_completion=False)

_ANEW = "Grams and nutrients were computed anew, from the food's figures of today."


@app.command(context_settings={"ignore_unknown_options": True})
def edit(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="ID... [ITEM]", help='Entry ids, as `k2log log` shows; "gouda 40g"'),
    ],
    food: Annotated[
        str | None, typer.Option(metavar="NAME", autocompletion=food_name, help="Another food.")
    ] = None,
    amount: Annotated[
        str | None, typer.Option(metavar="AMOUNT", help="Another amount: 40g, 2 slices.")
    ] = None,
    on: Annotated[
        str | None, typer.Option(metavar="DAY", help="yesterday, mon…sun, -3, 2026-11-19, 19 nov.")
    ] = None,
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help="When it was eaten: 08:30, 8am, now, none.")
    ] = None,
    meal: Annotated[str | None, typer.Option(metavar="NAME", help="lunch, …, none.")] = None,
    remark: Annotated[
        str | None, typer.Option("--note", metavar="TEXT", help="A remark, or none.")
    ] = None,
    every: Annotated[
        str | None, typer.Option(metavar="INTERVAL", help="How long a dose lasts: 7d, none.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Take amounts that look like a slip, too.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer with JSON.")] = False,
) -> None:
    """Correct entries: edit 41 --amount 40g, edit 12-15 --on yesterday, edit 41 "gouda 40g".

    Food and amount are read as k2log add reads them. All entries are changed, or none.
    """
    from k2log.grammar.ids import ids_and_item
    from k2log.render.edits import NOTHING_TO_CHANGE, edited_text
    from k2log.render.json import entries_json
    from k2log.store.diary import open_diary

    options = {"--food": food, "--amount": amount, "--on": on, "--at": at, "--meal": meal,
               "--note": remark, "--every": every}  # fmt: skip
    given = {name: text for name, text in options.items() if text is not None}
    spans, item = ids_and_item(words)
    _check(words, item, given)
    now = clock.now()
    with open_diary(diary_path(ctx.obj.db)) as diary:
        before = selected(diary, spans, "changed", yes=yes)
        after, said = _edited(diary, before, item, given, now, yes=yes)
        if not dry_run:
            typed = pasted("edit", *" ".join(words).split(), *chain.from_iterable(given.items()))
            _save(diary, before, after, typed, clock.utc(now))
    for line in said:
        note(line)
    text = edited_text(before, after, page(ctx.obj.plain)) or NOTHING_TO_CHANGE
    emit(entries_json(after) if as_json else text, "" if dry_run else "the entries were changed")


def _check(words: Sequence[str], item: str, given: Mapping[str, str]) -> None:
    """Refuse options that are none, two items, and nothing to change."""
    from k2log.text import shown

    if unknown := next((word for word in words if word.startswith("--")), None):
        raise typer.BadParameter(f"no such option: {shown(unknown)}")
    twice = [name for name in ("--food", "--amount") if name in given]
    if item and twice:
        raise UnreadableError(f'give either "{shown(item)}" or {" and ".join(twice)}, not both.')
    if not item and not given:
        raise UnreadableError(
            f"what is to change? For example: k2log edit {shown(words[0])} --amount 40g"
        )


def _edited(
    diary: "Diary", before: "Sequence[Entry]", item: str, given: Mapping[str, str], now: datetime,
    *, yes: bool,
) -> "tuple[list[Entry], list[str]]":  # fmt: skip
    """Return the entries as they shall be, and what to say of how they were understood."""
    from k2log.diary.editing import correct, read_correction, same_entry, with_item
    from k2log.diary.understanding import check_plausible, clock_time

    def timestamp(day: date, at: time) -> str:
        return clock_time(day, at, now, diary.day_starts, clock.local)

    change = read_correction(given, now, diary.day_of(now))
    after = [correct(entry, change, timestamp) for entry in before]
    anew = _reader(item, given, chooser(diary))
    items = [anew(entry) for entry in before] if anew else []
    meant = {(held.text, entry.every_days): held for held, entry in zip(items, after, strict=False)}
    for (_, days), held in meant.items():
        check_plausible([held], days, lambda question: yes or confirm(question))
    if items:
        after = [with_item(entry, held) for entry, held in zip(after, items, strict=True)]
    said = dict.fromkeys(note for held in items for note in held.notes)
    kept = [old if same_entry(old, new) else new for old, new in zip(before, after, strict=True)]
    return kept, [*said, *([_ANEW] if items and kept != before else [])]


def _reader(
    item: str, given: Mapping[str, str], ask: "Chooser"
) -> "Callable[[Entry], Item] | None":
    """Return what tells the new food and amount of an entry; None if both stay."""
    from k2log.diary.editing import food_today, item_today
    from k2log.diary.understanding import understand
    from k2log.text import clean, shown

    if item:
        items = understand([item], ask)
        if len(items) > 1:
            raise UnreadableError(f'"{shown(item)}" is several items; an entry holds one.')
        return lambda _: items[0]
    food, amount = given.get("--food"), given.get("--amount")
    if food is None and amount is None:
        return None
    choice = ask.food(clean(food, "food", 100)) if food is not None else None
    return lambda entry: item_today(entry, choice or food_today(entry, ask), amount, ask.system)


def _save(
    diary: "Diary", before: "Sequence[Entry]", after: "Sequence[Entry]", command: str, at: str
) -> None:
    from k2log.store.entries import save_edits

    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    if changed:
        save_edits(diary, [old for old, _ in changed], [new for _, new in changed], command, at)


app_rm = typer.Typer(rich_markup_mode=None, add_completion=False)


@app_rm.command()
def rm(
    ctx: typer.Context,
    ids: Annotated[
        list[str], typer.Argument(metavar="ID...", help="Entry ids, as `k2log log` shows: 12 14-16")
    ],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Remove more than 50, too.")] = False,
) -> None:
    """Remove entries; k2log undo brings them back.

    Of a range, those that are there. All are removed, or none.
    """
    from k2log.grammar.ids import entry_spans
    from k2log.render.entries import removed_text
    from k2log.store.diary import open_diary
    from k2log.store.entries import remove_entries

    spans = entry_spans(ids)
    with open_diary(diary_path(ctx.obj.db)) as diary:
        found = [entry.id or 0 for entry in selected(diary, spans, "removed", yes=yes)]
        command = pasted("rm", *ids)
        removed = remove_entries(diary, found, command, clock.utc(clock.now()))
    emit(removed_text(removed), "they were removed")
