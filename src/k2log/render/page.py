"""Where text goes, and so how it is laid out."""

from collections.abc import Iterator
from typing import NamedTuple

Text = str | Iterator[str]
"""What is written: a whole text or, where it may be long, its pieces as they come."""


class Page(NamedTuple):
    """A terminal so many columns wide, or (None) a pipe, where nothing is cut.

    ``plain_words`` gives words for signs, for listening; ``colour`` only ever adds to the words.
    """

    columns: int | None = None
    plain_words: bool = False
    colour: bool = False
