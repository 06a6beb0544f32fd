"""From what a person typed to items: foods, quantities and nutrients; from items to entries.

The foods are asked for twice at most: once for every name the words could be, and again, by
likeness, for an item none of whose readings names a food.

A diary day may begin later than midnight: a time of eating before that falls on the next calendar
date. Nothing is ever logged in the future.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING

from k2log.amounts import Amount, total
from k2log.config import LANGUAGES
from k2log.diary.entry import Entry
from k2log.errors import FoodError, K2logError, UnreadableError
from k2log.food.chooser import Choice, Chooser, UnknownFoodError, alike
from k2log.food.food import COOKED, Food
from k2log.food.matching import FoodMatch, is_joined
from k2log.food.measure import (
    AmbiguousSaltError,
    FoodAmount,
    UnconvertibleError,
    UnknownMeasureError,
    amount_read,
    fits,
    nutrients,
)
from k2log.food.plausible import ADULT, DoseLimits, implausible
from k2log.food.words import Account
from k2log.grammar.items import (
    BESIDE,
    Part,
    candidate_names,
    explain_unreadable,
    left_out,
    list_parts,
    lookup_key,
    name_typed,
    readings,
)
from k2log.grammar.quantity import Reading
from k2log.grammar.units import unit, volume
from k2log.named_tuple import NamedTuple
from k2log.names import name_words, singular
from k2log.text import shown

if TYPE_CHECKING:
    from k2log.food.languages import Translation


class Item(NamedTuple):
    """One item: the text typed, its food, how much, what that holds, and what to announce.

    ``region_assumed`` tells that the food differs by country and nobody said which is meant;
    ``account`` what each word of its name was taken for, where the whole is no name of the food;
    ``corrected`` is that name with its slips mended.
    """

    text: str
    food: Food
    amount: FoodAmount
    nutrients: Mapping[str, Amount]
    notes: Sequence[str]
    region_assumed: bool = False
    account: Account = ()
    corrected: str = ""


class Circumstances(NamedTuple):
    """What the items of one command share. ``created`` is UTC."""

    day: date
    time: str | None
    meal: str | None
    note: str | None
    every_days: int
    created: str


class EitherError(FoodError):
    """An item that names one food or another, and it matters which."""

    def __init__(self, text: str, first: Food, second: Food) -> None:
        """Take the item as typed and what it may be."""
        super().__init__(
            f'"{shown(text)}" is one of two: {first.name}; {second.name}. Name the one you had'
        )


class ImplausibleError(K2logError):
    """An amount that looks like a slip and was not confirmed, or cannot be right at all."""


def understand(arguments: Sequence[str], chooser: Chooser) -> list[Item]:
    """Return every item of the command line, or raise for the first that cannot be understood.

    Names in English come first, unless another language is set; see ``food.languages``.
    """
    lists, by_key = _lists(arguments, chooser)
    named = all(_is_named(part.text, by_key, chooser) for parts in lists for part in parts)
    ascii_only = all(argument.isascii() for argument in arguments)
    if named and chooser.language is None and ascii_only:
        try:
            return _items(lists, by_key, chooser)
        except UnknownMeasureError:  # Mischbrot is a name in English, Scheiben are no measure
            named = False
    # Few lines need it: none that names foods in English alone.
    from k2log.food.languages import (  # noqa: PLC0415
        OtherLanguageError,
        meant,
        offers,
        translated,
    )

    lines = translated(arguments, chooser.foods, chooser.language)
    line = meant(lines)
    if not (line or named):
        line = _chosen(" ".join(arguments), lines, chooser)
    if line and (chooser.language or not (named and line.unread)):
        with suppress(FoodError if line.unread else UnknownFoodError):
            return _in_english(line, " ".join(arguments), chooser)
    try:
        return _items(lists, by_key, chooser)
    except UnknownFoodError as unknown:
        if foods := offers(unknown.name, lines):
            raise OtherLanguageError(unknown.name, foods) from None
        raise
    except FoodError:
        if foods := [food for line in lines if not line.unread for food in line.foods]:
            raise OtherLanguageError(" ".join(arguments), foods) from None
        raise


def _chosen(typed: str, lines: "Sequence[Translation]", chooser: Chooser) -> "Translation | None":
    """Ask in which language a line is meant that may be English: pain is French for bread."""
    whole = {line.language: line for line in lines if line.foods and not line.unread}
    spoken = {code: ", ".join(line.arguments) for code, line in whole.items()}
    return whole.get(chooser.ask.language(typed, spoken) or "") if whole else None


def _in_english(line: "Translation", typed: str, chooser: Chooser) -> list[Item]:
    """Understand a line of another language; say so where it is not the one that is set.

    Who writes so is taken to eat European foods, as long as no region is set.
    """
    from copy import copy  # noqa: PLC0415 - 1 ms that English does without

    settle = copy(chooser)
    settle.assumed = "eu"
    lists, by_key = _lists(line.arguments, settle)
    items = _items(lists, by_key, settle)
    if chooser.language != line.language:
        texts = ", ".join(part.text for parts in lists for part in parts)
        remark = f"read as {LANGUAGES[line.language]}: {texts}"
        items[0] = items[0]._replace(notes=[remark, *items[0].notes])
    return [items[0]._replace(text=typed)] if len(items) == 1 else items


Named = Mapping[str, Sequence[Food]]
"""Foods by the lookup keys of their names."""


def _lists(arguments: Sequence[str], chooser: Chooser) -> tuple[list[list[Part]], Named]:
    """Return the items typed, list by list, and the foods that bear a name they may hold."""
    by_key = chooser.foods.named(candidate_names(arguments))
    is_food = partial(_is_food, by_key=by_key, chooser=chooser)
    is_dish = partial(_is_dish, chooser=chooser)
    roles = cache(lambda: _roles(" ".join(arguments), chooser))  # few lines ask for any
    lists = list_parts(arguments, is_food, partial(is_food, common=True), is_dish, roles)
    changed = [part.text for parts in lists for part in parts if part.changed]
    if changed:  # by a clause behind it that says more of its food
        by_key = {**by_key, **_bearers(changed, chooser)}
    return lists, by_key


def _roles(text: str, chooser: Chooser) -> Mapping[str, str]:
    """Return what the lists of words say of each word of a text, of those they hold."""
    from k2log.grammar.clauses import clause_words  # noqa: PLC0415 - few lines have clauses

    keys = {word: " ".join(name_words(word)) for word in clause_words(text)}
    terms = chooser.foods.terms(keys.values())
    return {word: terms[key].role for word, key in keys.items() if key in terms}


def _bearers(texts: Iterable[str], chooser: Chooser) -> Named:
    """Return the foods that bear a name which items may hold."""
    return chooser.foods.named(
        {lookup_key(reading.food) for text in texts for reading in readings(text)}
    )


def _items(lists: Sequence[Sequence[Part]], by_key: Named, chooser: Chooser) -> list[Item]:
    """Return the items of lists. Raises FoodError, UnreadableError."""
    items: list[Item] = []
    for parts in lists:
        of_list = [_item(part.text, by_key, chooser) for part in parts]
        if len(parts) > 1:
            of_list, parts = _held_once(of_list, parts)
            of_list = _beside(of_list, parts, chooser)
        items += [_repeated(it, part.times) for it, part in zip(of_list, parts, strict=True)]
    return items


def _repeated(item: Item, times: int) -> Item:
    """Return an item that was had several times."""
    if times == 1:
        return item
    amount = item.amount
    several = amount._replace(
        quantity=times * amount.quantity,
        grams=None if amount.grams is None else times * amount.grams,
        amount=times * amount.amount,
        how=f"{times} times {amount.how}",
    )
    note = f"{item.food.name} was counted {times} times"
    held = nutrients(item.food, several.quantity)
    return item._replace(amount=several, nutrients=held, notes=[*item.notes, note])


def _item(text: str, by_key: Named, chooser: Chooser) -> Item:
    named = _by_name(text, by_key, chooser)
    if named is None and (item := _without(text, chooser) or _either(text, chooser)):
        return item
    reading, choice = named or _by_likeness(text, chooser)
    reading = _of_part(reading, choice.food)
    try:
        item = item_of(text, choice, _amount(choice.food, reading, chooser))
        return _as_cooked(item, reading, chooser)
    except UnconvertibleError:
        official = choice.food.origin not in ("user", "catalogue")
        bare = official and reading.amount is not None and reading.measure is None
        counted = chooser.by_count(reading.food) if bare else None
        if counted is None:
            raise
        return item_of(text, counted, _amount(counted.food, reading, chooser))


def _without(text: str, chooser: Chooser) -> Item | None:
    """Return a food without another: coffee without milk; None where the text is not so.

    The food is taken as it is where its figures cannot hold the other one, or it does not matter.
    Raises FoodError where they may.
    """
    pair = left_out(text)
    if pair is None:
        return None
    whole, other = (_known(each, chooser) for each in pair)
    if whole is None or other is None:
        return None
    both = {it: total([whole.nutrients[it], other.nutrients[it]]) for it in whole.nutrients}
    if not (_cannot_hold(whole.nutrients, other.nutrients) or alike([whole.nutrients, both])):
        raise FoodError(
            f'{whole.food.name} may hold {other.food.name} as it is counted: "{shown(text)}" has'
            " no figures. Log its parts, or your own food: k2log foods add"
        )
    note = f'"{shown(text)}" was taken for {whole.food.name}'
    return whole._replace(text=text, notes=[note, *whole.notes])


def _known(text: str, chooser: Chooser) -> Item | None:
    """Return an item where nothing has to be asked, else None."""
    with suppress(K2logError):
        return _item(text, _bearers([text], chooser), _quiet(chooser))
    return None


def _cannot_hold(whole: Mapping[str, Amount], part: Mapping[str, Amount]) -> bool:
    """Whether a food holds so little calcium beside another that this cannot be in it."""
    of_whole, of_part = whole["calcium"].best, part["calcium"].best
    return of_whole is not None and of_part is not None and of_whole < of_part / 3


def _of_part(reading: Reading, food: Food) -> Reading:
    """Return a count of what its name calls a part as so many of that: 3 broccoli florets."""
    words = reading.food.lower().split()
    if reading.amount is None or reading.measure is not None or len(words) < 2:
        return reading
    for word in (words[-1], words[0]):
        part = unit(word)
        name = part.name if part else singular(word)
        if name in food.portions and not volume(name)[0]:
            return reading._replace(measure=name)
    return reading


def _as_cooked(item: Item, reading: Reading, chooser: Chooser) -> Item:
    """Return an item with what to say where it may have been weighed dry: 250 g spaghetti."""
    if reading.amount is None or not item.food.name.endswith(COOKED):
        return item
    from k2log.food.dry import remark  # noqa: PLC0415 - few items are cooked grains or beans

    note = remark(item.food, item.text, reading, chooser)
    return item._replace(notes=[*item.notes, note]) if note else item


def _is_named(text: str, by_key: Named, chooser: Chooser) -> bool:
    """Whether an item holds the name of a food, or of one and of another it may be."""
    named = bool(_ways(text, by_key))
    if named or not _is_either(text):
        return named
    from k2log.grammar.either import alternatives  # noqa: PLC0415 - few items name two

    return any(
        all(_ways(each, _bearers([each], chooser)) for each in way) for way in alternatives(text)
    )


def _is_either(text: str) -> bool:
    return "or" in text.lower().replace("(", " ").split()


def _either(text: str, chooser: Chooser) -> Item | None:
    """Return the first of two foods, where it does not matter which; None if it names no two.

    Raises EitherError.
    """
    if not _is_either(text):
        return None
    from k2log.grammar.either import alternatives  # noqa: PLC0415 - as above

    ways = alternatives(text)
    for one, other in ways:
        by_key = _bearers([one, other], chooser)
        if (one, other) != ways[-1] and not _ways(one, by_key):
            continue  # what they seem to share makes no name of the first
        try:
            first, second = (_item(each, by_key, chooser) for each in (one, other))
        except FoodError:
            continue
        same = first.food.key == second.food.key
        if not (same or alike([first.nutrients, second.nutrients])):
            raise EitherError(text, first.food, second.food)
        note = f'of "{shown(text)}" {first.food.name} was counted'
        return first._replace(text=text, notes=[note, *first.notes])
    return None


def _held_once(items: Sequence[Item], parts: Sequence[Part]) -> tuple[list[Item], Sequence[Part]]:
    """Return items, with their parts, without what another of them holds already; that is said."""
    from k2log.food.beside import held_already  # noqa: PLC0415 - where something is joined

    new = list(items)
    pairs = [(item.food, item.amount) for item in items]
    held = held_already(pairs, [part.join for part in parts[1:]])
    for place, host in held.items():
        note = f"{items[place].food.name} not added: {items[host].food.name} has its own"
        new[host] = new[host]._replace(notes=[*new[host].notes, note])
    left = [place for place in range(len(items)) if place not in held]
    return [new[place] for place in left], [parts[place] for place in left]


def _beside(items: Sequence[Item], parts: Sequence[Part], chooser: Chooser) -> list[Item]:
    """Return items with milk measured by what it is joined to: tea with milk has a splash."""
    from k2log.food.beside import poured  # noqa: PLC0415 - where something is joined

    new, start = list(items), 0
    for end in [i for i in range(1, len(parts)) if parts[i].join not in BESIDE] + [len(parts)]:
        group = [(item.food, item.amount) for item in items[start:end]]
        for place, amount in (poured(group, chooser.system) if end - start > 1 else {}).items():
            item = items[start + place]
            new[start + place] = item._replace(
                amount=amount,
                nutrients=nutrients(item.food, amount.quantity),
                notes=[*item.notes, *amount.notes],
            )
        start = end
    return new


class Unasked:
    """Asks nobody."""

    def food(self, name: str, candidates: Sequence[FoodMatch]) -> FoodMatch | None:
        """Return None."""
        return None

    def member(self, *_: object) -> FoodMatch | None:
        """Return None."""
        return None

    def form(self, question: str) -> str | None:
        """Return None."""
        return None

    def language(self, *_: object) -> str | None:
        """Return None."""
        return None

    def redirect(self, *_: object) -> None:
        """Leave names alone."""


def _quiet(chooser: Chooser) -> Chooser:
    """Return what settles names as another does, but asks nobody."""
    quiet = Chooser(chooser.foods, Unasked(), None, chooser.system, chooser.language)
    quiet.region, quiet.assumed = chooser.region, chooser.assumed
    return quiet


def _is_dish(text: str, chooser: Chooser) -> bool:
    """Whether items joined by words are one food by the words of its name, without a question.

    A slip in a word is mended in the whole before it is in a part: ham and cheese omlette.
    """
    quiet = _quiet(chooser)
    whole = [reading for reading in readings(text) if not (reading.tentative or reading.form)]
    for look in (quiet.by_words, quiet.by_slips):
        for reading in whole:
            with suppress(K2logError):
                choice = look(reading.food)
                if choice and _is_of_whole(reading, choice.food, chooser.system):
                    return True
    return False


def _is_food(reading: Reading, by_key: Named, chooser: Chooser, *, common: bool = False) -> bool:
    """Whether a reading names a food; with ``common`` one of one's own or the catalogue's, no kind.

    "tea with milk" is no milk tea, and a can of tuna with mayonnaise is not counted in sandwiches.
    """
    foods = by_key.get(lookup_key(reading.food), ())
    if common:
        foods = [it for it in foods if it.origin in ("user", "catalogue") and not it.generic]
    if not (foods and is_joined(reading.food)):
        return bool(foods)
    foods = chooser.in_order(reading.food, foods)
    return any(_is_of_whole(reading, food, chooser.system) for food in foods)


def _is_of_whole(reading: Reading, food: Food, system: str) -> bool:
    """Whether the amount typed can be that of a dish of several foods, not of the one beside it.

    A can of sardines on toast has no can of toast, and 2 eggs on toast are one plate.
    """
    words = reading.food.lower().split()
    joins = [word for word in words if is_joined(word)]
    if reading.amount is None or not joins:
        return True
    of_all = joins[0] in ("and", "&")
    if reading.measure is not None:
        return of_all or _held(reading, system, food) is not None
    of_first = not of_all or words[words.index(joins[0]) - 1].endswith("s")
    several = reading.amount > 1 and of_first
    return not (several and food.piece in ("plate", "serving", "bowl"))


def item_of(text: str, choice: Choice, amount: FoodAmount) -> Item:
    """Return so much of a food as an item, with all there is to announce of it."""
    food = choice.food
    notes = [choice.note, food.note if food.announce else "", *amount.notes]
    amounts = nutrients(food, amount.quantity)
    return Item(
        text,
        food,
        amount,
        amounts,
        [*filter(None, notes)],
        choice.region_assumed,
        choice.account,
        choice.corrected,
    )


def _by_name(
    text: str, by_key: Mapping[str, Sequence[Food]], chooser: Chooser
) -> tuple[Reading, Choice] | None:
    """Settle the longest name that is a food's; of two ways to read it, the one with an amount."""
    ways = _ways(text, by_key)
    if not ways:
        return None
    longest = lookup_key(ways[0][0].food)
    same = [way for way in ways if lookup_key(way[0].food) == longest]
    reading, foods = next((way for way in same if way[0].amount is not None), ways[0])
    choice = chooser.by_name(reading.food, foods)
    return (reading, choice) if choice else None


