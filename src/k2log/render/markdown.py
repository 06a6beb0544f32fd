"""A report as Markdown: a table and lists, with every note whole."""

import re
from collections.abc import Iterable, Iterator

from k2log.render.grid import Grid


def markdown(grid: Grid) -> str:
    """Return the report as a Markdown document."""
    if grid.empty:
        return f"{_escaped(grid.empty)}\n"
    parts = [
        [f"## {_escaped(grid.title)}"],
        list(_table(grid)),
        [f"- most {name} from: {_escaped(text)}" for name, text in grid.most_from],
        [f"- {line.name}: {_escaped(line.words)}" for line in grid.references],
        [_escaped(" · ".join(grid.legend))],
        [f"- {_escaped(note)}" for note in grid.notes],
        [_escaped(grid.standing)],
    ]
    return "\n\n".join("\n".join(part) for part in parts if any(part)) + "\n"


def _table(grid: Grid) -> Iterator[str]:
    yield _row(["", *grid.headers, ""])
    yield _row(["---", *("---:" for _ in grid.headers), "---"])
    for line in grid.lines:
        cells = (" ".join(filter(None, cell)) for cell in line.cells)
        yield _row(map(_escaped, [line.label.strip(), *cells, line.words]))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>|#&~])", r"\\\1", text)
