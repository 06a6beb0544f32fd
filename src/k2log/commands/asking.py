"""Questions, asked only where both ends are a terminal."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from k2log.commands.output import interactive, note
from k2log.food.matching import Found
from k2log.grammar.items import ELEMENTAL, SALT

if TYPE_CHECKING:
    from k2log.food.choosing import Chooser
    from k2log.store.diary import Diary


def confirm(question: str) -> bool:
    """Ask whether something doubtful is meant; no where nobody can be asked."""
    return interactive() and typer.confirm(f"{question} Log it?", err=True)


class Questions:
    """What ``add`` asks about an item."""

    def food(self, name: str, candidates: Sequence[Found]) -> Found | None:
        """Ask which food is meant; None where nobody can be asked."""
        if not interactive():
            return None
        number = _chosen(f'"{name}" may be:', [found.food for found in candidates])
        return candidates[number]

    def form(self, question: str) -> str | None:
        """Ask whether a mass is the element's or the salt's; None where nobody can be asked."""
        if not interactive():
            return None
        meanings = ["the element, as labels state it", "the whole salt"]
        return (ELEMENTAL, SALT)[_chosen(f"{question}. Which does it weigh?", meanings)]


def _chosen(question: str, answers: Sequence[str]) -> int:
    note(question)
    for number, answer in enumerate(answers, 1):
        note(f"  {number}  {answer}")
    reply = typer.prompt(f"Which one? 1-{len(answers)}, or q to stop", default="q", err=True)
    if not reply.strip().isdecimal() or not 1 <= int(reply) <= len(answers):
        raise typer.Abort
    return int(reply) - 1


def chooser(diary: "Diary") -> "Chooser":
    """Return what settles names for this diary and this terminal."""
    from k2log.food.choosing import Chooser
    from k2log.store.foods import StoredFoods

    return Chooser(StoredFoods(diary), Questions(), diary.settings.get("region"))
