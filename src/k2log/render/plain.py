"""A report as text for pipes, narrow machines and screen readers: nothing cut, nothing drawn."""

from collections.abc import Iterator, Sequence

from k2log.render.grid import Cell, Grid, Line, columns, padded
from k2log.render.numbers import NO_DATA, UNKNOWN_WORD, width


def plain(grid: Grid) -> str:
    """Return aligned lines without trailing spaces."""
    return _joined(grid, _table(grid), "  ")


def sentences(grid: Grid) -> str:
    """Return one line of words per line of the table, for listening."""
    said = [f"{name}: {words}." for name, words in grid.day_by_day]
    return _joined(grid, (_sentence(line, grid) for line in grid.lines), "", said)


def _joined(grid: Grid, table: Iterator[str], indent: str, day_by_day: Sequence[str] = ()) -> str:
    if grid.empty:
        return grid.empty + "\n"
    blocks = [
        [grid.title],
        list(table),
        day_by_day,
        ["most from", *(f"{indent}{name}: {text}" for name, text in grid.most_from)],
        _references(grid, indent),
        [" · ".join(grid.legend)],
        ["Notes", *grid.notes],
        [grid.standing],
    ]
    said = (block for block in blocks if block and block[-1] not in {"", "most from", "Notes"})
    text = "\n\n".join("\n".join(block) for block in said)
    return "".join(f"{line.rstrip()}\n" for line in text.split("\n"))


def _references(grid: Grid, indent: str) -> list[str]:
    lines = [f"{indent}{line.name}: {line.words}" for line in grid.references]
    return [grid.references_heading, *lines] if lines else []


def _table(grid: Grid) -> Iterator[str]:
    labels = max(width(line.label) for line in grid.lines)
    cells = columns(grid)
    widths = [
        max(len(head), len(column[0])) for head, column in zip(grid.headers, cells, strict=True)
    ]
    heads = (head.rjust(to) for head, to in zip(grid.headers, widths, strict=True))
    yield "  ".join([" " * labels, *heads])
    for line, *texts in zip(grid.lines, *cells, strict=True):
        numbers = (text.rjust(to) for text, to in zip(texts, widths, strict=True))
        yield "  ".join([padded(line.label, labels), *numbers, line.words])


def _sentence(line: Line, grid: Grid) -> str:
    pairs = zip(grid.headers, line.cells, strict=True)
    said = [_spoken(head, cell) for head, cell in pairs if cell[0] != NO_DATA]
    words = [line.words] if line.words else []
    return f"{line.label.strip()}: {', '.join([*said, *words]) or 'no figures'}."


def _spoken(head: str, cell: Cell) -> str:
    name, _, unit = head.rpartition(" ")
    number, mark = cell
    return " ".join(filter(None, (name, number, unit if number != UNKNOWN_WORD else "", mark)))
