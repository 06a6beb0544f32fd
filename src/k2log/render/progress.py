"""How far long work is, on a terminal: one line on stderr that is gone when the work is done."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn


class Bar:
    """A bar that begins anew for each part of the work."""

    def __init__(self, progress: Progress) -> None:
        """Take the display."""
        self.progress = progress
        self.task: TaskID | None = None

    def begin(self, what: str, total: int) -> None:
        """Begin work of so many steps."""
        if self.task is not None:
            self.progress.remove_task(self.task)
        self.task = self.progress.add_task(what, total=total or None)

    def advance(self, steps: int) -> None:
        """Say that so many more steps are done."""
        if self.task is not None:
            self.progress.advance(self.task, steps)


@contextmanager
def bar() -> Iterator[Bar]:
    """Show a bar for as long as the work lasts."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield Bar(progress)
