"""Entry ids as people type them: ``12``, ``#12``, ``12-14``, ``12,15``."""

import re
from collections.abc import Iterable

from k2log.errors import UnreadableError

MOST = 1000
_ID = re.compile(r"#?(\d{1,15})(?:-#?(\d{1,15}))?")


def entry_ids(texts: Iterable[str]) -> list[int]:
    """Return the ids meant, each once, in order. Raises UnreadableError."""
    pieces = [piece.strip() for text in texts for piece in text.split(",")]
    ids = [id_ for piece in pieces if piece for id_ in _range(piece)]
    if not ids:
        raise UnreadableError("which entries? Give their ids, as k2log log shows them: 12 14-16")
    if len(ids) > MOST:
        raise UnreadableError(f"{len(ids)} entries at once are too many; the most is {MOST}.")
    return list(dict.fromkeys(ids))


def _range(piece: str) -> range:
    match = _ID.fullmatch(piece)
    if not match:
        raise UnreadableError(f"{piece[:40]!r} is not an entry id. Ids look like 12 or 14-16.")
    first = int(match[1])
    last = int(match[2] or first)
    if last < first:
        raise UnreadableError(f"{piece} runs backwards; write {last}-{first}.")
    return range(first, min(last, first + MOST) + 1)