def _ways(text: str, by_key: Mapping[str, Sequence[Food]]) -> list[tuple[Reading, list[Food]]]:
    """Return the readings of an item that name foods, the longest name first."""
    return [
        (reading, foods)
        for reading in readings(text)
        if (foods := [f for f in by_key.get(lookup_key(reading.food), ()) if fits(f, reading)])
    ]


def _by_likeness(text: str, chooser: Chooser) -> tuple[Reading, Choice]:
    """Settle an item whose words are no food's exact name. Raises FoodError, UnreadableError."""
    if unreadable := explain_unreadable(text):
        raise unreadable
    possible = [reading for reading in readings(text) if not (reading.tentative or reading.form)]
    for look in (chooser.by_words, chooser.by_slips):
        for reading in possible:
            holding = partial(_held, reading, chooser.system)
            if choice := look(reading.food, holding):
                return _sized(reading, choice), choice
    for reading in possible:
        if choice := chooser.by_official_words(reading.food):
            return reading, choice
    name = name_typed(text)
    return Reading(name), chooser.nearest(name)


def _held(reading: Reading, system: str, food: Food) -> Mapping[str, Amount] | None:
    """Return what the amount typed holds of a food; None where the food has no such measure."""
    try:
        amount = amount_read(food, reading, reading.form, system)
    except K2logError:
        return None
    return nutrients(food, amount.quantity)


