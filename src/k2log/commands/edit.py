"""``k2log edit`` and ``k2log rm``: correct entries, or remove them, by their ids."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from itertools import chain
from typing import Annotated, Final

from k2log import clock
from k2log.commands import ManyError, consent, refuse_unknown_options
from k2log.commands.asking import chooser, confirm
from k2log.commands.completing import food_name
from k2log.commands.declaration import App, Argument, Context, Option
from k2log.commands.output import emit, interactive, note, page
from k2log.commands.precautions import dose_limits, warnings_of
from k2log.diary.editing import (
    correct,
    food_today,
    item_today,
    read_correction,
    same_entry,
    with_item,
)
from k2log.diary.entry import Entry
from k2log.diary.understanding import Item, check_plausible, clock_time, understand
from k2log.errors import K2logError, UnreadableError
from k2log.food.chooser import Choice, Chooser
from k2log.food.food import GENERIC_KEY
from k2log.grammar.ids import Span, entry_spans, ids_and_item
from k2log.paths import diary_path
from k2log.render.edits import NOTHING_TO_CHANGE, edited_text
from k2log.render.entries import removed_text
from k2log.render.json import entries_json
from k2log.store.diary import Diary, open_diary
from k2log.store.entries import entries_in, remove_entries, save_edits
from k2log.text import clean, pasted, shown

_MOST: Final = 1000
_MANY: Final = 50


def selected(diary: Diary, spans: Sequence[Span], verb: str, *, yes: bool) -> list[Entry]:
    """Return the live entries of ids and ranges; ask where they are many.

    Raises NoEntryError, UnreadableError, ManyError.
    """
    entries = entries_in(diary, spans, _MOST + 1)
    if len(entries) > _MOST:
        raise UnreadableError(f"these are more than {_MOST} entries, too many for one command.")
    many = f"{len(entries)} entries would be {verb}."
    if len(entries) <= _MANY or yes:
        return entries
    if interactive() and consent(f"{many} Go on?"):
        return entries
    raise ManyError(f"{many} If that is right, add --yes.")


app = App()

_ANEW = "Grams and nutrients were computed anew, from the food's figures of today."


@app.command(
    context_settings={"ignore_unknown_options": True},
    examples=("edit 1 --amount 40g", "edit 1-2 --on yesterday", 'edit 1 "gouda 40g"'),
)
def edit(
    ctx: Context,
    words: Annotated[
        list[str],
        Argument(metavar="ID... [ITEM]", help='Entry ids, as `k2log log` shows; "gouda 40g"'),
    ],
    food: Annotated[
        str | None, Option(metavar="NAME", autocompletion=food_name, help="Another food.")
    ] = None,
    amount: Annotated[
        str | None, Option(metavar="AMOUNT", help="Another amount: 40g, 2 slices.")
    ] = None,
    on: Annotated[
        str | None, Option(metavar="DAY", help="yesterday, mon…sun, -3, 2026-11-19, 19 nov.")
    ] = None,
    at: Annotated[
        str | None, Option(metavar="TIME", help="When it was eaten: 08:30, 8am, now, none.")
    ] = None,
    meal: Annotated[str | None, Option(metavar="MEAL", help="lunch, …, none.")] = None,
    remark: Annotated[
        str | None, Option("--note", metavar="TEXT", help="A remark, or none.")
    ] = None,
    every: Annotated[
        str | None, Option(metavar="INTERVAL", help="How long a dose lasts: 7d, none.")
    ] = None,
    dry_run: Annotated[
        bool, Option("--dry-run", help="Say what would change, and change nothing.")
    ] = False,
    yes: Annotated[
        bool, Option("--yes", "-y", help="Take amounts that look like a slip, too.")
    ] = False,
    as_json: Annotated[bool, Option("--json", help="Answer with JSON.")] = False,
) -> None:
    """Correct entries, by their ids.

    Food and amount are read as k2log add reads them. All entries are changed, or none.
    """
    options = {"--food": food, "--amount": amount, "--on": on, "--at": at, "--meal": meal,
               "--note": remark, "--every": every}  # fmt: skip
    given = {name: text for name, text in options.items() if text is not None}
    spans, item = ids_and_item(words)
    _check(words, item, given)
    now = clock.now()
    with open_diary(diary_path(ctx.obj.db)) as diary:
        before = selected(diary, spans, "changed", yes=yes)
        after, remarks = _edited(diary, before, item, given, now, yes=yes)
        changes = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
        eaten = [new for old, new in changes if _eaten(new) != _eaten(old)]
        remarks += warnings_of(diary, eaten)
        if changes and not dry_run:
            command = pasted("edit", *" ".join(words).split(), *chain.from_iterable(given.items()))
            old, new = zip(*changes, strict=True)
            save_edits(diary, old, new, command, clock.utc(now))
    for line in remarks:
        note(line)
    text = edited_text(before, after, page(ctx.obj.plain)) or NOTHING_TO_CHANGE
    emit(entries_json(after) if as_json else text, "" if dry_run else "the entries were changed")


def _eaten(entry: Entry) -> tuple[object, ...]:
    """Return what of an entry decides what is to be said of it."""
    return entry.food, entry.nutrients, entry.day, entry.time, entry.every_days


def _check(words: Sequence[str], item: str, given: Mapping[str, str]) -> None:
    """Refuse options that are none, two items, and nothing to change."""
    refuse_unknown_options(words)
    twice = [name for name in ("--food", "--amount") if name in given]
    if item and twice:
        raise UnreadableError(f'give either "{shown(item)}" or {" and ".join(twice)}, not both.')
    if not item and not given:
        raise UnreadableError(
            f"what is to change? For example: k2log edit {shown(words[0])} --amount 40g"
        )


def _edited(
    diary: Diary, before: Sequence[Entry], item: str, given: Mapping[str, str], now: datetime,
    *, yes: bool,
) -> tuple[list[Entry], list[str]]:  # fmt: skip
    """Return the entries as they shall be, and what to say of how they were understood."""

    def timestamp(day: date, at: time) -> str:
        return clock_time(day, at, now, diary.day_starts, clock.local)

    change = read_correction(given, now, diary.day_of(now))
    after = [correct(entry, change, timestamp) for entry in before]
    anew = _reader(item, given, chooser(diary))
    items = [anew(entry) for entry in before] if anew else []
    doses = {(new.text, it.every_days, it.day): new for new, it in zip(items, after, strict=False)}
    for (_, every_days, day), new in doses.items():
        check_plausible([new], every_days, lambda it: yes or confirm(it), dose_limits(diary, day))
    if items:
        after = [with_item(entry, new) for entry, new in zip(after, items, strict=True)]
    remarks = dict.fromkeys(note for new in items for note in new.notes)
    after = [old if same_entry(old, new) else new for old, new in zip(before, after, strict=True)]
    return after, [*remarks, *([_ANEW] if items and after != before else [])]


def _reader(item: str, given: Mapping[str, str], ask: Chooser) -> Callable[[Entry], Item] | None:
    """Return what makes the new item of each entry; None if food and amount stay."""
    if item:
        items = understand([item], ask)
        if len(items) > 1:
            raise UnreadableError(f'"{shown(item)}" is several items; an entry holds one.')
        return lambda entry: _narrowed(entry, items[0])
    food, amount = given.get("--food"), given.get("--amount")
    if food is None and amount is None:
        return None
    choice = ask.food(clean(food, "food", 100)) if food is not None else None
    return lambda entry: item_today(entry, choice or food_today(entry, ask), amount, ask.system)


def _narrowed(entry: Entry, item: Item) -> Item:
    """Return a new item; without an amount of its own it has that of an entry of unstated kind."""
    if not item.amount.assumed or not (entry.food_key or "").startswith(GENERIC_KEY):
        return item
    choice = Choice(item.food, region_assumed=item.region_assumed)
    with suppress(K2logError):  # the kind may have had other measures
        return item_today(entry, choice, None)
    return item


rm_app = App()


@rm_app.command(examples=("rm 1", "rm 1-2"))
def rm(
    ctx: Context,
    ids: Annotated[
        list[str], Argument(metavar="ID...", help="Entry ids, as `k2log log` shows: 12 14-16")
    ],
    yes: Annotated[bool, Option("--yes", "-y", help="Remove more than 50, too.")] = False,
) -> None:
    """Remove entries; k2log undo brings them back.

    Of a range, those that are there. All are removed, or none.
    """
    spans = entry_spans(ids)
    with open_diary(diary_path(ctx.obj.db)) as diary:
        numbers = [entry.id or 0 for entry in selected(diary, spans, "removed", yes=yes)]
        removed = remove_entries(diary, numbers, pasted("rm", *ids), clock.utc(clock.now()))
    emit(removed_text(removed), "they were removed")
