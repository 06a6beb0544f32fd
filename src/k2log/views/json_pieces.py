"""JSON as it comes: what a long diary says is never held as one text."""

import json
from collections.abc import Iterable, Iterator, Mapping


def json_pieces(value: Mapping[str, object] | Iterator[object]) -> Iterator[str]:
    """Yield what ``json.dumps(value, indent=2)`` returns, and a newline.

    An iterator is a list that is written as it comes; it may be the value, a member of it, or of
    what such a list holds.
    """
    yield from _pieces(value, "\n")
    yield "\n"


def _pieces(value: object, line: str) -> Iterator[str]:
    """Yield the text of a value; ``line`` begins a line at its depth."""
    if isinstance(value, Iterator):
        yield from _in_brackets("[]", line, (("", item) for item in value))
    elif isinstance(value, Mapping) and any(isinstance(it, Iterator) for it in value.values()):
        members = ((f"{json.dumps(key)}: ", member) for key, member in value.items())
        yield from _in_brackets("{}", line, members)
    else:
        yield json.dumps(value, indent=2, allow_nan=False).replace("\n", line)


def _in_brackets(brackets: str, line: str, members: Iterable[tuple[str, object]]) -> Iterator[str]:
    before = brackets[0]
    for name, member in members:
        yield f"{before}{line}  {name}"
        yield from _pieces(member, f"{line}  ")
        before = ","
    yield brackets if before == brackets[0] else line + brackets[1]