def _sized(reading: Reading, choice: Choice) -> Reading:
    """Return a reading whose size is its measure, where the food has one of that name."""
    named = unit(choice.size) if choice.size else None
    size = named.name if named else choice.size
    if reading.measure is None and size in choice.food.portions:
        return reading._replace(amount=reading.amount or 1.0, measure=size)
    return reading


def _amount(food: Food, reading: Reading, chooser: Chooser) -> FoodAmount:
    """Measure what was typed; ask where a mass may be that of a salt or of its element."""
    try:
        return amount_read(food, reading, reading.form, chooser.system)
    except AmbiguousSaltError as ambiguous:
        form = chooser.ask.form(str(ambiguous))
        if form is None:
            raise
        return amount_read(food, reading, form, chooser.system)


def check_plausible(
    items: Iterable[Item],
    every_days: int,
    confirm: Callable[[str], bool],
    limits: DoseLimits = ADULT,
) -> None:
    """Ask about amounts that look like a slip. Raises ImplausibleError."""
    for item in items:
        doubt = implausible(item.food, item.amount, item.nutrients, every_days, limits)
        if doubt is None:
            continue
        if doubt.level == "refuse":
            raise ImplausibleError(f"{doubt.reason}.")
        if not confirm(f"{doubt.reason}."):
            raise ImplausibleError(f"{doubt.reason}. If that is right, add --yes.")


