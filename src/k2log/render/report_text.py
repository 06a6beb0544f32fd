"""A report as text that no terminal has to draw: nothing cut.

Plain lines for pipes and narrow machines, sentences for screen readers, and Markdown, which has
every note whole.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from k2log.render.answers import heads
from k2log.render.layout import pad, width
from k2log.render.numbers import NO_DATA, UNKNOWN_WORD, UNSTATED
from k2log.render.report_table import ReportTable, TableLine


def plain(table: ReportTable) -> str:
    """Return aligned lines without trailing spaces."""
    return _blocks(table, [] if table.empty else _aligned(table), "  ")


def sentences(table: ReportTable) -> str:
    """Return one line of words per line of the table, for listening."""
    days = [f"{name}: {words}." for name, words in table.day_by_day]
    return _blocks(table, [_sentence(line, table.headers) for line in table.lines], "", days)


def _blocks(
    table: ReportTable, lines: Sequence[str], indent: str, day_by_day: Sequence[str] = ()
) -> str:
    if table.empty:
        return table.empty + "\n"
    references = [f"{indent}{line.name}: {line.words}" for line in table.references]
    most_from = [f"{indent}{name}: {text}" for name, text in table.most_from]
    blocks = [
        [table.title],
        _answers(table, indent),
        lines,
        day_by_day,
        ["most from", *most_from] if most_from else [],
        [table.references_heading, *references] if references else [],
        [" · ".join(table.legend)] if table.legend else [],
        ["Notes", *(note.text for note in table.notes)] if table.notes else [],
        [table.standing] if table.standing else [],
    ]
    text = "\n\n".join("\n".join(block) for block in blocks if block)
    return "".join(f"{line.rstrip()}\n" for line in text.split("\n"))


def _answers(table: ReportTable, indent: str) -> list[str]:
    """Return the first lines, names and figures in columns; for listening one after the other."""
    if not indent:
        return [f"{it.name}: {it.text.rstrip(' .…')}." for it in table.answers]
    first = zip(heads(table.answers), table.answers, strict=True)
    return [f"{indent}{head}{it.words}" for head, it in first]


def _aligned(table: ReportTable) -> list[str]:
    labels = max(width(line.label) for line in table.lines)
    columns = table.columns()
    widths = [max(len(head), len(it[0])) for head, it in zip(table.headers, columns, strict=True)]
    heads = (head.rjust(to) for head, to in zip(table.headers, widths, strict=True))
    lines = ["  ".join([" " * labels, *heads])]
    for line, *texts in zip(table.lines, *columns, strict=True):
        numbers = (text.rjust(to) for text, to in zip(texts, widths, strict=True))
        lines.append("  ".join([pad(line.label, labels), *numbers, line.words]))
    return lines


def _sentence(line: TableLine, headers: Sequence[str]) -> str:
    parts = []
    for head, (number, mark) in zip(headers, line.cells, strict=True):
        name, _, unit = head.rpartition(" ")
        if number != NO_DATA:
            unit = "" if number in {UNKNOWN_WORD, UNSTATED} else unit
            parts.append(" ".join(filter(None, (name, number, unit, mark))))
    words = [line.words] if line.words else []
    return f"{line.label.strip()}: {', '.join([*parts, *words]) or 'no figures'}."


def markdown(table: ReportTable) -> str:
    """Return the report as a Markdown document."""
    if table.empty:
        return f"{_escaped(table.empty)}\n"
    parts = [
        [f"## {_escaped(table.title)}"],
        [f"- {it.name}: {_escaped(it.text)}" for it in table.answers],
        list(_markdown_table(table)),
        [f"- most {name} from: {_escaped(text)}" for name, text in table.most_from],
        [f"- {line.name}: {_escaped(line.words)}" for line in table.references],
        [_escaped(" · ".join(table.legend))],
        [f"- {_escaped(note.text)}" for note in table.notes],
        [_escaped(table.standing)],
    ]
    return "\n\n".join("\n".join(part) for part in parts if any(part)) + "\n"


def _markdown_table(table: ReportTable) -> Iterator[str]:
    yield _row(["", *table.headers, ""])
    yield _row(["---", *("---:" for _ in table.headers), "---"])
    for line in table.lines:
        cells = (" ".join(filter(None, cell)) for cell in line.cells)
        yield _row(map(_escaped, [line.label.strip(), *cells, line.words]))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>|#&~])", r"\\\1", text)
