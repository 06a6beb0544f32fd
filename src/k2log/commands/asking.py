"""Questions, asked only where all ends are a terminal."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from k2log import commands
from k2log.commands.output import interactive, note
from k2log.config import LANGUAGES
from k2log.errors import FoodError, StoppedError
from k2log.food.chooser import Chooser, Foods
from k2log.food.food import Food
from k2log.food.matching import FoodMatch
from k2log.grammar.quantity import ELEMENTAL, SALT
from k2log.names import name_key
from k2log.store.diary import Diary
from k2log.store.foods import StoredFoods
from k2log.text import pasted, safe, shown

_AT_ONCE: Final = 9
_TRIES: Final = 3


def confirm(question: str) -> bool:
    """Ask whether something doubtful is meant; no where nobody can be asked."""
    return interactive() and commands.consent(f"{safe(question)} Log it?")


def choice(question: str, answers: Sequence[str]) -> int | None:
    """Ask which answer is meant; None where nobody can be asked."""
    return _choose(question, answers) if interactive() else None


class MedicineError(FoodError):
    """A medicine that is typed as a food."""

    def __init__(self, typed: str, medicine: str) -> None:
        """Take its name as typed, and the one that k2log knows it by."""
        called = "" if name_key(typed) == name_key(medicine) else f" ({medicine})"
        super().__init__(
            f'"{shown(typed)}"{called} is a medicine: the diary holds foods and supplements.'
            " Reports heed the medicines of your profile:"
            f" {pasted('k2log', 'profile', 'set', '--medicine', typed)}"
        )


class Questions:
    """What is asked about items, each name but once.

    With ``offering`` to remember, ``remembered`` holds the names that shall mean the food that was
    chosen from now on.
    """

    def __init__(self, *, offering: bool = False) -> None:
        """Nothing was asked yet."""
        self.offering = offering
        self.answers: dict[str, FoodMatch] = {}
        self.remembered: dict[str, FoodMatch] = {}

    def food(self, name: str, candidates: Sequence[FoodMatch]) -> FoodMatch | None:
        """Ask which food is meant; None where nobody can be asked."""
        if not interactive():
            return None
        before = self.answers.get(name_key(name))
        if before in candidates:
            return before
        match = candidates[_choose(f'"{shown(name)}" may be:', [each.food for each in candidates])]
        self.answers[name_key(name)] = match
        if self.offering and commands.consent(safe(f'Remember "{name}" as {match.food}?')):
            self.remembered[name] = match
        return match

    def member(
        self, name: str, kind: Food, members: Callable[[], Sequence[FoodMatch]]
    ) -> FoodMatch | None:
        """Ask which food of a kind is meant; Enter takes the kind, None stands for it."""
        if not interactive():
            return None
        if name_key(name) in self.answers:
            before = self.answers[name_key(name)]
            return None if before.food_key == kind.key else before
        candidates = members()
        if not candidates:
            return None
        foods = [each.food for each in candidates]
        way_out = f"Enter for {kind.name}"
        chosen = _chosen(f'"{shown(name)}" may be:', foods, way_out, "")
        match = FoodMatch(kind.key, kind.name) if chosen is None else candidates[chosen]
        self.answers[name_key(name)] = match
        return None if chosen is None else match

    def form(self, question: str) -> str | None:
        """Ask whether a mass is the element's or the salt's; None where nobody can be asked."""
        if not interactive():
            return None
        meanings = ["the element, as labels state it", "the whole salt"]
        return (ELEMENTAL, SALT)[_choose(f"{question}. Which does it weigh?", meanings)]

    def redirect(self, name: str) -> None:
        """Raise MedicineError for the name of a medicine, which no diary holds."""
        from k2log.science.name_lists import medicine_called  # for few names

        if medicine := medicine_called(name):
            raise MedicineError(name, medicine)

    def language(self, typed: str, lines: Mapping[str, str]) -> str | None:
        """Ask which language a line is in, by what it is in each; None for English, too."""
        if not interactive():
            return None
        answers = [f"{line} ({LANGUAGES[language]})" for language, line in lines.items()]
        chosen = _chosen(f'"{shown(typed)}" may be:', answers, "Enter for English", "")
        return None if chosen is None else [*lines][chosen]


def _choose(question: str, answers: Sequence[str]) -> int:
    """Ask for the number of an answer. Raises StoppedError where none is chosen."""
    number = _chosen(question, answers, "q to stop", "q")
    if number is None:
        raise StoppedError
    return number


def _chosen(question: str, answers: Sequence[str], way_out: str, default: str) -> int | None:
    """Ask for the number of an answer; a reply that is none is asked for again, not for ever.

    None stands for the default. Raises StoppedError.
    """
    note(question)
    listed = _listed(answers, 0)
    for _ in range(_TRIES):
        while (reply := _reply(listed, len(answers), way_out, default)) == "m":
            if listed == len(answers):
                break
            listed = _listed(answers, listed)
        if reply == default:
            return None
        if reply == "q":
            break
        if reply in map(str, range(1, listed + 1)):
            return int(reply) - 1
        note(f'"{shown(reply)}" is none of these.')
    raise StoppedError


def _listed(answers: Sequence[str], start: int) -> int:
    """Show the next few answers; return how many are shown now."""
    for number, answer in enumerate(answers[start : start + _AT_ONCE], start + 1):
        note(f"{number:>3}  {answer}")
    return min(start + _AT_ONCE, len(answers))


def _reply(listed: int, answers: int, way_out: str, default: str) -> str:
    more = ", m for more" if listed < answers else ""
    numbers = "1" if listed == 1 else f"1-{listed}"
    question = f"Which one? {numbers}{more}, or {way_out}"
    reply = commands.prompt(question, default, show_default=bool(default))
    return reply.strip().lower()


def chooser(diary: Diary, foods: Foods | None = None, ask: Questions | None = None) -> Chooser:
    """Return what settles names for this diary, its settings and this terminal."""
    settings = diary.settings
    return Chooser(
        foods or StoredFoods(diary),
        ask or Questions(),
        settings.region,
        settings.system,
        settings.language,
    )


def remember(diary: Diary, ask: Questions, at: str) -> list[str]:
    """Keep the names that shall be remembered, each as a change of its own; return what to say."""
    if not ask.remembered:
        return []
    from k2log.store.own_foods import mean_from_now_on

    for name, match in ask.remembered.items():
        command = pasted("foods", "alias", name, f"food:{match.food_key}")
        mean_from_now_on(diary, name, match.food_key, command, at)
    return [f'"{name}" means {match.food} from now on.' for name, match in ask.remembered.items()]