def entry_of(item: Item, shared: Circumstances, uid: str) -> Entry:
    """Return the entry of one item, with a snapshot of how its figures came about."""
    food, amount = item.food, item.amount
    working: dict[str, object] = {"typed": item.text, "how": amount.how}
    if amount.assumed:
        working["assumed"] = True
    if amount.system:
        working["measures"] = amount.system
    if item.corrected:
        working["corrected"] = item.corrected
    if item.region_assumed:
        working["region"] = "assumed"
        if food.region not in (None, "us"):  # which was the only one once
            working["region_assumed"] = food.region
    origins: dict[tuple[str, str], list[str]] = {}
    for nutrient, figure in food.figures.items():
        origins.setdefault((figure.basis, figure.source), []).append(nutrient)
    working["from"] = [[basis, source, " ".join(ids)] for (basis, source), ids in origins.items()]
    return Entry(
        id=None,
        uid=uid,
        food=food.name,
        food_key=food.key,
        amount=amount.amount,
        measure=amount.measure,
        grams=amount.grams,
        supplement=food.supplement,
        nutrients=item.nutrients,
        working=working,
        **shared._asdict(),
    )


def clock_time(
    day: date, at: time, now: datetime, day_starts: time, local: Callable[[datetime], datetime]
) -> str:
    """Return the local timestamp, with offset, of a time of eating on a diary day.

    ``local`` attaches the offset that is valid at that local time. Raises UnreadableError if the
    moment is still to come.
    """
    calendar = day + timedelta(days=1) if at < day_starts else day
    moment = local(datetime.combine(calendar, at))
    if moment > now:
        raise UnreadableError(
            f"{at:%H:%M} on {calendar:%a} {calendar.day} {calendar:%b} is still to come."
            f" For the day before: --on {(day - timedelta(days=1)).isoformat()}"
        )
    return moment.isoformat(timespec="minutes")
