"""Questions, asked only where both ends are a terminal."""

from collections.abc import Sequence

import typer

from k2log.commands.output import interactive, note
from k2log.food.matching import Found


def choose(name: str, candidates: Sequence[Found]) -> Found | None:
    """Ask which food is meant; None where nobody can be asked."""
    if not interactive():
        return None
    note(f'"{name}" may be:')
    for number, found in enumerate(candidates, 1):
        note(f"  {number}  {found.food}")
    last = len(candidates)
    answer = typer.prompt(f"Which one? 1-{last}, or q to stop", default="q", err=True)
    if not answer.strip().isdigit() or not 1 <= int(answer) <= last:
        raise typer.Abort
    return candidates[int(answer) - 1]


def confirm(question: str) -> bool:
    """Ask whether something doubtful is meant; no where nobody can be asked."""
    return interactive() and typer.confirm(f"{question} Log it?", err=True)
