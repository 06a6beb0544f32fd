"""Entry ids as people type them: ``12``, ``#12``, ``12-14``, ``12,15``."""

import re
from collections.abc import Iterable, Sequence

from k2log.errors import UnreadableError
from k2log.named_tuple import NamedTuple
from k2log.text import quoted, shown

_ID = re.compile(r"#?([0-9]{1,15})(?:-#?([0-9]{1,15}))?")


class Span(NamedTuple):
    """The ids from ``first`` to ``last``; for a single id both are the same."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def entry_spans(texts: Iterable[str]) -> list[Span]:
    """Return the ids and ranges meant, in order. Raises UnreadableError."""
    spans = []
    for piece in (piece for text in texts for piece in _pieces(text)):
        match = _ID.fullmatch(piece)
        if not match:
            raise UnreadableError(
                f'"{shown(piece)}" is not an entry id. Ids look like 12 or 14-16.'
            )
        first = int(match[1])
        last = int(match[2] or first)
        if last < first:
            raise UnreadableError(f"{piece} runs backwards; write {last}-{first}.")
        spans.append(Span(first, last))
    if not spans:
        raise UnreadableError("which entries? Give their ids, as k2log log shows them: 12 14-16")
    return spans


def ids_and_item(arguments: Sequence[str]) -> tuple[list[Span], str]:
    """Take ``41 gouda 40g`` apart into ids and an item, "" if there is none.

    In ``41 2 eggs`` the 2 may be either: that is refused with UnreadableError.
    """
    end = next((at for at, text in enumerate(arguments) if not are_ids(text)), len(arguments))
    words = arguments[end:]
    one_argument = len(words) == 1 and " " in words[0].strip()
    if words and end > 1 and not one_argument:
        item = " ".join(arguments[end - 1 :])
        raise UnreadableError(
            f'"{shown(arguments[end - 1])}" may be an entry or part of the item: put the item in'
            f" quotes, like k2log edit {shown(arguments[0])} {quoted(shown(item))}"
        )
    return entry_spans(arguments[:end] or arguments[:1]), " ".join(words)


def _pieces(text: str) -> list[str]:
    return [piece for piece in re.split(r"[,\s]+", text) if piece]


def are_ids(text: str) -> bool:
    """Whether a text holds ids and ranges alone."""
    return all(map(_ID.fullmatch, _pieces(text)))
